"""Whose turn it is to ingest, or to reindex: one process of a data home at a time.

Two that read the same new papers at once could each take its own for the first version. The lock
is the kernel's, so that it falls with the process that held it, however that ended.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.connections import storage_error

LOCK = "einlesen.lock"
REINDEX_LOCK = "reindex.lock"


@contextmanager
def ingest_turn(home: Path) -> Iterator[bool]:
    """Yields at once: True with the turn, which ends with the block, or False where another has it.

    Raises:
        StoreError: the home cannot be written.
    """
    with _turn(home, LOCK) as mine:
        yield mine


@contextmanager
def reindex_turn(home: Path) -> Iterator[bool]:
    """The same for building generations of the index; ingest goes on beside it.

    Raises:
        StoreError: the home cannot be written.
    """
    with _turn(home, REINDEX_LOCK) as mine:
        yield mine


@contextmanager
def _turn(home: Path, lock: str) -> Iterator[bool]:
    try:
        home.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(home / lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise storage_error(home, error) from error
    try:
        yield _take(descriptor)
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
