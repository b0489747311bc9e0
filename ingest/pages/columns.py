"""Two columns of a page in reading order: the left one from top to bottom, then the right one.

A PDF often prints both line by line, as if each line were the row of a table. They are columns
where the words of a side go on from line to line, and at the head of a letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.blocks import CELL_BREAK
from ingest.pages.lines import Line
from ingest.units import is_value

_MIN_LINES = 3
# So many lines of a side must go on in the next for the sides to be prose.
_FLOWING = 0.4
# Leading beyond this many times the height of a line ends a column.
_GAP = 2.2
_LETTERHEAD_LINES = 14
_DATED = re.compile(r"\d{1,2}\.\s?(?:\d{1,2}\.|[A-Z]\w+)\s?\d{4}")
_ADDRESS = re.compile(
    r"\b\d{5} [A-ZÄÖÜ]|@|\b(?:FRAKTION|Tel(?:efon|\.)|Zimmer|Straße|Postfach)\b|[Ff]raktion\b"
)
_TOWN = re.compile(r"\d{5} [A-ZÄÖÜ]")
_OPEN_END = re.compile(r"[\w,)-]\Z")


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, those of two columns that are printed across one after the other."""
    ordered: list[Line] = []
    index = 0
    while index < len(lines):
        run = _run(lines, index)
        if run and (_is_prose(run) or (index < _LETTERHEAD_LINES and _is_letterhead(run))):
            sides = [_sides(line, _gutter(run)) for line in run]
            ordered += [side for pair in sides for side in pair[:1] if side]
            ordered += [side for pair in sides for side in pair[1:] if side]
        else:
            run = run or [lines[index]]
            ordered += run
        index += len(run)
    return ordered


def _run(lines: Sequence[Line], start: int) -> list[Line]:
    """Lines one below the other that leave a gutter free, the first and the last in two parts."""
    run: list[Line] = []
    gutter: tuple[float, float] | None = None
    for line in lines[start:]:
        if run and not 0 < run[-1].bottom - line.bottom < _GAP * max(line.size, run[-1].size):
            break
        here = _narrowed(gutter, line)
        if here is None:
            break
        gutter = here
        run.append(line)
    while run and len(run[-1].extents) != 2:
        run.pop()
    if not run or len(run[0].extents) != 2:
        return []
    return run if sum(len(line.extents) == 2 for line in run) >= 2 else []


def _narrowed(gutter: tuple[float, float] | None, line: Line) -> tuple[float, float] | None:
    """What is left of the gutter beside a line; None where the line stands in it."""
    if len(line.extents) == 2:
        left, right = line.extents[0][1], line.extents[1][0]
        if gutter is None:
            return (left, right)
        left, right = max(left, gutter[0]), min(right, gutter[1])
        return (left, right) if right - left >= line.size else None
    if gutter is None or len(line.extents) != 1:
        return None
    if line.right <= gutter[1] - line.size:
        return (max(gutter[0], line.right), gutter[1])
    return (gutter[0], min(gutter[1], line.left)) if line.left >= gutter[0] + line.size else None


def _gutter(run: Sequence[Line]) -> float:
    gutter: tuple[float, float] | None = None
    for line in run:
        gutter = _narrowed(gutter, line) or gutter
    assert gutter is not None  # the run began with a line in two parts
    return (gutter[0] + gutter[1]) / 2


def _sides(line: Line, gutter: float) -> tuple[Line | None, Line | None]:
    """What of a line stands left and what right of the gutter."""
    if len(line.extents) == 1:
        return (line, None) if line.right <= gutter else (None, line)
    texts = line.text.split(CELL_BREAK)
    left, right = (
        replace(line, text=text, left=extent[0], right=extent[1], extents=(extent,))
        for text, extent in zip(texts, line.extents, strict=True)
    )
    return left, right


def _is_prose(run: Sequence[Line]) -> bool:
    """Whether on either side the words go on from line to line."""
    if len(run) < _MIN_LINES:
        return False
    gutter = _gutter(run)
    for side in zip(*(_sides(line, gutter) for line in run), strict=True):
        texts = [line.text for line in side if line]
        pairs = list(pairwise(texts))
        flowing = sum(
            after[:1].islower() and _OPEN_END.search(before) is not None for before, after in pairs
        )
        if len(pairs) < _MIN_LINES - 1 or flowing < _FLOWING * len(pairs):
            return False
        if sum(map(is_value, texts)):
            return False
    return True


def _is_letterhead(run: Sequence[Line]) -> bool:
    """Whether the lines are two senders, or a sender and what a letter says about itself."""
    if len(run) < 2:
        return False
    rows = [line.text.split(CELL_BREAK) for line in run if len(line.extents) == 2]
    if any(left.rstrip().endswith(":") for left, _ in rows):
        return False  # a label and what it says
    cells = [cell for row in rows for cell in row if not _TOWN.match(cell)]
    if any(is_value(cell) or _DATED.match(cell) for cell in cells):
        return False
    lefts = [line.extents[1][0] for line in run if len(line.extents) == 2]
    aligned = max(lefts) - min(lefts) < 2 * run[0].size
    told = any(re.match(r"[A-Z][\w .-]{1,30}:\s*\S", right) for _, right in rows)
    addressed = any(_ADDRESS.search(cell) for row in rows for cell in row)
    return aligned and (told or addressed)
