"""The papers to choose from before anything is drafted: what each asks for, what became of it.

Sorted by the recorded result alone, of whichever movers; none is chosen beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.begruendung.occasion import body_of, movers_of
from assistant.begruendung.paragraphs import HEADLESS, name_of
from assistant.fundstelle import cite
from assistant.material.precedents import precedents_among
from assistant.records.supplements import later_papers
from assistant.records.vorgang import Result
from assistant.types import Citation
from index.store import Store
from index.types import Access, Document, Outcome, SectionKind, Span
from index.visibility import UNTITLED
from ingest.sentences import split_sentences


class Lager(StrEnum):
    """What is on record of a paper; printed, so German."""

    BESCHLOSSEN = "beschlossen"
    ABGELEHNT = "abgelehnt"
    ANDERS = "anderes Ergebnis"
    EMPFOHLEN = "nur empfohlen"
    OFFEN = "ohne erfasstes Ergebnis"


_CAMPS = {
    Outcome.BESCHLOSSEN: Lager.BESCHLOSSEN,
    Outcome.GEAENDERT: Lager.BESCHLOSSEN,
    Outcome.ABGELEHNT: Lager.ABGELEHNT,
}
_TELLING = (
    SectionKind.BESCHLUSSVORSCHLAG,
    SectionKind.BESCHLUSS,
    SectionKind.ZUSAMMENFASSUNG,
    SectionKind.FRAGE,
    SectionKind.BEGRUENDUNG,
    SectionKind.TEXT,
)
"""Where a paper says what it is about, the most telling first."""
LONGEST_SAID = 500


@dataclass(frozen=True, slots=True)
class Kandidat:
    """A paper that a draft could rest on.

    Attributes:
        quelle: as an Auftrag names it ("Antrag 15/211"); "" where it bears no number.
        sagt: its own words on what it is about; None where no section tells.
        ergebnis: the recorded words that put it into its Lager; None where there are none.
        spaeter: what later papers do to it, in words: "ersetzt durch …".
    """

    document_id: str
    quelle: str
    name: str
    urheber: tuple[str, ...]
    gegenstand: str
    lager: Lager
    sagt: Citation | None
    ergebnis: Citation | None
    spaeter: tuple[str, ...]


def candidates(store: Store, access: Access, papers: Sequence[Document]) -> tuple[Kandidat, ...]:
    """Each of these papers with what it says and what became of it, in the order of the Lager."""
    found = precedents_among(store, access, papers)
    rows = [(_CAMPS.get(_outcome(row.result), Lager.ANDERS), row) for row in found.decided]
    rows += [(Lager.EMPFOHLEN, row) for row in found.recommended]
    rows += [(Lager.OFFEN, row) for row in found.open]
    order = list(Lager)
    rows.sort(key=lambda one: order.index(one[0]))
    entries = store.summaries(access, [row.document.id for _, row in rows])
    return tuple(
        _candidate(
            row.document,
            camp,
            row.result,
            later_papers(store, access, entries[row.document.id])
            if row.document.id in entries
            else (),
        )
        for camp, row in rows
    )


def _outcome(result: Result | None) -> Outcome:
    return (result.ergebnis.outcome if result else None) or Outcome.KENNTNIS


def _candidate(
    paper: Document, camp: Lager, result: Result | None, later: tuple[str, ...]
) -> Kandidat:
    kopf = paper.kopfdaten
    subject = kopf.tagesordnungspunkt
    movers = movers_of(paper)
    if not movers and kopf.dienststelle:
        movers = [" ".join(kopf.dienststelle.value.split())]
    span = said_at(paper)
    number = f"{kopf.benennung or ''} {kopf.nummer.value}".strip() if kopf.nummer else ""
    return Kandidat(
        document_id=paper.id,
        quelle=number,
        name=name_of(paper),
        urheber=tuple(movers),
        gegenstand=" ".join((subject.value if subject else paper.title).split()),
        lager=camp,
        sagt=_cited(paper, span) if span else None,
        ergebnis=_cited(result.document, result.ergebnis.span) if result else None,
        spaeter=later,
    )


def _cited(document: Document, span: Span) -> Citation:
    found = cite(1, document, span)
    return replace(found, fundstelle=found.fundstelle.replace(UNTITLED, HEADLESS))


def said_at(paper: Document) -> Span | None:
    """Whole sentences of the most telling section, as many as fit; None where there are none."""
    for body in _bodies(paper):
        sentences = [one.shifted(body.start) for one in split_sentences(body.cut(paper.text))]
        if not sentences:
            continue
        fitting = [one for one in sentences if one.end - body.start <= LONGEST_SAID]
        last = fitting[-1] if fitting else sentences[0]
        return Span(sentences[0].start, last.end)
    return None


def _bodies(paper: Document) -> Iterator[Span]:
    for kind in _TELLING:
        for section in paper.sections:
            if section.kind is kind:
                yield body_of(paper, section)
