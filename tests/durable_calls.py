"""Kills a piece of work, or fills or breaks its disk, at a chosen call that makes data last.

The calls are those by which SQLite, FAISS and the lists change files: writing, truncating, making
durable, replacing, removing. Opening and reading change nothing and are left out.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.running import ROOT

WRITING = ("pwrite64", "write", "ftruncate")
DURABLE = (*WRITING, "fsync", "fdatasync", "rename", "unlink")
KILL = "KILL"
FAILING = {"ENOSPC": WRITING, "EIO": (*WRITING, "fsync", "fdatasync")}
"""A full disk refuses what it is given, a broken one also to make it last."""
TIMEOUT_S = 120


@dataclass(frozen=True)
class Fault:
    """The n-th call of a kind ends the process, or fails from then on: KILL, ENOSPC, EIO."""

    call: str
    number: int
    kind: str

    def injection(self) -> str:
        """What strace is told."""
        if self.kind == KILL:
            return f"{self.call}:signal=KILL:when={self.number}"
        return f"{self.call}:error={self.kind}:when={self.number}+"

    def __str__(self) -> str:
        return f"{self.call} {self.number} {self.kind}"


@dataclass(frozen=True)
class Done:
    """How the work ended, and what it reported as done before."""

    code: int
    said: list[str]
    errors: str

    @property
    def killed(self) -> bool:
        """Whether the process ended at the call, not of itself."""
        return self.code in (-9, 137)


def run(arguments: list[str], home: Path, fault: Fault | None, log: Path) -> Done:
    """Runs the work under strace; only calls on files below `home` count."""
    assert shutil.which("strace"), "strace fehlt: apt-get install strace"
    watched = ["-P", str(home)]
    for name in paths_of(home):
        watched += ["-P", str(name)]
    command = ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={','.join(DURABLE)}", *watched]
    if fault is not None:
        command += ["-e", f"inject={fault.injection()}"]
    if fault is None or fault.kind != KILL:
        # Far faster, but strace 6.1 then sends no signals.
        command.append("--seccomp-bpf")
    done = subprocess.run(
        [*command, sys.executable, "-m", "tests.durable_work", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    return Done(done.returncode, done.stdout.split("\n")[:-1], done.stderr)


def paths_of(home: Path) -> list[Path]:
    """The files that the work may change; strace compares whole paths."""
    names = ["aktenkundig.db", "aktenkundig.db-wal", "aktenkundig.db-shm", "loeschungen.jsonl"]
    vectors = home / "vectors"
    # Of files yet to come the stamps are known by name: the kernel sees the call that puts them.
    stamps = [vectors / f"{place}.json" for place in range(1, 10)]
    return [*(home / name for name in names), vectors, *{*stamps, *vectors.glob("*")}]


def counted(log: Path) -> Counter[str]:
    """How often each call occurred."""
    return Counter(re.findall(r"^\d+\s+(\w+)\(", log.read_text(), re.MULTILINE))


def faults(calls: Counter[str], every: int) -> Iterator[Fault]:
    """Every `every`-th place of each call, the first always: killed, and failing one way or other.

    In a sample full and broken disks take turns; with `every` 1 each place sees both.
    """
    for call in DURABLE:
        places = range(1, calls[call] + 1, every)
        ways = [kind for kind, affected in FAILING.items() if call in affected]
        for turn, number in enumerate(places):
            yield Fault(call, number, KILL)
            chosen = ways if every == 1 or not ways else [ways[turn % len(ways)]]
            yield from (Fault(call, number, kind) for kind in chosen)
