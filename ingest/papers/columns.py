"""Cells to columns: by their order where the file says it, by their place on the page else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from index.types import Span
from ingest.blocks import CELL_BREAK, BlockKind, Extent
from ingest.canonical import PlacedBlock

# Edges of the cells of one column lie this near to each other, in shares of a line's height.
_ALIGNED = 0.8


@dataclass(frozen=True, slots=True)
class Line:
    """A printed row: its cells that are not empty, by column.

    `places` are the edges of the cells where they are known, and of all the columns.
    """

    span: Span
    cells: Mapping[int, Span]
    heads_table: bool
    places: Mapping[int, Extent] = field(default_factory=dict)
    edges: tuple[Extent, ...] = ()

    def words(self, text: str) -> str:
        """The words of the row, cells apart."""
        return CELL_BREAK.join(span.cut(text) for span in self.cells.values())

    def reaching(self, column: int) -> Span | None:
        """The cell of a heading row that serves a column without one of its own."""
        if not column:
            return None
        if self.places and column < len(self.edges):
            middle = _middle(self.edges[column])
            nearest = min(self.places, key=lambda c: abs(_middle(self.places[c]) - middle))
            return self.cells[nearest] if nearest else None
        before = [c for c in self.cells if 0 < c < column]
        return self.cells[before[-1]] if before else None


def align(text: str, group: Sequence[PlacedBlock]) -> list[Line]:
    """The rows of a table with their cells in columns; nothing where no columns can be seen."""
    placed = [block for block in group if block.extents]
    rows = [_cells(text, block) for block in group]
    if placed and all(
        len(cells) == len(block.extents)
        for cells, block in zip(rows, group, strict=True)
        if block.extents
    ):
        return _by_place(group, rows)
    if placed and len({len(cells) for cells in rows}) > 1:
        return []
    return _by_order(text, group)


def _cells(text: str, block: PlacedBlock) -> list[Span]:
    """The cells of a row that are not empty."""
    return [span for span in _all_cells(text, block) if len(span)]


def _all_cells(text: str, block: PlacedBlock) -> list[Span]:
    found: list[Span] = []
    start = block.span.start
    for piece in block.span.cut(text).split(CELL_BREAK):
        lead = len(piece) - len(piece.lstrip())
        found.append(Span(start + lead, start + lead + len(piece.strip())))
        start += len(piece) + 1
    return found


def _by_order(text: str, group: Sequence[PlacedBlock]) -> list[Line]:
    lines: list[Line] = []
    above: dict[int, Span] = {}
    for block in group:
        cells = {index: span for index, span in enumerate(_all_cells(text, block)) if len(span)}
        for column in block.continued:
            if column in above:
                cells[column] = above[column]
        above = dict(sorted(cells.items()))
        if above:
            lines.append(Line(block.span, above, block.heads_table))
    return lines if any(len(line.cells) > 1 for line in lines) else []


def _by_place(group: Sequence[PlacedBlock], rows: Sequence[Sequence[Span]]) -> list[Line]:
    counts = Counter(len(block.extents) for block in group if len(block.extents) > 1)
    widest = max((n for n, times in counts.items() if times > 1), default=max(counts, default=0))
    full = [block.extents for block in group if len(block.extents) == widest]
    if widest < 2:
        return []
    columns = [[row[index] for row in full] for index in range(widest)]
    size = _size(group)
    aligned = sum(_is_aligned(column, size) for column in columns[1:]) >= (widest - 1) * _ALIGNED
    if not aligned and (group[0].bbox or len(full) < len(group)):
        return []  # rows of plain text may be out of line and still be told by their order
    edges = tuple((min(e[0] for e in c), max(e[1] for e in c)) for c in columns)
    lines: list[Line] = []
    for block, row in zip(group, rows, strict=True):
        if block.kind is not BlockKind.TABLE_ROW or not block.extents:
            lines.append(Line(block.span, {0: block.span}, block.heads_table, {}, edges))
            continue
        cells: dict[int, Span] = {}
        places: dict[int, Extent] = {}
        for index, (span, extent) in enumerate(zip(row, block.extents, strict=True)):
            column = index if len(row) == widest else _column(extent, edges)
            here = cells.get(column)
            cells[column] = Span(here.start, span.end) if here else span
            left = places[column][0] if here else extent[0]
            places[column] = (left, extent[1])
        lines.append(Line(block.span, cells, block.heads_table, places, edges))
    return lines


def _size(group: Sequence[PlacedBlock]) -> float:
    heights = [block.bbox[3] - block.bbox[1] for block in group if block.bbox]
    return median(heights) if heights else 2.0  # plain text counts in characters


def _is_aligned(column: Sequence[Extent], size: float) -> bool:
    """Whether the cells share a left edge, a right edge or a middle."""
    sides = (
        [left for left, _ in column],
        [right for _, right in column],
        [_middle(extent) for extent in column],
    )
    spreads = (median(abs(x - median(side)) for x in side) for side in sides)
    return min(spreads) <= _ALIGNED * size


def _column(extent: Extent, edges: Sequence[Extent]) -> int:
    """The column that a cell covers most of, else the nearest."""

    def fit(column: int) -> tuple[float, float]:
        left, right = edges[column]
        shared = min(right, extent[1]) - max(left, extent[0])
        return (max(shared, 0.0), -abs(_middle(edges[column]) - _middle(extent)))

    return max(range(len(edges)), key=fit)


def _middle(extent: Extent) -> float:
    return (extent[0] + extent[1]) / 2
