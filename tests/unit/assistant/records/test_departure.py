"""Whether a decision departs from its proposal: by what the record says, never by meaning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import answer_question
from assistant.records.departure import Departs, departs
from assistant.records.vorgang import Result
from assistant.types import AnswerStatus, Label
from assistant.wiring import Parts
from index.types import Access, Ergebnis, Schutzstufe, Span, TopBeschluss
from ingest.papers.outcomes import read_outcome
from tests.sample_records import ANTRAG, antrag, make_parts, stored

OPERATOR = Access.operator("lvs")
PROPOSAL = "Die Verwaltung stellt an drei Museen des Landschaftsverbandes Leihräder bereit."


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    wired = make_parts(tmp_path)
    yield wired
    wired.store.close()


def recorded(said: str, decided: str = "") -> Result:
    text = f"{decided}\n{said}"
    ergebnis = Ergebnis(said, read_outcome(said), Span(len(decided) + 1, len(text)))
    paper = replace(antrag(), text=text)
    span = Span(0, len(decided)) if decided else ergebnis.span
    beschluss = TopBeschluss("2", "Leihräder", (), span, ergebnis, Schutzstufe.OEFFENTLICH)
    return Result(paper, ergebnis, beschluss)


@pytest.mark.parametrize(
    ("said", "decided", "expected", "rule"),
    [
        ("geändert beschlossen", "", Departs.YES, "das Ergebnis nennt eine Änderung"),
        (
            "einstimmig beschlossen",
            "Der Vorlage wird in der Fassung der Ergänzungsvorlage zugestimmt.",
            Departs.YES,
            "das Ergebnis nennt eine Änderung",
        ),
        (
            "Entsprechend Beschlussvorschlag beschlossen.",
            "",
            Departs.NO,
            "das Ergebnis verweist auf den Vorschlag und nennt keine Änderung",
        ),
        (
            "ungeändert beschlossen",
            "",
            Departs.NO,
            "das Ergebnis verweist auf den Vorschlag und nennt keine Änderung",
        ),
        (
            "einstimmig beschlossen",
            "Der Ausschuss beschließt entsprechend dem Antrag.",
            Departs.NO,
            "das Ergebnis verweist auf den Vorschlag und nennt keine Änderung",
        ),
        ("einstimmig beschlossen", PROPOSAL, Departs.NO, "beide Wortlaute stimmen überein"),
        (
            "einstimmig beschlossen",
            PROPOSAL.replace("drei", "vier"),
            Departs.UNKNOWN,
            "das Ergebnis sagt nicht, ob der Vorschlag geändert wurde",
        ),
        (
            "einstimmig abgelehnt",
            "",
            Departs.NOT_DECIDED,
            "als Ergebnis ist „abgelehnt“ erfasst",
        ),
        (
            "Zur Kenntnis genommen.",
            "",
            Departs.UNKNOWN,
            "erfasst ist nur eine Kenntnisnahme",
        ),
    ],
)
def test_the_words_of_the_record_decide(
    said: str, decided: str, expected: Departs, rule: str
) -> None:
    assert departs(recorded(said, decided), PROPOSAL) == (expected, rule)


def test_without_a_proposal_nothing_can_be_told() -> None:
    assert departs(recorded("einstimmig beschlossen"), "") == (
        Departs.UNKNOWN,
        "ein Beschlussvorschlag ist nicht erfasst",
    )


def test_both_wordings_stand_in_the_answer_with_the_rule(parts: Parts) -> None:
    text = "Weicht der Beschluss zum Antrag 15/12 vom Beschlussvorschlag ab?"
    answer = answer_question(parts, text, OPERATOR, use_generator=False)
    assert (answer.kind, answer.status) == ("abweichung", AnswerStatus.ANSWERED)
    assert [(claim.text, claim.label) for claim in answer.claims] == [
        (
            "Abweichung vom Beschlussvorschlag (Antrag Nr. 15/12 vom 14.03.2023): nein. Regel: "
            "Das Ergebnis verweist auf den Vorschlag und nennt keine Änderung (Ergebnisvermerk).",
            Label.ABGELEITET,
        ),
        (f"Beschlussvorschlag im Wortlaut: „{PROPOSAL}“", Label.BELEGT),
        ("Laut Ergebnisvermerk: „Entsprechend Beschlussvorschlag beschlossen.“", Label.BELEGT),
    ]
    quotes = {citation.number: citation.quote for citation in answer.citations}
    assert [quotes[n] for n in answer.claims[1].citations] == [PROPOSAL]


def test_a_number_of_two_papers_is_asked_back(parts: Parts) -> None:
    text = "Wurde 15/12 so beschlossen wie beantragt?"
    answer = answer_question(parts, text, OPERATOR, use_generator=False)
    assert (answer.kind, answer.status) == ("abweichung", AnswerStatus.CLARIFY)
    assert answer.text == (
        "Unter 15/12 sind mehrere Drucksachen erfasst: Antrag Nr. 15/12 vom 14.03.2023; "
        "Vorlage Nr. 15/12 vom 02.02.2023. Welche ist gemeint?"
    )


def test_without_a_result_it_is_said_that_none_is_recorded(parts: Parts) -> None:
    paper = antrag(text=ANTRAG.replace("15/12", "15/13"), nummer=13)
    parts.store.add([stored(replace(paper, kopfdaten=replace(paper.kopfdaten, ergebnis=None)))])
    text = "Weicht der Beschluss zum Antrag 15/13 vom Vorschlag ab?"
    answer = answer_question(parts, text, OPERATOR, use_generator=False)
    assert answer.status is AnswerStatus.ABSTAINED
    assert answer.abstained_because == (
        "Antrag Nr. 15/13 vom 14.03.2023: Ergebnis nicht erfasst; ob der Beschluss vom Vorschlag "
        "abweicht, ist nicht feststellbar."
    )
