"""What a paper is about: its Tagesordnungspunkt."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.types import (
    Reading,
    Section,
    SectionKind,
    Span,
)

BEHIND = frozenset({SectionKind.BEGRUENDUNG, SectionKind.ZUSAMMENFASSUNG, SectionKind.TOP})
"""Sections behind which nothing belongs to the head any more."""
MAX_RECORD = 600
_FURTHER_LINE = re.compile(r"\s*\n\s*(?P<line>\S(?:[^\n]*\S)?)")
_OPEN_END = re.compile(
    r"(?:[;,–-]|\b(?:und|oder|der|die|das|des|dem|den|für|von|in|im|zu|zur|zum))\Z"
)


def read_subject(
    text: str, sections: Sequence[Section], labels: Mapping[str, Span]
) -> Reading[str] | None:
    """What stands under "Tagesordnungspunkt", else behind the label of that name."""
    for section in sections:
        if section.kind in BEHIND:
            break
        if section.kind is SectionKind.TAGESORDNUNGSPUNKT:
            body = first_paragraph(text, section)
            if body is not None:
                body = _with_broken_lines(text, body, section)
                return Reading(body.cut(text), body)
    span = labels.get("tagesordnungspunkt")
    return Reading(span.cut(text), span) if span is not None and len(span) else None


def _with_broken_lines(text: str, body: Span, section: Section) -> Span:
    """A title with the lines that go on with it, where a parser left them apart."""
    for match in _FURTHER_LINE.finditer(text, body.end, section.span.end):
        if match.start() != body.end or len(body) + len(match.group()) > MAX_RECORD:
            break
        if not (match["line"][0].islower() or _OPEN_END.search(body.cut(text))):
            break
        body = Span(body.start, match.end("line"))
    return body


def first_paragraph(text: str, section: Section) -> Span | None:
    """The first paragraph below the heading of a section; None where there is none."""
    words = text[section.heading.end : section.span.end]
    stripped = words.strip()
    if not stripped:
        return None
    start = section.heading.end + len(words) - len(words.lstrip())
    return Span(start, start + len(stripped.split("\n\n")[0].rstrip()))
