"""A line that opens a section, and the lines that are looked at for one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from index.types import Schutzstufe, SectionKind, Span
from ingest.blocks import BlockKind
from ingest.canonical import PlacedBlock

_LINE = re.compile(r"[^\n]+")
_BLANK = re.compile(r"\n[ \t]*\n")


class Rank(IntEnum):
    """A heading closes every open section whose rank is not above its own."""

    PART = 0
    DIVISION = 1
    TOP = 3
    PARAGRAPH = 9
    NAMED = 10
    FRAGE = 11
    ANTWORT = 12
    PLAIN = 13


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with what the parser said about it."""

    span: Span
    text: str
    kind: BlockKind | None
    level: int
    after_blank: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A line, or the beginning of one, that opens a section.

    `number` is the printed number of a TOP ("4.2"); `visibility` is what the heading itself
    declares; `agenda` marks an item of the Tagesordnung at the front of minutes.
    """

    kind: SectionKind
    title: str
    span: Span
    rank: int
    number: str = ""
    visibility: Schutzstufe | None = None
    agenda: bool = False


def read_lines(text: str, blocks: Sequence[PlacedBlock]) -> list[Line]:
    """The lines of `text` without surrounding blanks, each with its block's kind and level."""
    by_start = {block.span.start: block for block in blocks}
    lines: list[Line] = []
    last_end = 0
    for match in _LINE.finditer(text):
        words = match.group().strip()
        if not words:
            continue
        start = match.start() + match.group().index(words[0])
        block = by_start.get(match.start()) or by_start.get(start)
        after_blank = not lines or _BLANK.search(text, last_end, start) is not None
        span = Span(start, start + len(words))
        kind, level = (block.kind, block.level) if block else (None, 0)
        lines.append(Line(span, words, kind, level, after_blank))
        last_end = span.end
    return lines
