"""Text as it may stand in a DOCX: nothing in it is ever more than characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_BREAKS = re.compile("\r\n?|[\x0b\x0c]")
_FORBIDDEN = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANK = re.compile("[ \t\n]+")
_BRACKETS = r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]"
_ANY_PLACEHOLDER = re.compile(_BRACKETS)
_SAID_PLACEHOLDER = re.compile(rf"(?=\[(?:Angabe fehlt|prüfen):){_BRACKETS}")


POINT = "\n– "
"""Begins each point of a paragraph that is a list."""


class Piece(NamedTuple):
    """A stretch of a paragraph; `is_open` where it is a placeholder."""

    text: str
    is_open: bool


def printable(text: str) -> str:
    """The text without what XML 1.0 forbids. Breaks of any sort become a line feed."""
    lines = _FORBIDDEN.sub("", _BREAKS.sub("\n", text)).split("\n")
    return "\n".join(line for line in lines if line.strip()).strip()


def listed(text: str) -> tuple[str, tuple[str, ...]]:
    """What stands before the points of a paragraph, "" where nothing does, and the points."""
    lead, *points = f"\n{text}".split(POINT)
    return lead.strip(), tuple(points)


def one_line(text: str) -> str:
    """Printable text on one line. No-break spaces stay: they are part of a quote."""
    return _BLANK.sub(" ", printable(text)).strip()


def pieces(text: str, *, is_placeholder: bool) -> Iterator[Piece]:
    """A paragraph cut at its placeholders, which keep their brackets.

    Args:
        text: printable text.
        is_placeholder: the paragraph is there for its gap: whatever it brackets is one, and all of
            it where it brackets nothing.
    """
    pattern = _ANY_PLACEHOLDER if is_placeholder else _SAID_PLACEHOLDER
    found = list(pattern.finditer(text))
    if is_placeholder and not found:
        yield Piece(f"[{text}]", True)
        return
    end = 0
    for gap in found:
        if gap.start() > end:
            yield Piece(text[end : gap.start()], False)
        yield Piece(gap.group(), True)
        end = gap.end()
    if end < len(text):
        yield Piece(text[end:], False)
