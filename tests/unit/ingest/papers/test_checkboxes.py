"""Boxes of forms: ticked, empty or unknown, in every format, never guessed."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from index.types import CheckState, Document
from ingest.formats.docx import parse_docx
from ingest.formats.html import parse_html
from ingest.formats.pdf import parse_pdf
from ingest.pages.symbols import symbol
from ingest.papers.checkboxes import read_checkboxes
from tests.unit.ingest.table_papers import read
from tests.unit.ingest.word_files import word_file

AN, LEER, UNBEKANNT = CheckState.ANGEKREUZT, CheckState.LEER, CheckState.UNBEKANNT


def states(document: Document) -> list[tuple[str, CheckState]]:
    return [(box.label.cut(document.text), box.state) for box in document.checkboxes]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("☒ ja ☐ nein", [("ja", AN), ("nein", LEER)]),
        ("Haushaltsmittel: ja ☑ nein □", [("Haushaltsmittel: ja", AN), ("nein", LEER)]),
        ("[x] öffentlich\t[ ] nichtöffentlich", [("öffentlich", AN), ("nichtöffentlich", LEER)]),
        ("☐ ja ■ nein", [("ja", LEER), ("nein", UNBEKANNT)]),
        ("☐ ja \uf0fe nein", [("ja", LEER), ("nein", UNBEKANNT)]),
        ("■ ein Punkt einer Liste", []),
        ("✓ erledigt", []),
        ("siehe [x](quelle) und f(x)", []),
        ("( ) überplanmäßig (X) außerplanmäßig", [("überplanmäßig", LEER), ("außerplanmäßig", AN)]),
        ("Klima\t( x ) berührt\t(\t) nicht berührt", [("berührt", AN), ("nicht berührt", LEER)]),
        ("(x) Die Kosten sind gedeckt.", []),
        ("f(x) und ( ) daneben", [("daneben", LEER)]),
    ],
)
def test_a_box_has_the_words_it_belongs_to(
    line: str, expected: list[tuple[str, CheckState]]
) -> None:
    assert [(b.label.cut(line), b.state) for b in read_checkboxes(line)] == expected


def test_places_of_boxes_refer_to_the_whole_text() -> None:
    text = "Klima\n\n☒ positiv\n☐ negativ"
    assert [box.mark.cut(text) for box in read_checkboxes(text)] == ["☒", "☐"]


def test_word_boxes_are_read_from_fields_and_symbol_fonts() -> None:
    def field(state: str) -> str:
        return (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>'
            f"{state}</w:checkBox></w:ffData></w:fldChar></w:r>"
            "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    ticked, empty = field('<w:default w:val="0"/><w:checked/>'), field('<w:default w:val="0"/>')
    body = (
        f"<w:p>{ticked}<w:r><w:t>ja </w:t></w:r>{empty}<w:r><w:t>nein</w:t></w:r></w:p>"
        '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t> bezahlt </w:t>'
        '<w:sym w:font="Wingdings" w:char="F0A8"/><w:t> offen </w:t>'
        '<w:sym w:font="Symbol" w:char="F0FE"/><w:t> anderes</w:t></w:r></w:p>'
    )
    document = read(word_file(body), parse_docx)
    assert states(document) == [
        ("ja", AN), ("nein", LEER), ("bezahlt", AN), ("offen • anderes", LEER),
    ]  # fmt: skip


def test_boxes_of_a_web_form_are_read() -> None:
    page = (
        "<html><body><p>Barrierefrei: <input type=checkbox checked> ja <input type='checkbox'> "
        "nein</p></body></html>"
    )
    assert states(read(page.encode(), parse_html)) == [("ja", AN), ("nein", LEER)]


def test_fields_of_a_pdf_form_stand_before_their_words() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.drawString(70, 700, "Die Maßnahme ist im Haushalt veranschlagt:")
    for left, word, ticked in ((70, "ja", True), (170, "nein", False)):
        canvas.acroForm.checkbox(name=word, checked=ticked, x=left, y=676, size=12)
        canvas.drawString(left + 18, 679, word)
    canvas.save()
    assert states(read(buffer.getvalue(), parse_pdf)) == [("ja", AN), ("nein", LEER)]


def test_signs_of_other_fonts_are_no_boxes() -> None:
    assert symbol("ABCDEF+Wingdings-Regular", 0xF0FE) == "☑"
    assert symbol("Wingdings 2", 0xF051) == "☒"
    assert symbol("Symbol", 0xF0FE) is None
