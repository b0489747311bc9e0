"""The JSON that command line and HTTP show: one stable form for both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import metadata
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.certainty import is_uncertain
from assistant.types import Answer, Citation, Claim
from index.types import (
    Abstimmung,
    Beratung,
    DocumentSummary,
    Ergebnis,
    SearchHit,
    StoreStatus,
    TopBeschluss,
)


class Wire(BaseModel):
    """Base of the wire models: nothing unnamed goes out."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CitationWire(Wire):
    """Ein Beleg: Worte einer Quelle, aus dem Original geschnitten."""

    n: int = Field(description="Nummer, unter der Sätze auf diesen Beleg verweisen")
    document_id: str
    source: str
    drucksachennummer: str | None
    fundstelle: str
    section: str
    page: int | None = Field(description="Seite, wo die Datei Seiten hat")
    quote: str
    start: int = Field(description="Beginn im Text des Dokuments, in Zeichen")
    end: int
    uncertain: bool = Field(description="Von einer unsicher gelesenen Seite eines Scans")


class ClaimWire(Wire):
    """Ein Satz der Antwort mit den Nummern seiner Belege."""

    text: str
    label: Literal["belegt", "abgeleitet", "nicht belegt"]
    citations: list[int]
    problems: list[str]


class TableWire(Wire):
    """Eine Liste als Tabelle; jede Zeile hat zu jeder Spalte eine Zelle."""

    columns: list[str]
    rows: list[list[str]]


class AnswerWire(Wire):
    """Eine Antwort, deren Sätze geprüft sind, oder der Satz, der sagt, warum es keine gibt."""

    kind: str
    status: Literal["answered", "abstained", "clarify"]
    text: str
    claims: list[ClaimWire]
    citations: list[CitationWire]
    nearest: list[CitationWire] = Field(description="Nächste Fundstellen, wo nichts trägt")
    notes: list[str] = Field(description="Was die Antwort nicht sagt und man wissen sollte")
    table: TableWire | None = Field(description="Eine Liste noch einmal, Zelle für Zelle")
    abstained_because: str | None
    timings_ms: dict[str, float]


class StandWire(Wire):
    """Womit geantwortet wurde; dieselbe Frage ergibt damit dieselbe Antwort."""

    index_generation: int
    generator_id: str | None
    prompt_hash: str | None


MOST_PAPERS = 8


class ReferenceWire(Wire):
    """Worauf sich die nächste Frage beziehen kann: Drucksachen und Art der Frage, kein Wortlaut."""

    papers: list[Annotated[str, Field(max_length=80)]] = Field(max_length=MOST_PAPERS)
    kind: str = Field(max_length=40)


class StampedAnswerWire(AnswerWire):
    """Eine Antwort und womit sie gegeben wurde."""

    reference: ReferenceWire | None
    stand: StandWire


class HitWire(Wire):
    """Eine gefundene Stelle."""

    rank: int
    document_id: str
    source: str
    drucksachennummer: str | None
    title: str
    section: str
    page: int | None
    text: str
    start: int
    end: int
    uncertain: bool = Field(description="Von einer unsicher gelesenen Seite eines Scans")


class SearchWire(Wire):
    """Gefundene Stellen, die beste zuerst."""

    hits: list[HitWire]
    timings_ms: dict[str, float]


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


class GenerationWire(Wire):
    """Die Generation des Index, die antwortet."""

    number: int
    embedder_id: str | None
    chunker: str
    since: str | None


class StatusWire(Wire):
    """Zähler und Stand des Index."""

    version: str
    mandant: str
    documents: int
    superseded: int
    passages: int
    quarantined: int
    index_generation: int
    embedder_id: str | None
    by_art: dict[str, int]
    generation: GenerationWire


NICHT_ERFASST = "nicht erfasst"


def citation_wire(citation: Citation) -> CitationWire:
    """One citation as it goes out."""
    return CitationWire(
        n=citation.number,
        document_id=citation.document_id,
        source=citation.source,
        drucksachennummer=citation.drucksachennummer,
        fundstelle=citation.fundstelle,
        section=citation.section,
        page=citation.page,
        quote=citation.quote,
        start=citation.span.start,
        end=citation.span.end,
        uncertain=citation.uncertain,
    )


def claim_wire(claim: Claim) -> ClaimWire:
    """One sentence as it goes out."""
    return ClaimWire(
        text=claim.text,
        label=claim.label.value,
        citations=list(claim.citations),
        problems=list(claim.problems),
    )


def answer_wire(answer: Answer) -> AnswerWire:
    """An answer as the command line prints it."""
    return AnswerWire(**_answer_fields(answer))


def stamped_answer_wire(answer: Answer) -> StampedAnswerWire:
    """An answer as HTTP sends it."""
    stand = StandWire(
        index_generation=answer.index_generation,
        generator_id=answer.generator_id,
        prompt_hash=answer.prompt_hash,
    )
    known = answer.reference
    reference = None
    if known is not None:
        reference = ReferenceWire(papers=list(known.papers)[:MOST_PAPERS], kind=known.kind)
    return StampedAnswerWire(**_answer_fields(answer), reference=reference, stand=stand)


def _answer_fields(answer: Answer) -> dict[str, Any]:
    return {
        "kind": answer.kind,
        "status": answer.status.value,
        "text": answer.text,
        "claims": [claim_wire(claim) for claim in answer.claims],
        "citations": [citation_wire(citation) for citation in answer.citations],
        "nearest": [citation_wire(citation) for citation in answer.nearest],
        "notes": list(answer.notes),
        "table": answer.table
        and TableWire(
            columns=list(answer.table.columns), rows=[list(row) for row in answer.table.rows]
        ),
        "abstained_because": answer.abstained_because,
        "timings_ms": _rounded(answer.timings_ms),
    }


def search_wire(
    hits: Sequence[SearchHit],
    summaries: Mapping[str, DocumentSummary],
    timings_ms: Mapping[str, float],
) -> SearchWire:
    """Hits as they go out, numbered from 1."""
    shown = [hit for hit in hits if hit.passage.document_id in summaries]
    return SearchWire(
        hits=[
            _hit_wire(rank, hit, summaries[hit.passage.document_id])
            for rank, hit in enumerate(shown, start=1)
        ],
        timings_ms=_rounded(timings_ms),
    )


def _hit_wire(rank: int, hit: SearchHit, document: DocumentSummary) -> HitWire:
    passage = hit.passage
    return HitWire(
        rank=rank,
        document_id=passage.document_id,
        source=document.source,
        drucksachennummer=number_of(document),
        title=document.title,
        section=" › ".join(passage.heading_path),
        page=passage.pages[0] if passage.pages else None,
        text=passage.text,
        start=passage.span.start,
        end=passage.span.end,
        uncertain=is_uncertain(document, passage.span),
    )


def number_of(document: DocumentSummary) -> str | None:
    """The number that a document bears, as officials write it."""
    nummer = document.kopfdaten.nummer
    return str(nummer.value) if nummer else None


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


def program_version() -> str:
    """The version of the installed program."""
    try:
        return metadata.version("aktenkundig")
    except metadata.PackageNotFoundError:
        return "ohne Installation"


def status_wire(status: StoreStatus, mandant: str) -> StatusWire:
    """Counts and stamps as they go out."""
    return StatusWire(
        version=program_version(),
        mandant=mandant,
        documents=status.documents,
        superseded=status.superseded,
        passages=status.passages,
        quarantined=status.quarantined,
        index_generation=status.generation,
        embedder_id=status.embedder_id,
        by_art=dict(status.by_art),
        generation=GenerationWire(
            number=status.build,
            embedder_id=status.embedder_id,
            chunker=status.chunker,
            since=status.build_since,
        ),
    )


def _rounded(timings_ms: Mapping[str, float]) -> dict[str, float]:
    return {step: round(value, 1) for step, value in timings_ms.items()}
