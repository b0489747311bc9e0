"""An answer to an open question: from evidence, by choice and judgement, or honest silence."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from assistant.drafting import draft_sentences
from assistant.finding.choosing import choose
from assistant.finding.evidence import Reading
from assistant.finding.gate import Weighing, weak
from assistant.fundstelle import cite
from assistant.records.exact import Finding
from assistant.types import AnswerStatus, Citation, Evidence
from assistant.understanding.question import Question
from assistant.writer import OnEvent, Writer
from models.errors import ModelError
from models.generator import Generator

log = logging.getLogger(__name__)

NEAREST = 3


def citations_of(reading: Reading, evidence: Sequence[Evidence]) -> tuple[Citation, ...]:
    """The quotes that evidence stands for, under the same numbers."""
    return tuple(cite(e.number, reading.documents[e.document.id], e.span) for e in evidence)


def answer_openly(
    generator: Generator | None,
    question: Question,
    reading: Reading,
    tell: OnEvent,
    cancelled: Callable[[], bool],
    *,
    drafts: bool,
) -> tuple[Finding, bool]:
    """Answers from evidence; the second value says whether the generator took part.

    Without a generator, or where it fails, the sources' own words answer.
    """
    nearest = citations_of(reading, reading.evidence[:NEAREST])
    if reading.objection:
        return _silence(reading.objection, nearest), False
    writer = Writer(question, reading, tell)
    took_part = False
    if generator is not None:
        try:
            _write(generator, writer, cancelled, drafts=drafts)
            took_part = True
        except ModelError as error:
            log.warning("answering without the generator: %s", error.code)
    if cancelled():
        return taken_back(nearest), took_part
    if not took_part:
        if unrelated := weak(reading):
            return _silence(unrelated, nearest), took_part
        writer.quote(reading.evidence)
    if not writer.claims:
        return _silence("Die gefundenen Stellen beantworten diese Frage nicht.", nearest), took_part
    notes = tuple(dict.fromkeys(writer.notes))
    text = " ".join([*(claim.text for claim in writer.claims), *notes])
    claims, cited = tuple(writer.claims), tuple(writer.ledger.citations)
    return Finding(AnswerStatus.ANSWERED, claims, cited, text, notes=notes), took_part


def _write(
    generator: Generator, writer: Writer, cancelled: Callable[[], bool], *, drafts: bool
) -> None:
    """Shows the quotes that the generator chooses and finds to answer, or sentences it drafts.

    Where nothing of that is left, the quote that answers best speaks for itself.
    """
    question, reading = writer.question.text, writer.reading
    weighing = Weighing(generator, question, reading, cancelled)
    if drafts:
        sentences = draft_sentences(
            generator,
            question,
            reading.evidence,
            cancelled=cancelled,
            hear=weighing.hear,
        )
        for sentence in list(sentences):
            cited = writer.carried(sentence)
            if any(weighing.fits(evidence, carries=True) for evidence in cited):
                writer.take(sentence, cited)
    else:
        for evidence in choose(
            generator, question, reading.evidence, cancelled=cancelled, hear=weighing.hear
        ):
            if weighing.fits(evidence, carries=True, useful=writer.would_quote):
                writer.quote([evidence])
    if not writer.claims:
        writer.quote(writer.asked_rows())
    if not writer.claims:
        writer.quote(
            e
            for e in reading.evidence
            if weighing.fits(e, carries=False, useful=writer.would_quote)
        )


def taken_back(nearest: tuple[Citation, ...]) -> Finding:
    """What is left of a question that nobody waits for any more."""
    return _silence("Die Frage wurde abgebrochen.", nearest)


def _silence(reason: str, nearest: tuple[Citation, ...]) -> Finding:
    return Finding(AnswerStatus.ABSTAINED, text=reason, objection=reason, nearest=nearest)
