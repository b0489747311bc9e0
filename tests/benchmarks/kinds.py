"""Answer times of each kind of question, and what the generator wrote in vain."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.answer import answer_question
from assistant.measuring.questionset import QuestionCase
from assistant.types import Answer, AnswerStatus
from assistant.wiring import Parts
from index.types import Access
from models.generator import Generator


@dataclass
class Listening:
    """A generator that keeps what another one writes."""

    inner: Generator
    written: list[str] = field(default_factory=list)

    @property
    def generator_id(self) -> str:
        return self.inner.generator_id

    def count_tokens(self, text: str) -> int:
        return self.inner.count_tokens(text)

    def generate(self, *prompts: str, **wishes: Any) -> Iterator[str]:
        self.written.append("")
        for piece in self.inner.generate(*prompts, **wishes):
            self.written[-1] += piece
            yield piece

    def close(self) -> None:
        self.inner.close()


@dataclass
class Waste:
    """Tokens that the generator wrote for each question, and those of questions left unanswered."""

    written: list[int] = field(default_factory=list)
    thrown_away: int = 0

    def note(self, heard: Listening, answer: Answer) -> None:
        """Counts one question."""
        tokens = sum(heard.count_tokens(text) for text in heard.written if text)
        self.written.append(tokens)
        if answer.status is not AnswerStatus.ANSWERED:
            self.thrown_away += tokens

    def figures(self) -> dict[str, float]:
        """The mean of a question, and the share that was written for no answer."""
        if not self.written:
            return {}
        return {
            "generated_tokens_mean": statistics.fmean(self.written),
            "tokens_thrown_away": self.thrown_away / max(1, sum(self.written)),
        }


def times_by_kind(
    parts: Parts, questions: Sequence[QuestionCase], access: Access
) -> dict[str, float]:
    """Median and 95th percentile in ms of the kinds that need no generator."""
    taken: dict[str, list[float]] = defaultdict(list)
    for question in questions:
        answer = answer_question(parts, question.text, access, use_generator=False)
        taken[answer.kind].append(answer.timings_ms["total"])
    figures: dict[str, float] = {}
    for kind, values in sorted(taken.items()):
        ordered = sorted(values)
        last = min(len(ordered) - 1, int(0.95 * len(ordered)))
        figures[f"{kind}_p50_ms"] = statistics.median(ordered)
        figures[f"{kind}_p95_ms"] = ordered[last]
    return figures
