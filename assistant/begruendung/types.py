"""The shapes of a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.hausregeln import Abschnitt
from assistant.types import Citation
from index.types import Drucksachennummer, Schutzstufe


class Herkunft(StrEnum):
    """Where the words of a paragraph come from; printed, so German."""

    BELEGT = "belegt"
    ABGELEITET = "abgeleitet"
    EIGEN = "Angabe der Bearbeitung"
    PLATZHALTER = "offen"


@dataclass(frozen=True, slots=True)
class Quelle:
    """A paper that may be used. `art` is the word before the number ("Antrag"), "" for none."""

    nummer: Drucksachennummer
    art: str = ""

    def __str__(self) -> str:
        return f"{self.art} {self.nummer}".strip()


@dataclass(frozen=True, slots=True)
class Auftrag:
    """What is to be drafted, as the person who answers for it wrote it down.

    Attributes:
        stichpunkte: the person's own points; they stand in the draft marked as theirs.
        beschlussvorschlag: their words for it, or "".
        quellen: the papers that may be used, with what is on record of them; nothing else is.
        oeffentlich: whether the draft is to become a public paper.
        bearbeitung: who drafts, as they wish to be named.
    """

    titel: str
    mandant: str
    stichpunkte: tuple[str, ...]
    quellen: tuple[Quelle, ...]
    beschlussvorschlag: str = ""
    oeffentlich: bool = True
    bearbeitung: str = ""


@dataclass(frozen=True, slots=True)
class Absatz:
    """One paragraph. `citations` are numbers of citations of the draft; none unless carried."""

    text: str
    herkunft: Herkunft
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A section of the Mandant's template with its paragraphs; never without one."""

    abschnitt: Abschnitt
    absaetze: tuple[Absatz, ...]


@dataclass(frozen=True, slots=True)
class Entwurf:
    """A draft.

    Attributes:
        citations: quotes cut from the sources, numbered from 1; footnotes and margin evidence.
        schutz: the strictest level of its sources; a closed one must not be exported as public.
        offen: the open placeholders, each once, in order.
        ersetzt: how many paragraphs failed the check and gave way to a placeholder.
        index_generation, generator_id: what it was made with; None where no model took part.
    """

    titel: str
    mandant: str
    tag: date
    abschnitte: tuple[DraftSection, ...]
    citations: tuple[Citation, ...]
    schutz: Schutzstufe
    offen: tuple[str, ...]
    bearbeitung: str
    index_generation: int
    generator_id: str | None = None
    ersetzt: int = 0
