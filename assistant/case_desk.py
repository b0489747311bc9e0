"""The Vorgang of a number: its papers, its state, its course, what is missing, what belongs to it.

The same records as the answer to "Was liegt zum Antrag 15/224 alles vor?", in order for a page.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.case_file import Case, CaseFile, Dispute, Fact, Related
from assistant.fundstelle import Ledger, paper_name
from assistant.records.course import Conflict, Course, conflicts_of, course_of
from assistant.records.exact import answer_exactly
from assistant.records.fields import cite_title, write_proposal
from assistant.records.following import Followers, followers, names_of
from assistant.records.register import read_number
from assistant.records.supplements import effect_claim, family, later_papers
from assistant.records.timeline import record_of, standing_of, timeline
from assistant.records.vorgang import Papers, art_fits, look_up
from assistant.searching.register import Register
from assistant.types import Citation
from assistant.understanding.question import Question, understand
from assistant.wiring import Parts
from index.store import Store
from index.types import Access, Document, DocumentSummary, Span
from ingest.expressions import find_references

MOST_NAMED = 40


def open_case(
    parts: Parts, register: Register, text: str, access: Access, picked: str = ""
) -> CaseFile:
    """What lies under the number that `text` states ("15/148", "Antrag Nr. 15/148").

    `picked` is the id of one of several papers of the number.

    Raises:
        InputInvalid: `text` states no number.
    """
    store = parts.store
    number = read_number(text)
    label = next((r.label.lower() for r in find_references(text) if r.label), None)
    with store.snapshot():
        papers = look_up(store, access, number, label)
        every = (*papers.found, *papers.other_art)
        chosen = [paper for paper in every if paper.id == picked] or list(papers.found)
        if len(chosen) != 1:
            return _without_case(store, access, papers, label)
        others = tuple(_related(paper) for paper in every if paper.id != chosen[0].id)
        case = _case(store, access, chosen[0])
        as_of = register.view(store, access).as_of
    return CaseFile(number, str(number), case, others=others, as_of=as_of)


def _without_case(store: Store, access: Access, papers: Papers, label: str | None) -> CaseFile:
    asked = f"{label.capitalize()} {papers.number}" if label else str(papers.number)
    if papers.found:
        choices = tuple(_related(paper) for paper in papers.found)
        return CaseFile(papers.number, asked, choices=choices)
    question = f"Was liegt zu {label.capitalize() if label else 'Drucksache'} {papers.number} vor?"
    return CaseFile(
        papers.number,
        asked,
        others=tuple(_related(paper) for paper in papers.other_art),
        known=answer_exactly(store, understand(question), access),
        near=tuple(str(number) for number in papers.near),
    )


def _case(store: Store, access: Access, document: Document) -> Case:
    course = course_of(store, access, document)
    supplements = family(store, access, document)
    kopf = document.kopfdaten
    number = kopf.nummer.value if kopf.nummer else None
    known = {document.id, *(other.id for other in supplements)}
    after = Followers((), ())
    if number is not None:
        after = followers(store, access, number, known, names_of(document))
    summary = store.summaries(access, [document.id])[document.id]
    return Case(
        document=document,
        name=paper_name(document),
        subject=_subject(document),
        proposal=_proposal(store, access, document),
        movers=tuple(_field(document, mover.value, mover.span) for mover in kopf.antragsteller),
        office=_office(document),
        standing=standing_of(course),
        replaced=later_papers(store, access, summary),
        entries=timeline(course, supplements, after),
        gaps=course.gaps,
        disputes=tuple(_dispute(course, conflict) for conflict in conflicts_of(course)),
        supplements=tuple(_supplement(document, other) for other in supplements),
        versions=tuple(_versions(store, access, summary)),
        refers_to=tuple(_refers_to(store, access, document, known)),
        referring=tuple(
            _related(other, places=_line(other, mention.span))
            for other, mention in after.referring[:MOST_NAMED]
        ),
        mentions=tuple(_mentions(store, access, document))[:MOST_NAMED],
    )


def _field(document: Document, words: str, span: Span) -> Fact:
    return Fact(" ".join(words.split()).rstrip("."), _line(document, span))


def _line(document: Document, span: Span) -> tuple[Citation, ...]:
    ledger = Ledger()
    ledger.cite_line(document, span)
    return tuple(ledger.citations)


def _subject(document: Document) -> Fact:
    ledger = Ledger()
    cite_title(document, ledger)
    subject = document.kopfdaten.tagesordnungspunkt
    words = subject.value if subject else document.title
    return Fact(" ".join(words.split()), tuple(ledger.citations))


def _office(document: Document) -> Fact | None:
    office = document.kopfdaten.dienststelle
    return _field(document, office.value, office.span) if office else None


def _proposal(store: Store, access: Access, document: Document) -> Fact | None:
    ledger = Ledger()
    claims, _ = write_proposal(store, access, _NO_QUESTION, document, ledger)
    if not claims:
        return None
    return Fact(ledger.citations[0].quote, tuple(ledger.citations))


_NO_QUESTION: Question = understand("")


def _dispute(course: Course, conflict: Conflict) -> Dispute:
    records = tuple(record_of(course, result) for result in conflict.results)
    return Dispute(conflict.about, records)


def _related(
    document: Document | DocumentSummary, places: tuple[Citation, ...] = (), text: str = ""
) -> Related:
    kopf = document.kopfdaten
    subject = kopf.tagesordnungspunkt
    return Related(
        name=paper_name(document),
        title=" ".join((subject.value if subject else document.title).split()),
        document_id=document.id,
        number=_called(document),
        places=places,
        text=text,
    )


def _called(document: Document | DocumentSummary) -> str | None:
    """What its Vorgang is asked for by: "Antrag 15/211"."""
    kopf = document.kopfdaten
    return f"{kopf.benennung} {kopf.nummer.value}".strip() if kopf.nummer else None


def _supplement(document: Document, other: Document) -> Related:
    ledger = Ledger()
    text = effect_claim(document, other, ledger).text
    return _related(other, tuple(ledger.citations), text)


def _versions(store: Store, access: Access, summary: DocumentSummary) -> Iterator[DocumentSummary]:
    """Earlier versions of the same paper, the latest first."""
    seen = {summary.id}
    earlier = summary.supersedes
    while earlier is not None and earlier not in seen:
        seen.add(earlier)
        found = store.summaries(access, [earlier]).get(earlier)
        if found is None:
            return
        yield found
        earlier = found.supersedes


def _refers_to(
    store: Store, access: Access, document: Document, known: set[str]
) -> Iterator[Related]:
    """The papers that this one names itself, each at its first place; those not on file, too."""
    seen: set[str] = set()
    own = document.kopfdaten.nummer
    for reference in find_references(document.text):
        name = f"{(reference.label or '').lower()} {reference.number.key}"
        if name in seen or len(seen) >= MOST_NAMED:
            continue
        seen.add(name)
        if own is not None and own.value.stem == reference.number.stem:
            continue
        places = _line(document, reference.span)
        bearers = store.by_number(access, reference.number)
        valid = [paper for paper in bearers if paper.superseded_by is None]
        meant = [paper for paper in valid if _is_called(paper, reference.label)]
        for paper in meant:
            if paper.id not in known and paper.id not in seen:
                seen.add(paper.id)
                yield _related(paper, places)
        if not valid and reference.label:
            called = f"{reference.label} {reference.number}"
            yield Related(called, "", "", called, places)


def _is_called(paper: DocumentSummary, label: str | None) -> bool:
    return art_fits(names_of(paper), label.lower() if label else None)


def _mentions(store: Store, access: Access, document: Document) -> Iterator[Related]:
    """Every place in other papers where the number stands, whatever paper is meant there."""
    number = document.kopfdaten.nummer
    if number is None:
        return
    held: dict[str, Document | None] = {}
    for mention in store.mentions(access, number.value):
        if mention.document_id == document.id:
            continue
        if mention.document_id not in held:
            held[mention.document_id] = store.document(access, mention.document_id)
        other = held[mention.document_id]
        if other is not None:
            yield _related(other, _line(other, mention.span))
