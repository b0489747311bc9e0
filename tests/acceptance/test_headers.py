"""Header fields of two councils' real papers, measured against their own registers.

A floor is two points below what was measured; it may rise and must not be lowered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256

import pytest

from index.types import Document
from ingest.document import read_document
from ingest.errors import NoText
from ingest.formats.text import parse_text
from ingest.intake import Intake
from tests.acceptance.header_truth import Paper, karlsruhe, nordstemmen, read_fields, tally

# Subjects and movers of Karlsruhe are measured against the whole paper, whose files have their own.
FLOORS: dict[str, dict[str, float]] = {
    "karlsruhe": {
        "antragsteller": 0.850,
        "art": 0.963,
        "beratungsfolge": 0.925,
        "datum": 0.908,
        "drucksachen": 0.862,
        "gremium": 0.895,
        "nummer": 0.974,
        "titel": 0.830,
    },
    "nordstemmen": {
        "art": 0.980,
        "datum": 0.980,
        "gremium": 0.924,
        "nummer": 0.980,
        "titel": 0.779,
    },
}
EVERY = {"karlsruhe": 3, "nordstemmen": 2}


def read(paper: Paper) -> Document:
    data = paper.text.encode()
    intake = Intake(paper.name, data, sha256(data).hexdigest(), "text/plain")
    return read_document(intake, parse_text(data), "pruefung")


@pytest.mark.parametrize("council", [karlsruhe, nordstemmen], ids=["karlsruhe", "nordstemmen"])
def test_precision_and_recall_of_each_header_field_hold(
    council: Callable[[], Iterator[Paper]], capsys: pytest.CaptureFixture[str]
) -> None:
    name = council.__name__
    counts = tally()
    unread = 0
    for number, paper in enumerate(council()):
        if number % EVERY[name]:
            continue
        try:
            counts.add(paper, read_fields(read(paper)))
        except NoText:
            unread += 1
    rows = counts.rows()
    with capsys.disabled():
        print(
            f"\n{name}: {unread} without text\n{'Feld':<18}{'Genauigkeit':>12}{'Ausbeute':>10}{'Anzahl':>8}"
        )
        for field, precision, recall, expected in rows:
            print(f"{field:<18}{precision:>12.3f}{recall:>10.3f}{expected:>8}")
        for field in sorted(counts.faults):
            print(
                f"{field}: {len(counts.faults[field])} faults, such as {counts.faults[field][:2]}"
            )
    measured = {field: (precision, recall) for field, precision, recall, _ in rows}
    assert unread == 0
    assert set(FLOORS[name]) <= set(measured)
    low = {f: m for f, m in measured.items() if f in FLOORS[name] and min(m) < FLOORS[name][f]}
    assert low == {}
