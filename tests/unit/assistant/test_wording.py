"""When a quote had better stand itself than the sentence drafted from it."""

from __future__ import annotations

import pytest

from assistant.demands import tells_only_a_part
from assistant.question import understand
from assistant.wording import falls_short, lost_qualifiers

QUOTE = "Hinzu kommen deshalb 15 Testpersonen, darunter sechs blinde Kolleginnen."


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("15 Testpersonen, darunter sechs blinde Kolleginnen.", QUOTE),
        ("Die Zahl der Testpersonen beträgt 15.", QUOTE),
        ("Das Ziel sind 95 Prozent.", "Erfolgreich ist sie, wenn mindestens 95 Prozent stimmen."),
        ("Die Kosten betragen 130.000 €.", "Weitere 130.000 € entfallen auf die Lüftung."),
        ("Die Betriebskosten betragen 74.000 €.", "Die Betriebskosten steigen um 74.000 €."),
        ("Die Umstellung endet 2030.", "Die Umstellung endet 2032 statt 2030."),
        ("Es gibt 9.000 Euro Förderung.", "Gefördert wird mit bis zu 9.000 Euro."),
    ],
)
def test_a_piece_or_a_bare_figure_gives_way_to_its_quote(sentence: str, quote: str) -> None:
    assert falls_short(sentence, quote)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        (QUOTE, QUOTE),
        ("Es kommen 15 Testpersonen hinzu.", QUOTE),
        ("Die Erprobung umfasst 40 Testpersonen.", "Die Erprobung beginnt mit 40 Testpersonen."),
        (
            "Der Betrieb kostet jährlich rund 48.000 Euro.",
            "Für den Betrieb fallen rund 48.000 Euro im Jahr an.",
        ),
        (
            "In der Klinik stehen 120 Betten.",
            "Die Klinik hat 120 Betten; weitere 30 Plätze bietet die Tagesklinik.",
        ),
    ],
)
def test_a_sentence_that_keeps_what_limits_its_figure_stands(sentence: str, quote: str) -> None:
    assert not falls_short(sentence, quote)


def test_only_what_stands_before_the_figure_in_its_clause_counts() -> None:
    quote = "Mindestens zwei Gutachten liegen vor, die Kosten betragen 5.000 Euro."
    assert lost_qualifiers("Die Kosten betragen 5.000 Euro.", quote) == ()
    assert lost_qualifiers("Es gibt zwei Gutachten.", quote) == ("mindestens",)


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
