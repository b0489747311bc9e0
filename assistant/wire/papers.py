"""Papers, their places and what is on record of them, as they go out."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from assistant.wire.form import Wire
from assistant.wire.status import number_of
from index.types import (
    Abstimmung,
    Beratung,
    DocumentSummary,
    Ergebnis,
    TopBeschluss,
)


class StationWire(Wire):
    """Eine Station der Beratungsfolge."""

    gremium: str
    datum: str | None
    rolle: str | None
    ergebnis: str | None


class DocumentWire(Wire):
    """Der Eintrag eines Dokuments im Register."""

    document_id: str
    source: str
    title: str
    media_type: str
    art: str | None
    drucksachennummer: str | None
    datum: str | None
    visibility: Literal["oeffentlich", "nichtoeffentlich"]
    passages: int
    ingested_at: str
    supersedes: str | None
    superseded_by: str | None
    warnings: list[str]
    uncertain_pages: list[int] = Field(description="Unsicher gelesene Seiten")
    unread_pages: list[int] = Field(description="Seiten, die nicht gelesen werden konnten")


class VoteWire(Wire):
    """Was eine Niederschrift zu einem Gegenstand festhält; nicht gedruckte Zahlen sind null."""

    top: str
    titel: str
    gegenstand: str = Field(description="Worüber, wo es nicht der Punkt selbst ist")
    drucksachen: list[str]
    ergebnis: str
    outcome: str | None
    ja: int | None
    nein: int | None
    enthaltungen: int | None
    einstimmig: bool | None
    stimmen: list[tuple[str, Literal["ja", "nein", "enthaltung"], int | None]] = Field(
        description="Wer wie gestimmt hat, mit Zahl, wo sie gedruckt ist"
    )


class PaperWire(DocumentWire):
    """Ein Papier mit allen Kopfdaten, die seine Datei nennt."""

    antragsteller: list[str]
    dienststelle: str | None
    gremium: str | None
    sitzung: str | None
    tagesordnungspunkt: str | None
    beratungsfolge: list[StationWire]
    ergebnis: str = Field(description="Wortlaut des Ergebnisvermerks oder »nicht erfasst«")
    outcome: str | None = Field(description="Gelesener Ausgang, wo der Wortlaut einen hergibt")
    wirkung: Literal["ersetzt", "aendert", "ergaenzt", "unbekannt"] | None = Field(
        description="Was eine Ergänzung mit der Ausgangsvorlage tut"
    )
    abstimmungen: list[VoteWire] = Field(
        default_factory=list, description="Nur bei Niederschriften, in ihrer Folge"
    )


class MentionWire(Wire):
    """Eine Stelle, an der ein anderes Dokument die Nummer nennt."""

    document_id: str
    source: str
    title: str
    start: int
    end: int


class ShowWire(Wire):
    """Alles, was unter einer Nummer vorliegt."""

    number: str
    found: bool
    papers: list[PaperWire] = Field(description="Gültige Fassungen zuerst")
    mentions: list[MentionWire]
    near: list[str] = Field(description="Ähnliche Nummern, wo es die gefragte nicht gibt")


class DocumentsWire(Wire):
    """Das Register."""

    documents: list[DocumentWire]


NICHT_ERFASST = "nicht erfasst"


def _document_fields(document: DocumentSummary) -> dict[str, Any]:
    kopf = document.kopfdaten
    return {
        "document_id": document.id,
        "source": document.source,
        "title": document.title,
        "media_type": document.media_type,
        "art": kopf.art.value if kopf.art else None,
        "drucksachennummer": number_of(document),
        "datum": kopf.datum.value.isoformat() if kopf.datum else None,
        "visibility": document.visibility.value,
        "passages": document.passages,
        "ingested_at": document.ingested_at,
        "supersedes": document.supersedes,
        "superseded_by": document.superseded_by,
        "warnings": list(document.warnings),
        "uncertain_pages": [page.number for page in document.uncertain],
        "unread_pages": list(document.unread),
    }


def document_wire(document: DocumentSummary) -> DocumentWire:
    """A register entry as it goes out."""
    return DocumentWire(**_document_fields(document))


def paper_wire(document: DocumentSummary) -> PaperWire:
    """A register entry with all its header fields."""
    kopf = document.kopfdaten
    return PaperWire(
        **_document_fields(document),
        antragsteller=[reading.value for reading in kopf.antragsteller],
        dienststelle=kopf.dienststelle.value if kopf.dienststelle else None,
        gremium=kopf.gremium.value if kopf.gremium else None,
        sitzung=kopf.sitzung.value if kopf.sitzung else None,
        tagesordnungspunkt=kopf.tagesordnungspunkt.value if kopf.tagesordnungspunkt else None,
        beratungsfolge=[_station_wire(beratung) for beratung in kopf.beratungsfolge],
        ergebnis=_ergebnis_text(kopf.ergebnis) or NICHT_ERFASST,
        outcome=kopf.ergebnis.outcome.value if kopf.ergebnis and kopf.ergebnis.outcome else None,
        wirkung=_wirkung(document),
        abstimmungen=[
            _vote_wire(beschluss, beschluss.ergebnis)
            for beschluss in kopf.beschluesse
            if beschluss.ergebnis
        ],
    )


def _vote_wire(beschluss: TopBeschluss, ergebnis: Ergebnis) -> VoteWire:
    vote = ergebnis.abstimmung or Abstimmung()
    return VoteWire(
        top=beschluss.top,
        titel=beschluss.titel,
        gegenstand=beschluss.gegenstand,
        drucksachen=[number.key for number in beschluss.drucksachen],
        ergebnis=ergebnis.text,
        outcome=ergebnis.outcome.value if ergebnis.outcome else None,
        ja=vote.ja,
        nein=vote.nein,
        enthaltungen=vote.enthaltungen,
        einstimmig=vote.einstimmig,
        stimmen=[(one.wer, one.abgabe.value, one.zahl) for one in vote.stimmen],
    )


def _wirkung(
    document: DocumentSummary,
) -> Literal["ersetzt", "aendert", "ergaenzt", "unbekannt"] | None:
    """What an Ergänzung does, "unbekannt" where it does not say; None for other papers."""
    read = document.kopfdaten.wirkung
    if read is not None:
        return read.value.value
    return "unbekannt" if document.kopfdaten.ergaenzung else None


def _station_wire(beratung: Beratung) -> StationWire:
    return StationWire(
        gremium=beratung.gremium,
        datum=beratung.datum.isoformat() if beratung.datum else None,
        rolle=beratung.rolle,
        ergebnis=_ergebnis_text(beratung.ergebnis),
    )


def _ergebnis_text(ergebnis: Ergebnis | None) -> str | None:
    return ergebnis.text if ergebnis else None
