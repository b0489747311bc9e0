"""`jobs.sqlite3` in the data home, which every process of the home shares.

A file of its own, so that progress can be written while the store is in a long transaction, and
so that a damaged or restored book never touches the documents.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import apsw

from index.connections import Connections, storage_error
from index.errors import StoreTooNew

BOOK = "jobs.sqlite3"

SCHEMA = """
    CREATE TABLE jobs (
        row INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        mandant TEXT NOT NULL,
        origin TEXT NOT NULL,
        state TEXT NOT NULL,
        created_at TEXT NOT NULL,
        started_at TEXT,
        ended_at TEXT,
        done INTEGER NOT NULL DEFAULT 0,
        total INTEGER NOT NULL DEFAULT 0,
        indexed INTEGER NOT NULL DEFAULT 0,
        unchanged INTEGER NOT NULL DEFAULT 0,
        replaced INTEGER NOT NULL DEFAULT 0,
        refused INTEGER NOT NULL DEFAULT 0,
        passages INTEGER NOT NULL DEFAULT 0,
        seconds REAL NOT NULL DEFAULT 0,
        cancelling INTEGER NOT NULL DEFAULT 0,
        code TEXT,
        message TEXT
    ) STRICT;
    CREATE INDEX jobs_by_state ON jobs (state);

    CREATE TABLE job_paths (
        job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        path TEXT NOT NULL,
        name TEXT NOT NULL,
        size INTEGER,
        mtime_ns INTEGER,
        PRIMARY KEY (job, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX job_paths_by_path ON job_paths (path);

    CREATE TABLE job_refusals (
        job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        name TEXT NOT NULL,
        code TEXT NOT NULL,
        message TEXT NOT NULL,
        PRIMARY KEY (job, ordinal)
    ) STRICT, WITHOUT ROWID;

    -- Files of watched folders in the state in which they were last taken in.
    CREATE TABLE watched (
        mandant TEXT NOT NULL,
        path TEXT NOT NULL,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        missing_since TEXT,
        PRIMARY KEY (mandant, path)
    ) STRICT, WITHOUT ROWID;
"""
VERSION = 1


def now() -> str:
    """This moment, ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class BookFile:
    """Transactions on the book; the file comes with the first of them."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._connections = Connections(home / BOOK)
        self._opening = threading.Lock()
        self._open = False

    @contextmanager
    def reading(self) -> Iterator[apsw.Connection]:
        """A snapshot.

        Raises:
            StoreError: the book cannot be read.
        """
        self._prepare()
        with self._connections.reading() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[apsw.Connection]:
        """A transaction: all of it or nothing.

        Raises:
            StoreError: the book cannot be written.
        """
        self._prepare()
        with self._connections.writing() as connection:
            yield connection

    def written(self, path: Path) -> str:
        """A path as the book has it: relative where it lies in the home, which may move."""
        return str(path.relative_to(self._home)) if path.is_relative_to(self._home) else str(path)

    def empty_wal(self) -> None:
        """Until then, words that were erased may stand in the log."""
        self._connections.empty_wal()

    def close(self) -> None:
        """Releases the file."""
        self._connections.close()

    def _prepare(self) -> None:
        """Makes the tables where there are none, once."""
        with self._opening:
            if self._open:
                return
            try:
                self._home.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise storage_error(self._home, error) from error
            with self._connections.writing() as connection:
                version = int(str(connection.pragma("user_version")))
                if version > VERSION:
                    raise StoreTooNew(
                        f"Das Auftragsbuch hat das Format {version}, dieses Programm kennt nur bis "
                        f"{VERSION}. Bitte eine neuere Version von Aktenkundig installieren."
                    )
                if version == 0:
                    connection.execute(SCHEMA)
                    connection.pragma("user_version", VERSION)
            self._open = True
