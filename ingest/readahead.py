"""Does work for the next items in a thread while the caller deals with the last results."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

DEPTH = 16
ASK_EVERY_S = 0.2


@contextmanager
def ahead(
    work: Callable[[T], Iterable[R]],
    items: Iterable[T],
    *,
    on_stop: Callable[[], None],
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Iterator[R]]:
    """All results of `work`, item by item in their order, at most DEPTH of them waiting.

    What `work` raises is raised to the caller. Leaving the block early drops the work that has not
    begun and calls `on_stop` to end the piece that has. Once `stopped()`, which is asked while a
    result is awaited, there are no more results.
    """
    executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="read-ahead")
    stream = _stream(work, items)
    waiting: deque[Future[tuple[R] | None]] = deque()

    def results() -> Iterator[R]:
        waiting.extend(executor.submit(next, stream, None) for _ in range(DEPTH))
        while _arrives(waiting[0], stopped):
            result = waiting.popleft().result()
            if result is None:
                return
            waiting.append(executor.submit(next, stream, None))
            yield result[0]

    try:
        yield results()
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        if any(future.running() for future in waiting):
            on_stop()
        executor.shutdown(wait=True)
        stream.close()


def _stream(
    work: Callable[[T], Iterable[R]], items: Iterable[T]
) -> Generator[tuple[R], None, None]:
    for item in items:
        yield from ((result,) for result in work(item))


def _arrives(future: Future[R], stopped: Callable[[], bool]) -> bool:
    """Waits for a result; False when `stopped()` comes first."""
    while not stopped():
        if wait([future], ASK_EVERY_S).done:
            return True
    return False
