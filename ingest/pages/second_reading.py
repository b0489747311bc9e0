"""The second reading of a page with pypdf, and which of two readings is the better one."""

from __future__ import annotations

import io
import logging
import re
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pypdf
import pypdf.errors

VERSION = f"pypdf {pypdf.__version__}"

# pypdf reads about 15 pages a second and PDFium 300 and more, so the second reading is for pages
# that look broken and for one sound page in each file.
BUDGET_S = 8.0
_WORD = re.compile(r"[^\W\d_]{2,}")


class SecondReader:
    """pypdf on one file, within a budget of processor time for all pages together."""

    def __init__(self, data: bytes) -> None:
        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
        self._data = data
        self._reader: pypdf.PdfReader | None = None
        self._spent = threading.current_thread() is not threading.main_thread()

    def page_text(self, index: int) -> str | None:
        """The text of a page (0-based); None where pypdf fails or its time is up."""
        if self._spent:
            return None
        try:
            with _processor_seconds(BUDGET_S):
                return self._opened().pages[index].extract_text()
        except TimeoutError:
            self._spent = True
        except _PYPDF_FAULTS:
            pass
        return None

    def page_count(self) -> int:
        """How many pages pypdf sees; 0 where it cannot open the file."""
        try:
            with _processor_seconds(BUDGET_S):
                return len(self._opened().pages)
        except (TimeoutError, *_PYPDF_FAULTS):
            return 0

    def _opened(self) -> pypdf.PdfReader:
        if self._reader is None:
            reader = pypdf.PdfReader(io.BytesIO(self._data), strict=False)
            if reader.is_encrypted:
                reader.decrypt("")
            self._reader = reader
        return self._reader


# What pypdf lets through on damaged files, by its own record of issues.
_PYPDF_FAULTS = (
    pypdf.errors.PyPdfError,
    pypdf.errors.DependencyError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)


@contextmanager
def _processor_seconds(seconds: float) -> Iterator[None]:
    """Raises TimeoutError in this (main) thread after `seconds` of processor time."""

    def expire(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, expire)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def agreement(one: str, other: str) -> float:
    """The share of words that two readings have in common, 0 to 1; spacing does not count."""
    first, second = _words(one), _words(other)
    total = max(first.total(), second.total())
    return (first & second).total() / total if total else 1.0


def _words(text: str) -> Counter[str]:
    whole = re.sub(r"[-\u00ad\ufffe\x02]\s*\n\s*", "", text).casefold()
    return Counter(_WORD.findall(whole))
