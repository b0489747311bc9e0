"""Two hundred damaged files: the part of `make fuzz` that every test run takes along."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.opening import Opener
from ingest.walls.sandbox import Sandbox
from tests.fuzz import run
from tests.fuzz.run import BAD, case, main, read_progress, summary, supervise
from tests.fuzz.seeds import KINDS, seeds
from tests.fuzz.states import State, outcome_of

SLICE = 200


def test_every_damaged_file_ends_in_a_stated_state(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    progress = tmp_path / "fortschritt.jsonl"
    code = main(["--count", str(SLICE), "--progress", str(progress)])
    said = capsys.readouterr().out
    print(said)
    done, begun = read_progress(progress)
    assert begun is None
    assert sorted(done) == list(range(SLICE))
    assert {record["state"] for record in done.values()} <= set(State)
    assert {record["kind"] for record in done.values()} == set(KINDS)
    assert {record["state"] for record in done.values()} >= {State.COMPLETE, State.REFUSED}
    assert said.startswith(f"{SLICE} von {SLICE} Dateien: {SLICE} in benanntem Zustand")
    assert code == 0


def test_a_number_names_the_same_file_in_every_process() -> None:
    script = (
        "import hashlib; from tests.fuzz.run import case; h = hashlib.sha256()\n"
        "for number in range(60): h.update(case(number, 1).data)\n"
        "print(h.hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=run.ROOT, capture_output=True, text=True, check=True
    )
    here = hashlib.sha256(b"".join(case(number, 1).data for number in range(60)))
    assert done.stdout.strip() == here.hexdigest()


def test_the_sound_files_are_sound(tmp_path: Path) -> None:
    with Sandbox() as sandbox, Opener(sandbox) as opener:
        for kind in ("pdf", "docx", "html", "odt", "eml"):
            ends = {name: outcome_of(data, opener) for name, data in seeds(kind).items()}
            refused = {name: end.reason for name, end in ends.items() if end.state == "abgelehnt"}
            assert refused == ({"password": "encrypted"} if kind == "pdf" else {})


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    progress = tmp_path / "fortschritt.jsonl"
    supervise(3, 1, progress, None)
    before = progress.read_text()
    supervise(5, 1, progress, None)
    assert progress.read_text().startswith(before)
    assert sorted(read_progress(progress)[0]) == [0, 1, 2, 3, 4]


def test_a_dead_parent_is_a_find_and_names_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress = tmp_path / "fortschritt.jsonl"
    dying = (
        "import json, os, sys, time; path = sys.argv[sys.argv.index('--progress') + 1]\n"
        "done = sum('done' in line for line in open(path)) if os.path.exists(path) else 0\n"
        "lines = open(path, 'a')\n"
        "lines.write(json.dumps({'begun': done, 'kind': 'pdf', 'at': time.time()}) + '\\n')\n"
        "lines.flush()\n"
        "os.abort() if done == 0 else time.sleep(60)\n"
    )
    (tmp_path / "stirbt.py").write_text(dying)
    real = subprocess.Popen

    def start(command: list[str], **more: object) -> subprocess.Popen[bytes]:
        return real([sys.executable, str(tmp_path / "stirbt.py"), *command[3:]], **more)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(run.subprocess, "Popen", start)
    monkeypatch.setattr(run, "LONGEST_S", 1.0)
    monkeypatch.setattr(run, "GRACE_S", 1.0)
    supervise(2, 1, progress, None)
    done, _ = read_progress(progress)
    assert [done[0]["state"], done[1]["state"]] == [BAD[0], BAD[1]]
    line, _, sound = summary(done, 2)
    assert not sound
    assert "1 Abstürze des Elternprozesses, 1 hängen" in line


def test_a_line_cut_short_by_a_kill_is_done_again(tmp_path: Path) -> None:
    progress = tmp_path / "fortschritt.jsonl"
    whole = json.dumps({"done": 0, "kind": "pdf", "state": "abgelehnt", "seconds": 1.0})
    progress.write_text(f'{whole}\n{{"begun": 1, "kind": "pdf", "at": 1}}\n{{"done": 1, "ki')
    done, begun = read_progress(progress)
    assert list(done) == [0]
    assert begun is not None
    assert begun["begun"] == 1
