"""The audit record: who asked what kind of question when, and what the answer stood on.

One JSON object a line in `<home>/nachweis.jsonl`. Each line carries the hash of the line before
it and its own, so that an edited, removed, moved or inserted line is found. A shortened file is
found only by comparing `AuditLog.head` with a copy kept elsewhere. The words of a question are
never recorded.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import AuditUnwritable

AUDIT_FILE = "nachweis.jsonl"
GENESIS = "0" * 64
OPERATOR = "betreiber"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One recorded act. `action` is "frage", "suche", "einlesen", "loeschen" or "anzeigen"."""

    action: str
    who: str
    mandant: str
    kind: str | None = None
    document_ids: tuple[str, ...] = ()
    generator_id: str | None = None
    prompt_hash: str | None = None
    index_generation: int | None = None


def _now() -> datetime:
    return datetime.now(UTC)


class AuditLog:
    """The record of one home. Processes may write at the same time; a file lock orders them."""

    def __init__(self, home: Path, clock: Callable[[], datetime] = _now) -> None:
        self._path = home / AUDIT_FILE
        self._clock = clock

    def append(self, entry: AuditEntry) -> None:
        """Adds one line.

        Raises:
            AuditUnwritable: the file cannot be opened or the disk is full.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                last, torn = _last_line(descriptor)
                line = _line(entry, self._clock(), _raw_hash(last) if last else GENESIS)
                data = (b"\n" if torn else b"") + line + b"\n"
                if os.write(descriptor, data) != len(data):
                    raise OSError("short write")
            finally:
                os.close(descriptor)
        except OSError as error:
            raise AuditUnwritable(
                f"Der Nachweis {self._path} lässt sich nicht fortschreiben ({error}). "
                "Bitte prüfen Sie Speicherplatz und Rechte; ohne Nachweis wird nicht geantwortet."
            ) from error

    def head(self) -> tuple[int, str]:
        """Number of lines and hash of the last one: the anchor to keep elsewhere."""
        lines = self._lines()
        return len(lines), _raw_hash(lines[-1]) if lines else GENESIS

    def verify(self) -> list[str]:
        """Checks the whole chain; a German sentence for each line that does not fit."""
        problems: list[str] = []
        expected = GENESIS
        for number, raw in enumerate(self._lines(), start=1):
            problem = _check_line(raw, expected)
            if problem:
                problems.append(f"Nachweis, Zeile {number}: {problem}")
            expected = _raw_hash(raw)
        return problems

    def _lines(self) -> list[bytes]:
        try:
            return [line for line in self._path.read_bytes().split(b"\n") if line]
        except FileNotFoundError:
            return []


def _line(entry: AuditEntry, at: datetime, previous: str) -> bytes:
    fields: dict[str, object] = {
        "at": at.isoformat(timespec="milliseconds"),
        "action": entry.action,
        "who": entry.who,
        "mandant": entry.mandant,
        "kind": entry.kind,
        "document_ids": list(entry.document_ids),
        "generator_id": entry.generator_id,
        "prompt_hash": entry.prompt_hash,
        "index_generation": entry.index_generation,
        "previous": previous,
    }
    fields["hash"] = _own_hash(fields)
    return json.dumps(fields, ensure_ascii=False, sort_keys=True).encode()


def _own_hash(fields: dict[str, object]) -> str:
    rest = {name: value for name, value in fields.items() if name != "hash"}
    return _raw_hash(json.dumps(rest, ensure_ascii=False, sort_keys=True).encode())


def _raw_hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


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
