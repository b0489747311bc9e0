"""Votes in real minutes: what a plain pattern sees behind their headings is read and counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.acceptance.header_truth import Paper, karlsruhe, nordstemmen
from tests.acceptance.test_headers import read

# The record of a vote as these two councils print it, read without our rules.
_RECORD = re.compile(
    r"(?:Abstimmungsergebnis|Beratungsergebnis)\s*:\s*\n?(?P<line>[^\n]{0,200})", re.IGNORECASE
)
_JA = re.compile(r"(\d+)\s*Ja", re.IGNORECASE)
_NEIN = re.compile(r"(\d+)\s*(?:Nein|Gegen)", re.IGNORECASE)
_ENTHALTUNG = re.compile(r"(\d+)\s*(?:Stimm)?Enth", re.IGNORECASE)
EVERY = 3
FLOOR = 0.901


def minutes() -> Iterator[Paper]:
    for council in (karlsruhe, nordstemmen):
        found = (p for p in council() if "Niederschrift" in p.expected.get("art", ()))
        yield from (paper for number, paper in enumerate(found) if number % EVERY == 0)


def _figure(pattern: re.Pattern[str], line: str) -> int | None:
    match = pattern.search(line)
    return int(match[1]) if match else None


def test_counted_votes_of_real_minutes_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    printed: Counter[str] = Counter()
    known: Counter[str] = Counter()
    files = votes = attending = 0
    for paper in minutes():
        document = read(paper)
        files += 1
        kopf = document.kopfdaten
        attending += len(kopf.teilnahme)
        votes += len(kopf.beschluesse)
        ours = Counter(
            (a.ja, a.nein, a.enthaltungen)
            for b in kopf.beschluesse
            if b.ergebnis and (a := b.ergebnis.abstimmung)
        )
        theirs = Counter(
            (_figure(_JA, line), _figure(_NEIN, line), _figure(_ENTHALTUNG, line))
            for line in (" ".join(m["line"].split()) for m in _RECORD.finditer(paper.text))
            if _JA.search(line) and len(_JA.findall(line)) == 1
        )
        printed["votes"] += theirs.total()
        known["votes"] += (theirs & ours).total()
    share = known["votes"] / max(1, printed["votes"])
    with capsys.disabled():
        print(
            f"\n{files} minutes: {votes} votes, {attending} people listed; of {printed['votes']} "
            f"counts that a plain pattern sees {share:.3f} are read with all figures"
        )
    assert printed["votes"] > 100
    assert share >= FLOOR
