"""Copies of the whole database: out while others write, and back in while nobody does."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from index.chain import sync_folder
from index.connections import Connections, spoken_errors
from index.errors import StoreBusy, StoreDamaged

PAGES_A_STEP = 1000
_SIDE_FILES = ("-wal", "-shm", "-journal")


def copy_out(connections: Connections, target: Path) -> None:
    """Writes the database, as it is at one moment, to a new file; writers go on meanwhile.

    Raises:
        StoreError: the target cannot be written, or the copy is not sound.
    """
    with spoken_errors(target):
        copy = apsw.Connection(str(target))
        try:
            with connections.reading() as connection, copy.backup("main", connection, "main") as b:
                while not b.done:
                    b.step(PAGES_A_STEP)
            copy.pragma("journal_mode", "delete")
            found = [str(row[0]) for row in copy.execute("PRAGMA integrity_check(3)")]
        finally:
            copy.close()
        if found != ["ok"]:
            raise StoreDamaged(
                "Die Kopie des Datenbestands ist nicht fehlerfrei. Bitte »aktenkundig verify« "
                "ausführen und die Sicherung wiederholen."
            )
    sync(target)


def put_in_place(draft: Path, database: Path) -> None:
    """Replaces the database by `draft` in one step. The draft must be closed, without a log.

    Raises:
        StoreBusy: a program has the database open.
    """
    sync(draft)
    with _alone(database):
        for suffix in _SIDE_FILES:
            Path(f"{database}{suffix}").unlink(missing_ok=True)
        draft.replace(database)
        sync_folder(database.parent)


@contextmanager
def _alone(database: Path) -> Iterator[None]:
    """Holds everybody else off; one that cannot be read holds nobody."""
    if not database.exists():
        yield
        return
    connection = apsw.Connection(str(database))
    try:
        try:
            # Leaves the write-ahead log only where nobody else has the database open.
            connection.pragma("journal_mode", "delete")
            connection.execute("BEGIN EXCLUSIVE")
        except (apsw.BusyError, apsw.LockedError) as error:
            raise StoreBusy(
                "Der Datenbestand ist gerade geöffnet. Bitte »aktenkundig serve« und laufende "
                "Befehle beenden und es dann erneut versuchen."
            ) from error
        except (apsw.NotADBError, apsw.CorruptError):
            pass
        yield
    finally:
        connection.close()


def sync(path: Path) -> None:
    """Makes a file's bytes last."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
