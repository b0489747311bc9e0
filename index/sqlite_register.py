"""The register of the SQLite store: papers by number, source and id. See `index.store.Store`."""

from __future__ import annotations

from collections.abc import Sequence

from index import codec, records
from index.connections import Connections, query
from index.held import HeldJson, HeldWhole
from index.reading import (
    COUNTED,
    OPEN_PASSAGE,
    VISIBLE,
    VersionChains,
    bindings,
    stamp_of,
    store_generation,
)
from index.records import ALONE, DOCUMENT_COLUMNS, PASSAGE_COLUMNS, PASSAGE_TABLES
from index.types import (
    Access,
    Document,
    DocumentSummary,
    Drucksachennummer,
    Mention,
    Passage,
    Span,
)


class SqliteRegister:
    """The part of `SqliteStore` that knows which papers there are. Not used by itself."""

    _connections: Connections
    _versions: VersionChains
    _held: HeldJson
    _registers: HeldWhole[tuple[DocumentSummary, ...]]

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
        with self._connections.reading() as connection:
            found = self._registers.of(
                access,
                stamp_of(connection, access),
                lambda: tuple(self._summaries(access, "TRUE", {}, order="d.source, d.row")),
            )
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
        # "0" follows "/": the Ergänzungen lie side by side in the table's order. One range, so that
        # the table is not read whole.
        between = (
            "n.key >= :stem AND n.key < :stem || '0' AND "
            "(n.key = :stem OR substr(n.key, length(:stem) + 1, 1) = '/')"
        )
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
            load = self._held.at(store_generation(connection))
            rows = query(
                connection,
                f"SELECT {DOCUMENT_COLUMNS}, (SELECT count(*) FROM passages p JOIN partitions q "
                f"ON q.id = p.partition WHERE p.document = d.row AND {OPEN_PASSAGE}) "
                f"FROM documents d WHERE {condition} AND {visible} ORDER BY {order}",
                {**bindings(access), **bound},
            ).fetchall()
        return [
            records.summary(row, access.stufen, row[-1], chains.get(row[0], ALONE), load)
            for row in rows
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
