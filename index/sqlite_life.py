"""What the SQLite store does with a document after it was stored: see `index.life.LifeStore`."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import apsw

from index import deletions, erasure, german, publication, records, writing
from index.connections import Connections, query
from index.copying import copy_out
from index.errors import StoreUnavailable
from index.life import Deletion, Depublication, Pending, Source
from index.publication import HIDDEN
from index.reading import COUNTED, LOOKED_AT, VISIBLE, bindings
from index.records import ALONE, DOCUMENT_COLUMNS
from index.types import Access, DocumentSummary, Drucksachennummer, Schutzstufe
from index.vectors import remove_files

log = logging.getLogger(__name__)

# Of documents of which the person may see all, hidden or not.
_WHOLLY = (
    f"{COUNTED} AND NOT EXISTS (SELECT 1 FROM document_levels l WHERE l.document = d.row AND "
    f"replace(l.stufe, '{HIDDEN}', '') NOT IN (SELECT value FROM json_each(:stufen)))"
)


class SqliteLife:
    """The part of `SqliteStore` that hides, erases and remembers. Not used by itself."""

    _home: Path
    _vector_folder: Path
    _connections: Connections
    _deletions: deletions.DeletionFile
    _erasing: bool
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
                f"{_WHOLLY} AND {condition}",
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

    # ----------------------------------------------------------------- erasure

    def delete(
        self,
        access: Access,
        document_id: str,
        *,
        who: str = "",
        reason: str = "",
        keep_out: bool = True,
        originals: Sequence[str] = (),
    ) -> Deletion | None:
        """See `LifeStore.delete`. Only who may see all of a document can erase it."""
        condition = f"d.id = :id AND {_WHOLLY}"
        with self._connections.reading() as connection:
            bound = {**bindings(access), "id": document_id}
            sql = f"SELECT 1 FROM documents d WHERE {condition}"
            if query(connection, sql, bound).fetchone() is None:
                return None
        erased = self._erase(
            condition, bound, who=who, reason=reason, keep_out=keep_out, originals=originals
        )
        return erased[0] if erased else None

    def withdraw(
        self, access: Access, source: str, *, who: str, reason: str, keep_out: bool = True
    ) -> bool:
        """See `LifeStore.withdraw`. Earlier versions read from the same path go with it."""
        bound = {**bindings(access), "source": source}
        with self._connections.writing() as connection:
            known = connection.total_changes()
            connection.execute(
                "DELETE FROM sources WHERE source = :source AND EXISTS (SELECT 1 FROM documents d "
                f"WHERE d.mandant = sources.mandant AND d.id = sources.document AND {_WHOLLY})",
                bound,
            )
            for row, mandant, id_ in query(
                connection,
                f"SELECT d.row, d.mandant, d.id FROM documents d WHERE d.source = :source AND "
                f"{_WHOLLY}",
                bound,
            ).fetchall():
                other = query(
                    connection,
                    "SELECT source, sha256 FROM sources WHERE mandant = ? AND document = ? "
                    "ORDER BY at, source",
                    (mandant, id_),
                ).fetchone()
                if other is not None:
                    connection.execute(
                        "UPDATE documents SET source = ? WHERE row = ?", (other[0], row)
                    )
                    connection.execute(
                        "DELETE FROM sources WHERE mandant = ? AND source = ? AND sha256 = ?",
                        (mandant, other[0], id_),
                    )
            handed_on = connection.total_changes() != known
        condition = f"d.source = :source AND {_WHOLLY}"
        erased = self._erase(condition, bound, who=who, reason=reason, keep_out=keep_out)
        return handed_on or bool(erased)

    def _erase(
        self,
        condition: str,
        bound: dict[str, str | int],
        *,
        who: str,
        reason: str,
        keep_out: bool,
        originals: Sequence[str] = (),
    ) -> list[Deletion]:
        changes = writing.Changes()
        with self._connections.writing() as connection:
            rows = query(
                connection, f"SELECT d.row FROM documents d WHERE {condition}", bound
            ).fetchall()
            erased = [
                erasure.erase(
                    connection,
                    row,
                    changes,
                    who=who,
                    reason=reason,
                    keep_out=keep_out,
                    originals=originals,
                )
                for (row,) in rows
            ]
            if erased:
                erasure.purge(connection, changes)
                writing.stamp(connection, changes)
        if erased:
            self._written |= changes.touched
            self._clean_up(erased, changes.thinned)
        return erased

    def _clean_up(self, erased: Sequence[Deletion], thinned: Iterable[int]) -> None:
        """Removes what lies outside the database, and completes the list beside it."""
        for place in thinned:
            remove_files(self._vector_folder, place)
        deletions.sweep(
            self._home, [item.mandant for item in erased], [d for e in erased for d in e.digests]
        )
        # An entry that cannot be written now is written by the next start.
        try:
            self._deletions.complete(erased)
            self._empty_wal()
        except OSError as error:
            raise StoreUnavailable(
                "Das Dokument ist gelöscht, aber die Löschliste "
                f"{self._deletions.path} ließ sich nicht fortschreiben ({error.strerror}). Bitte "
                "Speicherplatz und Rechte prüfen; der nächste Start holt den Eintrag nach."
            ) from error

    def _empty_wal(self) -> None:
        """Until the log is emptied, erased words may stand in it; tried again if others read."""
        self._erasing = not self._connections.empty_wal()
        if self._erasing:
            return
        with self._connections.reading() as connection:
            if query(connection, "SELECT 1 FROM deletions WHERE NOT done").fetchone() is None:
                return
        with self._connections.writing() as connection:
            finished = deletions.mark_done(connection)
        for deletion_id in finished:
            self._deletions.done(deletion_id)

    def deletions(self, access: Access) -> list[Deletion]:
        """See `LifeStore.deletions`."""
        if Schutzstufe.NICHTOEFFENTLICH not in access.stufen:
            return []
        with self._connections.reading() as connection:
            found = deletions.stored(connection)
        return [deletion for deletion in found if deletion.mandant in access.mandanten]

    def is_erased(self, mandant: str, mark: str) -> bool:
        """See `LifeStore.is_erased`."""
        with self._connections.reading() as connection:
            return deletions.keeps_out(connection, mandant, mark)

    def lift(self, access: Access, deletion_id: str, *, who: str) -> bool:
        """See `LifeStore.lift`. The file comes first: a list that forgets would erase again."""
        known = {deletion.id: deletion for deletion in self.deletions(access)}
        if deletion_id not in known:
            return False
        try:
            self._deletions.lifted(deletion_id, who)
        except OSError as error:
            raise StoreUnavailable(
                f"Die Löschliste {self._deletions.path} lässt sich nicht fortschreiben "
                f"({error.strerror}). Bitte Speicherplatz und Rechte prüfen."
            ) from error
        with self._connections.writing() as connection:
            deletions.mark_lifted(connection, deletion_id)
        return True

    def replay_deletions(self) -> int:
        """Makes database and list agree: what either says is erased is erased in both.

        Returns how many documents were erased: none but where an older database was put back.
        """
        listed = self._deletions.read()
        with self._connections.reading() as connection:
            known = {deletion.id: deletion for deletion in deletions.stored(connection)}
        news = [item for item in listed.values() if known.get(item.id) != item]
        unfinished = [item for item in known.values() if not item.done]
        if not news and not unfinished and known.keys() == listed.keys():
            return 0
        again = self._take_over(news, known)
        try:
            self._deletions.complete(known.values())
        except OSError as error:
            log.warning("list of deletions not completed: %s", type(error).__name__)
        if news or unfinished:
            everything = [*known.values(), *news]
            with self._connections.reading() as connection:
                places = [int(p) for (p,) in query(connection, "SELECT id FROM partitions")]
            for place in places:
                remove_files(self._vector_folder, place)
            deletions.sweep(
                self._home,
                [item.mandant for item in everything],
                [mark for item in everything for mark in item.digests if not item.lifted],
            )
            self._empty_wal()
        return again

    def _take_over(self, news: Sequence[Deletion], known: dict[str, Deletion]) -> int:
        """Puts what only the list knows into the database, and erases what it names."""
        if not news:
            return 0
        changes = writing.Changes()
        with self._connections.writing() as connection:
            for item in news:
                deletions.store(connection, replace(item, done=False))
                if item.lifted and item.id in known:
                    deletions.mark_lifted(connection, item.id)
            rows = deletions.erased_rows(connection)
            for row in rows:
                erasure.erase(
                    connection,
                    row,
                    changes,
                    who="wiederholung",
                    reason="Löschliste angewandt",
                    keep_out=False,
                )
            if rows:
                erasure.purge(connection, changes)
                writing.stamp(connection, changes)
        self._written |= changes.touched
        if rows:
            log.warning("%d documents erased again after an older database was put back", len(rows))
        return len(rows)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
