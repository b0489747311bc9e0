"""Numbered files in a folder: each is written once, whole, and stays as it is."""

from __future__ import annotations

import os
import re
from pathlib import Path

from assistant.errors import InputInvalid, NotFound

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def draft_folder(home: Path, mandant: str, name: str) -> Path:
    """Where everything about one draft lies; it need not be there yet.

    Raises:
        InputInvalid: a name that is no plain word, and might lead elsewhere.
    """
    for part in (mandant, name):
        if not _NAME.fullmatch(part):
            raise InputInvalid(
                f"»{part}« geht nicht als Name: bitte nur a bis z, Ziffern und Bindestriche."
            )
    return home / "entwuerfe" / mandant / name


def append(folder: Path, kind: str, content: bytes) -> int:
    """Writes the next file of its kind and gives its number, from 1.

    Of two writers at one time each gets a number of its own. Only the owner may read the files:
    a draft can rest on closed papers.

    Raises:
        InputInvalid: the folder takes no file.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        waiting = folder / f".{kind}.{os.getpid()}.{os.urandom(4).hex()}"
        try:
            descriptor = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            return _under_next_number(waiting, folder, kind)
        finally:
            waiting.unlink(missing_ok=True)
    except OSError as error:
        raise InputInvalid(
            f"Der Entwurf lässt sich nicht im Datenverzeichnis ablegen: {error.strerror}."
        ) from error


def _under_next_number(waiting: Path, folder: Path, kind: str) -> int:
    number = len(numbers(folder, kind)) + 1
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
