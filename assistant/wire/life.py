"""The JSON of a document's life: states, certificates, explanations."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from assistant.records.schutz import closed_because
from assistant.stock.bestand import Bestand
from assistant.stock.warum import Explanation, Holding
from assistant.wire.form import Wire
from assistant.wire.status import StatusWire, number_of, status_wire
from index.life import Deletion, Depublication
from index.types import Schutzstufe, StoreStatus


class FailedWire(Wire):
    """Eine Datei in Quarantäne."""

    path: str
    code: str
    message: str
    since: str


class PagesWire(Wire):
    """Ein Dokument mit Seiten, die nicht oder schlecht gelesen wurden."""

    document_id: str
    source: str
    warnings: list[str]


class SessionWire(Wire):
    """Eine vergangene Sitzung ohne Niederschrift."""

    gremium: str
    datum: str


class OpenResultWire(Wire):
    """Eine vergangene Beratung, deren Ergebnis nirgends erfasst ist."""

    drucksachennummer: str | None
    source: str
    gremium: str
    datum: str


class DepublishedWire(Wire):
    """Ein Dokument, das niemandem gezeigt wird."""

    document_id: str
    source: str
    title: str
    drucksachennummer: str | None
    reason: str
    who: str
    since: str


class BestandWire(StatusWire):
    """Zähler und was die Betreuung wissen muss."""

    states: dict[str, int] = Field(description="Dokumente und Dateien je Zustand")
    failed: list[FailedWire]
    depublished: list[DepublishedWire]
    pages: list[PagesWire]
    sessions_without_minutes: list[SessionWire]
    without_result: list[OpenResultWire]
    hints: list[str] = Field(description="Was an der Generation des Index zu tun ist")
    faulty_sidecars: list[str] = Field(
        default_factory=list, description="Dokumente, deren Begleitdatei fehlerhaft geworden ist"
    )
    undeclared: int = Field(
        0, description="Nichtöffentlich, weil nichts und niemand sie öffentlich nennt"
    )


class DeletionWire(Wire):
    """Der Nachweis einer Löschung, ohne ein Wort des Gelöschten."""

    nachweis: str
    at: str
    who: str
    mandant: str
    reason: str
    digests: list[str] = Field(description="Prüfsummen der Kennungen; die erste die des Dokuments")
    removed: dict[str, int]
    complete: bool
    lifted: bool


class HoldingWire(Wire):
    """Ein Dokument unter der Nummer."""

    document_id: str
    source: str
    further_sources: list[str]
    title: str
    art: str | None
    state: str
    superseded_by: str | None
    visibility: str
    closed_because: str | None = Field(None, description="Warum es nichtöffentlich ist")
    passages: dict[str, int]
    warnings: list[str]
    reason: str | None
    since: str | None


class WhyWire(Wire):
    """Warum unter einer Nummer etwas nicht gefunden wird."""

    number: str
    documents: list[HoldingWire]
    quarantine: list[FailedWire]
    waiting: list[str]
    mentioned_in: list[str]
    near: list[str]
    deletions: int


def bestand_wire(
    status: StoreStatus, mandant: str, bestand: Bestand, hints: Sequence[str] = ()
) -> BestandWire:
    """The stock as it goes out."""
    return BestandWire(
        **status_wire(status, mandant).model_dump(),
        states={state.value: count for state, count in bestand.states.items()},
        failed=[
            FailedWire(path=e.path, code=e.code, message=e.message, since=e.at)
            for e in bestand.failed
        ],
        depublished=[depublished_wire(item) for item in bestand.depublished],
        pages=[
            PagesWire(document_id=d.id, source=d.source, warnings=list(warnings))
            for d, warnings in bestand.badly_read
        ],
        sessions_without_minutes=[
            SessionWire(gremium=s.gremium, datum=s.datum.isoformat())
            for s in bestand.without_minutes
        ],
        without_result=[
            OpenResultWire(
                drucksachennummer=number_of(s.document),
                source=s.document.source,
                gremium=s.gremium,
                datum=s.datum.isoformat(),
            )
            for s in bestand.without_result
        ],
        hints=list(hints),
        undeclared=bestand.undeclared,
        faulty_sidecars=[document.source for document in bestand.faulty_sidecars],
    )


def depublished_wire(item: Depublication) -> DepublishedWire:
    """A hidden document as the admin sees it."""
    return DepublishedWire(
        document_id=item.entry.id,
        source=item.entry.source,
        title=item.entry.title,
        drucksachennummer=number_of(item.entry),
        reason=item.reason,
        who=item.who,
        since=item.at,
    )


def deletion_wire(deletion: Deletion) -> DeletionWire:
    """A certificate as it goes out."""
    return DeletionWire(
        nachweis=deletion.id,
        at=deletion.at,
        who=deletion.who,
        mandant=deletion.mandant,
        reason=deletion.reason,
        digests=list(deletion.digests),
        removed=dict(deletion.removed),
        complete=deletion.done,
        lifted=deletion.lifted,
    )


def _shows_something(holding: Holding) -> bool:
    """Minutes are closed as a whole as soon as one part of them is."""
    return Schutzstufe.OEFFENTLICH in holding.passages


def why_wire(found: Explanation) -> WhyWire:
    """An explanation as it goes out."""
    return WhyWire(
        number=str(found.number),
        documents=[
            HoldingWire(
                document_id=h.document.id,
                source=h.sources[0],
                further_sources=list(h.sources[1:]),
                title=h.document.title,
                art=h.document.kopfdaten.art.value if h.document.kopfdaten.art else None,
                state=h.state.value,
                superseded_by=h.document.superseded_by,
                visibility=h.document.visibility.value,
                closed_because=None if _shows_something(h) else closed_because(h.document),
                passages={stufe.value: count for stufe, count in h.passages.items()},
                warnings=list(h.document.warnings),
                reason=h.depublication.reason if h.depublication else None,
                since=h.depublication.at if h.depublication else None,
            )
            for h in found.holdings
        ],
        quarantine=[
            FailedWire(path=e.path, code=e.code, message=e.message, since=e.at)
            for e in found.refused
        ],
        waiting=[entry.path for entry in found.waiting],
        mentioned_in=[document.source for document in found.mentioned_in],
        near=[str(number) for number in found.near],
        deletions=found.erased,
    )
