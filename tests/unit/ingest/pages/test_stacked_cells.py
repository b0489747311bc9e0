"""Cells of several lines that a PDF prints one after the other."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate, Table

from index.types import Document
from ingest.formats.pdf import parse_pdf
from ingest.papers.table_reading import reading_of
from tests.unit.ingest.table_papers import read

HEAD = ["Produktgruppe", "Ergebnis 2022\nT€", "Ansatz 2023\nT€", "Veränderung\n%"]


def table_of(rows: list[list[str]]) -> Document:
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4).build([Table(rows, repeatRows=1)])
    return read(buffer.getvalue(), parse_pdf)


def readings(document: Document) -> list[str]:
    return [reading_of(document, row.span) for table in document.tables for row in table.rows]


def test_a_head_of_two_lines_names_its_columns_with_their_units() -> None:
    document = table_of(
        [HEAD, ["Museen", "3.998", "4.016", "0,5"], ["Schulen", "12.345", "", "-2,0"]]
    )
    assert readings(document) == [
        "Zeile: Museen; Ergebnis 2022: 3.998 T€; Ansatz 2023: 4.016 T€; Veränderung: 0,5 %",
        "Zeile: Schulen; Ergebnis 2022: 12.345 T€; Veränderung: -2,0 %",
    ]


def test_a_table_with_such_a_head_goes_on_over_the_end_of_a_page() -> None:
    rows = [[f"Gruppe {n}", f"{n}.100", f"{n}.200", "1,0"] for n in range(1, 61)]
    document = table_of([HEAD, *rows])
    assert len(document.pages) == 2
    assert len(document.tables) == 1
    assert readings(document)[-1] == (
        "Zeile: Gruppe 60; Ergebnis 2022: 60.100 T€; Ansatz 2023: 60.200 T€; Veränderung: 1,0 %"
    )
    assert len(readings(document)) == 60


def test_blocks_of_an_address_beside_each_other_stay_blocks() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    blocks = [["Stadt Neuburg", "Markt 1"], ["Telefon 0221", "Zimmer 12"], ["Bank AG", "Köln"]]
    for left, block in zip((60, 220, 400), blocks, strict=True):
        for index, line in enumerate(block):
            canvas.drawString(left, 760 - 12 * index, line)
    canvas.save()
    parsed = parse_pdf(buffer.getvalue())
    words = [word for block in blocks for word in block]
    assert " ".join(block.text for block in parsed.blocks).split() == " ".join(words).split()
