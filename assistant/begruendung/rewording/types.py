"""The shapes of a rewriting."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.begruendung.types import Entwurf


class Umarbeitung(StrEnum):
    """What is to become of a draft; printed, so German."""

    KUERZER = "kuerzer"
    KLARER = "klarer"
    EINFACH = "einfach"
    STICHPUNKTE = "stichpunkte"
    PRAEZEDENZFALL = "praezedenzfall"


@dataclass(frozen=True, slots=True)
class Abgelehnt:
    """A paragraph that stayed as it was: its place, from 1 within the section, and why."""

    schluessel: str
    absatz: int
    grund: str


@dataclass(frozen=True, slots=True)
class Umgearbeitet:
    """A draft after a rewriting.

    Attributes:
        entwurf: the whole draft.
        geaendert: how many of its paragraphs are others than before, or new.
        abgelehnt: the paragraphs that were to be rewritten and are as they were.
    """

    entwurf: Entwurf
    geaendert: int
    abgelehnt: tuple[Abgelehnt, ...]
