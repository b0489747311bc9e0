"""Every kind of question that needs no generator: lists, paragraphs, cases, follow-ups, refusals.

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

pytestmark = [pytest.mark.weights, pytest.mark.slow]

QUESTIONS = Path(__file__).resolve().parent / "arten.jsonl"
WHOLLY_RIGHT_FLOOR = 0.98
"""Of all questions; a few corrections of premises and questions about the other Mandant search."""


@pytest.fixture(scope="module")
def report(sample_home: Path, weights_dir: Path) -> Report:
    """One run over all questions without a generator."""
    settings = Settings(home=sample_home, weights=weights_dir)
    with open_parts(settings, need_generator=False, mandant="lvs") as parts:
        return evaluate(
            parts, read_questions(QUESTIONS), Access.operator("lvs"), use_generator=False
        )


def test_every_list_counts_exactly_the_papers_that_belong_in_it(report: Report) -> None:
    lists = [o for o in report.outcomes if o.question.expected_rows is not None]
    assert len(lists) >= 80
    assert [(o.question.id, o.answer.text) for o in lists if not o.list_complete] == []


def test_every_kind_is_recognised_and_ends_as_it_should(report: Report) -> None:
    wrong = [o for o in report.outcomes if o.question.expected_kind and not o.kind_recognised]
    assert [(o.question.id, o.answer.kind) for o in wrong] == []
    ended = [o for o in report.outcomes if o.question.expected_status and not o.status_right]
    assert [(o.question.id, o.answer.status.value) for o in ended] == []


def test_what_needs_no_search_is_wholly_right(report: Report) -> None:
    exact = [o for o in report.outcomes if o.question.is_exact]
    assert len(exact) >= 180
    assert [(o.question.id, o.answer.text) for o in exact if not o.wholly_right] == []


def test_nearly_every_question_is_wholly_right(report: Report) -> None:
    assert report.figures["Ganz richtig"].share >= WHOLLY_RIGHT_FLOOR


def test_nothing_is_shown_that_the_sources_do_not_say(report: Report) -> None:
    assert [o.question.id for o in report.outcomes if not o.quotes_exact] == []
    assert [(o.question.id, o.unsupported) for o in report.outcomes if o.unsupported] == []
    assert [(o.question.id, o.forbidden_shown) for o in report.outcomes if o.forbidden_shown] == []
