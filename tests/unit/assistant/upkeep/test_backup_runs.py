"""Runs of the evaluation go into a backup and come back, beside those that are there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.upkeep.backup import back_up, read_backup, restore
from assistant.upkeep.backup_runs import is_run
from assistant.upkeep.kept_runs import FOLDER, forget_run, keep_run, kept_runs
from index.sqlite_store import SqliteStore
from tests.sample_records import filled_home


def run(day: str) -> str:
    sets = {"e": {"figures": {"Ganz richtig": {"count": 1, "of": 2}}}}
    at = f"2026-03-{day}T00:00:00+00:00"
    return json.dumps({"form": 1, "at": at, "stand": {"Mandant": "lvs"}, "sets": sets})


def test_runs_are_in_a_backup_and_come_back_beside_newer_ones(tmp_path: Path) -> None:
    home = filled_home(tmp_path / "home")
    kept = keep_run(home, "lvs", run("01"))
    (home / FOLDER / "lvs" / "Fremdes Ding.json").write_text("{}", "utf-8")
    store = SqliteStore(home)
    back_up(store, home, tmp_path / "sicherung")
    store.close()
    named = [name for name in read_backup(tmp_path / "sicherung").files if name.startswith(FOLDER)]
    assert named == [f"{FOLDER}/lvs/{kept.id}.json"]
    forget_run(home, "lvs", kept.id)
    newer = keep_run(home, "lvs", run("02"))
    restore(tmp_path / "sicherung", home)
    assert kept_runs(home, "lvs")[0] == [kept, newer]


@pytest.mark.parametrize(
    "name",
    [
        f"{FOLDER}/../x.json",
        f"{FOLDER}/lvs/../../x.json",
        f"{FOLDER}/lvs/x.toml",
        f"{FOLDER}/x.json",
        f"{FOLDER}/lvs/x.json\n",
        f"originals/lvs/{'a' * 64}",
    ],
)
def test_a_name_that_leads_elsewhere_is_no_run(name: str) -> None:
    assert not is_run(name)
