"""Kill −9 at any moment of an ingest leaves each document wholly in or wholly out."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import time
from itertools import zip_longest
from pathlib import Path

import pytest

from tests.running import ROOT, RunCli, cli_command, cli_environment

pytestmark = [pytest.mark.weights, pytest.mark.slow]

KILLS = 20
DOCUMENTS = 25
SEED = 20260101


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with twenty-five of the samples: of each format the shortest, to keep this brief."""
    folder = tmp_path_factory.mktemp("papiere")
    by_format: dict[str, list[Path]] = {}
    for path in (ROOT / "beispiele" / "lvs").rglob("*"):
        if path.is_file():
            by_format.setdefault(path.suffix, []).append(path)
    shortest = [sorted(paths, key=lambda path: path.stat().st_size) for paths in by_format.values()]
    in_turn = [path for row in zip_longest(*shortest) for path in row if path is not None]
    assert len(in_turn) >= DOCUMENTS
    for number, path in enumerate(sorted(in_turn[:DOCUMENTS])):
        shutil.copy(path, folder / f"{number:02d}-{path.name}")
    return folder


def start(papers: Path, home: Path, weights: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        cli_command("ingest", papers, "--json"),
        cwd=ROOT,
        env=cli_environment(home, weights),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def database_exists(home: Path) -> bool:
    return home.is_dir() and any(
        path.is_file() and path.stat().st_size > 0 for path in home.glob("*.db*")
    )


def counts(run_cli: RunCli, home: Path) -> tuple[int, int]:
    """Documents and passages of a home."""
    done = run_cli("status", "--json", home=home)
    assert done.returncode == 0, done.stderr
    status = json.loads(done.stdout)
    return status["documents"], status["passages"]


def test_twenty_kills_leave_a_clean_store_that_a_second_ingest_completes(
    papers: Path, weights_dir: Path, tmp_path: Path, run_cli: RunCli
) -> None:
    whole = tmp_path / "ungestoert"
    began = time.monotonic()
    process = start(papers, whole, weights_dir)
    while process.poll() is None and not database_exists(whole):
        time.sleep(0.02)
    opened_s = time.monotonic() - began
    assert process.wait(timeout=600) == 0
    whole_s = time.monotonic() - began
    expected = counts(run_cli, whole)
    assert expected[0] > 0

    moments = random.Random(SEED)
    partial = 0
    for kill in range(KILLS):
        home = tmp_path / f"abbruch-{kill:02d}"
        process = start(papers, home, weights_dir)
        # From shortly before the database opens until shortly before an undisturbed run would end.
        after_s = moments.uniform(opened_s * 0.9, whole_s * 0.98)
        try:
            process.wait(timeout=after_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        context = f"kill {kill} after {after_s:.2f} s of {whole_s:.2f} s"

        verified = run_cli("verify", home=home)
        assert verified.returncode == 0, f"{context}: {verified.stdout}{verified.stderr}"
        documents, _ = counts(run_cli, home)
        assert documents <= expected[0], context
        partial += 0 < documents < expected[0]

        again = run_cli("ingest", papers, "--json", home=home)
        assert again.returncode == 0, f"{context}: {again.stderr}"
        report = json.loads(again.stdout)
        assert report["unchanged"] >= documents, context
        assert report["quarantined"] == [], context
        assert counts(run_cli, home) == expected, context
        assert run_cli("verify", home=home).returncode == 0, context
        shutil.rmtree(home)
    assert partial > 0, "no kill met an ingest in mid-work: the moments were badly chosen"
