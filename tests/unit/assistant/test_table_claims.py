"""No amount without its row, its column and its unit."""

from __future__ import annotations

import pytest

from assistant.checking.citations import check_claim
from assistant.fundstelle import Ledger, cite
from assistant.tables import (
    amount_problems,
    asked_cell,
    completed,
    head_spans,
    holds_nouns,
    is_asked,
    pieces,
    place_in_table,
    replied,
    restated,
    speaks_to,
    stated_cell,
)
from index.types import Span
from ingest.chunk import chunk
from ingest.papers.table_reading import reading_of
from tests.unit.ingest.table_papers import PLAN, read

DOCUMENT = read(PLAN.encode())
TABLE = DOCUMENT.tables[0]
STAFF = (DOCUMENT, TABLE.rows[1].span)
TICKETS = (DOCUMENT, TABLE.rows[0].span)
SUM = (DOCUMENT, TABLE.rows[5].span)


@pytest.mark.parametrize(
    "claim",
    [
        "Für Personalaufwendungen sind 2024 im Ansatz 3.410 T€ vorgesehen.",
        "Die Personalaufwendungen betragen im Ansatz 2024 3,41 Mio. Euro.",
        "Der Ansatz der Personalaufwendungen steigt von 3.350 T€ (2023) auf 3.410 T€ (2024).",
        "Personalaufwendungen: Ansatz 2023 3.350 T€, Ansatz 2024 3.410 T€.",
        "Die Personalaufwendungen steigen.",
    ],
)
def test_an_amount_with_row_column_and_unit_is_in_order(claim: str) -> None:
    assert amount_problems(claim, [STAFF]) == ()


@pytest.mark.parametrize(
    ("claim", "problem"),
    [
        ("Im Ansatz 2024 stehen 3.410 T€.", "für welche Zeile der Tabelle „3.410 T€“ gilt"),
        ("Für Personalaufwendungen sind es 3.410 T€.", "für welche Spalte der Tabelle"),
        ("Für Personalaufwendungen sind es im Ansatz 3.410 T€.", "für welche Spalte"),
        ("Die Personalaufwendungen betragen im Ansatz 2024 3.410 Euro.", "andere Einheit"),
        ("Die Personalaufwendungen betragen im Ansatz 2024 3.410.", "andere Einheit"),
        ("Die Personalaufwendungen betragen im Ansatz 2023 3.410 T€.", "für welche Spalte"),
        (
            "Der Ansatz der Personalaufwendungen liegt 2023 bei 3.410 T€ und 2024 bei 3.350 T€.",
            "anderen Zeilen oder Spalten",
        ),
    ],
)
def test_an_amount_without_or_with_a_wrong_place_is_named(claim: str, problem: str) -> None:
    (said,) = amount_problems(claim, [STAFF])
    assert problem in said


def test_amounts_of_two_rows_must_stay_with_their_rows() -> None:
    right = "Im Ansatz 2024 stehen Eintrittserlöse von 1.240 T€ neben Personalaufwendungen von 3.410 T€."
    wrong = right.replace("1.240", "x").replace("3.410", "1.240").replace("x", "3.410")
    assert amount_problems(right, [STAFF, TICKETS]) == ()
    assert amount_problems(wrong, [STAFF, TICKETS]) != ()


def test_a_total_may_be_called_by_any_of_its_names() -> None:
    assert amount_problems("Insgesamt sind im Ansatz 2024 4.650 T€ geplant.", [SUM]) == ()


def test_amounts_that_come_from_prose_are_not_asked_for_a_row() -> None:
    start = DOCUMENT.text.index("Die Ansätze")
    prose = (DOCUMENT, Span(start, len(DOCUMENT.text)))
    assert amount_problems("Es sind 3.410 T€.", [prose]) == ()


def test_a_sentence_that_lacks_its_place_is_said_with_it_where_one_cell_is_meant() -> None:
    whole = "Die Personalaufwendungen betragen im Ansatz 2024 3.410 T€."
    assert completed(whole, [STAFF]) == whole
    assert completed("Im Ansatz 2024 stehen 3.410 T€.", [STAFF]) == (
        "Teilplan Museen; Zeile: Personalaufwendungen; Ansatz 2024: 3.410 T€."
    )
    assert completed("Es sind 3.350 T€ und 3.410 T€.", [STAFF]) == ""


def test_a_bare_figure_is_said_with_its_row_and_column() -> None:
    assert restated("3.410 T€.", STAFF) == (
        "Teilplan Museen; Zeile: Personalaufwendungen; Ansatz 2024: 3.410 T€"
    )
    assert restated("Nichts.", TICKETS).count("T€") == 3


def test_the_reading_of_a_row_carries_a_sentence_about_it() -> None:
    row, words = TABLE.rows[1].span.cut(DOCUMENT.text), reading_of(*STAFF)
    claim = "Die Personalaufwendungen betragen im Ansatz 2024 3.410 T€."
    assert check_claim(claim, [f"{row}\n{words}"]) == ()
    assert check_claim(claim, [row]) != ()


def test_a_row_is_cited_with_its_column_and_the_lines_that_head_it() -> None:
    ledger = Ledger()
    claim = "Die Personalaufwendungen betragen im Ansatz 2024 3.410 T€."
    assert ledger.cite_with_head(*STAFF, claim) == [1, 2]
    row, head = ledger.citations
    assert row.quote == "Personalaufwendungen\t3.200\t3.350\t3.410"
    assert row.fundstelle.endswith(
        "Tabelle „Teilplan Museen“, Zeile „Personalaufwendungen“, Spalte „Ansatz 2024“"
    )
    assert head.quote == (
        "Teilplan Museen (Beträge in T€)\n\nPosition\tErgebnis 2022\tAnsatz 2023\tAnsatz 2024"
    )
    for figure in ("3.410", "2024", "T€"):
        assert any(figure in citation.quote for citation in ledger.citations)
    assert ledger.cite_with_head(*STAFF, claim) == [1, 2]


def test_a_citation_can_be_a_cell() -> None:
    cell = TABLE.rows[1].cells[2].span
    citation = cite(1, DOCUMENT, cell)
    assert citation.quote == "3.410"
    assert place_in_table(DOCUMENT, cell) == [
        "Tabelle „Teilplan Museen“", "Zeile „Personalaufwendungen“", "Spalte „Ansatz 2024“",
    ]  # fmt: skip
    assert stated_cell("Es sind 3.410 T€.", STAFF) == cell


def test_a_row_is_one_piece_of_evidence_and_a_row_of_headings_none() -> None:
    texts = [
        span.cut(DOCUMENT.text) for passage in chunk(DOCUMENT) for span in pieces(DOCUMENT, passage)
    ]
    assert "Eintrittserlöse\t1.064\t1.150\t1.240" in texts
    assert "Die Ansätze sind gedeckt." in texts
    assert not any(text.startswith("Position") for text in texts)


def test_a_table_without_headings_needs_no_head() -> None:
    document = read("Kosten\n\nMieten\t20 €\nStrom\t30 €\nWasser\t40 €\n".encode())
    assert head_spans(document, document.tables[0].rows[0].span) == []


def test_a_question_that_names_a_column_is_replied_with_its_cell() -> None:
    question = "Wie hoch sind die Personalaufwendungen 2022?"
    assert asked_cell(question, STAFF) == TABLE.rows[1].cells[0].span
    assert replied(question, STAFF) == (
        "Teilplan Museen; Zeile: Personalaufwendungen; Ergebnis 2022: 3.200 T€"
    )
    assert replied("Wie hoch sind die Personalaufwendungen?", STAFF).count("T€") == 3


def test_a_word_of_the_caption_names_no_column() -> None:
    text = PLAN.replace("Teilplan Museen", "Gesamtergebnisplan")
    document = read(text.encode())
    place = (document, document.tables[0].rows[1].span)
    asked = asked_cell("Wie hoch sind die Personalaufwendungen im Gesamtergebnisplan 2024?", place)
    assert asked is not None and asked.cut(document.text) == "3.410"
    (problem,) = amount_problems("Personalaufwendungen im Gesamtergebnisplan: 3.200 T€.", [place])
    assert "Spalte" in problem


def test_a_part_of_the_row_heading_names_no_column_and_a_year_counts_most() -> None:
    text = PLAN.replace("Summe", "Jahresergebnis")
    document = read(text.encode())
    place = (document, document.tables[0].rows[5].span)
    assert replied("Wie hoch ist das Jahresergebnis 2024?", place).endswith("Ansatz 2024: 4.650 T€")
    assert replied("Wie hoch ist das Ergebnis 2023?", STAFF).endswith("Ansatz 2023: 3.350 T€")
    claim = "Das Jahresergebnis beträgt im Ergebnis 2022 4.264 T€."
    assert amount_problems(claim, [place]) == ()
    assert not speaks_to("Wie hoch ist das Jahresergebnis 2024?", claim, [place])


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Wie hoch sind die Personalaufwendungen der Museen 2024?", True),
        ("Wie hoch ist der Ansatz 2024 für Personalaufwendungen?", True),
        ("Wie hoch sind die Personalaufwendungen der Feuerwehr 2024?", False),
        ("Wie hoch sind die Personalaufwendungen?", False),
        ("Wie hoch sind die Sachkosten 2024?", False),
    ],
)
def test_a_row_is_asked_for_when_nothing_of_the_question_is_left(
    question: str, asked: bool
) -> None:
    assert is_asked(question, STAFF, "Haushaltsplan") is asked


def test_a_claim_about_another_row_or_column_than_asked_is_no_answer() -> None:
    question = "Wie hoch sind die Personalaufwendungen 2024?"
    right = "Die Personalaufwendungen betragen im Ansatz 2024 3.410 T€."
    assert speaks_to(question, right, [STAFF])
    assert not speaks_to(question, "Personalaufwendungen; Ansatz 2023: 3.350 T€.", [STAFF])
    assert not speaks_to(question, "Eintrittserlöse; Ansatz 2024: 1.240 T€.", [TICKETS])
    assert speaks_to("Wie teuer ist das?", right, [STAFF])
    # A summand that nobody named is not what the whole costs.
    assert not speaks_to("Was kosten die Museen 2024?", right, [STAFF])


def test_a_bare_figure_answers_only_where_the_nouns_of_the_question_occur() -> None:
    around = reading_of(*STAFF)
    assert holds_nouns("Wie hoch sind die Personalaufwendungen für Museen?", around)
    assert not holds_nouns("Wie hoch sind die Personalaufwendungen der Feuerwehr?", around)
