"""A question's way to an answer: lanes, search, evidence, choice, check, or honest silence."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from assistant.drafting import prompt_hash
from assistant.finding.choosing import choosing_hash
from assistant.finding.evidence import Reading, first_look, read_evidence
from assistant.finding.judging import judging_hash
from assistant.finding.retriever import Searchable, search
from assistant.lane import Asked, Taken
from assistant.lanes import LANES, SEARCHED
from assistant.open_answer import answer_openly, citations_of, taken_back
from assistant.records.exact import Finding
from assistant.records.vorgang import may_be_called
from assistant.two_parts import first_part, joined, told_after
from assistant.types import Answer, AnswerStatus, Reference
from assistant.understanding.followup import reference_of, understand_after
from assistant.understanding.question import Question, QuestionKind
from assistant.writer import OnEvent
from index.types import Access, Filters
from models.generator import Generator, never

HITS = 10


class Parts(Searchable, Protocol):
    """The wired parts that answering needs."""

    @property
    def generator(self) -> Generator | None:
        """What drafts sentences; None in a house without one."""

    @property
    def home(self) -> Path:
        """Where a Mandant may have left files of its own."""


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
    before: Reference | None = None,
    use_generator: bool = True,
    drafts: bool = False,
    freely: bool = False,
    on_event: OnEvent | None = None,
    cancelled: Callable[[], bool] = never,
) -> Answer:
    """Answers a question from what `access` may see.

    `before` is what the question may refer to, from the answer before. Without the generator, word
    overlap and meaning choose among the quotes. With `drafts` the generator writes sentences of its
    own, each checked against its quotes; without, it chooses quotes by number. With `freely` the
    question is searched for as it stands, whatever kind it seems to be. `on_event` gets
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
    understood = understand_after(question, before)
    if freely:
        understood = replace(understood, kind=QuestionKind.OFFEN)
    whole = understood.text
    # What is found, cited and stamped is of one moment and one generation. Sentences are formed
    # afterwards, from what was read: a snapshot that lasts keeps erased words in the log.
    with parts.store.snapshot():
        generation = parts.store.generation(access)
        asked = Asked(parts, understood, access, before, parts.home, freely)
        first = None if freely else first_part(asked)
        if first is None:
            understood, read = _read(parts, asked, question, clock, tell, cancelled)
        else:
            _announce(asked, first.taken, question, tell)
            _show(first.finding, clock, tell)
            tell = told_after(first, tell)
            asked = replace(asked, question=first.second)
            understood, read = _read(parts, asked, question, clock, tell, cancelled)
    if isinstance(read, Finding):
        finding, took_part = read, False
    else:
        generator = parts.generator if use_generator else None
        finding, took_part = answer_openly(
            generator, understood, read, _clocked(clock, tell), cancelled, drafts=drafts
        )
    if first is not None:
        understood = replace(first.taken.question, text=whole)
        finding = joined(first, finding)
    prompts = f"{prompt_hash() if drafts else choosing_hash()}-{judging_hash()}"
    return _finish(
        parts, understood, finding, generation, clock, prompts=prompts if took_part else None
    )


def _read(
    parts: Parts,
    asked: Asked,
    typed: str,
    clock: Clock,
    tell: OnEvent,
    cancelled: Callable[[], bool],
) -> tuple[Question, Finding | Reading]:
    """What the records say: an answer without a model, or the evidence for one.

    With it the question as it was taken, which the records help to tell. `typed` is the question
    without the papers that it refers to.
    """
    taken = next((t for lane in (SEARCHED if asked.freely else LANES) if (t := lane(asked))), None)
    question = taken.question if taken else asked.question
    _announce(asked, taken, typed, tell)
    if taken is not None:
        _show(taken.finding, clock, tell)
        return question, taken.finding
    hits, _ = search(
        parts, question.text, asked.access, HITS, _about(parts, question, asked.access)
    )
    found = first_look(parts, question, hits, asked.access)
    tell("evidence", found)
    clock.mark("retrieval")
    if cancelled():
        return question, taken_back(found)
    reading = read_evidence(parts, question, hits, asked.access, cancelled)
    if cancelled():
        return question, taken_back(found)
    tell("evidence", citations_of(reading, reading.evidence))
    return question, reading


def _clocked(clock: Clock, tell: OnEvent) -> OnEvent:
    """Notes when the first sentence of an open answer is told."""

    def hear(name: str, payload: object) -> None:
        if name == "claim":
            clock.mark("first_claim")
        tell(name, payload)

    return hear


def _announce(asked: Asked, taken: Taken | None, typed: str, tell: OnEvent) -> None:
    question = taken.question if taken else asked.question
    refers_to = taken.refers_to if taken else None
    if refers_to is None:
        refers_to = asked.before.papers if asked.before and asked.question.text != typed else ()
    tell(
        "understood",
        {
            "kind": question.kind.value,
            "numbers": [str(n) for n in question.numbers],
            "filters": list(taken.filters) if taken else [],
            "without": list(taken.without) if taken else [],
            "refers_to": list(refers_to),
        },
    )


def _show(finding: Finding, clock: Clock, tell: OnEvent) -> None:
    clock.mark("retrieval")
    tell("evidence", finding.citations or finding.nearest)
    for claim in finding.claims:
        tell("claim", (claim, tuple(c for c in finding.citations if c.number in claim.citations)))


def _about(parts: Parts, question: Question, access: Access) -> Filters | None:
    """Restricts a search to the papers that bear or name the numbers in the question.

    Asked for the Antrag of a number, its Vorlage is another paper, though it may name that number.
    """
    if not question.numbers:
        return None
    ids: set[str] = set()
    others: set[str] = set()
    for number, label in zip(question.numbers, question.labels, strict=True):
        bearing = [s for s in parts.store.by_number(access, number) if s.superseded_by is None]
        meant = {s.id for s in bearing if may_be_called(s, label)}
        ids |= meant or {s.id for s in bearing}
        ids |= {m.document_id for m in parts.store.mentions(access, number)}
        others |= {s.id for s in bearing} - meant if meant else set()
    return Filters(document_ids=frozenset(ids - others))


def _finish(
    parts: Parts,
    question: Question,
    finding: Finding,
    generation: int,
    clock: Clock,
    *,
    prompts: str | None = None,
) -> Answer:
    clock.mark("total")
    text = finding.text
    if finding.status is AnswerStatus.ABSTAINED and question.kind is QuestionKind.OFFEN:
        text = f"Nicht belegt. {text}"
    stand = f" (Indexstand {generation})" if finding.status is AnswerStatus.ABSTAINED else ""
    timings: Mapping[str, float] = {name: round(ms, 1) for name, ms in clock.timings.items()}
    answer = Answer(
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
        notes=finding.notes,
        table=finding.table,
        index_generation=generation,
        generator_id=parts.generator.generator_id if prompts and parts.generator else None,
        prompt_hash=prompts,
        timings_ms=timings,
    )
    reference = Reference((), question.kind.value, finding.listed) if finding.listed else None
    return replace(answer, reference=reference or reference_of(question, answer))
