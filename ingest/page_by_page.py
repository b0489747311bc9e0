"""Has a file read in the sandbox; scanned pages one at a time, each within a time of its own.

A page of print takes Tesseract a second or two, so a time limit over the whole file would refuse
every thick scan. Each page is a call of its own instead: one that hangs or crashes costs itself
and a new worker, and the pages around it are kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

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
    sandbox: Sandbox, media_type: str, data: bytes, on_page: OnPage | None = None
) -> Parsed:
    """Reads one file whole, by text recognition where its words are pictures.

    Raises:
        FileRefused, ParserFailed: the file cannot be read.
    """
    parsed = sandbox.parse(media_type, data)
    if not parsed.scans:
        return parsed
    if sandbox.tessdata is None:
        return sandbox.parse(media_type, data, readings={}, ocr=False)
    try:
        readings = _readings(sandbox, media_type, data, parsed.scans, on_page)
    except OcrMissing:
        return sandbox.parse(media_type, data, readings={}, ocr=False)
    return sandbox.parse(media_type, data, readings=readings)


def _readings(
    sandbox: Sandbox,
    media_type: str,
    data: bytes,
    scans: Sequence[int],
    on_page: OnPage | None,
) -> dict[str, object]:
    """What was recognised, by page number; pages that failed are left out.

    Raises:
        OcrMissing: Tesseract cannot use its data.
        ParserFailed: somebody interrupted the sandbox.
    """
    readings: dict[str, object] = {}
    failures = 0
    deadline = time.monotonic() + BUDGET_S
    for done, page in enumerate(scans, start=1):
        if failures >= MAX_FAILURES or time.monotonic() > deadline:
            break
        try:
            readings[str(page)] = sandbox.read_page(media_type, data, page)
        except ParserFailed:
            if sandbox.interrupted:
                raise
            failures += 1
        except OcrMissing:
            raise
        except FileRefused:
            pass  # this page alone: damaged, or too large to draw
        if on_page is not None:
            on_page(done, len(scans))
    return readings
