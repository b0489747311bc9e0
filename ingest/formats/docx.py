"""Word documents, read from the parts of the package themselves.

What a reader of the printed page sees: text with accepted changes, automatic numbers, tables as
rows, boxes, notes. Parts are never trusted: no entities, no network, sizes counted while unpacking.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from ingest.blocks import CELL_BREAK, LINE_BREAK, Block, BlockKind, Gap, Parsed
from ingest.errors import Damaged, NoText
from ingest.formats.docx_package import Package
from ingest.formats.docx_parts import Notes, first_related, running_parts
from ingest.formats.docx_styles import Numbering, Styles, attribute, local, truthy
from ingest.pages.symbols import symbol

PARSER = f"docx 1 (lxml {etree.__version__})"

_LEFT_OUT = frozenset({"del", "moveFrom", "instrText", "delText", "rPr", "pPr", "delInstrText"})
_CONTAINERS = frozenset(
    {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "body", "footnote", "endnote"}
)
_TRANSPARENT = _CONTAINERS - {"body", "footnote", "endnote"}
_MAX_BOLD_HEADING = 120


def parse_docx(data: bytes) -> Parsed:
    """Reads a document; it has no pages before somebody prints it.

    Raises:
        Damaged, Encrypted, NoText, PackedTooTightly, TooLarge.
    """
    package = Package(data)
    reader = _Reader(package)
    blocks = reader.read()
    if not any(character.isalnum() for block in blocks for character in block.text):
        raise NoText
    return Parsed(
        tuple(blocks),
        None,
        PARSER,
        tuple(reader.warnings()),
        package.title(),
        gaps=tuple(reader.gaps()),
    )


class _Reader:
    """Turns the main part and what hangs on it into blocks."""

    def __init__(self, package: Package) -> None:
        self._package = package
        main = package.part(package.main)
        body = next((e for e in main if local(e) == "body"), None) if main is not None else None
        if body is None:
            raise Damaged
        self._body = body
        self._styles = Styles(first_related(package, "styles"))
        self._numbering = Numbering(first_related(package, "numbering"))
        self._notes = Notes(package, body)
        self._printed_notes: list[tuple[str, etree._Element]] = []
        self._boxes: list[etree._Element] = []
        self._in_instruction: list[bool] = []
        self._carried = ""
        self._hidden = self._changed = self._embedded = False

    def read(self) -> list[Block]:
        blocks = [
            *self._running("header", BlockKind.PAGE_HEADER),
            *self._blocks_in(self._body),
            *self._running("footer", BlockKind.PAGE_FOOTER),
        ]
        return blocks

    def warnings(self) -> Iterator[str]:
        if self._hidden:
            yield "Verborgener Text im Dokument wurde weggelassen."
        if self._changed:
            yield "Das Dokument enthält verfolgte Änderungen; gelesen wurde die geänderte Fassung."
        for gap in self.gaps():
            yield gap.message
        if self._package.has_part_below("word/embeddings/"):
            yield "In das Dokument eingebettete Dateien (etwa Tabellen) wurden nicht gelesen."

    def gaps(self) -> Iterator[Gap]:
        if self._embedded:
            yield Gap((), "Eingebettete Fremdteile (altChunk) wurden nicht gelesen.")

    def _running(self, kind: str, as_kind: BlockKind) -> Iterator[Block]:
        seen: set[str] = set()
        for root in running_parts(self._package, self._body, kind):
            for block in self._blocks_in(root):
                if block.text not in seen:
                    seen.add(block.text)
                    yield Block(as_kind, block.text.replace(CELL_BREAK, " "))

    def _blocks_in(self, parent: etree._Element) -> Iterator[Block]:
        for element in parent:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from self._carried_paragraph()
                yield from self._table(element)
            elif name in _CONTAINERS:
                self._changed |= name in ("ins", "moveTo")
                yield from self._blocks_in(element)
            elif name == "AlternateContent":
                yield from self._blocks_in(_choice(element))
            elif name == "altChunk":
                self._embedded = True
        if local(parent) not in _TRANSPARENT:
            yield from self._carried_paragraph()

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        text = self._carried + "".join(self._words(element))
        # A field that never comes to its result must not swallow the rest of the document.
        self._in_instruction = [False] * len(self._in_instruction)
        if _mark_is_gone(element):
            # The end of the paragraph was deleted: its words begin the next one.
            self._changed, self._carried = True, text
            return
        self._carried = ""
        lines = text.split("\v")
        boxes, self._boxes = self._boxes, []
        notes, self._printed_notes = self._printed_notes, []
        if any(line.strip() for line in lines):
            kind, level, marker = self._nature(element, " ".join(lines))
            for index, line in enumerate(line for line in lines if line.strip()):
                if index == 0:
                    yield Block(kind, marker + line.strip(), level=level)
                else:
                    later = kind if kind is BlockKind.HEADING else BlockKind.PARAGRAPH
                    yield Block(later, line.strip(), level=level if later is kind else 0)
        for mark, note in notes:
            yield from self._note(mark, note)
        for box in boxes:
            yield from self._blocks_in(box)

    def _carried_paragraph(self) -> Iterator[Block]:
        """Words whose paragraph has no end and no successor to begin."""
        text, self._carried = self._carried, ""
        for line in text.split("\v"):
            if line.strip():
                yield Block(BlockKind.PARAGRAPH, line.strip())

    def _note(self, mark: str, note: etree._Element) -> Iterator[Block]:
        for index, block in enumerate(self._blocks_in(note)):
            text = f"{mark} {block.text}" if index == 0 and mark else block.text
            yield Block(block.kind, text, level=block.level)

    def _nature(self, element: etree._Element, text: str) -> tuple[BlockKind, int, str]:
        """Kind, level and the automatic number of a paragraph."""
        style, number_id, depth = self._styles.of_paragraph(element)
        outline = self._styles.heading_level(element, style)
        marker = self._numbering.next_marker(number_id, depth) if number_id else ""
        if outline:
            return BlockKind.HEADING, outline, marker
        if marker:
            return BlockKind.LIST_ITEM, depth, marker
        stands_out = (
            len(text) <= _MAX_BOLD_HEADING
            and not text.rstrip().endswith((".", ",", ";"))
            and not text.lstrip().startswith("[")  # "[Angabe fehlt: …]" stands for what is missing
        )
        if stands_out and CELL_BREAK not in text and self._is_bold(element, style):
            return BlockKind.HEADING, 6, ""
        if CELL_BREAK in text.strip() and not text.split(CELL_BREAK, 1)[0].rstrip().endswith(":"):
            return BlockKind.TABLE_ROW, 0, ""
        return BlockKind.PARAGRAPH, 0, ""

    def _is_bold(self, element: etree._Element, style: str) -> bool:
        from_style = self._styles.is_bold(style)
        runs = [run for run in element.iter() if local(run) == "r" and "".join(_plain(run)).strip()]
        return bool(runs) and all(_run_flag(run, "b", default=from_style) for run in runs)

    def _words(self, element: etree._Element) -> Iterator[str]:
        """The printed words below an element; a vertical tab ends a line for its own sake."""
        for child in element:
            name = local(child)
            if name in _LEFT_OUT:
                self._changed |= name in ("del", "moveFrom")
            elif name == "fldChar":
                yield from self._words(child)  # the box of a form field
                self._follow_field(attribute(child, "fldCharType"))
            elif any(self._in_instruction):
                yield from self._fields_below(child)
            elif name == "t":
                yield child.text or ""
            elif name in ("tab", "ptab"):
                yield CELL_BREAK
            elif name == "br":
                yield "" if attribute(child, "type") in ("page", "column") else "\v"
            elif name == "cr":
                yield "\v"
            elif name == "noBreakHyphen":
                yield "-"
            elif name == "sym":
                yield _symbol(child)
            elif name == "checkBox":
                yield "☒ " if _is_ticked(child) else "☐ "
            elif name in ("footnoteReference", "endnoteReference"):
                mark, note = self._notes.mark(child)
                self._printed_notes += [(mark, note)] if note is not None else []
                yield mark
            elif name == "txbxContent":
                self._boxes.append(child)
            elif name == "AlternateContent":
                yield from self._words(_choice(child))
            elif name == "r" and (
                _run_flag(child, "vanish") or self._styles.is_hidden(_run_style(child))
            ):
                self._hidden |= bool("".join(_plain(child)).strip())
            else:
                self._changed |= name == "ins"
                yield from self._words(child)

    def _follow_field(self, step: str) -> None:
        """Keeps track of fields, whose instructions are not printed, and which nest."""
        if step == "begin":
            self._in_instruction.append(True)
        elif step == "separate" and self._in_instruction:
            self._in_instruction[-1] = False
        elif step == "end" and self._in_instruction:
            self._in_instruction.pop()

    def _fields_below(self, element: etree._Element) -> Iterator[str]:
        """Within an instruction only where it ends matters."""
        if any(local(e) == "fldChar" for e in element.iter()):
            yield from self._words(element)

    def _table(self, table: etree._Element) -> Iterator[Block]:
        columns = max((sum(span for _, span in _cells(row)) for row in _rows(table)), default=0)
        for row in _rows(table):
            if any(local(e) == "del" for pr in row if local(pr) == "trPr" for e in pr):
                self._changed = True
                continue
            contents = [(list(self._blocks_in(cell)), span) for cell, span in _cells(row)]
            if len(contents) == 1:
                yield from _spanning(*contents[0], columns)
                continue
            cells: list[str] = []
            for blocks, span in contents:
                texts = [block.text.replace(CELL_BREAK, " ") for block in blocks]
                cells += [LINE_BREAK.join(texts), *([""] * (span - 1))]
            if any(cell.strip() for cell in cells):
                heads, merged = _row_flag(row, "tblHeader"), tuple(_merged(row))
                words = CELL_BREAK.join(cells)
                yield Block(BlockKind.TABLE_ROW, words, heads_table=heads, continued=merged)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if local(child) == "tr":
            yield child
        elif local(child) in _CONTAINERS:
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    for child in row:
        if local(child) == "tc":
            if not _is_deleted_cell(child):
                yield child, _span_of(child)
        elif local(child) in _CONTAINERS:
            yield from _cells(child)


def _spanning(blocks: Sequence[Block], span: int, columns: int) -> Iterator[Block]:
    """A row of a single cell: a heading between rows where it spans them, else a box."""
    if span < 2 or span < columns or len(blocks) != 1 or len(blocks[0].text) > _MAX_BOLD_HEADING:
        yield from blocks
    else:
        text = blocks[0].text.replace(CELL_BREAK, " ")
        yield Block(BlockKind.TABLE_ROW, text, heads_table=True)


def _merged(row: etree._Element) -> Iterator[int]:
    """The columns whose cell goes on from the row above."""
    column = 0
    for cell, span in _cells(row):
        for properties in cell:
            if local(properties) == "tcPr":
                for element in properties:
                    if local(element) == "vMerge" and attribute(element, "val") != "restart":
                        yield from range(column, column + span)
        column += span


def _row_flag(row: etree._Element, name: str) -> bool:
    properties = next((e for e in row if local(e) == "trPr"), ())
    return next((truthy(e) for e in properties if local(e) == name), False)


def _is_deleted_cell(cell: etree._Element) -> bool:
    return any(local(e) == "cellDel" for pr in cell if local(pr) == "tcPr" for e in pr)


def _mark_is_gone(paragraph: etree._Element) -> bool:
    """Whether the end of the paragraph was deleted or moved away."""
    properties = (e for e in paragraph if local(e) == "pPr")
    runs = (run for pr in properties for run in pr if local(run) == "rPr")
    return any(local(e) in ("del", "moveFrom") for run in runs for e in run)


def _span_of(cell: etree._Element) -> int:
    for properties in cell:
        if local(properties) == "tcPr":
            for element in properties:
                if local(element) == "gridSpan":
                    said = attribute(element, "val")
                    return min(int(said), 63) if said.isdecimal() and said != "0" else 1
    return 1


def _choice(alternatives: etree._Element) -> etree._Element:
    """One of two renderings of the same content, never both."""
    children = list(alternatives)
    return next(
        (e for e in children if local(e) == "Choice"), children[0] if children else alternatives
    )


def _symbol(element: etree._Element) -> str:
    """A sign of a symbol font: the box that it prints, else a bullet."""
    code = attribute(element, "char")
    number = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,6}", code) else 0
    return symbol(attribute(element, "font"), number) or "•"


def _is_ticked(field: etree._Element) -> bool:
    """Whether a form field is ticked: as filled in, else as it was made."""
    for name in ("checked", "default"):
        for element in field:
            if local(element) == name:
                return truthy(element)
    return False


def _plain(run: etree._Element) -> Iterator[str]:
    return (e.text or "" for e in run.iter() if local(e) == "t")


def _run_style(run: etree._Element) -> str:
    properties = next((e for e in run if local(e) == "rPr"), ())
    return next((attribute(e, "val") for e in properties if local(e) == "rStyle"), "")


def _run_flag(run: etree._Element, name: str, *, default: bool = False) -> bool:
    properties = next((e for e in run if local(e) == "rPr"), ())
    return next((truthy(e) for e in properties if local(e) == name), default)
