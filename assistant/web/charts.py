"""Where the lines and bars of a chart lie; a template draws them as SVG beside their table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 360, 200
LEFT, RIGHT, TOP, BOTTOM = 50, 12, 12, 28
MOST_LABELS = 4
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where, and the value it stands for."""

    at: float
    value: float


@dataclass(frozen=True, slots=True)
class Label:
    """Words under the axis; `anchor` is one of SVG's."""

    x: float
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of values: pieces of a line between its gaps, and a dot for each value."""

    number: int
    pieces: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a column; `number` says of which row."""

    number: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart's geometry in a field of `WIDTH` by `HEIGHT`."""

    ticks: tuple[Tick, ...]
    labels: tuple[Label, ...]
    lines: tuple[Line, ...] = ()
    bars: tuple[Bar, ...] = ()
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    floor: int = HEIGHT - BOTTOM


def line_chart(
    names: Sequence[str], rows: Sequence[Sequence[float | None]], top: float | None = None
) -> Chart:
    """Rows of values over `names`; None leaves a gap. `top` is the end of the scale."""
    end = top or _round_up(max((v for row in rows for v in row if v is not None), default=1.0))
    lines = []
    for number, row in enumerate(rows, start=1):
        places = [
            None if value is None else (_x(at, len(names)), _y(value, end))
            for at, value in enumerate(row)
        ]
        dots = tuple(place for place in places if place is not None)
        lines.append(Line(number, tuple(_pieces(places)), dots))
    return Chart(_ticks(end), _labels(names), tuple(lines))


def bar_chart(names: Sequence[str], rows: Sequence[Sequence[int]]) -> Chart:
    """Columns over `names`, the rows stacked, the first one at the bottom."""
    sums = [sum(column) for column in zip(*rows, strict=True)]
    end = _round_up(float(max(sums, default=1)))
    slot = (WIDTH - LEFT - RIGHT) / max(1, len(names))
    bars = []
    for at in range(len(names)):
        below = 0
        for number, row in enumerate(rows, start=1):
            if row[at]:
                low, high = _y(below, end), _y(below + row[at], end)
                x = round(LEFT + slot * (at + 0.18), 1)
                bars.append(Bar(number, x, high, round(slot * 0.64, 1), round(low - high, 1)))
            below += row[at]
    return Chart(_ticks(end), _labels(names, slot), bars=tuple(bars))


def _x(at: int, count: int) -> float:
    width = WIDTH - LEFT - RIGHT
    return round(LEFT + width * (at / (count - 1) if count > 1 else 0.5), 1)


def _y(value: float, end: float) -> float:
    height = HEIGHT - TOP - BOTTOM
    return round(TOP + height * (1 - min(1.0, value / end)), 1)


def _round_up(value: float) -> float:
    """The next figure that four even steps below it are easy to read."""
    if value <= 4:
        return 4.0 if value > 1 else 1.0
    size = 10.0 ** (len(str(int(value))) - 1)
    return next((step * size for step in STEPS if step * size >= value), 10 * size)


def _ticks(end: float) -> tuple[Tick, ...]:
    steps = 4 if end % 4 == 0 or end == 1 else 5 if end % 5 == 0 else 2
    return tuple(Tick(_y(end * n / steps, end), end * n / steps) for n in range(steps + 1))


def _pieces(places: Sequence[tuple[float, float] | None]) -> list[str]:
    pieces: list[list[str]] = [[]]
    for place in places:
        if place is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{place[0]},{place[1]}")
    return [" ".join(piece) for piece in pieces if len(piece) > 1]


def _labels(names: Sequence[str], slot: float | None = None) -> tuple[Label, ...]:
    """The first, the last and some between, so that they do not run into one another."""
    last = len(names) - 1
    shown = (
        sorted({round(last * n / (MOST_LABELS - 1)) for n in range(MOST_LABELS)}) if names else []
    )
    labels = []
    for at in shown:
        x = _x(at, len(names)) if slot is None else round(LEFT + slot * (at + 0.5), 1)
        anchor = "middle"
        if slot is None and last > 0:
            anchor = "start" if at == 0 else "end" if at == last else "middle"
        labels.append(Label(x, names[at], anchor))
    return tuple(labels)
