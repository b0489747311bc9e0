"""Runs blocking work for the web: a bounded number of questions at once, searches beside them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar, cast

from assistant.errors import Busy

T = TypeVar("T")

MOST_QUESTIONS = 8
"""One is being answered, the others wait for the generator in the order they came."""
LOOKUP_THREADS = 4
RETRY_AFTER_S = 15
"""About the time of one answer with the default model."""
WATCH_S = 0.25
"""How often a waiting answer looks whether anybody still waits for it."""

ENDED = "ended"
CLIENT_GONE = 499

Gone = Callable[[], Awaitable[bool]]
Work = Callable[[Callable[[str, object], None], Callable[[], bool]], T]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened while a question was answered."""

    name: str
    payload: object


class Abandoned(Exception):
    """Nobody waits for the answer any more."""


class Counter:
    """Takes questions and look-ups in, keeps their number bounded."""

    def __init__(self, most_questions: int = MOST_QUESTIONS) -> None:
        """Starts with nobody waiting."""
        self._most = most_questions
        self._inside = 0
        self._lock = threading.Lock()
        self._questions = ThreadPoolExecutor(most_questions, thread_name_prefix="frage")
        self._lookups = ThreadPoolExecutor(LOOKUP_THREADS, thread_name_prefix="suche")

    async def look_up(self, work: Callable[[], T]) -> T:
        """Runs short work that needs no generator."""
        return await asyncio.get_running_loop().run_in_executor(self._lookups, work)

    def in_background(self, work: Callable[[], None]) -> None:
        """Starts work that nobody waits for."""
        self._lookups.submit(work)

    def admit(self) -> Ticket:
        """Lets one question in.

        Raises:
            Busy: as many as allowed are inside.
        """
        with self._lock:
            if self._inside >= self._most:
                raise Busy(RETRY_AFTER_S)
            self._inside += 1
        return Ticket(self)

    async def carry_out(self, work: Callable[[Callable[[], bool]], T], gone: Gone) -> T:
        """Runs longer work in the place of a question; `work` is told when it is not wanted.

        Raises:
            Busy: as many as allowed are inside.
            Abandoned: nobody waits any more.
            Exception: whatever the work raised.
        """
        async for event in self.admit().run(lambda _, cancelled: work(cancelled), gone):
            if event.name == "result":
                return cast(T, event.payload)
        raise Abandoned

    def leave(self) -> None:
        """Notes that a question's thread has ended."""
        with self._lock:
            self._inside -= 1

    @property
    def questions(self) -> ThreadPoolExecutor:
        """The threads that answer."""
        return self._questions

    def close(self) -> None:
        """Waits for nothing; threads end with their work."""
        self._questions.shutdown(wait=False, cancel_futures=True)
        self._lookups.shutdown(wait=False, cancel_futures=True)


class Ticket:
    """The right of one question to be answered. Given back when its thread has ended."""

    def __init__(self, counter: Counter) -> None:
        """Belongs to the counter that gave it out."""
        self._counter = counter
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Tells the thread to stop; it does so within a token."""
        self._cancelled.set()

    def begin(
        self,
        work: Work[T],
        tell: Callable[[str, object], None],
        cancelled: Callable[[], bool],
        end: Callable[[Future[T]], None],
    ) -> Future[T]:
        """Starts `work(tell, cancelled)` on a thread; the place is given back before `end`."""
        future = self._counter.questions.submit(work, tell, cancelled)

        def ended(done: Future[T]) -> None:
            self._counter.leave()
            end(done)

        future.add_done_callback(ended)
        return future

    async def run(self, work: Work[T], gone: Gone) -> AsyncIterator[Event]:
        """Runs `work(on_event, cancelled)` and yields its events, at last "result".

        Stops the work when `gone()` says that nobody waits any more, or when the iterator is
        closed.

        Raises:
            Abandoned: nobody waits any more.
            Exception: whatever the work raised.
        """
        loop = asyncio.get_running_loop()
        events: asyncio.Queue[Event] = asyncio.Queue()

        def put(name: str, payload: object) -> None:
            loop.call_soon_threadsafe(events.put_nowait, Event(name, payload))

        def end(done: Future[T]) -> None:
            with suppress(RuntimeError):  # the server has stopped meanwhile
                loop.call_soon_threadsafe(events.put_nowait, Event(ENDED, None))

        future = self.begin(work, put, self._cancelled.is_set, end)
        try:
            while True:
                try:
                    event = await asyncio.wait_for(events.get(), WATCH_S)
                except TimeoutError:
                    if await gone():
                        raise Abandoned from None
                    continue
                if event.name == ENDED:
                    yield Event("result", future.result())
                    return
                yield event
        finally:
            self.cancel()
