"""docs/musterfragen.md is what the system says today to the thirty sample questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.eval.musterfragen import PAGE, transcript

pytestmark = pytest.mark.weights
EXPECTED = {
    "A1": "status · beantwortet",
    "A2": "status · nicht belegt · nach A1",
    "A3": "sitzung · beantwortet",
    "A4": "liste · beantwortet",
    "A5": "liste · beantwortet",
    "A6": "abstimmung · beantwortet",
    "A7": "betrag · beantwortet",
    "A8": "norm · beantwortet",
    "A9": "abweichung · beantwortet",
    "A10": "betreff · Rückfrage",
    "B1": "entwurf · beantwortet",
    "B2": "praezedenz · beantwortet",
    "B3": "sachverhalt · beantwortet",
    "B4": "zielrichtung · beantwortet · nach B3",
    "B5": "finanzen · beantwortet",
    "B6": "argumente · beantwortet",
    "B7": "behauptung · beantwortet",
    "B8": "entwurf · nicht belegt",
    "B9": "entwurf · Rückfrage · nach A1",
    "B10": "entwurf · nicht belegt",
    "C1": "bestand · beantwortet",
    "C2": "bestand · beantwortet",
    "C3": "bestand · beantwortet",
    "C4": "bestand · beantwortet",
    "C5": "auftrag · beantwortet",
    "C6": "auftrag · beantwortet",
    "C7": "bestand · beantwortet",
    "C8": "auftrag · beantwortet",
    "C9": "bestand · beantwortet",
    "C10": "bestand · beantwortet",
}


@pytest.fixture(scope="module")
def page(
    ingested_samples: Path, weights_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> str:
    import shutil

    home = tmp_path_factory.mktemp("musterfragen") / "home"
    shutil.copytree(ingested_samples, home)
    return transcript(home, weights_dir)


def test_each_of_the_thirty_is_taken_as_what_it_is(page: str) -> None:
    lines = page.splitlines()
    kinds = {
        line.removeprefix("### ").split(".")[0]: lines[number + 2].strip("*").removeprefix("Art: ")
        for number, line in enumerate(lines)
        if line.startswith("### ")
    }
    assert kinds == EXPECTED


def test_the_page_in_the_handbook_is_current(page: str) -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert page == written, "bitte `python -m tests.eval.musterfragen` laufen lassen"
