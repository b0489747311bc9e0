"""Figures as the language writes them, and notices that are told once."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.web.notices import MOST, Notice, Notices
from assistant.web.spelling import Spelling

DE, EN = Spelling("de"), Spelling("en")


def test_numbers_follow_the_language() -> None:
    assert (DE.number(12345.67, 1), EN.number(12345.67, 1)) == ("12.345,7", "12,345.7")
    assert (DE.percent(0.125), EN.percent(0.125), DE.percent(None)) == ("12,5 %", "12.5 %", "–")


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (None, "–"),
        (0, "0 B"),
        (999, "999 B"),
        (1500, "1,5 KB"),
        (470045872, "470 MB"),
        (10**16, "10.000 TB"),
    ],
)
def test_sizes_are_short(count: int | None, shown: str) -> None:
    assert DE.size(count) == shown


@pytest.mark.parametrize(
    ("ms", "shown"), [(None, "–"), (870, "870 ms"), (20_160, "20,2 s"), (600_000, "10 min")]
)
def test_durations_are_told_in_the_unit_that_fits(ms: float | None, shown: str) -> None:
    assert DE.duration(ms) == shown


def test_days_follow_the_language() -> None:
    day = date(2026, 3, 4)
    assert (DE.day(day), EN.day(day), DE.day(None)) == ("04.03.2026", "4 Mar 2026", "–")
    assert (DE.short_day(day), EN.short_day(day)) == ("04.03.", "4 Mar")
    assert (DE.moment(None), DE.moment("")) == ("–", "–")
    assert DE.moment("2026-03-04T12:00:00+00:00").startswith("04.03.2026, ")


def test_a_notice_is_told_once_and_old_ones_are_dropped() -> None:
    notices = Notices()
    first = notices.keep(Notice("a"))
    second = notices.keep(Notice("b"))
    assert notices.take(second) == Notice("b")
    assert notices.take(second) is None
    for _ in range(MOST):
        notices.keep(Notice("c"))
    assert notices.take(first) is None
    assert notices.take("") is None
