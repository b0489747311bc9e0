"""From found passages to the few sentences that may carry an answer, and whether they do.

The generator is small and answers from near texts when the right one is missing. So it is decided
here, without it, whether the evidence speaks to *this* question: its names and figures, its kind
of answer, and enough of its words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.citations import outcome_words
from assistant.fundstelle import innermost, section_name
from assistant.question import Question, Wanted
from assistant.retriever import Searchable
from assistant.types import Evidence
from index.german import query_terms, terms
from index.types import Access, Document, SearchHit, Span
from ingest.expressions import Kind, find_expressions
from ingest.sentences import split_sentences

PASSAGES_READ = 6
SENTENCES_EMBEDDED = 24
EVIDENCE_LIMIT = 5
MAX_QUOTE_CHARACTERS = 420
MIN_SENTENCE_CHARACTERS = 15
WORD_WEIGHT = 0.5
"""Share of word overlap against cosine in a sentence's score."""
MIN_COVERAGE = 0.45
"""Least share of the question's weighted words that the best passage must hold."""
MIN_COSINE = 0.83
"""Least cosine of the best sentence, for multilingual-e5-small (its cosines lie above 0.7)."""

_VOTE_WORDS = re.compile(
    r"\b(?:gegenstimme\w*|ja-?stimme\w*|nein-?stimme\w*|dagegen|dafür|enthaltung\w*|"
    r"einstimmig\w*|mehrheitlich|"
    r"mit den stimmen|gegen die stimmen?|stimmenmehrheit|ja:|nein:)",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\b(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|halb|ganz|mehr)"
    r"(?:tägig|wöchig|monatig|jährig|stündig|malig|fach|mal)\w*|\b(?:einmal|jährlich|monatlich|täglich|"
    r"wöchentlich|halbjährlich|vierteljährlich|unbefristet)\w*|"
    r"\b(?:ein|eine|einen|einem|einer|eines)\s+(?:Jahr|Monat|Woche|Tag|Stunde|halbe\w*)\w*",
    re.IGNORECASE,
)
_WANTED_KINDS: Mapping[Wanted, frozenset[Kind]] = {
    Wanted.MONEY: frozenset({Kind.MONEY}),
    Wanted.PERCENT: frozenset({Kind.PERCENT, Kind.NUMBER}),
    Wanted.NUMBER: frozenset({Kind.NUMBER, Kind.PERCENT, Kind.MONEY}),
    Wanted.DATE: frozenset({Kind.DATE, Kind.MONTH, Kind.YEAR}),
    Wanted.NORM: frozenset({Kind.NORM}),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a found passage with what speaks for it."""

    hit: SearchHit
    document: Document
    span: Span
    text: str
    coverage: float
    cosine: float = 0.0

    @property
    def score(self) -> float:
        """Word overlap and cosine together; higher is better."""
        return WORD_WEIGHT * self.coverage + (1 - WORD_WEIGHT) * self.cosine


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of the hits: the evidence, and how well it fits the question.

    `objection` is the German reason why the evidence does not answer; None where it may.
    """

    evidence: tuple[Evidence, ...]
    documents: Mapping[str, Document]
    coverage: float
    cosine: float
    objection: str | None


def read_evidence(
    parts: Searchable, question: Question, hits: Sequence[SearchHit], access: Access
) -> Reading:
    """Chooses at most `EVIDENCE_LIMIT` sentences and decides whether they may answer."""
    weights = term_weights(parts, question.text, access)
    documents: dict[str, Document] = {}
    candidates: list[Candidate] = []
    for hit in hits[:PASSAGES_READ]:
        document = documents.get(hit.passage.document_id) or parts.store.document(
            access, hit.passage.document_id
        )
        if document is None:
            continue
        documents[document.id] = document
        candidates += _sentences(document, hit, weights)
    candidates = _with_cosines(parts, question.text, candidates)
    chosen = _choose(candidates)
    summaries = parts.store.summaries(access, list(documents))
    evidence = tuple(
        Evidence(
            number=number,
            hit=candidate.hit,
            span=candidate.span,
            quote=candidate.text,
            document=summaries[candidate.document.id],
            section=_section(candidate),
        )
        for number, candidate in enumerate(chosen, start=1)
    )
    coverage = max((_passage_coverage(c, weights) for c in chosen), default=0.0)
    cosine = max((c.cosine for c in chosen), default=0.0)
    return Reading(
        evidence, documents, coverage, cosine, objection(question, chosen, coverage, cosine)
    )


def term_weights(parts: Searchable, text: str, access: Access) -> dict[str, float]:
    """Inverse document frequency of each search term of `text`; a term nobody uses weighs most."""
    wanted = list(dict.fromkeys(query_terms(text)))
    total = max(parts.store.status(access).passages, 1)
    frequency = parts.store.document_frequency(access, wanted)
    return {term: math.log(1 + total / (1 + frequency.get(term, 0))) for term in wanted}


def _sentences(document: Document, hit: SearchHit, weights: Mapping[str, float]) -> list[Candidate]:
    found = []
    offset = hit.passage.span.start
    for sentence in split_sentences(hit.passage.text):
        span = sentence.shifted(offset)
        text = span.cut(document.text)
        if len(text) < MIN_SENTENCE_CHARACTERS:
            continue
        if len(text) > MAX_QUOTE_CHARACTERS:
            span = Span(span.start, span.start + _last_break(text, MAX_QUOTE_CHARACTERS))
            text = span.cut(document.text)
        found.append(Candidate(hit, document, span, text, coverage_of(text, weights)))
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


def _passage_coverage(candidate: Candidate, weights: Mapping[str, float]) -> float:
    passage = candidate.hit.passage
    around = "\n".join((candidate.document.title, *passage.heading_path, passage.text))
    return coverage_of(around, weights)


def _with_cosines(
    parts: Searchable, question: str, candidates: Sequence[Candidate]
) -> list[Candidate]:
    """Embeds the sentences that share most words with the question, at most so many."""
    by_words = sorted(range(len(candidates)), key=lambda i: (-candidates[i].coverage, i))[
        :SENTENCES_EMBEDDED
    ]
    chosen = [candidates[i] for i in sorted(by_words)]
    if not chosen:
        return []
    asked = parts.embedder.embed_queries([question])[0]
    vectors = parts.embedder.embed_passages([c.text for c in chosen])
    cosines = np.asarray(vectors @ asked, dtype=float)
    return [
        Candidate(c.hit, c.document, c.span, c.text, c.coverage, float(cosine))
        for c, cosine in zip(chosen, cosines, strict=True)
    ]


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


def objection(
    question: Question, chosen: Sequence[Candidate], coverage: float, cosine: float
) -> str | None:
    """Why the chosen sentences do not answer the question; None where they may."""
    if not chosen:
        return "Zu dieser Frage wurde in den Akten nichts gefunden."
    for expression in question.expressions:
        if expression.kind in (Kind.NUMBER, Kind.PERCENT):
            continue
        if not any(_names(candidate, expression.value) for candidate in chosen):
            words = expression.span.cut(question.text).strip()
            return f"„{words}“ kommt in den gefundenen Stellen nicht vor."
    if question.wanted is Wanted.VOTE and not any(_VOTE_WORDS.search(c.text) for c in chosen):
        return "Ein Stimmverhalten ist in den gefundenen Stellen nicht festgehalten."
    if not any(carries(question.wanted, c.text) for c in chosen):
        return f"Die gefundenen Stellen nennen {question.wanted.value}."
    if question.asserted is not None:
        asserted = outcome_words(question.text)
        if not any(asserted & outcome_words(c.hit.passage.text) for c in chosen):
            return "Den Ausgang, von dem die Frage ausgeht, belegen die gefundenen Stellen nicht."
    if coverage < MIN_COVERAGE or cosine < MIN_COSINE:
        return "Die gefundenen Stellen behandeln diese Frage nicht."
    return None


def carries(wanted: Wanted, text: str) -> bool:
    """Whether `text` holds an expression of the kind that the question wants."""
    if wanted is Wanted.VOTE:
        return bool(_VOTE_WORDS.search(text))
    if wanted is Wanted.NUMBER and _MEASURE.search(text):
        return True
    kinds = _WANTED_KINDS.get(wanted)
    return kinds is None or any(e.kind in kinds for e in find_expressions(text))


def _names(candidate: Candidate, value: str) -> bool:
    """Whether sentence, passage, headings, title or date of the paper name the figure."""
    kopf = candidate.document.kopfdaten
    if kopf.datum and kopf.datum.value.isoformat().startswith(value):
        return True
    passage = candidate.hit.passage
    around = "\n".join((candidate.document.title, *passage.heading_path, passage.text))
    return any(
        e.value == value or e.value.startswith(value + "-") or e.value.startswith(value + "/")
        for e in find_expressions(around)
    )
