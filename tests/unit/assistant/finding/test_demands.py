"""What a question demands of the words that answer it."""

from __future__ import annotations

import pytest

from assistant.finding.demands import carries, tells_only_a_part, unnamed
from assistant.understanding.question import understand
from assistant.understanding.wanted import Wanted


@pytest.mark.parametrize(
    ("wanted", "text", "carried"),
    [
        (Wanted.MONEY, "Die Sanierung kostet 1,5 Mio. Euro.", True),
        (Wanted.MONEY, "Die Anlage leistet 340 Kilowatt.", False),
        (Wanted.NUMBER, "Die Tagung ist zweitägig.", True),
        (Wanted.NUMBER, "Die Tagung ist gut besucht.", False),
        (Wanted.PERCENT, "Der Bund trägt ein Drittel der Kosten.", True),
        (Wanted.DATE, "Die Halle öffnet im Juni 2025.", True),
        (Wanted.VOTE, "Der Antrag wurde bei zwei Enthaltungen angenommen.", True),
        (Wanted.VOTE, "Frau Amsel sprach sich für den Antrag aus.", False),
    ],
)
def test_an_answer_must_hold_the_kind_of_expression_asked_for(
    wanted: Wanted, text: str, carried: bool
) -> None:
    assert carries(wanted, text) is carried


def test_a_year_or_name_of_the_question_must_stand_around_the_evidence() -> None:
    question = understand("Wie viele Plätze hatte die Klinik Dohlenau 2023?")
    around = "Klinik Dohlenau\nIm Jahr 2022 hatte die Klinik 40 Plätze."
    assert unnamed(question, ("Dohlenau",), around) == ["2023"]
    assert unnamed(question, ("Dohlenau",), around.replace("2022", "2023")) == []
    assert unnamed(question, ("Krähwinkel",), around) == ["Krähwinkel", "2023"]


QUOTE = "Hinzu kommen deshalb 15 Testpersonen, darunter sechs blinde Kolleginnen."


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Wie viele Testpersonen nehmen teil?", QUOTE, True),
        ("Wie viele Testpersonen kommen hinzu?", QUOTE, False),
        ("Wie viele Testpersonen nehmen teil?", "Es sind 40, davon sechs blinde.", False),
        ("Wie hoch sind die Betriebskosten?", "Die Betriebskosten steigen um 74.000 €.", True),
        ("Um wie viel steigen die Betriebskosten?", "Sie steigen um 74.000 €.", False),
        ("Warum nehmen mehr Testpersonen teil?", QUOTE, False),
    ],
)
def test_a_part_or_an_addition_is_not_the_whole(question: str, text: str, expected: bool) -> None:
    assert tells_only_a_part(understand(question), text) is expected
