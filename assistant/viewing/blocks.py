"""The text of a part as a reader sees it: headings, lines and tables, with the marked words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from index.types import Document, Span

FIRST_HEADING = 3
"""Above it stand the name of the paper and that of the text."""
LAST_HEADING = 6


class BlockKind(StrEnum):
    """What a stretch of text is."""

    HEADING = "heading"
    LINE = "line"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are marked, or are not."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `heads` says whether it names the columns."""

    cells: tuple[tuple[Piece, ...], ...]
    heads: bool = False


@dataclass(slots=True)
class Block:
    """A heading or a line with its pieces, or a table with its rows.

    `level` is that of a heading in the page's outline; `follows` says that a line goes on the
    list or paragraph of the line before.
    """

    kind: BlockKind
    pieces: tuple[Piece, ...] = ()
    level: int = 0
    follows: bool = False
    rows: list[Row] = field(default_factory=list)

    @property
    def columns(self) -> int:
        """The most cells that a row has."""
        return max((len(row.cells) for row in self.rows), default=0)


def blocks_of(document: Document, part: Span, mark: Span | None = None) -> list[Block]:
    """What stands at `part`, in order; the words of `mark` in pieces of their own."""
    headings = {
        section.heading.start: section.level for section in document.sections if section.heading
    }
    heads = [span for table in document.tables for span in table.header]
    blocks: list[Block] = []
    outline: list[int] = []
    close = False
    for line in _lines(document.text, part):
        words = line.cut(document.text)
        if not words.strip():
            close = False
            continue
        level = next((headings[at] for at in headings if line.start <= at < line.end), None)
        if level is not None:
            blocks.append(_heading(_pieces(document.text, line, mark), level, outline))
        elif "\t" in words:
            row = Row(_cells(document.text, line, mark), any(span.overlaps(line) for span in heads))
            if not (close and blocks[-1].kind is BlockKind.TABLE):
                blocks.append(Block(BlockKind.TABLE))
            blocks[-1].rows.append(row)
        else:
            follows = close and blocks[-1].kind is BlockKind.LINE
            pieces = _pieces(document.text, line, mark)
            blocks.append(Block(BlockKind.LINE, pieces, follows=follows))
        close = True
    return blocks


def _heading(pieces: tuple[Piece, ...], level: int, outline: list[int]) -> Block:
    """A heading one below the one it belongs to: a part may begin deep, an outline may not."""
    while outline and outline[-1] >= level:
        outline.pop()
    outline.append(level)
    shown = min(FIRST_HEADING - 1 + len(outline), LAST_HEADING)
    return Block(BlockKind.HEADING, pieces, shown)


def _lines(text: str, part: Span) -> Sequence[Span]:
    """The lines of a part, without their ends."""
    lines = []
    start = part.start
    while start < part.end:
        newline = text.find("\n", start, part.end)
        end = part.end if newline < 0 else newline
        lines.append(Span(start, end))
        start = end + 1
    return lines


def _cells(text: str, line: Span, mark: Span | None) -> tuple[tuple[Piece, ...], ...]:
    cells = []
    start = line.start
    for words in line.cut(text).split("\t"):
        cells.append(_pieces(text, Span(start, start + len(words)), mark))
        start += len(words) + 1
    return tuple(cells)


def _pieces(text: str, span: Span, mark: Span | None) -> tuple[Piece, ...]:
    """The words of a span, parted where the mark begins and ends."""
    if mark is None or not mark.overlaps(span):
        return (Piece(span.cut(text)),) if span else ()
    start, end = max(mark.start, span.start), min(mark.end, span.end)
    parts = ((span.start, start, False), (start, end, True), (end, span.end, False))
    return tuple(Piece(text[first:last], marked) for first, last, marked in parts if first < last)
