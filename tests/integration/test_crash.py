"""Kill −9 at any moment of an ingest leaves each document wholly in or wholly out."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pytest

from tests.ready_program import ReadyProgram, RunningCommand
from tests.running import ROOT, Said, cli_environment

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


@pytest.fixture(scope="module")
def program() -> Iterator[ReadyProgram]:
    with ReadyProgram() as ready:
        yield ready


class House:
    """A home, and the commands that run in it."""

    def __init__(self, home: Path, program: ReadyProgram, weights: Path) -> None:
        self.home = home
        self._program = program
        self._environment = cli_environment(home, weights)
        self._said = home.with_name(f"{home.name}.out"), home.with_name(f"{home.name}.err")

    def start(self, *args: str | Path) -> RunningCommand:
        out, err = self._said
        return self._program.start(*args, environment=self._environment, out=out, err=err)

    def run(self, *args: str | Path) -> Said:
        code = self.start(*args).wait()
        out, err = (path.read_text("utf-8") for path in self._said)
        return Said(code, out, err)

    def counts(self) -> tuple[int, int]:
        """Documents and passages."""
        done = self.run("status", "--json")
        assert done.code == 0, done.err
        return done.json["documents"], done.json["passages"]


def log_bytes(home: Path) -> int:
    """Size of the database's write-ahead log, which grows with each group of documents."""
    try:
        return (home / "aktenkundig.db-wal").stat().st_size
    except FileNotFoundError:
        return 0


def undisturbed(papers: Path, house: House) -> tuple[float, int]:
    """Runs an ingest to its end: seconds, and the most that its log held."""
    began = time.monotonic()
    process = house.start("ingest", papers, "--json")
    most = 0
    while process.poll() is None:
        most = max(most, log_bytes(house.home))
        time.sleep(0.01)
    assert process.returncode == 0
    assert most > 0
    return time.monotonic() - began, most


def killed(process: RunningCommand, home: Path, after_s: float, after_bytes: int) -> None:
    """Kills the ingest at the moment given, by the clock or by its log, whichever comes first."""
    deadline = time.monotonic() + after_s
    while process.poll() is None and time.monotonic() < deadline and log_bytes(home) < after_bytes:
        time.sleep(0.002)
    process.kill()
    process.wait()


def test_twenty_kills_leave_a_clean_store_that_a_second_ingest_completes(
    papers: Path, weights_dir: Path, tmp_path: Path, program: ReadyProgram
) -> None:
    whole = House(tmp_path / "ungestoert", program, weights_dir)
    whole_s, most_bytes = undisturbed(papers, whole)
    expected = whole.counts()
    assert expected[0] > 0

    moments = random.Random(SEED)
    partial = 0
    for kill in range(KILLS):
        house = House(tmp_path / f"abbruch-{kill:02d}", program, weights_dir)
        # Every other one by how much is written, since loading the models takes most of the time.
        after_s, after_bytes = (
            moments.uniform(0, whole_s),
            moments.randrange(most_bytes // 8, most_bytes),
        )
        ingest = house.start("ingest", papers, "--json")
        if kill % 2:
            killed(ingest, house.home, 600, after_bytes)
        else:
            killed(ingest, house.home, after_s, 1 << 60)
        context = f"kill {kill}: {after_s:.2f} of {whole_s:.2f} s, {after_bytes} of {most_bytes} B"

        verified = house.run("verify")
        assert verified.code == 0, f"{context}: {verified.out}{verified.err}"
        documents, _ = house.counts()
        assert documents <= expected[0], context
        partial += 0 < documents < expected[0]

        again = house.run("ingest", papers, "--json")
        assert again.code == 0, f"{context}: {again.err}"
        assert again.json["unchanged"] >= documents, context
        assert again.json["quarantined"] == [], context
        assert house.counts() == expected, context
        assert house.run("verify").code == 0, context
        shutil.rmtree(house.home)
    assert partial > 0, "no kill met an ingest in mid-work: the moments were badly chosen"
