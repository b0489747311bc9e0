"""What a cell counts in, and what is a figure at all."""

from __future__ import annotations

import pytest

from ingest import units


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("Gesamtergebnisplan (Beträge in T€)", "T€"),
        ("Angaben in Tsd. Euro", "T€"),
        ("alle Beträge in 1.000 €", "T€"),
        ("Ansatz 2024 in EUR", "€"),
        ("Volumen (Mio. €)", "Mio. €"),
        ("Anteil in v. H.", "%"),
        ("Die Kosten von 3 Mio. Euro verteilen sich:", None),
        ("Europaweite Vergaben", None),
    ],
)
def test_a_heading_states_its_unit_unless_it_is_an_amount_itself(
    words: str, unit: str | None
) -> None:
    stated = units.stated_unit(words, 0)
    assert (stated.value if stated else None) == unit


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        ("Ansatz 2024 (in €)", "Ansatz 2024"),
        ("Gesamtergebnisplan (Beträge in T€)", "Gesamtergebnisplan"),
        ("Betrag, EUR", "Betrag"),
        ("€", "€"),
        ("Anzahl", "Anzahl"),
    ],
)
def test_a_heading_is_named_without_its_unit(words: str, bare: str) -> None:
    assert units.without_unit(words) == bare


@pytest.mark.parametrize("words", ["-4.100", "1.200 €", "ca. 30 %", "31.12.2024", "(12)", "0"])
def test_figures_are_values(words: str) -> None:
    assert units.is_value(words)


@pytest.mark.parametrize("words", ["Ansatz 2024", "TOP", "3 Personen haben dem nicht zugestimmt"])
def test_words_are_no_values(words: str) -> None:
    assert not units.is_value(words)


@pytest.mark.parametrize("words", ["(in T€)", "Angaben in Euro", "Beträge in Mio. €:"])
def test_a_line_of_nothing_but_a_unit_is_known(words: str) -> None:
    assert units.is_unit_line(words)
    assert not units.is_unit_line(f"{words} und mehr davon")
