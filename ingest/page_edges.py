"""Lines that repeat at the top or bottom of the pages: running headers, footers, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

EDGE_LINES = 4
"""How many lines from either end of a page can be a running header or footer."""

_DIGITS = re.compile(r"\d+")
_BLANKS = re.compile(r"\s+")
_PAGE_NUMBER = re.compile(
    r"^[-–—\s]*(?:(?:seite|s\.|blatt)\s*)?\d{1,4}(?:\s*(?:von|/|of)\s*\d{1,4})?[-–—\s]*$",
    re.IGNORECASE,
)
# A header that stands on left or right pages only still stands on two of five pages.
_SHARE = 0.4


def edge_key(line: str) -> str:
    """What two occurrences of one running header have in common: all but the numbers."""
    return _BLANKS.sub(" ", _DIGITS.sub("#", line)).strip().casefold()


def is_page_number(line: str) -> bool:
    """Whether the line says nothing but which page this is."""
    return bool(_PAGE_NUMBER.match(line.strip()))


def repeated_edges(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Keys of the lines that run along.

    Args:
        pages: for each page the lines near its top, or near its bottom.
    """
    filled = [lines for lines in pages if lines]
    if len(filled) < 2:
        return frozenset()
    counts = Counter(key for lines in filled for key in {edge_key(line) for line in lines} if key)
    needed = max(2, len(filled) * _SHARE)
    return frozenset(key for key, count in counts.items() if count >= needed)
