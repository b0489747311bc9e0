"""Our own drafts, written as DOCX and reviewed: open points, and what their authors got wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.begruendung.auftrag import read_auftrag
from assistant.begruendung.docx_export import docx_bytes
from assistant.begruendung.drafting import draft
from assistant.hausregeln import read_hausregeln
from assistant.review.reading import read_upload
from assistant.review.reviewing import run
from assistant.review.types import BefundArt, Reviewed
from index.store import Store, open_store
from index.types import Access

AUFTRAEGE = sorted((Path(__file__).parents[1] / "begruendung" / "auftraege").glob("*.toml"))
RULES = Path(__file__).parents[2] / "beispiele" / "mandanten"
OPEN = frozenset({BefundArt.PLATZHALTER, BefundArt.ABSCHNITT})
OWN_FAULTS = {
    "lvs-fuhrpark": {("verweis", "02.11.2021")},
    "lvs-intern": {("ueberholt", "Vorlage Nr. 15/1640")},
    "lvs-wissensassistent": {("verweis", "Antrag 15/999")},
}
"""What the person who drafts said wrongly, or chose not to name."""


@pytest.fixture(scope="module")
def store(sample_home: Path) -> Iterator[Store]:
    opened = open_store(sample_home)
    yield opened
    opened.close()


@pytest.mark.parametrize("path", AUFTRAEGE, ids=lambda path: path.stem)
def test_of_our_own_draft_only_open_points_and_its_author_s_faults_are_told(
    path: Path, store: Store
) -> None:
    mandant = path.name[:3]
    rules, access = read_hausregeln(RULES, mandant), Access.operator(mandant)
    auftrag = read_auftrag(path, mandant)
    document = read_upload("e.docx", docx_bytes(draft(store, access, auftrag), rules), mandant)
    found = run(Reviewed(document, store, access, rules, auftrag.oeffentlich))
    told = {(b.art.value, b.span.cut(document.text)) for b in found if b.art not in OPEN}
    assert told == OWN_FAULTS.get(path.stem, set())
    assert any(b.art is BefundArt.PLATZHALTER for b in found)
