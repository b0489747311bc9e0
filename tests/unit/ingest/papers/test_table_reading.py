"""Rows in words, and the place of a word in its table."""

from __future__ import annotations

from index.types import Span
from ingest.chunk import chunk, embedding_text
from ingest.papers.table_reading import heading_lines, in_header, reading_of, row_at, table_at
from tests.unit.ingest.table_papers import PLAN, read

DOCUMENT = read(PLAN.encode())


def at(words: str) -> Span:
    start = DOCUMENT.text.index(words)
    return Span(start, start + len(words))


def test_a_place_is_found_in_its_table_and_row() -> None:
    assert table_at(DOCUMENT, at("3.350").start) is DOCUMENT.tables[0]
    assert row_at(DOCUMENT, at("3.350").start) is DOCUMENT.tables[0].rows[1]
    assert table_at(DOCUMENT, at("Die Ansätze").start) is None
    assert table_at(DOCUMENT, 0) is None and row_at(DOCUMENT, 0) is None
    assert in_header(DOCUMENT, at("Position").start)
    assert row_at(DOCUMENT, at("Position").start) is None


def test_a_cell_reads_with_caption_row_column_and_unit() -> None:
    assert reading_of(DOCUMENT, at("3.410")) == (
        "Teilplan Museen; Zeile: Personalaufwendungen; Ansatz 2024: 3.410 T€"
    )
    assert reading_of(DOCUMENT, at("Die Ansätze")) == ""


def test_a_row_that_is_named_by_a_number_reads_with_the_name_of_that_number() -> None:
    document = read(b"| Jahr | Kosten (EUR) |\n|---|---|\n| 2023 | 500 |\n")
    assert reading_of(document, document.tables[0].rows[0].span) == "Jahr: 2023; Kosten: 500 €"


def test_the_head_of_a_table_is_given_for_places_in_its_body_only() -> None:
    header = "Position\tErgebnis 2022\tAnsatz 2023\tAnsatz 2024"
    assert heading_lines(DOCUMENT, at("3.350").start) == ("Teilplan Museen (Beträge in T€)", header)
    assert heading_lines(DOCUMENT, at("Position").start) == ()
    assert heading_lines(DOCUMENT, at("Die Ansätze").start) == ()


def test_later_passages_of_a_long_table_are_searched_with_caption_and_headings() -> None:
    rows = "".join(
        f"| Zuschuss Nr. {n} an Vereine. Erläuterung folgt | {n}00 |\n" for n in range(80)
    )
    text = f"Vereine\n\nÜbersicht der Zuschüsse (in €):\n\n| Zweck | Ansatz |\n|---|---|\n{rows}"
    document = read(text.encode())
    first, *later = chunk(document)
    assert len(later) >= 3
    for passage in later:
        assert passage.text == passage.span.cut(document.text)
        assert passage.text.startswith("Zuschuss Nr.") and passage.text.endswith("00")
        assert "\nÜbersicht der Zuschüsse (in €):\nZweck\tAnsatz\nZuschuss Nr." in embedding_text(
            document, passage
        )
    assert embedding_text(document, first).count("Zweck\tAnsatz") == 1
