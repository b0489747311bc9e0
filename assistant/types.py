"""The shapes of a question's answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from index.types import DocumentSummary, SearchHit, Span


class AnswerStatus(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    ABSTAINED = "abstained"
    CLARIFY = "clarify"


class Label(StrEnum):
    """What stands behind a shown sentence."""

    BELEGT = "belegt"
    ABGELEITET = "abgeleitet"
    NICHT_BELEGT = "nicht belegt"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence (with what it needs around it) that may carry an answer.

    `number` is the label the generator sees: 1 for "[1]". `quote == document.text[span]`.
    `reading` is a row of a table in words, with its headings and units; "" for prose.
    """

    number: int
    hit: SearchHit
    span: Span
    quote: str
    document: DocumentSummary
    section: str
    reading: str = ""

    @property
    def words(self) -> str:
        """What the evidence says: the reading of a row, else the quote."""
        return self.reading or self.quote


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of a source that carry a claim: `quote == document.text[span]`.

    `fundstelle` is the form officials use; `page` is None where the file has no pages.
    `uncertain`: the words stand on a page that was not surely read; `fundstelle` says so too.
    """

    number: int
    document_id: str
    source: str
    drucksachennummer: str | None
    fundstelle: str
    section: str
    page: int | None
    quote: str
    span: Span
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer. `citations` are numbers of the answer's citations."""

    text: str
    label: Label
    citations: tuple[int, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """An answer as a table: every row has a cell for each column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """What a follow-up may refer to.

    Attributes:
        papers: as officials name them ("Antrag 15/148"); at most a few.
        kind: the kind of the question before.
        listed: the filters of a list, as a question for the same list; "" after another answer.
    """

    papers: tuple[str, ...]
    kind: str
    listed: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown to the person who asked, and what is needed to ask again.

    Attributes:
        kind: the kind of question that was understood ("status", "datum", "offen" …).
        text: the shown sentences joined, or the sentence that says why there are none.
        nearest: the nearest places where nothing carries an answer.
        notes: what an answer does not say and one should know ("Niederschrift liegt nicht vor …").
        table: a list once more, cell by cell.
        reference: what a follow-up may refer to.
        timings_ms: "retrieval", "first_claim" where an open question has one, "total".
    """

    question: str
    kind: str
    status: AnswerStatus
    text: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    abstained_because: str | None = None
    nearest: tuple[Citation, ...] = ()
    notes: tuple[str, ...] = ()
    table: AnswerTable | None = None
    reference: Reference | None = None
    index_generation: int = 0
    generator_id: str | None = None
    prompt_hash: str | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict)
