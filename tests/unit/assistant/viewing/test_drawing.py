"""Pictures of pages: drawn once, kept within bounds, and never taken on a hostile worker's word."""

from __future__ import annotations

import base64
import io
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from assistant.errors import Busy
from assistant.viewing import drawing
from assistant.viewing.drawing import Marking, PageDrawer, PagePicture, Wanted, wanted_of
from index.types import Span
from ingest.errors import ParserCrashed, ParserTimeout
from ingest.intake import DOCX, PDF
from ingest.walls.sandbox import Sandbox
from tests.unit.assistant.viewing.test_parts import paper

GOOD: dict[str, Any] = {
    "width": 4,
    "height": 6,
    "pixels": base64.b64encode(b"\xff" * 72).decode(),
    "boxes": [[1, 2, 3, 4]],
    "found": 3,
    "wanted": 3,
    "letters": 9,
}


class Worker(Sandbox):
    """Answers what it is told to; counts what it was asked for."""

    def __init__(self, answer: dict[str, Any] | Exception = GOOD) -> None:
        super().__init__()
        self.answer = answer
        self.asked: list[tuple[int, int]] = []
        self.files: list[int] = []
        self.closed = 0
        self.go_on = threading.Event()
        self.go_on.set()

    def draw_page(
        self, media_type: str, data: bytes, page: int, **arguments: object
    ) -> dict[str, Any]:
        self.asked.append((page, int(str(arguments["start"]))))
        self.files.append(id(data))
        self.go_on.wait(20)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def close(self) -> None:
        self.closed += 1


def wanted(page: int = 1, start: int = 0, end: int = 3, document: str = "a") -> Wanted:
    return Wanted(document, PDF, page, "Wort und Wort", start, end, 800)


@pytest.fixture
def worker() -> Worker:
    return Worker()


@pytest.fixture
def drawer(worker: Worker) -> Iterator[PageDrawer]:
    made = PageDrawer(lambda: worker)
    yield made
    worker.go_on.set()
    made.close()


def test_a_picture_is_drawn_once_and_the_worker_sees_the_same_bytes(
    drawer: PageDrawer, worker: Worker
) -> None:
    first = drawer.draw(wanted(), b"x" * 2000).result(20)
    assert (first.width, first.height, first.marking) == (4, 6, Marking.WHOLE)
    assert Image.open(io.BytesIO(first.png)).size == (4, 6)
    assert drawer.draw(wanted(), bytes(bytearray(b"x" * 2000))).result(20) is first
    drawer.draw(wanted(page=2), bytes(bytearray(b"x" * 2000))).result(20)
    assert worker.asked == [(1, 0), (2, 0)]
    assert len(set(worker.files)) == 1
    assert drawer.held("a") == b"x" * 2000 and drawer.held("b") is None
    drawer.draw(wanted(document="b"), b"y").result(20)
    assert drawer.held("a") is None


@pytest.mark.parametrize(
    ("found", "of", "letters", "asked", "marking"),
    [
        (3, 3, 9, True, Marking.WHOLE),
        (2, 3, 9, True, Marking.PARTLY),
        (0, 3, 9, True, Marking.NOWHERE),
        (0, 0, 0, True, Marking.SCAN),
        (0, 0, 9, False, Marking.UNASKED),
    ],
)
def test_what_is_marked_is_told(
    drawer: PageDrawer,
    worker: Worker,
    found: int,
    of: int,
    letters: int,
    asked: bool,
    marking: Marking,
) -> None:
    worker.answer = GOOD | {"found": found, "wanted": of, "letters": letters, "boxes": []}
    assert drawer.draw(wanted(end=3 if asked else 0), b"x").result(20).marking is marking


@pytest.mark.parametrize(
    "wrong",
    [
        {"width": 0},
        {"height": -6, "width": -4},
        {"width": 10**9, "height": 10**9},
        {"width": "a"},
        {"pixels": "kein Base64"},
        {"pixels": base64.b64encode(b"\x89PNG").decode()},
        {"boxes": [[1, 2]]},
        {"boxes": 7},
        {"found": None},
    ],
)
def test_an_answer_that_is_no_picture_is_a_crash(
    drawer: PageDrawer, worker: Worker, wrong: dict[str, Any]
) -> None:
    worker.answer = GOOD | wrong
    with pytest.raises(ParserCrashed):
        drawer.draw(wanted(), b"x").result(20)


def test_boxes_far_outside_harm_nothing(drawer: PageDrawer, worker: Worker) -> None:
    worker.answer = GOOD | {"boxes": [[-(10**6), -(10**6), 10**6, 10**6], [9, 9, 1, 1]]}
    assert drawer.draw(wanted(), b"x").result(20).width == 4


def test_a_page_that_hung_is_not_tried_again_for_a_while(
    drawer: PageDrawer, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.answer = ParserTimeout()
    for start in (0, 0, 2):  # another mark on it is no new page
        with pytest.raises(ParserTimeout):
            drawer.draw(wanted(start=start), b"x").result(20)
    assert len(worker.asked) == 1
    worker.answer = GOOD
    assert drawer.draw(wanted(page=2), b"x").result(20).width == 4
    monkeypatch.setattr(drawing, "AGAIN_S", 0.0)
    assert drawer.draw(wanted(), b"x").result(20).width == 4


def test_a_page_whose_worker_died_is_tried_once_more(drawer: PageDrawer, worker: Worker) -> None:
    worker.answer = ParserCrashed()
    with pytest.raises(ParserCrashed):
        drawer.draw(wanted(), b"x").result(20)
    assert len(worker.asked) == 2


def test_no_more_pictures_are_kept_than_there_is_room_for(
    drawer: PageDrawer, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = len(drawer.draw(wanted(), b"x").result(20).png)
    monkeypatch.setattr(drawing, "KEPT_BYTES", 2 * size + 1)
    for page in (2, 3):
        drawer.draw(wanted(page=page), b"x").result(20)
    worker.asked.clear()
    for page in (3, 2, 1):
        drawer.draw(wanted(page=page), b"x").result(20)
    assert worker.asked == [(1, 0)]


def test_who_comes_when_too_many_wait_is_told_to_come_again(
    drawer: PageDrawer, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "MOST_WAITING", 2)
    worker.go_on.clear()
    waiting = [drawer.draw(wanted(page=page), b"x") for page in (1, 2)]
    with pytest.raises(Busy):
        drawer.draw(wanted(page=3), b"x")
    worker.go_on.set()
    assert [isinstance(one.result(20), PagePicture) for one in waiting] == [True, True]
    for _ in range(200):
        try:
            assert drawer.draw(wanted(page=3), b"x").result(20).width == 4
            break
        except Busy:  # the note that they are done comes a moment later
            time.sleep(0.01)
    else:
        pytest.fail("nobody is let in any more")


def test_after_a_rest_nothing_of_a_document_is_held(worker: Worker) -> None:
    drawer = PageDrawer(lambda: worker, idle_s=0.05)
    drawer.draw(wanted(), b"x").result(20)
    for _ in range(400):
        if worker.closed:
            break
        time.sleep(0.01)
    assert drawer.held("a") is None
    assert worker.closed == 1
    drawer.draw(wanted(), b"x").result(20)
    assert len(worker.asked) == 2
    drawer.close()


def test_a_drawer_that_closes_waits_for_no_page(worker: Worker) -> None:
    drawer = PageDrawer(lambda: worker)
    drawer.draw(wanted(), b"x").result(20)
    drawer.close()
    assert worker.interrupted and worker.closed == 1


def test_only_pages_that_can_be_pictures_are_wanted() -> None:
    text = "eins\n\nzwei"
    document = replace(paper(text, (), (Span(0, 4), Span(6, 10))), media_type=PDF)
    assert wanted_of(document, 3, None, "normal") is None
    assert wanted_of(document, 0, None, "normal") is None
    assert wanted_of(replace(document, media_type=DOCX), 1, None, "normal") is None
    over = Span(2, 8)
    first, second = (wanted_of(document, page, over, "normal") for page in (1, 2))
    assert first is not None and second is not None
    assert (first.text, first.start, first.end) == ("eins", 2, 4)
    assert (second.text, second.start, second.end) == ("zwei", 0, 2)
    aside = wanted_of(document, 2, Span(0, 2), "normal")
    assert aside is not None and (aside.start, aside.end) == (0, 0)
    keys = {one.key for one in (first, second, aside)}
    assert len(keys) == 3
    again = replace(document, text="zwei\n\neins")
    other = wanted_of(again, 1, over, "normal")
    assert other is not None and other.key != first.key  # the text was read anew
