"""Does work for the next items in a thread while the caller deals with the last ones."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

DEPTH = 16


@contextmanager
def ahead(
    work: Callable[[T], R], items: Iterable[T], *, on_stop: Callable[[], None]
) -> Iterator[Iterator[R]]:
    """Results of `work` in the order of `items`, at most DEPTH of them waiting.

    What `work` raises is raised to the caller. Leaving the block early drops the work that has not
    begun and calls `on_stop` to end the piece that has.
    """
    executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="read-ahead")
    waiting: deque[Future[R]] = deque()

    def results() -> Iterator[R]:
        for item in items:
            waiting.append(executor.submit(work, item))
            if len(waiting) >= DEPTH:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    try:
        yield results()
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        if any(future.running() for future in waiting):
            on_stop()
        executor.shutdown(wait=True)
