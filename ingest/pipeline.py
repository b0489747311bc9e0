"""From paths, or from bytes that somebody delivers, to stored documents, top to bottom.

discover → hash → open archives and mails → pass over what is stored → parse in the sandbox →
canonical text → sections → header fields → passages → vectors → store. One thread reads ahead
while this one embeds and stores. A document enters the store whole or not at all, so that a kill
at any moment leaves nothing half done and a second run completes the set.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from index.errors import EmbedderMismatch
from index.store import Store
from ingest.begleitdaten import Begleitdaten, until_mended
from ingest.chunk import CHUNKER
from ingest.document import prepare, read_document
from ingest.errors import IngestError, RunEnded, SidecarInvalid, Unexpected, WasErased
from ingest.groups import Read, Run
from ingest.intake import Intake, discover, take_in
from ingest.opening import Opener, Piece
from ingest.page_by_page import OnScan
from ingest.papers.profile import Profile
from ingest.readahead import ahead
from ingest.report import IngestReport, Progress
from ingest.sidecar import is_sidecar, read_sidecar
from ingest.versions import Standing, Versions
from ingest.walls.sandbox import Sandbox
from models.embedder import Embedder

log = logging.getLogger(__name__)


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
    run = Run(store, embedder, mandant, len(deliveries), progress)
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
) -> Callable[[Delivery], Iterator[Read]]:
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

    def read_piece(piece: Piece, stated: Stated) -> Read:
        if piece.error is not None:
            raise piece.error
        if piece.intake is None:
            return Read(piece.source, opened=True)
        stamp = stated.stamp if stated else ""
        sha256 = piece.intake.sha256
        standing = versions.standing(sha256, piece.source, stamp, ocr=opener.reads_scans)
        if standing is Standing.UNCHANGED:
            return Read(piece.source, sha256=sha256)
        if versions.is_erased(sha256):
            raise WasErased
        parsed = opener.parse(piece.intake)
        document = read_document(piece.intake, parsed, mandant, profile, stated)
        prepared = prepare(document)
        return Read(piece.source, prepared=prepared, sha256=sha256, gaps=parsed.gaps)

    def read(delivery: Delivery) -> Iterator[Read]:
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
                result = Read(piece.source, error=error, sha256=_hash_of(piece))
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
                result = Read(piece.source, error=Unexpected(), sha256=_hash_of(piece))
            yield replace(result, is_member=piece.is_member, holds_others=piece.holds_others)

    return read


def _inherited(stated: Stated) -> Stated:
    """What holds for every member of a file: who may see it. A number is that of one paper."""
    if stated is None or stated.oeffentlich is None:
        return None
    return Begleitdaten(stated.herkunft, oeffentlich=stated.oeffentlich)


def _hash_of(piece: Piece) -> str | None:
    return piece.intake.sha256 if piece.intake is not None else None
