"""Whether the evidence answers *this* question: decided apart from the draft.

The generator drafts from near texts when the right one is missing, and abstains from right ones.
So a sentence is shown only where its evidence, weighed by itself, is fit to answer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.checking.polarity import outcome_words
from assistant.finding.demands import meets, unnamed
from assistant.finding.judging import leaning
from assistant.types import Evidence
from assistant.understanding.question import Question
from models.generator import Generator

if TYPE_CHECKING:
    from assistant.finding.evidence import Reading

MIN_COVERAGE = 0.45
MIN_COSINE = 0.83
"""Without a generator: least weighted share of the question's words in the best passage, and least
cosine of the best sentence, for multilingual-e5-small (its cosines lie above 0.7)."""
JUDGED = 3
"""So many quotes are shown to the generator one by one; each takes a second and a half."""
LEANING_WEIGHT = 0.9
WANTED_WEIGHT = 0.9
DOUBT_WEIGHT = 0.2
AROUND_WEIGHT = 1.0
CARRIED_WEIGHT = 0.8
MIN_FITNESS = 4.2
"""Weights and threshold of the sum in `Weighing.fitness`, near those of a logistic regression over
the 330 quotes of the development set that were judged (area under the curve, eight-fold by
question: 0.87; the leaning alone 0.87, without examples in its prompt 0.86; cosine alone 0.66).
The threshold lets 3 of 60 unanswerable questions of that set pass, and 42 of 79 open ones that can
be answered; at 3.7 it would be 8 and 52."""
MOST_DOUBT = 5.0
UNRELATED = "Die gefundenen Stellen behandeln diese Frage nicht."


@dataclass(slots=True)
class Weighing:
    """Weighs single quotes against one question; asks the generator at most `JUDGED` times."""

    generator: Generator
    question: str
    reading: Reading
    cancelled: Callable[[], bool]
    doubt: float = 0.0
    leanings: dict[int, float] = field(default_factory=dict)
    turns: set[int] = field(default_factory=set)

    def hear(self, refusal: float) -> None:
        """Takes how likely the generator was to abstain."""
        self.doubt = min(-math.log(max(refusal, 1e-6)), MOST_DOUBT)

    def fits(
        self,
        evidence: Evidence,
        *,
        carries: bool,
        useful: Callable[[Evidence], bool] = lambda _: True,
    ) -> bool:
        """Whether a quote answers the question well enough to be shown for it.

        `carries` says whether the generator chose the quote, or a sentence that it drafted cites it
        and passed all checks. A quote that is not `useful`, whatever the generator would say of it,
        takes its turn and costs no call.

        Raises:
            ModelError: the generator failed.
        """
        if evidence.number not in self.turns:
            if len(self.turns) >= JUDGED or self.cancelled():
                return False
            self.turns.add(evidence.number)
        if not useful(evidence):
            return False
        if evidence.number not in self.leanings:
            self.leanings[evidence.number] = leaning(
                self.generator, self.question, evidence, cancelled=self.cancelled
            )
        return self._fitness(evidence, carries=carries) >= MIN_FITNESS

    def _fitness(self, evidence: Evidence, *, carries: bool) -> float:
        candidate = self.reading.chosen[evidence.number - 1]
        return (
            LEANING_WEIGHT * self.leanings[evidence.number]
            + WANTED_WEIGHT * candidate.wanted
            + DOUBT_WEIGHT * self.doubt
            + AROUND_WEIGHT * candidate.around_coverage
            + CARRIED_WEIGHT * carries
        )


def weak(reading: Reading) -> str | None:
    """Without a generator to ask: why the evidence is too far from the question, or None."""
    if reading.coverage < MIN_COVERAGE or reading.cosine < MIN_COSINE:
        return UNRELATED
    return None


def objection(
    question: Question, particular: Sequence[str], spoken: Sequence[tuple[str, str]]
) -> str | None:
    """What the question names or wants and the chosen sentences lack; None where nothing.

    `spoken` has each sentence and the passage around it, its title and headings included.
    """
    if not spoken:
        return "Zu dieser Frage wurde in den Akten nichts gefunden."
    lacking = [unnamed(question, particular, around, said) for said, around in spoken]
    missing = min(lacking, key=len)
    if missing:
        return f"„{missing[0]}“ kommt in den gefundenen Stellen nicht vor."
    fitting = [text for (text, _), lacks in zip(spoken, lacking, strict=True) if not lacks]
    for wanted in question.wanted:
        if not any(meets(question, wanted, text) for text in fitting):
            return f"Die gefundenen Stellen nennen {wanted.value}."
    if question.asserted is not None:
        asserted = outcome_words(question.text)
        if not any(asserted & outcome_words(text) for text, _ in spoken):
            return "Den Ausgang, von dem die Frage ausgeht, belegen die gefundenen Stellen nicht."
    return None
