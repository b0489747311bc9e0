"""From found passages to the few sentences that may carry an answer.

Sentences are weighed by what they share with the question: words, meaning, the kind of answer it
wants, the names and years it names.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.finding.candidates import Candidate, sentences_of, term_weights, weighed
from assistant.finding.demands import particular_words
from assistant.finding.gate import objection
from assistant.finding.items import ItemsOfPapers
from assistant.finding.planned import (
    asks_for_header,
    asks_what_happened,
    is_header,
    is_only_planned,
)
from assistant.finding.retriever import Searchable
from assistant.finding.since import Since
from assistant.fundstelle import cite, innermost, section_name
from assistant.records.amendments import Amendment
from assistant.records.vorgang import Result
from assistant.types import Citation, Evidence
from assistant.understanding.question import Question
from index.store import Vectors
from index.types import Access, Document, Passage, SearchHit, Span
from ingest.chunk import embedding_text
from models.generator import never

NEIGHBOUR_DOCUMENTS = 2
NEIGHBOURS_EACH = 2
EVIDENCE_LIMIT = 5
READ_AT_ONCE = 4
"""After so many passages it is asked whether the answer is still wanted: a quarter of a second, on
a busy machine one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of the hits: the evidence, and how well it fits the question.

    `chosen` tells of each piece of evidence, in the same order, what spoke for it. `particular`
    are the names in the question, which what is cited must speak of. `objection` is the German
    reason why the evidence cannot answer; None where it may. `later` has, by the id of a cited
    paper, the Ergänzungen that follow it; by the number of a piece of evidence, `amended` has what
    later statutes order of its provision, `results` what became of the proposal that it is.
    """

    evidence: tuple[Evidence, ...]
    documents: Mapping[str, Document]
    particular: tuple[str, ...]
    chosen: tuple[Candidate, ...]
    coverage: float
    cosine: float
    objection: str | None
    later: Mapping[str, tuple[Document, ...]] = field(default_factory=dict)
    amended: Mapping[int, tuple[Amendment, ...]] = field(default_factory=dict)
    results: Mapping[int, tuple[Result, ...]] = field(default_factory=dict)


def read_evidence(
    parts: Searchable,
    question: Question,
    hits: Sequence[SearchHit],
    access: Access,
    cancelled: Callable[[], bool] = never,
) -> Reading:
    """Chooses at most `EVIDENCE_LIMIT` sentences and decides whether they may answer.

    What a later paper or statute took the place of is no evidence, unless the question names the
    number or asks what was before; nor is a plan of what was decided. Once it is `cancelled`, what
    is left stays unread.
    """
    weights = term_weights(parts, question.text, access)
    asked = parts.embedder.embed_queries([question.text])[0]
    particular = particular_words(parts, question.text, access)
    documents: dict[str, Document] = {}
    since = Since.of(parts.store, access)
    items = ItemsOfPapers(parts.store, access, question.numbers)
    candidates: list[Candidate] = []
    near = [*enumerate([*hits, *_neighbours(parts, asked, hits, access)])]
    for rank, hit in [*near, *_supplementing(parts, asked, hits, since, access)]:
        document = documents.get(hit.passage.document_id) or parts.store.document(
            access, hit.passage.document_id
        )
        if document is None:
            continue
        documents[document.id] = document
        found = [
            sentence
            for sentence in sentences_of(document, hit, weights, rank)
            if items.may_answer(document, sentence.span)
        ]
        valid = _valid(document, found, question, since)
        candidates += weighed(valid, question, particular, weights)
    chosen = _choose(_with_cosines(parts, access, asked, candidates, cancelled))
    summaries = parts.store.summaries(access, list(documents))
    evidence = tuple(
        Evidence(
            number=number,
            hit=candidate.hit,
            span=candidate.span,
            quote=candidate.text,
            document=summaries[candidate.document.id],
            section=_section(candidate),
            reading=candidate.reading,
        )
        for number, candidate in enumerate(chosen, start=1)
    )
    return Reading(
        evidence=evidence,
        documents=documents,
        particular=particular,
        chosen=tuple(chosen),
        coverage=max((c.around_coverage for c in chosen), default=0.0),
        cosine=max((c.cosine for c in chosen), default=0.0),
        objection=objection(question, particular, [(c.words, c.around) for c in chosen]),
        later={c.document.id: since.supplements.later(c.document) for c in chosen},
        amended={e.number: since.amendments.of(documents[e.document.id], e.span) for e in evidence},
        results={e.number: since.results(documents[e.document.id], e.span) for e in evidence},
    )


def first_look(
    parts: Searchable, question: Question, hits: Sequence[SearchHit], access: Access
) -> tuple[Citation, ...]:
    """Of each of the best hits the sentence that shares most words with the question.

    Takes no model, so that something is on the screen while the sentences are weighed.
    """
    weights = term_weights(parts, question.text, access)
    since = Since.of(parts.store, access)
    found: list[Citation] = []
    for hit in hits[:EVIDENCE_LIMIT]:
        document = parts.store.document(access, hit.passage.document_id)
        if document is None:
            continue
        held = sentences_of(document, hit, weights, 0)
        if sentences := _valid(document, held, question, since):
            best = max(sentences, key=lambda c: (c.coverage, -c.span.start))
            found.append(cite(len(found) + 1, document, best.span))
    return tuple(found)


def _valid(
    document: Document,
    candidates: Sequence[Candidate],
    question: Question,
    since: Since,
) -> list[Candidate]:
    """The sentences of a paper that may answer: not outdated, not a plan, not a header."""
    if asks_what_happened(question):
        candidates = [c for c in candidates if not is_only_planned(document, c.span)]
    if not asks_for_header(question):
        candidates = [c for c in candidates if not is_header(document, c.span)]
    number = document.kopfdaten.nummer
    if number is not None and number.value in question.numbers:
        return list(candidates)
    return [c for c in candidates if not since.outdated(document, c.span, question)]


def _neighbours(
    parts: Searchable, asked: Vectors, hits: Sequence[SearchHit], access: Access
) -> list[SearchHit]:
    """The passages of the best papers that lie nearest to the question and were not read yet."""
    read = {hit.passage.id for hit in hits}
    best = list(dict.fromkeys(h.passage.document_id for h in hits))[:NEIGHBOUR_DOCUMENTS]
    return [hit for name in best for hit in _nearest(parts, asked, name, read, access)]


def _supplementing(
    parts: Searchable, asked: Vectors, hits: Sequence[SearchHit], since: Since, access: Access
) -> list[tuple[int, SearchHit]]:
    """What came after the found papers and speaks to the question, ranked as those papers."""
    ranks: dict[str, int] = {}
    for rank, hit in enumerate(hits):
        ranks.setdefault(hit.passage.document_id, rank)
    read = {hit.passage.id for hit in hits}
    found: dict[str, tuple[int, SearchHit]] = {}
    for name, rank in ranks.items():
        document = parts.store.document(access, name)
        for later in since.later(document) if document else ():
            for hit in _nearest(parts, asked, later.id, read, access):
                found.setdefault(hit.passage.id, (rank, hit))
    return list(found.values())


def _nearest(
    parts: Searchable, asked: Vectors, document_id: str, read: Collection[str], access: Access
) -> list[SearchHit]:
    rest = [p for p in parts.store.passages(access, document_id) if p.id not in read]
    vectors = parts.store.vectors(access, [p.id for p in rest])
    near = sorted(
        (p for p in rest if p.id in vectors),
        key=lambda p: (-float(vectors[p.id] @ asked), p.ordinal),
    )
    return [SearchHit(passage, 0.0, {}) for passage in near[:NEIGHBOURS_EACH]]


def _with_cosines(
    parts: Searchable,
    access: Access,
    asked: Vectors,
    candidates: Sequence[Candidate],
    cancelled: Callable[[], bool],
) -> list[Candidate]:
    """How near each sentence, read within its passage, and that passage are to the question."""
    groups: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(candidate.hit.passage.id, []).append(candidate)
    stored = parts.store.vectors(access, list(groups))
    near = {name: float(vector @ asked) for name, vector in stored.items()}
    found: list[Candidate] = []
    waiting = list(groups.values())
    while waiting and not cancelled():
        batch, waiting = waiting[:READ_AT_ONCE], waiting[READ_AT_ONCE:]
        texts = [embedding_text(group[0].document, group[0].hit.passage) for group in batch]
        spans = [
            [_within(text, c.hit.passage, c.span) for c in group]
            for text, group in zip(texts, batch, strict=True)
        ]
        for group, vectors in zip(batch, parts.embedder.embed_parts(texts, spans), strict=True):
            found += [
                replace(c, cosine=float(cosine), passage_cosine=near.get(c.hit.passage.id, 0.0))
                for c, cosine in zip(group, vectors @ asked, strict=True)
            ]
    return found


def _within(text: str, passage: Passage, span: Span) -> tuple[int, int]:
    """Where a span of the document lies in the text that its passage is embedded as."""
    offset = len(text) - len(passage.text) - passage.span.start
    return span.start + offset, span.end + offset


def _choose(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best sentences, best first, none twice (papers quote each other)."""
    chosen: list[Candidate] = []
    seen: set[str] = set()
    for candidate in sorted(candidates, key=lambda c: (-c.score, c.document.id, c.span)):
        key = " ".join(candidate.text.split()).lower()
        if key not in seen:
            seen.add(key)
            chosen.append(candidate)
        if len(chosen) == EVIDENCE_LIMIT:
            break
    return chosen


def _section(candidate: Candidate) -> str:
    section = innermost(candidate.document, candidate.span)
    return section_name(section) if section else ""
