"""Question sets in, figures out: what is found, what is answered, what is rightly left unanswered.

A question set is JSONL; the fields are described in tests/eval/README.md. Every figure is a count
over a count, so that a report never hides how many questions stand behind it.
"""

from __future__ import annotations

import json
import re
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from assistant.answer import HITS, Parts, answer_question
from assistant.citations import outcome_words, supported_figures
from assistant.drafting import draft_sentences
from assistant.evidence import read_evidence
from assistant.question import understand
from assistant.retriever import search
from assistant.types import Answer, AnswerStatus
from index.types import Access, SearchHit
from models.generator import never

FOUND_AT = 5

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TestQuestion:
    """One question of a set. `expected_facts`: each inner tuple lists spellings of one fact."""

    id: str
    text: str
    kind: str
    answerable: bool
    expected_sources: tuple[str, ...]
    expected_facts: tuple[tuple[str, ...], ...]
    forbidden_facts: tuple[str, ...]
    accepted_facts: tuple[str, ...] = ()
    expected_status: str | None = None


@dataclass(frozen=True, slots=True)
class Ratio:
    """A count over a count."""

    count: int
    of: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 1 where nothing was to be counted."""
        return self.count / self.of if self.of else 1.0

    def __str__(self) -> str:
        return f"{self.count}/{self.of} ({100 * self.share:.1f} %)"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question."""

    question: TestQuestion
    answer: Answer
    found: dict[str, bool]
    quotes_exact: bool
    unsupported: tuple[str, ...]
    facts_found: bool
    forbidden_shown: tuple[str, ...]

    @property
    def answered(self) -> bool:
        """Whether sentences were shown."""
        return self.answer.status is AnswerStatus.ANSWERED

    @property
    def held_back(self) -> bool:
        """Whether an answerable question was left unanswered.

        To be asked which paper is meant, or to be told that no result is recorded, is an answer
        where the question expects it.
        """
        if self.answered or self.answer.status.value == self.question.expected_status:
            return False
        said = self.question.kind != "offen" and self.question.expected_facts
        return not (said and _holds_facts(self.answer.text, self.question))

    @property
    def rightly_silent(self) -> bool:
        """Whether an unanswerable question was left unanswered or its premise corrected."""
        if self.forbidden_shown:
            return False
        corrected = any(_contains(self.answer.text, f) for f in self.question.accepted_facts)
        return not self.answered or corrected


@dataclass(frozen=True, slots=True)
class Unchecked:
    """The same generator, shown without gate and without checks."""

    question: TestQuestion
    sentences: tuple[str, ...]
    unsupported: tuple[str, ...]
    facts_found: bool


@dataclass(frozen=True, slots=True)
class Report:
    """All outcomes of one run, and the figures drawn from them."""

    outcomes: tuple[Outcome, ...]
    unchecked: tuple[Unchecked, ...] = ()
    figures: dict[str, Ratio] = field(default_factory=dict)
    medians_ms: dict[str, float] = field(default_factory=dict)


def read_questions(path: Path) -> list[TestQuestion]:
    """Reads a question set.

    Raises:
        ValueError: a line is no question; the message names file and line.
    """
    questions = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
            questions.append(
                TestQuestion(
                    id=raw["id"],
                    text=raw["text"],
                    kind=raw["kind"],
                    answerable=raw["answerable"],
                    expected_sources=tuple(raw.get("expected_sources", ())),
                    expected_facts=tuple(
                        (fact,) if isinstance(fact, str) else tuple(fact)
                        for fact in raw.get("expected_facts", ())
                    ),
                    forbidden_facts=tuple(raw.get("forbidden_facts", ())),
                    accepted_facts=tuple(raw.get("accepted_facts", ())),
                    expected_status=raw.get("expected_status"),
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(
                f"{path.name}, Zeile {number}: keine gültige Frage ({error!r})"
            ) from error
    return questions


def evaluate(
    parts: Parts,
    questions: Sequence[TestQuestion],
    access: Access,
    *,
    use_generator: bool = True,
    with_unchecked: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Asks every question and counts. `with_unchecked` runs the bare generator beside it."""
    outcomes: list[Outcome] = []
    unchecked: list[Unchecked] = []
    for done, question in enumerate(questions, start=1):
        outcomes.append(_ask(parts, question, access, use_generator=use_generator))
        if with_unchecked and understand(question.text).kind.value == "offen":
            unchecked.append(_ask_unchecked(parts, question, access))
        if progress:
            progress(done, len(questions))
    return Report(
        tuple(outcomes), tuple(unchecked), _figures(outcomes, unchecked), _medians(outcomes)
    )


def _ask(parts: Parts, question: TestQuestion, access: Access, *, use_generator: bool) -> Outcome:
    found = {}
    if question.expected_sources:
        found = {
            name: _is_among(parts, access, hits[:FOUND_AT], question.expected_sources)
            for name, hits in _rankings(parts, question.text, access).items()
        }
    answer = answer_question(parts, question.text, access, use_generator=use_generator)
    shown = " ".join([answer.text, *(c.quote for c in answer.citations)])
    return Outcome(
        question=question,
        answer=answer,
        found=found,
        quotes_exact=_quotes_exact(parts, access, answer),
        unsupported=tuple(_unsupported(answer)),
        facts_found=_holds_facts(shown, question),
        forbidden_shown=tuple(f for f in question.forbidden_facts if _contains(answer.text, f))
        if answer.status is AnswerStatus.ANSWERED
        else (),
    )


def _rankings(parts: Parts, text: str, access: Access) -> dict[str, list[SearchHit]]:
    with parts.store.snapshot():
        vector = parts.embedder.embed_queries([text])[0]
        return {
            "gemischt": search(parts, text, access, HITS)[0],
            "Stichworte": parts.store.keyword_search(access, text, HITS),
            "Vektoren": parts.store.vector_search(access, vector, HITS),
        }


def _is_among(
    parts: Parts, access: Access, hits: Iterable[SearchHit], expected: Sequence[str]
) -> bool:
    ids = [hit.passage.document_id for hit in hits]
    sources = [s.source for s in parts.store.summaries(access, ids).values()]
    return any(source.endswith(wanted) for source in sources for wanted in expected)


def _quotes_exact(parts: Parts, access: Access, answer: Answer) -> bool:
    for citation in (*answer.citations, *answer.nearest):
        document = parts.store.document(access, citation.document_id)
        if document is None or citation.span.cut(document.text) != citation.quote:
            return False
    return True


def _unsupported(answer: Answer) -> Iterable[str]:
    """Shown sentences with a figure, date, norm, number or outcome that their quotes lack."""
    quotes = {c.number: c.quote for c in answer.citations}
    for claim in answer.claims:
        cited = [quotes[n] for n in claim.citations]
        if not _carried(claim.text, cited):
            yield claim.text


def _carried(sentence: str, quotes: Sequence[str]) -> bool:
    return supported_figures(sentence, quotes) and outcome_words(sentence) <= outcome_words(
        "\n".join(quotes)
    )


def _ask_unchecked(parts: Parts, question: TestQuestion, access: Access) -> Unchecked:
    hits, _ = search(parts, question.text, access, HITS)
    reading = read_evidence(parts, understand(question.text), hits, access)
    sentences: list[str] = []
    unsupported: list[str] = []
    if parts.generator is not None and reading.evidence:
        quotes = {e.number: e.quote for e in reading.evidence}
        for sentence in draft_sentences(
            parts.generator,
            question.text,
            reading.evidence,
            cancelled=never,
            on_first_piece=lambda: None,
        ):
            sentences.append(sentence.text)
            if not _carried(sentence.text, [quotes[n] for n in sentence.sources if n in quotes]):
                unsupported.append(sentence.text)
    shown = " ".join(sentences)
    return Unchecked(question, tuple(sentences), tuple(unsupported), _holds_facts(shown, question))


def _holds_facts(shown: str, question: TestQuestion) -> bool:
    return all(
        any(_contains(shown, spelling) for spelling in fact) for fact in question.expected_facts
    )


def _contains(text: str, fact: str) -> bool:
    """Whether `text` says `fact`; a figure counts only as a whole figure."""
    pattern = re.escape(_norm(fact))
    if fact[:1].isdigit():
        pattern = r"(?<!\d)(?<!\d[.,])" + pattern
    if fact[-1:].isdigit():
        pattern += r"(?![.,]?\d)"
    return re.search(pattern, _norm(text)) is not None


def _norm(text: str) -> str:
    return " ".join(text.split()).lower()


def _figures(outcomes: Sequence[Outcome], unchecked: Sequence[Unchecked]) -> dict[str, Ratio]:
    answerable = [o for o in outcomes if o.question.answerable]
    unanswerable = [o for o in outcomes if not o.question.answerable]
    located = [o for o in outcomes if o.found]
    answered = [o for o in outcomes if o.answered]
    figures = {
        "Zitate wörtlich": _ratio(outcomes, lambda o: o.quotes_exact),
        "Antworten mit unbelegter Angabe": _ratio(answered, lambda o: bool(o.unsupported)),
        "Enthaltung bei Unbeantwortbarem": _ratio(unanswerable, lambda o: o.rightly_silent),
        "Enthaltung bei Beantwortbarem": _ratio(answerable, lambda o: o.held_back),
        "Erwartete Angaben in Antwort oder Beleg": _ratio(
            answerable, lambda o: not o.held_back and o.facts_found
        ),
        "Antworten mit falscher Angabe": _ratio(answered, lambda o: bool(o.forbidden_shown)),
    }
    for name in ("gemischt", "Stichworte", "Vektoren"):
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


def _ratio(items: Sequence[T], holds: Callable[[T], bool]) -> Ratio:
    return Ratio(sum(1 for item in items if holds(item)), len(items))


def _medians(outcomes: Sequence[Outcome]) -> dict[str, float]:
    medians = {}
    for name in ("retrieval", "first_token", "total"):
        values = [o.answer.timings_ms[name] for o in outcomes if name in o.answer.timings_ms]
        if values:
            medians[name] = round(statistics.median(values), 1)
    return medians
