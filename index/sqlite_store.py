"""The Store on one machine: SQLite holds everything, FAISS is a cache of its vectors."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import apsw
import numpy as np

from index import codec, deletions, german, records, verification, writing
from index.connections import Connections, query, spoken_errors, storage_error
from index.errors import EmbedderMismatch, Erased, StoreError
from index.reading import (
    COUNTED,
    LOOKED_AT,
    OPEN_PASSAGE,
    VISIBLE,
    VersionChains,
    all_partitions,
    bindings,
    partitions,
)
from index.records import ALONE, DOCUMENT_COLUMNS, PASSAGE_COLUMNS, PASSAGE_TABLES
from index.schema import migrate
from index.searching import NO_FILTERS, Searcher, bound_embedder, partition_embedder, source
from index.sqlite_builds import SqliteBuilds
from index.sqlite_life import SqliteLife
from index.store import NewDocument, Vectors
from index.types import (
    Access,
    Document,
    DocumentSummary,
    Drucksachennummer,
    Filters,
    Mention,
    Passage,
    QuarantineEntry,
    Schutzstufe,
    SearchHit,
    Span,
    StoreStatus,
)
from index.vectors import PartitionState

log = logging.getLogger(__name__)

DATABASE = "aktenkundig.db"
UNKNOWN_ART = "unbekannt"


class SqliteStore(SqliteLife, SqliteBuilds):
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

    # ---------------------------------------------------------------- ingest

    def holds(self, mandant: str, document_id: str) -> bool:
        """See `Store.holds`."""
        with self._connections.reading() as connection:
            found = query(
                connection,
                "SELECT 1 FROM documents WHERE mandant = ? AND id = ?",
                (mandant, document_id),
            ).fetchone()
        return found is not None

    def current_version(
        self, mandant: str, art: str, number: Drucksachennummer
    ) -> DocumentSummary | None:
        """See `Store.current_version`."""
        return self._current(
            mandant,
            "d.row IN (SELECT document FROM numbers WHERE mandant = :mandant AND key = :key "
            "AND art = :art)",
            {"mandant": mandant, "key": number.key, "art": art},
        )

    def current_at_source(self, mandant: str, source: str) -> DocumentSummary | None:
        """See `Store.current_at_source`."""
        return self._current(
            mandant,
            "d.mandant = :mandant AND d.source = :source",
            {"mandant": mandant, "source": source},
        )

    def _current(
        self, mandant: str, condition: str, bound: dict[str, str]
    ) -> DocumentSummary | None:
        found = self._summaries(
            Access.operator(mandant),
            f"{condition} AND d.superseded_by IS NULL",
            bound,
            order="d.row DESC",
            visible=COUNTED,
        )
        return found[0] if found else None

    # -------------------------------------------------------------- register

    def document(self, access: Access, document_id: str) -> Document | None:
        """See `Store.document`."""
        with self._connections.reading() as connection:
            found = query(
                connection,
                f"SELECT d.row FROM documents d WHERE d.id = :id AND {VISIBLE} ORDER BY d.mandant",
                {**bindings(access), "id": document_id},
            ).fetchone()
            if found is None:
                return None
            row = found[0]
            versions = self._versions.of(connection, access).get(row, ALONE)
            return records.document(connection, row, access.stufen, versions)

    def documents(self, access: Access, *, current_only: bool = False) -> list[DocumentSummary]:
        """See `Store.documents`."""
        found = self._summaries(access, "TRUE", {}, order="d.source, d.row")
        return [item for item in found if not (current_only and item.superseded_by)]

    def summaries(self, access: Access, document_ids: Sequence[str]) -> dict[str, DocumentSummary]:
        """See `Store.summaries`."""
        wanted = codec.dump(sorted(set(document_ids)))
        found = self._summaries(
            access, "d.id IN (SELECT value FROM json_each(:ids))", {"ids": wanted}
        )
        return {item.id: item for item in reversed(found)}

    def by_number(self, access: Access, number: Drucksachennummer) -> list[DocumentSummary]:
        """See `Store.by_number`."""
        return self._bearing(access, "n.key = :key", {"key": number.key})

    def by_stem(self, access: Access, number: Drucksachennummer) -> list[DocumentSummary]:
        """See `Store.by_stem`."""
        if number.nummer is None:
            return []
        # "0" follows "/": the Ergänzungen lie side by side in the table's order.
        between = "(n.key = :stem OR (n.key > :stem || '/' AND n.key < :stem || '0'))"
        return self._bearing(access, between, {"stem": number.stem})

    def _bearing(
        self, access: Access, condition: str, bound: dict[str, str]
    ) -> list[DocumentSummary]:
        found = self._summaries(
            access,
            f"d.row IN (SELECT n.document FROM numbers n WHERE {condition} AND n.mandant IN "
            "(SELECT value FROM json_each(:mandanten)) AND n.stufe IN "
            "(SELECT value FROM json_each(:stufen)))",
            bound,
            order="d.mandant, d.art, d.row",
        )
        return sorted(found, key=lambda item: item.superseded_by is not None)

    def _summaries(
        self,
        access: Access,
        condition: str,
        bound: dict[str, str],
        order: str = "d.mandant, d.row",
        visible: str = VISIBLE,
    ) -> list[DocumentSummary]:
        with self._connections.reading() as connection:
            chains = self._versions.of(connection, access)
            rows = query(
                connection,
                f"SELECT {DOCUMENT_COLUMNS}, (SELECT count(*) FROM passages p JOIN partitions q "
                f"ON q.id = p.partition WHERE p.document = d.row AND {OPEN_PASSAGE}) "
                f"FROM documents d WHERE {condition} AND {visible} ORDER BY {order}",
                {**bindings(access), **bound},
            ).fetchall()
        return [
            records.summary(row, access.stufen, row[-1], chains.get(row[0], ALONE)) for row in rows
        ]

    def numbers(self, access: Access) -> list[Drucksachennummer]:
        """See `Store.numbers`."""
        return sorted(
            {item.number for item in self._mentioned(access, "numbers", "TRUE", {})},
            key=lambda number: (
                number.wahlperiode or 0,
                number.nummer or 0,
                number.ergaenzung or 0,
                number.key,
            ),
        )

    def mentions(self, access: Access, number: Drucksachennummer) -> list[Mention]:
        """See `Store.mentions`."""
        return self._mentioned(access, "mentions", "n.key = :key", {"key": number.key})

    def _mentioned(
        self, access: Access, table: str, condition: str, bound: dict[str, str]
    ) -> list[Mention]:
        span = "n.start, n.stop" if table == "mentions" else "0, 0"
        with self._connections.reading() as connection:
            chains = self._versions.of(connection, access)
            rows = query(
                connection,
                f"SELECT d.row, d.id, n.key, n.wahlperiode, n.nummer, n.ergaenzung, {span} "
                f"FROM {table} n JOIN documents d ON d.row = n.document WHERE {condition} AND "
                f"n.stufe IN (SELECT value FROM json_each(:stufen)) AND {VISIBLE} "
                "ORDER BY d.row, 7",
                {**bindings(access), **bound},
            ).fetchall()
        return [
            Mention(str(row[1]), codec.read_number(row[2:6]), Span(int(row[6]), int(row[7])))
            for row in rows
            if chains.get(int(row[0]), ALONE).superseded_by is None
        ]

    def passages(self, access: Access, document_id: str) -> list[Passage]:
        """See `Store.passages`."""
        with self._connections.reading() as connection:
            rows = query(
                connection,
                f"SELECT {PASSAGE_COLUMNS} FROM {PASSAGE_TABLES} WHERE d.id = :id AND {VISIBLE} "
                f"AND {OPEN_PASSAGE} ORDER BY d.mandant, p.ordinal",
                {**bindings(access), "id": document_id},
            ).fetchall()
        found: dict[int, Passage] = {}
        for row in rows:
            found.setdefault(row[2], records.passage(row, access.stufen))
        return list(found.values())

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

    def status(self, access: Access) -> StoreStatus:
        """See `Store.status`. The generation counts writes to what `access` may see."""
        with self._connections.reading() as connection:
            chains = self._versions.of(connection, access)
            rows = query(
                connection,
                f"SELECT d.row, CASE WHEN d.head_stufe IN (SELECT value FROM json_each(:stufen)) "
                f"THEN d.art ELSE '' END FROM documents d WHERE {VISIBLE}",
                bindings(access),
            ).fetchall()
            (passages,) = query(
                connection,
                "SELECT count(*) FROM passages p JOIN partitions q ON q.id = p.partition WHERE "
                f"q.mandant IN (SELECT value FROM json_each(:mandanten)) AND {OPEN_PASSAGE}",
                bindings(access),
            ).fetchone()
            generation = sum(state.generation for state in partitions(connection, access))
            build = query(
                connection,
                f"SELECT id, embedder_id, chunker, active_since FROM builds WHERE id = {LOOKED_AT}",
            ).fetchone()
        by_art: dict[str, int] = {}
        for _, art in sorted(rows, key=lambda row: str(row[1])):
            name = str(art) or UNKNOWN_ART
            by_art[name] = by_art.get(name, 0) + 1
        return StoreStatus(
            documents=len(rows),
            superseded=sum(chains.get(row, ALONE).superseded_by is not None for row, _ in rows),
            passages=passages,
            quarantined=len(self.quarantined(access)),
            generation=generation,
            embedder_id=build[1] or None,
            by_art=by_art,
            build=build[0],
            chunker=build[2],
            build_since=build[3],
        )

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
