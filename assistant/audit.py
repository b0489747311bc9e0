"""The audit record: who asked what kind of question when, and what the answer stood on.

One JSON object a line in `<home>/nachweis.jsonl`, chained as `index.chain` says. The words of a
question are never recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from assistant.errors import AuditUnwritable
from index.chain import GENESIS, ChainedFile

__all__ = [
    "AUDIT_FILE",
    "GENESIS",
    "OPERATOR",
    "AuditEntry",
    "AuditLine",
    "AuditLog",
    "Ausgang",
]

AUDIT_FILE = "nachweis.jsonl"
OPERATOR = "betreiber"


class Ausgang(StrEnum):
    """How a question ended. Recorded, so German."""

    BEANTWORTET = "beantwortet"
    NICHT_BELEGT = "nicht belegt"
    RUECKFRAGE = "Rückfrage"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One recorded act.

    `action` is "frage", "wiederholung", "einfach", "suche", "entwurf", "pruefung", "einlesen",
    "loeschen" or "anzeigen"; `outcome` and `ms`, the time it took, are recorded of a question.
    """

    action: str
    who: str
    mandant: str
    kind: str | None = None
    document_ids: tuple[str, ...] = ()
    generator_id: str | None = None
    prompt_hash: str | None = None
    index_generation: int | None = None
    outcome: Ausgang | None = None
    ms: int | None = None


@dataclass(frozen=True, slots=True)
class AuditLine:
    """What a line of the record says. `outcome` is "" and `ms` None where it is older than they."""

    at: str
    action: str
    who: str
    mandant: str
    kind: str | None
    outcome: str
    document_ids: tuple[str, ...]
    ms: int | None = None


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

    def entries(self) -> list[AuditLine]:
        """The readable lines, oldest first; whether the chain holds, only `verify` says."""
        return [line for fields in self._file.entries() if (line := _line(fields)) is not None]

    def verify(self) -> list[str]:
        """Checks the whole chain; a German sentence for each line that does not fit."""
        return [f"Nachweis, Zeile {n}: {problem}" for n, problem in self._file.problems()]


def _line(fields: Mapping[str, object]) -> AuditLine | None:
    """A line as it was read; None where it lacks what every line has."""
    named = [fields.get(name) for name in ("at", "action", "who", "mandant")]
    ids = fields.get("document_ids")
    if not all(isinstance(value, str) for value in named) or not isinstance(ids, list):
        return None
    at, action, who, mandant = map(str, named)
    kind, outcome, ms = fields.get("kind"), fields.get("outcome"), fields.get("ms")
    return AuditLine(
        at,
        action,
        who,
        mandant,
        str(kind) if kind else None,
        str(outcome) if outcome else "",
        tuple(map(str, ids)),
        ms if isinstance(ms, int) else None,
    )


def _fields(entry: AuditEntry, at: datetime) -> dict[str, object]:
    # A line without an outcome looks as it always did.
    outcome = {"outcome": entry.outcome.value} if entry.outcome is not None else {}
    taken = {"ms": entry.ms} if entry.ms is not None else {}
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
        **outcome,
        **taken,
    }
