"""The papers around one: versions in their chain, Ergänzungen, who names whom; only what is seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.viewing.around import SEARCHED_WHOLE, Around, around
from index.store import Store, open_store
from index.types import Access, Document, Drucksachennummer, Mention, Reading, Span, Wirkung
from tests.sample_records import ANTRAG, antrag, fill, find, stored

PUBLIC = Access(frozenset({"lvs"}))
ALL = Access.operator("lvs")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    fill(opened)
    yield opened
    opened.close()


def look(store: Store, paper: Document, access: Access = ALL) -> Around:
    document = store.document(access, paper.id)
    assert document is not None
    entry = store.summaries(access, [paper.id])[paper.id]
    return around(store, access, document, entry, Span(0, len(document.text)))


def test_who_names_the_number_is_told_with_the_place(store: Store) -> None:
    (naming,) = look(store, antrag()).naming
    other = store.document(ALL, naming.entry.id)
    assert other is not None and other.title == "Stand der Leihräder"
    assert naming.span.cut(other.text) == "15/12"


def test_named_numbers_are_those_on_record_and_not_the_own(store: Store) -> None:
    text = ANTRAG.replace("15/12", "15/95") + "Siehe Anfrage 15/21, Antrag 15/12 und 15/999."
    paper = antrag("lvs", text, nummer=95)
    store.add([stored(paper)])
    named = look(store, paper).named
    assert [number.key for number, _ in named] == ["15/21", "15/12"]
    assert [span.cut(text).endswith(number.key) for number, span in named] == [True, True]


def test_of_a_long_text_the_numbers_of_the_shown_part_are_told(store: Store) -> None:
    filler = "Ein Wort und noch eines. " * (SEARCHED_WHOLE // 20)
    text = ANTRAG.replace("15/12", "15/96") + "Anfrage 15/21. " + filler + "Antrag 15/12."
    paper = antrag("lvs", text, nummer=96)
    store.add([stored(paper)])
    entry = store.summaries(ALL, [paper.id])[paper.id]
    last = Span(len(text) - 100, len(text))
    ((number, span),) = around(store, ALL, paper, entry, last).named
    assert number.key == "15/12" and span.cut(text) == "Antrag 15/12"


def test_versions_stand_in_their_chain_the_newest_first(store: Store) -> None:
    papers = [antrag()]
    for year in ("2024", "2025"):
        text = ANTRAG.replace("Viele Gäste", f"Im Jahr {year} Gäste")
        papers.append(replace(antrag("lvs", text), supersedes=papers[-1].id))
        store.add([stored(papers[-1])])
    first, second, third = papers
    for paper, newer, others in (
        (first, third.id, [third.id, second.id]),
        (second, third.id, [third.id, first.id]),
        (third, None, [second.id, first.id]),
    ):
        found = look(store, paper)
        assert (found.newer.id if found.newer else None) == newer
        assert [version.id for version in found.versions] == others


def test_an_ergaenzung_is_told_with_what_it_does(store: Store) -> None:
    number = Drucksachennummer.of(15, 12, 1)
    text = ANTRAG.replace("15/12", "15/12/1").replace("Viele", "Diese Vorlage ersetzt den Antrag.")
    later = antrag("lvs", text)
    kopf = replace(
        antrag().kopfdaten,
        nummer=Reading(number, find(text, "15/12/1")),
        wirkung=Reading(Wirkung.ERSETZT, find(text, "ersetzt den Antrag")),
    )
    later = replace(later, kopfdaten=kopf)
    store.add([stored(later, [Mention(later.id, Drucksachennummer.of(15, 12), Span(0, 5))])])
    found = look(store, antrag())
    assert [words for _, words in found.effects] == [
        "ersetzt durch Antrag Nr. 15/12/1 vom 14.03.2023"
    ]
    assert later.id not in {naming.entry.id for naming in found.naming}
    assert [entry.id for entry in look(store, later).earlier] == [antrag().id]


def test_what_is_closed_is_not_around_anything(store: Store) -> None:
    closed = replace(
        antrag("lvs", ANTRAG.replace("15/12", "15/97"), nummer=97),
        visibility=next(iter(ALL.stufen - PUBLIC.stufen)),
    )
    closed = replace(
        closed,
        sections=tuple(replace(s, visibility=closed.visibility) for s in closed.sections),
    )
    mention = Mention(closed.id, Drucksachennummer.of(15, 12), Span(0, 6))
    store.add([stored(closed, [mention])])
    assert closed.id in {naming.entry.id for naming in look(store, antrag()).naming}
    assert closed.id not in {naming.entry.id for naming in look(store, antrag(), PUBLIC).naming}
