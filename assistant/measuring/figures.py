"""What became of questions, and the figures drawn from it.

Every share is a count over a count with its interval, so that a report never hides how many
questions stand behind it.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from assistant.lists.rows import NOT_COUNTED, SOURCE
from assistant.measuring.questionset import QuestionCase, contains, holds_facts
from assistant.types import Answer, AnswerStatus, Claim, Label

FOUND_AT = 5
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ratio:
    """A count over a count."""

    count: int
    of: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 1 where nothing was to be counted."""
        return self.count / self.of if self.of else 1.0

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true share lies in 95 of 100 such runs (Wilson 1927); (0, 1) for no count."""
        if not self.of:
            return 0.0, 1.0
        n, z = self.of, 1.96
        middle = (self.share + z * z / (2 * n)) / (1 + z * z / n)
        spread = z * math.sqrt(self.share * (1 - self.share) / n + z * z / (4 * n * n))
        half = spread / (1 + z * z / n)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        return f"{self.count}/{self.of} ({100 * self.share:.1f} %)"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question.

    For each way of searching, `found` says whether an expected paper is among the first
    `FOUND_AT` passages, `ranks` which places the expected papers have among the distinct papers of
    the hits, from 1; both empty where the question expects none.
    """

    question: QuestionCase
    answer: Answer
    found: Mapping[str, bool]
    ranks: Mapping[str, tuple[int, ...]]
    quotes_exact: bool
    unsupported: tuple[str, ...]
    facts_found: bool
    forbidden_shown: tuple[str, ...]

    @property
    def answered(self) -> bool:
        """Whether sentences were shown."""
        return self.answer.status is AnswerStatus.ANSWERED

    @property
    def sentences(self) -> list[Claim]:
        """The sentences that were shown as borne out; a count of the register's own is none."""
        return [c for c in self.answer.claims if c.label is not Label.ABGELEITET]

    @property
    def sources_expected(self) -> list[bool]:
        """For each shown quote whether it is from an expected paper."""
        expected = self.question.expected_sources
        return [c.source.endswith(expected) for c in self.answer.citations]

    @property
    def held_back(self) -> bool:
        """Whether an answerable question was left unanswered.

        To be asked which paper is meant, or to be told that no result is recorded, is an answer
        where the question expects it.
        """
        if self.answered or self.answer.status.value == self.question.expected_status:
            return False
        said = self.question.kind != "offen" and self.question.expected_facts
        return not (said and holds_facts(self.answer.text, self.question))

    @property
    def kind_recognised(self) -> bool:
        """Whether the question was taken for what it is."""
        return self.answer.kind == self.question.expected_kind

    @property
    def status_right(self) -> bool:
        """Whether it ended as expected."""
        return self.answer.status.value == self.question.expected_status

    @property
    def list_complete(self) -> bool:
        """Whether a list counts the expected papers and no other, and names apart whom it must."""
        expected = self.question
        if expected.expected_rows is None or not _same_papers(
            listed(self.answer, counted=True), expected.expected_rows
        ):
            return False
        return expected.expected_apart is None or _same_papers(
            listed(self.answer, counted=False), expected.expected_apart
        )

    @property
    def wholly_right(self) -> bool:
        """Whether kind, status, papers and facts are all as expected, and nothing is false."""
        asked = self.question
        if asked.expected_kind is not None and not self.kind_recognised:
            return False
        if asked.expected_status is not None and not self.status_right:
            return False
        if asked.expected_rows is not None and not self.list_complete:
            return False
        if not asked.answerable:
            said = [contains(self.answer.text, fact) for fact in asked.accepted_facts]
            return self.rightly_silent and (any(said) or not said)
        return self.facts_found and not self.forbidden_shown

    @property
    def rightly_silent(self) -> bool:
        """Whether an unanswerable question was left unanswered or its premise corrected."""
        if self.forbidden_shown:
            return False
        corrected = any(contains(self.answer.text, f) for f in self.question.accepted_facts)
        return not self.answered or corrected


def listed(answer: Answer, *, counted: bool) -> list[str]:
    """Sources of the papers of an answer's list, those that are counted or those named apart."""
    if answer.table is None:
        return []
    columns = {name: place for place, name in enumerate(answer.table.columns)}
    return [
        row[columns[SOURCE]]
        for row in answer.table.rows
        if (row[columns[NOT_COUNTED]] == "") is counted
    ]


def _same_papers(sources: Sequence[str], expected: Collection[str]) -> bool:
    """Whether each source is one of the expected papers and each of those is there once."""
    found = [next((e for e in expected if source.endswith(e)), source) for source in sources]
    return sorted(found) == sorted(expected)


@dataclass(frozen=True, slots=True)
class Unchecked:
    """The same generator, shown without gate and without checks."""

    question: QuestionCase
    sentences: tuple[str, ...]
    unsupported: tuple[str, ...]
    facts_found: bool


def figures_of(outcomes: Sequence[Outcome], unchecked: Sequence[Unchecked]) -> dict[str, Ratio]:
    """Every share that a report shows, by its German name."""
    answerable = [o for o in outcomes if o.question.answerable]
    unanswerable = [o for o in outcomes if not o.question.answerable]
    located = [o for o in outcomes if o.ranks]
    answered = [o for o in outcomes if o.answered]
    sentences = [s for o in answered for s in o.sentences]
    quoted = [
        inside for o in answered if o.question.expected_sources for inside in o.sources_expected
    ]
    figures = {
        "Zitate wörtlich": _ratio(outcomes, lambda o: o.quotes_exact),
        "Antworten mit unbelegter Angabe": _ratio(answered, lambda o: bool(o.unsupported)),
        "Enthaltung bei Unbeantwortbarem": _ratio(unanswerable, lambda o: o.rightly_silent),
        "Enthaltung bei Beantwortbarem": _ratio(answerable, lambda o: o.held_back),
        "Erwartete Angaben in Antwort oder Beleg": _ratio(
            answerable, lambda o: not o.held_back and o.facts_found
        ),
        "Sätze mit Beleg": _ratio(sentences, lambda s: bool(s.citations)),
        "Belege aus erwarteter Drucksache": _ratio(quoted, lambda inside: inside),
        "Antworten mit falscher Angabe": _ratio(answered, lambda o: bool(o.forbidden_shown)),
    }
    figures |= _as_understood(outcomes)
    for name in dict.fromkeys(name for o in located for name in o.found):
        hits = sum(1 for o in located if o.found[name])
        figures[f"Dokument unter den ersten {FOUND_AT}: {name}"] = Ratio(hits, len(located))
    if unchecked:
        shown = [u for u in unchecked if u.sentences]
        figures["Ungeprüft: Antworten mit unbelegter Angabe"] = _ratio(
            shown, lambda u: bool(u.unsupported)
        )
        figures["Ungeprüft: Enthaltung bei Unbeantwortbarem"] = _ratio(
            [u for u in unchecked if not u.question.answerable], lambda u: not u.sentences
        )
        figures["Ungeprüft: Enthaltung bei Beantwortbarem"] = _ratio(
            [u for u in unchecked if u.question.answerable], lambda u: not u.sentences
        )
        figures["Ungeprüft: erwartete Angaben in der Antwort"] = _ratio(
            [u for u in unchecked if u.question.answerable], lambda u: u.facts_found
        )
    return figures


def _as_understood(outcomes: Sequence[Outcome]) -> dict[str, Ratio]:
    """Whether questions were taken for what they are; what no question of a set states is left."""
    kinds = [o for o in outcomes if o.question.expected_kind is not None]
    ends = [o for o in outcomes if o.question.expected_status is not None]
    lists = [o for o in outcomes if o.question.expected_rows is not None]
    exact = [o for o in outcomes if o.question.is_exact]
    figures = {
        "Art der Frage erkannt": _ratio(kinds, lambda o: o.kind_recognised),
        "Ausgang wie erwartet": _ratio(ends, lambda o: o.status_right),
        "Listen genau vollständig": _ratio(lists, lambda o: o.list_complete),
        "Exakte Spuren: ganz richtig": _ratio(exact, lambda o: o.wholly_right),
    }
    if kinds or lists:
        figures["Ganz richtig"] = _ratio(outcomes, lambda o: o.wholly_right)
    return {name: ratio for name, ratio in figures.items() if ratio.of}


def by_kind(outcomes: Sequence[Outcome]) -> dict[str, dict[str, Ratio]]:
    """The figures of each kind of question apart, kinds in alphabetical order."""
    kinds = sorted({outcome.question.kind for outcome in outcomes})
    return {
        kind: figures_of([o for o in outcomes if o.question.kind == kind], ()) for kind in kinds
    }


@dataclass(frozen=True, slots=True)
class Retrieval:
    """How well one way of searching finds the expected papers, each between 0 and 1.

    Means over the questions that expect a paper: the share of them found among the first five and
    ten, the reciprocal rank of the first, and nDCG among the first ten (Järvelin and Kekäläinen
    2002, one gain for each expected paper).
    """

    questions: int
    recall_at_5: float
    recall_at_10: float
    mrr_at_10: float
    ndcg_at_10: float


def retrieval_of(outcomes: Sequence[Outcome]) -> dict[str, Retrieval]:
    """The same questions asked of both searches together and of each alone."""
    located = [o for o in outcomes if o.ranks]
    names = list(dict.fromkeys(name for o in located for name in o.ranks))
    return {
        name: mean_retrieval([(o.ranks[name], _expected(o)) for o in located]) for name in names
    }


def _expected(outcome: Outcome) -> int:
    return len(set(outcome.question.expected_sources))


def mean_retrieval(found: Sequence[tuple[tuple[int, ...], int]]) -> Retrieval:
    """Means over questions, each with the ranks (1-based) of what was found and what was due."""

    def mean(values: Iterable[float]) -> float:
        return round(statistics.fmean(values), 4)

    def gain(rank: int) -> float:
        return 1 / math.log2(rank + 1)

    return Retrieval(
        questions=len(found),
        recall_at_5=mean(sum(r <= 5 for r in ranks) / of for ranks, of in found),
        recall_at_10=mean(sum(r <= 10 for r in ranks) / of for ranks, of in found),
        mrr_at_10=mean(1 / min(ranks) if ranks and min(ranks) <= 10 else 0 for ranks, _ in found),
        ndcg_at_10=mean(
            sum(gain(r) for r in ranks if r <= 10) / sum(gain(r) for r in range(1, min(of, 10) + 1))
            for ranks, of in found
        ),
    )


def _ratio(items: Sequence[T], holds: Callable[[T], bool]) -> Ratio:
    return Ratio(sum(1 for item in items if holds(item)), len(items))


def medians_of(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Median milliseconds of each step that was taken."""
    medians = {}
    for name in ("retrieval", "first_claim", "total"):
        values = [o.answer.timings_ms[name] for o in outcomes if name in o.answer.timings_ms]
        if values:
            medians[name] = round(statistics.median(values), 1)
    return medians
