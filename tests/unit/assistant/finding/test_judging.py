"""One quote shown to the generator alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import cast

import pytest

from assistant.finding.judging import judging_prefix, leaning
from assistant.types import Evidence
from index.store import DocumentSummary
from models.generator import Refusal, never


@dataclass
class Listener:
    """Answers with one word and, where it can, says how likely a no was."""

    word: str
    no: float | None = None
    prompts: list[tuple[str, str]] = field(default_factory=list)

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
        self.prompts.append((system, prompt))
        if self.no is not None and refusal is not None:
            refusal.heard(self.no)
        yield self.word


@dataclass
class Paper:
    title: str


def quoted(quote: str, title: str = "Spielplatz") -> Evidence:
    paper = cast(DocumentSummary, Paper(title))
    return Evidence(1, cast("object", None), cast("object", None), quote, paper, "")  # type: ignore[arg-type]


def test_the_odds_are_those_of_yes_against_no() -> None:
    found = leaning(Listener("Ja", 0.2), "Was?", quoted("Das."), cancelled=never)  # type: ignore[arg-type]
    assert found == pytest.approx(math.log(4))


def test_a_generator_that_only_speaks_is_taken_at_its_word() -> None:
    yes, no, silent = (
        leaning(Listener(word), "Was?", quoted("Das."), cancelled=never)  # type: ignore[arg-type]
        for word in ("Ja", "Nein", "")
    )
    assert yes > 0 > no
    assert silent == 0


def test_the_cells_of_a_row_and_the_title_are_shown_and_a_long_title_is_cut() -> None:
    listener = Listener("Ja", 0.5)
    leaning(listener, "Was?", quoted("Personal\t1.200", "T" * 500), cancelled=never)  # type: ignore[arg-type]
    ((system, prompt),) = listener.prompts
    assert system == judging_prefix()
    assert "Personal | 1.200" in prompt
    assert "T" * 120 in prompt and "T" * 121 not in prompt
