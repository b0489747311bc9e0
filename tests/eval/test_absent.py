"""Questions for things that no paper speaks of, asked with a generator that says yes to everything.

A floor is never lowered to let a change in.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.measuring.evaluation import evaluate
from assistant.measuring.questionset import read_questions
from assistant.settings import Settings
from assistant.wiring import open_parts
from index.types import Access
from tests.sample_records import FakeGenerator

pytestmark = [pytest.mark.weights, pytest.mark.slow]

QUESTIONS = Path(__file__).resolve().parent / "fehlend.jsonl"
SILENT_FLOOR = 0.73
"""28 of 38, without the rule 1. What is left names the thing without an article, or shares a word
with another paper; stricter rules also silenced questions that can be answered."""


def test_what_no_paper_speaks_of_gets_no_answer_whatever_the_generator_says(
    sample_home: Path, weights_dir: Path
) -> None:
    settings = Settings(home=sample_home, weights=weights_dir)
    with open_parts(settings, need_generator=False, mandant="lvs") as parts:
        convinced = replace(parts, generator=FakeGenerator("[1][2]"))
        report = evaluate(convinced, read_questions(QUESTIONS), Access.operator("lvs"))
    answered = [o.question.text for o in report.outcomes if not o.rightly_silent]
    assert report.figures["Enthaltung bei Unbeantwortbarem"].share >= SILENT_FLOOR, answered
