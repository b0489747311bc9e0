"""Generations of the index built and switched within the server, one piece of work at a time.

In a thread of its own: a build takes minutes to hours and must not take a place from questions.
It is as safe there as on the command line. The lock of `reindexing` keeps two from building at
once; every group of documents is one transaction, so that a server told to end, or killed, loses
one group and the next build goes on behind it; the switch is one transaction (decision 0013).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.embedders import ActiveEmbedder
from assistant.errors import AssistantError, InputInvalid, NotFound, ReindexRunning
from assistant.measuring.comparison import Comparison, own_probes
from assistant.upkeep import reindexing
from assistant.wiring import Parts
from index.builds import Build, BuildState
from index.errors import StoreError
from index.types import Access
from ingest.generation import BuildProgress, complete
from models.errors import ModelError

log = logging.getLogger(__name__)


class Task(StrEnum):
    """What is done."""

    BAUEN = "bauen"
    UMSCHALTEN = "umschalten"
    ZURUECK = "zurueck"
    AUFRAEUMEN = "aufraeumen"


class Phase(StrEnum):
    """How far it is."""

    BAUEN = "bauen"
    VERGLEICHEN = "vergleichen"
    FERTIG = "fertig"
    ABGEBROCHEN = "abgebrochen"
    FEHLER = "fehler"


@dataclass(frozen=True, slots=True)
class WorkState:
    """Where the last piece of work stands.

    Attributes:
        done, total: documents while building, questions while comparing.
        rate: passages a second.
        build: the generation that was built, or answers after a switch.
        is_new: False where the generation that answers is of the wanted kind already.
        comparison: None where the former generation cannot be asked, or nothing was compared.
        removed: how many generations were cleared away.
        message: the German sentence of a failure.
    """

    task: Task
    phase: Phase
    done: int = 0
    total: int = 0
    rate: float = 0.0
    build: Build | None = None
    is_new: bool = True
    comparison: Comparison | None = None
    removed: int = 0
    message: str = ""

    @property
    def runs(self) -> bool:
        """Whether it goes on."""
        return self.phase in (Phase.BAUEN, Phase.VERGLEICHEN)


class _Stopped(Exception):
    """Somebody wants the work to end."""


class GenerationWork:
    """The server's thread for generations."""

    def __init__(self, parts: Parts) -> None:
        """Starts with nothing done."""
        self._parts = parts
        self._state: WorkState | None = None
        self._lock = threading.Lock()
        self._cancelled = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def state(self) -> WorkState | None:
        """The work that goes on or ended last; None since the server started."""
        return self._state

    def build(self, model: str | None = None, *, anew: bool = False) -> None:
        """Builds a generation with a model of the list and compares it; switches nothing.

        Raises:
            ReindexRunning: something goes on already.
        """
        self._start(Task.BAUEN, lambda: self._build(model, anew))

    def switch(self, build_id: int) -> None:
        """Lets a generation that was built answer.

        Raises:
            NotFound: it is not there, or not one that was begun beside the one that answers.
            ReindexRunning: something goes on already.
        """
        new = self._generation(build_id, BuildState.BUILDING)
        self._start(Task.UMSCHALTEN, lambda: self._switch(new))

    def back(self) -> None:
        """Lets the former generation answer again.

        Raises:
            ReindexRunning: something goes on already.
        """
        self._start(Task.ZURUECK, self._back)

    def clear(self) -> None:
        """Removes every generation but the one that answers.

        Raises:
            ReindexRunning: something goes on already.
        """
        self._start(Task.AUFRAEUMEN, self._clear)

    def cancel(self) -> None:
        """Ends a build after its group of documents; what was built stays."""
        self._cancelled.set()

    def stop(self) -> None:
        """Ends for good, within a group of documents."""
        self._cancelled.set()
        if self._thread is not None:
            self._thread.join()

    def _generation(self, build_id: int, state: BuildState) -> Build:
        for build in self._parts.store.builds():
            if build.id == build_id and build.state is state:
                return build
        raise NotFound("Diese Generation gibt es nicht, oder sie antwortet schon.")

    def _start(self, task: Task, work: Callable[[], None]) -> None:
        with self._lock:
            if self._state is not None and self._state.runs:
                raise ReindexRunning("An den Generationen wird gerade gearbeitet. Bitte warten.")
            self._cancelled.clear()
            self._state = WorkState(task, Phase.BAUEN)
            self._thread = threading.Thread(
                target=self._run, args=(work,), name="generation", daemon=True
            )
            self._thread.start()

    def _run(self, work: Callable[[], None]) -> None:
        started = time.monotonic()
        try:
            with reindexing.reindexing(self._parts):
                work()
            phase, message = Phase.FERTIG, ""
        except _Stopped:
            phase, message = Phase.ABGEBROCHEN, ""
        except (AssistantError, StoreError, ModelError) as error:
            phase, message = Phase.FEHLER, str(error)
            log.warning("generation: %s", error.code)
        except BaseException:
            self._note(phase=Phase.FEHLER, message=UNEXPECTED)
            raise
        self._note(phase=phase, message=message)
        log.info("generation: %s in %d ms", phase, (time.monotonic() - started) * 1000)

    def _note(self, **changes: object) -> None:
        assert self._state is not None
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]

    def _build(self, model: str | None, anew: bool) -> None:
        parts = self._parts
        embedder = reindexing.embedder_named(parts, model)
        built = reindexing.build(parts, embedder, anew=anew, progress=self._on_build)
        self._note(build=built.build, is_new=built.is_new)
        if not built.is_new:
            return
        self._note(phase=Phase.VERGLEICHEN, done=0, total=0)
        probes = own_probes(parts.store, Access.operator(parts.mandant))
        self._note(comparison=reindexing.compared(parts, built.build, probes, self._on_question))

    def _switch(self, new: Build) -> None:
        embedder = self._parts.embedder
        if isinstance(embedder, ActiveEmbedder):
            embedder = embedder.of(new.embedder_id)
        elif embedder.embedder_id != new.embedder_id:
            raise InputInvalid("Das Suchmodell dieser Generation ist hier nicht geladen.")
        # Done here first, so that it can be stopped; the switch itself finds next to nothing.
        complete(self._parts.store, new, embedder, self._on_build)
        self._note(build=reindexing.put_in_force(self._parts, new, embedder))

    def _back(self) -> None:
        self._note(build=reindexing.put_back(self._parts, self._on_build))

    def _clear(self) -> None:
        self._note(removed=reindexing.clear(self._parts))

    def _on_build(self, progress: BuildProgress) -> None:
        self._note(done=progress.done, total=progress.total, rate=progress.rate)
        self._stop_if_wanted()

    def _on_question(self, done: int, total: int) -> None:
        self._note(done=done, total=total)
        self._stop_if_wanted()

    def _stop_if_wanted(self) -> None:
        if self._cancelled.is_set():
            raise _Stopped


UNEXPECTED = (
    "Beim Bauen trat ein unerwarteter Fehler auf. Noch einmal bauen setzt dort fort; tritt er "
    "wieder auf, bitte die Programmbetreuung verständigen."
)
