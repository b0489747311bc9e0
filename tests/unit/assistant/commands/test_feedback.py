"""`aktenkundig rueckmeldungen` counts, writes a question set, deletes."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.cli import cli
from assistant.errors import InputInvalid
from assistant.feedback import FeedbackBook, Grund, Stelle, feedback_on
from assistant.measuring.questionset import read_questions
from index.store import open_store
from index.types import Access
from tests.sample_records import antrag, filled_home
from tests.unit.assistant.test_answer_export import ANSWER, QUESTION


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AKTENKUNDIG_HOME", str(tmp_path))
    filled_home(tmp_path)
    book = FeedbackBook(tmp_path)
    stelle = Stelle(antrag().id, "akten/a.txt", 0, 5)
    right = feedback_on(ANSWER, 1, "lvs", Grund.STIMMT, question=QUESTION)
    book.add(replace(right, stellen=(stelle,)))
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


def test_the_words_of_a_hidden_paper_are_not_written(home: Path) -> None:
    with closing(open_store(home)) as store:
        store.depublish(Access.operator("lvs"), antrag().id, who="test", reason="")
    path = home / "fragen.jsonl"
    run("--fragen", str(path))
    assert path.read_text("utf-8") == ""


@pytest.mark.parametrize(("typed", "left"), [("j\n", 0), ("n\n", 2)])
def test_it_deletes_after_asking_and_only_its_own(home: Path, typed: str, left: int) -> None:
    run("--loeschen", typed=typed)
    assert len(FeedbackBook(home).of("lvs")) == left
    assert len(FeedbackBook(home).of("lvn")) == 1
