"""The § of a second reading takes the place of what stands there, and nothing else changes."""

from __future__ import annotations

import pytest

from ingest.pages.paragraph_signs import may_hold_signs, with_signs
from ingest.pages.recognition import Row, Word

TOP, BOTTOM = 100, 130


def row(*words: tuple[str, int, int], top: int = TOP) -> Row:
    """Words with their left and right edges."""
    box_bottom = top + BOTTOM - TOP
    return Row(
        tuple(Word(text, 95.0, (left, top, right, box_bottom)) for text, left, right in words), 30.0
    )


def text_of(rows: list[Row]) -> list[str]:
    return [" ".join(word.text for word in one.words) for one in rows]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        (
            row(("8", 10, 25), ("38", 35, 65), ("Übergang", 80, 200)),
            row(("§", 10, 25), ("38", 35, 65), ("Ubergang", 80, 200)),
            "§ 38 Übergang",
        ),
        (
            row(("28", 35, 65), ("Namentliche", 80, 250)),
            row(("§", 10, 25), ("28", 35, 65), ("Namentliche", 80, 250)),
            "§ 28 Namentliche",
        ),
        (
            row(("2.86", 10, 90), ("Abs.", 100, 150)),
            row(("2.", 10, 30), ("§", 40, 55), ("6", 65, 90), ("Abs.", 100, 150)),
            "2. § 6 Abs.",
        ),
        (
            row(("nach", 10, 70), ("$", 80, 95), ("7a", 105, 135), ("gilt", 150, 190)),
            row(("nach", 10, 70), ("§7a", 80, 135), ("gilt", 150, 190)),
            "nach §7a gilt",
        ),
        (
            row(("§", 10, 25), ("3", 35, 50)),
            row(("§", 11, 26), ("3", 35, 50)),
            "§ 3",
        ),
        (
            row(("GRÜNE", 10, 100), ("8", 120, 135)),
            row(("GRUNE", 10, 100), ("8", 120, 135)),
            "GRÜNE 8",
        ),
    ],
)
def test_the_sign_is_put_in_and_words_keep_their_umlauts(
    first: Row, second: Row, whole: str
) -> None:
    assert text_of(with_signs([first], [second])) == [whole]


def test_a_sign_of_another_line_stays_there() -> None:
    first = [row(("8", 10, 25), ("1", 35, 50)), row(("8", 10, 25), ("Uhr", 35, 90), top=200)]
    second = [row(("§", 10, 25), ("1", 35, 50)), row(("8", 10, 25), ("Uhr", 35, 90), top=200)]
    assert text_of(with_signs(first, second)) == ["§ 1", "8 Uhr"]


@pytest.mark.parametrize(
    ("words", "likely"),
    [
        ("8 38 Übergang", True),
        ("nach & 7a der Satzung", True),
        ("28 Namentliche Abstimmung", True),
        ("Absatz 3 bleibt", True),
        ("Die Verwaltung berichtet im Ausschuss.", False),
        ("Summe 885.000 € 855.000 €", False),
    ],
)
def test_traces_of_a_sign_call_for_a_second_look(words: str, likely: bool) -> None:
    placed = [(word, 10 + 100 * n, 90 + 100 * n) for n, word in enumerate(words.split())]
    assert may_hold_signs([row(*placed)]) is likely
