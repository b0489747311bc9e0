"""Answer times of each kind of question, and what the generator wrote in vain."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from assistant.answer import answer_question
from assistant.drafting import system_prompt
from assistant.measuring.questionset import QuestionCase
from assistant.types import Answer
from assistant.wiring import Parts
from index.types import Access
from models.generator import Generator, Refusal, never


@dataclass
class Listening:
    """A generator that keeps what another one writes as drafts and as judgements."""

    inner: Generator
    drafted: str = ""
    judged: str = ""

    @property
    def generator_id(self) -> str:
        return self.inner.generator_id

    def count_tokens(self, text: str) -> int:
        return self.inner.count_tokens(text)

    def generate(
        self,
        system: str,
        prompt: str,
        *,
        grammar: str | None,
        max_tokens: int,
        cancelled: Callable[[], bool] = never,
        refusal: Refusal | None = None,
    ) -> Iterator[str]:
        pieces = self.inner.generate(
            system,
            prompt,
            grammar=grammar,
            max_tokens=max_tokens,
            cancelled=cancelled,
            refusal=refusal,
        )
        for piece in pieces:
            if system == system_prompt():
                self.drafted += piece
            else:
                self.judged += piece
            yield piece

    def close(self) -> None:
        self.inner.close()


@dataclass
class Waste:
    """Tokens of all drafts, of what was shown of them, and of the judgements."""

    drafted: list[int] = field(default_factory=list)
    shown: list[int] = field(default_factory=list)
    judged: list[int] = field(default_factory=list)

    def note(self, heard: Listening, answer: Answer) -> None:
        """Counts one answer; a shown sentence counts where the draft has its words."""
        draft = " ".join(heard.drafted.split())
        shown = [claim.text for claim in answer.claims if claim.text.rstrip(".") in draft]
        self.drafted.append(heard.count_tokens(heard.drafted) if heard.drafted else 0)
        self.shown.append(sum(map(heard.count_tokens, shown)))
        self.judged.append(heard.count_tokens(heard.judged) if heard.judged else 0)

    def figures(self) -> dict[str, float]:
        """Means for an answer, and the share of the drafted tokens that nobody saw."""
        if not self.drafted:
            return {}
        return {
            "drafted_tokens_mean": statistics.fmean(self.drafted),
            "judged_tokens_mean": statistics.fmean(self.judged),
            "drafted_thrown_away": 1 - sum(self.shown) / max(1, sum(self.drafted)),
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
