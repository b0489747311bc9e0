from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import codec
from index.errors import StoreDamaged
from index.types import (
    Abstimmung,
    Beratung,
    Drucksachennummer,
    Ergebnis,
    Kopfdaten,
    Outcome,
    PageQuality,
    PageState,
    Reading,
    Schutzstufe,
    Section,
    SectionKind,
    Span,
    Stimmabgabe,
    Stimmen,
    Teilnahme,
    TopBeschluss,
)

spans = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda t: Span(min(t), max(t)))
words = st.text(max_size=12)
numbers = st.builds(Drucksachennummer, words, *[st.none() | st.integers(0, 9999) for _ in range(3)])
counts = st.none() | st.integers(0, 200)
ballots = st.builds(
    Abstimmung,
    counts,
    counts,
    counts,
    st.none() | st.booleans(),
    st.lists(st.builds(Stimmen, words, st.sampled_from(Stimmabgabe), counts), max_size=2).map(
        tuple
    ),
)
results = st.builds(
    Ergebnis, words, st.none() | st.sampled_from(Outcome), spans, st.none() | ballots
)
attending = st.builds(Teilnahme, words, spans, st.booleans(), words, words, words, words, words)


def reading(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | st.builds(Reading, values, spans)


stations = st.builds(
    Beratung, words, st.none() | st.dates(), st.none() | words, spans, st.none() | results
)
votes = st.builds(
    TopBeschluss,
    words,
    words,
    st.lists(numbers, max_size=2).map(tuple),
    spans,
    st.none() | results,
    st.sampled_from(Schutzstufe),
    words,
)
heads = st.builds(
    Kopfdaten,
    art=reading(words),
    nummer=reading(numbers),
    datum=reading(st.dates()),
    antragsteller=st.lists(st.builds(Reading, words, spans), max_size=2).map(tuple),
    dienststelle=reading(words),
    gremium=reading(words),
    sitzung=reading(words),
    tagesordnungspunkt=reading(words),
    fassung=reading(words),
    oeffentlich=reading(st.booleans()),
    beratungsfolge=st.lists(stations, max_size=2).map(tuple),
    ergebnis=st.none() | results,
    beschluesse=st.lists(votes, max_size=2).map(tuple),
    bezeichnung=reading(words),
    teilnahme=st.lists(attending, max_size=2).map(tuple),
)
sections = st.builds(
    Section,
    st.sampled_from(SectionKind),
    words,
    st.integers(0, 5),
    spans,
    spans,
    st.sampled_from(Schutzstufe),
)


@given(heads)
def test_header_fields_survive_the_round_trip(kopfdaten: Kopfdaten) -> None:
    written = codec.dump(codec.write_kopfdaten(kopfdaten))
    assert codec.load(written, codec.read_kopfdaten) == kopfdaten


@given(st.lists(sections, max_size=3))
def test_sections_survive_the_round_trip(parts: list[Section]) -> None:
    written = codec.dump([codec.write_section(part) for part in parts])
    assert codec.load(written, codec.read_sections) == tuple(parts)


def test_every_header_field_is_written() -> None:
    written = codec.write_kopfdaten(Kopfdaten())
    assert set(written) == set(Kopfdaten.__slots__)
    assert codec.read_kopfdaten(json.loads(json.dumps(written))) == Kopfdaten()


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "null", '{"art":["Antrag",9,3]}'])
def test_damaged_fields_raise_one_error(text: str) -> None:
    with pytest.raises(StoreDamaged, match="nicht lesbar"):
        codec.load(text, codec.read_kopfdaten)


def test_dates_are_written_in_iso_form() -> None:
    kopfdaten = Kopfdaten(datum=Reading(date(2024, 5, 7), Span(0, 3)))
    assert codec.write_kopfdaten(kopfdaten)["datum"] == ["2024-05-07", 0, 3]


@given(
    st.lists(
        st.builds(
            PageQuality,
            st.sampled_from(PageState),
            st.floats(0, 1),
            st.none() | st.floats(0, 1),
        ),
        max_size=4,
    ).map(tuple)
)
def test_the_quality_of_pages_comes_back_as_it_was(pages: tuple[PageQuality, ...]) -> None:
    stored = codec.dump(codec.write_page_quality(pages))
    assert codec.load(stored, codec.read_page_quality) == pages
