"""The shapes of a review."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from assistant.hausregeln import Hausregeln
from assistant.types import Citation
from index.store import Store
from index.types import Access, Document, Span


class Severity(StrEnum):
    """How much a Befund weighs; printed, so German."""

    FEHLER = "Fehler"
    WARNUNG = "Warnung"
    HINWEIS = "Hinweis"


class BefundArt(StrEnum):
    """The classes of faults."""

    VERWEIS = "verweis"
    ZITAT = "zitat"
    ANGABE = "angabe"
    UEBERHOLT = "ueberholt"
    WIDERSPRUCH = "widerspruch"
    ABSCHNITT = "abschnitt"
    PLATZHALTER = "platzhalter"
    NICHTOEFFENTLICH = "nichtoeffentlich"
    GREMIUM = "gremium"
    LESBARKEIT = "lesbarkeit"
    KOERPERSCHAFT = "koerperschaft"


@dataclass(frozen=True, slots=True)
class Befund:
    """One thing that is wrong, or to be looked at, in a draft.

    Attributes:
        span: where in the draft's text; empty at its end where something is missing.
        reason: a German sentence: what is wrong and what is on record.
        suggestion: words to put there instead, or "".
        citations: what bears the reason out, in stored papers; numbered from 1 in each Befund.
    """

    art: BefundArt
    severity: Severity
    span: Span
    reason: str
    suggestion: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A draft under review, with what it is held against.

    Attributes:
        document: the draft as the readers of ingest give it; it is not stored.
        access: what the reviewing person may see.
        public: whether the draft is to become a public paper.
    """

    document: Document
    store: Store
    access: Access
    rules: Hausregeln
    public: bool = True


Check = Callable[[Reviewed], Iterable[Befund]]
