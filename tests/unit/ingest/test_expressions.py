"""Numbers of papers, dates, norms and amounts in German text."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from ingest.expressions import Kind, find_expressions, find_references, parse_date
from ingest.papers.number import read_number
from tests.unit.ingest.paper_texts import read


def values(text: str) -> list[tuple[str, str]]:
    return [(e.kind.value, e.value) for e in find_expressions(text)]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Antrag Nr. 15/148", ["15/148"]),
        ("Wurde der Antrag 15 / 148 beschlossen?", ["15/148"]),
        ("Vorlage 15/2345/1", ["15/2345/1"]),
        ("Vorlage-Nr. 14/0461", ["14/461"]),
        ("die Anträge 13/263 und 13/274", ["13/263", "13/274"]),
        ("Drs. 13/58-2", ["13/58/2"]),
        ("rund um die Uhr, 24/7", []),
        ("im Schuljahr 2023/24", []),
        ("Datum 04/20/2012", []),
        ("Vorlage 2021/BV/2114", ["2021/BV/2114"]),
        ("DS 37/2015", ["37/2015"]),
        ("DS 104/2013", ["104/2013"]),
        ("DS 104/2013/1", ["104/2013/1"]),
        ("Vorlage 2024/0618/1", ["2024/0618/1"]),
        ("siehe 2024/0618/1.", ["2024/0618/1"]),
        ("Drs. 6/2023", ["6/2023"]),
        ("Und 15/247?", ["15/247"]),
    ],
)
def test_numbers_of_papers_are_found_in_every_spelling(text: str, keys: list[str]) -> None:
    assert [r.number.key for r in find_references(text)] == keys


@pytest.mark.parametrize(
    "words", ["DS 104/2013", "2024/0618/1", "DS 6/2023", "Vorlage Nr. 14/0461"]
)
def test_header_and_running_text_read_one_key(words: str) -> None:
    number = words if words[0].isalpha() else f"Vorlage {words}"
    (named,) = find_references(f"Der Rat hat {number} beraten.")
    header = read(f"{number}\n\nöffentlich\n\nBegründung:\n\nA.").kopfdaten.nummer
    assert header and header.value == named.number == read_number(words)
    assert header.value.key == named.number.key


def test_a_number_by_year_states_no_wahlperiode() -> None:
    wahlperioden = [
        (r.number.key, r.number.wahlperiode)
        for r in find_references("DS 6/2023, Drs. 15/148, Vorlage 15/2020, Drucksache 15/1989")
    ]
    assert wahlperioden == [("6/2023", None), ("15/148", 15), ("15/2020", 15), ("15/1989", 15)]


def test_the_second_number_of_a_list_keeps_the_label() -> None:
    assert [r.label for r in find_references("die Anträge 13/263 und 13/274")] == ["Anträge"] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("am 24.10.2023", [("date", "2023-10-24")]),
        ("am 3. Juni 2025", [("date", "2025-06-03")]),
        ("vom 19. - 20.3.2025", [("date", "2025-03-19"), ("date", "2025-03-20")]),
        ("am 7. Dezember", [("date", "--12-07")]),
        ("im März 2024", [("month", "2024-03")]),
        ("im Jahr 2024", [("year", "2024")]),
        ("gem. §38 Abs. 1 Satz 2 GO", [("norm", "38/1/2")]),
        ("§ 11 Absatz 4", [("norm", "11/4")]),
        ("ca. 5 Mio. fehlende Fachkräfte", [("number", "5000000")]),
        ("5.000.000 Euro", [("money", "5000000")]),
        ("1,5 Mio. €", [("money", "1500000")]),
        ("250 T€", [("money", "250000")]),
        ("fünf Millionen Euro", [("money", "5000000")]),
        ("um 3,5 %", [("percent", "3.5")]),
        ("12 Stimmen", [("number", "12")]),
        ("Antrag 15/148 vom 24.10.2023", [("reference", "15/148"), ("date", "2023-10-24")]),
    ],
)
def test_expressions_have_one_value_whatever_their_spelling(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert values(text) == expected


def test_expressions_do_not_overlap() -> None:
    found = find_expressions(
        "Antrag 15/148 vom 19. - 20.3.2025, § 38 Abs. 2, 1.234,50 € (5 %), 2024."
    )
    spans = sorted({e.span for e in found})
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert (Kind.MONEY, "1234.5") in {(e.kind, e.value) for e in found}


def test_an_impossible_day_is_no_date() -> None:
    assert parse_date("am 31.02.2024") is None
    assert parse_date("am 29.02.2024") == date(2024, 2, 29)
