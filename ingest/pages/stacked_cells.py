"""Rows whose cells hold several lines, printed cell by cell: put back line by line.

The head of a table of amounts is often written so: "Ergebnis 2022", below it "T€", then "Ansatz
2023" back above, below it "T€". In the order of the file that is a column of words; on the page
it is two rows of headings.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from ingest.blocks import CELL_BREAK
from ingest.pages.lines import Line
from ingest.units import is_value

_MIN_CELLS = 3
_MAX_LINES_OF_CELL = 4
# Leading within a cell, and how far a baseline may be off its row, in heights of a line.
_LEADING = 1.5
_SAME_ROW = 0.4
# A table line this near, in lines, shows that cells and not blocks of an address are stacked.
_NEAR = 3
_ALIGNED = 0.6


def with_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, stacked cells beside rows of a table taken apart into rows."""
    found: list[Line] = []
    index = 0
    while index < len(lines):
        start, end = _stack(lines, index)
        if end and start >= index and _beside_a_table(lines, start, end):
            found += lines[index:start]
            found += _rows(lines[start:end])
            index = end
        else:
            found.append(lines[index])
            index += 1
    return found


def _stack(lines: Sequence[Line], index: int) -> tuple[int, int]:
    """Where the stacked cells begin and end whose first one ends at `index`; (0, 0) without."""
    if index + 1 >= len(lines) or not _next_cell(lines[index : index + 1], lines[index + 1]):
        return 0, 0
    start = index
    while (
        start and index - start + 1 < _MAX_LINES_OF_CELL and _below(lines[start - 1], lines[start])
    ):
        start -= 1
    cells = [list(lines[start : index + 1])]
    at = index + 1
    while at < len(lines):
        line = lines[at]
        if _next_cell([*chain.from_iterable(cells)], line):
            cells.append([line])
        elif _below(cells[-1][-1], line) and len(cells[-1]) < _MAX_LINES_OF_CELL:
            if line.left < max(other.right for cell in cells[:-1] for other in cell):
                break  # the next row, below the first cell again
            cells[-1].append(line)
        else:
            break
        at += 1
    count = sum(max(len(line.extents) for line in cell) for cell in cells)
    return (start, at) if count >= _MIN_CELLS else (0, 0)


def _next_cell(before: Sequence[Line], line: Line) -> bool:
    """Whether a line stands right of those before it, and not below them."""
    last = before[-1]
    lowest, highest = min(x.bottom for x in before), max(x.top for x in before)
    beside = (
        line.left > max(x.right for x in before) and line.bottom >= lowest - _SAME_ROW * line.size
    )
    return (
        beside
        and line.bottom - highest < _LEADING * line.size
        and line.bottom >= (last.bottom - _SAME_ROW * line.size)
    )


def _below(upper: Line, lower: Line) -> bool:
    """Whether a line goes on in the cell that the line before it stands in."""
    drop = upper.bottom - lower.bottom
    overlap = min(upper.right, lower.right) - max(upper.left, lower.left)
    return 0 < drop < _LEADING * upper.size and overlap > 0 and not upper.has_cells


def _beside_a_table(lines: Sequence[Line], start: int, end: int) -> bool:
    """Whether a row of figures in the same columns stands directly above or below."""
    near = [*lines[max(0, start - _NEAR) : start], *lines[end : end + _NEAR]]
    return any(_is_row_of(row, lines[start:end]) for row in near)


def heads_of_columns(running: Sequence[Line], page: Sequence[Line]) -> list[Line]:
    """Those of the running lines at the top of a page that head the columns of a table there.

    A table over several pages repeats its head on each, as a paper does its number.
    """
    heads: list[Line] = []
    following = next((line for line in page if line not in running), None)
    for line in reversed(running):
        if following is None or len(line.extents) < _MIN_CELLS:
            break
        if not (heads or _is_row_of(following, [line])):
            break
        heads.insert(0, line)
    return heads


def _is_row_of(row: Line, stack: Sequence[Line]) -> bool:
    """Whether a line holds figures that stand above or below the cells of a stack."""
    values = row.extents[1:]
    figures = sum(map(is_value, row.text.split(CELL_BREAK)[1:]))
    if len(row.extents) < _MIN_CELLS or figures < _ALIGNED * len(values):
        return False
    cells = [extent for line in stack for extent in line.extents]
    met = sum(
        any(left < other[1] and other[0] < right for other in cells) for left, right in values
    )
    return met >= _ALIGNED * len(values)


def _rows(stack: Sequence[Line]) -> list[Line]:
    rows: list[list[Line]] = []
    for line in sorted(stack, key=lambda line: -line.bottom):
        if rows and rows[-1][0].bottom - line.bottom < _SAME_ROW * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_joined(sorted(row, key=lambda line: line.left)) for row in rows]


def _joined(row: Sequence[Line]) -> Line:
    return Line(
        CELL_BREAK.join(line.text for line in row),
        min(line.left for line in row),
        min(line.bottom for line in row),
        max(line.right for line in row),
        max(line.top for line in row),
        max(line.size for line in row),
        all(line.bold for line in row),
        tuple(chain.from_iterable(line.extents for line in row)),
    )
