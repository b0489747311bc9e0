"""A question's way to an answer: exact lane, search, evidence, draft, check, or honest silence."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from assistant.certainty import unmarked
from assistant.citations import check_claim
from assistant.demands import meets, unnamed
from assistant.drafting import Drafted, draft_sentences, prompt_hash
from assistant.evidence import Reading, first_look, read_evidence
from assistant.exact import Finding, answer_exactly
from assistant.fundstelle import Ledger, cite
from assistant.gate import Weighing, weak
from assistant.judging import judging_hash
from assistant.question import Question, QuestionKind, understand
from assistant.retriever import Searchable, search
from assistant.tables import (
    completed,
    holds_nouns,
    is_asked,
    replied,
    restated,
    speaks_to,
    stated_cell,
)
from assistant.types import Answer, AnswerStatus, Citation, Claim, Evidence, Label
from index.types import Access, Document, Filters, SectionKind
from models.errors import ModelError
from models.generator import Generator, never

log = logging.getLogger(__name__)

HITS = 10
SHORTEST_SENTENCE = 5
"""Words below which a drafted sentence is a bare value ("41 Prozent."). It may stand in the quote
and still belong to something else there, so the quote itself is shown instead."""
NEAREST = 3

OnEvent = Callable[[str, object], None]


class Parts(Searchable, Protocol):
    """The wired parts that answering needs."""

    @property
    def generator(self) -> Generator | None:
        """What drafts sentences; None in a house without one."""


def ignore(name: str, payload: object) -> None:
    """Takes an event and does nothing."""


@dataclass(slots=True)
class Clock:
    """Milliseconds since the question came in."""

    started: float = field(default_factory=time.perf_counter)
    timings: dict[str, float] = field(default_factory=dict)

    def mark(self, name: str) -> None:
        """Notes the time of `name` once."""
        self.timings.setdefault(name, 1000 * (time.perf_counter() - self.started))


def answer_question(
    parts: Parts,
    question: str,
    access: Access,
    *,
    use_generator: bool = True,
    on_event: OnEvent | None = None,
    cancelled: Callable[[], bool] = never,
) -> Answer:
    """Answers a question from what `access` may see.

    Without the generator it answers with the sources' own words only. `on_event` is called with
    ("understood", dict), ("evidence", tuple of Citation), once as soon as passages were found and
    once with the sentences chosen from them, and, for each sentence after its check,
    ("claim", (Claim, tuple of its Citations)). `cancelled` is asked between steps and tokens; a
    cancelled question ends as abstained.

    Raises:
        StoreError, ModelError: where a part is broken; a generator that fails is not: the answer
            then comes from the sources' own words.
    """
    clock = Clock()
    tell = on_event or ignore
    understood = understand(question)
    tell(
        "understood",
        {"kind": understood.kind.value, "numbers": [str(n) for n in understood.numbers]},
    )
    if understood.scope_problem:
        finding = Finding(
            AnswerStatus.ABSTAINED,
            text=understood.scope_problem,
            objection=understood.scope_problem,
        )
        return _finish(parts, understood, finding, access, clock)
    exact = answer_exactly(parts.store, understood, access)
    if exact is not None:
        clock.mark("retrieval")
        tell("evidence", exact.citations or exact.nearest)
        for claim in exact.claims:
            tell("claim", (claim, tuple(c for c in exact.citations if c.number in claim.citations)))
        return _finish(parts, understood, exact, access, clock)
    hits, _ = search(parts, understood.text, access, HITS, _about(parts, understood, access))
    tell("evidence", first_look(parts, understood, hits, access))
    clock.mark("retrieval")
    reading = read_evidence(parts, understood, hits, access)
    tell("evidence", _citations(reading, reading.evidence))
    finding, drafted = _answer_openly(
        parts, understood, reading, clock, tell, cancelled, use_generator=use_generator
    )
    return _finish(parts, understood, finding, access, clock, drafted=drafted)


def _about(parts: Parts, question: Question, access: Access) -> Filters | None:
    """Restricts a search to the papers that bear or name the numbers in the question."""
    if question.numbers:
        ids = {
            summary.id
            for number in question.numbers
            for summary in parts.store.by_number(access, number)
            if summary.superseded_by is None
        }
        ids |= {m.document_id for n in question.numbers for m in parts.store.mentions(access, n)}
        return Filters(document_ids=frozenset(ids))
    return None


def _citations(reading: Reading, evidence: Sequence[Evidence]) -> tuple[Citation, ...]:
    return tuple(cite(e.number, reading.documents[e.document.id], e.span) for e in evidence)


def _answer_openly(
    parts: Parts,
    question: Question,
    reading: Reading,
    clock: Clock,
    tell: OnEvent,
    cancelled: Callable[[], bool],
    *,
    use_generator: bool,
) -> tuple[Finding, bool]:
    """Answers from evidence; the second value says whether the generator took part."""
    nearest = _citations(reading, reading.evidence[:NEAREST])
    if reading.objection:
        return _silence(reading.objection, nearest), False
    writer = Writer(question, reading, tell)
    drafted = False
    if use_generator and parts.generator is not None:
        try:
            _write(parts.generator, writer, clock, cancelled)
            drafted = True
        except ModelError as error:
            log.warning("answering without the generator: %s", error.code)
    if cancelled():
        return _silence("Die Frage wurde abgebrochen.", nearest), drafted
    if not drafted:
        if unrelated := weak(reading):
            return _silence(unrelated, nearest), drafted
        writer.quote(reading.evidence)
    if not writer.claims:
        return _silence("Die gefundenen Stellen beantworten diese Frage nicht.", nearest), drafted
    text = " ".join(claim.text for claim in writer.claims)
    return (
        Finding(AnswerStatus.ANSWERED, tuple(writer.claims), tuple(writer.ledger.citations), text),
        drafted,
    )


def _write(
    generator: Generator, writer: Writer, clock: Clock, cancelled: Callable[[], bool]
) -> None:
    """Lets the generator draft, keeps what its quotes carry and what answers the question.

    Where nothing of the draft is left, the quote that answers best speaks for itself.
    """
    question, reading = writer.question, writer.reading
    weighing = Weighing(generator, question.text, reading, cancelled)
    sentences = list(
        draft_sentences(
            generator,
            question.text,
            reading.evidence,
            cancelled=cancelled,
            on_first_piece=lambda: clock.mark("first_token"),
            may_answer=weighing.hear,
        )
    )
    for sentence in sentences:
        cited = writer.carried(sentence)
        if any(weighing.fits(evidence, carries=True) for evidence in cited):
            writer.take(sentence, cited)
    if not writer.claims:
        writer.quote(writer.asked_rows())
    if not writer.claims:
        writer.quote([e for e in reading.evidence if weighing.fits(e, carries=False)])


def _silence(reason: str, nearest: tuple[Citation, ...]) -> Finding:
    return Finding(AnswerStatus.ABSTAINED, text=reason, objection=reason, nearest=nearest)


@dataclass(slots=True)
class Writer:
    """Takes drafted sentences, keeps those that their quotes carry, says whose words they are."""

    question: Question
    reading: Reading
    tell: OnEvent
    claims: list[Claim] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)

    def carried(self, sentence: Drafted) -> list[Evidence]:
        """The evidence that a drafted sentence cites; none where a check fails."""
        cited = [e for e in self.reading.evidence if e.number in sentence.sources]
        wanted = self.question.wanted[:1] if not self.claims else ()
        if (
            not sentence.text
            or check_claim(
                _closed(sentence), [_quoted(e) for e in cited], [_context(e) for e in cited]
            )
            or not self._speaks_of_it(cited)
            or not all(meets(self.question, w, sentence.text) for w in wanted)
        ):
            return []
        return cited

    def take(self, sentence: Drafted, cited: Sequence[Evidence]) -> None:
        """Shows a drafted sentence whose evidence was found to carry it and to answer."""
        text = self._with_place(_closed(sentence), cited)
        if text:
            self._add(text, cited)

    def _with_place(self, text: str, cited: Sequence[Evidence]) -> str:
        """The sentence where its amounts name row and column, else the row; "" for neither."""
        places = [(self._document(e), e.span) for e in cited]
        if len(text.split()) < SHORTEST_SENTENCE:
            if not all(self._is_value_of(text, e) for e in cited if e.reading):
                return ""
            said = [restated(text, place) for place in places]
            text = " ".join(_shown(e, row) for e, row in zip(cited, said, strict=True))
        text = completed(text, places)
        return text if text and speaks_to(self.question.text, text, places) else ""

    def _is_value_of(self, text: str, row: Evidence) -> bool:
        """Whether a bare value is one cell of a row that speaks of what the question names."""
        around = f"{_context(row)}\n{row.hit.passage.text}\n{row.reading}"
        place = (self._document(row), row.span)
        return stated_cell(text, place) is not None and holds_nouns(self.question.text, around)

    def asked_rows(self) -> list[Evidence]:
        """The rows of tables that the question asks for by row and column."""
        return [
            e
            for e in self.reading.evidence
            if e.reading and is_asked(self.question.text, (self._document(e), e.span), _context(e))
        ]

    def quote(self, offered: Sequence[Evidence]) -> None:
        """Puts the first evidence of the wanted kind in, as a verbatim quote."""
        for evidence in offered:
            wanted = all(meets(self.question, w, evidence.words) for w in self.question.wanted[:1])
            place = (self._document(evidence), evidence.span)
            row = replied(self.question.text, place)
            asked = speaks_to(self.question.text, row, [place])
            if wanted and asked and self._speaks_of_it([evidence]):
                self._add(_shown(evidence, row), [evidence])
                return

    def _speaks_of_it(self, cited: Sequence[Evidence]) -> bool:
        """Whether the cited passages name what the question names."""
        around = "\n".join(f"{_context(e)}\n{e.hit.passage.text}\n{e.reading}" for e in cited)
        return not unnamed(self.question, self.reading.particular, around)

    def _add(self, text: str, cited: Sequence[Evidence]) -> None:
        if any(unmarked(claim.text).endswith(text) for claim in self.claims):
            return
        numbers = [
            n for e in cited for n in self.ledger.cite_with_head(self._document(e), e.span, text)
        ]
        speaker, source = self._speaker(cited)
        if speaker:
            text = f"{speaker}: {text}"
            numbers += source
        claim = self.ledger.state(Claim(text, Label.BELEGT, tuple(dict.fromkeys(numbers))))
        self.claims.append(claim)
        citations = tuple(c for c in self.ledger.citations if c.number in claim.citations)
        self.tell("claim", (claim, citations))

    def _document(self, evidence: Evidence) -> Document:
        return self.reading.documents[evidence.document.id]

    def _speaker(self, cited: Sequence[Evidence]) -> tuple[str, list[int]]:
        """Whose words the claim repeats, where a motion's own reasons are cited."""
        for evidence in cited:
            document = self._document(evidence)
            kopf = document.kopfdaten
            if not kopf.antragsteller or "ntrag" not in kopf.benennung:
                continue
            kinds = {s.kind for s in document.sections if s.span.contains(evidence.span)}
            names = ", ".join(" ".join(a.value.split()) for a in kopf.antragsteller)
            cited_lines = [self.ledger.cite_line(document, a.span) for a in kopf.antragsteller]
            if SectionKind.BESCHLUSSVORSCHLAG in kinds:
                return f"Beantragt ist ({names})", cited_lines
            if SectionKind.BEGRUENDUNG in kinds:
                return f"Nach Darstellung der Antragsteller ({names})", cited_lines
        return "", []


def _closed(sentence: Drafted) -> str:
    """The sentence with its full stop."""
    return sentence.text.rstrip(" .") + "."


def _in_marks(quote: str) -> str:
    """A quote as one line; the cells of a table row stay apart."""
    cells = (" ".join(cell.split()) for cell in quote.split("\t"))
    return f"„{' | '.join(cells)}“"


def _shown(evidence: Evidence, reading: str) -> str:
    """Evidence that stands as an answer itself: a row of a table in words, prose as a quote."""
    return f"{reading}." if reading else _in_marks(evidence.quote)


def _quoted(evidence: Evidence) -> str:
    """What a claim may take from evidence: of a row also the headings that are cited with it."""
    return "\n".join(dict.fromkeys((evidence.quote, evidence.words)))


def _context(evidence: Evidence) -> str:
    return "\n".join((evidence.document.title, *evidence.hit.passage.heading_path))


def _finish(
    parts: Parts,
    question: Question,
    finding: Finding,
    access: Access,
    clock: Clock,
    *,
    drafted: bool = False,
) -> Answer:
    clock.mark("total")
    generation = parts.store.status(access).generation
    text = finding.text
    if finding.status is AnswerStatus.ABSTAINED and question.kind is QuestionKind.OFFEN:
        text = f"Nicht belegt. {text}"
    stand = f" (Indexstand {generation})" if finding.status is AnswerStatus.ABSTAINED else ""
    timings: Mapping[str, float] = {name: round(ms, 1) for name, ms in clock.timings.items()}
    return Answer(
        question=question.text,
        kind=question.kind.value,
        status=finding.status,
        text=text + stand,
        claims=finding.claims,
        citations=finding.citations,
        abstained_because=finding.objection
        if finding.status is not AnswerStatus.ANSWERED
        else None,
        nearest=finding.nearest,
        index_generation=generation,
        generator_id=parts.generator.generator_id if drafted and parts.generator else None,
        prompt_hash=f"{prompt_hash()}-{judging_hash()}" if drafted else None,
        timings_ms=timings,
    )
