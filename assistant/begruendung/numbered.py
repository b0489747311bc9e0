"""Numbered files in a folder: each is written once, whole, and is on the disk when that returns.

Only the erasure of a quoted paper changes one afterwards, see `erasing`.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import InputInvalid, NotFound
from index.chain import sync_folder

FOLDER = "entwuerfe"
REMOVED_FILE = "entwurfsloeschungen.jsonl"
"""Which drafts were deleted and when, as digests: an older backup does not bring them back."""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_MANDANT = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
_LOCK = ".sperre"
_GONE = ".entfernt-"
COMING = ".kommt"
"""Where drafts of a backup wait until they are whole."""


def draft_folder(home: Path, mandant: str, name: str) -> Path:
    """Where everything about one draft lies; it need not be there yet.

    Raises:
        InputInvalid: a name that is no plain word, and might lead elsewhere.
    """
    for part, pattern in ((mandant, _MANDANT), (name, _NAME)):
        if not pattern.fullmatch(part):
            raise InputInvalid(
                f"»{part}« geht nicht als Name: bitte nur a bis z, Ziffern und Bindestriche."
            )
    return home / FOLDER / mandant / name


def mandanten(home: Path) -> tuple[str, ...]:
    """Whose drafts lie in a home."""
    return _folders(home / FOLDER, _MANDANT)


def draft_names(home: Path, mandant: str) -> tuple[str, ...]:
    """The drafts of a Mandant, by name."""
    folder = home / FOLDER / mandant
    return tuple(name for name in _folders(folder, _NAME) if numbers(folder / name, "fassung"))


def _folders(where: Path, pattern: re.Pattern[str]) -> tuple[str, ...]:
    if not where.is_dir():
        return ()
    return tuple(
        sorted(
            path.name for path in where.iterdir() if path.is_dir() and pattern.fullmatch(path.name)
        )
    )


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Waits until nobody else changes drafts of this home, in any process, and keeps them off.

    What a kill left half done goes first.

    Raises:
        InputInvalid: the folder takes no file.
    """
    with spoken():
        make_folder(home / FOLDER)
        descriptor = os.open(home / FOLDER / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        with spoken():
            _sweep(home / FOLDER)
        yield
    finally:
        os.close(descriptor)


def sweep(home: Path) -> None:
    """Removes what a kill left half done, where there is something.

    Raises:
        InputInvalid: the folder takes no file.
    """
    if (home / FOLDER).is_dir() and any(True for _ in _unfinished(home / FOLDER)):
        with alone(home):
            pass


def _unfinished(folder: Path) -> Iterator[Path]:
    if (folder / COMING).is_dir():
        yield folder / COMING
    yield from folder.glob(f"*/{_GONE}*")
    yield from folder.glob("*/*/.*")
    yield from folder.glob("*/.*.*.*")


def _sweep(folder: Path) -> None:
    """Nobody else writes now, so whatever is unfinished was left by a process that is gone."""
    for left in list(_unfinished(folder)):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


@contextmanager
def spoken() -> Iterator[None]:
    """Tells trouble with the disk in German."""
    try:
        yield
    except OSError as error:
        raise InputInvalid(
            f"Der Entwurf lässt sich nicht im Datenverzeichnis ablegen: {error.strerror}."
        ) from error


def append(folder: Path, kind: str, content: bytes) -> int:
    """Writes the next file of its kind and gives its number, from 1.

    Of two writers at one time each gets a number of its own. Only the owner may read the files:
    a draft can rest on closed papers.

    Raises:
        InputInvalid: the folder takes no file.
    """
    with spoken():
        make_folder(folder)
        waiting = _written(folder, kind, content)
        try:
            number = _under_next_number(waiting, folder, kind)
        finally:
            waiting.unlink(missing_ok=True)
        sync_folder(folder)
        return number


def rewrite(folder: Path, kind: str, number: int, content: bytes) -> None:
    """Puts other content under a number that is there, in one step.

    Raises:
        InputInvalid: the folder takes no file.
    """
    with spoken():
        put(_path(folder, kind, number), content)


def put(path: Path, content: bytes) -> None:
    """Writes a file, or replaces it, in one step. Raises OSError."""
    waiting = _written(path.parent, path.name.strip("."), content)
    try:
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)
    sync_folder(path.parent)


def remove(folder: Path) -> None:
    """Takes a folder away, whole: a kill leaves it there, or leaves what `alone` sweeps.

    Raises:
        InputInvalid: the disk refuses.
    """
    with spoken():
        going = folder.with_name(f"{_GONE}{secrets.token_hex(8)}")
        folder.rename(going)
        sync_folder(folder.parent)
        shutil.rmtree(going)


def make_folder(folder: Path) -> None:
    """Makes a folder that only the owner may enter, and its name last. Raises OSError."""
    if not folder.exists():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True, mode=0o700)
        sync_folder(folder.parent)


def _written(folder: Path, kind: str, content: bytes) -> Path:
    """A new file with a name that no reader looks at, on the disk."""
    waiting = folder / f".{kind}.{os.getpid()}.{os.urandom(4).hex()}"
    descriptor = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
    return waiting


def _under_next_number(waiting: Path, folder: Path, kind: str) -> int:
    number = max(numbers(folder, kind), default=0) + 1
    while True:
        try:
            _path(folder, kind, number).hardlink_to(waiting)
            return number
        except FileExistsError:
            number += 1


def numbers(folder: Path, kind: str) -> tuple[int, ...]:
    """The numbers there are, rising; none where there is no folder."""
    wanted = re.compile(rf"{kind}-(\d{{4,}})\.json")
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return tuple(sorted(int(match[1]) for name in names if (match := wanted.fullmatch(name))))


def read(folder: Path, kind: str, number: int) -> bytes:
    """The content of one file.

    Raises:
        NotFound: there is none of that number.
    """
    try:
        return _path(folder, kind, number).read_bytes()
    except OSError:
        raise NotFound(f"Fassung {number} von »{folder.name}« gibt es nicht.") from None


def _path(folder: Path, kind: str, number: int) -> Path:
    return folder / f"{kind}-{number:04d}.json"
