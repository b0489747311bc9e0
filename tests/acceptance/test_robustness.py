"""Every foreign file ends in a stated state: in time, within its memory, and the parent lives on."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from ingest.intake import discover
from ingest.opening import Opener
from ingest.walls.sandbox import MEMORY_BYTES, Sandbox
from tests.fuzz.states import Outcome, State, outcome_of_file

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
TABLE = ROOT / "out" / "robustheit.tsv"
LONGEST_S = 60.0
GRACE_S = 5.0
"""For ending a worker and the little that is done outside of it."""


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Outcome]:
    """What became of each file below the corpus; the table is written as it grows."""
    assert CORPUS.is_dir(), f"Die Prüfdateien fehlen unter {CORPUS}."
    TABLE.parent.mkdir(exist_ok=True)
    ends: dict[str, Outcome] = {}
    with (
        Sandbox() as sandbox,
        Opener(sandbox) as opener,
        TABLE.open("w", encoding="utf-8") as table,
    ):
        table.write("Datei\tZustand\tGrund\tSeiten\tSekunden\n")
        for path in discover([CORPUS]):
            name = str(path.relative_to(CORPUS))
            end = ends[name] = outcome_of_file(path, opener)
            unread = ", ".join(map(str, end.unread))
            reason = end.reason or (f"ohne Seiten {unread}" if unread else end.message)
            pages = "" if end.pages is None else end.pages
            row = (name, end.state, reason, pages, f"{end.seconds:.2f}")
            table.write("\t".join(map(str, row)) + "\n")
            table.flush()
    assert 0 < opener.peak_bytes <= MEMORY_BYTES
    print(f"\nDas meiste, was ein Leseprozess hielt: {opener.peak_bytes / 1024**2:.0f} MiB")
    return ends


def test_every_file_of_the_corpus_ends_in_a_stated_state(outcomes: dict[str, Outcome]) -> None:
    states = Counter(end.state for end in outcomes.values())
    reasons = Counter(end.reason for end in outcomes.values() if end.state is State.REFUSED)
    print(f"\n{len(outcomes)} Dateien: {dict(states)}; abgelehnt: {dict(reasons.most_common())}")
    assert len(outcomes) > 500
    assert set(states) == set(State)
    assert all(end.message for end in outcomes.values() if end.state is not State.COMPLETE)


def test_no_file_takes_longer_than_a_minute(outcomes: dict[str, Outcome]) -> None:
    by_time = sorted(outcomes.items(), key=lambda item: -item[1].seconds)
    print("\nAm längsten: " + ", ".join(f"{name} {end.seconds:.1f} s" for name, end in by_time[:5]))
    assert by_time[0][1].seconds <= LONGEST_S + GRACE_S


def test_the_files_made_to_hurt_are_refused_or_read_as_their_makers_expect(
    outcomes: dict[str, Outcome],
) -> None:
    lines = (CORPUS / "nasty_files" / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    listed = {json.loads(line)["file"] for line in lines}
    ours = {name.removeprefix("nasty_files/") for name in outcomes if "nasty_files/" in name}
    seen = listed & ours
    print(f"\nVon {len(listed)} im Verzeichnis der Prüfdateien gibt es hier {len(seen)}.")
    assert len(seen) >= 190
    crashed = [name for name, end in outcomes.items() if end.reason == "parser_crashed"]
    assert crashed == []
