"""From paths, or from bytes that somebody delivers, to stored documents, top to bottom.

discover → hash → open archives and mails → pass over what is stored → parse in the sandbox →
canonical text → sections → header fields → passages → vectors → store. One thread reads ahead
while this one embeds and stores. A document enters the store whole or not at all, so that a kill
at any moment leaves nothing half done and a second run completes the set.
"""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from index.errors import EmbedderMismatch, InvalidDocument
from index.store import NewDocument, Store
from index.types import Access, QuarantineEntry
from ingest.begleitdaten import Begleitdaten, until_mended
from ingest.blocks import Gap
from ingest.chunk import CHUNKER
from ingest.document import Prepared, prepare, read_document
from ingest.errors import IngestError, RunEnded, SidecarInvalid, Unexpected, WasErased
from ingest.intake import Intake, discover, take_in
from ingest.opening import Opener, Piece
from ingest.page_by_page import OnScan
from ingest.papers.profile import Profile
from ingest.partial import Partial, partial_of
from ingest.readahead import ahead
from ingest.sidecar import is_sidecar, read_sidecar
from ingest.versions import Standing, Versions
from ingest.walls.sandbox import Sandbox
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
    """How far an ingest has come. All but `passages` and `seconds` count files, in archives too.

    What archives hold shows when they are opened; `total` grows then.
    """

    done: int
    total: int
    passages: int
    seconds: float
    path: str
    indexed: int = 0
    unchanged: int = 0
    replaced: int = 0
    refused: int = 0

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

    Attributes:
        opened: archives whose members were taken in or refused, each for itself.
        duplicates: those of the unchanged ones that were recorded as a further source of a
            document.
        partial: those of the indexed and replaced ones that are there in part.
    """

    indexed: int
    unchanged: int
    replaced: int
    quarantined: tuple[Quarantined, ...]
    passages: int
    seconds: float
    opened: int = 0
    duplicates: int = 0
    partial: tuple[Partial, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """One file after reading: prepared, or unchanged (both None), or refused, or opened."""

    path: str
    is_member: bool = False
    holds_others: bool = False
    opened: bool = False
    prepared: Prepared | None = None
    error: IngestError | None = None
    sha256: str | None = None
    gaps: tuple[Gap, ...] = ()


@dataclass(slots=True)
class _Tally:
    indexed: int = 0
    unchanged: int = 0
    replaced: int = 0
    opened: int = 0
    passages: int = 0
    quarantined: list[Quarantined] = field(default_factory=list)
    partial: list[Partial] = field(default_factory=list)

    @property
    def done(self) -> int:
        ended = self.indexed + self.unchanged + self.replaced + self.opened
        return ended + len(self.quarantined)


def never() -> bool:
    """A run that nobody stops."""
    return False


def ingest_paths(
    paths: Sequence[Path],
    *,
    store: Store,
    embedder: Embedder,
    mandant: str,
    profile: Profile | None = None,
    progress: Callable[[Progress], None] | None = None,
    sandbox: Sandbox | None = None,
    naming: Callable[[Path], str] = str,
    stopped: Callable[[], bool] = never,
    on_page: OnScan | None = None,
) -> IngestReport:
    """Takes in files and folders for one Mandant.

    `progress` is called after every file that is done with. `sandbox` is where parsers run; it is
    closed at the end, and one is made where none is given. `naming` gives what a file's document
    is cited by. `stopped` is asked several times a second; once it is true, what is read is stored
    and the report is of the files so far. `on_page` is called from the thread that reads ahead
    after every page of a scan.

    Raises:
        PathMissing: a path does not exist; nothing was done.
        StoreError: the store cannot go on; what was stored before stays.
    """
    files = [file for file in discover(paths) if not is_sidecar(file)]
    deliveries = [
        Delivery(naming(file), partial(_take_in_as, file, naming(file))) for file in files
    ]
    beside = {naming(file): partial(read_sidecar, file, mandant) for file in files}
    return ingest_deliveries(
        deliveries,
        store=store,
        embedder=embedder,
        mandant=mandant,
        profile=profile,
        progress=progress,
        sandbox=sandbox,
        beside=beside,
        stopped=stopped,
        on_page=on_page,
    )


def _take_in_as(file: Path, name: str) -> Intake:
    return replace(take_in(file), source=name)


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
    stopped: Callable[[], bool] = never,
    on_page: OnScan | None = None,
) -> IngestReport:
    """Takes in files from wherever they come, like `ingest_paths`.

    `beside` finds the statements of a source that did not bring them along.

    Raises:
        StoreError: the store cannot go on; what was stored before stays.
    """
    _bind(store, embedder)
    store.announce(mandant, [delivery.source for delivery in deliveries])
    run = _Run(store, embedder, mandant, len(deliveries), progress)
    with sandbox or Sandbox() as box, Opener(box, on_page=on_page) as opener:
        read = _reader(opener, run.versions, mandant, profile, beside or {})
        with ahead(read, deliveries, on_stop=opener.interrupt, stopped=stopped) as results:
            for result in results:
                run.take(result)
        run.store_group()
    return run.report()


def _bind(store: Store, embedder: Embedder) -> None:
    """Ties a new store to the model; another keeps the one that it has."""
    while True:
        with store.snapshot():
            model = embedder.embedder_id, embedder.dimension
        try:
            store.bind_embedder(*model, CHUNKER)
            return
        except EmbedderMismatch:
            # Another generation answers since; a fixed model cannot follow it.
            if embedder.embedder_id == model[0]:
                raise


Stated = Begleitdaten | None


def _reader(
    opener: Opener,
    versions: Versions,
    mandant: str,
    profile: Profile | None,
    beside: Mapping[str, Callable[[], Stated]],
) -> Callable[[Delivery], Iterator[_Read]]:
    """The work on one delivery that needs no other: runs in the thread that reads ahead."""

    def pieces(delivery: Delivery) -> Iterator[tuple[Piece, Stated]]:
        intake = delivery.fetch()
        path = delivery.source
        try:
            stated = delivery.begleitdaten or (beside[path]() if path in beside else None)
        except SidecarInvalid as error:
            if not versions.holds_source(path):
                yield Piece(path, intake, error), None
                return
            # It is there already, perhaps for all to see: nobody says any more that it may be.
            stated = until_mended(error)
        except IngestError as error:
            yield Piece(path, intake, error), None
            return
        for piece in opener.pieces(intake):
            yield piece, _inherited(stated) if piece.is_member else stated

    def read_piece(piece: Piece, stated: Stated) -> _Read:
        if piece.error is not None:
            raise piece.error
        if piece.intake is None:
            return _Read(piece.source, opened=True)
        stamp = stated.stamp if stated else ""
        sha256 = piece.intake.sha256
        standing = versions.standing(sha256, piece.source, stamp, ocr=opener.reads_scans)
        if standing is Standing.UNCHANGED:
            return _Read(piece.source, sha256=sha256)
        if versions.is_erased(sha256):
            raise WasErased
        parsed = opener.parse(piece.intake)
        document = read_document(piece.intake, parsed, mandant, profile, stated)
        prepared = prepare(document)
        return _Read(piece.source, prepared=prepared, sha256=sha256, gaps=parsed.gaps)

    def read(delivery: Delivery) -> Iterator[_Read]:
        following = pieces(delivery)
        while True:
            piece = Piece(delivery.source)
            try:
                found = next(following, None)
                if found is None:
                    return
                piece, stated = found
                result = read_piece(piece, stated)
            except RunEnded:
                raise
            except IngestError as error:
                result = _Read(piece.source, error=error, sha256=_hash_of(piece))
            except Exception as error:
                # The message may quote the document, so the log gets the place alone.
                place = traceback.extract_tb(error.__traceback__)[-1]
                log.error(
                    "file %s: %s at %s:%s",
                    (_hash_of(piece) or "unread")[:12],
                    type(error).__name__,
                    Path(place.filename).name,
                    place.lineno,
                )
                result = _Read(piece.source, error=Unexpected(), sha256=_hash_of(piece))
            yield replace(result, is_member=piece.is_member, holds_others=piece.holds_others)

    return read


def _inherited(stated: Stated) -> Stated:
    """What holds for every member of a file: who may see it. A number is that of one paper."""
    if stated is None or stated.oeffentlich is None:
        return None
    return Begleitdaten(stated.herkunft, oeffentlich=stated.oeffentlich)


def _hash_of(piece: Piece) -> str | None:
    return piece.intake.sha256 if piece.intake is not None else None


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
        self._reached: list[str] = []
        self._gaps: dict[str, tuple[Gap, ...]] = {}
        self._started = self._group_started = time.monotonic()
        entries = store.quarantined(Access.operator(mandant))
        self._in_quarantine = {entry.path for entry in entries}

    def take(self, read: _Read) -> None:
        """Counts a file, or puts its document into the group."""
        self._total += read.is_member
        if read.holds_others and read.prepared is None:
            self.store_group()  # who hears of an archive or a mail may rely on its members
        if read.error is not None:
            self._refuse(read.path, read.error.code, str(read.error), read.sha256)
        elif read.opened:
            self._tally.opened += 1
            self._release(read.path)
            self._tell(read.path)
        elif read.prepared is None or self.versions.is_taken(read.prepared.document.id):
            known = read.prepared.document.id if read.prepared is not None else None
            self._pass_over(read, known)
        elif (twin := self.versions.twin(read.prepared)) is not None:
            self._pass_over(read, twin)
        else:
            if not self._group:
                self._group_started = time.monotonic()
            self._group.append(self.versions.succeed(read.prepared))
            if read.gaps:
                self._gaps[read.prepared.document.id] = read.gaps
        if self._group and self._group_is_full():
            self.store_group()

    def _pass_over(self, read: _Read, document_id: str | None) -> None:
        """Counts a file whose bytes or text are there already, as a further source of them."""
        if read.sha256 is not None:
            self.versions.note_source(read.sha256, read.path, document_id)
        self._tally.unchanged += 1
        self._release(read.path)
        self._tell(read.path)

    def store_group(self) -> None:
        """Embeds the passages of all documents of the group together and stores them."""
        group, self._group = self._group, []
        if not group:
            self.versions.stored()
            self._settle()
            return
        started = time.monotonic()
        held = {p.document.id for p in group if self._store.holds(self._mandant, p.document.id)}
        while True:
            batch = self._embedded(group)
            embedded = time.monotonic()
            try:
                self._add(batch, held)
                break
            except EmbedderMismatch:
                # Another generation answers since; a fixed model cannot follow it.
                if self._embedder.embedder_id == batch[0].embedder_id:
                    raise
        self.versions.stored()
        self._settle()
        log.info(
            "group of %d documents, %d passages: embedded in %d ms, stored in %d ms",
            len(group),
            sum(len(new.passages) for new in batch),
            (embedded - started) * 1000,
            (time.monotonic() - embedded) * 1000,
        )

    def _embedded(self, group: Sequence[Prepared]) -> list[NewDocument]:
        texts = [text for prepared in group for text in prepared.embedding_texts]
        # One moment: the model is that of the generation that answers, which may be switched.
        with self._store.snapshot():
            embedder_id = self._embedder.embedder_id
            vectors = self._embedder.embed_passages(texts)
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
                    prepared.fingerprint,
                    embedder_id,
                    CHUNKER,
                )
            )
            start = end
        return batch

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
            tally.opened,
            self.versions.duplicates,
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

    def _settle(self) -> None:
        if self._reached:
            self._store.settle(self._mandant, self._reached)
            self._reached = []

    def _tell(self, path: str) -> None:
        self._reached.append(path)
        if not self._group and len(self._reached) >= GROUP_DOCUMENTS:
            self._settle()
        if self._progress is not None:
            seconds = time.monotonic() - self._started
            tally = self._tally
            self._progress(
                Progress(
                    tally.done,
                    self._total,
                    tally.passages,
                    seconds,
                    path,
                    tally.indexed,
                    tally.unchanged,
                    tally.replaced,
                    len(tally.quarantined),
                )
            )
