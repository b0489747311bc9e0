"""Append-only files whose lines are chained by hashes: one JSON object a line.

Each line carries the hash of the line before it and its own, so that an edited, removed, moved or
inserted line is found. A shortened file is found only by comparing `head` with a copy elsewhere.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

GENESIS = "0" * 64


class ChainedFile:
    """One such file. Processes may write at the same time; a file lock orders them.

    With `synced`, a line is on the disk when `append` returns.
    """

    def __init__(self, path: Path, *, synced: bool = False) -> None:
        self.path = path
        self._synced = synced

    def append(self, fields: Mapping[str, object]) -> None:
        """Adds one line, whole or not at all.

        Raises:
            OSError: the file cannot be opened or the disk is full.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = not self.path.exists()
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            last, torn = _last_line(descriptor)
            line = _line(fields, raw_hash(last) if last else GENESIS)
            data = (b"\n" if torn else b"") + line + b"\n"
            before = os.fstat(descriptor).st_size
            try:
                if os.write(descriptor, data) != len(data):
                    raise OSError("short write")
                if self._synced:
                    os.fsync(descriptor)
            except OSError:
                os.ftruncate(descriptor, before)
                raise
        finally:
            os.close(descriptor)
        if fresh and self._synced:
            sync_folder(self.path.parent)

    def head(self) -> tuple[int, str]:
        """Number of lines and hash of the last one: the anchor to keep elsewhere."""
        lines = self._lines()
        return len(lines), raw_hash(lines[-1]) if lines else GENESIS

    def entries(self) -> list[dict[str, object]]:
        """The readable lines in order; the chain's own fields are left in."""
        found = []
        for raw in self._lines():
            try:
                fields = json.loads(raw)
            except ValueError:
                continue
            if isinstance(fields, dict):
                found.append(fields)
        return found

    def problems(self) -> list[tuple[int, str]]:
        """Checks the whole chain; number and German fault of each line that does not fit."""
        found = []
        expected = GENESIS
        for number, raw in enumerate(self._lines(), start=1):
            problem = _check_line(raw, expected)
            if problem:
                found.append((number, problem))
            expected = raw_hash(raw)
        return found

    def _lines(self) -> list[bytes]:
        try:
            return [line for line in self.path.read_bytes().split(b"\n") if line]
        except FileNotFoundError:
            return []


def sync_folder(folder: Path) -> None:
    """Makes names that were just created or replaced in `folder` last."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def raw_hash(line: bytes) -> str:
    """Hash of a line without its end, hexadecimal."""
    return hashlib.sha256(line).hexdigest()


def _line(fields: Mapping[str, object], previous: str) -> bytes:
    whole = {**fields, "previous": previous}
    whole["hash"] = _own_hash(whole)
    return json.dumps(whole, ensure_ascii=False, sort_keys=True).encode()


def _own_hash(fields: Mapping[str, object]) -> str:
    rest = {name: value for name, value in fields.items() if name != "hash"}
    return raw_hash(json.dumps(rest, ensure_ascii=False, sort_keys=True).encode())


def _check_line(raw: bytes, expected_previous: str) -> str | None:
    try:
        fields = json.loads(raw)
    except ValueError:
        return "nicht lesbar (abgebrochen geschrieben oder beschädigt)."
    if not isinstance(fields, dict) or fields.get("hash") != _own_hash(fields):
        return "nachträglich geändert."
    if fields.get("previous") != expected_previous:
        return "schließt nicht an die Zeile davor an (Zeile entfernt, eingefügt oder verschoben)."
    return None


def _last_line(descriptor: int, block: int = 65536) -> tuple[bytes, bool]:
    """The last non-empty line, and whether its newline is missing."""
    end = os.fstat(descriptor).st_size
    tail = b""
    while end > 0:
        start = max(0, end - block)
        tail = os.pread(descriptor, end - start, start) + tail
        end = start
        if b"\n" in tail.rstrip(b"\n"):
            break
    lines: Sequence[bytes] = [line for line in tail.split(b"\n") if line]
    return (lines[-1] if lines else b"", bool(tail) and not tail.endswith(b"\n"))
