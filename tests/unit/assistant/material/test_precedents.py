"""Precedents: every paper on the topic with what became of it, and what was searched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import answer_question
from assistant.material.precedent_question import topic_request
from assistant.material.precedents import answer_precedents, find_precedents
from assistant.types import AnswerStatus
from index.store import Store, open_store
from index.types import Access, Ergebnis
from ingest.papers.outcomes import read_outcome
from tests.sample_records import ANTRAG, antrag, document, fill, find, make_parts, stored

OPERATOR = Access.operator("lvs")
TODAY = date(2025, 6, 30)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    fill(opened)
    yield opened
    opened.close()


def add_rejected(store: Store) -> None:
    """Antrag 15/13 on the same topic, of other movers' making, rejected."""
    text = ANTRAG.replace("15/12", "15/13").replace(
        "Entsprechend Beschlussvorschlag beschlossen.", "Mehrheitlich abgelehnt."
    )
    paper = antrag(text=ANTRAG.replace("15/12", "15/13"), nummer=13)
    note = "Mehrheitlich abgelehnt."
    kopf = replace(paper.kopfdaten, ergebnis=Ergebnis(note, read_outcome(note), find(text, note)))
    made = document(text, "akten/13.txt", "lvs", paper.visibility, kopf, paper.title)
    store.add([stored(made)])


def test_decided_and_rejected_papers_are_named_alike(store: Store) -> None:
    add_rejected(store)
    finding = answer_precedents(store, OPERATOR, topic_request("Leihräder", TODAY))
    assert finding.status is AnswerStatus.ANSWERED
    head, first, second = [claim.text for claim in finding.claims]
    assert head == (
        "Zum Thema „Leihräder“ mit erfasstem Ergebnis: 2 (beschlossen 1, abgelehnt 1). Regel: "
        "Wörter im Titel, Tagesordnungspunkt oder Beschlussvorschlag; Anträge, Vorlagen und "
        "Resolutionen, alle Urheber, alle Ergebnisse gleichermaßen."
    )
    assert {first.split(" – ")[1], second.split(" – ")[1]} == {
        "Ergebnis: „Entsprechend Beschlussvorschlag beschlossen.“",
        "Ergebnis: „Mehrheitlich abgelehnt.“",
    }
    assert all(claim.citations for claim in finding.claims[1:])
    assert finding.table is not None
    outcome = finding.table.columns.index("Ergebnis")
    assert sorted(row[outcome] for row in finding.table.rows) == [
        "Entsprechend Beschlussvorschlag beschlossen.",
        "Mehrheitlich abgelehnt.",
    ]


def test_a_paper_without_a_result_is_named_apart(store: Store) -> None:
    paper = antrag(text=ANTRAG.replace("15/12", "15/14"), nummer=14)
    store.add([stored(replace(paper, kopfdaten=replace(paper.kopfdaten, ergebnis=None)))])
    found = find_precedents(store, OPERATOR, topic_request("Leihräder", TODAY))
    assert [str(row.document.kopfdaten.wahlperiode) for row in found.decided] == ["15"]
    assert len(found.open) == 1
    finding = answer_precedents(store, OPERATOR, topic_request("Leihräder", TODAY))
    assert finding.claims[-1].text == (
        "Nicht mitgezählt, Ergebnis nicht erfasst (1): Antrag Nr. 15/14 vom 14.03.2023."
    )
    assert finding.notes == (
        "Ein Antrag oder Beschlussvorschlag ist keine Beschlusslage; was beschlossen ist, sagt "
        "nur das vermerkte Ergebnis.",
    )


def test_where_nothing_is_found_the_searched_scope_is_said(store: Store) -> None:
    finding = answer_precedents(store, OPERATOR, topic_request("Seilbahn", TODAY))
    assert finding.status is AnswerStatus.ABSTAINED
    assert finding.text == (
        "Zum Thema „Seilbahn“ ist kein Präzedenzfall erfasst. Durchsucht: 2 Drucksachen (Anträge, "
        "Vorlagen und Resolutionen, alle Urheber; Wörter im Titel, Tagesordnungspunkt oder "
        "Beschlussvorschlag) und die Tagesordnungspunkte von 0 Niederschriften. Andere Wörter für "
        "dasselbe Thema können mehr finden."
    )


def test_a_paper_that_speaks_of_the_topic_elsewhere_is_named_and_not_counted(store: Store) -> None:
    finding = answer_precedents(store, OPERATOR, topic_request("Bahn", TODAY))
    assert finding.status is AnswerStatus.ABSTAINED
    assert finding.text.endswith(
        " Nicht mitgezählt, weil „Bahn“ nur an anderer Stelle vorkommt (1; Ergebnis nicht geprüft): "
        "Antrag Nr. 15/12 vom 14.03.2023."
    )
    assert [citation.quote for citation in finding.nearest] == ["Bahn"]


def test_what_one_may_not_see_is_neither_found_nor_counted(store: Store) -> None:
    public = Access(frozenset({"lvs"}))
    found = find_precedents(store, public, topic_request("Grundstücks", TODAY))
    assert (found.papers, found.absent, found.searched) == ((), (), 1)
    everything = find_precedents(store, OPERATOR, topic_request("Grundstücks", TODAY))
    assert (len(everything.papers), everything.searched) == (1, 2)


def test_the_topic_is_asked_for_where_none_is_named(tmp_path: Path) -> None:
    parts = make_parts(tmp_path)
    before = answer_question(parts, "Worum geht es in Antrag 15/12?", OPERATOR)
    answer = answer_question(
        parts, "Gibt es dazu Präzedenzfälle?", OPERATOR, before=before.reference
    )
    parts.store.close()
    assert (answer.kind, answer.status) == ("praezedenz", AnswerStatus.CLARIFY)
    assert answer.text.startswith("Zu welchem Thema werden Präzedenzfälle gesucht? ")
    assert answer.text.endswith(
        "Antrag Nr. 15/12 vom 14.03.2023 hat den Gegenstand „Leihräder für Museumsgäste“."
    )
