"""Answers and hits as they go out: the JSON of command line and HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from assistant.certainty import is_uncertain
from assistant.types import Answer, Citation, Claim
from assistant.wire.form import Wire
from assistant.wire.status import number_of
from index.types import (
    DocumentSummary,
    SearchHit,
)


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
LONGEST_LISTED = 400


class ReferenceWire(Wire):
    """Worauf sich die nächste Frage beziehen kann: Drucksachen und Art der Frage, kein Wortlaut."""

    papers: list[Annotated[str, Field(max_length=80)]] = Field(max_length=MOST_PAPERS)
    kind: str = Field(max_length=40)
    listed: str = Field(default="", max_length=LONGEST_LISTED, description="Filter einer Liste")


class StampedAnswerWire(AnswerWire):
    """Eine Antwort und womit sie gegeben wurde."""

    reference: ReferenceWire | None
    stand: StandWire
    seal: str = Field(default="", description="Für `/api/plain`: dass die Sätze von hier stammen")


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
    later: list[str] = Field(
        description="Spätere Drucksachen derselben Nummer, etwa „ersetzt durch Vorlage Nr. 15/7/1“"
    )


class SearchWire(Wire):
    """Gefundene Stellen, die beste zuerst."""

    hits: list[HitWire]
    timings_ms: dict[str, float]


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


def stamped_answer_wire(answer: Answer, seal: str = "") -> StampedAnswerWire:
    """An answer as HTTP sends it; `seal` is what its sentences are known by."""
    stand = StandWire(
        index_generation=answer.index_generation,
        generator_id=answer.generator_id,
        prompt_hash=answer.prompt_hash,
    )
    known = answer.reference
    reference = None
    if known is not None:
        listed = known.listed if len(known.listed) <= LONGEST_LISTED else ""
        papers = list(known.papers)[:MOST_PAPERS]
        reference = ReferenceWire(papers=papers, kind=known.kind, listed=listed)
    return StampedAnswerWire(**_answer_fields(answer), reference=reference, stand=stand, seal=seal)


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
    later: Mapping[str, Sequence[str]],
    timings_ms: Mapping[str, float],
) -> SearchWire:
    """Hits as they go out, numbered from 1; `later` says by id what follows a paper."""
    shown = [hit for hit in hits if hit.passage.document_id in summaries]
    return SearchWire(
        hits=[
            _hit_wire(
                rank,
                hit,
                summaries[hit.passage.document_id],
                later.get(hit.passage.document_id, ()),
            )
            for rank, hit in enumerate(shown, start=1)
        ],
        timings_ms=_rounded(timings_ms),
    )


def _hit_wire(
    rank: int, hit: SearchHit, document: DocumentSummary, later: Sequence[str]
) -> HitWire:
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
        later=list(later),
    )


def _rounded(timings_ms: Mapping[str, float]) -> dict[str, float]:
    return {step: round(value, 1) for step, value in timings_ms.items()}
