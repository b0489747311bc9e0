"""Quotation marks in a text, those within others too."""

from __future__ import annotations

import re

from index.types import Span

_MARK = re.compile(r"[„“”»«\"]")
_LONGEST = 2000


def quotations(text: str) -> tuple[Span, ...]:
    """The outermost quotations, marks included; one that does not end is none.

    „ opens and “ or ” closes, also within another; » « and the straight mark do not nest.
    """
    found: list[Span] = []
    begun: list[tuple[str, int]] = []
    for match in _MARK.finditer(text):
        mark, at = match[0], match.start()
        if begun and at - begun[0][1] > _LONGEST:
            begun = []
        if begun and _closes(begun[-1][0], mark):
            start = begun.pop()[1]
            if not begun:
                found.append(Span(start, match.end()))
        elif mark in '„»"' and not (mark != "„" and begun):
            begun.append((mark, at))
    return tuple(found)


def _closes(opened: str, mark: str) -> bool:
    return mark in {"„": "“”", "»": "«", '"': '"'}[opened]


def masked(text: str, shortest: int = 1) -> str:
    """A text with blanks in the place of quotations of at least so many words."""
    for span in quotations(text):
        if len(span.cut(text).split()) >= shortest:
            text = text[: span.start] + " " * len(span) + text[span.end :]
    return text
