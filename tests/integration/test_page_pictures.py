"""Pages of damaged and hostile files, drawn behind the real walls."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from assistant.viewing.drawing import Marking, PageDrawer, Wanted
from ingest.errors import IngestError, ParserCrashed, ParserTimeout
from ingest.intake import PDF
from ingest.walls.sandbox import Sandbox
from tests.fuzz.mutations import mutate
from tests.fuzz.seeds import seeds
from tests.unit.ingest.pdf_files import pdf_file, prose

GOOD = pdf_file([prose(700, "Der Antrag wird abgelehnt.")])
TEXT = "Der Antrag wird abgelehnt."
CASES = 60


def wanted(name: str, longest: int = 800) -> Wanted:
    return Wanted(name, PDF, 1, TEXT, 0, len(TEXT), longest)


@pytest.fixture
def drawer() -> Iterator[PageDrawer]:
    made = PageDrawer()
    yield made
    made.close()


def test_damaged_files_end_in_a_picture_or_a_reason_and_the_next_is_drawn(
    drawer: PageDrawer,
) -> None:
    originals = list(seeds("pdf").values())
    ends = set()
    for number in range(CASES):
        rng = Random(number)
        data, _ = mutate("pdf", rng.choice(originals), rng)
        try:
            ends.add(drawer.draw(wanted(str(number)), data).result(60).marking.value)
        except IngestError as error:
            ends.add(error.code)
    assert "damaged" in ends and ends & {one.value for one in Marking}
    assert drawer.draw(wanted("heil"), GOOD).result(60).marking is Marking.WHOLE


def test_a_page_without_measure_is_drawn_within_bounds_or_refused(drawer: PageDrawer) -> None:
    for box in (b"0 0 1000000 1000000", b"0 0 1000000 1", b"0 0 0.0001 0.0001", b"0 0 0 0"):
        data = GOOD.replace(b"0 0 595.2756 841.8898", box)
        assert data != GOOD
        try:
            picture = drawer.draw(wanted(box.decode()), data).result(60)
            assert 0 < picture.width <= 801 and 0 < picture.height <= 801
        except IngestError as error:
            assert error.code in ("damaged", "page_too_large")


def test_a_worker_that_dies_or_runs_out_of_time_is_followed_by_another() -> None:
    sandbox = Sandbox()
    drawer = PageDrawer(lambda: sandbox)
    assert drawer.draw(wanted("a"), GOOD).result(60).marking is Marking.WHOLE
    sandbox.interrupt()
    sandbox.interrupted = False
    assert drawer.draw(wanted("a", 900), GOOD).result(60).marking is Marking.WHOLE
    drawer.close()
    hasty = PageDrawer(lambda: Sandbox(timeout_s=0.001))
    with pytest.raises((ParserTimeout, ParserCrashed)):
        hasty.draw(wanted("a"), GOOD).result(60)
    hasty.close()
