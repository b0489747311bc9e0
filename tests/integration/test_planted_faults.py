"""Issue 5 on reviews: what is planted is found in every format, clean drafts stay silent.

All checks run over all drafts. The findings on clean drafts are counted with the line that lists a
draft's own figures, though what it says is true.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.store import Store, open_store
from tests.review.form import planted as form
from tests.review.formats import readers
from tests.review.planted import drafts, findings, measure, report

OF_FORMATS = ("05", "28", "36", "40")
"""Drafts with a table, with chapters that are numbered and that are not, with every class."""
ENOUGH_DRAFTS, ENOUGH_FAULTS, ENOUGH_CLEAN = 40, 200, 20


@pytest.fixture(scope="module")
def store(ingested_samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    home = tmp_path_factory.mktemp("home") / "aktenkundig"
    shutil.copytree(ingested_samples, home)
    opened = open_store(home)
    yield opened
    opened.close()


def test_planted_faults_are_found_and_clean_twins_stay_silent(store: Store) -> None:
    tally = measure(store, drafts())
    lines = [*report(tally), *(f"{f.draft} {f.art}: {f.words}" for f in tally.missed)]
    told = "\n".join([*lines, *(f"{n} {b.art}: {words}" for n, b, words in tally.alarms)])
    print(told)
    assert len(drafts()) >= max(ENOUGH_DRAFTS, ENOUGH_CLEAN)
    assert tally.planted == {
        "abschnitt": 23,
        "angabe": 110,
        "gremium": 14,
        "koerperschaft": 7,
        "lesbarkeit": 20,
        "nichtoeffentlich": 5,
        "platzhalter": 19,
        "ueberholt": 18,
        "verweis": 59,
        "widerspruch": 50,
        "zitat": 29,
    }
    assert tally.planted.total() >= ENOUGH_FAULTS
    assert tally.recall >= 0.95, told
    assert min(tally.found[art] / tally.planted[art] for art in tally.planted) >= 0.9, told
    assert tally.findings_a_page <= 0.5, told


def test_faults_of_form_are_found_with_all_checks_on_a_stock_that_knows_nothing_of_them(
    store: Store,
) -> None:
    clean = form.clean_drafts()
    sown = [fault for fault in form.planted() if fault.art != "nichtoeffentlich"]
    missed = [
        fault
        for fault in sown
        for text in [form.faulty(fault, clean)]
        if not form.is_found(fault, text, findings(store, form.read(text)))
    ]
    assert len(sown) == 71
    assert len(missed) <= 0.05 * len(sown), missed


@pytest.mark.parametrize("name", ["docx", "pdf", "text"])
def test_the_format_of_a_draft_hides_no_fault(name: str, store: Store, tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    assert soffice, "LibreOffice prints the PDF of this test"
    files = [path for path in drafts() if path.name[:2] in OF_FORMATS]
    tally = measure(store, files, readers(tmp_path, Path(soffice))[name])
    told = "\n".join([*report(tally), *(f"{f.draft} {f.art}: {f.words}" for f in tally.missed)])
    print(told)
    assert tally.planted.total() == 35
    assert tally.found.total() >= 33, told
    assert tally.findings_a_page <= 0.5, told
