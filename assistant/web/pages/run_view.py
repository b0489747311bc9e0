"""What the templates of a question are given: the run, and how its parts are addressed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote

from assistant import desk
from assistant.embedders import is_loading
from assistant.fundstelle import quotation
from assistant.types import AnswerTable, Citation, Reference
from assistant.web import problems
from assistant.web.run import Run, State
from assistant.web.runs import Runs
from assistant.wire.answers import LONGEST_LISTED, MOST_PAPERS, ReferenceWire
from assistant.wiring import Parts
from index.types import Access


class Cited(Protocol):
    """A sentence with the numbers of its citations."""

    @property
    def citations(self) -> tuple[int, ...]:
        """Numbers of the answer's citations."""


@dataclass(frozen=True, slots=True)
class Bezug:
    """What the next question may refer to: for the person, and for the form."""

    name: str
    wert: str


def view_of(live: Run, runs: Runs, parts: Parts) -> dict[str, Any]:
    """The values of every template of a run, as it is at this moment."""
    run = live.now()
    total_ms = run.answer.timings_ms.get("total", 0.0) if run.answer else 0.0
    return {
        "lauf": run,
        "ab": len(run.steps),
        "laedt": is_loading(parts.embedder),
        "hier_lauf": run.ident,
        "gespraeche": runs.of(run.access),
        "belege_von": _belege_of(run.citations),
        "dokument": document_address,
        "belegteil": excerpt_address,
        "zitat": quotation,
        "tabelle": filled(run.answer.table) if run.answer and run.answer.table else None,
        "bezug": bezug_of(run.reference),
        "lauf_bezug": bezug.wert if (bezug := bezug_of(run.asking.before)) else "",
        "fehler": _told(run),
        "laengste": desk.LONGEST_QUESTION,
        "sekunden": f"{total_ms / 1000:.1f}".replace(".", ","),
        "einfach": None,
        "nachgereicht": False,
    }


def still_open(parts: Parts, run: Run, access: Access) -> None:
    """Makes a run forget its words where a paper that it quotes is not to be seen any more."""
    wanted = run.document_ids
    if wanted and len(parts.store.summaries(access, sorted(wanted))) < len(wanted):
        run.forget()


def document_address(citation: Citation) -> str:
    """Where the cited words stand in the whole paper."""
    return f"/dokument/{quote(citation.document_id, safe='')}{_place(citation)}"


def excerpt_address(citation: Citation) -> str:
    """The cited words with what stands around them, as a part of a page."""
    return f"/dokument/{quote(citation.document_id, safe='')}/beleg{_place(citation)}"


def _place(citation: Citation) -> str:
    return f"?von={citation.span.start}&bis={citation.span.end}"


def bezug_of(reference: Reference | None) -> Bezug | None:
    """A reference as a form carries it; None where there is nothing to refer to."""
    if reference is None:
        return None
    listed = reference.listed if len(reference.listed) <= LONGEST_LISTED else ""
    papers = list(reference.papers)[:MOST_PAPERS]
    name = ", ".join(filter(None, (*papers, listed)))
    wire = ReferenceWire(papers=papers, kind=reference.kind, listed=listed)
    return Bezug(name, wire.model_dump_json()) if name else None


def filled(table: AnswerTable) -> AnswerTable:
    """The table without columns that no row has anything in."""
    kept = [n for n, _ in enumerate(table.columns) if any(row[n].strip() for row in table.rows)]
    return AnswerTable(
        tuple(table.columns[n] for n in kept),
        tuple(tuple(row[n] for n in kept) for row in table.rows),
    )


def _belege_of(citations: Sequence[Citation]) -> Callable[[Cited], list[Citation]]:
    known = {citation.number: citation for citation in citations}
    return lambda claim: [known[number] for number in claim.citations if number in known]


def _told(run: Run) -> dict[str, Any] | None:
    """What went wrong, where that has a sentence of its own or a number to report."""
    if run.state is not State.FEHLER or run.problem is None:
        return None
    if isinstance(run.problem, problems.Expected):
        return problems.of_error(run.problem)
    return problems.describe_incident(run.ident[:8])
