"""Question sets in, figures out: what is found, what is answered, what is rightly left unanswered.

What is asked stands in `assistant.measuring.questionset`, what is drawn from it in
`assistant.measuring.figures`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from assistant.answer import HITS, Parts, answer_question
from assistant.checking.citations import supported_figures
from assistant.checking.polarity import outcome_words
from assistant.drafting import draft_sentences
from assistant.finding.evidence import read_evidence
from assistant.finding.retriever import search
from assistant.measuring.figures import FOUND_AT, Outcome, Ratio, Unchecked, figures_of, medians_of
from assistant.measuring.questionset import QuestionCase, contains, holds_facts
from assistant.types import Answer, AnswerStatus, Label, Reference
from assistant.understanding.question import understand
from index.types import Access, SearchHit
from models.generator import never


@dataclass(frozen=True, slots=True)
class Report:
    """All outcomes of one run, and the figures drawn from them."""

    outcomes: tuple[Outcome, ...]
    unchecked: tuple[Unchecked, ...] = ()
    figures: dict[str, Ratio] = field(default_factory=dict)
    medians_ms: dict[str, float] = field(default_factory=dict)


def evaluate(
    parts: Parts,
    questions: Sequence[QuestionCase],
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
        tuple(outcomes), tuple(unchecked), figures_of(outcomes, unchecked), medians_of(outcomes)
    )


def _ask(parts: Parts, question: QuestionCase, access: Access, *, use_generator: bool) -> Outcome:
    expected = question.expected_sources
    searched = bool(expected) and not question.is_exact and not question.before
    rankings = _rankings(parts, question.text, access) if searched else {}
    ranks = {name: _ranks(parts, access, hits, expected) for name, hits in rankings.items()}
    first = {
        name: _ranks(parts, access, hits[:FOUND_AT], expected) for name, hits in rankings.items()
    }
    answer = answer_question(
        parts,
        question.text,
        access,
        before=_reference(parts, question, access),
        use_generator=use_generator,
    )
    shown = " ".join([answer.text, *(c.quote for c in answer.citations)])
    return Outcome(
        question=question,
        answer=answer,
        found={name: bool(places) for name, places in first.items()},
        ranks=ranks,
        quotes_exact=_quotes_exact(parts, access, answer),
        unsupported=tuple(_unsupported(answer)),
        facts_found=holds_facts(shown, question),
        forbidden_shown=tuple(f for f in question.forbidden_facts if contains(answer.text, f))
        if answer.status is AnswerStatus.ANSWERED
        else (),
    )


def _reference(parts: Parts, question: QuestionCase, access: Access) -> Reference | None:
    """What the question may refer to; the one before is answered without the generator."""
    if not question.before:
        return None
    return answer_question(parts, question.before, access, use_generator=False).reference


def _rankings(parts: Parts, text: str, access: Access) -> dict[str, list[SearchHit]]:
    with parts.store.snapshot():
        vector = parts.embedder.embed_queries([text])[0]
        return {
            "gemischt": search(parts, text, access, HITS)[0],
            "Stichworte": parts.store.keyword_search(access, text, HITS),
            "Vektoren": parts.store.vector_search(access, vector, HITS),
        }


def _ranks(
    parts: Parts, access: Access, hits: Sequence[SearchHit], expected: Sequence[str]
) -> tuple[int, ...]:
    """Ranks of the expected papers among the distinct papers of the hits, from 1."""
    ids = list(dict.fromkeys(hit.passage.document_id for hit in hits))
    summaries = parts.store.summaries(access, ids)
    return tuple(
        rank
        for rank, document_id in enumerate(ids, start=1)
        if document_id in summaries and summaries[document_id].source.endswith(tuple(expected))
    )


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
        if claim.label is Label.ABGELEITET:  # counted by a rule that it names
            continue
        cited = [quotes[n] for n in claim.citations]
        if not _carried(claim.text, cited):
            yield claim.text


def _carried(sentence: str, quotes: Sequence[str]) -> bool:
    return supported_figures(sentence, quotes) and outcome_words(sentence) <= outcome_words(
        "\n".join(quotes)
    )


def _ask_unchecked(parts: Parts, question: QuestionCase, access: Access) -> Unchecked:
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
        ):
            sentences.append(sentence.text)
            if not _carried(sentence.text, [quotes[n] for n in sentence.sources if n in quotes]):
                unsupported.append(sentence.text)
    shown = " ".join(sentences)
    return Unchecked(question, tuple(sentences), tuple(unsupported), holds_facts(shown, question))
