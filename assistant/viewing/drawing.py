"""Pictures of pages with the cited words marked: drawn in the sandbox, a few kept for a while."""

from __future__ import annotations

import base64
import hashlib
import io
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PIL import Image, ImageChops, ImageDraw

from assistant.errors import Busy
from index.types import Document, Span
from ingest.errors import IngestError, ParserCrashed
from ingest.intake import JPEG, PDF, PNG, TIFF
from ingest.walls.sandbox import Sandbox

DRAWN = frozenset({PDF, PNG, JPEG, TIFF})
"""Kinds of files whose pages are pictures."""
LONGEST = {"klein": 560, "normal": 1263, "gross": 2100}
"""Pixels of the longer side; an A4 page is 1.5 pixels a point at the usual size."""
KEPT_BYTES = 32 * 1024**2
MOST_WAITING = 12
IDLE_S = 120.0
"""After so long without a page the worker ends, and files and pictures are let go."""
TIMEOUT_S = 12.0
MEMORY_BYTES = 1024**3
RETRY_AFTER_S = 3
AGAIN_S = 600.0
"""A page that could not be drawn is not tried again for so long: it may have hung."""
_MOST_BOXES = 20_000
_LARGEST_SIDE = max(LONGEST.values()) + 1

_FILL = (255, 224, 138)
_EDGE = (138, 84, 0)
_AROUND = 2


class Marking(StrEnum):
    """What of a quote is marked on a picture."""

    UNASKED = "unasked"
    WHOLE = "whole"
    PARTLY = "partly"
    NOWHERE = "nowhere"
    SCAN = "scan"


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as PNG."""

    png: bytes
    width: int
    height: int
    marking: Marking


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which picture is wanted: a page, its text as read, the quote in that text, the size."""

    document_id: str
    media_type: str
    page: int
    text: str
    start: int
    end: int
    longest: int

    @property
    def key(self) -> str:
        """What the picture is kept under. The text is in it: it may be read anew."""
        told = f"{self.document_id}\n{self.page}\n{self.start}\n{self.end}\n{self.longest}\n"
        return hashlib.sha256((told + self.text).encode("utf-8", "replace")).hexdigest()


def wanted_of(document: Document, page: int, mark: Span | None, size: str) -> Wanted | None:
    """The picture of a page (1-based); None where the file has no such page or no pictures."""
    if document.media_type not in DRAWN or not 0 < page <= len(document.pages):
        return None
    span = document.pages[page - 1]
    start = end = 0
    if mark is not None and mark.overlaps(span):
        start = max(mark.start, span.start) - span.start
        end = min(mark.end, span.end) - span.start
    text = span.cut(document.text) if end else ""
    longest = LONGEST[size]
    return Wanted(document.id, document.media_type, page, text, start, end, longest)


class PageDrawer:
    """Draws one page at a time in a thread and a sandbox of its own.

    Whoever asks has made sure that the asking person may see all of the document.
    """

    def __init__(
        self, make_sandbox: Callable[[], Sandbox] | None = None, *, idle_s: float = IDLE_S
    ) -> None:
        """Starts no worker before the first page."""
        self._make_sandbox = make_sandbox or _small_sandbox
        self._idle_s = idle_s
        self._sandbox: Sandbox | None = None
        self._held: tuple[str, bytes] | None = None
        self._kept: OrderedDict[str, PagePicture] = OrderedDict()
        self._failed: dict[tuple[str, int], tuple[IngestError, float]] = {}
        self._waiting = 0
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="seitenbild")
        self._idle: threading.Timer | None = None

    def held(self, document_id: str) -> bytes | None:
        """The bytes of the document drawn last, where it is this one."""
        held = self._held
        return held[1] if held is not None and held[0] == document_id else None

    def draw(self, wanted: Wanted, data: bytes) -> Future[PagePicture]:
        """Draws a page of a document out of its bytes, or takes the picture that is kept.

        The future raises FileRefused or ParserFailed where the page cannot be drawn.

        Raises:
            Busy: too many pages wait.
        """
        with self._lock:
            if self._waiting >= MOST_WAITING:
                raise Busy(RETRY_AFTER_S)
            self._waiting += 1
        future = self._thread.submit(self._drawn, wanted, data)
        future.add_done_callback(lambda _: self._note_done())
        return future

    def close(self) -> None:
        """Ends the worker."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        if self._idle is not None:
            self._idle.cancel()
        sandbox = self._sandbox
        if sandbox is not None:
            sandbox.interrupt()
            self._thread.shutdown(wait=True)
            sandbox.close()

    def _note_done(self) -> None:
        with self._lock:
            self._waiting -= 1

    def _drawn(self, wanted: Wanted, data: bytes) -> PagePicture:
        self._wait_for_rest()
        key = wanted.key
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        page = (wanted.document_id, wanted.page)
        error, since = self._failed.get(page, (None, 0.0))
        if error is not None and time.monotonic() - since < AGAIN_S:
            raise error
        try:
            try:
                made = self._made(wanted, data)
            except ParserCrashed:  # the worker may have died of something else before
                made = self._made(wanted, data)
            self._kept[key] = made
        except IngestError as failure:
            self._failed[page] = (failure, time.monotonic())
            raise
        while len(self._kept) > 1 and sum(len(one.png) for one in self._kept.values()) > KEPT_BYTES:
            self._kept.popitem(last=False)
        return made

    def _made(self, wanted: Wanted, data: bytes) -> PagePicture:
        if self._sandbox is None:
            self._sandbox = self._make_sandbox()
        # The worker keeps a file only while it is given the same object.
        if self._held is None or self._held[0] != wanted.document_id:
            self._held = (wanted.document_id, data)
        drawn = self._sandbox.draw_page(
            wanted.media_type,
            self._held[1],
            wanted.page,
            longest=wanted.longest,
            text=wanted.text,
            start=wanted.start,
            end=wanted.end,
        )
        return _picture_of(drawn, asked=wanted.end > wanted.start)

    def _wait_for_rest(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        self._idle = threading.Timer(self._idle_s, self._end_idleness)
        self._idle.daemon = True
        self._idle.start()

    def _end_idleness(self) -> None:
        with suppress(RuntimeError):  # closed meanwhile
            self._thread.submit(self._rest)

    def _rest(self) -> None:
        """Lets go of everything that came out of documents."""
        if self._sandbox is not None:
            self._sandbox.close()
        self._sandbox = self._held = None
        self._kept.clear()
        self._failed.clear()


def _small_sandbox() -> Sandbox:
    return Sandbox(timeout_s=TIMEOUT_S, memory_bytes=MEMORY_BYTES)


def _picture_of(drawn: Mapping[str, Any], *, asked: bool) -> PagePicture:
    """Packs the pixels that came out of the sandbox, whose word is not taken for their number.

    Raises:
        ParserCrashed: they are not what a page is drawn as.
    """
    try:
        width, height = int(drawn["width"]), int(drawn["height"])
        pixels = base64.b64decode(drawn["pixels"], validate=True)
        found, wanted, letters = (int(drawn[name]) for name in ("found", "wanted", "letters"))
        boxes = [tuple(int(side) for side in box) for box in drawn["boxes"]]
    except (KeyError, TypeError, ValueError) as error:
        raise ParserCrashed from error
    fits = 0 < width <= _LARGEST_SIDE and 0 < height <= _LARGEST_SIDE
    known = len(boxes) <= _MOST_BOXES and all(len(box) == 4 for box in boxes)
    if not (fits and known and len(pixels) == width * height * 3):
        raise ParserCrashed
    picture = _marked(Image.frombytes("RGB", (width, height), pixels), boxes)
    packed = io.BytesIO()
    picture.save(packed, "PNG", compress_level=3)
    marking = _marking(found, wanted, letters) if asked else Marking.UNASKED
    return PagePicture(packed.getvalue(), width, height, marking)


def _marking(found: int, wanted: int, letters: int) -> Marking:
    if letters == 0:
        return Marking.SCAN
    if found == 0:
        return Marking.NOWHERE
    return Marking.WHOLE if found == wanted else Marking.PARTLY


def _marked(picture: Image.Image, boxes: list[tuple[int, ...]]) -> Image.Image:
    """Highlights boxes as a marker pen does: the print stays black, an edge tells them in grey."""
    if not boxes:
        return picture
    layer = Image.new("RGB", picture.size, "white")
    pen = ImageDraw.Draw(layer)
    for left, top, right, bottom in boxes:
        around = (
            max(-1, left - _AROUND),
            max(-1, top - _AROUND),
            min(picture.width, right + _AROUND),
            min(picture.height, bottom + _AROUND),
        )
        if around[0] < around[2] and around[1] < around[3]:
            pen.rectangle(around, fill=_FILL, outline=_EDGE, width=2)
    return ImageChops.multiply(picture, layer)
