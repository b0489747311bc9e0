"""Builds the two sample templates, `vorlage-lvs.docx` and `vorlage-lvn.docx`, beside this file.

They look as an authority's own would: letterhead, a head of the paper, fonts and margins of the
house. The fields in double braces are filled by `aktenkundig draft`; whoever has Word or
LibreOffice changes them there. The same program gives the same bytes; a test compares.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

from assistant.begruendung.docx_file import package_bytes

HIER = Path(__file__).resolve().parent
_GREEN, _BLUE, _WHITE = (0x1F, 0x5A, 0x3C), (0x1B, 0x3A, 0x6B), (0xFF, 0xFF, 0xFF)


def signet() -> bytes:
    """A small picture as PNG: three white waves on green."""
    width, height = 120, 120
    rows = []
    for y in range(height):
        row = bytearray([0])
        for x in range(width):
            lift = abs((x % 40) - 20) // 3
            row += bytes(_WHITE if (y + lift) % 36 in range(10, 19) and 20 < y < 104 else _GREEN)
        rows.append(bytes(row))

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(b"".join(rows), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


def suederland() -> Document:
    """Green, without serifs, signet and two columns in the letterhead."""
    document = _sheet(left=2.5, right=2.5, top=3.6, bottom=2.4)
    _shape(document, font="Arial", size=11, colour=_GREEN, heading=13)
    section = document.sections[0]
    head = section.header
    head.is_linked_to_previous = False
    table = head.add_table(1, 2, Cm(16))
    table.autofit = False
    _widths(table, 2.4, 13.6)
    picture, name = table.rows[0].cells
    run = picture.paragraphs[0].add_run()
    run.add_picture(BytesIO(signet()), width=Cm(1.7))
    shown = next(run._r.iter(qn("wp:docPr")))
    shown.set("name", "Signet")
    shown.set("descr", "Signet des Landschaftsverbandes Süderland: drei Wellen")
    _line(name.paragraphs[0], "{{mandant}}", size=14, bold=True, colour=_GREEN)
    _line(name.add_paragraph(), "Landeshaus Hohenbruck · Sitzungsdienst", size=9)
    head.paragraphs[0]._p.getparent().remove(head.paragraphs[0]._p)
    head.add_paragraph().paragraph_format.space_after = Pt(0)
    _paging(section.footer.paragraphs[0], "{{kurz}} · {{schutzstufe}} · Seite ", of=True)
    _paper(
        document,
        (
            ("Vorlage Nr.", "[Angabe fehlt: Nummer – zuständig: Gremienbüro]"),
            ("Stand", "Entwurf vom {{datum}}, {{schutzstufe}}"),
            ("Bearbeitung", "{{bearbeitung}}"),
        ),
    )
    document.add_paragraph("{{titel}}", style="Title")
    document.add_paragraph("{{entwurf}}")
    return document


def norderland() -> Document:
    """Blue, with serifs, a wide margin for the file, numbered headings."""
    document = _sheet(left=4.0, right=2.0, top=3.0, bottom=2.2)
    _shape(document, font="Times New Roman", size=12, colour=_BLUE, heading=13)
    _number(document)
    section = document.sections[0]
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _line(head, "{{mandant}}", size=15, bold=True, colour=_BLUE)
    _rule(head)
    below = section.header.add_paragraph()
    below.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _line(below, "Der Direktor · Ständehaus Sielhaven", size=9)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _paging(foot, "– ", of=False)
    foot.add_run(" –")
    document.add_paragraph("Vorlage an die Landschaftsversammlung", style="Subtitle")
    document.add_paragraph("{{titel}}", style="Title")
    document.add_paragraph("Sielhaven, den {{datum}} · Beratung: {{schutzstufe}}")
    document.add_paragraph("Berichterstattung: {{bearbeitung}}")
    document.add_paragraph("Für die Direktion: [Angabe fehlt: Unterschrift – zuständig: Dezernat]")
    document.add_paragraph("{{entwurf}}")
    return document


def _sheet(*, left: float, right: float, top: float, bottom: float) -> Document:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(left), Cm(right)
    section.top_margin, section.bottom_margin = Cm(top), Cm(bottom)
    section.header_distance = section.footer_distance = Cm(1)
    return document


def _shape(
    document: Document, *, font: str, size: int, colour: tuple[int, int, int], heading: int
) -> None:
    sizes = (
        ("Normal", size),
        ("Title", size + 7),
        ("Subtitle", size),
        ("Heading 1", heading),
        ("Heading 2", size),
    )
    for name, points in sizes:
        style: Any = document.styles[name]
        _font(style, font)
        style.font.size = Pt(points)
        if name != "Normal":
            style.font.bold, style.font.italic = True, False
            style.font.color.rgb = RGBColor(*colour)
    normal = document.styles["Normal"].paragraph_format
    normal.space_after, normal.line_spacing = Pt(6), 1.15
    title: Any = document.styles["Title"]
    for border in title.element.pPr.findall(qn("w:pBdr")):
        title.element.pPr.remove(border)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(14), Pt(10)


def _font(style: ParagraphStyle, font: str) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), font)


def _number(document: Document) -> None:
    """Numbers the headings by their style: 1., 2., 3."""
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">'
            '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="decimal"/><w:pStyle w:val="Heading1"/><w:lvlText w:val="%1."/>'
            '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr>'
            "</w:lvl></w:abstractNum>"
        ),
    )
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )
    heading: Any = document.styles["Heading 1"]
    properties = heading.element.get_or_add_pPr()
    properties.get_or_add_numPr().get_or_add_numId().val = 77


def _paper(document: Document, rows: Sequence[tuple[str, str]]) -> None:
    """The head of the paper: a table whose first column is its headings."""
    table = document.add_table(0, 2)
    table.style = "Table Grid"
    table.autofit = False
    for label, value in rows:
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(label).bold = True
        cells[1].paragraphs[0].add_run(value)
    _widths(table, 4, 12)
    named = OxmlElement("w:tblCaption", attrs={qn("w:val"): "Kopf der Vorlage"})
    table._tbl.tblPr.append(named)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        look.set(qn("w:firstRow"), "0")
        look.set(qn("w:firstColumn"), "1")


def _widths(table: Table, *widths_cm: float) -> None:
    for column, width in zip(table.columns, widths_cm, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _line(
    paragraph: Paragraph,
    text: str,
    *,
    size: int,
    bold: bool = False,
    colour: tuple[int, int, int] | None = None,
) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    if colour:
        run.font.color.rgb = RGBColor(*colour)
    paragraph.paragraph_format.space_after = Pt(2)


def _rule(paragraph: Paragraph) -> None:
    border = f'<w:bottom w:val="single" w:sz="8" w:space="4" w:color="{bytes(_BLUE).hex()}"/>'
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        parse_xml(f"<w:pBdr {nsdecls('w')}>{border}</w:pBdr>"), "w:spacing", "w:jc"
    )


def _paging(paragraph: Paragraph, before: str, *, of: bool) -> None:
    paragraph.add_run(before)
    for name, between in (("PAGE", ""), ("NUMPAGES", " von ")) if of else (("PAGE", ""),):
        paragraph.add_run(between)
        field = OxmlElement("w:fldSimple", attrs={qn("w:instr"): f" {name} "})
        run, text = OxmlElement("w:r"), OxmlElement("w:t")
        text.text = "1"
        run.append(text)
        field.append(run)
        paragraph._p.append(field)


TEMPLATES = {"lvs": suederland, "lvn": norderland}


def built(mandant: str) -> bytes:
    """The template of a Mandant, the same bytes each time."""
    return package_bytes(TEMPLATES[mandant]())


if __name__ == "__main__":
    for mandant in TEMPLATES:
        (HIER / f"vorlage-{mandant}.docx").write_bytes(built(mandant))
