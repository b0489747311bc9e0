"""Which row of which table a question names."""

from __future__ import annotations

import pytest

from assistant.amounts.naming import missing, named_series
from assistant.amounts.request import read_amount_request
from assistant.amounts.series import may_name, needed, said
from assistant.tables import amount_problems
from assistant.understanding.question import understand
from tests.unit.ingest.table_papers import PLAN, read

VORLAGE = """\
# Vorlage Nr. 15/800

öffentlich

Datum: 01.02.2024

Tagesordnungspunkt:

Sanierung der Orangerie

Finanzielle Auswirkungen:

| Position | 2024 | 2025 |
|---|---|---|
| Aufwendungen (Ergebnisplan) | 40.000 € | 45.000 € |
| sonstige Aufwendungen | 7.000 € | 8.000 € |
| Klinik Nord: | | |
| Personal | 3 € | 4 € |
| Klinik Süd: | | |
| Personal | 5 € | 6 € |
| Zuschuss | ca. 500 € | offen |
"""
YEARS = """\
# Vorlage Nr. 15/801

öffentlich

Datum: 01.02.2024

Tagesordnungspunkt:

Belegung des Jugendhofs

Die Zahlen zeigt die Übersicht.

| Jahr | Gäste gesamt | davon Gruppen | Stand |
|---|---|---|---|
| 2021 | 2.184 | 402 | 01.01.2022 |
| 2022 | 3.118 | 1.204 | 01.01.2023 |
"""


MIXED = """\
# Haushaltsplan

## Teilplan Bäder

| Position | Stellen 2023 | Plätze 2023 | Ansatz 2024 (alt) | Ansatz 2024 (neu) |
|---|---|---|---|---|
| Hallenbad | 12 | 340 | 7 | 8 |
"""


def said_of(paper: str, question: str) -> list[str]:
    request = read_amount_request(understand(question))
    assert request is not None
    document = read(paper.encode())
    found = named_series([document], request, request.named)
    claims = [(said(series, e), (document, e.row.span)) for series in found for e in series.entries]
    for claim, place in claims:
        assert amount_problems(f"{claim}.", [place]) == ()
    return [claim for claim, _ in claims]


MUSEUM = "Tabelle „Teilplan Museen“"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Wie hoch waren die Personalaufwendungen 2022 und 2024?",
            [
                f"Personalaufwendungen, {MUSEUM}, Ergebnis 2022: 3.200 T€",
                f"Personalaufwendungen, {MUSEUM}, Ansatz 2024: 3.410 T€",
            ],
        ),
        (
            "Ansatz 2024 für Eintrittserlöse im Teilplan Museen?",
            [f"Eintrittserlöse, {MUSEUM}, Ansatz 2024: 1.240 T€"],
        ),
        (
            "Wie hoch war das Ergebnis der Eintrittserlöse?",
            [f"Eintrittserlöse, {MUSEUM}, Ergebnis 2022: 1.064 T€"],
        ),
        (
            "Wie viele Stellen gab es 2024?",
            [f"Stellen, {MUSEUM}, Ansatz 2024: 42,0"],
        ),
        (
            "Wie hoch war die Kostendeckung 2022?",
            [f"Kostendeckung (%), {MUSEUM}, Ergebnis 2022: 12,5 %"],
        ),
        (
            "Was kostet die Ausbildung 2024?",
            [f"Personalaufwendungen, davon Ausbildung, {MUSEUM}, Ansatz 2024: 175 T€"],
        ),
    ],
)
def test_a_row_is_told_by_all_of_its_words(question: str, expected: list[str]) -> None:
    assert said_of(PLAN, question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Wie hoch waren die Aufwendungen 2024?",
        "Wie hoch waren die Personalaufwendungen 2021?",
        "Wie hoch waren die Personalaufwendungen der Schulen 2024?",
        "Wie hoch waren die geplanten Personalaufwendungen 2022?",
        "Wie hoch sind die Personalaufwendungen?",
        "Was kosten die Stellen 2024?",
        "Wie viele Eintrittserlöse gab es 2024?",
        "Wie viel Prozent betragen die Personalaufwendungen 2024?",
        "Wie hoch war die Kostendeckung 2022 in Euro?",
        "Wie hoch war die Planung 2024 der Eintrittserlöse?",
        "Wie hoch waren 2024 die Eintrittserlöse für die Ausbildung?",
    ],
)
def test_a_row_that_is_not_told_for_sure_is_left(question: str) -> None:
    assert said_of(PLAN, question) == []


def test_several_rows_are_told_where_they_are_joined() -> None:
    asked = "Wie hoch waren 2024 die Eintrittserlöse und die Personalaufwendungen?"
    assert [claim.split(",")[0] for claim in said_of(PLAN, asked)] == [
        "Eintrittserlöse",
        "Personalaufwendungen",
    ]


def test_a_row_of_a_vorlage_is_told_only_with_what_the_vorlage_is_about() -> None:
    table = "Tabelle „Finanzielle Auswirkungen“"
    assert said_of(VORLAGE, "Wie hoch sind die Aufwendungen 2024?") == []
    assert said_of(VORLAGE, "Wie hoch sind die Aufwendungen 2024 für die Orangerie?") == [
        f"Aufwendungen (Ergebnisplan), {table}, 2024: 40.000 €"
    ]
    asked = "Wie hoch sind die sonstigen Aufwendungen 2025 für die Orangerie?"
    assert said_of(VORLAGE, asked) == [f"sonstige Aufwendungen, {table}, 2025: 8.000 €"]


def test_a_heading_that_stands_twice_needs_the_heading_above_it() -> None:
    assert said_of(VORLAGE, "Personal 2024 für die Orangerie") == []
    (claim,) = said_of(VORLAGE, "Personal 2024 der Klinik Süd für die Orangerie")
    assert claim.endswith("2024: 5 €")


def test_a_row_for_each_year_is_read_down_its_column() -> None:
    asked = "Wie viele Gäste hatte der Jugendhof 2021 und 2022?"
    claims = said_of(YEARS, asked)
    assert [claim.split(", ")[-1] for claim in claims] == ["Jahr 2021: 2.184", "Jahr 2022: 3.118"]
    assert said_of(YEARS, "Wie viele Gruppen hatte der Jugendhof 2022?")[0].endswith(": 1.204")
    assert said_of(YEARS, "Wie hoch war der Stand des Jugendhofs 2022?") == []


def test_what_is_missing_is_named() -> None:
    request = read_amount_request(understand("Ansatz und Ergebnis 2023 der Eintrittserlöse"))
    assert request is not None
    (series,) = named_series([read(PLAN.encode())], request, request.named)
    assert [(str(stage), period) for stage, period in missing(series, request)] == [
        ("Ergebnis", "2023")
    ]


def test_brackets_figures_and_a_mere_total_need_not_be_named() -> None:
    assert needed("300 Bauwerk (Ergebnisplan) 2024") == needed("Bauwerk")
    assert needed("Gäste gesamt") == needed("Gäste")
    assert needed("gesamt") and needed("Summe der Gäste") != needed("Gäste")
    assert may_name("Lernmittel\t842.000\t860.000", needed("Lernmittel hoch"))
    assert not may_name("842.000\t860.000", needed("Lernmittel hoch"))


def test_columns_that_the_question_does_not_tell_apart_are_left() -> None:
    assert said_of(MIXED, "Wie viele Stellen hatte das Hallenbad 2023?")[0].endswith(": 12")
    for paper in (MIXED, MIXED.replace("Teilplan Bäder", "Teilplan Stellen und Plätze")):
        assert said_of(paper, "Wie viele Stellen und Plätze hatte das Hallenbad 2023?") == []
    assert said_of(MIXED, "Wie hoch ist der Ansatz 2024 für das Hallenbad?") == []


def test_a_word_that_heads_every_table_does_not_tell_a_vorlage() -> None:
    paper = VORLAGE.replace("Sanierung der Orangerie", "Aufwendungen der Orangerie")
    assert said_of(paper, "Wie hoch sind die Aufwendungen 2024?") == []
    assert len(said_of(paper, "Wie hoch sind die Aufwendungen 2024 der Orangerie?")) == 1
