from __future__ import annotations

import pytest

from ingest.feeding.jobs import FileStamp
from ingest.feeding.settling import Settling, is_temporary

SMALL, LARGE = FileStamp(10, 1), FileStamp(20, 2)


@pytest.mark.parametrize(
    "name",
    [
        "antrag.pdf.part", "Antrag.PDF.PARTIAL", "x.filepart", "x.crdownload", "x.download",
        "x.tmp", "x.TEMP", "x.swp", "brief.docx~", "~$brief.docx", "~WRL0001.docx",
        ".~lock.brief.odt#", ".versteckt.txt", "Thumbs.db", "desktop.ini",
    ],
)  # fmt: skip
def test_names_that_programs_use_meanwhile_are_passed_over(name: str) -> None:
    assert is_temporary(name)


@pytest.mark.parametrize("name", ["antrag.pdf", "part.pdf", "tmp", "a.parts.txt", "Temp 2023.docx"])
def test_names_of_papers_are_not(name: str) -> None:
    assert not is_temporary(name)


def test_a_file_is_ready_once_it_has_not_changed_for_the_time() -> None:
    settling = Settling(2.0)
    assert settling.settled({"a": SMALL}, 100.0) == []
    assert settling.settled({"a": SMALL}, 101.9) == []
    assert settling.unsettled == 1
    assert settling.settled({"a": SMALL}, 102.0) == ["a"]
    assert settling.unsettled == 0


def test_each_change_of_size_or_time_starts_the_wait_anew() -> None:
    settling = Settling(2.0)
    states = [SMALL, LARGE, FileStamp(20, 3), FileStamp(20, 1)]
    for second, stamp in enumerate(states):
        assert settling.settled({"a": stamp}, second * 1.5) == []
    assert settling.settled({"a": states[-1]}, 6.4) == []
    assert settling.settled({"a": states[-1]}, 6.5) == ["a"]


def test_a_file_that_went_and_came_back_waits_from_the_start() -> None:
    settling = Settling(2.0)
    settling.settled({"a": SMALL}, 0.0)
    settling.settled({}, 1.0)
    assert settling.settled({"a": SMALL}, 2.5) == []


def test_one_growing_file_holds_up_no_other() -> None:
    settling = Settling(2.0)
    settling.settled({"fertig": SMALL, "wachsend": SMALL}, 0.0)
    assert settling.settled({"fertig": SMALL, "wachsend": LARGE}, 2.0) == ["fertig"]
