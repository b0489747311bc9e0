"""How the SQLite store erases documents, for good and again: see `index.life.LifeStore`."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from index import deletions, erasure, writing
from index.connections import Connections, query
from index.errors import StoreUnavailable
from index.life import Deletion
from index.publication import WHOLLY
from index.reading import bindings
from index.types import Access, Schutzstufe
from index.vectors import remove_files

log = logging.getLogger(__name__)


class SqliteErasure:
    """The part of `SqliteStore` that erases and keeps the list of it. Not used by itself."""

    _home: Path
    _vector_folder: Path
    _connections: Connections
    _deletions: deletions.DeletionFile
    _erasing: bool
    _written: set[int]

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
        condition = f"d.id = :id AND {WHOLLY}"
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
                f"WHERE d.mandant = sources.mandant AND d.id = sources.document AND {WHOLLY})",
                bound,
            )
            for row, mandant, id_ in query(
                connection,
                f"SELECT d.row, d.mandant, d.id FROM documents d WHERE d.source = :source AND "
                f"{WHOLLY}",
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
            if handed_on:
                writing.stamp(connection, writing.Changes())
        condition = f"d.source = :source AND {WHOLLY}"
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
