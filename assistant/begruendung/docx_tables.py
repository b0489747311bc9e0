"""Tables that a screen reader can read: a name, a row of headings that each page repeats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.table import CT_Tbl
from docx.section import Section
from docx.shared import Length
from docx.text.paragraph import Paragraph

from assistant.begruendung.docx_styles import Styled
from assistant.begruendung.docx_text import one_line

_FALLBACK_CM = 16


@dataclass(frozen=True, slots=True)
class Column:
    """A column with the share of the width it takes; shares of a table add up to 1."""

    title: str
    share: float


def text_width(section: Section) -> Length:
    """The width between the margins; 16 cm where a template does not say."""
    page, left, right = section.page_width, section.left_margin, section.right_margin
    if page is None or left is None or right is None or page - left - right <= 0:
        return Length(_FALLBACK_CM * 360_000)
    return Length(page - left - right)


def add_table(
    document: Document,
    styled: Styled,
    width: Length,
    name: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
) -> None:
    """Adds a table at the end. `name` is what a screen reader says before it reads the cells."""
    table = CT_Tbl.new_tbl(len(rows) + 1, len(columns), width)
    body = document.element.body
    body.insert_element_before(table, "w:sectPr")
    table.tblStyle_val = styled.table.style_id
    table.tblPr.autofit = False
    table.tblPr.append(OxmlElement("w:tblCaption", attrs={qn("w:val"): one_line(name)}))
    widths = [Length(int(width * column.share)) for column in columns]
    size = table.tblPr.find(qn("w:tblW"))
    size.set(qn("w:type"), "dxa")
    size.set(qn("w:w"), str(sum(one.twips for one in widths)))
    for grid, one in zip(table.tblGrid.gridCol_lst, widths, strict=True):
        grid.w = one
    cells = [[column.title for column in columns], *rows]
    for place, (row, texts) in enumerate(zip(table.tr_lst, cells, strict=True)):
        properties = row.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if place == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text, one in zip(row.tc_lst, texts, widths, strict=True):
            cell.width = one
            paragraph = cell.p_lst[0]
            # By its id: python-docx reads all styles anew for each style set by object.
            paragraph.style = styled.cell.style_id
            if place == 0:
                paragraph.get_or_add_pPr().append(OxmlElement("w:keepNext"))
            if shown := one_line(text):
                Paragraph(paragraph, document).add_run(shown).bold = place == 0 or None
