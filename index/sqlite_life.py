"""Where documents came from, and which are hidden: see `index.life.LifeStore`."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import apsw

from index import erasure, german, publication, records, writing
from index.connections import Connections, query
from index.copying import copy_out
from index.life import Depublication, Pending, Source
from index.publication import WHOLLY
from index.reading import COUNTED, LOOKED_AT, VISIBLE, bindings
from index.records import ALONE, DOCUMENT_COLUMNS
from index.types import Access, DocumentSummary, Drucksachennummer, Schutzstufe

log = logging.getLogger(__name__)


class SqliteLife:
    """The part of `SqliteStore` that remembers sources and hides. Not used by itself."""

    _connections: Connections
    _written: set[int]

    # ------------------------------------------------------------------ copies

    def copy_to(self, target: Path) -> None:
        """Writes a copy of the database to a new file, see `index.copying.copy_out`."""
        copy_out(self._connections, target)

    def count_documents(self) -> int:
        """How many documents of all Mandanten are stored."""
        with self._connections.reading() as connection:
            (count,) = query(connection, "SELECT count(*) FROM documents").fetchone()
        return int(count)

    # ------------------------------------------------------------------ ingest

    def valid_versions(
        self, mandant: str, art: str, number: Drucksachennummer
    ) -> list[DocumentSummary]:
        """See `LifeStore.valid_versions`. The newest first."""
        with self._connections.reading() as connection:
            rows = query(
                connection,
                f"SELECT {DOCUMENT_COLUMNS} FROM documents d WHERE d.mandant = :mandant AND "
                "d.superseded_by IS NULL AND d.row IN (SELECT document FROM numbers WHERE "
                "mandant = :mandant AND key = :key AND art = :art) ORDER BY d.row DESC",
                {"mandant": mandant, "key": number.key, "art": art},
            ).fetchall()
        return [records.summary(row, frozenset(Schutzstufe), 0, ALONE) for row in rows]

    def holder(self, mandant: str, sha256: str) -> str | None:
        """See `LifeStore.holder`."""
        with self._connections.reading() as connection:
            found = query(
                connection,
                "SELECT id FROM documents WHERE mandant = ?1 AND id = ?2 UNION ALL "
                "SELECT d.id FROM sources s JOIN documents d ON d.mandant = s.mandant AND "
                "d.id = s.document WHERE s.mandant = ?1 AND s.sha256 = ?2 LIMIT 1",
                (mandant, sha256),
            ).fetchone()
        return str(found[0]) if found else None

    def twin(self, mandant: str, fingerprint: str) -> str | None:
        """See `LifeStore.twin`."""
        with self._connections.reading() as connection:
            found = query(
                connection,
                "SELECT d.id FROM fingerprints f JOIN documents d ON d.row = f.document WHERE "
                "f.mandant = ? AND f.fingerprint = ? AND d.superseded_by IS NULL ORDER BY d.row",
                (mandant, fingerprint),
            ).fetchone()
        return str(found[0]) if found else None

    def add_sources(self, sources: Sequence[Source]) -> None:
        """See `LifeStore.add_sources`."""
        at = _now()
        with self._connections.writing() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO sources SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS "
                "(SELECT 1 FROM documents WHERE mandant = ?1 AND id = ?4)",
                [(s.mandant, s.source, s.sha256, s.document_id, at) for s in sources],
            )

    def sources(self, access: Access, document_id: str | None = None) -> list[Source]:
        """See `LifeStore.sources`."""
        with self._connections.reading() as connection:
            rows = query(
                connection,
                "SELECT s.mandant, s.source, s.sha256, s.document FROM sources s JOIN documents d "
                f"ON d.mandant = s.mandant AND d.id = s.document WHERE {COUNTED} AND "
                "(:id IS NULL OR d.id = :id) ORDER BY s.source, s.sha256",
                {**bindings(access), "id": document_id},
            ).fetchall()
        return [Source(*(str(value) for value in row)) for row in rows]

    def announce(self, mandant: str, paths: Iterable[str]) -> None:
        """See `LifeStore.announce`."""
        since = _now()
        with self._connections.writing() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO pending VALUES (?, ?, ?)",
                [(mandant, path, since) for path in paths],
            )

    def settle(self, mandant: str, paths: Iterable[str]) -> None:
        """See `LifeStore.settle`."""
        with self._connections.writing() as connection:
            connection.executemany(
                "DELETE FROM pending WHERE mandant = ? AND path = ?",
                [(mandant, path) for path in paths],
            )

    def pending(self, access: Access) -> list[Pending]:
        """See `LifeStore.pending`."""
        rows = self._closed_rows(
            access, "SELECT mandant, path, since FROM pending", "ORDER BY since, path"
        )
        return [Pending(*(str(value) for value in row)) for row in rows]

    def _closed_rows(
        self, access: Access, select: str, order: str = ""
    ) -> list[tuple[str | int, ...]]:
        """Rows of a table of the admin's, none for those who may not see closed documents."""
        if Schutzstufe.NICHTOEFFENTLICH not in access.stufen:
            return []
        with self._connections.reading() as connection:
            found: list[tuple[str | int, ...]] = query(
                connection,
                f"{select} WHERE mandant IN (SELECT value FROM json_each(:mandanten)) {order}",
                bindings(access),
            ).fetchall()
        return found

    # ------------------------------------------------------------- publication

    def depublish(self, access: Access, document_id: str, *, reason: str, who: str) -> bool:
        """See `LifeStore.depublish`. The terms are rewritten, so that none of it weighs."""
        return self._move(access, document_id, VISIBLE, (reason, who, _now()))

    def republish(self, access: Access, document_id: str) -> bool:
        """See `LifeStore.republish`."""
        return self._move(access, document_id, f"NOT ({VISIBLE})", None)

    def _move(
        self,
        access: Access,
        document_id: str,
        condition: str,
        depublication: tuple[str, str, str] | None,
    ) -> bool:
        changes = writing.Changes()
        with self._connections.writing() as connection:
            rows = query(
                connection,
                f"SELECT d.row, d.mandant, d.ingested_at FROM documents d WHERE d.id = :id AND "
                f"{WHOLLY} AND {condition}",
                {**bindings(access), "id": document_id},
            ).fetchall()
            for row, mandant, ingested_at in rows:
                connection.execute(
                    "DELETE FROM depublications WHERE mandant = ? AND document = ?",
                    (mandant, document_id),
                )
                if depublication is not None:
                    connection.execute(
                        "INSERT INTO depublications VALUES (?, ?, ?, ?, ?)",
                        (mandant, document_id, *depublication),
                    )
                self._store_again(connection, int(row), str(ingested_at), changes)
            if not rows:
                return False
            erasure.purge(connection, changes)
            writing.stamp(connection, changes)
        self._written |= changes.touched
        return True

    def _store_again(
        self, connection: apsw.Connection, row: int, ingested_at: str, changes: writing.Changes
    ) -> None:
        """Takes a document out and puts it in, now where it belongs, in every generation."""
        active = writing.active_build(connection)
        held = {
            int(build): publication.read_back(connection, row, int(build), int(dimension))
            for build, dimension in query(
                connection,
                "SELECT b.id, b.dimension FROM builds b JOIN build_documents h ON h.build = b.id "
                "WHERE h.document = ? AND b.state <> 'aufgegeben'",
                (row,),
            ).fetchall()
        }
        new = held.pop(active)
        analyses = [german.analyse(text) for text in new.keyword_texts]
        writing.insert(connection, new, analyses, changes)
        (row,) = query(
            connection,
            "SELECT row FROM documents WHERE mandant = ? AND id = ?",
            (new.document.mandant, new.document.id),
        ).fetchone()
        for build, other in held.items():
            analyses = [german.analyse(text) for text in other.keyword_texts]
            writing.insert_into_build(connection, build, row, other, analyses, changes)
        connection.execute(
            "UPDATE documents SET ingested_at = ? WHERE mandant = ? AND id = ?",
            (ingested_at, new.document.mandant, new.document.id),
        )

    def depublished(self, access: Access) -> list[Depublication]:
        """See `LifeStore.depublished`."""
        if Schutzstufe.NICHTOEFFENTLICH not in access.stufen:
            return []
        with self._connections.reading() as connection:
            rows = query(
                connection,
                f"SELECT {DOCUMENT_COLUMNS}, x.reason, x.who, x.at, (SELECT count(*) FROM passages "
                f"p WHERE p.document = d.row AND p.build = {LOOKED_AT}) FROM documents d "
                "JOIN depublications x ON "
                f"x.mandant = d.mandant AND x.document = d.id WHERE {COUNTED} "
                "ORDER BY x.at DESC, d.source",
                bindings(access),
            ).fetchall()
        return [
            Depublication(
                records.summary(row, access.stufen, row[-1], ALONE),
                *(str(value) for value in row[-4:-1]),
            )
            for row in rows
        ]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
