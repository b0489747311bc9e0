"""Kept drafts as they go out, and what is asked of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from assistant.begruendung.mitzeichnung import Zeichen, Zeile, is_complete
from assistant.begruendung.versions import Change, Version
from assistant.wire.entwurf import AbsatzWire, EntwurfWire
from assistant.wire.form import Wire

NAME = r"^[a-z0-9][a-z0-9-]{0,63}$"
LONGEST_PERSON = 200
LONGEST_NOTE = 4000


class FassungWire(Wire):
    """Eine Fassung: wer sie wann weshalb schrieb."""

    name: str
    fassung: int
    at: str
    author: str
    anlass: str = Field(description="„entworfen“, eine Umarbeitung oder „zurück zu Fassung …“")
    schnitte: int = Field(description="So oft wurden Worte gelöschter Dokumente entfernt")


class ZeileWire(Wire):
    """Eine Stelle und ihre letzte Mitzeichnung."""

    stelle: str
    stand: Literal["offen", "galt einer früheren Fassung", "gezeichnet"]
    zeichen: str | None
    name: str | None
    tag: str | None
    fassung: int | None
    vermerk: str


class MitzeichnungWire(Wire):
    """Der Stand der Mitzeichnung zur letzten Fassung."""

    vollstaendig: bool
    stellen: list[ZeileWire]


class KurzWire(Wire):
    """Ein abgelegter Entwurf in der Liste."""

    name: str
    titel: str
    fassung: int = Field(description="Nummer der letzten Fassung")
    at: str
    author: str
    schutz: Literal["oeffentlich", "nichtoeffentlich"] = Field(
        description="Nach den Quellen, wie sie jetzt sind"
    )
    offen: int = Field(description="Zahl der offenen Platzhalter")
    mitgezeichnet: bool


class ListeWire(Wire):
    """Die abgelegten Entwürfe, nach Namen."""

    entwuerfe: list[KurzWire]
    unlesbar: list[str] = Field(description="Namen von Entwürfen, deren Datei beschädigt ist")


class AbgelegtWire(Wire):
    """Eine Fassung eines abgelegten Entwurfs, wie sie jetzt gezeigt werden darf."""

    fassung: FassungWire
    letzte: int = Field(description="Nummer der letzten Fassung; auf sie bezieht sich Änderndes")
    entwurf: EntwurfWire
    verborgen: int = Field(description="Belege, die nicht mehr einsehbar sind")
    hinweise: list[str]
    mitzeichnung: MitzeichnungWire


class FassungenWire(Wire):
    """Die Fassungen eines Entwurfs, die erste zuerst."""

    fassungen: list[FassungWire]


class AenderungWire(Wire):
    """Ein Absatz, der sich unterscheidet."""

    abschnitt: str
    art: Literal["neu", "entfallen", "geändert"]
    vorher: AbsatzWire | None
    nachher: AbsatzWire | None


class VergleichWire(Wire):
    """Was sich von einer Fassung zur anderen geändert hat."""

    name: str
    von: int
    nach: int
    aenderungen: list[AenderungWire]


class GeloeschtWire(Wire):
    """Ein gelöschter Entwurf."""

    deleted: Literal[True]
    name: str
    fassungen: int = Field(description="So viele Fassungen hatte er")


class AbgelehntWire(Wire):
    """Ein Absatz, der blieb, wie er war."""

    schluessel: str
    absatz: int
    grund: str


class UmgearbeitetWire(Wire):
    """Eine Umarbeitung: die neue Fassung als Vergleich; ohne Änderung entsteht keine."""

    fassung: FassungWire | None
    vergleich: VergleichWire | None
    geaendert: int = Field(description="Absätze, die anders oder neu sind")
    abgelehnt: list[AbgelehntWire]


class UmarbeitungBody(Wire):
    """Wie ein Entwurf umgearbeitet werden soll."""

    fassung: int = Field(ge=1, description="Die Fassung, die gelesen wurde")
    art: Literal["kuerzer", "klarer", "einfach", "stichpunkte", "praezedenzfall"]
    abschnitt: str | None = Field(default=None, max_length=100, description="Schlüssel")
    absatz: int | None = Field(default=None, ge=1, description="Absatz des Abschnitts, ab 1")
    name: str = Field(default="", max_length=LONGEST_PERSON, description="Wer ändert")
    generator: bool = Field(
        default=False,
        description="true: Das Sprachmodell darf vorschlagen; geprüft wird alles",
    )


class AuftragBody(Wire):
    """Ein Auftrag; ohne Quellen werden Drucksachen zur Auswahl vorgeschlagen."""

    titel: str = Field(min_length=1, max_length=500)
    stichpunkte: list[str] = Field(default=[], max_length=500)
    beschlussvorschlag: str = Field(default="", max_length=50_000)
    quellen: list[str] = Field(default=[], max_length=200, description="Etwa „Antrag 15/211“")
    oeffentlich: bool = True
    bearbeitung: str = Field(default="", max_length=LONGEST_PERSON)
    als: str | None = Field(default=None, pattern=NAME, description="Legt den Entwurf so ab")
    auf: int | None = Field(
        default=None, ge=1, description="Die Fassung, die er ersetzt; ohne Angabe ein neuer Entwurf"
    )


class BezugBody(Wire):
    """Worauf sich eine Änderung bezieht."""

    fassung: int = Field(ge=1, description="Die Fassung, die gelesen wurde")
    name: str = Field(default="", max_length=LONGEST_PERSON, description="Wer ändert")


class ZeichnungBody(Wire):
    """Eine Mitzeichnung."""

    fassung: int = Field(ge=1, description="Die Fassung, die gelesen wurde")
    stelle: str = Field(min_length=1, max_length=LONGEST_PERSON)
    name: str = Field(min_length=1, max_length=LONGEST_PERSON)
    zeichen: Literal["mitgezeichnet", "mit Auflagen mitgezeichnet", "nicht mitgezeichnet"] = (
        "mitgezeichnet"
    )
    vermerk: str = Field(default="", max_length=LONGEST_NOTE)

    @property
    def sign(self) -> Zeichen:
        """How it is signed."""
        return Zeichen(self.zeichen)


def fassung_wire(name: str, version: Version) -> FassungWire:
    """A version without its words."""
    return FassungWire(
        name=name,
        fassung=version.number,
        at=version.at.isoformat(timespec="seconds"),
        author=version.author,
        anlass=version.anlass,
        schnitte=version.schnitte,
    )


def mitzeichnung_wire(lines: Sequence[Zeile]) -> MitzeichnungWire:
    """Who has signed, as it goes out."""
    return MitzeichnungWire(
        vollstaendig=is_complete(lines),
        stellen=[
            ZeileWire(
                stelle=line.stelle,
                stand=line.stand.value,
                zeichen=line.letzte.zeichen.value if line.letzte else None,
                name=line.letzte.name if line.letzte else None,
                tag=line.letzte.tag.isoformat() if line.letzte else None,
                fassung=line.letzte.fassung if line.letzte else None,
                vermerk=line.letzte.vermerk if line.letzte else "",
            )
            for line in lines
        ],
    )


def aenderung_wire(change: Change) -> AenderungWire:
    """A difference as it goes out."""
    before, after = (
        AbsatzWire(text=a.text, herkunft=a.herkunft.value, citations=list(a.citations))
        if a
        else None
        for a in (change.before, change.after)
    )
    return AenderungWire(
        abschnitt=change.abschnitt, art=change.kind.value, vorher=before, nachher=after
    )
