"""How a line opens: an item of a list, a § or a numbered Absatz."""

from __future__ import annotations

import re

_MONTH_AHEAD = (
    r"(?!\s*(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November"
    r"|Dezember)\b)"
)

LIST_ITEM = re.compile(
    rf"^(\s*)(?:[-*+•▪■◦·–—]|\d{{1,2}}[.)]{_MONTH_AHEAD}|\d{{1,2}}(?:\.\d{{1,2}})+\.?|[a-z]\)"
    r"|\([a-z]\))\s+(?=\S)"
)
_NUMBERED = re.compile(
    r"^\s*(?:\(\d{1,2}[a-z]?\)|§{1,2}\s?\d+|Art(?:ikel|\.)\s\d+|Zu (?:TOP|Punkt) \d)"
)


def is_list_item(line: str) -> bool:
    """Whether the line starts with a bullet, a number or a letter of a list."""
    return bool(LIST_ITEM.match(line))


def opens_numbered(line: str) -> bool:
    """Whether the line starts a § or a numbered Absatz."""
    return bool(_NUMBERED.match(line))
