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
DOCUMENTS = 15
SEED = 20260101


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with fifteen of the samples: of each format the shortest, to keep this brief."""
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


def log_bytes(home: Path) -> int:
    """Size of the database's write-ahead log, which grows with each group of documents."""
    try:
        return (home / "aktenkundig.db-wal").stat().st_size
    except FileNotFoundError:
        return 0


def undisturbed(papers: Path, home: Path, weights: Path) -> tuple[float, int]:
    """Runs an ingest to its end: seconds, and the most that its log held."""
    began = time.monotonic()
    process = start(papers, home, weights)
    most = 0
    while process.poll() is None:
        most = max(most, log_bytes(home))
        time.sleep(0.01)
    assert process.returncode == 0
    assert most > 0
    return time.monotonic() - began, most


def killed(process: subprocess.Popen[bytes], home: Path, after_s: float, after_bytes: int) -> None:
    """Kills the ingest at the moment given, by the clock or by its log, whichever comes first."""
    deadline = time.monotonic() + after_s
    while process.poll() is None and time.monotonic() < deadline and log_bytes(home) < after_bytes:
        time.sleep(0.002)
    process.kill()
    process.wait()


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
    whole_s, most_bytes = undisturbed(papers, whole, weights_dir)
    expected = counts(run_cli, whole)
    assert expected[0] > 0

    moments = random.Random(SEED)
    partial = 0
    for kill in range(KILLS):
        home = tmp_path / f"abbruch-{kill:02d}"
        # Every other one by how much is written, since loading the models takes most of the time.
        after_s, after_bytes = (
            moments.uniform(0, whole_s),
            moments.randrange(most_bytes // 8, most_bytes),
        )
        if kill % 2:
            killed(start(papers, home, weights_dir), home, 600, after_bytes)
        else:
            killed(start(papers, home, weights_dir), home, after_s, 1 << 60)
        context = f"kill {kill}: {after_s:.2f} of {whole_s:.2f} s, {after_bytes} of {most_bytes} B"

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
