"""Word documents, read from the parts of the package themselves.

What a reader of the printed page sees: text with accepted changes, automatic numbers, tables as
rows, boxes, notes. Parts are never trusted: no entities, no network, sizes counted while unpacking.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.blocks import CELL_BREAK, LINE_BREAK, Block, BlockKind, Gap, Parsed
from ingest.docx_package import Package
from ingest.docx_styles import Numbering, Styles, attribute, local, truthy
from ingest.errors import Damaged, NoText

PARSER = f"docx 1 (lxml {etree.__version__})"

_LEFT_OUT = frozenset({"del", "moveFrom", "instrText", "delText", "rPr", "pPr", "delInstrText"})
_CONTAINERS = frozenset(
    {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "body", "footnote", "endnote"}
)
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
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
        self._styles = Styles(self._first("styles"))
        self._numbering = Numbering(self._first("numbering"))
        self._notes = {kind: self._read_notes(kind) for kind in ("footnote", "endnote")}
        self._printed_notes: list[tuple[str, str]] = []
        self._boxes: list[etree._Element] = []
        self._hidden = self._changed = self._embedded = False

    def _first(self, kind: str) -> etree._Element | None:
        target = next(iter(self._package.related(self._package.main, kind).values()), None)
        return self._package.part(target) if target else None

    def _read_notes(self, kind: str) -> dict[str, etree._Element]:
        root = self._first(kind + "s")
        notes = root if root is not None else ()
        return {attribute(note, "id"): note for note in notes if not attribute(note, "type")}

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

    def gaps(self) -> Iterator[Gap]:
        if self._embedded:
            yield Gap((), "Eingebettete Fremdteile (altChunk) wurden nicht gelesen.")

    def _running(self, kind: str, as_kind: BlockKind) -> Iterator[Block]:
        seen: set[str] = set()
        for name in self._package.related(self._package.main, kind).values():
            root = self._package.part(name)
            for block in self._blocks_in(root) if root is not None else ():
                if block.text not in seen:
                    seen.add(block.text)
                    yield Block(as_kind, block.text.replace(CELL_BREAK, " "))

    def _blocks_in(self, parent: etree._Element) -> Iterator[Block]:
        for element in parent:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from self._table(element)
            elif name in _CONTAINERS:
                self._changed |= name in ("ins", "moveTo")
                yield from self._blocks_in(element)
            elif name == "AlternateContent":
                yield from self._blocks_in(_choice(element))
            elif name == "altChunk":
                self._embedded = True

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        lines = "".join(self._words(element)).split("\v")
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
        for mark, kind_of_note in notes:
            yield from self._note(mark, kind_of_note)
        for box in boxes:
            yield from self._blocks_in(box)

    def _note(self, mark: str, key: str) -> Iterator[Block]:
        kind, note_id = key.split(":", 1)
        note = self._notes[kind].pop(note_id, None)
        for index, block in enumerate(self._blocks_in(note) if note is not None else ()):
            text = f"{mark} {block.text}" if index == 0 else block.text
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
        stands_out = len(text) <= _MAX_BOLD_HEADING and not text.rstrip().endswith((".", ",", ";"))
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
                yield "•"
            elif name in ("footnoteReference", "endnoteReference"):
                yield self._note_mark(name.removesuffix("Reference"), attribute(child, "id"))
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

    def _note_mark(self, kind: str, note_id: str) -> str:
        if note_id not in self._notes[kind]:
            return ""
        mark = note_id.translate(_SUPERSCRIPT)
        self._printed_notes.append((mark, f"{kind}:{note_id}"))
        return mark

    def _table(self, table: etree._Element) -> Iterator[Block]:
        for row in _rows(table):
            if any(local(e) == "del" for pr in row if local(pr) == "trPr" for e in pr):
                self._changed = True
                continue
            contents = [(list(self._blocks_in(cell)), span) for cell, span in _cells(row)]
            if len(contents) == 1:
                yield from contents[0][0]
                continue
            cells: list[str] = []
            for blocks, span in contents:
                texts = [block.text.replace(CELL_BREAK, " ") for block in blocks]
                cells += [LINE_BREAK.join(texts), *([""] * (span - 1))]
            if any(cell.strip() for cell in cells):
                yield Block(BlockKind.TABLE_ROW, CELL_BREAK.join(cells))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if local(child) == "tr":
            yield child
        elif local(child) in _CONTAINERS:
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    for child in row:
        if local(child) == "tc":
            yield child, _span_of(child)
        elif local(child) in _CONTAINERS:
            yield from _cells(child)


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


def _plain(run: etree._Element) -> Iterator[str]:
    return (e.text or "" for e in run.iter() if local(e) == "t")


def _run_style(run: etree._Element) -> str:
    properties = next((e for e in run if local(e) == "rPr"), ())
    return next((attribute(e, "val") for e in properties if local(e) == "rStyle"), "")


def _run_flag(run: etree._Element, name: str, *, default: bool = False) -> bool:
    properties = next((e for e in run if local(e) == "rPr"), ())
    return next((truthy(e) for e in properties if local(e) == name), default)
