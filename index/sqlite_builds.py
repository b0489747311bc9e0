"""What the SQLite store does with generations: see `index.builds.BuildStore`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import apsw

from index import german, keyword_tables, records, writing
from index.builds import Build, BuildState, Finish, Rebuilt, Unbuilt
from index.connections import Connections, query
from index.errors import BuildGone, EmbedderMismatch
from index.reading import LOOKED_AT
from index.records import ALONE
from index.searching import Searcher, bound_embedder
from index.vectors import remove_files

PASSAGES_A_STEP = 5000
"""So many passages of an abandoned generation go in one transaction: others need not wait."""

_COLUMNS = (
    "b.id, b.embedder_id, b.dimension, b.chunker, b.state, b.started_at, b.active_since, "
    "(SELECT count(*) FROM build_documents h WHERE h.build = b.id), "
    "(SELECT count(*) FROM documents d WHERE NOT EXISTS "
    "(SELECT 1 FROM build_documents h WHERE h.build = b.id AND h.document = d.row)), "
    "(SELECT count(*) FROM build_documents h WHERE h.build = b.id AND h.chunker <> b.chunker)"
)


class SqliteBuilds:
    """The part of `SqliteStore` that builds generations and switches. Not used by itself."""

    _vector_folder: Path
    _connections: Connections
    _searcher: Searcher
    _written: set[int]

    @contextmanager
    def snapshot(self, build_id: int | None = None) -> Iterator[None]:
        """See `BuildStore.snapshot`."""
        with self._connections.viewing(build_id), self._connections.reading():
            yield

    def bound_embedder(self) -> tuple[str, int] | None:
        """See `BuildStore.bound_embedder`."""
        with self._connections.reading() as connection:
            return bound_embedder(connection)

    def active_build(self) -> Build:
        """See `BuildStore.active_build`."""
        with self._connections.reading() as connection:
            (found,) = _builds(connection, f"b.id = {LOOKED_AT}")
        return found

    def builds(self) -> list[Build]:
        """See `BuildStore.builds`."""
        with self._connections.reading() as connection:
            return _builds(connection, "TRUE")

    # ------------------------------------------------------------------- build

    def begin_build(self, embedder_id: str, dimension: int, chunker: str) -> Build:
        """See `BuildStore.begin_build`."""
        with self._connections.writing() as connection:
            unfinished = _builds(connection, "b.state = 'im_bau'")
            same = [
                build
                for build in unfinished
                if (build.embedder_id, build.dimension, build.chunker)
                == (embedder_id, dimension, chunker)
            ]
            for build in unfinished:
                if build not in same[-1:]:
                    _abandon(connection, build.id)
            if same:
                return same[-1]
            connection.execute(
                "INSERT INTO builds (embedder_id, dimension, chunker, state, started_at) "
                "VALUES (?, ?, ?, ?, ?)",
                (embedder_id, dimension, chunker, BuildState.BUILDING, _now()),
            )
            (begun,) = _builds(connection, "b.id = ?", (connection.last_insert_rowid(),))
        return begun

    def unbuilt(self, build_id: int, limit: int, after: int = 0) -> list[Unbuilt]:
        """See `BuildStore.unbuilt`."""
        with self._connections.reading() as connection:
            return _unbuilt(connection, build_id, limit, after)

    def add_to_build(self, build_id: int, batch: Sequence[Rebuilt]) -> None:
        """See `BuildStore.add_to_build`."""
        for item in batch:
            writing.check(item.new)
        changes = writing.Changes()
        # The slow part comes before the lock.
        analyses = [_analyses(item) for item in batch]
        with self._connections.writing() as connection:
            _add(connection, build_id, batch, analyses, changes)
            writing.stamp_partitions(connection, changes)
        self._written |= changes.touched

    # ------------------------------------------------------------------ switch

    def switch_build(self, build_id: int, finish: Finish) -> Build:
        """See `BuildStore.switch_build`."""
        changes = writing.Changes()
        with self._connections.writing() as connection:
            (target,) = _builds(connection, "b.id = ?", (build_id,)) or (None,)
            if target is None or target.state is BuildState.ABANDONED:
                raise _gone(build_id)
            if target.state is BuildState.ACTIVE:
                return target
            rest = _unbuilt(connection, build_id, -1, 0)
            batch = finish(rest) if rest else ()
            for item in batch:
                writing.check(item.new)
            _add(connection, build_id, batch, [_analyses(item) for item in batch], changes)
            writing.stamp_partitions(connection, changes)
            _count_on(connection, build_id)
            for build in _builds(connection, "b.state = 'frueher' AND b.id <> ?", (build_id,)):
                _abandon(connection, build.id)
            connection.execute("UPDATE builds SET state = 'frueher' WHERE state = 'aktiv'")
            connection.execute(
                "UPDATE builds SET state = 'aktiv', active_since = ? WHERE id = ?",
                (_now(), build_id),
            )
            # Whoever keeps something by the store's stamp has to notice.
            writing.stamp(connection, writing.Changes())
            (active,) = _builds(connection, "b.id = ?", (build_id,))
        self._written |= changes.touched
        return active

    def abandon_build(self, build_id: int) -> None:
        """See `BuildStore.abandon_build`."""
        with self._connections.writing() as connection:
            for build in _builds(connection, "b.id = ? AND b.state = 'im_bau'", (build_id,)):
                _abandon(connection, build.id)

    def clear_builds(self, *, former: bool) -> int:
        """See `BuildStore.clear_builds`. A kill leaves what the next call goes on with."""
        with self._connections.reading() as connection:
            wanted = "b.state = 'aufgegeben'" + (" OR b.state = 'frueher'" if former else "")
            if not _builds(connection, wanted):
                return 0
        with self._connections.writing() as connection:
            gone = [build.id for build in _builds(connection, wanted)]
            for build_id in gone:
                _abandon(connection, build_id)
        for build_id in gone:
            self._remove(build_id)
        return len(gone)

    def _remove(self, build_id: int) -> None:
        with self._connections.reading() as connection:
            places = [
                int(place)
                for (place,) in query(
                    connection, "SELECT id FROM partitions WHERE build = ?", (build_id,)
                )
            ]
        for place in places:
            remove_files(self._vector_folder, place)
        removed = True
        while removed:
            with self._connections.writing() as connection:
                before = connection.total_changes()
                connection.execute(
                    "DELETE FROM passages WHERE row IN (SELECT p.row FROM passages p JOIN "
                    "partitions q ON q.id = p.partition WHERE q.build = ? LIMIT ?)",
                    (build_id, PASSAGES_A_STEP),
                )
                removed = connection.total_changes() != before
        with self._connections.writing() as connection:
            for table in ("build_documents", "partitions"):
                connection.execute(f"DELETE FROM {table} WHERE build = ?", (build_id,))
            connection.execute("DELETE FROM builds WHERE id = ?", (build_id,))
        self._written -= set(places)


def _builds(
    connection: apsw.Connection, condition: str, bound: tuple[int, ...] = ()
) -> list[Build]:
    rows = query(
        connection, f"SELECT {_COLUMNS} FROM builds b WHERE {condition} ORDER BY b.id", bound
    )
    return [
        Build(
            id=row[0],
            embedder_id=row[1],
            dimension=row[2],
            chunker=row[3],
            state=BuildState(row[4]),
            started_at=row[5],
            active_since=row[6],
            documents=row[7],
            missing=row[8],
            other_chunkers=row[9],
        )
        for row in rows
    ]


def _unbuilt(connection: apsw.Connection, build_id: int, limit: int, after: int) -> list[Unbuilt]:
    rows = query(
        connection,
        "SELECT d.row FROM documents d WHERE d.row > ? AND NOT EXISTS (SELECT 1 FROM "
        "build_documents h WHERE h.build = ? AND h.document = d.row) ORDER BY d.row LIMIT ?",
        (after, build_id, limit),
    ).fetchall()
    return [Unbuilt(int(row), records.document(connection, row, None, ALONE)) for (row,) in rows]


def _add(
    connection: apsw.Connection,
    build_id: int,
    batch: Sequence[Rebuilt],
    analyses: Sequence[Sequence[german.Analysis]],
    changes: writing.Changes,
) -> None:
    (build,) = _builds(connection, "b.id = ?", (build_id,)) or (None,)
    if build is None or build.state in (BuildState.ABANDONED, BuildState.ACTIVE):
        raise _gone(build_id)
    for item, found in zip(batch, analyses, strict=True):
        if item.new.embedder_id != build.embedder_id or (
            len(item.new.passages) and item.new.vectors.shape[1] != build.dimension
        ):
            raise EmbedderMismatch(
                "Die Vektoren stammen von einem anderen Einbettungsmodell als die Generation, in "
                "die sie sollen. Bitte »aktenkundig reindex« erneut ausführen."
            )
        there = query(
            connection,
            "SELECT EXISTS (SELECT 1 FROM documents WHERE row = ?1) AND NOT EXISTS "
            "(SELECT 1 FROM build_documents WHERE build = ?2 AND document = ?1)",
            (item.row, build_id),
        ).fetchone()
        if there[0]:
            writing.insert_into_build(connection, build_id, item.row, item.new, found, changes)


def _count_on(connection: apsw.Connection, build_id: int) -> None:
    """Raises the stamps above those of the active generation: a switch is news to everybody."""
    for mandant, stufe, generation in query(
        connection,
        "SELECT q.mandant, q.stufe, q.generation FROM partitions q JOIN builds b "
        "ON b.id = q.build WHERE b.state = 'aktiv'",
    ).fetchall():
        place = writing.partition(connection, build_id, str(mandant), str(stufe))
        connection.execute(
            "UPDATE partitions SET generation = max(generation, ?) + 1 WHERE id = ?",
            (generation, place),
        )


def _abandon(connection: apsw.Connection, build_id: int) -> None:
    """Terms go first and at once: deleting a document reaches none of an abandoned generation."""
    connection.execute("UPDATE builds SET state = 'aufgegeben' WHERE id = ?", (build_id,))
    for (place,) in query(
        connection, "SELECT id FROM partitions WHERE build = ?", (build_id,)
    ).fetchall():
        keyword_tables.drop(connection, int(place))


def _analyses(item: Rebuilt) -> list[german.Analysis]:
    return [german.analyse(text) for text in item.new.keyword_texts]


def _gone(build_id: int) -> BuildGone:
    return BuildGone(
        f"Die Generation {build_id} gibt es nicht mehr, oder ein anderer Vorgang hat sie "
        "umgeschaltet. Bitte »aktenkundig status« ansehen und »aktenkundig reindex« erneut "
        "ausführen."
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
