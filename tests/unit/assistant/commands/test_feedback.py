"""`aktenkundig rueckmeldungen` counts, writes a question set, deletes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.cli import cli
from assistant.errors import InputInvalid
from assistant.feedback import FeedbackBook, Grund, feedback_on
from assistant.measuring.questionset import read_questions
from tests.unit.assistant.test_answer_export import ANSWER, QUESTION


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AKTENKUNDIG_HOME", str(tmp_path))
    book = FeedbackBook(tmp_path)
    book.add(feedback_on(ANSWER, 1, "lvs", Grund.STIMMT, question=QUESTION))
    book.add(feedback_on(ANSWER, 2, "lvs", Grund.VERALTET))
    book.add(feedback_on(ANSWER, 2, "lvn", Grund.VERALTET))
    return tmp_path


def run(*arguments: str, typed: str = "") -> str:
    return (
        CliRunner()
        .invoke(
            cli,
            ["rueckmeldungen", "--mandant", "lvs", *arguments],
            input=typed,
            catch_exceptions=False,
        )
        .output
    )


def test_it_counts_by_kind_of_question(home: Path) -> None:
    assert run() == "Rückmeldungen: 2\n  status: stimmt 1, veraltet 1\n"
    assert json.loads(run("--json"))["nach_art"]["status"]["veraltet"] == 1


def test_it_writes_what_the_evaluation_reads_and_overwrites_nothing(home: Path) -> None:
    path = home / "fragen.jsonl"
    run("--fragen", str(path))
    assert [case.text for case in read_questions(path)] == [QUESTION]
    with pytest.raises(InputInvalid):
        run("--fragen", str(path))


@pytest.mark.parametrize(("typed", "left"), [("j\n", 0), ("n\n", 2)])
def test_it_deletes_after_asking_and_only_its_own(home: Path, typed: str, left: int) -> None:
    run("--loeschen", typed=typed)
    assert len(FeedbackBook(home).of("lvs")) == left
    assert len(FeedbackBook(home).of("lvn")) == 1
