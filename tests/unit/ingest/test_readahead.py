"""Work done ahead: in order, not too far, and ended when nobody wants it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from ingest.readahead import DEPTH, ahead


def test_results_come_in_order_however_many_an_item_has() -> None:
    def work(item: int) -> Iterator[str]:
        for part in range(item):
            yield f"{item}.{part}"

    with ahead(work, range(30), on_stop=lambda: None) as results:
        assert list(results) == [f"{item}.{part}" for item in range(30) for part in range(item)]


def test_no_more_is_done_than_may_wait() -> None:
    done = 0

    def work(_: int) -> Iterator[int]:
        nonlocal done
        for _part in range(1000):
            done += 1
            yield done

    with ahead(work, range(3), on_stop=lambda: None) as results:
        assert next(results) == 1
        assert next(results) == 2
    assert done <= DEPTH + 3


def test_what_the_work_raises_reaches_the_caller() -> None:
    def work(item: int) -> Iterator[int]:
        yield item
        raise ZeroDivisionError

    with (
        pytest.raises(ZeroDivisionError),
        ahead(work, range(3), on_stop=lambda: None) as results,
    ):
        list(results)


def test_leaving_early_stops_the_piece_and_closes_the_work() -> None:
    stopped, closed = threading.Event(), threading.Event()
    entered = threading.Event()

    def work(_: int) -> Iterator[int]:
        try:
            yield 1
            entered.set()
            assert stopped.wait(20)
            yield 2
        finally:
            closed.set()

    with ahead(work, range(3), on_stop=stopped.set) as results:
        assert next(results) == 1
        assert entered.wait(20)
    assert stopped.is_set()
    assert closed.is_set()


def test_a_stop_ends_the_wait_for_a_slow_piece_and_interrupts_it() -> None:
    interrupted = threading.Event()
    stop = threading.Event()

    def work(item: int) -> Iterator[int]:
        if item == 2:
            stop.set()
            interrupted.wait(30)
        yield item

    began = time.monotonic()
    with ahead(work, range(9), on_stop=interrupted.set, stopped=stop.is_set) as results:
        seen = list(results)
    assert seen in ([0], [0, 1], [])
    assert interrupted.is_set()
    assert time.monotonic() - began < 10
