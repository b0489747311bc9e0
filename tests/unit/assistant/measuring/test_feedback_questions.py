"""Feedback is counted, and becomes questions that the evaluation can read."""

from __future__ import annotations

from pathlib import Path

from assistant.feedback import Grund, feedback_on
from assistant.measuring.feedback_questions import counted, question_set
from assistant.measuring.questionset import read_questions
from tests.unit.assistant.test_answer_export import ANSWER, QUESTION

RIGHT = feedback_on(ANSWER, 1, "lvs", Grund.STIMMT, question=QUESTION)
WRONG = feedback_on(ANSWER, 2, "lvs", Grund.VERALTET, question=QUESTION)
UNNAMED = feedback_on(ANSWER, 1, "lvs", Grund.FALSCH_BELEGT)


def test_what_was_said_is_counted_by_kind_of_question() -> None:
    assert counted([RIGHT, WRONG, UNNAMED, RIGHT]) == {
        "status": {
            Grund.STIMMT: 2,
            Grund.FALSCH_BELEGT: 1,
            Grund.UNVOLLSTAENDIG: 0,
            Grund.VERALTET: 1,
        }
    }


def test_only_questions_given_along_become_a_set_and_the_evaluation_reads_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "rueckmeldungen.jsonl"
    path.write_text(question_set([RIGHT, WRONG, UNNAMED]), "utf-8")
    (case,) = read_questions(path)
    assert (case.text, case.kind, case.answerable) == (QUESTION, "status", True)
    assert case.expected_sources == ("akten/a.txt",)
    assert case.forbidden_facts == ("Eine Zählung.",)
