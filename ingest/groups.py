"""Read documents in groups: embedded together, stored in one transaction, counted."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime

from index.errors import EmbedderMismatch, InvalidDocument
from index.store import NewDocument, Store
from index.types import Access, QuarantineEntry
from ingest.blocks import Gap
from ingest.chunk import CHUNKER
from ingest.document import Prepared
from ingest.errors import IngestError
from ingest.partial import partial_of
from ingest.report import IngestReport, Progress, Quarantined, Tally
from ingest.versions import Versions
from ingest.withdrawal import withdraw_opened
from models.embedder import Embedder

log = logging.getLogger(__name__)

GROUP_PASSAGES = 64
"""A group is embedded and stored when it has this many passages: two to three seconds of work on
two cores, which is what a kill can cost."""

GROUP_SECONDS = 3.0
GROUP_DOCUMENTS = 200


@dataclass(frozen=True, slots=True)
class Read:
    """One file after reading: prepared, or unchanged (both None), or refused, or opened."""

    path: str
    is_member: bool = False
    holds_others: bool = False
    opened: bool = False
    prepared: Prepared | None = None
    error: IngestError | None = None
    sha256: str | None = None
    gaps: tuple[Gap, ...] = ()


class Run:
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
        self._tally = Tally()
        self._group: list[Prepared] = []
        self._reached: list[str] = []
        self._gaps: dict[str, tuple[Gap, ...]] = {}
        self._started = self._group_started = time.monotonic()
        entries = store.quarantined(Access.operator(mandant))
        self._in_quarantine = {entry.path for entry in entries}

    def take(self, read: Read) -> None:
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

    def _pass_over(self, read: Read, document_id: str | None) -> None:
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
            for prepared in group:
                withdraw_opened(self._store, prepared.document)
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
