"""OpenDocument texts, read from the parts of the package themselves.

As with Word files: what a reader of the printed page sees, with accepted changes, and no part
trusted. Deleted text lies apart from the body in this format and is never reached.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.blocks import CELL_BREAK, LINE_BREAK, Block, BlockKind, Parsed
from ingest.errors import Damaged, Encrypted, NoText
from ingest.formats.docx_package import Package, parse_xml
from ingest.formats.docx_styles import attribute, local
from ingest.formats.odt_styles import (
    MAX_DEPTH,
    Counts,
    OdtNumbering,
    OdtStyles,
    below,
    small_number,
)

PARSER = f"odt 1 (lxml {etree.__version__})"

_NOT_PRINTED = frozenset(
    {
        "annotation", "forms", "tracked-changes", "title", "desc", "ruby-text", "script",
        "hidden-text", "event-listeners", "table-of-content-source", "alphabetical-index-source",
        "illustration-index-source", "table-index-source", "object-index-source",
        "user-index-source", "bibliography-source",
    }
)  # fmt: skip
_SUPERSCRIPT = str.maketrans("0123456789ivxlc*", "⁰¹²³⁴⁵⁶⁷⁸⁹ⁱᵛˣˡᶜ*")
_MAX_BOLD_HEADING = 120
_MAX_COLUMNS = 63
_MAX_BLANKS = 100
_STYLE_CONTAINERS = ("styles", "automatic-styles")
_HEADERS = ("header", "header-left", "header-first")
_FOOTERS = ("footer", "footer-left", "footer-first")


def parse_odt(data: bytes) -> Parsed:
    """Reads a packed text; it has no pages before somebody prints it.

    Raises:
        Damaged, Encrypted, NoText, PackedTooTightly, TooLarge.
    """
    package = Package(data)
    manifest = package.part("META-INF/manifest.xml")
    if manifest is not None and any(local(e) == "encryption-data" for e in manifest.iter()):
        raise Encrypted
    content = package.part("content.xml")
    if content is None:
        raise Damaged
    meta = package.part("meta.xml")
    return _parsed(_Reader(content, package.part("styles.xml")), meta)


def parse_flat_odt(data: bytes) -> Parsed:
    """Reads a text that is one XML file.

    Raises:
        Damaged, NoText.
    """
    root = parse_xml(data)
    return _parsed(_Reader(root, root), root)


def _parsed(reader: _Reader, meta: etree._Element | None) -> Parsed:
    blocks = reader.read()
    if not any(character.isalnum() for block in blocks for character in block.text):
        raise NoText
    titles = (str(e.text or "").strip() for e in below(meta, "meta", "title"))
    return Parsed(tuple(blocks), None, PARSER, tuple(reader.warnings()), next(titles, ""))


def _styles_in(*roots: etree._Element | None, names: tuple[str, ...]) -> Iterator[etree._Element]:
    return (e for root in roots for name in names for e in below(root, name))


class _Reader:
    """Turns body, headers and footers into blocks."""

    def __init__(self, content: etree._Element, styles: etree._Element | None) -> None:
        body = next(below(content, "body", "text"), None)
        if body is None:
            raise Damaged
        self._body = body
        self._masters = list(below(styles, "master-styles", "master-page"))
        named = _styles_in(styles, names=("styles",))
        own = _styles_in(content, names=("automatic-styles",))
        self._body_styles = OdtStyles(iter([*named, *own]))
        self._running_styles = OdtStyles(_styles_in(styles, names=_STYLE_CONTAINERS))
        self._styles = self._body_styles
        self._numbering = OdtNumbering(_styles_in(styles, content, names=_STYLE_CONTAINERS))
        self._notes: list[tuple[str, etree._Element]] = []
        self._boxes: list[etree._Element] = []
        self._hidden = self._changed = False

    def read(self) -> list[Block]:
        return [
            *self._running(_HEADERS, BlockKind.PAGE_HEADER),
            *self._blocks_in(self._body),
            *self._running(_FOOTERS, BlockKind.PAGE_FOOTER),
        ]

    def warnings(self) -> Iterator[str]:
        if self._hidden:
            yield "Verborgener Text im Dokument wurde weggelassen."
        if self._changed:
            yield "Das Dokument enthält verfolgte Änderungen; gelesen wurde die geänderte Fassung."

    def _running(self, names: tuple[str, ...], kind: BlockKind) -> Iterator[Block]:
        self._styles = self._running_styles
        seen: set[str] = set()
        for page in self._masters:
            for element in page:
                if local(element) in names and attribute(element, "display") != "false":
                    for block in self._blocks_in(element):
                        if block.text not in seen:
                            seen.add(block.text)
                            yield Block(kind, block.text.replace(CELL_BREAK, " "))
        self._styles = self._body_styles

    def _blocks_in(self, parent: etree._Element) -> Iterator[Block]:
        for element in parent:
            name = local(element)
            if name in ("p", "h"):
                yield from self._paragraph(element)
            elif name == "list":
                yield from self._list(element)
            elif name == "table":
                yield from self._table(element)
            elif name in _NOT_PRINTED:
                self._changed |= name == "tracked-changes" and len(element) > 0
            elif name == "section" and self._is_hidden_section(element):
                self._hidden |= bool("".join(element.itertext()).strip())
            else:
                yield from self._blocks_in(element)

    def _is_hidden_section(self, section: etree._Element) -> bool:
        return attribute(section, "display") == "none" or self._styles.is_hidden(
            "section", attribute(section, "style-name")
        )

    def _list(
        self, element: etree._Element, depth: int = 0, style: str = "", counts: Counts | None = None
    ) -> Iterator[Block]:
        style = attribute(element, "style-name") or style or self._style_of_items(element)
        if counts is None:
            counts = self._numbering.counts_of(element, style)
        for item in element:
            if local(item) not in ("list-item", "list-header"):
                continue
            first = local(item) == "list-item"
            said = attribute(item, "start-value")
            for child in item:
                if local(child) in ("p", "h"):
                    marker = ""
                    if first:
                        start = small_number(said, 1) if said else None
                        marker = self._numbering.item_marker(style, depth, counts, start)
                    first = False
                    yield from self._paragraph(child, marker, depth, in_list=True)
                elif local(child) == "list" and depth + 1 < MAX_DEPTH:
                    yield from self._list(child, depth + 1, style, counts)
                else:
                    yield from self._blocks_in(child)

    def _style_of_items(self, element: etree._Element) -> str:
        paragraph = next(below(element, "list-item", "p"), None)
        if paragraph is None:
            return ""
        return self._styles.list_style(attribute(paragraph, "style-name"))

    def _paragraph(
        self, element: etree._Element, marker: str = "", depth: int = 0, *, in_list: bool = False
    ) -> Iterator[Block]:
        style = attribute(element, "style-name")
        if self._is_hidden_paragraph(element, style):
            self._hidden |= bool("".join(element.itertext()).strip())
            return
        lines = [line for line in "".join(self._words(element)).split("\v") if line.strip()]
        boxes, self._boxes = self._boxes, []
        notes, self._notes = self._notes, []
        if lines:
            kind, level, marker = self._nature(element, " ".join(lines), marker, depth, in_list)
            yield Block(kind, marker + lines[0].strip(), level=level)
            later = kind if kind is BlockKind.HEADING else BlockKind.PARAGRAPH
            for line in lines[1:]:
                yield Block(later, line.strip(), level=level if later is kind else 0)
        for mark, body in notes:
            yield from self._note(mark, body)
        for box in boxes:
            yield from self._blocks_in(box)

    def _is_hidden_paragraph(self, element: etree._Element, style: str) -> bool:
        hidden = (attribute(e, "is-hidden") for e in below(element, "hidden-paragraph"))
        return "true" in hidden or self._styles.is_hidden("paragraph", style)

    def _note(self, mark: str, body: etree._Element) -> Iterator[Block]:
        for index, block in enumerate(self._blocks_in(body)):
            text = f"{mark} {block.text}" if index == 0 else block.text
            yield Block(block.kind, text, level=block.level)

    def _nature(
        self, element: etree._Element, text: str, marker: str, depth: int, in_list: bool
    ) -> tuple[BlockKind, int, str]:
        style = attribute(element, "style-name")
        if local(element) == "h":
            level = max(1, min(9, small_number(attribute(element, "outline-level"), 1)))
            if not in_list and attribute(element, "is-list-header") != "true":
                marker = self._numbering.heading_marker(level)
            return BlockKind.HEADING, level, marker
        if self._styles.is_title(style):
            return BlockKind.HEADING, 1, marker
        if marker:
            return BlockKind.LIST_ITEM, depth, marker
        stands_out = len(text) <= _MAX_BOLD_HEADING and not text.rstrip().endswith((".", ",", ";"))
        bold = self._styles.is_bold("paragraph", style, otherwise=False)
        if stands_out and CELL_BREAK not in text and self._is_bold(element, bold):
            return BlockKind.HEADING, 6, ""
        if CELL_BREAK in text.strip() and not text.split(CELL_BREAK, 1)[0].rstrip().endswith(":"):
            return BlockKind.TABLE_ROW, 0, ""
        return BlockKind.PARAGRAPH, 0, ""

    def _is_bold(self, element: etree._Element, bold: bool) -> bool:
        """Whether every printed word below the element is."""
        if (element.text or "").strip() and not bold:
            return False
        for child in element:
            name = local(child)
            inside = bold
            if name == "span":
                style = attribute(child, "style-name")
                inside = self._styles.is_bold("text", style, otherwise=bold)
            printed = name not in _NOT_PRINTED and name not in ("note", "frame")
            if printed and not self._is_bold(child, inside):
                return False
            if (child.tail or "").strip() and not bold:
                return False
        return True

    def _words(self, element: etree._Element) -> Iterator[str]:
        """The printed words below an element; a vertical tab ends a line for its own sake."""
        yield _printed(element.text)
        for child in element:
            yield from self._words_of(child)
            yield _printed(child.tail)

    def _words_of(self, child: etree._Element) -> Iterator[str]:
        name = local(child)
        if name == "s":
            yield " " * min(small_number(attribute(child, "c"), 1), _MAX_BLANKS)
        elif name == "tab":
            yield CELL_BREAK
        elif name == "line-break":
            yield "\v"
        elif name == "note":
            yield from self._note_mark(child)
        elif name in ("frame", "custom-shape", "g", "rect", "ellipse", "text-box"):
            self._boxes.append(child)
        elif name in _NOT_PRINTED:
            self._hidden |= name == "hidden-text"
        elif name == "span" and self._styles.is_hidden("text", attribute(child, "style-name")):
            self._hidden |= bool("".join(child.itertext()).strip())
        elif name == "p":
            self._boxes.append(child)  # a paragraph where none belongs
        else:
            yield from self._words(child)

    def _note_mark(self, note: etree._Element) -> Iterator[str]:
        citation = next(below(note, "note-citation"), None)
        mark = "".join(citation.itertext()).strip() if citation is not None else ""
        mark = (mark or "*").translate(_SUPERSCRIPT)
        self._notes += [(mark, body) for body in below(note, "note-body")]
        yield mark

    def _table(self, table: etree._Element) -> Iterator[Block]:
        for row in _rows(table):
            contents = [(list(self._blocks_in(cell)), times) for cell, times in _cells(row)]
            if len(contents) == 1:
                yield from contents[0][0]
                continue
            cells: list[str] = []
            for blocks, times in contents:
                texts = [block.text.replace(CELL_BREAK, " ") for block in blocks]
                cells += [LINE_BREAK.join(texts)] * times
            if any(cell.strip() for cell in cells):
                yield Block(BlockKind.TABLE_ROW, CELL_BREAK.join(cells))


def _printed(text: str | None) -> str:
    """Line ends in the file are blanks on paper."""
    return " ".join((text or "").replace("\r", "\n").split("\n")).replace("\t", " ")


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if local(child) == "table-row":
            yield child
        elif local(child) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """Cells and how often each is repeated; one that another covers is empty."""
    for child in row:
        if local(child) in ("table-cell", "covered-table-cell"):
            times = small_number(attribute(child, "number-columns-repeated"), 1)
            yield child, max(1, min(times, _MAX_COLUMNS))
