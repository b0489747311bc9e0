"""Scanned pages are read one at a time: what fails costs a page, not the file."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from ingest import errors
from ingest.blocks import Parsed
from ingest.intake import PDF
from ingest.page_by_page import MAX_FAILURES, read_file
from ingest.pages.tessdata import find_tessdata

DATA = b"%PDF-"


class Box:
    """Stands in for the sandbox: notes what it is asked, fails on the pages it is told to."""

    def __init__(self, scans: int, faults: dict[int, errors.IngestError] | None = None) -> None:
        self.tessdata: Path | None = Path("/nirgends")
        self.interrupted = False
        self.first = Parsed((), scans, "probe", scans=tuple(range(1, scans + 1)))
        self.faults = faults or {}
        self.pages: list[int] = []
        self.final: dict[str, Any] = {}

    def parse(self, media_type: str, data: bytes, **arguments: Any) -> Parsed:
        assert (media_type, data) == (PDF, DATA)
        if not arguments:
            return self.first
        self.final = arguments
        return Parsed((), self.first.page_count, "probe")

    def read_page(self, media_type: str, data: bytes, page: int) -> dict[str, Any]:
        self.pages.append(page)
        if page in self.faults:
            raise self.faults[page]
        return {"seite": page}


def run(box: Box, told: list[tuple[int, int]] | None = None) -> Parsed:
    on_page = None if told is None else lambda done, total: told.append((done, total))
    return read_file([box], PDF, DATA, on_page)  # type: ignore[list-item]


def test_a_file_without_scans_is_read_once() -> None:
    box = Box(0)
    assert run(box) is box.first
    assert (box.pages, box.final) == ([], {})


def test_every_scanned_page_is_a_call_and_progress_is_told() -> None:
    box, told = Box(3), []
    run(box, told)
    assert box.pages == [1, 2, 3]
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert box.final == {"readings": {str(n): {"seite": n} for n in (1, 2, 3)}}


def test_a_page_that_hangs_or_cannot_be_drawn_is_left_out() -> None:
    box = Box(4, {2: errors.ParserTimeout(), 3: errors.PageTooLarge()})
    run(box)
    assert box.pages == [1, 2, 3, 4]
    assert sorted(box.final["readings"]) == ["1", "4"]


def test_after_three_crashes_the_rest_is_given_up() -> None:
    box = Box(50, {n: errors.ParserCrashed() for n in range(1, 51)})
    run(box)
    assert box.pages == list(range(1, MAX_FAILURES + 1))
    assert box.final == {"readings": {}}


def test_without_language_data_no_page_is_tried() -> None:
    box = Box(2)
    box.tessdata = None
    run(box)
    assert (box.pages, box.final) == ([], {"readings": {}, "ocr": False})
    broken = Box(2, {1: errors.OcrMissing()})
    run(broken)
    assert (broken.pages, broken.final) == ([1], {"readings": {}, "ocr": False})


def test_an_interrupted_sandbox_ends_the_reading() -> None:
    box = Box(5, {2: errors.ParserCrashed()})
    box.interrupted = True
    with pytest.raises(errors.ParserCrashed):
        run(box)
    assert box.pages == [1, 2]


class MeetingBox(Box):
    """Reads a page only while another one is being read, and knows how often that failed."""

    def __init__(self, scans: int, meeting: Barrier) -> None:
        super().__init__(scans)
        self.meeting = meeting

    def read_page(self, media_type: str, data: bytes, page: int) -> dict[str, Any]:
        self.meeting.wait(timeout=20)
        return super().read_page(media_type, data, page)


def test_two_sandboxes_read_two_pages_at_a_time_each_page_once() -> None:
    meeting = Barrier(2)
    first, second = MeetingBox(6, meeting), MeetingBox(6, meeting)
    told: list[tuple[int, int]] = []
    read_file([first, second], PDF, DATA, lambda *step: told.append(step))  # type: ignore[list-item]
    assert sorted(first.pages + second.pages) == [1, 2, 3, 4, 5, 6]
    assert len(first.pages) == len(second.pages) == 3
    assert list(first.final["readings"]) == ["1", "2", "3", "4", "5", "6"]
    assert second.final == {}
    assert told == [(done, 6) for done in range(1, 7)]


def test_failures_of_all_sandboxes_count_together() -> None:
    faults: dict[int, errors.IngestError] = {n: errors.ParserCrashed() for n in range(1, 51)}
    boxes = [Box(50, faults) for _ in range(3)]
    read_file(boxes, PDF, DATA)  # type: ignore[arg-type]
    tried = sum(len(box.pages) for box in boxes)
    assert MAX_FAILURES <= tried < MAX_FAILURES + len(boxes)


def test_no_more_sandboxes_work_than_there_are_pages() -> None:
    boxes = [Box(1), Box(1)]
    read_file(boxes, PDF, DATA)  # type: ignore[arg-type]
    assert [box.pages for box in boxes] == [[1], []]


def test_language_data_are_found_where_the_german_file_lies(tmp_path: Path) -> None:
    (tmp_path / "eng.traineddata").touch()
    assert find_tessdata([tmp_path / "fehlt", tmp_path]) is None
    (tmp_path / "deu.traineddata").touch()
    assert find_tessdata([tmp_path / "fehlt", tmp_path]) == tmp_path
