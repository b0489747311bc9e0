"""A draft as it goes out: the JSON of command line and HTTP."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from assistant.wire.answers import CitationWire, ClaimWire, StandWire, TableWire
from assistant.wire.form import Wire


class AbsatzWire(Wire):
    """Ein Absatz und woher seine Worte kommen."""

    text: str
    herkunft: Literal["belegt", "abgeleitet", "Angabe der Bearbeitung", "offen"]
    citations: list[int] = Field(description="Nummern der Belege des Entwurfs")


class AbschnittWire(Wire):
    """Ein Abschnitt der Vorlage; nie ohne Absatz."""

    schluessel: str
    titel: str
    pflicht: bool
    absaetze: list[AbsatzWire]


class EntwurfWire(Wire):
    """Ein Entwurf, dessen Sätze geprüft sind."""

    titel: str
    mandant: str
    tag: date
    bearbeitung: str
    schutz: Literal["oeffentlich", "nichtoeffentlich"] = Field(
        description="Die strengste Schutzstufe der Quellen"
    )
    abschnitte: list[AbschnittWire]
    citations: list[CitationWire]
    offen: list[str] = Field(description="Offene Platzhalter, jeder einmal")
    ersetzt: int = Field(description="Absätze, die die Prüfung durch Platzhalter ersetzt hat")
    stand: StandWire


class QuellenWire(Wire):
    """Drucksachen, die als Quelle in Betracht kommen; gewählt wird von Hand."""

    text: str
    claims: list[ClaimWire]
    citations: list[CitationWire]
    table: TableWire | None


class DraftWire(Wire):
    """Ein Entwurf, oder die Quellen, aus denen zuerst zu wählen ist."""

    status: Literal["entworfen", "quellen wählen"]
    entwurf: EntwurfWire | None
    quellen: QuellenWire | None
    name: str | None = Field(default=None, description="Unter diesem Namen abgelegt")
    fassung: int | None = Field(default=None, description="Als welche Fassung")
