"""A drafted sentence may leave a few words of its quote out, and nothing else."""

from __future__ import annotations

import pytest

from assistant.checking.straying import is_excerpt, strays, strays_from_row

QUOTE = (
    "Eine Abfrage der Verwaltung bei 31 Einrichtungen hat ergeben, dass vor dem 12.03.2024 nur 12 "
    "tarifgebunden waren."
)
ROW = "Plan; Kostengruppe: 700 Baunebenkosten; Betrag: 750.000 €"


@pytest.mark.parametrize(
    "sentence",
    [
        QUOTE,
        QUOTE.replace("der Verwaltung ", ""),
        QUOTE.replace("12.03.2024", "12. März 2024"),
        QUOTE.replace("Eine Abfrage", "Die Abfrage"),
    ],
)
def test_a_shortened_sentence_keeps_to_its_quote(sentence: str) -> None:
    assert not strays(sentence, QUOTE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "bei 31 Einrichtungen hat ergeben, dass vor dem 12.03.2024 nur 12",
            "bei 12 Einrichtungen hat ergeben, dass vor dem 12.03.2024 nur 31",
        ),
        ("vor dem", "nach dem"),
        ("nur ", ""),
        ("waren.", "sind."),
        ("waren.", "waren, und das ist endgültig."),
        (", dass vor dem 12.03.2024", ""),
        ("der Verwaltung", "der SPD"),
        ("Abfrage", "**Abfrage**"),
        ("Abfrage", "<b>Abfrage</b>"),
        ("Abfrage", "Ab\u200bfrage"),
        ("Abfrage", "Abfrage\x07"),
        ("tarifgebunden", "tarifgebunden http://beispiel.example"),
    ],
)
def test_anything_else_strays(old: str, new: str) -> None:
    assert old in QUOTE
    assert strays(QUOTE.replace(old, new), QUOTE)


def test_two_who_change_places_stray() -> None:
    assert strays("Die SPD lobt den Antrag der CDU.", "Die CDU lobt den Antrag der SPD.")


def test_a_clause_between_is_no_mere_word() -> None:
    quote = "Die CDU begrüßt den Plan, den die SPD ablehnt."
    assert strays("Die CDU den Plan ablehnt.", quote)


def test_a_title_lends_what_a_pronoun_stands_for() -> None:
    quote = "Sie findet zweitägig statt."
    assert not strays("Die Fachtagung findet zweitägig statt.", quote, "Fachtagung 2024")
    assert strays("Die Fachtagung findet zweitägig statt.", quote, "Haushalt")
    assert strays("Die Klinik zahlt in Mersbach.", "Die Klinik zahlt.", "Mersbach")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Die Baunebenkosten betragen 750.000 €.", False),
        ("Der Betrag für die Baunebenkosten liegt bei 750.000 €.", False),
        ("Die Baunebenkosten betragen 750.000 €, und das ist endgültig.", True),
        ("Die Baunebenkosten sind gestiegen.", True),
    ],
)
def test_what_a_row_says_is_its_cells(sentence: str, expected: bool) -> None:
    assert strays_from_row(sentence, ROW, "") is expected


ADDED = "Hinzu kommen deshalb 15 Testpersonen, darunter sechs blinde Kolleginnen."


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("15 Testpersonen, darunter sechs blinde Kolleginnen.", ADDED),
        ("Die Zahl der Testpersonen beträgt 15.", ADDED),
        ("Das Ziel sind 95 Prozent.", "Erfolgreich ist sie, wenn mindestens 95 Prozent stimmen."),
        ("Die Kosten betragen 130.000 €.", "Weitere 130.000 € entfallen auf die Lüftung."),
        ("Die Betriebskosten betragen 74.000 €.", "Die Betriebskosten steigen um 74.000 €."),
        ("Die Umstellung endet 2030.", "Die Umstellung endet 2032 statt 2030."),
        ("Es gibt 9.000 Euro Förderung.", "Gefördert wird mit bis zu 9.000 Euro."),
    ],
)
def test_a_piece_or_a_bare_figure_gives_way_to_its_quote(sentence: str, quote: str) -> None:
    assert is_excerpt(sentence, quote) or strays(sentence, quote)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        (ADDED, ADDED),
        (
            "Die Erprobung beginnt mit 40 Testpersonen.",
            "Die Erprobung beginnt mit 40 Testpersonen.",
        ),
        (
            "Der Betrieb kostet rund 48.000 Euro im Jahr.",
            "Der Betrieb der Leihräder kostet rund 48.000 Euro im Jahr.",
        ),
    ],
)
def test_a_sentence_that_keeps_what_limits_its_figure_stands(sentence: str, quote: str) -> None:
    assert not is_excerpt(sentence, quote)
    assert not strays(sentence, quote)
