"""Both searches over the partitions that somebody may see."""

from __future__ import annotations

import heapq
import json
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw
import numpy as np

from index import german, keyword_tables, reading, records
from index.connections import query
from index.errors import EmbedderMismatch
from index.reading import OPEN_PASSAGE, VISIBLE, VersionChains, bindings
from index.records import PASSAGE_COLUMNS, PASSAGE_TABLES
from index.store import Vectors
from index.types import Access, Filters, Passage, SearchHit
from index.vectors import Matrix, PartitionVectors, Rows, Source
from index.writing import STORED_VECTOR

NO_FILTERS = Filters()


def bound_embedder(connection: apsw.Connection, build: int | None = None) -> tuple[str, int] | None:
    """Id and dimension of a generation's embedding model; None where it is bound to none yet.

    Without `build` it is that of the generation that is looked at.
    """
    found = query(
        connection,
        "SELECT embedder_id, dimension FROM builds "
        f"WHERE id = coalesce(?, {reading.LOOKED_AT}) AND embedder_id <> ''",
        (build,),
    ).fetchone()
    return (str(found[0]), int(found[1])) if found else None


def partition_embedder(connection: apsw.Connection, partition: int) -> tuple[str, int] | None:
    """Id and dimension of the embedding model of a partition's generation."""
    found = query(connection, "SELECT build FROM partitions WHERE id = ?", (partition,)).fetchone()
    return bound_embedder(connection, int(found[0])) if found else None


@dataclass(frozen=True, slots=True)
class Shelf:
    """A partition during one keyword search: its size, and in how many passages each term is."""

    partition: int
    passages: int
    frequency: dict[str, int]


class Searcher:
    """Keyword and vector search within a reader's snapshot; holds the FAISS indexes."""

    def __init__(self, folder: Path, versions: VersionChains) -> None:
        self._folder = folder
        self._versions = versions
        self._indexes: dict[tuple[int, str], PartitionVectors] = {}
        self._lock = threading.Lock()
        self._switched_at = -1
        self._build = 0

    # --------------------------------------------------------------- keyword

    def keyword(
        self, connection: apsw.Connection, access: Access, text: str, k: int, filters: Filters
    ) -> list[SearchHit]:
        """See `Store.keyword_search`."""
        terms = german.query_terms(text)
        if not terms or k < 1:
            return []
        chains = self._versions.of(connection, access)
        shelves = [
            Shelf(
                state.partition,
                _count(connection, state.partition),
                keyword_tables.frequencies(connection, state.partition, terms),
            )
            for state in reading.partitions(connection, access)
        ]
        scored: list[tuple[float, int]] = []
        for shelf, factor in zip(shelves, factors(shelves), strict=True):
            useful = keyword_tables.useful(shelf.frequency, shelf.passages)
            if not useful:
                continue
            limits = reading.restriction(access, filters, chains, shelf.partition)
            condition = ""
            if limits.allowed:
                condition = f"+rowid IN ({limits.allowed})"
            elif limits.excluded:
                condition = f"+rowid NOT IN ({limits.excluded})"
            found = keyword_tables.search(
                connection, shelf.partition, useful, k, condition, dict(limits.bound or {})
            )
            scored.extend((ranked.bm25 * factor, ranked.row) for ranked in found)
        best = heapq.nsmallest(k, scored)
        passages = self._passages(connection, access, [row for _, row in best])
        kept = [(row, -score) for score, row in best if row in passages]
        return [
            SearchHit(passages[row], score, {"keyword": rank})
            for rank, (row, score) in enumerate(kept, start=1)
        ]

    def document_frequency(
        self, connection: apsw.Connection, access: Access, terms: Sequence[str]
    ) -> dict[str, int]:
        """See `Store.document_frequency`."""
        total = dict.fromkeys(terms, 0)
        for state in reading.partitions(connection, access):
            found = keyword_tables.frequencies(connection, state.partition, list(total))
            for term, count in found.items():
                total[term] += count
        return total

    def documents_holding(
        self, connection: apsw.Connection, access: Access, term: str
    ) -> frozenset[str]:
        """See `Store.documents_holding`."""
        found: set[str] = set()
        for state in reading.partitions(connection, access):
            found |= keyword_tables.documents(connection, state.partition, term)
        return frozenset(found)

    # ---------------------------------------------------------------- vector

    def vector(
        self, connection: apsw.Connection, access: Access, query: Vectors, k: int, filters: Filters
    ) -> list[SearchHit]:
        """See `Store.vector_search`."""
        bound = bound_embedder(connection)
        if bound is None or k < 1:
            return []
        self._forget_former(connection)
        embedder_id, dimension = bound
        query = np.ascontiguousarray(query, np.float32)
        if query.shape != (dimension,):
            raise EmbedderMismatch(
                f"Der Suchvektor hat die Form {query.shape}, der Datenbestand erwartet "
                f"({dimension},). Bitte das Einbettungsmodell der Einstellungen prüfen."
            )
        chains = self._versions.of(connection, access)
        scored: list[tuple[float, int]] = []
        for state in reading.partitions(connection, access):
            limits = reading.restriction(access, filters, chains, state.partition)
            index = self.index(state.partition, embedder_id, dimension)
            found = index.search(
                state,
                source(connection, state.partition, dimension),
                query,
                k,
                allowed=_rows(connection, limits.allowed, limits.bound),
                excluded=_rows(connection, limits.excluded, limits.bound),
            )
            scored.extend((-score, row) for row, score in found)
        best = heapq.nsmallest(k, scored)
        passages = self._passages(connection, access, [row for _, row in best])
        kept = [(row, -score) for score, row in best if row in passages]
        return [
            SearchHit(passages[row], score, {"vector": rank})
            for rank, (row, score) in enumerate(kept, start=1)
        ]

    def stored(
        self, connection: apsw.Connection, access: Access, passage_ids: Sequence[str]
    ) -> dict[str, Vectors]:
        """See `Store.vectors`."""
        bound = bound_embedder(connection)
        if bound is None:
            return {}
        rows = query(
            connection,
            "SELECT d.id, p.ordinal, v.vector FROM json_each(:wanted) w JOIN documents d "
            "ON d.id = w.value ->> 0 JOIN passages p ON p.document = d.row "
            "AND p.ordinal = w.value ->> 1 JOIN partitions q ON q.id = p.partition "
            f"JOIN vectors v ON v.passage = p.row WHERE {VISIBLE} AND {OPEN_PASSAGE}",
            {**bindings(access), "wanted": _wanted(passage_ids)},
        ).fetchall()
        found: dict[str, Vectors] = {}
        for id_, ordinal, blob in rows:
            _, matrix = unpack([(0, blob)], bound[1])
            if len(matrix):
                found[records.passage_id(str(id_), ordinal)] = matrix[0]
        return found

    def index(self, partition: int, embedder_id: str, dimension: int) -> PartitionVectors:
        """The FAISS index of a partition."""
        key = (partition, embedder_id)
        with self._lock:
            if key not in self._indexes:
                self._indexes[key] = PartitionVectors(
                    self._folder, partition, embedder_id, dimension
                )
            return self._indexes[key]

    def _forget_former(self, connection: apsw.Connection) -> None:
        """Lets go of the indexes of other generations once a search sees that one was switched.

        A search in an older snapshot that still needs one builds it again, and lets go of none.
        """
        viewed, build = query(
            connection, "SELECT viewed_build(), id FROM builds WHERE state = 'aktiv'"
        ).fetchone()
        if viewed is not None or build == self._build:
            return
        generation = reading.store_generation(connection)
        kept = {
            int(place)
            for (place,) in query(connection, "SELECT id FROM partitions WHERE build = ?", (build,))
        }
        with self._lock:
            if generation <= self._switched_at:
                return
            self._switched_at, self._build = generation, int(build)
            for key in [key for key in self._indexes if key[0] not in kept]:
                del self._indexes[key]

    def loaded(self) -> list[tuple[int, PartitionVectors]]:
        """The indexes made so far, with their partitions."""
        with self._lock:
            return [(partition, index) for (partition, _), index in self._indexes.items()]

    def _passages(
        self, connection: apsw.Connection, access: Access, rows: Sequence[int]
    ) -> dict[int, Passage]:
        found = {}
        for row in rows:
            values = query(
                connection,
                f"SELECT {PASSAGE_COLUMNS} FROM {PASSAGE_TABLES} WHERE p.row = ?",
                (row,),
            ).fetchone()
            if values is not None:
                found[row] = records.passage(values, access.stufen)
        return found


def factors(shelves: Sequence[Shelf]) -> list[float]:
    """What each partition's scores are multiplied by, so that they compare.

    A term weighs more where it is rare, so the scores of two partitions differ in scale. Their
    scale is the sum of the weights of the query's terms; the common one is that of all
    partitions together, which are exactly those that the asking person may see. With a corpus
    split 70 to 30 by chance this keeps MRR@10 at 0.645 (undivided 0.649, scores as they are
    0.644); taking turns by rank gives 0.562.
    """
    passages = sum(shelf.passages for shelf in shelves)
    found = []
    for shelf in shelves:
        useful = keyword_tables.useful(shelf.frequency, shelf.passages)
        own = sum(keyword_tables.weight(shelf.frequency[term], shelf.passages) for term in useful)
        common = sum(
            keyword_tables.weight(sum(other.frequency[term] for other in shelves), passages)
            for term in useful
        )
        found.append(common / own if own else 1.0)
    return found


def source(connection: apsw.Connection, partition: int, dimension: int) -> Source:
    """Reads a partition's vectors for the cache."""

    def newer_than(row: int) -> tuple[Rows, Matrix]:
        return unpack(
            query(
                connection,
                "SELECT p.row, v.vector FROM passages p JOIN vectors v ON v.passage = p.row "
                "WHERE p.partition = ? AND p.row > ? ORDER BY p.row",
                (partition, row),
            ),
            dimension,
        )

    def rows() -> Rows:
        found = query(connection, "SELECT row FROM passages WHERE partition = ?", (partition,))
        return np.fromiter((row for (row,) in found), np.int64)

    return Source(newer_than, rows)


def unpack(found: Iterable[tuple[Any, ...]], dimension: int) -> tuple[Rows, Matrix]:
    """Rows and vectors as arrays. Blobs of a wrong length are left out."""
    rows: list[int] = []
    blobs: list[bytes] = []
    for row, blob in found:
        if isinstance(blob, bytes) and len(blob) == dimension * STORED_VECTOR.itemsize:
            rows.append(row)
            blobs.append(blob)
    matrix = np.frombuffer(b"".join(blobs), STORED_VECTOR).astype(np.float32)
    return np.array(rows, np.int64), matrix.reshape(-1, dimension)


def _wanted(passage_ids: Sequence[str]) -> str:
    pairs = (passage_id.rpartition(":") for passage_id in dict.fromkeys(passage_ids))
    return json.dumps([[id_, int(ordinal)] for id_, _, ordinal in pairs if ordinal.isdecimal()])


def _count(connection: apsw.Connection, partition: int) -> int:
    (count,) = query(
        connection, "SELECT count(*) FROM passages WHERE partition = ?", (partition,)
    ).fetchone()
    return int(count)


def _rows(
    connection: apsw.Connection, sql: str, bound: Mapping[str, str | int] | None
) -> Rows | None:
    if not sql:
        return None
    found = query(connection, sql, dict(bound or {}))
    return np.fromiter((row for (row,) in found), np.int64)
