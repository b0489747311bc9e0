"""From paths, or from bytes that somebody delivers, to stored documents, top to bottom.

discover → hash → pass over what is stored → parse in the sandbox → canonical text → sections →
header fields → passages → vectors → store. One thread reads ahead while this one embeds and
stores. A document enters the store whole or not at all, so that a kill at any moment leaves
nothing half done and a second run completes the set.
"""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from index.errors import InvalidDocument
from index.store import NewDocument, Store
from index.types import Access, QuarantineEntry
from ingest.begleitdaten import Begleitdaten
from ingest.blocks import Gap, Parsed
from ingest.document import Prepared, prepare, read_document
from ingest.errors import IngestError, RunEnded, Unexpected
from ingest.intake import MARKDOWN, TEXT, Intake, discover, take_in
from ingest.partial import Partial, partial_of
from ingest.profile import Profile
from ingest.readahead import ahead
from ingest.sandbox import Sandbox
from ingest.sidecar import is_sidecar, read_sidecar
from ingest.text import parse_text
from ingest.versions import Standing, Versions
from models.embedder import Embedder

log = logging.getLogger(__name__)

GROUP_PASSAGES = 64
"""A group is embedded and stored when it has this many passages: two to three seconds of work on
two cores, which is what a kill can cost."""

GROUP_SECONDS = 3.0
GROUP_DOCUMENTS = 200


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file that comes from elsewhere than a folder.

    Attributes:
        source: what the document is cited by.
        fetch: hands out the file when it is its turn; an IngestError puts it into quarantine, an
            `RunEnded` ends the run.
        begleitdaten: what is stated of it.
    """

    source: str
    fetch: Callable[[], Intake]
    begleitdaten: Begleitdaten | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest has come. `done` and `total` count files."""

    done: int
    total: int
    passages: int
    seconds: float
    path: str

    @property
    def rate(self) -> float:
        """Files per second."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def remaining_s(self) -> float | None:
        """Seconds left at this rate; None before the first file."""
        return (self.total - self.done) / self.rate if self.rate > 0 else None


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A file that was not taken in, and why."""

    path: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of the files: new documents, files without news, new versions, refusals.

    A file ends complete, in part (`partial`, a share of the indexed and replaced) or refused.
    """

    indexed: int
    unchanged: int
    replaced: int
    quarantined: tuple[Quarantined, ...]
    passages: int
    seconds: float
    partial: tuple[Partial, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """One file after reading: prepared, or unchanged (both None), or refused."""

    path: str
    prepared: Prepared | None = None
    error: IngestError | None = None
    sha256: str | None = None
    gaps: tuple[Gap, ...] = ()


@dataclass(slots=True)
class _Tally:
    indexed: int = 0
    unchanged: int = 0
    replaced: int = 0
    passages: int = 0
    quarantined: list[Quarantined] = field(default_factory=list)
    partial: list[Partial] = field(default_factory=list)

    @property
    def done(self) -> int:
        return self.indexed + self.unchanged + self.replaced + len(self.quarantined)


def ingest_paths(
    paths: Sequence[Path],
    *,
    store: Store,
    embedder: Embedder,
    mandant: str,
    profile: Profile | None = None,
    progress: Callable[[Progress], None] | None = None,
    sandbox: Sandbox | None = None,
) -> IngestReport:
    """Takes in files and folders for one Mandant.

    `progress` is called after every file that is done with. `sandbox` is where parsers run; it is
    closed at the end, and one is made where none is given.

    Raises:
        PathMissing: a path does not exist; nothing was done.
        StoreError: the store cannot go on; what was stored before stays.
    """
    files = [file for file in discover(paths) if not is_sidecar(file)]
    deliveries = [Delivery(str(file), partial(take_in, file)) for file in files]
    beside = {str(file): partial(read_sidecar, file, mandant) for file in files}
    return ingest_deliveries(
        deliveries,
        store=store,
        embedder=embedder,
        mandant=mandant,
        profile=profile,
        progress=progress,
        sandbox=sandbox,
        beside=beside,
    )


def ingest_deliveries(
    deliveries: Sequence[Delivery],
    *,
    store: Store,
    embedder: Embedder,
    mandant: str,
    profile: Profile | None = None,
    progress: Callable[[Progress], None] | None = None,
    sandbox: Sandbox | None = None,
    beside: Mapping[str, Callable[[], Begleitdaten | None]] | None = None,
) -> IngestReport:
    """Takes in files from wherever they come, like `ingest_paths`.

    `beside` finds the statements of a source that did not bring them along.

    Raises:
        StoreError: the store cannot go on; what was stored before stays.
    """
    store.bind_embedder(embedder.embedder_id, embedder.dimension)
    run = _Run(store, embedder, mandant, len(deliveries), progress)
    with sandbox or Sandbox() as box:
        read = _reader(box, run.versions, mandant, profile, beside or {})
        with ahead(read, deliveries, on_stop=box.interrupt) as results:
            for result in results:
                run.take(result)
        run.store_group()
    return run.report()


def _reader(
    sandbox: Sandbox,
    versions: Versions,
    mandant: str,
    profile: Profile | None,
    beside: Mapping[str, Callable[[], Begleitdaten | None]],
) -> Callable[[Delivery], _Read]:
    """The work on one file that needs no other: runs in the thread that reads ahead."""

    def read(delivery: Delivery) -> _Read:
        sha256: str | None = None
        path = delivery.source
        try:
            intake = delivery.fetch()
            sha256 = intake.sha256
            stated = delivery.begleitdaten or (beside[path]() if path in beside else None)
            stamp = stated.stamp if stated else ""
            if versions.standing(sha256, intake.source, stamp) is Standing.UNCHANGED:
                return _Read(path)
            parsed = parse(sandbox, intake)
            document = read_document(intake, parsed, mandant, profile, stated)
            return _Read(path, prepared=prepare(document), sha256=sha256, gaps=parsed.gaps)
        except RunEnded:
            raise
        except IngestError as error:
            return _Read(path, error=error, sha256=sha256)
        except Exception as error:
            # The message may quote the document, so the log gets the place alone.
            place = traceback.extract_tb(error.__traceback__)[-1]
            log.error(
                "file %s: %s at %s:%s",
                (sha256 or "unread")[:12],
                type(error).__name__,
                Path(place.filename).name,
                place.lineno,
            )
            return _Read(path, error=Unexpected(), sha256=sha256)

    return read


def parse(sandbox: Sandbox, intake: Intake) -> Parsed:
    """Reads a file by its kind, whatever is more than plain text in the sandbox.

    Raises:
        FileRefused, ParserFailed: the file cannot be read.
    """
    if intake.media_type in (TEXT, MARKDOWN):
        return parse_text(intake.data)
    return sandbox.parse(intake.media_type, intake.data)


class _Run:
    """What one ingest knows between files: the open group, the counts, the clock."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        mandant: str,
        total: int,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self.versions = Versions(store, mandant)
        self._store = store
        self._embedder = embedder
        self._mandant = mandant
        self._total = total
        self._progress = progress
        self._tally = _Tally()
        self._group: list[Prepared] = []
        self._gaps: dict[str, tuple[Gap, ...]] = {}
        self._started = self._group_started = time.monotonic()
        entries = store.quarantined(Access.operator(mandant))
        self._in_quarantine = {entry.path for entry in entries}

    def take(self, read: _Read) -> None:
        """Counts a file, or puts its document into the group."""
        if read.error is not None:
            self._refuse(read.path, read.error.code, str(read.error), read.sha256)
        elif read.prepared is None or self.versions.is_taken(read.prepared.document.id):
            self._tally.unchanged += 1
            self._release(read.path)
            self._tell(read.path)
        else:
            if not self._group:
                self._group_started = time.monotonic()
            self._group.append(self.versions.succeed(read.prepared))
            if read.gaps:
                self._gaps[read.prepared.document.id] = read.gaps
        if self._group and self._group_is_full():
            self.store_group()

    def store_group(self) -> None:
        """Embeds the passages of all documents of the group together and stores them."""
        group, self._group = self._group, []
        if not group:
            return
        started = time.monotonic()
        texts = [text for prepared in group for text in prepared.embedding_texts]
        vectors = self._embedder.embed_passages(texts)
        embedded = time.monotonic()
        held = {p.document.id for p in group if self._store.holds(self._mandant, p.document.id)}
        batch: list[NewDocument] = []
        start = 0
        for prepared in group:
            end = start + len(prepared.passages)
            batch.append(
                NewDocument(
                    prepared.document,
                    prepared.passages,
                    prepared.keyword_texts,
                    vectors[start:end],
                    prepared.mentions,
                )
            )
            start = end
        self._add(batch, held)
        self.versions.stored()
        log.info(
            "group of %d documents, %d passages: embedded in %d ms, stored in %d ms",
            len(group),
            len(texts),
            (embedded - started) * 1000,
            (time.monotonic() - embedded) * 1000,
        )

    def report(self) -> IngestReport:
        """The counts at the end."""
        tally = self._tally
        seconds = time.monotonic() - self._started
        return IngestReport(
            tally.indexed,
            tally.unchanged,
            tally.replaced,
            tuple(tally.quarantined),
            tally.passages,
            seconds,
            tuple(tally.partial),
        )

    def _group_is_full(self) -> bool:
        return (
            sum(len(prepared.passages) for prepared in self._group) >= GROUP_PASSAGES
            or len(self._group) >= GROUP_DOCUMENTS
            or time.monotonic() - self._group_started > GROUP_SECONDS
        )

    def _add(self, batch: Sequence[NewDocument], held: AbstractSet[str]) -> None:
        try:
            self._store.add(batch)
        except InvalidDocument as error:
            if len(batch) == 1:
                document = batch[0].document
                self._refuse(document.source, error.code, str(error), document.id)
                return
            for new in batch:
                self._add([new], held)
            return
        for new in batch:
            if new.document.supersedes is None and new.document.id not in held:
                self._tally.indexed += 1
            else:
                self._tally.replaced += 1
            self._tally.passages += len(new.passages)
            if gaps := self._gaps.pop(new.document.id, ()):
                self._tally.partial.append(partial_of(new.document.source, gaps))
            self._release(new.document.source)
            self._tell(new.document.source)

    def _refuse(self, path: str, code: str, message: str, sha256: str | None) -> None:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        self._store.quarantine(QuarantineEntry(path, self._mandant, code, message, at, sha256))
        self._in_quarantine.add(path)
        self._tally.quarantined.append(Quarantined(path, code, message))
        self._tell(path)

    def _release(self, path: str) -> None:
        if path in self._in_quarantine:
            self._store.release(self._mandant, path)
            self._in_quarantine.discard(path)

    def _tell(self, path: str) -> None:
        if self._progress is not None:
            seconds = time.monotonic() - self._started
            tally = self._tally
            self._progress(Progress(tally.done, self._total, tally.passages, seconds, path))
