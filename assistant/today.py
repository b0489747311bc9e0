"""The day that relative times ("im letzten Jahr") and past sittings are reckoned from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

_DAY: ContextVar[date | None] = ContextVar("day", default=None)


def today() -> date:
    """The day of the machine's clock, but for a question that is asked as of another."""
    return _DAY.get() or date.today()


@contextmanager
def as_of(day: date) -> Iterator[None]:
    """Lets everything within reckon from `day`, in this thread."""
    token = _DAY.set(day)
    try:
        yield
    finally:
        _DAY.reset(token)
