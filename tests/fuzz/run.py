"""`make fuzz`: damaged files of every format, each of which must end in a stated state in time.

Case n is always the same file: its format, its sound file and the damage follow from the seed and
n. What is done is kept in a progress file, so a run that was stopped goes on where it was. The
cases run in a process of their own, which this one watches: when it dies or hangs, the case at hand
is written down as the culprit and the rest goes on.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

from ingest.opening import Opener
from ingest.walls.sandbox import Sandbox
from tests.fuzz.mutations import mutate
from tests.fuzz.seeds import seeds
from tests.fuzz.states import State, outcome_of

ROOT = Path(__file__).resolve().parents[2]
PROGRESS = ROOT / "out" / "fuzz" / "fortschritt.jsonl"
COUNT = 5_000
LONGEST_S = 60.0
GRACE_S = 15.0
# The parent's sentence beside the parser's end; the shares are those of files in an authority.
SHARES = {"pdf": 30, "docx": 22, "zip": 14, "image": 16, "odt": 6, "eml": 6, "html": 6}
BAD = ("Elternprozess abgestürzt", "hängt", "ohne Zustand")


@dataclass(frozen=True, slots=True)
class Case:
    """A damaged file and how it came about."""

    number: int
    kind: str
    seed: str
    damage: tuple[str, ...]
    data: bytes


def case(number: int, seed: int) -> Case:
    """The file of a number; equal arguments give equal bytes."""
    rng = Random(f"{seed}:{number}")
    kind = rng.choices(list(SHARES), list(SHARES.values()))[0]
    sound = seeds(kind)
    name = rng.choice(sorted(sound))
    data, damage = mutate(kind, sound[name], rng)
    return Case(number, kind, name, damage, data)


def run_cases(numbers: Iterable[int], seed: int, progress: Path, until: float | None) -> None:
    """Works cases off and writes a line before and one after each."""
    with (
        Sandbox() as sandbox,
        Opener(sandbox) as opener,
        progress.open("a", encoding="utf-8") as lines,
    ):
        for number in numbers:
            if until is not None and time.time() > until:
                return
            one = case(number, seed)
            _write(lines, {"begun": number, "kind": one.kind, "at": time.time()})
            _write(lines, _record(one, opener, progress.parent))


def _record(one: Case, opener: Opener, keep: Path) -> dict[str, Any]:
    head = {"done": one.number, "kind": one.kind, "seed": one.seed, "damage": one.damage}
    started = time.monotonic()
    try:
        outcome = outcome_of(one.data, opener)
    except Exception as error:
        # Nothing but a stated state may come back: whatever else does is a find.
        (keep / f"fund-{one.number}.{one.kind}").write_bytes(one.data)
        said = f"{type(error).__name__}: {error}"[:200]
        seconds = time.monotonic() - started
        return head | {"state": BAD[2], "reason": said, "seconds": seconds, "failed": True}
    if outcome.failed:
        (keep / f"abbruch-{one.number}.{one.kind}").write_bytes(one.data)
    return head | asdict(outcome)


def _write(lines: Any, record: Mapping[str, Any]) -> None:
    lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    lines.flush()


def read_progress(progress: Path) -> tuple[dict[int, dict[str, Any]], dict[str, Any] | None]:
    """The cases done, by number, and the one that was begun last and not done."""
    done: dict[int, dict[str, Any]] = {}
    begun: dict[str, Any] | None = None
    if progress.exists():
        for line in progress.read_text(encoding="utf-8").splitlines():
            try:
                record = json.loads(line)
            except ValueError:
                continue  # the line that a kill cut short
            if "begun" in record:
                begun = record
            elif "done" in record:
                done[record["done"]] = record
                begun = None
    return done, begun


def supervise(count: int, seed: int, progress: Path, seconds: float | None) -> None:
    """Lets a process work the cases off and notes the ones that kill it or make it hang."""
    progress.parent.mkdir(parents=True, exist_ok=True)
    until = None if seconds is None else time.time() + seconds
    while len(read_progress(progress)[0]) < count and (until is None or time.time() < until):
        command = [sys.executable, "-m", "tests.fuzz.run", "--work", "--count", str(count)]
        command += ["--seed", str(seed), "--progress", str(progress)]
        if until is not None:
            command += ["--until", str(until)]
        child = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
        try:
            code = _await_end(child, progress)
        except BaseException:
            child.kill()
            child.wait()
            raise
        _, begun = read_progress(progress)
        if begun is not None and code != 0:
            state = BAD[1] if code is None else BAD[0]
            passed = time.time() - begun["at"]
            with progress.open("a", encoding="utf-8") as lines:
                culprit = {"done": begun["begun"], "kind": begun["kind"], "seed": "", "damage": []}
                _write(
                    lines,
                    culprit
                    | {"state": state, "reason": str(code), "seconds": passed, "failed": True},
                )
        elif code not in (0, None):
            raise SystemExit(f"Der Prüfprozess endete mit {code}, ohne an einer Datei zu sein.")


def _await_end(child: subprocess.Popen[bytes], progress: Path) -> int | None:
    """The exit code; None for a child that hung and was killed."""
    while child.poll() is None:
        time.sleep(0.5)
        _, begun = read_progress(progress)
        if begun is not None and time.time() - begun["at"] > LONGEST_S + GRACE_S:
            child.kill()
            child.wait()
            return None
    return child.returncode


def summary(done: Mapping[int, Mapping[str, Any]], count: int) -> tuple[str, list[str], bool]:
    """One line, a table by format and state, and whether all is as it must be."""
    records = [record for number, record in done.items() if number < count]
    bad = Counter(record["state"] for record in records if record["state"] in BAD)
    stated = sum(record["state"] in set(State) for record in records)
    slow = [r for r in records if r["state"] not in BAD and r["seconds"] > LONGEST_S + GRACE_S]
    failed = Counter(r["reason"] for r in records if r["state"] == State.REFUSED and r["failed"])
    line = (
        f"{len(records)} von {count} Dateien: {stated} in benanntem Zustand, "
        f"{bad[BAD[0]]} Abstürze des Elternprozesses, {bad[BAD[1]] + len(slow)} hängen, "
        f"{bad[BAD[2]]} ohne Zustand; Leseprogramm beendet: {dict(failed) or 'nie'}"
    )
    kinds = sorted({record["kind"] for record in records})
    states = [*State, *BAD]
    table = ["Format   " + "".join(f"{state:>25}" for state in states) + "   langsamste (s)"]
    for kind in kinds:
        mine = [record for record in records if record["kind"] == kind]
        counts = Counter(record["state"] for record in mine)
        slowest = max(mine, key=lambda record: record["seconds"])
        table.append(
            f"{kind:<9}"
            + "".join(f"{counts[state]:>25}" for state in states)
            + f"   {slowest['seconds']:.1f} (Nr. {slowest['done']})"
        )
    return line, table, not bad and not slow and stated == len(records)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs what is left to run and prints the result."""
    options = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    options.add_argument("--count", type=int, default=COUNT)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--seconds", type=float, default=None, help="then stop; go on later")
    options.add_argument("--progress", type=Path, default=PROGRESS)
    options.add_argument("--fresh", action="store_true", help="begin anew")
    options.add_argument("--work", action="store_true", help=argparse.SUPPRESS)
    options.add_argument("--until", type=float, default=None, help=argparse.SUPPRESS)
    chosen = options.parse_args(arguments)
    # Another seed is another run.
    progress = chosen.progress
    if chosen.seed != 1 and progress == PROGRESS:
        progress = PROGRESS.with_name(f"fortschritt-{chosen.seed}.jsonl")
    if chosen.work:
        done, _ = read_progress(progress)
        left = (number for number in range(chosen.count) if number not in done)
        run_cases(left, chosen.seed, progress, chosen.until)
        return 0
    if chosen.fresh:
        progress.unlink(missing_ok=True)
    supervise(chosen.count, chosen.seed, progress, chosen.seconds)
    done, _ = read_progress(progress)
    line, table, sound = summary(done, chosen.count)
    print("\n".join((line, *table)))
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
