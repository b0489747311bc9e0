"""The state, course and conflicts of a paper, from what its note and minutes record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.records.course import Course, conflicts_of, course_of
from assistant.records.following import Followers
from assistant.records.timeline import Kind, State, standing_of, timeline
from index.store import Store, open_store
from index.types import (
    Abstimmung,
    Access,
    Document,
    Drucksachennummer,
    Ergebnis,
    Kopfdaten,
    Mention,
    Outcome,
    Schutzstufe,
    TopBeschluss,
)
from tests.sample_records import (
    ANTRAG,
    FakeEmbedder,
    antrag,
    document,
    find,
    read,
    stored,
)

OPERATOR = Access.operator("lvs")
N12 = Drucksachennummer.of(15, 12)
MINUTES = """Niederschrift Landschaftsversammlung 25.05.2023
TOP 4 Antrag Nr. 15/12
Die Museen bekommen Räder.
mehrheitlich {word} Ja: 10 Nein: {no}
"""


def minutes(word: str, outcome: Outcome | None, no: int = 6, body: str = "") -> Document:
    text = MINUTES.format(word=word, no=no)
    if body:
        text = text.replace("Landschaftsversammlung 25.05.2023", body)
    name, day = (body or "Landschaftsversammlung 25.05.2023").split()
    vote = find(text, f"mehrheitlich {word} Ja: 10 Nein: {no}")
    result = Ergebnis(vote.cut(text), outcome, vote, Abstimmung(ja=10, nein=no))
    d, m, y = map(int, day.split("."))
    kopf = Kopfdaten(
        art=read(text, "Niederschrift", "Niederschrift"),
        datum=read(text, day, date(y, m, d)),
        gremium=read(text, name, name),
        beschluesse=(
            TopBeschluss(
                "4",
                "Räder",
                (N12,),
                find(text, "Die Museen bekommen Räder."),
                result,
                Schutzstufe.OEFFENTLICH,
            ),
        ),
    )
    return document(text, f"akten/n-{name}.txt", "lvs", Schutzstufe.OEFFENTLICH, kopf, "N")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    opened.bind_embedder(FakeEmbedder.embedder_id, FakeEmbedder.dimension)
    yield opened
    opened.close()


def course(store: Store, *papers: Document, paper: Document | None = None) -> Course:
    own = paper or antrag()
    named = [stored(one, [Mention(one.id, N12, find(one.text, "15/12"))]) for one in papers]
    store.add([stored(own), *named])
    found = store.document(OPERATOR, own.id)
    assert found is not None
    return course_of(store, OPERATOR, found)


def without_note() -> Document:
    made = antrag()
    return replace(made, kopfdaten=replace(made.kopfdaten, ergebnis=None))


def test_minutes_that_agree_with_the_note_are_no_conflict(store: Store) -> None:
    agreed = course(store, minutes("angenommen", Outcome.BESCHLOSSEN))
    assert conflicts_of(agreed) == ()
    assert standing_of(agreed).state is State.ENTSCHIEDEN
    record = standing_of(agreed).record
    assert record is not None and record.words.startswith("mehrheitlich angenommen")
    assert (record.beschluss, record.about) == ("Die Museen bekommen Räder.", "TOP 4")


def test_minutes_and_note_with_other_outcomes_stand_side_by_side(store: Store) -> None:
    (conflict,) = conflicts_of(course(store, minutes("abgelehnt", Outcome.ABGELEHNT)))
    assert conflict.about == "ergebnis"
    outcomes = [result.ergebnis.outcome for result in conflict.results]
    assert outcomes == [Outcome.ABGELEHNT, Outcome.BESCHLOSSEN]


def test_an_outcome_that_was_not_read_is_no_conflict(store: Store) -> None:
    assert conflicts_of(course(store, minutes("befunden", None))) == ()


def test_other_counts_of_one_vote_are_a_conflict(store: Store) -> None:
    paper = antrag()
    note = paper.kopfdaten.ergebnis
    assert note is not None
    counted = replace(note, abstimmung=Abstimmung(ja=10, nein=7))
    paper = replace(paper, kopfdaten=replace(paper.kopfdaten, ergebnis=counted))
    found = course(store, minutes("angenommen", Outcome.BESCHLOSSEN), paper=paper)
    (conflict,) = conflicts_of(found)
    assert conflict.about == "stimmen"
    silent = replace(counted, abstimmung=Abstimmung(ja=10))
    same = replace(found, recorded=(found.recorded[0], replace(found.recorded[1], ergebnis=silent)))
    assert conflicts_of(same) == ()


def test_a_recommendation_is_no_decision_and_no_conflict(store: Store) -> None:
    advised = minutes("abgelehnt", Outcome.ABGELEHNT, body="Kulturausschuss 20.04.2023")
    found = course(store, advised, paper=without_note())
    standing = standing_of(found)
    assert (standing.state, standing.outcome) == (State.EMPFOHLEN, Outcome.ABGELEHNT)
    assert standing.record is not None and standing.record.recommends
    assert conflicts_of(found) == ()
    assert found.gaps == (
        "Niederschrift liegt nicht vor: Landschaftsversammlung am 25.05.2023.",
        "Ergebnisvermerk auf der Drucksache: nicht erfasst.",
    )


def test_without_any_record_a_motion_is_proposed_and_an_inquiry_is_not(store: Store) -> None:
    proposed = course(store, paper=without_note())
    assert standing_of(proposed).state is State.VORGESCHLAGEN
    assert proposed.gaps[-1] == "Antrag Nr. 15/12 vom 14.03.2023: Ergebnis nicht erfasst."
    silent = replace(proposed, document=replace(proposed.document, sections=()))
    assert standing_of(silent).state is State.NICHT_ERFASST


def test_a_result_printed_in_the_beratungsfolge_counts_where_no_minutes_do(store: Store) -> None:
    paper = without_note()
    first, last = paper.kopfdaten.beratungsfolge
    printed = Ergebnis("Beschluss", Outcome.BESCHLOSSEN, find(ANTRAG, "25.05.2023 Beschluss"))
    stations = (first, replace(last, ergebnis=printed))
    paper = replace(paper, kopfdaten=replace(paper.kopfdaten, beratungsfolge=stations))
    found = course(store, paper=paper)
    standing = standing_of(found)
    assert (standing.state, standing.outcome) == (State.ENTSCHIEDEN, Outcome.BESCHLOSSEN)
    assert not any("Ergebnis nicht erfasst" in gap for gap in found.gaps)


def test_the_course_is_in_order_of_the_days_and_each_entry_quotes_its_source(
    store: Store,
) -> None:
    found = course(store, minutes("angenommen", Outcome.BESCHLOSSEN))
    entries = timeline(found, (), Followers((), ()))
    assert [(entry.kind, entry.day) for entry in entries] == [
        (Kind.PAPIER, date(2023, 3, 14)),
        (Kind.SITZUNG, date(2023, 4, 20)),
        (Kind.SITZUNG, date(2023, 5, 25)),
        (Kind.VERMERK, None),
    ]
    assert entries[1].gap == "Niederschrift liegt nicht vor: Kulturausschuss am 20.04.2023."
    assert entries[1].role == "empfehlender Beschluss"
    assert entries[2].records[0].vote == Abstimmung(ja=10, nein=6)
    for entry in entries:
        assert entry.places
        for place in (*entry.places, *(p for r in entry.records for p in r.places)):
            source = store.document(OPERATOR, place.document_id)
            assert source is not None and place.quote == place.span.cut(source.text)


def test_a_sitting_that_nobody_planned_is_told_as_such(store: Store) -> None:
    elsewhere = minutes("vertagt", Outcome.VERTAGT, body="Finanzausschuss 01.02.2024")
    entries = timeline(course(store, elsewhere), (), Followers((), ()))
    (extra,) = [e for e in entries if e.kind is Kind.SITZUNG and not e.planned]
    assert (extra.title, extra.day) == ("Finanzausschuss", date(2024, 2, 1))
