"""Ways to an answer that need no generator, each asked in turn whether a question is its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.finding.retriever import Searchable
from assistant.records.exact import Finding
from assistant.types import Reference
from assistant.understanding.question import Question
from index.types import Access


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it reaches the lanes.

    Attributes:
        parts: the store and what searching needs; a lane that only looks up uses the store alone.
        question: as the rules read it, with the papers it refers to.
        before: what it may refer to, from the answer before.
        home: where a Mandant may have left files of its own.
        freely: whether it is to be searched for as it stands, whatever kind it seems to be.
    """

    parts: Searchable
    question: Question
    access: Access
    before: Reference | None = None
    home: Path | None = None
    freely: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A question that a lane took as its own, with its answer.

    Attributes:
        question: as the lane understood it: its kind, and the papers that the records add.
        filters: what was understood, in German, one filter each; shown before the answer.
        refers_to: the papers or the list, in words, that a follow-up was taken to be about; None
            where the lane does not say.
        without: parallel to `filters`, the question without each; "" where it cannot be let go.
    """

    question: Question
    finding: Finding
    filters: tuple[str, ...] = ()
    refers_to: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()


Lane = Callable[[Asked], Taken | None]
