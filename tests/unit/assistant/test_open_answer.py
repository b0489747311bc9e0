"""What the generator is asked about the quotes for an open question, and what it need not be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from assistant.finding.choosing import ABSTENTION
from assistant.open_answer import answer_openly
from assistant.types import AnswerStatus
from models.generator import Refusal, never
from tests.sample_records import antrag
from tests.unit.assistant.test_writer import COSTS, writer

QUESTION = "Was kostet der Betrieb der Leihräder?"
NO_AMOUNT = "Entsprechend Beschlussvorschlag beschlossen."


class Judge:
    """Chooses as it is told, and says the same of every quote that it is asked about."""

    generator_id = "richter"

    def __init__(self, choice: str, verdict: str) -> None:
        self.choice = choice
        self.verdict = verdict
        self.asked: list[str] = []

    def count_tokens(self, text: str) -> int:
        return len(text.split())

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
        if prompt.startswith("Quellen:"):
            yield self.choice
        else:
            self.asked.append(prompt)
            yield self.verdict

    def close(self) -> None:
        pass


def ask(judge: Judge, *quotes: str) -> AnswerStatus:
    """Asks for the costs, with these quotes as evidence [1], [2], …"""
    readings = [writer(QUESTION, antrag(), quote).reading for quote in quotes]
    evidence = tuple(
        replace(reading.evidence[0], number=number) for number, reading in enumerate(readings, 1)
    )
    chosen = tuple(reading.chosen[0] for reading in readings)
    reading = replace(readings[0], evidence=evidence, chosen=chosen)
    question = writer(QUESTION, antrag(), quotes[0]).question
    found, took_part = answer_openly(
        judge, question, reading, lambda name, payload: None, never, drafts=False
    )
    assert took_part
    return found.status


def test_after_the_quote_that_is_shown_no_other_is_judged() -> None:
    judge = Judge(ABSTENTION, "Ja")
    assert ask(judge, COSTS, COSTS, COSTS) is AnswerStatus.ANSWERED
    assert len(judge.asked) == 1


@pytest.mark.parametrize("choice", [ABSTENTION, "[1]"])
def test_of_a_quote_that_is_not_shown_in_any_case_nothing_is_asked(choice: str) -> None:
    judge = Judge(choice, "Ja")
    assert ask(judge, NO_AMOUNT, COSTS) is AnswerStatus.ANSWERED
    assert [COSTS in prompt for prompt in judge.asked] == [True]


def test_a_quote_that_is_not_judged_takes_its_turn_all_the_same() -> None:
    judge = Judge(ABSTENTION, "Ja")
    assert ask(judge, NO_AMOUNT, NO_AMOUNT, NO_AMOUNT, COSTS) is AnswerStatus.ABSTAINED
    assert judge.asked == []


def test_at_most_three_quotes_are_judged() -> None:
    judge = Judge(ABSTENTION, "Nein")
    assert ask(judge, COSTS, COSTS, COSTS, COSTS) is AnswerStatus.ABSTAINED
    assert len(judge.asked) == 3
