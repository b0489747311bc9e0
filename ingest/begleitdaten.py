"""What somebody else than the paper itself says of it: a sidecar file, or the council's system.

`ingest.papers.statements` puts them beside what the paper prints.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date

from index.types import Document
from ingest.canonical import clean

STAMP = "; Beigabe "
"""Stands in `Document.parser` between the parser and the digest of the statements."""

NOTE = "Neben dem Papier liegen vor: "
"""Begins the warning that names where the statements come from."""

_MAX_VALUE = 2_000


@dataclass(frozen=True, slots=True)
class Station:
    """One station of the Beratungsfolge as stated. `einzelheiten` are shown beside it."""

    gremium: str
    datum: date | None = None
    rolle: str | None = None
    ergebnis: str | None = None
    einzelheiten: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Begleitdaten:
    """What is stated of one file. Absent is None or ().

    Attributes:
        herkunft: heading under which the statements stand ("Angaben aus …").
        nummer: number of this very paper; an Anlage has none and names its paper in `angaben`.
        oeffentlich: whether somebody said explicitly that the file may or may not be seen by all.
        angaben: further statements as (name, words), shown and found, no header fields.
    """

    herkunft: str
    art: str | None = None
    nummer: str | None = None
    titel: str | None = None
    datum: date | None = None
    antragsteller: tuple[str, ...] = ()
    dienststelle: str | None = None
    gremium: str | None = None
    beratungsfolge: tuple[Station, ...] = ()
    ergebnis: str | None = None
    oeffentlich: bool | None = None
    angaben: tuple[tuple[str, str], ...] = ()

    @property
    def stamp(self) -> str:
        """Changes with any of the statements."""
        return hashlib.sha256(_canonical(self).encode()).hexdigest()[:32]


def _canonical(value: object) -> str:
    """A text that is equal for equal values, whatever the version of Python."""
    if is_dataclass(value):
        return f"({','.join(_canonical(getattr(value, item.name)) for item in fields(value))})"
    if isinstance(value, tuple):
        return f"[{','.join(_canonical(item) for item in value)}]"
    return repr(value.isoformat() if isinstance(value, date) else value)


def stamp_of(document: Document) -> str:
    """The stamp of the statements that a stored document was read with; "" where none."""
    return document.parser.partition(STAMP)[2]


FAULTY = "Fehlerhafte Begleitdatei; bis sie berichtigt ist, gilt das Dokument als nichtöffentlich"
"""Heads the statements about a document whose sidecar turned faulty."""


def until_mended(error: Exception) -> Begleitdaten:
    """What holds for a stored file while the statements beside it cannot be read: it is closed."""
    return Begleitdaten(FAULTY, oeffentlich=False, angaben=(("Grund", str(error)),))


def is_awaiting_mending(warnings: Sequence[str]) -> bool:
    """Whether the warnings of a stored document say that its sidecar is faulty."""
    return f"{NOTE}{FAULTY}." in warnings


def has_statements(warnings: Sequence[str]) -> bool:
    """Whether the warnings of a stored document say that it carries statements."""
    return any(warning.startswith(NOTE) for warning in warnings)


def plain(words: str) -> str:
    """Foreign words as one line of canonical text."""
    return " ".join(clean(words[:_MAX_VALUE]).split())
