"""From found passages to the few sentences that may carry an answer, and whether they do.

The generator is small and answers from near texts when the right one is missing. So it is decided
here, without it, whether the evidence speaks to *this* question: its names and figures, its kind
of answer, and enough of its words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.citations import outcome_words
from assistant.fundstelle import cite, innermost, section_name
from assistant.question import Question, Wanted
from assistant.retriever import Searchable
from assistant.types import Citation, Evidence
from index.compounds import is_known
from index.german import query_terms, terms
from index.store import Vectors
from index.types import Access, Document, SearchHit, Span
from ingest.expressions import MONTHS, Kind, find_expressions
from ingest.fraktionen import normalise_fraktion
from ingest.sentences import split_sentences

PASSAGES_READ = 6
NEIGHBOUR_DOCUMENTS = 2
NEIGHBOURS_EACH = 2
SENTENCES_EMBEDDED = 32
EVIDENCE_LIMIT = 5
MAX_QUOTE_CHARACTERS = 420
MIN_SENTENCE_CHARACTERS = 15
WORD_WEIGHT = 0.2
"""Share of word overlap against cosine in a sentence's score. Questions of the development set
(31 open and answerable) whose five sentences hold the expected facts: 18 with weight 0.5, six
passages and the sentence embedded alone; 22 with 0.2, eight passages and the title embedded
with the sentence; 23 with two more passages of each of the two best papers instead of the last
two."""
WANTED_BONUS = 0.02
"""Added to a sentence that holds the kind of expression the question wants."""
MIN_COVERAGE = 0.45
MIN_COSINE = 0.83
"""Without a generator: least weighted share of the question's words in the best passage, and least
cosine of the best sentence, for multilingual-e5-small (its cosines lie above 0.7)."""
MIN_FITNESS = 3.0
"""Least sum of the generator's doubt in abstaining, cosine and coverage, each on its scale.
Set on the development set: answerable questions with their evidence lie above 3.0, most others
below."""
COSINE_SCALE = 30.0
COVERAGE_SCALE = 2.0
LITERAL_COVERAGE = 0.8
"""Share of the question's weighted words from which a sentence is shown though the generator would
abstain: it abstains too often where the sentence repeats the question."""
RARE_SHARE = 0.03
"""A word in fewer of the passages than this is taken for particular to a matter."""

_VOTE_WORDS = re.compile(
    r"\b(?:gegenstimme\w*|ja-?stimme\w*|nein-?stimme\w*|dagegen|dafür|enthaltung\w*|"
    r"einstimmig\w*|mehrheitlich|"
    r"mit den stimmen|gegen die stimmen?|stimmenmehrheit|ja:|nein:)",
    re.IGNORECASE,
)
UNRELATED = "Die gefundenen Stellen behandeln diese Frage nicht."
_PERSON = re.compile(r"\b(?:Frau|Herrn?)\s+(?:Dr\.\s+|Prof\.\s+)*([A-ZÄÖÜ][\wäöüß]+)")
_CAPITALISED = re.compile(r"\b[A-ZÄÖÜ][\wäöüß]+")
_PLACE = re.compile(r"\b(?:in|aus|nach|bei|beim|Landschaftsverbands?)\s+([A-ZÄÖÜ][\wäöüß]{3,})")
_APPOSITION = re.compile(r"(?<=[a-zäöüß] )[A-ZÄÖÜ][\wäöüß]+\s+(?=([A-ZÄÖÜ][\wäöüß]{3,}))")
_TIMES = frozenset([*MONTHS, "anfang", "mitte", "ende", "beginn", "sommer", "herbst", "winter"])
_PARTIES = frozenset(["CDU", "CSU", "SPD", "FDP", "BSW", "UWG", "ÖDP"])
_SHARE = re.compile(r"\b(?:hälfte|drittel|viertel|fünftel|zehntel)\w*", re.IGNORECASE)
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

    wanted: bool = False

    @property
    def score(self) -> float:
        """Word overlap and cosine together; higher is better."""
        mixed = WORD_WEIGHT * self.coverage + (1 - WORD_WEIGHT) * self.cosine
        return mixed + WANTED_BONUS * self.wanted

    @property
    def around(self) -> str:
        """The sentence's passage with the title and headings above it."""
        passage = self.hit.passage
        return "\n".join((self.document.title, *passage.heading_path, passage.text))


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of the hits: the evidence, and how well it fits the question.

    `literal` are the whole sentences, no titles, that hold nearly all of the question's words.
    `particular` are the names in the question, which what is cited must speak of. `objection` is
    the German reason why the evidence cannot answer; None where it may.
    """

    evidence: tuple[Evidence, ...]
    documents: Mapping[str, Document]
    particular: tuple[str, ...]
    literal: tuple[Evidence, ...]
    coverage: float
    cosine: float
    objection: str | None


def read_evidence(
    parts: Searchable, question: Question, hits: Sequence[SearchHit], access: Access
) -> Reading:
    """Chooses at most `EVIDENCE_LIMIT` sentences and decides whether they may answer."""
    weights = term_weights(parts, question.text, access)
    asked = parts.embedder.embed_queries([question.text])[0]
    documents: dict[str, Document] = {}
    candidates: list[Candidate] = []
    for hit in [*hits[:PASSAGES_READ], *_neighbours(parts, asked, hits, access)]:
        document = documents.get(hit.passage.document_id) or parts.store.document(
            access, hit.passage.document_id
        )
        if document is None:
            continue
        documents[document.id] = document
        candidates += _sentences(document, hit, weights)
    candidates = _with_cosines(parts, question, asked, candidates)
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
    coverage = max((coverage_of(c.around, weights) for c in chosen), default=0.0)
    cosine = max((c.cosine for c in chosen), default=0.0)
    particular = _particular_words(parts, question.text, access)
    lacking = objection(question, chosen, particular)
    literal = tuple(
        item
        for item, c in zip(evidence, chosen, strict=True)
        if c.coverage >= LITERAL_COVERAGE and c.text.rstrip().endswith((".", "!", ".“"))
    )
    return Reading(evidence, documents, particular, literal, coverage, cosine, lacking)


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
        sentences = _sentences(document, hit, weights) if document else []
        if document and sentences:
            best = max(sentences, key=lambda c: (c.coverage, -c.span.start))
            found.append(cite(len(found) + 1, document, best.span))
    return tuple(found)


def _neighbours(
    parts: Searchable, asked: Vectors, hits: Sequence[SearchHit], access: Access
) -> list[SearchHit]:
    """The passages of the best papers that lie nearest to the question and were not read yet."""
    read = {hit.passage.id for hit in hits[:PASSAGES_READ]}
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


def _particular_words(parts: Searchable, question: str, access: Access) -> tuple[str, ...]:
    """Names in the question: unknown words, acronyms, people, places that few passages name."""
    own = {mandant.upper() for mandant in access.mandanten}
    named = dict.fromkeys(_PERSON.findall(question))
    for word in _CAPITALISED.findall(question):
        if normalise_fraktion(word) != word or word in _PARTIES:
            continue
        acronym = word.isupper() and 3 <= len(word) <= 6
        if word not in own and (acronym or (len(word) >= 4 and not is_known(word.casefold()))):
            named[word] = None
    for place in (*_PLACE.findall(question), *_APPOSITION.findall(question)):
        if place.lower() in _TIMES or is_known(place.casefold()):
            continue
        found = parts.store.document_frequency(access, terms(place)[:1])
        if max(found.values(), default=0) < RARE_SHARE * parts.store.status(access).passages:
            named[place] = None
    return tuple(named)


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
        if len(text) < MIN_SENTENCE_CHARACTERS or ORDER.search(text):
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


def _with_cosines(
    parts: Searchable, question: Question, asked: Vectors, candidates: Sequence[Candidate]
) -> list[Candidate]:
    """Embeds the sentences that share most words with the question, at most so many."""
    by_words = sorted(range(len(candidates)), key=lambda i: (-candidates[i].coverage, i))
    chosen = [candidates[i] for i in sorted(by_words[:SENTENCES_EMBEDDED])]
    if not chosen:
        return []
    vectors = parts.embedder.embed_passages([f"{c.document.title}: {c.text}" for c in chosen])
    cosines = np.asarray(vectors @ asked, dtype=float)
    return [
        replace(
            c,
            cosine=float(cosine),
            wanted=any(carries(wanted, c.text) for wanted in question.wanted),
        )
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
    question: Question, chosen: Sequence[Candidate], particular: Sequence[str]
) -> str | None:
    """What the question names or wants and the chosen sentences lack; None where nothing."""
    if not chosen:
        return "Zu dieser Frage wurde in den Akten nichts gefunden."
    missing = min((unnamed(question, particular, c.around) for c in chosen), key=len)
    if missing:
        return f"„{missing[0]}“ kommt in den gefundenen Stellen nicht vor."
    for wanted in question.wanted:
        if not any(
            carries(wanted, c.text) and not unnamed(question, particular, c.around) for c in chosen
        ):
            return f"Die gefundenen Stellen nennen {wanted.value}."
    if question.asserted is not None:
        asserted = outcome_words(question.text)
        if not any(asserted & outcome_words(c.text) for c in chosen):
            return "Den Ausgang, von dem die Frage ausgeht, belegen die gefundenen Stellen nicht."
    return None


def weak(reading: Reading) -> str | None:
    """Without a generator to ask: why the evidence is too far from the question, or None."""
    if reading.coverage < MIN_COVERAGE or reading.cosine < MIN_COSINE:
        return UNRELATED
    return None


def speaks_to(reading: Reading, refusal: float) -> bool:
    """Whether evidence and generator together leave an answer likely enough to be drafted.

    `refusal` is how likely the generator was to abstain. It alone lets near texts pass, word
    overlap and cosine alone let other words fail; their sum separates better.
    """
    return fitness(reading, refusal) >= MIN_FITNESS


def fitness(reading: Reading, refusal: float) -> float:
    """The sum that `speaks_to` compares."""
    doubt = -math.log(max(refusal, 1e-6))
    return doubt + COSINE_SCALE * (reading.cosine - MIN_COSINE) + COVERAGE_SCALE * reading.coverage


def carries(wanted: Wanted, text: str) -> bool:
    """Whether `text` holds an expression of the kind that the question wants."""
    if wanted is Wanted.VOTE:
        return bool(_VOTE_WORDS.search(text))
    if wanted is Wanted.NUMBER and (_MEASURE.search(text) or _SHARE.search(text)):
        return True
    if wanted is Wanted.PERCENT and _SHARE.search(text):
        return True
    kinds = _WANTED_KINDS.get(wanted)
    return kinds is None or any(e.kind in kinds for e in find_expressions(text))


def unnamed(question: Question, particular: Sequence[str], around: str) -> list[str]:
    """The names, years, days and norms of the question that `around` does not speak of."""
    held = set(terms(around))
    missing = [word for word in particular if not set(terms(word)) & held]
    values = [e.value for e in find_expressions(around)]
    for expression in question.expressions:
        value = expression.value
        if expression.kind not in (Kind.NUMBER, Kind.PERCENT, Kind.MONEY) and not any(
            v == value or v.startswith((value + "-", value + "/")) for v in values
        ):
            missing.append(expression.span.cut(question.text).strip())
    return missing
