"""Quotation marks, those within others too."""

from __future__ import annotations

from assistant.review.quotation import masked, quotations


def cut(text: str) -> list[str]:
    return [span.cut(text) for span in quotations(text)]


def test_a_quotation_within_a_quotation_is_part_of_it() -> None:
    text = "Er sagt: „Das Wort „Jahr“ wird durch „Monat“ ersetzt.“ Danach „kurz“."
    assert cut(text) == ["„Das Wort „Jahr“ wird durch „Monat“ ersetzt.“", "„kurz“"]


def test_other_marks_do_not_nest_and_an_open_one_is_none() -> None:
    assert cut('Ein "Wort", ein »Titel« und „offen') == ['"Wort"', "»Titel«"]


def test_only_quotations_of_enough_words_are_masked() -> None:
    text = "Er ist „vertagt“, sie sagt „bis auf weiteres und ohne Frist“."
    assert masked(text, 5) == "Er ist „vertagt“, sie sagt" + " " * 34 + "."
    assert "vertagt" not in masked(text)
