"""The runs of this server: found by name, bounded in number and age."""

from __future__ import annotations

import threading

from assistant.types import Answer
from assistant.web.counter import Counter, Work
from assistant.web.run import Asking, Run
from index.types import Access

MOST_RUNS = 60
OLDEST_S = 12 * 3600.0
"""A working day; an answer is of the papers as they were."""


class Runs:
    """Keeps them in memory alone; the oldest that ended leave first."""

    def __init__(self, counter: Counter, most: int = MOST_RUNS) -> None:
        """Starts with none; work goes through the counter."""
        self._counter = counter
        self._most = most
        self._runs: dict[str, Run] = {}
        self._lock = threading.Lock()

    def start(self, asking: Asking, access: Access, work: Work[Answer]) -> Run:
        """Begins to answer a question.

        Raises:
            Busy: as many as allowed are being answered.
        """
        ticket = self._counter.admit()
        run = Run(asking, access)
        with self._lock:
            self._runs[run.ident] = run
            self._make_room()
        ticket.begin(work, run.tell, run.let_go, run.end)
        return run

    def find(self, ident: str, access: Access) -> Run | None:
        """The run of that name, if it was asked with this access."""
        run = self._runs.get(ident)
        return run if run is not None and run.access == access else None

    def of(self, access: Access) -> tuple[Run, ...]:
        """All that were asked with this access, newest first."""
        with self._lock:
            self._make_room()
            return tuple(run for run in reversed(self._runs.values()) if run.access == access)

    def remove(self, ident: str, access: Access) -> bool:
        """Stops a run and forgets it."""
        run = self.find(ident, access)
        if run is None:
            return False
        run.forget()
        with self._lock:
            self._runs.pop(ident, None)
        return True

    def clear(self, access: Access) -> None:
        """Stops and forgets all that were asked with this access."""
        for run in self.of(access):
            self.remove(run.ident, access)

    def _make_room(self) -> None:
        ended = [run for run in self._runs.values() if not run.running]
        surplus = len(self._runs) - self._most
        for place, run in enumerate(ended):
            if place < surplus or run.age_s > OLDEST_S:
                del self._runs[run.ident]
