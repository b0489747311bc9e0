"""What an Access may see, as sets of rows: documents, partitions, versions, filters."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass

import apsw

from index.connections import query
from index.records import ALONE, Versions
from index.types import Access, Filters
from index.vectors import PartitionState

# Documents of the Mandant of which at least one level is open; `:mandanten` and `:stufen` are
# bound to JSON lists.
VISIBLE = (
    "d.mandant IN (SELECT value FROM json_each(:mandanten)) AND EXISTS (SELECT 1 FROM "
    "document_levels l WHERE l.document = d.row AND l.stufe IN "
    "(SELECT value FROM json_each(:stufen)))"
)
# The same, or hidden and visible before: see `index.publication`.
COUNTED = (
    "d.mandant IN (SELECT value FROM json_each(:mandanten)) AND EXISTS (SELECT 1 FROM "
    "document_levels l WHERE l.document = d.row AND replace(l.stufe, 'depubliziert/', '') IN "
    "(SELECT value FROM json_each(:stufen)))"
)
# The generation that answers, or that a snapshot was opened for: see `Connections.viewing`.
LOOKED_AT = "(SELECT coalesce(viewed_build(), (SELECT id FROM builds WHERE state = 'aktiv')))"
OPEN_PASSAGE = f"q.build = {LOOKED_AT} AND q.stufe IN (SELECT value FROM json_each(:stufen))"

Bindings = dict[str, str | int]


def bindings(access: Access) -> Bindings:
    """The lists that `VISIBLE` needs."""
    return {
        "mandanten": json.dumps(sorted(access.mandanten)),
        "stufen": json.dumps(sorted(stufe.value for stufe in access.stufen)),
    }


def all_partitions(connection: apsw.Connection) -> list[PartitionState]:
    """The state of every partition of generations that may answer some time."""
    return _partitions(
        connection, "build IN (SELECT id FROM builds WHERE state <> 'aufgegeben')", {}
    )


def partitions(connection: apsw.Connection, access: Access) -> list[PartitionState]:
    """The partitions somebody may search, in a fixed order."""
    return _partitions(
        connection,
        "mandant IN (SELECT value FROM json_each(:mandanten)) AND stufe IN "
        f"(SELECT value FROM json_each(:stufen)) AND build = {LOOKED_AT}",
        bindings(access),
    )


def _partitions(
    connection: apsw.Connection, condition: str, bound: Bindings
) -> list[PartitionState]:
    rows = query(
        connection,
        f"SELECT id, state, generation, removals FROM partitions WHERE {condition} "
        "ORDER BY build, mandant, stufe DESC",
        bound,
    )
    return [
        PartitionState(id_, str(state), generation, removals)
        for id_, state, generation, removals in rows
    ]


def store_generation(connection: apsw.Connection) -> int:
    """The number of write transactions so far."""
    row = query(connection, "SELECT value FROM meta WHERE key = 'generation'").fetchone()
    return int(row[0])


def stamp_of(connection: apsw.Connection, access: Access) -> object:
    """Another one after every write that changes what `access` may see."""
    return store_generation(connection), tuple(partitions(connection, access))


class VersionChains:
    """Which document replaces which, as far as somebody can see.

    A version counts as replaced only by one that the person may see: a closed successor must not
    change what is found, nor show that it exists.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._generation = -1
        self._held: dict[Access, Mapping[int, Versions]] = {}

    def of(self, connection: apsw.Connection, access: Access) -> Mapping[int, Versions]:
        """Neighbours by row, for documents that have any."""
        generation = store_generation(connection)
        with self._lock:
            if generation == self._generation and access in self._held:
                return self._held[access]
        found = _chains(connection, access)
        with self._lock:
            if generation != self._generation or len(self._held) > 100:
                self._held.clear()
                self._generation = generation
            self._held[access] = found
        return found


@dataclass(frozen=True, slots=True)
class _Link:
    row: int
    supersedes: str | None
    superseded_by: str | None
    visible: bool
    counted: bool


def _chains(connection: apsw.Connection, access: Access) -> dict[int, Versions]:
    links = {
        (str(mandant), str(id_)): _Link(int(row), earlier, later, bool(visible), bool(counted))
        for mandant, id_, row, earlier, later, visible, counted in query(
            connection,
            "SELECT d.mandant, d.id, d.row, d.supersedes, d.superseded_by, "
            f"({VISIBLE}), ({COUNTED}) "
            "FROM documents d WHERE d.mandant IN (SELECT value FROM json_each(:mandanten)) "
            "AND (d.supersedes IS NOT NULL OR d.superseded_by IS NOT NULL)",
            bindings(access),
        )
    }

    def nearest(mandant: str, link: _Link, *, later: bool) -> str | None:
        passed = set()
        id_ = link.superseded_by if later else link.supersedes
        while id_ is not None and id_ not in passed:
            passed.add(id_)
            there = links.get((mandant, id_))
            if there is None:
                return None
            # What a depublished version replaced does not come into force again.
            if there.visible or (later and there.counted):
                return id_
            id_ = there.superseded_by if later else there.supersedes
        return None

    found = {
        link.row: Versions(nearest(mandant, link, later=False), nearest(mandant, link, later=True))
        for (mandant, _), link in links.items()
    }
    return {row: versions for row, versions in found.items() if versions != ALONE}


@dataclass(frozen=True, slots=True)
class Restriction:
    """A condition on passage rows, and what it binds. At most one of the two is not empty."""

    allowed: str = ""
    excluded: str = ""
    bound: Mapping[str, str | int] | None = None


def restriction(
    access: Access, filters: Filters, chains: Mapping[int, Versions], partition: int
) -> Restriction:
    """The rows of a partition that a search may return.

    Without filters only the superseded rows are named, since they are few.
    """
    old = [row for row, versions in chains.items() if versions.superseded_by is not None]
    bound: Bindings = {**bindings(access), "partition": partition, "old": json.dumps(old)}
    conditions = []
    if filters.document_ids is not None:
        conditions.append("d.id IN (SELECT value FROM json_each(:ids))")
        bound["ids"] = json.dumps(sorted(filters.document_ids))
    head = "d.head_stufe IN (SELECT value FROM json_each(:stufen))"
    if filters.arten:
        conditions.append(f"{head} AND d.art IN (SELECT value FROM json_each(:arten))")
        bound["arten"] = json.dumps(sorted(filters.arten))
    if filters.wahlperiode is not None:
        conditions.append(f"{head} AND d.wahlperiode = :wahlperiode")
        bound["wahlperiode"] = filters.wahlperiode
    # CROSS JOIN and the plus make SQLite start from the few documents, not from all passages.
    rows = (
        "SELECT p.row FROM documents d CROSS JOIN passages p ON p.document = d.row "
        "WHERE +p.partition = :partition"
    )
    if conditions:
        if filters.current_only and old:
            conditions.append("d.row NOT IN (SELECT value FROM json_each(:old))")
        return Restriction(allowed=" AND ".join([rows, *conditions]), bound=bound)
    if filters.current_only and old:
        replaced = f"{rows} AND d.row IN (SELECT value FROM json_each(:old))"
        return Restriction(excluded=replaced, bound=bound)
    return Restriction()
