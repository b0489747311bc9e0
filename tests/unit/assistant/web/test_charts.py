"""Charts: where values lie, and that a gap stays a gap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.charts import HEIGHT, LEFT, RIGHT, TOP, WIDTH, bar_chart, line_chart

WEEKS = ["a", "b", "c", "d", "e"]


def test_a_line_breaks_where_a_value_is_missing() -> None:
    chart = line_chart(WEEKS, [[0.0, 0.5, None, 1.0, None]], top=1.0)
    (line,) = chart.lines
    assert len(line.dots) == 3 and len(line.pieces) == 1
    (first, second, last) = line.dots
    assert (first[0], first[1]) == (LEFT, chart.floor)
    assert second[1] == pytest.approx((chart.floor + TOP) / 2)
    assert last[1] == TOP
    assert line.pieces == (f"{first[0]},{first[1]} {second[0]},{second[1]}",)


def test_columns_are_stacked_and_empty_parts_are_not_drawn() -> None:
    chart = bar_chart(["a", "b"], [[2, 0], [1, 0], [1, 4]])
    assert [(bar.number, bar.x < WIDTH / 2) for bar in chart.bars] == [
        (1, True),
        (2, True),
        (3, True),
        (3, False),
    ]
    left = [bar for bar in chart.bars if bar.x < WIDTH / 2]
    assert left[0].y + left[0].height == pytest.approx(chart.floor)
    assert left[1].y + left[1].height == pytest.approx(left[0].y)
    assert sum(bar.height for bar in left) == pytest.approx(chart.floor - TOP)


def test_a_single_value_and_none_at_all_are_charts_too() -> None:
    (line,) = line_chart(["a"], [[3.0]]).lines
    assert len(line.dots) == 1 and line.pieces == ()
    assert line_chart([], [[]]).labels == ()
    assert bar_chart([], [[], []]).bars == ()


@given(
    st.lists(st.one_of(st.none(), st.floats(0, 1e7)), max_size=40),
    st.lists(st.integers(0, 100_000), max_size=40),
)
def test_nothing_lies_outside_the_field(values: list[float | None], counts: list[int]) -> None:
    lines = line_chart([str(n) for n in range(len(values))], [values])
    for line in lines.lines:
        assert all(LEFT <= x <= WIDTH - RIGHT and TOP <= y <= lines.floor for x, y in line.dots)
    bars = bar_chart([str(n) for n in range(len(counts))], [counts, counts])
    for bar in bars.bars:
        assert bar.y >= TOP and bar.y + bar.height <= bars.floor + 0.2 and bar.x >= LEFT
    for chart in (lines, bars):
        values_shown = [tick.value for tick in chart.ticks]
        assert values_shown == sorted(values_shown) and values_shown[0] == 0
        assert len(chart.labels) <= 4 and all(0 <= tick.at <= HEIGHT for tick in chart.ticks)
