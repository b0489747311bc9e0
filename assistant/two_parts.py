"""A question of two parts, answered one after the other: the second is about the first's paper.

Only where the records answer the first part without a search; every other question stays whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.checking.orders import is_order
from assistant.lane import Asked, Taken
from assistant.lanes import LANES
from assistant.records.exact import Finding
from assistant.records.vorgang import look_up
from assistant.types import AnswerStatus, Citation, Claim
from assistant.understanding.followup import CARRIED, papers_of, understand_after
from assistant.understanding.question import Question, QuestionKind, understand
from assistant.understanding.two_questions import two_questions
from assistant.writer import OnEvent

LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class FirstPart:
    """The first part with its answer.

    Attributes:
        taken: how a lane took it; its question names one paper.
        typed: the second part as typed.
        second: the same, with that paper in brackets where it names none itself.
    """

    taken: Taken
    typed: str
    second: Question

    @property
    def finding(self) -> Finding:
        """The answer to the first part."""
        return self.taken.finding


def first_part(asked: Asked) -> FirstPart | None:
    """The first of two questions with its answer; None where the question is answered whole."""
    both = two_questions(asked.question.text)
    if both is None:
        return None
    first = understand_after(both[0], asked.before)
    alone = replace(asked, question=first)
    taken = next((t for lane in LANES if (t := lane(alone))), None)
    if taken is None or taken.finding.status is not AnswerStatus.ANSWERED:
        return None
    if taken.question.kind not in CARRIED or len(taken.question.numbers) != 1:
        return None
    return FirstPart(taken, both[1], _about(asked, both[1], taken.question))


def _about(asked: Asked, text: str, first: Question) -> Question:
    """The second part; one that names no paper is about the paper of the first.

    An open one gets the paper's title too: a pronoun alone finds nothing.
    """
    second = understand(text)
    if second.numbers or second.scope_problem:
        return second
    bare, papers = text.rstrip(" ?!."), ", ".join(papers_of(first))
    second = understand(f"{bare} ({papers})?")
    if second.kind is not QuestionKind.OFFEN:
        return second
    titles = {
        " ".join(summary.title.split())
        for number, label in zip(first.numbers, first.labels, strict=True)
        for summary in look_up(asked.parts.store, asked.access, number, label).found
    }
    title = titles.pop() if len(titles) == 1 else ""
    # A title is a document's words: none that gives orders stands in a question.
    if not title or len(title) > LONGEST_TITLE or is_order(title):
        return second
    return replace(second, text=f"{bare} ({papers} „{title}“)?")


def told_after(first: FirstPart, tell: OnEvent) -> OnEvent:
    """What hears of the second part: numbers of its citations go on from those of the first."""
    before = first.finding

    def go_on(name: str, payload: object) -> None:
        if name == "understood":
            return
        if name == "evidence" and isinstance(payload, tuple):
            payload = (*before.citations, *_numbered_on(payload, len(before.citations)))
        elif name == "claim" and isinstance(payload, tuple):
            claim, cited = payload
            by = len(before.citations)
            payload = (_cited_on(claim, by), _numbered_on(cited, by))
        tell(name, payload)

    return go_on


def joined(first: FirstPart, second: Finding) -> Finding:
    """One answer to both parts; a second part that stays open is said to."""
    before = first.finding
    if second.status is not AnswerStatus.ANSWERED:
        said = f"Zum zweiten Teil („{first.typed}“): {second.text or second.objection}"
        return replace(
            before,
            text=f"{before.text}\n{said}",
            notes=(*before.notes, said),
            nearest=_numbered_on(second.nearest, len(before.citations)),
        )
    by = len(before.citations)
    return Finding(
        status=AnswerStatus.ANSWERED,
        claims=(*before.claims, *(_cited_on(claim, by) for claim in second.claims)),
        citations=(*before.citations, *_numbered_on(second.citations, by)),
        text=f"{before.text}\n{second.text}",
        notes=tuple(dict.fromkeys((*before.notes, *second.notes))),
        table=before.table or second.table,
    )


def _cited_on(claim: Claim, by: int) -> Claim:
    return replace(claim, citations=tuple(number + by for number in claim.citations))


def _numbered_on(cited: tuple[Citation, ...], by: int) -> tuple[Citation, ...]:
    return tuple(replace(citation, number=citation.number + by) for citation in cited)
