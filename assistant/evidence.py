"""From found passages to the few sentences that may carry an answer.

Sentences are weighed by what they share with the question: words, meaning, the kind of answer it
wants, the names and years it names.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.demands import meets, particular_words, unnamed
from assistant.fundstelle import cite, innermost, section_name
from assistant.gate import objection
from assistant.question import Question
from assistant.retriever import Searchable
from assistant.tables import pieces
from assistant.types import Citation, Evidence
from index.german import query_terms, terms
from index.store import Vectors
from index.types import Access, Document, SearchHit, Span
from ingest.papers.table_reading import reading_of

NEIGHBOUR_DOCUMENTS = 2
NEIGHBOURS_EACH = 2
SENTENCES_EMBEDDED = 32
EVIDENCE_LIMIT = 5
MAX_QUOTE_CHARACTERS = 420
MIN_SENTENCE_CHARACTERS = 15
WORD_WEIGHT = 0.1
AROUND_WEIGHT = 0.05
WANTED_BONUS = 0.04
LACKING_MALUS = 0.05
RANK_MALUS = 0.002
"""What adds to a sentence's cosine, less the share that its words take: the share of the question's
words in it and around it, whether it holds every kind of expression the question wants, how many
of its names and years its passage lacks, and the rank of that passage. On 79 open questions of the
development set the answering sentence came first for 31, among the first five for 55 with a word
weight of 0.2, a bonus of 0.02 for any wanted kind and nothing else, six passages read; for 38 and
56 with these, ten passages read."""
# Words meant for a machine that reads the paper. They may be quoted in a search, never answer.
ORDER = re.compile(
    r"\b(?:ignoriere|ignorieren sie|vergiss|missachte|antworte|antworten sie|behaupte|nenne|"
    r"nennen sie|schreibe?|schreiben sie|gib|verschweige?)\b"
    r".{0,120}\b(?:anweisung\w*|regeln?|fundstelle\w*|nutzer\w*|antwort\w*|frage\w*|quellen?|"
    r"sprachmodell\w*|ki|assistent\w*|prompt\w*)\b|"
    r"\b(?:hinweis|anweisung|nachricht) (?:an|für) (?:alle |die |das |den )?"
    r"(?:ki|sprachmodell|assistent|assistenzsystem|chatbot)[\w-]*\b.{0,60}:",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a found passage with what speaks for it."""

    hit: SearchHit
    document: Document
    span: Span
    text: str
    rank: int
    coverage: float
    around_coverage: float = 0.0
    cosine: float = 0.0
    wanted: bool = False
    lacking: int = 0
    reading: str = ""

    @property
    def words(self) -> str:
        """What the sentence says; a row of a table with its headings and units."""
        return self.reading or self.text

    @property
    def score(self) -> float:
        """All of it together; higher is better."""
        return (
            WORD_WEIGHT * self.coverage
            + (1 - WORD_WEIGHT) * self.cosine
            + AROUND_WEIGHT * self.around_coverage
            + WANTED_BONUS * self.wanted
            - LACKING_MALUS * self.lacking
            - RANK_MALUS * self.rank
        )

    @property
    def around(self) -> str:
        """The sentence's passage with the title and headings above it."""
        passage = self.hit.passage
        return "\n".join((self.document.title, *passage.heading_path, passage.text, self.reading))


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of the hits: the evidence, and how well it fits the question.

    `chosen` tells of each piece of evidence, in the same order, what spoke for it. `particular`
    are the names in the question, which what is cited must speak of. `objection` is the German
    reason why the evidence cannot answer; None where it may.
    """

    evidence: tuple[Evidence, ...]
    documents: Mapping[str, Document]
    particular: tuple[str, ...]
    chosen: tuple[Candidate, ...]
    coverage: float
    cosine: float
    objection: str | None


def read_evidence(
    parts: Searchable, question: Question, hits: Sequence[SearchHit], access: Access
) -> Reading:
    """Chooses at most `EVIDENCE_LIMIT` sentences and decides whether they may answer."""
    weights = term_weights(parts, question.text, access)
    asked = parts.embedder.embed_queries([question.text])[0]
    particular = particular_words(parts, question.text, access)
    documents: dict[str, Document] = {}
    candidates: list[Candidate] = []
    for rank, hit in enumerate([*hits, *_neighbours(parts, asked, hits, access)]):
        document = documents.get(hit.passage.document_id) or parts.store.document(
            access, hit.passage.document_id
        )
        if document is None:
            continue
        documents[document.id] = document
        candidates += _weighed(
            _sentences(document, hit, weights, rank), question, particular, weights
        )
    chosen = _choose(_with_cosines(parts, asked, candidates))
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
    )


def _weighed(
    candidates: Sequence[Candidate],
    question: Question,
    particular: Sequence[str],
    weights: Mapping[str, float],
) -> list[Candidate]:
    """The sentences of one passage with what they and the words around them tell."""
    if not candidates:
        return []
    around = next((c for c in candidates if c.reading), candidates[0]).around
    coverage = coverage_of(around, weights)
    lacking = len(unnamed(question, particular, around))
    return [
        replace(
            candidate,
            around_coverage=coverage,
            wanted=all(meets(question, wanted, candidate.words) for wanted in question.wanted),
            lacking=lacking,
        )
        for candidate in candidates
    ]


def first_look(
    parts: Searchable, question: Question, hits: Sequence[SearchHit], access: Access
) -> tuple[Citation, ...]:
    """Of each of the best hits the sentence that shares most words with the question.

    Takes no model, so that something is on the screen while the sentences are weighed.
    """
    weights = term_weights(parts, question.text, access)
    found: list[Citation] = []
    for hit in hits[:EVIDENCE_LIMIT]:
        document = parts.store.document(access, hit.passage.document_id)
        sentences = _sentences(document, hit, weights, 0) if document else []
        if document and sentences:
            best = max(sentences, key=lambda c: (c.coverage, -c.span.start))
            found.append(cite(len(found) + 1, document, best.span))
    return tuple(found)


def _neighbours(
    parts: Searchable, asked: Vectors, hits: Sequence[SearchHit], access: Access
) -> list[SearchHit]:
    """The passages of the best papers that lie nearest to the question and were not read yet."""
    read = {hit.passage.id for hit in hits}
    found = []
    for document_id in list(dict.fromkeys(h.passage.document_id for h in hits))[
        :NEIGHBOUR_DOCUMENTS
    ]:
        rest = [p for p in parts.store.passages(access, document_id) if p.id not in read]
        vectors = parts.store.vectors(access, [p.id for p in rest])
        near = sorted(
            (p for p in rest if p.id in vectors),
            key=lambda p: (-float(vectors[p.id] @ asked), p.ordinal),
        )
        found += [SearchHit(passage, 0.0, {}) for passage in near[:NEIGHBOURS_EACH]]
    return found


def term_weights(parts: Searchable, text: str, access: Access) -> dict[str, float]:
    """Inverse document frequency of each search term of `text`; a term nobody uses weighs most."""
    wanted = list(dict.fromkeys(query_terms(text)))
    total = max(parts.store.status(access).passages, 1)
    frequency = parts.store.document_frequency(access, wanted)
    return {term: math.log(1 + total / (1 + frequency.get(term, 0))) for term in wanted}


def _sentences(
    document: Document, hit: SearchHit, weights: Mapping[str, float], rank: int
) -> list[Candidate]:
    found = []
    for span in pieces(document, hit.passage):
        text = span.cut(document.text)
        if len(reading_of(document, span) or text) < MIN_SENTENCE_CHARACTERS or ORDER.search(text):
            continue
        if len(text) > MAX_QUOTE_CHARACTERS:
            span = Span(span.start, span.start + _last_break(text, MAX_QUOTE_CHARACTERS))
            text = span.cut(document.text)
        reading = reading_of(document, span)
        coverage = coverage_of(reading or text, weights)
        found.append(Candidate(hit, document, span, text, rank, coverage, reading=reading))
    return found


def _last_break(text: str, limit: int) -> int:
    """Where to cut a long sentence: behind the last word that fits."""
    cut = text.rfind(" ", 0, limit)
    return cut if cut > 0 else limit


def coverage_of(text: str, weights: Mapping[str, float]) -> float:
    """Share of the weighted question terms that occur in `text`, 0 to 1."""
    total = sum(weights.values())
    if not total:
        return 0.0
    held = set(terms(text))
    return sum(weight for term, weight in weights.items() if term in held) / total


def _with_cosines(
    parts: Searchable, asked: Vectors, candidates: Sequence[Candidate]
) -> list[Candidate]:
    """Embeds the sentences that score best without their cosine, at most so many."""
    by_words = sorted(range(len(candidates)), key=lambda i: (-candidates[i].score, i))
    chosen = [candidates[i] for i in sorted(by_words[:SENTENCES_EMBEDDED])]
    if not chosen:
        return []
    vectors = parts.embedder.embed_passages([f"{c.document.title}: {c.words}" for c in chosen])
    cosines = np.asarray(vectors @ asked, dtype=float)
    return [replace(c, cosine=float(cosine)) for c, cosine in zip(chosen, cosines, strict=True)]


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
