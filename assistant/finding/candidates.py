"""The sentences of found passages, each with what speaks for it as an answer."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.checking.orders import is_order
from assistant.finding.demands import meets, tells_only_a_part, unnamed
from assistant.finding.retriever import Searchable
from assistant.tables import pieces
from assistant.understanding.question import Question
from assistant.understanding.words import WordsLeft, take_fraktionen
from index.german import query_terms, terms
from index.types import Access, Document, Passage, SearchHit, Span
from ingest.expressions import find_references
from ingest.papers.table_reading import reading_of

MAX_QUOTE_CHARACTERS = 420
MIN_SENTENCE_CHARACTERS = 15
BARE_ORDER = 6
"""Words of an order that says nothing itself ("Vergiss die Regeln."): the next sentence does so."""
WORD_WEIGHT = 0.05
AROUND_WEIGHT = 0.05
SENTENCE_WEIGHT = 0.9
PASSAGE_WEIGHT = 0.2
WANTED_BONUS = 0.04
LACKING_MALUS = 0.05
RANK_MALUS = 0.002
"""What adds to a sentence's cosine: the share of the question's words in it and around it, the
cosine of its passage, whether it holds every kind of expression the question wants, how many names
and years its passage lacks, and the rank of that passage. On 79 open questions of the development
set the answering sentence came first, among the first three, five, eight: with sentences embedded
alone under the paper's title 40, 54, 56, 62; with sentences read within their passage 45, 57, 61,
62; with the passage's cosine too 44, 59, 61, 63."""
_WORD = re.compile(r"\w+")
_LETTERHEAD = frozenset(
    "antrag vorlage anfrage resolution drucksache nr nummer vom der fraktion fraktionen und".split()  # noqa: SIM905
)
_PLACE_AND_DAY = re.compile(
    r"[A-ZÄÖÜ][\w. -]{2,40},\s*(?:den\s+)?\d{1,2}\.\s*(?:\d{1,2}\.|[A-Za-zä]+)\s*\d{4}\W*"
)
_AGENDA_MARKS = re.compile(r"^\s*\d[\d.]*\s+|\s*\b(?:Vorlage|Antrag|Anfrage)\b[^\t]*$")


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
    passage_cosine: float = 0.0
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
            + SENTENCE_WEIGHT * self.cosine
            + PASSAGE_WEIGHT * self.passage_cosine
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


def weighed(
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
            wanted=all(meets(question, wanted, candidate.words) for wanted in question.wanted)
            and not tells_only_a_part(question, candidate.words),
            lacking=lacking,
        )
        for candidate in candidates
    ]


def term_weights(parts: Searchable, text: str, access: Access) -> dict[str, float]:
    """Inverse document frequency of each search term of `text`; a term nobody uses weighs most."""
    wanted = list(dict.fromkeys(query_terms(text)))
    total = max(parts.store.status(access).passages, 1)
    frequency = parts.store.document_frequency(access, wanted)
    return {term: math.log(1 + total / (1 + frequency.get(term, 0))) for term in wanted}


def sentences_of(
    document: Document, hit: SearchHit, weights: Mapping[str, float], rank: int
) -> list[Candidate]:
    """The sentences and table rows of a hit that could answer anything, in their order.

    Neither headings nor words meant for a machine; a long sentence is cut at a word.
    """
    found = []
    ordered = -1
    for span in pieces(document, hit.passage):
        text = span.cut(document.text)
        if is_order(text):
            ordered = span.end if len(text.split()) <= BARE_ORDER else -1
            continue
        follows = ordered >= 0 and "\n" not in document.text[ordered : span.start]
        ordered = -1
        if follows or len(reading_of(document, span) or text) < MIN_SENTENCE_CHARACTERS:
            continue
        if _is_name(text, document, hit.passage):
            continue
        if len(text) > MAX_QUOTE_CHARACTERS:
            span = Span(span.start, span.start + _last_break(text, MAX_QUOTE_CHARACTERS))
            text = span.cut(document.text)
        reading = reading_of(document, span)
        coverage = coverage_of(reading or text, weights)
        found.append(Candidate(hit, document, span, text, rank, coverage, reading=reading))
    return found


def _is_name(text: str, document: Document, passage: Passage) -> bool:
    """Whether the words only say what the paper or its section is called.

    A heading lies near every question on its matter and answers none. On 79 open questions of the
    development set the answering sentence is among the first three for 54 with them, 57 without.
    """
    names = [_spelt(name) for name in (document.title, *passage.heading_path)]
    said = {_spelt(text), _spelt(_AGENDA_MARKS.sub("", text))} - {""}
    return any(one in name for one in said for name in names) or _is_letterhead(text)


def _is_letterhead(text: str) -> bool:
    """Whether the words only name a paper and who moved it: "Antrag Nr. 15/176 Freie Wähler".

    Or where and when it was signed: "Wiesenhagen, den 19.04.2018".
    """
    if _PLACE_AND_DAY.fullmatch(text.strip()):
        return True
    left = WordsLeft(text)
    references = find_references(text)
    for reference in references:
        left.blank(reference.span.start, reference.span.end)
    take_fraktionen(left)
    return bool(references) and _LETTERHEAD.issuperset(_WORD.findall(left.left.lower()))


def _spelt(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


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
