"""The question set on the sample corpus, with the real models: floors that no change may break.

A floor is never lowered to let a change in.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.measuring.evaluation import Report, evaluate
from assistant.measuring.questionset import read_questions
from assistant.settings import Settings
from assistant.wiring import open_parts
from index.types import Access
from tests.eval.conftest import REPORT

pytestmark = [pytest.mark.weights, pytest.mark.slow, pytest.mark.alone]

# Reached so far on this set, which nobody tuned on: 35 of 40, 29 of 80, 77 of 80, each with two or
# three questions to spare. The goals are 0.95, 0.10 and 0.97. (The floors before were those of another
# set, whose failures had been looked at.)
UNANSWERABLE_FLOOR = 0.80
WRONGFUL_CEILING = 0.40
FOUND_FLOOR = 0.93
QUESTIONS = Path(__file__).resolve().parent / "fragen.jsonl"


@pytest.fixture(scope="module")
def report(sample_home: Path, weights_dir: Path, pytestconfig: pytest.Config) -> Report:
    """One run over all questions, checked answers only."""
    settings = Settings(home=sample_home, weights=weights_dir)
    with open_parts(settings, need_generator=True, mandant="lvs") as parts:
        found = evaluate(parts, read_questions(QUESTIONS), Access.operator("lvs"))
    pytestconfig.stash[REPORT] = found
    return found


def test_every_shown_quote_is_cut_from_its_source(report: Report) -> None:
    assert [o.question.id for o in report.outcomes if not o.quotes_exact] == []


def test_no_answer_says_a_figure_or_outcome_that_its_quotes_lack(report: Report) -> None:
    assert [(o.question.id, o.unsupported) for o in report.outcomes if o.unsupported] == []


def test_what_cannot_be_answered_is_not_answered(report: Report) -> None:
    assert report.figures["Enthaltung bei Unbeantwortbarem"].share >= UNANSWERABLE_FLOOR


def test_what_can_be_answered_is_seldom_left_unanswered(report: Report) -> None:
    assert report.figures["Enthaltung bei Beantwortbarem"].share <= WRONGFUL_CEILING


def test_the_right_paper_is_among_the_first_five(report: Report) -> None:
    assert report.figures["Dokument unter den ersten 5: gemischt"].share >= FOUND_FLOOR
