"""What people see who type the commands: a real terminal on every stream."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.test_ingest_pipeline import antrag

ROOT = Path(__file__).resolve().parents[2]
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture
def akten(tmp_path: Path) -> Path:
    folder = tmp_path / "akten"
    folder.mkdir()
    for number in range(1, 4):
        (folder / f"antrag-{number}.txt").write_text(antrag(f"15/{number}"), encoding="utf-8")
    return folder


def at_a_terminal(home: Path, *arguments: str | Path) -> tuple[int, str]:
    """Exit code and all that was shown, without the terminal's control codes."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "tests.integration.program", *map(str, arguments)]
    process = subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=ROOT,
        env={**os.environ, "AKTENKUNDIG_HOME": str(home), "TERM": "xterm-256color"},
        close_fds=True,
    )
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # Linux says so when the other side is closed
        while piece := os.read(ours, 4096):
            shown += piece
    os.close(ours)
    return process.wait(60), _CONTROL.sub("", shown.decode("utf-8", "replace"))


def test_an_ingest_shows_a_bar_with_count_and_ends_with_its_report(
    tmp_path: Path, akten: Path
) -> None:
    code, shown = at_a_terminal(tmp_path / "home", "ingest", akten)
    assert code == 0, shown
    assert re.search(r"Einlesen .*3/3", shown)
    assert "Neu: 3" in shown
    assert "Traceback" not in shown


def test_an_evaluation_shows_a_bar_for_each_set(tmp_path: Path, akten: Path) -> None:
    assert at_a_terminal(tmp_path / "home", "ingest", akten)[0] == 0
    asked = {"id": "1", "text": "Wer hat den Antrag 15/1 gestellt?", "kind": "antragsteller"}
    path = tmp_path / "satz.jsonl"
    path.write_text(json.dumps({**asked, "answerable": True}), encoding="utf-8")
    code, shown = at_a_terminal(tmp_path / "home", "evaluate", path, "--no-generator")
    assert code == 0, shown
    assert re.search(r"satz .*1/1", shown)
    assert "Zitate wörtlich" in shown


def test_a_reindex_shows_how_far_it_is(tmp_path: Path, akten: Path) -> None:
    assert at_a_terminal(tmp_path / "home", "ingest", akten)[0] == 0
    code, shown = at_a_terminal(tmp_path / "home", "reindex", "--neu")
    assert code == 0, shown
    assert re.search(r"Generation bauen .*3/3", shown)


def test_a_failing_command_ends_with_a_sentence(tmp_path: Path) -> None:
    code, shown = at_a_terminal(tmp_path / "home", "show", "Haushalt")
    assert code != 0
    assert shown.startswith("Fehler: ")
    assert "Traceback" not in shown
