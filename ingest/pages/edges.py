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
# Two lines that differ by a number may be items of a list on neighbouring pages.
_SURE_PAGES = 3
_NUMBERED = "\0"
_MAX_NUMBERS = 4  # of a line, that are tried as the page number
# Headings count up from page to page as page numbers do, yet are no part of the edge.
_HEADING = re.compile(
    r"(?:(?:zu )?(?:punkt|pkt\.?|top|tagesordnungspunkt)|§+|art(?:ikel|\.)|abschnitt|kapitel|teil"
    r"|frage|anlage|ziffer|nr\.)\s*\d",
    re.IGNORECASE,
)


def is_page_number(line: str) -> bool:
    """Whether the line says nothing but which page this is."""
    return bool(_PAGE_NUMBER.match(line.strip()))


def running_lines(pages: Sequence[Sequence[str]]) -> list[frozenset[int]]:
    """Which lines near one edge run along, by their index, for each page.

    A line runs along if it repeats on enough pages, word for word or but for a number that goes
    up with the pages, and if all lines between it and the edge do.

    Args:
        pages: for each page in order the lines near its top, or near its bottom, from the edge
            inwards.
    """
    filled = sum(1 for lines in pages if lines)
    needed = (max(2, filled * _SHARE), max(min(_SURE_PAGES, filled), 2, filled * _SHARE))
    keys = [[_keys(line, number) for line in lines] for number, lines in enumerate(pages)]
    counts = Counter(key for page in keys for key in {key for line in page for key in line})
    running: list[frozenset[int]] = []
    for lines, of_page in zip(pages, keys, strict=True):
        depth = 0
        for line, of_line in zip(lines, of_page, strict=True):
            if not is_page_number(line) and all(
                counts[key] < needed[_NUMBERED in key] for key in of_line
            ):
                break
            depth += 1
        running.append(frozenset(range(depth)))
    return running


def _keys(line: str, page: int) -> list[str]:
    """What two occurrences of one running line have in common; `page` counts from any number."""
    words = _BLANKS.sub(" ", line).strip().casefold()
    keys = [words] if words else []
    if _HEADING.match(words):
        return keys
    for match in list(_DIGITS.finditer(words))[:_MAX_NUMBERS]:
        offset = int(match.group()[:6]) - page
        keys.append(f"{words[: match.start()]}{_NUMBERED}{offset}{_NUMBERED}{words[match.end() :]}")
    return keys
