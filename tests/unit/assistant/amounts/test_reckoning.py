"""Differences and conversions, with how they were reckoned."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.amounts.reckoning import Amount, amount_of, converted, difference, german


def amount(words: str, unit: str) -> Amount:
    found = amount_of(words, unit)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1.006.300", "1006300"),
        ("-4.100", "-4100"),
        ("\u221212,5", "-12.5"),
        ("250.000 €", "250000"),
        ("0", "0"),
    ],
)
def test_figures_are_read_as_printed(words: str, value: str) -> None:
    assert amount(words, "€").value == Decimal(value)


@pytest.mark.parametrize("words", ["ca. 500", "500 bis 600", "1.2.3", "(500)", "–", "12 Stellen"])
def test_nothing_is_reckoned_from_what_is_no_plain_figure(words: str) -> None:
    assert amount_of(words, "€") is None


def test_figures_are_printed_as_germans_do() -> None:
    printed = [german(Decimal(v)) for v in ("1006300", "-4100", "0.5", "1000", "0")]
    assert printed == ["1.006.300", "\u22124.100", "0,5", "1.000", "0"]


def test_a_difference_says_how_it_was_reckoned() -> None:
    found = difference(amount("336.200", "T€"), amount("358.900", "T€"))
    assert found is not None and found.value == 22700
    assert found.text == (
        "+22.700 T€ (+6,8 %), gerechnet: 358.900 T€ \u2212 336.200 T€; "
        "Prozent von 336.200 T€, auf eine Stelle gerundet"
    )


def test_euros_and_thousands_of_them_are_put_into_one_unit_and_that_is_said() -> None:
    found = difference(amount("1.020", "T€"), amount("410.000", "€"))
    assert found is not None
    assert found.text == (
        "\u2212610.000 € (\u221259,8 %), gerechnet: 410.000 € \u2212 1.020.000 €; beide umgerechnet "
        "in €; Prozent von 1.020.000 €, auf eine Stelle gerundet"
    )


@pytest.mark.parametrize(("one", "other"), [("€", "%"), ("T€", ""), ("", "€"), ("%", "")])
def test_unlike_units_have_no_difference(one: str, other: str) -> None:
    assert difference(amount("10", one), amount("12", other)) is None
    assert converted(amount("10", one), other) is None


def test_percentages_differ_by_points_and_nothing_is_a_share_of_nothing() -> None:
    shares = difference(amount("12,5", "%"), amount("14", "%"))
    assert shares is not None
    assert shares.text == "+1,5 Prozentpunkte, gerechnet: 14 % \u2212 12,5 %"
    for first in ("0", "-400"):
        found = difference(amount(first, "€"), amount("250", "€"))
        assert found is not None and "%" not in found.text


def test_the_same_amount_in_another_unit() -> None:
    assert str(converted(amount("358.900", "T€"), "€")) == "358.900.000 €"
    assert str(converted(amount("1.500", "T€"), "Mio. €")) == "1,5 Mio. €"
