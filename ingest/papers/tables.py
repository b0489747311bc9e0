"""Tables: which lines of a text belong to one, and what heads their rows and columns.

Works on the blocks of every format alike. What the file itself says (header rows of Word, HTML
and Markdown, merged cells, places on a page) counts first; else the header is the row without
figures above columns of figures. Lines that only look like a table are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.types import Cell, Reading, Row, Span, Table
from ingest import units
from ingest.blocks import CELL_BREAK, BlockKind
from ingest.canonical import PlacedBlock
from ingest.papers.captions import Above, read_above
from ingest.papers.columns import Line, align

_MAX_HEADER_ROWS = 3
# A gap above a row beyond this many times its height ends the table before it.
_ROW_GAP = 3.0
_MAX_STRAY = 160
_MOSTLY = 0.5


def read_tables(
    text: str, blocks: Sequence[PlacedBlock], excluded: Sequence[Span] = ()
) -> tuple[Table, ...]:
    """The tables of a document in order of the text.

    Args:
        text: canonical text.
        blocks: of this text.
        excluded: places that are read otherwise (the Beratungsfolge); no table touches them.
    """
    found: list[Table] = []
    for first, group in _groups(text, blocks):
        covered = Span(group[0].span.start, group[-1].span.end)
        if any(span.overlaps(covered) for span in excluded):
            continue
        lines = align(text, group)
        table = _table(text, lines, read_above(text, blocks[:first])) if lines else None
        if table is not None:
            found.append(table)
    return tuple(found)


def _groups(text: str, blocks: Sequence[PlacedBlock]) -> Iterator[tuple[int, list[PlacedBlock]]]:
    """Runs of rows, each with the index of its first block."""
    index = 0
    while index < len(blocks):
        if blocks[index].kind is not BlockKind.TABLE_ROW:
            index += 1
            continue
        first, group = index, [blocks[index]]
        index += 1
        while index < len(blocks):
            block = blocks[index]
            stray = _is_stray(blocks, index)
            if block.kind is not BlockKind.TABLE_ROW and not stray:
                break
            if not stray and _starts_anew(text, group, block):
                break
            group.append(block)
            index += 1
        yield first, group


def _is_stray(blocks: Sequence[PlacedBlock], index: int) -> bool:
    """Whether a line without cells is a part of the table on a page: rows go on below it."""
    block, before = blocks[index], blocks[index - 1]
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or after is None:
        return False
    if after.kind is not BlockKind.TABLE_ROW or not (block.bbox and before.bbox and after.bbox):
        return False
    if before.kind is not BlockKind.TABLE_ROW or len({b.page for b in (before, block, after)}) > 1:
        return False
    if len(block.span) > _MAX_STRAY or not after.extents or not before.extents:
        return False
    left = min(before.bbox[0], after.bbox[0])
    last_column = max(before.extents[-1][0], after.extents[-1][0])
    height = after.bbox[3] - after.bbox[1]
    within = left - height <= block.bbox[0] and block.bbox[2] <= last_column
    close = before.bbox[1] - block.bbox[3] < height and block.bbox[1] - after.bbox[3] < height
    return within and close


def _starts_anew(text: str, group: Sequence[PlacedBlock], block: PlacedBlock) -> bool:
    """Whether a row is the first of another table that follows without a word between."""
    last = group[-1]
    if block.heads_table and not last.heads_table and _cell_count(text, block) > 1:
        return block.span.cut(text) != group[0].span.cut(text)  # the header repeated on a page
    if block.bbox and last.bbox and block.page == last.page:
        return last.bbox[1] - block.bbox[3] > _ROW_GAP * (block.bbox[3] - block.bbox[1])
    return False


def _cell_count(text: str, block: PlacedBlock) -> int:
    return sum(1 for cell in block.span.cut(text).split(CELL_BREAK) if cell.strip())


@dataclass(frozen=True, slots=True)
class _Body:
    """The rows below the header, and which columns name a row."""

    lines: tuple[Line, ...]
    heading_columns: frozenset[int]


def _table(text: str, lines: Sequence[Line], above: Above) -> Table | None:
    lines, header = _split_header(text, lines)
    width = 1 + max(max(line.cells, default=0) for line in lines)
    if not header and not _has_values(text, lines):
        return None
    repeated = [header_line.words(text) for header_line in header]
    body = [line for line in lines if line.words(text) not in repeated]
    again = [line.span for line in lines if line.words(text) in repeated]
    if not body or len(body) + len(header) < 2:
        return None
    columns = tuple(_column_heading(header, column) for column in range(width))
    caption_unit = above.unit
    headings = _heading_columns(text, body, width)
    rows = _rows(text, _Body(tuple(body), headings), columns, caption_unit)
    everything = [*(line.span for line in header), *(line.span for line in lines)]
    return Table(
        span=Span(min(s.start for s in everything), max(s.end for s in everything)),
        caption=above.caption,
        columns=columns,
        header=tuple([*(line.span for line in header), *again]),
        rows=tuple(rows),
    )


def _split_header(text: str, lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Body and header. The file's own word counts; else the rows above the figures."""
    declared = 0
    while declared < len(lines) and lines[declared].heads_table:
        declared += 1
    if 0 < declared < len(lines) and any(len(line.cells) > 1 for line in lines[:declared]):
        return list(lines[declared:]), list(lines[:declared])
    count = 0
    while count < min(_MAX_HEADER_ROWS, len(lines) - 1):
        if not _heads(text, lines, count):
            break
        count += 1
    return list(lines[count:]), list(lines[:count])


def _heads(text: str, lines: Sequence[Line], index: int) -> bool:
    """Whether a row names columns: nothing in it is a figure, and below it there are some."""
    line, below = lines[index], lines[index + 1 :]
    words = {column: span.cut(text) for column, span in line.cells.items()}
    if len(words) < 2 and 0 in words:
        return False
    if any(units.is_value(cell) and not units.is_period(cell) for cell in words.values()):
        return False
    periods = sum(units.is_period(cell) for cell in words.values())
    if periods == 1 and 0 in words and len(words) == 2:
        return False  # "Baujahr 1998" is as likely a row
    if index and 0 in words and 0 in lines[0].cells and not periods:
        units_only = all(units.is_unit_line(cell) for column, cell in words.items() if column)
        if not units_only:
            return False
    for column, cell in words.items():
        if units.is_period(cell) and not column:
            continue
        values = [row.cells[column].cut(text) for row in below if column in row.cells]
        alike = sum(
            units.is_value(value) and not (units.is_period(cell) and units.is_period(value))
            for value in values
        )
        if values and alike >= _MOSTLY * len(values) and not _is_plain_date_column(cell, values):
            return True
    return False


def _is_plain_date_column(cell: str, values: Sequence[str]) -> bool:
    return units.is_period(cell) and all(units.is_period(value) for value in values)


def _has_values(text: str, lines: Sequence[Line]) -> bool:
    """Whether some column but the first holds mostly figures."""
    width = 1 + max(max(line.cells, default=0) for line in lines)
    for column in range(1, width):
        values = [line.cells[column].cut(text) for line in lines if column in line.cells]
        if len(values) > 1 and sum(map(units.is_value, values)) > _MOSTLY * len(values):
            return True
    return False


def _column_heading(header: Sequence[Line], column: int) -> tuple[Span, ...]:
    """The header cells above a column, outermost first; a heading over several serves each."""
    found: list[Span] = []
    for index, line in enumerate(header):
        span = line.cells.get(column)
        if span is None and index < len(header) - 1:
            span = line.reaching(column)
        if span is not None and span not in found:
            found.append(span)
    return tuple(found)


def _heading_columns(text: str, body: Sequence[Line], width: int) -> frozenset[int]:
    """The columns that name a row: the first, and the text behind a number or code of its own."""
    first = [line.cells[0].cut(text) for line in body if 0 in line.cells]
    codes = sum(units.is_value(cell) or len(cell) <= 4 for cell in first)
    if width < 3 or not first or codes <= _MOSTLY * len(first):
        return frozenset({0})
    second = [line.cells[1].cut(text) for line in body if 1 in line.cells]
    figures = sum(units.is_value(cell) for cell in second)
    return frozenset({0, 1}) if second and figures <= 0.2 * len(second) else frozenset({0})


def _rows(
    text: str, body: _Body, columns: Sequence[tuple[Span, ...]], general: Reading[str] | None
) -> Iterator[Row]:
    heads = [" ".join(span.cut(text) for span in spans) for spans in columns]
    stated = [
        next((u for s in reversed(spans) if (u := units.stated_unit(s.cut(text), s.start))), None)
        for spans in columns
    ]
    under: tuple[Span, ...] = ()
    last: Row | None = None
    for line in body.lines:
        heading = tuple(s for c, s in line.cells.items() if c in body.heading_columns)
        title = " ".join(span.cut(text) for span in heading)
        values = {c: s for c, s in line.cells.items() if c not in body.heading_columns}
        if not values and (line.heads_table or title.endswith(":")):
            under = heading
            yield Row(line.span, heading, ())
            continue
        of_row = next((u for s in heading if (u := units.stated_unit(s.cut(text), s.start))), None)
        if of_row is None and units.counts_things(title):
            general_here, stated_here = None, [u if u and u.value == "%" else None for u in stated]
        else:
            general_here, stated_here = general, stated
        cells: list[Cell] = []
        for column, span in values.items():
            words = span.cut(text)
            unit = units.unit_in(words, span.start)
            if unit is None and units.is_value(words) and not _is_date(words):
                unit = of_row or stated_here[column]
                if unit is None and not units.counts_things(heads[column]):
                    unit = general_here
            cells.append(Cell(span, column, unit))
        row = Row(line.span, heading, tuple(cells), under)
        if title.casefold().startswith(("davon ", "darunter ", "dar. ")) and last is not None:
            row = replace(row, under=(*under, *last.heading))
        elif cells:
            last = row
        yield row


def _is_date(words: str) -> bool:
    return words.count(".") == 2 and units.is_period(words)
