"""A plan is no evidence of what happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import answer_question
from assistant.finding.planned import (
    asks_for_header,
    asks_what_happened,
    is_header,
    is_only_planned,
)
from assistant.types import AnswerStatus
from assistant.understanding.question import understand
from assistant.wiring import Parts
from index.types import Access, Ergebnis, Outcome, Reading, Span
from tests.sample_records import ANTRAG, antrag, find, make_parts

OPERATOR = Access.operator("lvs")
STATION = find(ANTRAG, "Landschaftsversammlung 25.05.2023 Beschluss")


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    wired = make_parts(tmp_path)
    yield wired
    wired.store.close()


@pytest.mark.parametrize(
    "text",
    [
        "Wie endete die Abstimmung über die Leihräder?",
        "Was hat der Kulturausschuss zu Leihrädern beschlossen?",
        "Wer stimmte gegen die Leihräder?",
        "Welche Entscheidung fiel zu den Leihrädern?",
        "Wann wurden die Leihräder im Ausschuss behandelt?",
        "Warum wurden die Leihräder abgelehnt?",
        "Wie ging es mit den Leihrädern im Rat aus?",
    ],
)
def test_votes_decisions_and_their_day_are_what_happened(text: str) -> None:
    assert asks_what_happened(understand(text))


@pytest.mark.parametrize(
    "text",
    [
        "Wann soll über die Leihräder entschieden werden?",
        "Welche Ausschüsse waren zur Beratung vorgesehen, bevor entschieden wird?",
        "Was kosten die Leihräder?",
        "Wie lautet der Beschlussvorschlag zu den Leihrädern?",
        "Welche Gremien stehen in der Beratungsfolge zum Beschluss?",
        "Wo stehen die Leihräder?",
    ],
)
def test_a_question_for_the_plan_or_for_something_else_is_not(text: str) -> None:
    assert not asks_what_happened(understand(text))


def test_a_station_is_only_planned_unless_it_bears_a_result() -> None:
    paper = antrag()
    assert is_only_planned(paper, STATION)
    assert not is_only_planned(paper, find(ANTRAG, "Viele Gäste der Museen"))
    bare = replace(paper, kopfdaten=replace(paper.kopfdaten, beratungsfolge=()))
    assert is_only_planned(bare, STATION)  # the section says so where no station was read
    first, last = paper.kopfdaten.beratungsfolge
    decided = replace(last, ergebnis=Ergebnis("beschlossen", Outcome.BESCHLOSSEN, last.span))
    known = replace(paper, kopfdaten=replace(paper.kopfdaten, beratungsfolge=(first, decided)))
    assert not is_only_planned(known, STATION)
    invitation = replace(paper.kopfdaten, art=Reading("Einladung", Span(0, 6)))
    assert is_only_planned(replace(paper, kopfdaten=invitation), Span(0, 10))


def test_a_papers_own_date_and_its_stations_are_its_header() -> None:
    paper = antrag()
    datum = paper.kopfdaten.datum
    assert datum is not None
    assert is_header(paper, STATION) and is_header(paper, datum.span)
    assert is_header(paper, Span(datum.span.start - 7, datum.span.end))
    assert not is_header(paper, Span(datum.span.start, datum.span.end + 30))
    assert not is_header(paper, find(ANTRAG, "Viele Gäste der Museen"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wann wurden die Leihräder beraten?", True),
        ("Welcher Ausschuss befasst sich mit Leihrädern?", True),
        ("Sind die Leihräder seit 2018 kostenlos?", False),
        ("Was kosten die Leihräder?", False),
    ],
)
def test_a_header_answers_only_who_asks_for_bodies_and_days(text: str, expected: bool) -> None:
    assert asks_for_header(understand(text)) is expected


def test_no_answer_and_no_nearest_place_shows_a_plan_for_what_happened(parts: Parts) -> None:
    text = "Was kam nach der Entscheidung der Landschaftsversammlung am 25.05.2023 heraus?"
    answer = answer_question(parts, text, OPERATOR, use_generator=False)
    assert answer.kind == "offen" and answer.status is AnswerStatus.ABSTAINED
    shown = [*answer.citations, *answer.nearest]
    assert shown and [c for c in shown if c.section == "Beratungsfolge"] == []
    planned = "Welches Gremium sollte am 25.05.2023 zu den Leihrädern entscheiden?"
    answer = answer_question(parts, planned, OPERATOR, use_generator=False)
    shown = [*answer.citations, *answer.nearest]
    assert [c for c in shown if c.section == "Beratungsfolge"] != []
