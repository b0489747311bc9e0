from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.records.schutz import closed_because, is_undeclared
from index.types import DocumentSummary, Kopfdaten, Reading, Schutzstufe, Span
from ingest.begleitdaten import NOTE

PAPER = DocumentSummary(
    "a" * 64,
    "lvs",
    "akten/antrag.pdf",
    "application/pdf",
    "Radweg",
    Kopfdaten(),
    Schutzstufe.NICHTOEFFENTLICH,
    1,
    "2024-01-01",
    None,
    None,
)
HERE = Span(0, 10)


@pytest.mark.parametrize(
    ("changes", "says", "undeclared"),
    [
        ({"visibility": Schutzstufe.OEFFENTLICH}, None, False),
        ({}, "Das Papier sagt nicht", True),
        ({"source": "https://rat.example/file/1"}, "OParl-Feld »public«", True),
        ({"warnings": (f"{NOTE}Angaben aus a.json.",)}, "(Angaben aus a.json) sagt, ob", True),
        ({"kopfdaten": Kopfdaten(oeffentlich=Reading(False, HERE))}, "nennen es nicht", False),
        ({"kopfdaten": Kopfdaten(oeffentlich=Reading(True, HERE))}, "die strengere", False),
    ],
)
def test_a_closed_document_says_why(
    changes: dict[str, object], says: str | None, undeclared: bool
) -> None:
    document = replace(PAPER, **changes)  # type: ignore[arg-type]
    reason = closed_because(document)
    assert (reason is None) if says is None else (reason is not None and says in reason)
    assert is_undeclared(document) is undeclared


def test_minutes_declare_their_parts_themselves() -> None:
    kopf = Kopfdaten(art=Reading("Niederschrift", HERE))
    assert not is_undeclared(replace(PAPER, kopfdaten=kopf))
