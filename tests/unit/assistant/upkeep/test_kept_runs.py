"""Runs of the evaluation: figures are kept, words are not, and what is no run is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import InputInvalid, NotFound
from assistant.measuring.figures import Ratio
from assistant.measuring.report_page import summary
from assistant.upkeep.kept_runs import FOLDER, courses_of, forget_run, keep_run, kept_runs

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def run(right: int = 3, **changes: Any) -> dict[str, Any]:
    figures = {"Ganz richtig": {"count": right, "of": 4}}
    outcome = {"question": "Wer wohnt im Geheimhaus?", "answer": "Frau Geheim"}
    one = {"figures": figures, "medians_ms": {"total": 812.5}, "outcomes": [outcome]}
    stand = {"Version": "1.0", "Mandant": "lvs"}
    return {
        "form": 1,
        "at": "2026-03-01T00:00:00+00:00",
        "stand": stand,
        "sets": {"e": one},
    } | changes


def test_a_run_is_kept_without_the_questions_and_answers(tmp_path: Path) -> None:
    kept = keep_run(tmp_path, "lvs", json.dumps(run()))
    assert kept.figures == {"e": {"Ganz richtig": Ratio(3, 4)}}
    (file,) = (tmp_path / FOLDER / "lvs").iterdir()
    assert "Geheim" not in file.read_text("utf-8")
    assert kept_runs(tmp_path, "lvs") == ([kept], [])


def test_runs_are_in_the_order_they_were_measured_and_each_is_kept_once(tmp_path: Path) -> None:
    later = keep_run(tmp_path, "lvs", json.dumps(run(4, at="2026-03-02T00:00:00+00:00")))
    earlier = keep_run(tmp_path, "lvs", json.dumps(run()))
    assert keep_run(tmp_path, "lvs", json.dumps(run())) == earlier
    assert kept_runs(tmp_path, "lvs")[0] == [earlier, later]
    assert kept_runs(tmp_path, "lvn") == ([], [])


def test_a_run_that_says_no_time_has_that_of_its_keeping(tmp_path: Path) -> None:
    old = run()
    del old["at"]
    assert keep_run(tmp_path, "lvs", json.dumps(old), NOW).at == NOW.isoformat()


def test_what_evaluate_writes_can_be_kept(tmp_path: Path) -> None:
    written = json.dumps(summary({}, {"Mandant": "lvs"}))
    with pytest.raises(InputInvalid, match="kein Lauf"):  # a run without a question set
        keep_run(tmp_path, "lvs", written)
    assert datetime.fromisoformat(json.loads(written)["at"]).tzinfo is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "kein json",
        json.dumps(run(form=2)),
        json.dumps(run(sets={})),
        json.dumps(run(sets={"e": {"figures": {"x": {"count": 5, "of": 4}}}})),
        json.dumps(run(sets={"e": {"figures": {"x": {"count": 1}}}})),
        json.dumps(run(at="gestern")),
        json.dumps(run(stand={"Version": ["1"]})),
        json.dumps(run(sets={"e" * 500: {"figures": {}}})),
        "[" * 100_000,
    ],
)
def test_what_is_no_run_is_refused_and_leaves_nothing(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputInvalid, match="kein Lauf"):
        keep_run(tmp_path, "lvs", text)
    assert not (tmp_path / FOLDER).exists()


def test_a_run_of_another_mandant_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputInvalid, match="lvn"):
        keep_run(tmp_path, "lvs", json.dumps(run(stand={"Mandant": "lvn"})))


def test_a_broken_file_is_named_and_a_run_can_be_forgotten(tmp_path: Path) -> None:
    kept = keep_run(tmp_path, "lvs", json.dumps(run()))
    (tmp_path / FOLDER / "lvs" / "x.json").write_text("{", "utf-8")
    assert kept_runs(tmp_path, "lvs")[1] == ["x.json"]
    for unknown in ("gibt-es-nicht", "../lvs/x"):
        with pytest.raises(NotFound):
            forget_run(tmp_path, "lvs", unknown)
    forget_run(tmp_path, "lvs", kept.id)
    assert kept_runs(tmp_path, "lvs")[0] == []


def test_a_figure_has_a_value_only_where_a_run_counted_something(tmp_path: Path) -> None:
    figures = {
        "Ganz richtig": {"count": 1, "of": 2},
        "Antworten mit falscher Angabe": {"count": 0, "of": 0},
    }
    keep_run(tmp_path, "lvs", json.dumps(run()))
    newer = run(at="2026-03-02T00:00:00+00:00", sets={"e": {"figures": figures}})
    keep_run(tmp_path, "lvs", json.dumps(newer))
    keep_run(
        tmp_path,
        "lvs",
        json.dumps(run(at="2026-03-03T00:00:00+00:00", sets={"x": {"figures": {}}})),
    )
    right, wrong = courses_of(kept_runs(tmp_path, "lvs")[0], "e")
    assert [one.ratio for one in right.values] == [Ratio(3, 4), Ratio(1, 2)]
    assert [one.ratio for one in wrong.values] == [None, None]
    assert (right.less_is_better, wrong.less_is_better) == (False, True)
