"""Numbers that look alike, and what a question ascribes to a paper."""

from __future__ import annotations

import pytest

from assistant.records.vorgang import applicants_claimed, near_numbers
from index.types import Drucksachennummer

KNOWN = [
    Drucksachennummer.of(15, 148),
    Drucksachennummer.of(15, 247),
    Drucksachennummer.of(14, 184),
    Drucksachennummer.of(13, 9),
    Drucksachennummer.of(15, 2345, 1),
]


def test_a_typing_error_away_is_near() -> None:
    assert near_numbers(KNOWN, Drucksachennummer.of(15, 184)) == (
        Drucksachennummer.of(14, 184),
        Drucksachennummer.of(15, 148),
    )


def test_a_supplement_is_near_its_paper() -> None:
    assert near_numbers(KNOWN, Drucksachennummer.of(15, 2345)) == (
        Drucksachennummer.of(15, 2345, 1),
    )


def test_nothing_alike_gives_nothing() -> None:
    assert near_numbers(KNOWN, Drucksachennummer.of(15, 9999)) == ()


@pytest.mark.parametrize(
    ("question", "movers"),
    [
        ("Warum hat die SPD den Antrag 15/247 gestellt?", {"SPD"}),
        ("Was will der Antrag der GRÜNEN?", {"GRÜNE"}),
        ("Wurde der Antrag 15/148 beschlossen?", set()),
    ],
)
def test_the_movers_a_question_names_are_read(question: str, movers: set[str]) -> None:
    assert applicants_claimed(question) == movers
