"""Tables stay tables: each cell knows its row, its column and its unit, in every format."""

from __future__ import annotations

import pytest

from index.types import Span
from ingest.formats.docx import parse_docx
from ingest.formats.html import parse_html
from ingest.formats.pdf import parse_pdf
from tests.unit.ingest.pdf_files import Line, pdf_file
from tests.unit.ingest.table_papers import PLAN, read, readings
from tests.unit.ingest.word_files import paragraph, row, word_file


def test_a_markdown_table_has_caption_headings_and_units() -> None:
    document = read(PLAN.encode())
    (table,) = document.tables
    text = document.text
    assert table.caption is not None
    assert table.caption.cut(text) == "Teilplan Museen (Beträge in T€)"
    assert [[span.cut(text) for span in spans] for spans in table.columns] == [
        ["Position"], ["Ergebnis 2022"], ["Ansatz 2023"], ["Ansatz 2024"],
    ]  # fmt: skip
    assert [span.cut(text) for span in table.header] == [
        "Position\tErgebnis 2022\tAnsatz 2023\tAnsatz 2024"
    ]
    first = table.rows[0]
    assert [span.cut(text) for span in first.heading] == ["Eintrittserlöse"]
    assert [(cell.span.cut(text), cell.column) for cell in first.cells] == [
        ("1.064", 1), ("1.150", 2), ("1.240", 3),
    ]  # fmt: skip
    units = {cell.unit.value for cell in first.cells if cell.unit}
    places = {cell.unit.span.cut(text) for cell in first.cells if cell.unit}
    assert (units, places) == ({"T€"}, {"T€"})


def test_a_row_that_counts_something_else_does_not_take_the_unit_of_the_caption() -> None:
    said = readings(read(PLAN.encode()))
    assert said[3] == "Teilplan Museen; Zeile: Stellen; Ergebnis 2022: 41,5; Ansatz 2023: 42,0; " \
        "Ansatz 2024: 42,0"  # fmt: skip
    assert said[4].endswith("Ergebnis 2022: 12,5 %; Ansatz 2023: 13,1 %; Ansatz 2024: 14 %")


def test_a_davon_row_stands_under_the_row_it_is_a_part_of() -> None:
    assert "Zeile: Personalaufwendungen, davon Ausbildung; " in readings(read(PLAN.encode()))[2]


WORD = (
    paragraph("Tabelle 1: Kosten der Umbauten")
    + paragraph("(Angaben in Tsd. Euro)")
    + "<w:tbl>"
    + '<w:tr><w:tc><w:p/></w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
    + paragraph("Ansatz")
    + "</w:tc></w:tr>"
    + row("Gebäude", "2023", "2024")
    + '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr>'
    + paragraph("Schulen")
    + "</w:tc></w:tr>"
    + row("Nordschule", "1.200", "1.350")
    + row("Südschule", "", "80")
    + "</w:tbl>"
    + paragraph("Ende der Aufstellung.")
)


def test_a_word_table_keeps_merged_headings_and_the_heading_between_its_rows() -> None:
    document = read(word_file(WORD), parse_docx)
    assert readings(document) == [
        "Tabelle 1: Kosten der Umbauten; Zeile: Schulen",
        "Tabelle 1: Kosten der Umbauten; Zeile: Schulen, Nordschule; Ansatz 2023: 1.200 T€; "
        "Ansatz 2024: 1.350 T€",
        "Tabelle 1: Kosten der Umbauten; Zeile: Schulen, Südschule; Ansatz 2024: 80 T€",
    ]


def test_a_cell_that_reaches_over_rows_heads_each_of_them() -> None:
    merged = (
        "<w:tbl>"
        + row("Amt", "Zweck", "Betrag")
        + '<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + paragraph("Bauamt")
        + f"</w:tc><w:tc>{paragraph('Wege')}</w:tc><w:tc>{paragraph('20 €')}</w:tc></w:tr>"
        + "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
        + f"<w:tc>{paragraph('Brücken')}</w:tc><w:tc>{paragraph('30 €')}</w:tc></w:tr></w:tbl>"
    )  # fmt: skip
    assert readings(read(word_file(paragraph("Etat") + merged), parse_docx)) == [
        "Zeile: Bauamt; Zweck: Wege; Betrag: 20 €",
        "Zeile: Bauamt; Zweck: Brücken; Betrag: 30 €",
    ]


def test_an_html_table_is_read_by_its_own_marks() -> None:
    page = (
        "<html><body><h2>Gebühren</h2><table><caption>Nutzung der Halle in €</caption>"
        "<tr><th rowspan=2>Gruppe</th><th colspan=2>Gebühr</th></tr>"
        "<tr><th>je Tag</th><th>je Woche</th></tr>"
        "<tr><td rowspan=2>Vereine</td><td>40</td><td>200</td></tr>"
        "<tr><td>45</td><td>210</td></tr>"
        "<tr><td>Firmen</td><td>90</td><td></td></tr></table></body></html>"
    )
    assert readings(read(page.encode(), parse_html)) == [
        "Nutzung der Halle; Zeile: Vereine; Gebühr je Tag: 40 €; Gebühr je Woche: 200 €",
        "Nutzung der Halle; Zeile: Vereine; Gebühr je Tag: 45 €; Gebühr je Woche: 210 €",
        "Nutzung der Halle; Zeile: Firmen; Gebühr je Tag: 90 €",
    ]


def columns(bottom: float, *cells: tuple[float, str]) -> list[Line]:
    return [(left, bottom, text) for left, text in cells]


def test_a_pdf_cell_is_known_by_its_place_where_its_neighbour_is_empty() -> None:
    page = [
        (70.0, 700.0, "Investitionen (in Mio. €)", "Helvetica-Bold", 13.0),
        *columns(670, (230, "Ergebnis"), (330, "Ansatz"), (430, "Ansatz")),
        *columns(655, (70, "Vorhaben"), (230, "2022"), (330, "2023"), (430, "2024")),
        *columns(640, (70, "Brücke am Markt"), (230, "1,5"), (330, "2,0"), (430, "2,5")),
        *columns(625, (70, "Radweg"), (430, "0,7")),
        *columns(610, (70, "Depot"), (230, "0,2"), (330, "0,3"), (430, "0,1")),
    ]
    assert readings(read(pdf_file([page]), parse_pdf)) == [
        "Investitionen; Zeile: Brücke am Markt; Ergebnis 2022: 1,5 Mio. €; "
        "Ansatz 2023: 2,0 Mio. €; Ansatz 2024: 2,5 Mio. €",
        "Investitionen; Zeile: Radweg; Ansatz 2024: 0,7 Mio. €",
        "Investitionen; Zeile: Depot; Ergebnis 2022: 0,2 Mio. €; Ansatz 2023: 0,3 Mio. €; "
        "Ansatz 2024: 0,1 Mio. €",
    ]


def test_a_table_over_two_pages_is_one_and_its_repeated_header_no_row() -> None:
    head = [(70, "Ort"), (230, "2023"), (330, "2024")]
    first = [
        (70.0, 760.0, "Standorte:"),
        *columns(700, *head),
        *[
            line
            for index in range(5)
            for line in columns(
                680 - 15 * index, (70, f"Ort {index}"), (230, f"{index}1 €"), (330, f"{index}2 €")
            )
        ],
    ]
    second = [
        *columns(760, *head),
        *columns(745, (70, "Ort 9"), (230, "91 €"), (330, "92 €")),
        *columns(730, (70, "Summe"), (230, "99 €"), (330, "98 €")),
    ]
    document = read(pdf_file([first, second]), parse_pdf)
    (table,) = document.tables
    assert len(table.header) == 2 and len(table.rows) == 7
    assert readings(document)[5] == "Standorte; Zeile: Ort 9; 2023: 91 €; 2024: 92 €"


def test_columns_of_plain_text_are_told_by_their_place_on_the_line() -> None:
    text = (
        "Übersicht der Mittel (EUR):\n\n"
        "              Ansatz 2023     Ansatz 2024\n"
        "Wege          12.000          13.500\n"
        "Brücken                       9.000\n"
        "Summe         12.000          22.500\n"
    )
    assert readings(read(text.encode())) == [
        "Übersicht der Mittel; Zeile: Wege; Ansatz 2023: 12.000 €; Ansatz 2024: 13.500 €",
        "Übersicht der Mittel; Zeile: Brücken; Ansatz 2024: 9.000 €",
        "Übersicht der Mittel; Zeile: Summe; Ansatz 2023: 12.000 €; Ansatz 2024: 22.500 €",
    ]


def test_tabs_stand_where_a_terminal_shows_them() -> None:
    text = (
        "Mittel:\n\n\t\tAnsatz 2023\tAnsatz 2024\nWege\t\t12.000 €\t13.500 €\nSumme\t\t9 €\t\t8 €\n"
    )
    assert readings(read(text.encode())) == [
        "Mittel; Zeile: Wege; Ansatz 2023: 12.000 €; Ansatz 2024: 13.500 €",
        "Mittel; Zeile: Summe; Ansatz 2023: 9 €; Ansatz 2024: 8 €",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ein Satz mit\tzwei\tweiten Lücken und\nnoch\teiner ohne Zahlen hier.",
        "CDU-Fraktion\tSPD-Fraktion\nLandeshaus, Zimmer 112\tLandeshaus, Zimmer 207",
        "Ausschuss\t12.03.2024\tBeschluss",
    ],
)
def test_lines_that_only_look_like_a_table_are_left_alone(text: str) -> None:
    assert read(text.encode()).tables == ()


def test_the_beratungsfolge_is_read_as_such_and_not_as_a_table() -> None:
    text = (
        "Vorlage Nr. 15/12\n\nöffentlich\n\nDatum: 01.02.2024\n\n"
        "Schulausschuss\t12.03.2024\tempfehlender Beschluss\n"
        "Landschaftsausschuss\t19.03.2024\tBeschluss\n\nBegründung:\n\nEs ist nötig.\n"
    )
    document = read(text.encode())
    assert len(document.kopfdaten.beratungsfolge) == 2
    assert document.tables == ()


def test_two_tables_without_a_word_between_are_two() -> None:
    text = (
        "| Ort | Plätze | Helfer |\n|---|---|---|\n| Au | 3 | 1 |\n\n"
        "| Jahr | Kosten |\n|---|---|\n| 2023 | 5 € |\n| 2024 | 6 € |\n"
    )
    document = read(text.encode())
    assert [len(table.rows) for table in document.tables] == [1, 2]
    assert readings(document)[1] == "Jahr: 2023; Kosten: 5 €"


def test_every_span_lies_in_the_text_and_the_rows_in_order() -> None:
    document = read(PLAN.encode())
    (table,) = document.tables
    everything = Span(0, len(document.text))
    assert all(everything.contains(span) for span in table.spans)
    assert all(table.span.contains(item.span) for item in table.rows)
    assert [r.span for r in table.rows] == sorted(r.span for r in table.rows)
