"""Words beside words: held in a row, or with how many edits."""

from __future__ import annotations

from assistant.review.alignment import best_match, holds, words_of
from index.types import Span

TEXT = "Vorrang haben Bestände, deren Papier durch Säure zerfällt. Der Lesesaal öffnet."


def test_words_are_compared_without_case_and_punctuation() -> None:
    assert words_of("„Bis zu 60 %“, 1.740.000 €; KI‑System") == (
        "bis",
        "zu",
        "60",
        "%",
        "1.740.000",
        "€",
        "ki-system",
    )


def test_words_in_a_row_are_held_and_others_are_not() -> None:
    assert holds(TEXT, words_of("deren Papier durch Säure"))
    assert not holds(TEXT, words_of("deren Papier Säure"))
    assert not holds(TEXT, ())


def test_the_nearest_words_are_found_with_their_place() -> None:
    wanted = words_of("Vorrang haben Akten, deren Papier durch Säure zerfällt")
    match = best_match(TEXT, Span(0, len(TEXT)), wanted, 2)
    assert match is not None
    assert match.span.cut(TEXT) == "Vorrang haben Bestände, deren Papier durch Säure zerfällt"
    assert (match.differing, match.wanted) == (1, 8)


def test_words_that_differ_too_much_are_no_match() -> None:
    wanted = words_of("Vorrang haben Akten, deren Einband durch Feuer zerfällt")
    assert best_match(TEXT, Span(0, len(TEXT)), wanted, 2) is None
