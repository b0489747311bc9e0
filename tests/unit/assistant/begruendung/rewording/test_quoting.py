"""Where a paragraph quotes, and what stands around it."""

from __future__ import annotations

from assistant.begruendung.rewording.quoting import Led, led, outside, quotes_of, unquoted


def test_a_quote_within_a_quote_is_part_of_it() -> None:
    text = "Ergebnis: „Das Datum „31.12.2030“ wird ersetzt.“ Und „mehr“."
    assert quotes_of(text) == ["Das Datum „31.12.2030“ wird ersetzt.", "mehr"]
    assert unquoted(text).split() == ["Ergebnis:", "Und", "."]


def test_marks_that_do_not_pair_are_no_quotes() -> None:
    assert quotes_of("Er sagt: „Nein") == []
    assert quotes_of("Nein“, sagt er „nie“.") == []
    assert outside("Er sagt: „Nein", str.upper) == "Er sagt: „Nein"


def test_a_lead_ends_at_the_colon_before_the_last_quote() -> None:
    assert led("Antrag „A“ sagt (FDP): „Ja.“ (S. 2)") == Led(
        "Antrag „A“ sagt (FDP)", "Ja.", " (S. 2)"
    )
    assert led("Quelle: Antrag Nr. 1/2, „Titel“.") is None
    assert led(": „Ja“") is None


def test_quotes_placeholders_and_other_marks_are_left_alone() -> None:
    text = 'nur „nur“ nur [prüfen: nur] nur "nur" nur »nur« nur'
    assert outside(text, lambda part: part.replace("nur", "X")) == (
        'X „nur“ X [prüfen: nur] X "nur" X »nur« X'
    )
