"""How long the longest step of reading a file took: the file, or one of its scanned pages."""

from __future__ import annotations

import itertools
import time


class PageClock:
    """Notes the moments that the reader reports; give `page_done` to an Opener as `on_page`."""

    def __init__(self) -> None:
        self._moments: list[float] = []

    def start(self) -> None:
        """Begins with a new file."""
        self._moments = [time.monotonic()]

    def page_done(self, _path: str, _done: int, _total: int) -> None:
        """Called after every scanned page."""
        self._moments.append(time.monotonic())

    def longest_s(self) -> float:
        """Seconds of the longest step since `start`: never a mean, which would hide one that hangs."""
        moments = [*self._moments, time.monotonic()]
        return max(after - before for before, after in itertools.pairwise(moments))
