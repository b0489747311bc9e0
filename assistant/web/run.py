"""A question that is being answered or was: it runs once, whoever looks at it and how often.

A run does not belong to a connection. Whoever opens it is told all that has happened and follows
from there; a page that is loaded again sees the same answer. A run that nobody looks at any more is
stopped, so that a closed tab gives the generator free.

Nothing of this is written down: it is gone when the server ends.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import threading
import time
from collections.abc import AsyncGenerator, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from assistant.feedback import Rueckmeldung
from assistant.types import Answer, Citation, Claim, Reference
from assistant.web.counter import Gone
from index.types import Access

SEARCHED = "offen"
"""The kind of a question that is searched for, as it is told when it is understood."""
LONELY_S = 1.0
"""How long a run goes on that nobody looks at: a page that loads again asks before it lets go."""
OPENING_S = 5.0
"""How long a page that was sent may take until it follows."""
LOOK_S = 0.25
"""How often a follower looks whether it still has somebody to tell."""

log = logging.getLogger(__name__)


class State(StrEnum):
    """How far a run is."""

    LAEUFT = "laeuft"
    FERTIG = "fertig"
    ABGEBROCHEN = "abgebrochen"
    FEHLER = "fehler"
    VERGESSEN = "vergessen"
    """Its words are gone, for a paper that it quotes is not to be seen any more."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What was asked, and how.

    Attributes:
        generator: whether a model may form sentences.
        freely: whether the words are searched for as they stand.
        before: what the question may refer to.
    """

    text: str
    generator: bool = True
    freely: bool = False
    before: Reference | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened; `claims` is how many sentences there were then."""

    name: str
    claims: int


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question was taken to mean; `without` is parallel to `filters`, "" for a fixed one."""

    kind: str
    filters: tuple[str, ...]
    without: tuple[str, ...]
    refers_to: tuple[str, ...]


@dataclass(slots=True)
class Run:
    """One question on its way, or at its end.

    Attributes:
        access: what the asking person could see; nobody with another access finds the run.
        steps: the names of what happened so far, only ever added to; the words stand below.
        evidence: the places found last.
        claims: the checked sentences so far, then those of the answer.
        answer: at the end, unless it was stopped or went wrong.
        problem: what went wrong.
        feedback: what the person said of the answer's sentences, by number from 1.
    """

    asking: Asking
    access: Access
    ident: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    at: datetime = field(default_factory=datetime.now)
    steps: list[Step] = field(default_factory=list)
    understood: Understood | None = None
    evidence: tuple[Citation, ...] = ()
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    state: State = State.LAEUFT
    answer: Answer | None = None
    problem: Exception | None = None
    stopped: bool = False
    feedback: dict[int, Rueckmeldung] = field(default_factory=dict)
    _began: float = field(default_factory=time.monotonic)
    _opens_until: float = field(default_factory=lambda: time.monotonic() + OPENING_S)
    _left_until: float = 0.0
    _followers: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _let_go: bool = False

    @property
    def running(self) -> bool:
        """Whether more will happen."""
        return self.state is State.LAEUFT

    @property
    def age_s(self) -> float:
        """Seconds since it was asked."""
        return time.monotonic() - self._began

    @property
    def reference(self) -> Reference | None:
        """What the next question may refer to: this answer, else what this question referred to."""
        found = self.answer.reference if self.answer else None
        return found or self.asking.before

    @property
    def document_ids(self) -> frozenset[str]:
        """Every paper whose words the run holds."""
        nearest = self.answer.nearest if self.answer else ()
        return frozenset(c.document_id for c in (*self.citations, *self.evidence, *nearest))

    def look(self) -> None:
        """Notes that a page of this run was sent, which will follow it."""
        self._opens_until = time.monotonic() + OPENING_S

    def stop(self) -> None:
        """Ends the run within a token."""
        self.stopped = True

    def forget(self) -> None:
        """Lets go of every word of a paper; what was asked stays."""
        self.stopped = True
        with self._lock:
            self.state, self.answer, self.understood = State.VERGESSEN, None, None
            self.evidence, self.claims, self.citations, self.feedback = (), (), (), {}

    def tell(self, name: str, payload: object) -> None:
        """Notes what happened and wakes whoever follows."""
        with self._lock:
            if self.state is State.VERGESSEN:
                return
            if name == "understood":
                told = cast("dict[str, Any]", payload)
                texts = (tuple(told[key]) for key in ("filters", "without", "refers_to"))
                self.understood = Understood(told["kind"], *texts)
            elif name == "evidence":
                self.evidence = cast("tuple[Citation, ...]", payload)
            elif name == "claim":
                claim, cited = cast("tuple[Claim, tuple[Citation, ...]]", payload)
                known = {c.number: c for c in (*self.citations, *cited)}
                self.claims += (claim,)
                self.citations = tuple(known[number] for number in sorted(known))
            self.steps.append(Step(name, len(self.claims)))
        self._wake()

    def let_go(self) -> bool:
        """Whether nobody wants the answer any more; once said, it stays so."""
        lonely = not self._followers and time.monotonic() > max(self._opens_until, self._left_until)
        self._let_go = self._let_go or self.stopped or lonely
        return self._let_go

    def end(self, done: Future[Answer]) -> None:
        """Takes the result, or what went wrong."""
        try:
            problem = done.exception()
        except CancelledError:
            self._let_go, problem = True, None
        with self._lock:
            if self.state is State.VERGESSEN:
                pass
            elif self._let_go:
                self.state = State.ABGEBROCHEN
            elif isinstance(problem, Exception):
                log.error("question %s: %s", self.ident[:8], type(problem).__name__)
                self.problem, self.state = problem, State.FEHLER
            else:
                self.answer = done.result()
                self.claims, self.citations = self.answer.claims, self.answer.citations
                self.state = State.FERTIG
        self._wake()

    def now(self) -> Run:
        """The run as it is at this moment; what happens later does not change it."""
        with self._lock:
            taken = copy(self)
            taken.steps = list(self.steps)
        return taken

    async def begun(self, within_s: float) -> None:
        """Waits a little until there is something to read: what was found, or the end.

        Records answer at once, so that where they do the end is waited for.
        """
        deadline = time.monotonic() + within_s
        waker = asyncio.Event()
        with self._followed(waker):
            while not self._has_begun and (left := deadline - time.monotonic()) > 0:
                waker.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(waker.wait(), left)

    @property
    def _has_begun(self) -> bool:
        searched = self.understood is not None and self.understood.kind == SEARCHED
        found = any(step.name == "evidence" for step in self.steps)
        return not self.running or (searched and found)

    async def follow(self, start: int, gone: Gone) -> AsyncGenerator[tuple[int, Step]]:
        """Yields what happened from `start` on, each with the number of the next one.

        Ends with the run, or when `gone()` says that nobody listens.
        """
        waker = asyncio.Event()
        with self._followed(waker):
            while True:
                waker.clear()
                ended = not self.running
                for step in self.steps[start:]:
                    start += 1
                    yield start, step
                if ended:
                    return
                try:
                    await asyncio.wait_for(waker.wait(), LOOK_S)
                except TimeoutError:
                    if await gone():
                        return

    @contextmanager
    def _followed(self, waker: asyncio.Event) -> Iterator[None]:
        follower = (asyncio.get_running_loop(), waker)
        with self._lock:
            self._followers.add(follower)
            self._opens_until = 0.0
        try:
            yield
        finally:
            with self._lock:
                self._left_until = time.monotonic() + LONELY_S
                self._followers.discard(follower)

    def _wake(self) -> None:
        with self._lock:
            followers = tuple(self._followers)
        for loop, waker in followers:
            with suppress(RuntimeError):  # the server has stopped meanwhile
                loop.call_soon_threadsafe(waker.set)
