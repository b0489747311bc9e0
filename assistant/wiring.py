"""From settings to a store and models. Models load when they are first needed, not before."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from assistant.audit import AuditLog
from assistant.embedders import ActiveEmbedder
from assistant.settings import Settings
from index.store import Store, open_store
from ingest.feeding.job_book import JobBook
from models.errors import ModelError
from models.generator import Generator, LlamaGenerator, Refusal, never

if TYPE_CHECKING:
    from models.embedder import Embedder

TURN_POLL_S = 0.1

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parts:
    """What answering needs, opened for one Mandant. Closes everything when left.

    `generator` is None where nothing is to be asked of one; with `drafts` it writes sentences of
    its own. `drafts_kept_days`: see `Settings`. `weights` is the folder of the models, None where
    these are fakes; `chosen_models` are the names that the settings give.
    """

    store: Store
    embedder: Embedder
    generator: Generator | None
    mandant: str
    audit: AuditLog
    home: Path
    jobs: JobBook
    drafts: bool = False
    drafts_kept_days: int | None = None
    weights: Path | None = None
    chosen_models: tuple[str, ...] = ()

    def warm_up(self) -> None:
        """Loads the models now, so that the first question need not wait for them.

        Raises:
            ModelError: weights are missing or damaged.
        """
        self.embedder.embed_queries(["Probe"])
        if isinstance(self.generator, LazyGenerator):
            from assistant.drafting import system_prompt
            from assistant.finding.choosing import choosing_prefix
            from assistant.finding.judging import judging_prefix

            self.generator.warm(judging_prefix())
            self.generator.warm(system_prompt() if self.drafts else choosing_prefix())

    def close(self) -> None:
        """Ends the generator's process and releases the store."""
        if self.generator is not None:
            self.generator.close()
        self.jobs.close()
        self.store.close()

    def __enter__(self) -> Parts:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_parts(settings: Settings, *, need_generator: bool, mandant: str | None = None) -> Parts:
    """Opens the store and prepares the models without loading them.

    Raises:
        StoreError: the home cannot be written or was made by a newer version.
    """
    generator: Generator | None = None
    if need_generator and settings.generator != "none":
        generator = LazyGenerator(lambda: _make_generator(settings))
    store = open_store(settings.home)
    return Parts(
        store=store,
        embedder=_make_embedder(settings, store),
        generator=generator,
        mandant=mandant or settings.mandant,
        audit=AuditLog(settings.home),
        home=settings.home,
        jobs=JobBook(settings.home),
        drafts=settings.generator_drafts,
        drafts_kept_days=settings.drafts_kept_days,
        weights=settings.weights,
        chosen_models=settings.chosen_models,
    )


def _make_embedder(settings: Settings, store: Store) -> Embedder:
    return ActiveEmbedder(store, settings.embedder_model, settings.weights)


def _make_generator(settings: Settings) -> Generator:
    if settings.generator == "remote":
        from models.remote import RemoteGenerator

        assert settings.remote_url is not None and settings.remote_model is not None
        return RemoteGenerator(settings.remote_url, settings.remote_model)
    from models.registry import find_entry, load_registry, locate

    entry = find_entry(load_registry(weights_dir=settings.weights), settings.generator_model)
    return LlamaGenerator(locate(entry, settings.weights), entry)


class LazyGenerator:
    """A Generator that starts at its first use and serves its callers in the order they came.

    A caller that takes its question back while it waits leaves the queue at once and gets
    nothing.
    """

    def __init__(self, make: Callable[[], Generator]) -> None:
        """Takes what makes the generator."""
        self._make = make
        self._made: Generator | None = None
        self._making = threading.Lock()
        self._turns = Turns()

    @property
    def generator_id(self) -> str:
        """The id of the real generator."""
        return self._real().generator_id

    def count_tokens(self, text: str) -> int:
        """See `Generator`."""
        return self._real().count_tokens(text)

    def warm(self, system: str) -> None:
        """Starts the generator and lets it read the fixed prefix, where it keeps one."""
        real = self._real()
        with self._turns.turn(never):
            if isinstance(real, LlamaGenerator):
                real.warm(system)

    def generate(
        self,
        system: str,
        prompt: str,
        *,
        grammar: str | None,
        max_tokens: int,
        cancelled: Callable[[], bool] = never,
        refusal: Refusal | None = None,
    ) -> Iterator[str]:
        """See `Generator`; waits for its turn first."""
        real = self._real()
        with self._turns.turn(cancelled) as granted:
            if granted:
                yield from real.generate(
                    system,
                    prompt,
                    grammar=grammar,
                    max_tokens=max_tokens,
                    cancelled=cancelled,
                    refusal=refusal,
                )

    def close(self) -> None:
        """Ends the generator if it was ever started."""
        with self._making:
            if self._made is not None:
                self._made.close()
                self._made = None

    def _real(self) -> Generator:
        with self._making:
            if self._made is None:
                try:
                    self._made = self._make()
                except ModelError as error:
                    # Answers go on without sentences of a model; somebody must hear why.
                    log.warning("%s: %s", error.code, error)
                    raise
            return self._made


class Turns:
    """Lets one caller in at a time, first come, first served."""

    def __init__(self) -> None:
        """Starts with nobody inside."""
        self._queue: deque[object] = deque()
        self._changed = threading.Condition()

    @contextmanager
    def turn(self, cancelled: Callable[[], bool]) -> Iterator[bool]:
        """Waits until it is the caller's turn; yields False when `cancelled` came first."""
        ticket = object()
        with self._changed:
            self._queue.append(ticket)
        try:
            yield self._wait(ticket, cancelled)
        finally:
            with self._changed:
                self._queue.remove(ticket)
                self._changed.notify_all()

    def _wait(self, ticket: object, cancelled: Callable[[], bool]) -> bool:
        with self._changed:
            while self._queue[0] is not ticket:
                if cancelled():
                    return False
                self._changed.wait(TURN_POLL_S)
        return not cancelled()
