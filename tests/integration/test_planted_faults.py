"""Issue 5 on the checks against the records: what is planted is found, clean drafts stay silent."""

from __future__ import annotations

import shutil
from pathlib import Path

from index.store import open_store
from tests.review.planted import drafts, measure, report


def test_planted_faults_are_found_and_clean_twins_stay_silent(
    ingested_samples: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(ingested_samples, home)
    store = open_store(home)
    tally = measure(store, drafts())
    store.close()
    told = "\n".join([*report(tally), *(f"{f.draft}: {f.words}" for f in tally.missed)])
    assert len(drafts()) == 24
    assert tally.planted == {
        "angabe": 44,
        "ueberholt": 9,
        "verweis": 35,
        "widerspruch": 33,
        "zitat": 15,
    }
    assert tally.recall >= 0.95, told
    assert min(tally.found[art] / tally.planted[art] for art in tally.planted) >= 0.9, told
    assert tally.false_a_page <= 0.5, told
