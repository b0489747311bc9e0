"""The Gremium that some words name."""

from __future__ import annotations

import pytest

from assistant.understanding.bodies import body_meant, is_short_for, read_body
from assistant.understanding.words import WordsLeft

BODIES = (
    "Landschaftsausschuss",
    "Ausschuss für Digitalisierung und Verwaltung",
    "Ausschuss für Umwelt und Klimaschutz",
)


@pytest.mark.parametrize(
    ("short", "body"),
    [
        ("LA", "Landschaftsausschuss"),
        ("Digitalausschuss", "Ausschuss für Digitalisierung und Verwaltung"),
        ("Umweltausschuss", "Ausschuss für Umwelt und Klimaschutz"),
        ("Klimaausschuss", "Ausschuss für Umwelt und Klimaschutz"),
        ("Bauausschuss", None),
        ("Schulausschuss", None),
    ],
)
def test_a_short_name_stands_for_the_one_body_that_holds_its_parts(
    short: str, body: str | None
) -> None:
    assert body_meant(short, BODIES) == body


def test_a_part_of_five_letters_may_be_the_beginning_of_a_word() -> None:
    assert is_short_for("Digitalausschuss", "Ausschuss für Digitalisierung und Verwaltung")
    assert not is_short_for("Amtsausschuss", "Ausschuss für Amtlichkeit")


def test_a_body_is_taken_out_of_the_words_with_what_leads_to_it() -> None:
    reader = WordsLeft("Wer stimmte im Digitalausschuss dagegen?")
    assert read_body(reader, BODIES) == "Ausschuss für Digitalisierung und Verwaltung"
    assert reader.left.split() == ["Wer", "stimmte", "dagegen?"]
