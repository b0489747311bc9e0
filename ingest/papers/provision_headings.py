"""Headings of statutes: §§ and articles with their titles, without the table of contents."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.types import SectionKind, Span
from ingest.blocks import BlockKind
from ingest.papers.arten import STATUTES
from ingest.papers.heading import Heading, Line, Rank

_PARAGRAPH = re.compile(
    r"(?:§{1,2}|Art(?:ikel|\.)(?=\s*\d))\s*(?P<nr>\d+(?:\s?[a-z])?)\b(?P<dot>\."
    r"(?!\s*\d))?[ \t]*(?:[-–:][ \t]*)?"
    r"(?P<title>.*)"
)
_NOT_A_TITLE = re.compile(
    r"[a-zäöü]|(?:Abs|Absatz|Satz|Nr|Nummer|Ziffer|Ziff|Buchst)\b|[,;/]|und\b|\(\d+\)\s*\S"
)
LEADER = re.compile(r"(?:\.\s?){4,}\s*\d+\s*\Z|\t\d+\s*\Z|…+\s*\d+\s*\Z")


def read_paragraphs(lines: Sequence[Line], kind_of_paper: str) -> dict[int, Heading]:
    """Headings like "§ 4 Gebühren", by line; a line "§ 4" takes the short line behind it along."""
    found: dict[int, Heading] = {}
    for index, line in enumerate(lines):
        match = _PARAGRAPH.fullmatch(line.text)
        if match is None or len(line.text) > 160 or LEADER.search(line.text):
            continue
        title = match["title"].strip()
        marked = line.kind is BlockKind.HEADING
        if (_NOT_A_TITLE.match(title) and not marked) or (
            title.endswith((".", ";", ",", ":")) and len(title) > 40
        ):
            continue
        label = line.text[: match.start("title")].rstrip(" \t:–-.")
        span = line.span
        if not title and index + 1 < len(lines):
            title, span = title_behind(line, lines[index + 1])
        found[index] = Heading(
            SectionKind.PARAGRAPH, f"{label} {title}".strip(), span, Rank.PARAGRAPH, match["nr"]
        )
    if kind_of_paper in STATUTES:
        return _without_contents(found)
    numbers = [heading.number for heading in found.values()]
    return found if len(numbers) > 1 and len(set(numbers)) == len(numbers) else {}


def title_behind(line: Line, following: Line) -> tuple[str, Span]:
    """The title in the line behind a bare number, with the span of both; "" for running text."""
    words = following.text
    if len(words) > 120 or words.endswith((".", ";", ",", ":")) or _NOT_A_TITLE.match(words):
        return "", line.span
    if _PARAGRAPH.fullmatch(words) or words[:1] in "-–•" or words[:1].isdigit():
        return "", line.span
    return words, Span(line.span.start, following.span.end)


def _without_contents(found: dict[int, Heading]) -> dict[int, Heading]:
    """Leaves out the table of contents: items without a body whose number comes again."""
    last_of = {heading.number: index for index, heading in found.items()}
    return {
        index: heading
        for index, heading in found.items()
        if last_of[heading.number] == index or index + 1 not in found
    }
