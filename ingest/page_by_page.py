"""Has a file read in the sandbox; its scanned pages one by one, each within a time of its own.

A page of print takes Tesseract a second or two, so a time limit over the whole file would refuse
every thick scan. Each page is a call of its own instead: one that hangs or crashes costs itself
and a new worker, and the pages around it are kept. On several cores several are read at a time.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any

from ingest.blocks import Parsed
from ingest.errors import FileRefused, OcrMissing, ParserFailed
from ingest.walls.sandbox import Sandbox

MAX_FAILURES = 3
"""Pages that may hang or crash before the rest of a file is given up: three minutes at most."""
BUDGET_S = 1800.0
"""For the scanned pages of one file together: about 1,500 pages of print, or 30 hostile ones."""

OnPage = Callable[[int, int], None]
"""Called with the number of scanned pages that are done with, and of all."""

OnScan = Callable[[str, int, int], None]
"""The same with the file's path before."""


def read_file(
    sandboxes: Sequence[Sandbox], media_type: str, data: bytes, on_page: OnPage | None = None
) -> Parsed:
    """Reads one file whole, by text recognition where its words are pictures.

    The first sandbox reads the file; its scanned pages are shared out among all of them.

    Raises:
        FileRefused, ParserFailed: the file cannot be read.
    """
    sandbox = sandboxes[0]
    parsed = sandbox.parse(media_type, data)
    if not parsed.scans:
        return parsed
    if sandbox.tessdata is None:
        return sandbox.parse(media_type, data, readings={}, ocr=False)
    try:
        readings = _Pages(sandboxes, media_type, data, on_page).read(parsed.scans)
    except OcrMissing:
        return sandbox.parse(media_type, data, readings={}, ocr=False)
    return sandbox.parse(media_type, data, readings=readings)


class _Pages:
    """The scanned pages of one file, each read by whichever sandbox is free."""

    def __init__(
        self,
        sandboxes: Sequence[Sandbox],
        media_type: str,
        data: bytes,
        on_page: OnPage | None,
    ) -> None:
        self._sandboxes = sandboxes
        self._file = (media_type, data)
        self._on_page = on_page
        self._readings: dict[int, dict[str, Any]] = {}
        self._failures = 0
        self._done = 0

    def read(self, scans: Sequence[int]) -> dict[str, object]:
        """What was recognised, by page number; pages that failed are left out.

        Raises:
            OcrMissing: Tesseract cannot use its data.
            ParserFailed: somebody interrupted a sandbox.
        """
        idle = list(self._sandboxes[: len(scans)])
        waiting = deque(scans)
        running: dict[Future[dict[str, Any]], tuple[Sandbox, int]] = {}
        deadline = time.monotonic() + BUDGET_S
        with ThreadPoolExecutor(len(idle), thread_name_prefix="scanned-page") as threads:
            while True:
                given_up = self._failures >= MAX_FAILURES or time.monotonic() > deadline
                while idle and waiting and not given_up:
                    sandbox, page = idle.pop(), waiting.popleft()
                    running[threads.submit(sandbox.read_page, *self._file, page)] = sandbox, page
                if not running:
                    break
                for future in self._finished(running):
                    sandbox, page = running.pop(future)
                    self._note(future, sandbox, page, len(scans))
                    idle.append(sandbox)
        return {str(page): self._readings[page] for page in sorted(self._readings)}

    def _finished(self, running: Collection[Future[dict[str, Any]]]) -> set[Future[dict[str, Any]]]:
        try:
            return wait(running, return_when=FIRST_COMPLETED).done
        except BaseException:  # nobody waits for what the others read
            for sandbox in self._sandboxes:
                sandbox.interrupt()
            raise

    def _note(
        self, future: Future[dict[str, Any]], sandbox: Sandbox, page: int, count: int
    ) -> None:
        try:
            self._readings[page] = future.result()
        except ParserFailed:
            if sandbox.interrupted:
                raise
            self._failures += 1
        except OcrMissing:
            raise
        except FileRefused:
            pass  # this page alone: damaged, or too large to draw
        self._done += 1
        if self._on_page is not None:
            self._on_page(self._done, count)
