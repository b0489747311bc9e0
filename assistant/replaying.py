"""An answer given again from its Protokoll: the same bytes, or what is different and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.answer import Parts, answer_question
from assistant.errors import InputInvalid
from assistant.today import as_of, today
from assistant.types import Answer, Reference
from assistant.wire.answers import (
    CitationWire,
    ReferenceWire,
    StampedAnswerWire,
    stamped_answer_wire,
)
from assistant.wire.protokoll import FORM, ProtokollWire
from assistant.wire.status import program_version
from index.store import Store
from index.types import Access, Schutzstufe
from models.generator import never

_PARTS_OF_AN_ANSWER = {
    "kind": "die Art der Frage",
    "status": "ob geantwortet wurde",
    "text": "der Wortlaut",
    "claims": "die Sätze",
    "citations": "die Belege",
    "nearest": "die nächsten Fundstellen",
    "notes": "die Hinweise",
    "table": "die Tabelle",
    "abstained_because": "der Grund des Schweigens",
    "reference": "worauf eine Folgefrage sich bezieht",
    "stand": "der Stand",
}


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of asking again.

    Attributes:
        same: whether the answer is the same, byte for byte.
        differences: the parts of the answer that differ, in German.
        causes: what changed since: index, model, prompts, program.
        lost: Fundstellen whose words their source no longer holds, or which `access` cannot see.
    """

    same: bool
    differences: tuple[str, ...]
    causes: tuple[str, ...]
    lost: tuple[str, ...]
    answer: StampedAnswerWire


def protokoll_of(
    question: str,
    answer: Answer,
    access: Access,
    *,
    mandant: str,
    before: Reference | None,
    use_generator: bool,
) -> ProtokollWire:
    """The Protokoll of the answer that `question`, as it was typed, was just given."""
    known = None
    if before is not None:
        papers = list(before.papers)
        known = ReferenceWire(papers=papers, kind=before.kind, listed=before.listed)
    return ProtokollWire(
        form=FORM,
        program=program_version(),
        mandant=mandant,
        stufen=sorted(stufe.value for stufe in access.stufen),
        day=today(),
        question=question,
        before=known,
        use_generator=use_generator,
        answer=_timeless(answer),
    )


def replay(
    parts: Parts,
    protokoll: ProtokollWire,
    access: Access,
    *,
    drafts: bool = False,
    cancelled: Callable[[], bool] = never,
) -> Replay:
    """Asks again as of the day of the Protokoll, with what its asker might see.

    Raises:
        InputInvalid: the asker of the Protokoll could see more than `access` may.
        StoreError, ModelError: as for a question.
    """
    seen = Access(frozenset({protokoll.mandant}), frozenset(map(Schutzstufe, protokoll.stufen)))
    if not (seen.mandanten <= access.mandanten and seen.stufen <= access.stufen):
        raise InputInvalid("Das Protokoll ist von jemandem, der mehr sehen durfte.")
    known = protokoll.before
    before = Reference(tuple(known.papers), known.kind, known.listed) if known else None
    with as_of(protokoll.day):
        answer = answer_question(
            parts,
            protokoll.question,
            seen,
            before=before,
            use_generator=protokoll.use_generator,
            drafts=drafts,
            cancelled=cancelled,
        )
    now, then = _timeless(answer), protokoll.answer
    return Replay(
        same=now.model_dump_json() == then.model_dump_json(),
        differences=tuple(
            said
            for name, said in _PARTS_OF_AN_ANSWER.items()
            if getattr(now, name) != getattr(then, name)
        ),
        causes=tuple(_causes(protokoll, now)),
        lost=tuple(
            c.fundstelle
            for c in (*then.citations, *then.nearest)
            if not _still_stands(parts.store, c, seen)
        ),
        answer=now,
    )


def _causes(protokoll: ProtokollWire, now: StampedAnswerWire) -> list[str]:
    then = protokoll.answer.stand
    compared = (
        ("Indexstand", then.index_generation, now.stand.index_generation),
        ("Sprachmodell", then.generator_id, now.stand.generator_id),
        ("Anweisungen an das Sprachmodell", then.prompt_hash, now.stand.prompt_hash),
        ("Programm", protokoll.program, program_version()),
    )
    return [
        f"{name}: damals {was or 'keines'}, jetzt {has or 'keines'}"
        for name, was, has in compared
        if was != has
    ]


def _still_stands(store: Store, citation: CitationWire, access: Access) -> bool:
    document = store.document(access, citation.document_id)
    return document is not None and document.text[citation.start : citation.end] == citation.quote


def _timeless(answer: Answer) -> StampedAnswerWire:
    """The answer as it goes out, without the time it took."""
    return stamped_answer_wire(answer).model_copy(update={"timings_ms": {}})
