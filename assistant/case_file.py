"""The shapes of a Vorgang as a page shows it, see `case_desk`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.records.exact import Finding
from assistant.records.timeline import Entry, Record, Standing
from assistant.types import Citation
from index.types import Document, DocumentSummary, Drucksachennummer


@dataclass(frozen=True, slots=True)
class Fact:
    """Words of a header field with the places they stand at."""

    text: str
    places: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Another paper, how it stands to this one, and where that is said.

    `number` leads to its own Vorgang; None where it bears none. `document_id` is "" for a paper
    that is named and not on file.
    """

    name: str
    title: str
    document_id: str
    number: str | None
    places: tuple[Citation, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A conflict with its records side by side."""

    about: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """All that a page tells of one paper's Vorgang."""

    document: Document
    name: str
    subject: Fact
    proposal: Fact | None
    movers: tuple[Fact, ...]
    office: Fact | None
    standing: Standing
    replaced: tuple[str, ...]
    entries: tuple[Entry, ...]
    gaps: tuple[str, ...]
    disputes: tuple[Dispute, ...]
    supplements: tuple[Related, ...]
    versions: tuple[DocumentSummary, ...]
    refers_to: tuple[Related, ...]
    referring: tuple[Related, ...]
    mentions: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What lies under a number.

    Attributes:
        case: the Vorgang, where the number stands for one paper on file or one was picked.
        choices: several papers of the number, to pick from.
        others: papers of the number that are of another kind than was asked for.
        known: what minutes record of a number that no paper on file bears, or why there is none.
        near: numbers that are easily mistaken for it.
        as_of: when a paper was read in last.
    """

    number: Drucksachennummer
    asked: str
    case: Case | None = None
    choices: tuple[Related, ...] = ()
    others: tuple[Related, ...] = ()
    known: Finding | None = None
    near: tuple[str, ...] = ()
    as_of: date | None = None

    @property
    def is_found(self) -> bool:
        """Whether anything is on record of the number."""
        said = self.known is not None and bool(self.known.claims or self.known.nearest)
        return bool(self.case or self.choices or self.others or said)
