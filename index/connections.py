"""SQLite connections: one for each thread, opened for safety; transactions on them."""

from __future__ import annotations

import logging
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

from index.errors import StoreBusy, StoreDamaged, StoreError, StoreUnavailable

log = logging.getLogger(__name__)

BUSY_TIMEOUT_MS = 30_000
CACHE_KIB = 16_384


@contextmanager
def spoken_errors(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into ours."""
    try:
        yield
    except apsw.BusyError as error:
        raise StoreBusy(
            "Der Datenbestand wird gerade von einem anderen Vorgang beschrieben. "
            "Bitte warten, bis dieser fertig ist, und es dann erneut versuchen."
        ) from error
    except apsw.FullError as error:
        raise StoreUnavailable(
            f"Der Datenträger mit dem Ordner {path.parent} ist voll. Es wurde nichts gespeichert. "
            "Bitte Platz schaffen und es erneut versuchen."
        ) from error
    except (apsw.NotADBError, apsw.CorruptError) as error:
        raise StoreDamaged(
            f"Die Datei {path} ist keine lesbare Datenbank. Bitte die letzte Sicherung einspielen."
        ) from error
    except (apsw.CantOpenError, apsw.ReadOnlyError, apsw.PermissionsError, apsw.IOError) as error:
        raise StoreUnavailable(
            f"Der Datenbestand in {path.parent} lässt sich nicht öffnen oder beschreiben. "
            "Bitte Zugriffsrechte und Datenträger prüfen."
        ) from error


class Connections:
    """Hands every thread its own connection to one database file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._all: weakref.WeakSet[apsw.Connection] = weakref.WeakSet()
        self._lock = threading.Lock()
        self._writing = threading.RLock()
        self._closed = False

    def get(self) -> apsw.Connection:
        """The calling thread's connection."""
        if self._closed:
            raise StoreUnavailable("Der Datenbestand ist bereits geschlossen.")
        connection: apsw.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._open()
            self._local.connection = connection
        return connection

    def _open(self) -> apsw.Connection:
        connection = apsw.Connection(str(self._path))
        connection.set_busy_timeout(BUSY_TIMEOUT_MS)
        connection.pragma("journal_mode", "wal")
        # FULL: a transaction that was acknowledged survives a power cut.
        connection.pragma("synchronous", "full")
        connection.pragma("foreign_keys", True)
        connection.pragma("secure_delete", True)
        connection.pragma("temp_store", "memory")
        connection.pragma("cache_size", -CACHE_KIB)
        connection.create_scalar_function("viewed_build", self._viewed, 0)
        with self._lock:
            self._all.add(connection)
        return connection

    def _viewed(self, *_: object) -> int | None:
        viewed: int | None = getattr(self._local, "viewed", None)
        return viewed

    @contextmanager
    def viewing(self, build: int | None) -> Iterator[None]:
        """Lets the calling thread look at one generation instead of the active one.

        SQL learns of it from `viewed_build()`. None changes nothing.
        """
        before = self._viewed()
        self._local.viewed = before if build is None else build
        try:
            yield
        finally:
            self._local.viewed = before

    @contextmanager
    def reading(self) -> Iterator[apsw.Connection]:
        """A snapshot: everything read inside is of one moment."""
        with spoken_errors(self._path):
            connection = self.get()
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[apsw.Connection]:
        """A write transaction: all of it or nothing. One at a time in this process."""
        with spoken_errors(self._path), self._writing:
            connection = self.get()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def empty_wal(self) -> bool:
        """Moves the write-ahead log into the database and empties it; False while others read."""
        try:
            with self._writing:
                self.get().wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        except (apsw.BusyError, apsw.LockedError):
            log.warning("write-ahead log not emptied: in use")
            return False
        return True

    def close(self) -> None:
        """Closes all connections; the last process to do so removes the write-ahead log."""
        self._closed = True
        with self._lock:
            for connection in list(self._all):
                try:
                    connection.close()
                except apsw.ThreadingViolationError:
                    log.warning("a connection was in use while the store was closed")


def query(connection: apsw.Connection, sql: str, bindings: Any = ()) -> Any:
    """Runs a SELECT; the cursor's values have the types that our STRICT tables promise."""
    return connection.execute(sql, bindings)


def storage_error(path: Path, error: OSError) -> StoreError:
    """The error for a folder that cannot be made or written."""
    return StoreUnavailable(
        f"Der Ordner {path} lässt sich nicht anlegen oder beschreiben ({error.strerror}). "
        "Bitte Zugriffsrechte prüfen oder AKTENKUNDIG_HOME auf einen anderen Ordner setzen."
    )
