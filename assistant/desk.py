"""Where command line and HTTP meet: a question in, an answer out, a line in the audit record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assistant.audit import OPERATOR, AuditEntry, Ausgang
from assistant.errors import InputInvalid
from assistant.records.register import look_up
from assistant.types import Answer, AnswerStatus, Claim, Reference
from assistant.wire.answers import SearchWire, search_wire
from assistant.wire.papers import (
    DocumentsWire,
    MentionWire,
    ShowWire,
    document_wire,
    paper_wire,
)
from assistant.wiring import Parts
from index.types import Access
from models.generator import never

if TYPE_CHECKING:
    from assistant.plain.rendering import Rendering
    from assistant.replaying import Replay
    from assistant.wire.protokoll import ProtokollWire

LONGEST_QUESTION = 2000
MOST_HITS = 100
_OUTCOMES = {
    AnswerStatus.ANSWERED: Ausgang.BEANTWORTET,
    AnswerStatus.ABSTAINED: Ausgang.NICHT_BELEGT,
    AnswerStatus.CLARIFY: Ausgang.RUECKFRAGE,
}


def ask(
    parts: Parts,
    text: str,
    access: Access,
    *,
    before: Reference | None = None,
    use_generator: bool = True,
    freely: bool = False,
    on_event: Callable[[str, object], None] | None = None,
    cancelled: Callable[[], bool] = never,
    who: str = OPERATOR,
) -> Answer:
    """Answers a question and records that it was answered, without its words.

    `before` is what the question may refer to; `freely` searches for it as it stands.

    Raises:
        InputInvalid: the question is empty or too long.
        AuditUnwritable: the record cannot be continued; there is no answer then.
    """
    from assistant.answer import answer_question

    answer = answer_question(
        parts,
        checked(text),
        access,
        before=before,
        use_generator=use_generator,
        drafts=parts.drafts,
        freely=freely,
        on_event=on_event,
        cancelled=cancelled,
    )
    cited = answer.citations if answer.status is AnswerStatus.ANSWERED else answer.nearest
    parts.audit.append(
        AuditEntry(
            action="frage",
            who=who,
            mandant=parts.mandant,
            kind=answer.kind,
            document_ids=tuple(dict.fromkeys(citation.document_id for citation in cited)),
            generator_id=answer.generator_id,
            prompt_hash=answer.prompt_hash,
            index_generation=answer.index_generation,
            outcome=_OUTCOMES[answer.status],
            ms=round(answer.timings_ms["total"]) if "total" in answer.timings_ms else None,
        )
    )
    return answer


def ask_again(
    parts: Parts,
    protokoll: ProtokollWire,
    access: Access,
    *,
    cancelled: Callable[[], bool] = never,
    who: str = OPERATOR,
) -> Replay:
    """Gives an answer again from its Protokoll and records that it was done.

    Raises:
        InputInvalid: the asker of the Protokoll could see more than `access` may.
        AuditUnwritable: the record cannot be continued; nothing is shown then.
    """
    from assistant.replaying import replay

    replayed = replay(parts, protokoll, access, drafts=parts.drafts, cancelled=cancelled)
    stand = replayed.answer.stand
    parts.audit.append(
        AuditEntry(
            action="wiederholung",
            who=who,
            mandant=parts.mandant,
            kind=replayed.answer.kind,
            document_ids=tuple(dict.fromkeys(c.document_id for c in replayed.answer.citations)),
            generator_id=stand.generator_id,
            prompt_hash=stand.prompt_hash,
            index_generation=stand.index_generation,
        )
    )
    return replayed


def say_plainly(
    parts: Parts,
    claims: Sequence[Claim],
    kind: str,
    *,
    use_generator: bool = False,
    cancelled: Callable[[], bool] = never,
    who: str = OPERATOR,
) -> Rendering:
    """Says the sentences of an answer in Einfache Sprache and records that it was done.

    Raises:
        AuditUnwritable: the record cannot be continued; nothing is shown then.
    """
    from assistant.plain.rendering import render

    generator = parts.generator if use_generator else None
    rendering = render(claims, kind, generator=generator, cancelled=cancelled)
    parts.audit.append(
        AuditEntry(
            action="einfach",
            who=who,
            mandant=parts.mandant,
            kind=kind,
            generator_id=rendering.generator_id,
            prompt_hash=rendering.prompt_hash,
        )
    )
    return rendering


def find(parts: Parts, text: str, access: Access, k: int, *, who: str = OPERATOR) -> SearchWire:
    """Searches and records the search.

    Raises:
        InputInvalid: the text is empty or too long, or `k` is out of range.
        AuditUnwritable: the record cannot be continued.
    """
    from assistant.finding.retriever import search
    from assistant.records.supplements import later_papers

    if not 1 <= k <= MOST_HITS:
        raise InputInvalid(f"Die Anzahl der Treffer muss zwischen 1 und {MOST_HITS} liegen.")
    wanted = checked(text)
    with parts.store.snapshot():
        hits, timings_ms = search(parts, wanted, access, k)
        document_ids = tuple(dict.fromkeys(hit.passage.document_id for hit in hits))
        summaries = parts.store.summaries(access, document_ids)
        later = {name: later_papers(parts.store, access, s) for name, s in summaries.items()}
    found = search_wire(hits, summaries, later, timings_ms)
    parts.audit.append(
        AuditEntry(action="suche", who=who, mandant=parts.mandant, document_ids=document_ids)
    )
    return found


def show(parts: Parts, number: str, access: Access) -> ShowWire:
    """All that is known under a number.

    Raises:
        InputInvalid: the text names no number.
    """
    found = look_up(parts.store, access, number)
    return ShowWire(
        number=str(found.number),
        found=bool(found.papers),
        papers=[paper_wire(paper) for paper in found.papers],
        mentions=[
            MentionWire(
                document_id=document.id,
                source=document.source,
                title=document.title,
                start=mention.span.start,
                end=mention.span.end,
            )
            for mention, document in found.mentions
        ],
        near=[str(number) for number in found.near],
    )


def register(parts: Parts, access: Access) -> DocumentsWire:
    """The register, sorted by source."""
    return DocumentsWire(
        documents=[document_wire(entry) for entry in parts.store.documents(access)]
    )


def checked(text: str) -> str:
    """The question without the blanks around it.

    Raises:
        InputInvalid: it is empty or too long.
    """
    question = text.strip()
    if not question:
        raise InputInvalid("Die Frage ist leer. Bitte geben Sie einen Text ein.")
    if len(question) > LONGEST_QUESTION:
        raise InputInvalid(
            f"Die Frage ist mit {len(question)} Zeichen zu lang. "
            f"Bitte kürzen Sie sie auf höchstens {LONGEST_QUESTION} Zeichen."
        )
    return question
