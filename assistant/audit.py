"""The audit record: who asked what kind of question when, and what the answer stood on.

One JSON object a line in `<home>/nachweis.jsonl`, chained as `index.chain` says. The words of a
question are never recorded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import AuditUnwritable
from index.chain import GENESIS, ChainedFile

__all__ = ["AUDIT_FILE", "GENESIS", "OPERATOR", "AuditEntry", "AuditLog"]

AUDIT_FILE = "nachweis.jsonl"
OPERATOR = "betreiber"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One recorded act.

    `action` is "frage", "wiederholung", "einfach", "suche", "einlesen", "loeschen" or "anzeigen".
    """

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
        self._file = ChainedFile(home / AUDIT_FILE)
        self._clock = clock

    def append(self, entry: AuditEntry) -> None:
        """Adds one line.

        Raises:
            AuditUnwritable: the file cannot be opened or the disk is full.
        """
        try:
            self._file.append(_fields(entry, self._clock()))
        except OSError as error:
            raise AuditUnwritable(
                f"Der Nachweis {self._file.path} lässt sich nicht fortschreiben ({error}). "
                "Bitte prüfen Sie Speicherplatz und Rechte; ohne Nachweis wird nicht geantwortet."
            ) from error

    def head(self) -> tuple[int, str]:
        """Number of lines and hash of the last one: the anchor to keep elsewhere."""
        return self._file.head()

    def verify(self) -> list[str]:
        """Checks the whole chain; a German sentence for each line that does not fit."""
        return [f"Nachweis, Zeile {n}: {problem}" for n, problem in self._file.problems()]


def _fields(entry: AuditEntry, at: datetime) -> dict[str, object]:
    return {
        "at": at.isoformat(timespec="milliseconds"),
        "action": entry.action,
        "who": entry.who,
        "mandant": entry.mandant,
        "kind": entry.kind,
        "document_ids": list(entry.document_ids),
        "generator_id": entry.generator_id,
        "prompt_hash": entry.prompt_hash,
        "index_generation": entry.index_generation,
    }
