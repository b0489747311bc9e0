"""Renders the sample corpus: `quellen/*.md` → the PDF, DOCX, HTML, TXT and MD files beside it.

The same sources give the same bytes on every machine: nothing is compressed, every date comes
from the source's header, and ZIP entries carry a fixed time. Run `python beispiele/rendern.py`
after a change to a source; a test compares the committed files with a fresh rendering.

A source starts with a header of `key: value` lines between two `---` lines: `ziel` (path of the
rendered file), `art`, `wahlperiode`, `datum` (ISO), `titel`, and where wanted `kopfzeile` (running
header) and `optionen`. The body is a small Markdown: headings, lists, tables, `**bold**`; blocks
are separated by blank lines, a line break inside a block is a line break on paper. `:::` blocks
are letterheads of two columns (`left || right`), `<<<seite>>>` starts a page.
"""

from __future__ import annotations

import argparse
import html
import io
import re
import textwrap
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import docx
import pyphen
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

HIER = Path(__file__).resolve().parent
QUELLEN = HIER / "quellen"
AUTOR = "Landschaftsverband (erfundenes Beispiel)"
ZIP_TIME = (2000, 1, 1, 0, 0, 0)
SEITE = "<<<seite>>>"
SOFT_HYPHEN = "\u00ad"


class Kind(Enum):
    """What a block of a source is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    COLUMNS = "columns"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a source: `lines` as written, without the marks of its kind."""

    kind: Kind
    lines: tuple[str, ...]
    level: int = 0

    def rows(self) -> list[list[str]]:
        """The cells of a table, without the rule under its header."""
        bare = (line.strip().removeprefix("|").removesuffix("|") for line in self.lines)
        cells = [[cell.strip() for cell in line.split("|")] for line in bare]
        return [row for row in cells if not all(re.fullmatch(r":?-{3,}:?", cell) for cell in row)]

    @property
    def has_header(self) -> bool:
        """Whether a table's first row is a header."""
        return len(self.lines) > 1 and len(self.rows()) < len(self.lines)

    def columns(self) -> list[tuple[str, str]]:
        """The left and right halves of a letterhead's lines."""
        halves = (line.partition("||") for line in self.lines)
        return [(left.strip(), right.strip()) for left, _, right in halves]


@dataclass(frozen=True, slots=True)
class Quelle:
    """One source: its header and the blocks of its body."""

    path: Path
    ziel: str
    art: str
    wahlperiode: int
    datum: date
    titel: str
    kopfzeile: str
    optionen: frozenset[str]
    body: str

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The body, block by block."""
        return tuple(_blocks(self.body))


def read_quelle(path: Path) -> Quelle:
    """Reads one source file. Raises ValueError or KeyError where its header is not whole."""
    _, header, body = path.read_text(encoding="utf-8").split("---\n", 2)
    fields = {
        key.strip(): value.strip()
        for key, _, value in (line.partition(":") for line in header.splitlines())
    }
    return Quelle(
        path=path,
        ziel=fields["ziel"],
        art=fields["art"],
        wahlperiode=int(fields["wahlperiode"]),
        datum=date.fromisoformat(fields["datum"]),
        titel=fields["titel"],
        kopfzeile=fields.get("kopfzeile", ""),
        optionen=frozenset(fields.get("optionen", "").replace(",", " ").split()),
        body=body.strip() + "\n",
    )


def quellen() -> list[Quelle]:
    """All sources, in the order of their names."""
    return [read_quelle(path) for path in sorted(QUELLEN.glob("lv[sn]-*.md"))]


def render(quelle: Quelle) -> bytes:
    """The bytes of the file that a source stands for."""
    return RENDERERS[Path(quelle.ziel).suffix](quelle)


def _blocks(body: str) -> Iterator[Block]:
    for chunk in re.split(r"\n\s*\n", body.strip("\n")):
        lines = tuple(line.rstrip() for line in chunk.splitlines())
        first = lines[0]
        if first == SEITE:
            yield Block(Kind.PAGE, ())
        elif heading := re.match(r"(#{1,4}) +", first):
            yield Block(Kind.HEADING, (first[heading.end() :],), len(heading[1]))
            if len(lines) > 1:
                yield Block(Kind.PARAGRAPH, lines[1:])
        elif first == ":::":
            yield Block(Kind.COLUMNS, lines[1:-1])
        elif first.startswith("|"):
            yield Block(Kind.TABLE, lines)
        elif first.startswith("- "):
            yield Block(Kind.LIST, tuple(line.removeprefix("- ") for line in lines))
        else:
            yield Block(Kind.PARAGRAPH, lines)


def _plain(text: str) -> str:
    return text.replace("**", "")


def _markup(text: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html.escape(text, quote=False))


# --- text -------------------------------------------------------------------------------------


def render_text(quelle: Quelle) -> bytes:
    """Plain text: cells separated by tabs; option `umbruch` wraps, `cp1252` encodes so."""
    width = 76 if "umbruch" in quelle.optionen else 10_000
    parts: list[str] = []
    for block in quelle.blocks:
        if block.kind is Kind.PAGE:
            parts.append("-" * 40)
        elif block.kind is Kind.TABLE:
            parts.append("\n".join("\t".join(map(_plain, row)) for row in block.rows()))
        elif block.kind is Kind.COLUMNS:
            parts.append(
                "\n".join(f"{left:<44}{right}".rstrip() for left, right in block.columns())
            )
        else:
            mark = "- " if block.kind is Kind.LIST else ""
            lines = (textwrap.fill(mark + _plain(line), width) for line in block.lines)
            parts.append("\n".join(lines))
    text = "\n\n".join(parts) + "\n"
    if "cp1252" in quelle.optionen:
        return text.replace("\n", "\r\n").encode("cp1252")
    return text.encode("utf-8")


def render_markdown(quelle: Quelle) -> bytes:
    """The body itself, with Markdown's line breaks made explicit."""
    text = re.sub(r"(?m)^(?![#|\-])(\S.*)\n(?=\S)", r"\1  \n", quelle.body)
    return text.replace(SEITE, "---").encode("utf-8")


# --- HTML -------------------------------------------------------------------------------------


def render_html(quelle: Quelle) -> bytes:
    """A page as a council information system shows it, navigation and footer included."""
    lines = [
        "<!DOCTYPE html>",
        '<html lang="de">',
        "<head>",
        '<meta charset="utf-8">',
        f"<title>{html.escape(quelle.titel)}</title>",
        "<style>body{font-family:sans-serif} td,th{border:1px solid #999;padding:2px 6px}</style>",
        "</head>",
        "<body>",
        '<nav><a href="#inhalt">Zum Inhalt</a> Startseite &gt; Sitzungsdienst &gt; Recherche</nav>',
        '<main id="inhalt">',
    ]
    soften = _soften if "weich" in quelle.optionen else str
    for block in quelle.blocks:
        lines.extend(_html_block(block, soften))
    lines += ["</main>", f"<footer>{AUTOR} · Sitzungsdienst</footer>", "</body>", "</html>"]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _html_block(block: Block, soften: Callable[[str], str]) -> Iterator[str]:
    texts = [_markup(soften(line)).replace(SOFT_HYPHEN, "&shy;") for line in block.lines]
    if block.kind is Kind.HEADING:
        yield f"<h{block.level}>{texts[0]}</h{block.level}>"
    elif block.kind is Kind.PARAGRAPH:
        yield "<p>" + "<br>\n".join(texts) + "</p>"
    elif block.kind is Kind.LIST:
        yield from ("<ul>", *(f"<li>{text}</li>" for text in texts), "</ul>")
    elif block.kind is Kind.PAGE:
        yield "<hr>"
    else:
        rows = block.columns() if block.kind is Kind.COLUMNS else block.rows()
        yield "<table>"
        for number, row in enumerate(rows):
            tag = "th" if number == 0 and block.kind is Kind.TABLE and block.has_header else "td"
            yield "<tr>" + "".join(f"<{tag}>{_markup(cell)}</{tag}>" for cell in row) + "</tr>"
        yield "</table>"


def _soften(text: str) -> str:
    """The text with soft hyphens in its long words, as word processors leave them behind."""
    dictionary = pyphen.Pyphen(lang="de_DE")
    return re.sub(
        r"[^\W\d_]{12,}", lambda word: str(dictionary.inserted(word[0], SOFT_HYPHEN)), text
    )


# --- DOCX -------------------------------------------------------------------------------------


def render_docx(quelle: Quelle) -> bytes:
    """A Word file with real heading, list and table styles, running header and page number."""
    document = docx.Document()
    _without_ballast(document)
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(10.5)
    properties = document.core_properties
    stamp = datetime(quelle.datum.year, quelle.datum.month, quelle.datum.day, 9)
    properties.created = properties.modified = stamp
    properties.author = properties.last_modified_by = AUTOR
    properties.title, properties.comments, properties.language = quelle.titel, "", "de-DE"
    section = document.sections[0]
    section.header.paragraphs[0].text = quelle.kopfzeile
    footer = section.footer.paragraphs[0]
    footer.add_run("Seite ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    footer._p.append(field)
    soften = _soften if "weich" in quelle.optionen else str
    for block in quelle.blocks:
        _docx_block(document, block, soften)
    buffer = io.BytesIO()
    document.save(buffer)
    return _with_fixed_times(buffer.getvalue())


def _without_ballast(document: Any) -> None:
    """Drops what the template brings and no sample needs: 800 KiB of table styles, a thumbnail."""
    styles = document.styles.element
    for style in list(styles):
        name = style.find(qn("w:name")) if style.get(qn("w:type")) == "table" else None
        if style.tag == qn("w:latentStyles") or (
            name is not None and name.get(qn("w:val")) not in ("Normal Table", "Table Grid")
        ):
            styles.remove(style)
    for relations in (document.part.rels, document.part.package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(("/stylesWithEffects", "/thumbnail")):
                del relations[key]


def _docx_block(document: Any, block: Block, soften: Callable[[str], str]) -> None:
    if block.kind is Kind.PAGE:
        document.add_page_break()
    elif block.kind is Kind.HEADING:
        document.add_heading(_plain(block.lines[0]), level=block.level)
    elif block.kind is Kind.LIST:
        for line in block.lines:
            _runs(document.add_paragraph(style="List Bullet"), soften(line))
    elif block.kind is Kind.PARAGRAPH:
        paragraph = document.add_paragraph()
        for number, line in enumerate(block.lines):
            if number:
                paragraph.add_run().add_break()
            _runs(paragraph, soften(line))
    else:
        columns = block.kind is Kind.COLUMNS
        rows = [list(row) for row in block.columns()] if columns else block.rows()
        table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
        table.style = "Normal Table" if columns else "Table Grid"
        for row, cells in zip(rows, table.rows, strict=True):
            for text, cell in zip(row, cells.cells, strict=False):
                _runs(cell.paragraphs[0], text)
        document.add_paragraph()


def _runs(paragraph: Any, text: str) -> None:
    for number, piece in enumerate(text.split("**")):
        if piece:
            paragraph.add_run(piece).bold = True if number % 2 else None


def _with_fixed_times(archive: bytes) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.create_system = 3
            target.writestr(entry, source.read(name))
    return buffer.getvalue()


# --- PDF --------------------------------------------------------------------------------------

HYPHENATED: dict[str, Any] = {
    "hyphenationLang": "de_DE",
    "embeddedHyphenation": 1,
    "hyphenationMinWordLength": 7,
    "uriWasteReduce": 0,
    "alignment": 4,
}


def render_pdf(quelle: Quelle) -> bytes:
    """A4 pages with running header and "Seite n von m"; option `trennung` hyphenates lines."""
    pages = _build_pdf(quelle, 0)[1]
    return _build_pdf(quelle, pages)[0]


def _build_pdf(quelle: Quelle, total: int) -> tuple[bytes, int]:
    buffer = io.BytesIO()
    template = BaseDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=25 * mm,
        rightMargin=20 * mm,
        topMargin=26 * mm,
        bottomMargin=22 * mm,
        title=quelle.titel,
        author=AUTOR,
        subject=quelle.art,
        invariant=1,
        pageCompression=0,
    )

    def decorate(canvas: Canvas, doc: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        if canvas.getPageNumber() > 1 or "brief" not in quelle.optionen:
            canvas.drawString(25 * mm, A4[1] - 15 * mm, quelle.kopfzeile)
        canvas.drawRightString(
            A4[0] - 20 * mm, 12 * mm, f"Seite {canvas.getPageNumber()} von {total}"
        )

    frame = Frame(
        template.leftMargin, template.bottomMargin, template.width, template.height, 0, 0, 0, 0
    )
    template.addPageTemplates(PageTemplate(frames=[frame], onPage=decorate))
    template.build([flowable for block in quelle.blocks for flowable in _pdf_block(block, quelle)])
    return buffer.getvalue(), template.page


def _pdf_block(block: Block, quelle: Quelle) -> Iterator[Flowable]:
    hyphenated = HYPHENATED if "trennung" in quelle.optionen else {}
    body = ParagraphStyle("body", fontSize=10.5, leading=15, spaceAfter=7, **hyphenated)
    texts = [_markup(line) for line in block.lines]
    if block.kind is Kind.PAGE:
        yield PageBreak()
    elif block.kind is Kind.HEADING:
        size = {1: 15, 2: 12, 3: 10.5, 4: 10}[block.level]
        style = ParagraphStyle(
            "heading",
            fontName="Helvetica-Bold",
            fontSize=size,
            leading=size * 1.3,
            spaceBefore=8,
            spaceAfter=4,
            keepWithNext=1,
        )
        yield Paragraph(texts[0], style)
    elif block.kind is Kind.LIST:
        style = ParagraphStyle("item", parent=body, leftIndent=14, bulletIndent=2, spaceAfter=3)
        yield from (Paragraph(text, style, bulletText="-") for text in texts)
    elif block.kind is Kind.PARAGRAPH:
        yield Paragraph("<br/>".join(texts), body)
    else:
        yield _pdf_table(block)
        yield Spacer(1, 8)


def _pdf_table(block: Block) -> Table:
    cell = ParagraphStyle("cell", fontSize=9, leading=11.5)
    columns = block.kind is Kind.COLUMNS
    rows = [list(row) for row in block.columns()] if columns else block.rows()
    width = A4[0] - 45 * mm
    longest = [max(min(len(row[i]), 60) + 3 for row in rows) for i in range(len(rows[0]))]
    widths = [width * share / sum(longest) for share in longest]
    table = Table(
        [[Paragraph(_markup(text), cell) for text in row] for row in rows],
        colWidths=[width / 2] * 2 if columns else widths,
        repeatRows=1 if not columns and block.has_header else 0,
    )
    style: list[Any] = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, -1), 0)]
    if not columns and block.has_header:
        style.append(("LINEBELOW", (0, 0), (-1, 0), 0.6, "#000000"))
        style.append(("LINEBELOW", (0, 1), (-1, -1), 0.25, "#888888"))
    table.setStyle(TableStyle(style))
    return table


RENDERERS: dict[str, Callable[[Quelle], bytes]] = {
    ".pdf": render_pdf,
    ".docx": render_docx,
    ".html": render_html,
    ".txt": render_text,
    ".md": render_markdown,
}


def main() -> None:
    """Writes every rendered file below the folder `ziel` (default: beside this script)."""
    parser = argparse.ArgumentParser(description="Beispielkorpus aus den Quellen erzeugen")
    parser.add_argument("--ziel", type=Path, default=HIER)
    target: Path = parser.parse_args().ziel
    for quelle in quellen():
        path = target / quelle.ziel
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(render(quelle))
    print(f"{len(quellen())} Dokumente geschrieben")


if __name__ == "__main__":
    main()
