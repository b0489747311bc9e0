"""The Store on one machine: SQLite holds everything, FAISS is a cache of its vectors."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import apsw
import numpy as np

from index import deletions, german, verification, writing
from index.connections import Connections, query, spoken_errors, storage_error
from index.counting import Counts, count
from index.errors import EmbedderMismatch, Erased, StoreError
from index.exposed import Exposure
from index.exposure import expose
from index.held import HeldJson, HeldWhole
from index.reading import (
    LOOKED_AT,
    VersionChains,
    all_partitions,
    bindings,
    partitions,
    stamp_of,
)
from index.schema import migrate
from index.searching import NO_FILTERS, Searcher, bound_embedder, partition_embedder, source
from index.sqlite_builds import SqliteBuilds
from index.sqlite_erasure import SqliteErasure
from index.sqlite_life import SqliteLife
from index.sqlite_register import SqliteRegister
from index.store import NewDocument, Vectors
from index.types import (
    Access,
    Filters,
    QuarantineEntry,
    Schutzstufe,
    SearchHit,
    StoreStatus,
)
from index.vectors import PartitionState

log = logging.getLogger(__name__)

DATABASE = "aktenkundig.db"


class SqliteStore(SqliteRegister, SqliteLife, SqliteErasure, SqliteBuilds):
    """See `index.store.Store`. May be used by several threads and several processes at once."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._path = home / DATABASE
        self._vector_folder = home / "vectors"
        try:
            self._vector_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise storage_error(home, error) from error
        self._connections = Connections(self._path)
        self._versions = VersionChains()
        self._held = HeldJson()
        self._registers = HeldWhole()
        self._counts: HeldWhole[Counts] = HeldWhole()
        self._searcher = Searcher(self._vector_folder, self._versions)
        self._erasing = False
        self._written = set()
        self._deletions = deletions.DeletionFile(home)
        with spoken_errors(self._path):
            migrate(self._connections.get())
        self._renew_terms()
        self.replay_deletions()

    # ----------------------------------------------------------------- write

    def add(self, batch: Sequence[NewDocument]) -> None:
        """See `Store.add`. Bytes that are stored already are replaced by the new reading."""
        for new in batch:
            writing.check(new)
        # The slow part comes before the lock.
        analyses = [[german.analyse(text) for text in new.keyword_texts] for new in batch]
        changes = writing.Changes()
        with self._connections.writing() as connection:
            for new, found in zip(batch, analyses, strict=True):
                self._check_vectors(connection, new)
                self._check_not_erased(connection, new)
                writing.insert(connection, new, found, changes)
            writing.stamp(connection, changes)
        if self._erasing:
            self._empty_wal()
        self._written |= changes.touched

    def _check_not_erased(self, connection: apsw.Connection, new: NewDocument) -> None:
        document = new.document
        marks = [mark for mark in (document.id, new.fingerprint) if mark]
        if any(deletions.keeps_out(connection, document.mandant, mark) for mark in marks):
            raise Erased(
                f"{document.source}: Dieses Dokument wurde gelöscht und wird nicht wieder "
                "aufgenommen. »aktenkundig deletions« zeigt den Nachweis und wie es doch geht."
            )

    def _check_vectors(self, connection: apsw.Connection, new: NewDocument) -> None:
        if not len(new.passages):
            return
        bound = bound_embedder(connection)
        if bound is None:
            raise EmbedderMismatch(
                "Der Datenbestand ist noch an kein Einbettungsmodell gebunden. "
                "Bitte die Dokumente über „aktenkundig ingest“ einlesen."
            )
        shape = np.shape(new.vectors)
        if len(shape) != 2 or shape[1] != bound[1]:
            raise EmbedderMismatch(
                f"Die Vektoren haben die Form {shape}, der Datenbestand erwartet {bound[1]} "
                "Werte je Passage. Bitte das Einbettungsmodell der Einstellungen prüfen."
            )
        if new.embedder_id not in ("", bound[0]):
            raise EmbedderMismatch(
                "Die Vektoren stammen von einem anderen Einbettungsmodell als der Datenbestand. "
                "Bitte die Dokumente noch einmal einlesen."
            )

    def bind_embedder(self, embedder_id: str, dimension: int, chunker: str = "") -> None:
        """See `Store.bind_embedder`. A store without vectors may be bound anew."""
        with self._connections.reading() as connection:
            if bound_embedder(connection) == (embedder_id, dimension):
                return
        with self._connections.writing() as connection:
            bound = bound_embedder(connection)
            if bound == (embedder_id, dimension):
                return
            filled = query(
                connection,
                "SELECT 1 FROM vectors v JOIN passages p ON p.row = v.passage "
                f"WHERE p.build = {LOOKED_AT} LIMIT 1",
            ).fetchone()
            if bound is not None and filled is not None:
                raise EmbedderMismatch(
                    "Der Datenbestand wurde mit einem anderen Einbettungsmodell aufgebaut. Bitte "
                    "das frühere Modell einstellen oder »aktenkundig reindex« ausführen."
                )
            connection.execute(
                "UPDATE builds SET embedder_id = ?, dimension = ?, chunker = ?, "
                "active_since = strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now') "
                f"WHERE id = {LOOKED_AT}",
                (embedder_id, dimension, chunker),
            )
            writing.stamp(connection, writing.Changes())

    def quarantine(self, entry: QuarantineEntry) -> None:
        """See `Store.quarantine`."""
        with self._connections.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?, ?, ?, ?)",
                (entry.mandant, entry.path, entry.code, entry.message, entry.at, entry.sha256),
            )

    def release(self, mandant: str, path: str) -> None:
        """See `Store.release`."""
        with self._connections.writing() as connection:
            connection.execute(
                "DELETE FROM quarantine WHERE mandant = ? AND path = ?", (mandant, path)
            )

    def _renew_terms(self) -> None:
        with self._connections.reading() as connection:
            held = query(connection, "SELECT value FROM meta WHERE key = 'analysis'").fetchone()
        if held is not None and held[0] == german.ANALYSIS:
            return
        with self._connections.writing() as connection:
            changes = writing.Changes()
            places = [state.partition for state in all_partitions(connection)]
            writing.renew_terms(connection, places, changes)
            connection.execute(
                "INSERT OR REPLACE INTO meta VALUES ('analysis', ?)", (german.ANALYSIS,)
            )
            writing.stamp(connection, changes)

    # ---------------------------------------------------------------- search

    def keyword_search(
        self, access: Access, text: str, k: int, filters: Filters | None = None
    ) -> list[SearchHit]:
        """See `Store.keyword_search`."""
        with self._connections.reading() as connection:
            return self._searcher.keyword(connection, access, text, k, filters or NO_FILTERS)

    def vector_search(
        self, access: Access, vector: Vectors, k: int, filters: Filters | None = None
    ) -> list[SearchHit]:
        """See `Store.vector_search`. The score is the cosine."""
        with self._connections.reading() as connection:
            return self._searcher.vector(connection, access, vector, k, filters or NO_FILTERS)

    def vectors(self, access: Access, passage_ids: Sequence[str]) -> dict[str, Vectors]:
        """See `Store.vectors`."""
        with self._connections.reading() as connection:
            return self._searcher.stored(connection, access, passage_ids)

    def document_frequency(self, access: Access, terms: Sequence[str]) -> dict[str, int]:
        """See `Store.document_frequency`."""
        with self._connections.reading() as connection:
            return self._searcher.document_frequency(connection, access, terms)

    def documents_holding(self, access: Access, term: str) -> frozenset[str]:
        """See `Store.documents_holding`."""
        with self._connections.reading() as connection:
            return self._searcher.documents_holding(connection, access, term)

    # ---------------------------------------------------------------- status

    def quarantined(self, access: Access) -> list[QuarantineEntry]:
        """See `Store.quarantined`. Nobody knows how closed such a file is: so it is closed."""
        if Schutzstufe.NICHTOEFFENTLICH not in access.stufen:
            return []
        with self._connections.reading() as connection:
            rows = query(
                connection,
                "SELECT path, mandant, code, message, at, sha256 FROM quarantine WHERE mandant IN "
                "(SELECT value FROM json_each(:mandanten)) ORDER BY at DESC, path",
                bindings(access),
            ).fetchall()
        return [QuarantineEntry(*row) for row in rows]

    def generation(self, access: Access) -> int:
        """See `Store.generation`."""
        with self._connections.reading() as connection:
            return sum(state.generation for state in partitions(connection, access))

    def status(self, access: Access) -> StoreStatus:
        """See `Store.status`. The generation counts writes to what `access` may see."""
        with self._connections.reading() as connection:
            counts = self._counts.of(
                access,
                stamp_of(connection, access),
                lambda: count(connection, access, self._versions.of(connection, access)),
            )
            generation = sum(state.generation for state in partitions(connection, access))
            build = query(
                connection,
                f"SELECT id, embedder_id, chunker, active_since FROM builds WHERE id = {LOOKED_AT}",
            ).fetchone()
        return StoreStatus(
            documents=counts.documents,
            superseded=counts.superseded,
            passages=counts.passages,
            quarantined=len(self.quarantined(access)),
            generation=generation,
            embedder_id=build[1] or None,
            by_art=dict(counts.by_art),
            build=build[0],
            chunker=build[2],
            build_since=build[3],
        )

    def exposure(self, access: Access) -> list[Exposure]:
        """See `Store.exposure`."""
        if Schutzstufe.NICHTOEFFENTLICH not in access.stufen:
            return []
        with self._connections.reading() as connection:
            return [
                expose(connection, self._searcher, mandant) for mandant in sorted(access.mandanten)
            ]

    def verify(self) -> list[str]:
        """See `Store.verify`."""
        with self._connections.reading() as connection:
            found = verification.differences(connection, self._searcher)
        return found + self._deletions.problems()

    def unfinished(self) -> list[str]:
        """See `Store.unfinished`."""
        with self._connections.reading() as connection:
            return verification.unfinished(connection)

    # ----------------------------------------------------------------- close

    def save_vectors(self) -> None:
        """See `BuildStore.save_vectors`."""
        with self._connections.reading() as connection:
            for state in all_partitions(connection):
                bound = partition_embedder(connection, state.partition)
                if bound is not None and state.partition in self._written:
                    index = self._searcher.index(state.partition, *bound)
                    index.refresh(state, source(connection, state.partition, bound[1]))
        try:
            for _, index in self._searcher.loaded():
                index.save(self._while_current)
        except OSError as error:
            log.warning("vector files not saved: %s", type(error).__name__)
            return
        self._written.clear()

    @contextmanager
    def _while_current(self, state: PartitionState) -> Iterator[bool]:
        """Holds off writers; whether the partition is still in this state."""
        with self._connections.writing() as connection:
            yield state in all_partitions(connection)

    def close(self) -> None:
        """See `Store.close`. Saves the vector files first; they are a cache and may fail."""
        try:
            self.save_vectors()
            if self._erasing:
                self._empty_wal()
        except (StoreError, OSError) as error:
            log.warning("vector files not saved: %s", type(error).__name__)
        self._connections.close()
