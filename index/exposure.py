"""Proves that nothing closed lies where everybody searches, by reading all of it once.

The check does not ask which partition a passage was put into: it reads the stored documents again
and compares the levels of their sections, and the stored cover of their text, with what is there.
"""

from __future__ import annotations

from collections.abc import Iterator

import apsw

from index import codec, keyword_tables, records, visibility
from index.connections import query
from index.exposed import CLOSED, HIDDEN, Exposed, Exposure
from index.reading import LOOKED_AT
from index.searching import Searcher, partition_embedder, source
from index.types import Schutzstufe
from index.vectors import PartitionState

OPEN = Schutzstufe.OEFFENTLICH


def expose(connection: apsw.Connection, searcher: Searcher, mandant: str) -> Exposure:
    """Checks every public partition of a Mandant."""
    partitions = query(
        connection,
        f"SELECT q.id, q.state, q.generation, q.removals, q.build = {LOOKED_AT} FROM partitions q "
        "JOIN builds b ON b.id = q.build WHERE q.mandant = ? AND q.stufe = ? "
        "AND b.state <> 'aufgegeben' ORDER BY q.id",
        (mandant, OPEN.value),
    ).fetchall()
    documents: set[int] = set()
    passages = vectors = keyword_rows = indexed = strays = 0
    for id_, state, generation, removals, active in partitions:
        held = _passage_rows(connection, id_)
        documents |= set(held.values())
        passages += len(held)
        vectors += _count_vectors(connection, id_)
        known = keyword_tables.rows(connection, id_)
        keyword_rows += len(known)
        strays += len(known - set(held))
        bound = partition_embedder(connection, id_)
        if active and bound is not None:
            found = set(
                searcher.index(id_, *bound)
                .held(
                    PartitionState(id_, str(state), generation, removals),
                    source(connection, id_, bound[1]),
                )
                .tolist()
            )
            indexed += len(found)
            # An index may be newer than this snapshot; rows are never given out twice.
            strays += len({row for row in found - set(held) if row <= _newest(connection)})
    exposed = [item for row in sorted(documents) for item in _exposed(connection, row)]
    return Exposure(
        len(documents), passages, vectors, keyword_rows, indexed, tuple(exposed), strays
    )


def _passage_rows(connection: apsw.Connection, partition: int) -> dict[int, int]:
    """The document of each passage in a partition, by rows."""
    return {
        int(row): int(document)
        for row, document in query(
            connection, "SELECT row, document FROM passages WHERE partition = ?", (partition,)
        )
    }


def _count_vectors(connection: apsw.Connection, partition: int) -> int:
    (count,) = query(
        connection,
        "SELECT count(*) FROM vectors v JOIN passages p ON p.row = v.passage WHERE p.partition = ?",
        (partition,),
    ).fetchone()
    return int(count)


def _newest(connection: apsw.Connection) -> int:
    (row,) = query(connection, "SELECT coalesce(max(row), 0) FROM passages").fetchone()
    return int(row)


def _exposed(connection: apsw.Connection, row: int) -> Iterator[Exposed]:
    """The closed ones among the public passages of a document."""
    document = records.document(connection, row, None, records.ALONE)
    (shields, hidden) = query(
        connection,
        "SELECT d.shields, EXISTS (SELECT 1 FROM depublications x WHERE x.mandant = d.mandant "
        "AND x.document = d.id) FROM documents d WHERE d.row = ?",
        (row,),
    ).fetchone()
    closed = visibility.closed_letters(document, codec.load(str(shields), records.read_runs))
    if not hidden and not closed.any():
        return
    for ordinal, start, stop in query(
        connection,
        "SELECT p.ordinal, p.start, p.stop FROM passages p JOIN partitions q ON "
        "q.id = p.partition JOIN builds b ON b.id = q.build WHERE p.document = ? AND q.stufe = ? "
        "AND b.state <> 'aufgegeben' ORDER BY p.row",
        (row, OPEN.value),
    ).fetchall():
        if hidden or closed[start:stop].any():
            why = HIDDEN if hidden else CLOSED
            yield Exposed(document.id, document.source, int(ordinal), why)
