"""What an OParl import remembers between runs: objects, how far a run came, which files are in.

A small database of its own in the data home, for it belongs to the import and not to the register.
Every step is one transaction, so that a run that was killed goes on where it stood. Fields of
objects that are gone are overwritten, not only forgotten.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import apsw

from index.connections import spoken_errors
from ingest.errors import OparlBusy
from ingest.oparl.objects import Item

STATE_FILE = "oparl.sqlite"
LOCK_FILE = "oparl.lock"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS scopes (
    scope TEXT PRIMARY KEY,
    run INTEGER NOT NULL DEFAULT 0,
    checkpoint TEXT,
    full_at TEXT,
    open_mode TEXT,
    open_since TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS lists (
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    next_url TEXT,
    received INTEGER NOT NULL,
    sound INTEGER NOT NULL,
    PRIMARY KEY (scope, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS objects (
    scope TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    fields TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    missing INTEGER NOT NULL,
    run INTEGER NOT NULL,
    PRIMARY KEY (scope, kind, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
    scope TEXT NOT NULL,
    id TEXT NOT NULL,
    digest TEXT NOT NULL,
    sha256 TEXT,
    PRIMARY KEY (scope, id)
) STRICT, WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class ListState:
    """How far a list was read: where it goes on (None: at its end) and what came so far.

    `sound` is False where the list went in circles, so that absence from it proves nothing.
    """

    next_url: str | None
    received: int
    sound: bool = True


@dataclass(frozen=True, slots=True)
class OpenRun:
    """A run that began and did not finish its lists."""

    number: int
    mode: str
    since: datetime


@contextmanager
def only_import(home: Path) -> Iterator[None]:
    """Holds the right to import; a second import is refused while it lasts.

    Raises:
        OparlBusy: another process imports.
    """
    home.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(home / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise OparlBusy from None
        yield
    finally:
        os.close(descriptor)


class OparlState:
    """The memory of the imports of one Mandant from one body (together the scope)."""

    def __init__(self, home: Path, scope: str) -> None:
        """Opens the database in `home`, making it where it is missing.

        Raises:
            StoreError: the folder cannot be written, or the file is no database.
        """
        self._path = home / STATE_FILE
        self._scope = scope
        with spoken_errors(self._path):
            home.mkdir(parents=True, exist_ok=True)
            self._db = apsw.Connection(str(self._path))
            self._db.set_busy_timeout(30_000)
            self._db.pragma("journal_mode", "wal")
            self._db.pragma("synchronous", "full")
            self._db.pragma("secure_delete", "on")
            self._db.execute(_SCHEMA)
            self._db.execute("INSERT OR IGNORE INTO scopes (scope) VALUES (?)", (scope,))

    def __enter__(self) -> OparlState:
        return self

    def __exit__(self, *_: object) -> None:
        with spoken_errors(self._path):
            # Overwritten pages linger in the log until it is folded in.
            self._db.pragma("wal_checkpoint", "truncate")
            self._db.close()

    @property
    def checkpoint(self) -> datetime | None:
        """The server's time when the last run began whose lists came in whole."""
        return self._moment("checkpoint")

    @property
    def full_at(self) -> datetime | None:
        """When the last full reconciliation began."""
        return self._moment("full_at")

    def _moment(self, column: str) -> datetime | None:
        found = self._query(f"SELECT {column} FROM scopes WHERE scope = ?", self._scope)[0][0]
        return datetime.fromisoformat(found) if found else None

    def open_run(self) -> OpenRun | None:
        """The run that was interrupted, or None."""
        number, mode, since = self._query(
            "SELECT run, open_mode, open_since FROM scopes WHERE scope = ?", self._scope
        )[0]
        return OpenRun(number, mode, datetime.fromisoformat(since)) if mode else None

    def begin(self, mode: str, since: datetime) -> OpenRun:
        """Begins a run; `since` is the server's time now."""
        with self._transaction():
            self._execute(
                "UPDATE scopes SET run = run + 1, open_mode = ?, open_since = ? WHERE scope = ?",
                mode,
                since.isoformat(),
                self._scope,
            )
            self._execute("DELETE FROM lists WHERE scope = ?", self._scope)
        opened = self.open_run()
        assert opened is not None
        return opened

    def finish(self, run: OpenRun) -> None:
        """The lists of the run came in whole."""
        with self._transaction():
            self._execute(
                "UPDATE scopes SET checkpoint = open_since, open_mode = NULL, full_at = CASE "
                "WHEN ? = 'full' THEN open_since ELSE full_at END WHERE scope = ?",
                run.mode,
                self._scope,
            )
            self._execute("DELETE FROM lists WHERE scope = ?", self._scope)

    def list_state(self, name: str) -> ListState | None:
        """How far the open run read a list; None where it did not begin."""
        for next_url, received, sound in self._query(
            "SELECT next_url, received, sound FROM lists WHERE scope = ? AND name = ?",
            self._scope,
            name,
        ):
            return ListState(next_url, received, bool(sound))
        return None

    def take_page(self, run: OpenRun, name: str, after: ListState, items: Iterable[Item]) -> None:
        """Stores one page of a list together with how far that list is read now."""
        with self._transaction():
            self._put(run.number, items, missing=False)
            self._execute(
                "INSERT OR REPLACE INTO lists VALUES (?, ?, ?, ?, ?)",
                self._scope,
                name,
                after.next_url,
                after.received,
                after.sound,
            )

    def put(self, number: int, items: Iterable[Item], *, missing: bool = False) -> None:
        """Stores objects that came outside of a list; `missing` marks those absent from theirs."""
        with self._transaction():
            self._put(number, items, missing=missing)

    def _put(self, number: int, items: Iterable[Item], *, missing: bool) -> None:
        for item in items:
            self._execute(
                "INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?, ?, ?, ?)",
                self._scope,
                item.kind,
                item.id,
                json.dumps(item.fields, ensure_ascii=False),
                item.deleted,
                missing,
                number,
            )

    def unseen(self, run: OpenRun, kind: str) -> list[tuple[str, bool]]:
        """Ids that the run did not bring, each with whether the run before missed it already."""
        return [
            (id_, bool(missing))
            for id_, missing in self._query(
                "SELECT id, missing FROM objects WHERE scope = ? AND kind = ? AND run < ? "
                "AND NOT deleted ORDER BY id",
                self._scope,
                kind,
                run.number,
            )
        ]

    def forget(self, kind: str, ids: Sequence[str]) -> None:
        """Removes objects."""
        with self._transaction():
            for id_ in ids:
                self._execute(
                    "DELETE FROM objects WHERE scope = ? AND kind = ? AND id = ?",
                    self._scope,
                    kind,
                    id_,
                )

    def forget_unseen(self, run: OpenRun, kinds: Sequence[str]) -> None:
        """Removes embedded objects and memories of deleted ones that a full run did not bring."""
        with self._transaction():
            for kind in kinds:
                self._execute(
                    "DELETE FROM objects WHERE scope = ? AND kind = ? AND run < ?",
                    self._scope,
                    kind,
                    run.number,
                )
            self._execute(
                "DELETE FROM objects WHERE scope = ? AND deleted AND run < ?",
                self._scope,
                run.number,
            )

    def objects(self) -> list[Item]:
        """Everything known, deleted ones too, in order of kind and id."""
        return [
            Item(id_, kind, json.loads(fields), bool(deleted))
            for id_, kind, fields, deleted in self._query(
                "SELECT id, kind, fields, deleted FROM objects WHERE scope = ? ORDER BY kind, id",
                self._scope,
            )
        ]

    def done_files(self) -> dict[str, tuple[str, str | None]]:
        """By id: the digest that a file was taken in with, and the sha256 of its bytes."""
        return {
            id_: (digest, sha256)
            for id_, digest, sha256 in self._query(
                "SELECT id, digest, sha256 FROM files WHERE scope = ?", self._scope
            )
        }

    def file_done(self, id_: str, digest: str, sha256: str | None) -> None:
        """Notes that a file was dealt with; "" as digest has it dealt with again."""
        with self._transaction():
            self._execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)",
                self._scope,
                id_,
                digest,
                sha256,
            )

    def file_gone(self, id_: str) -> None:
        """Forgets a file that is no longer there."""
        with self._transaction():
            self._execute("DELETE FROM files WHERE scope = ? AND id = ?", self._scope, id_)

    def _query(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with spoken_errors(self._path):
            return list(self._db.execute(sql, values))

    def _execute(self, sql: str, *values: Any) -> None:
        self._db.execute(sql, values)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with spoken_errors(self._path), self._db:
            yield
