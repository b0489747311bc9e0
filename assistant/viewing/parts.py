"""A document cut into the parts that are read one at a time: its pages, else groups of sections."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from index.types import Document, Section, Span

AIM_CHARACTERS = 6_000
"""Sections are put together up to about this length: two printed pages."""
MOST_CHARACTERS = 12_000
"""A longer section is cut at a line end."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is shown at a time. `number` is 1-based; `title` is that of its first section."""

    number: int
    span: Span
    title: str = ""


def parts_of(document: Document) -> tuple[Part, ...]:
    """All parts in order, at least one: the pages of a file that has them, else its sections."""
    if document.pages:
        return tuple(Part(number, span) for number, span in enumerate(document.pages, start=1))
    top = [s for s in document.sections if s.level == min(o.level for o in document.sections)]
    spans = _grouped(len(document.text), [section.span.start for section in top])
    pieces = [piece for span in spans for piece in _cut(document.text, span)]
    return tuple(
        Part(number, span, _title(top, span)) for number, span in enumerate(pieces, start=1)
    )


def part_at(parts: tuple[Part, ...], offset: int) -> Part:
    """The part that a code point stands in; between two parts, the one before."""
    starts = [part.span.start for part in parts]
    found = parts[max(0, bisect_right(starts, offset) - 1)]
    # Pages without words begin where the next one does.
    holding = [part for part in parts if part.span.start <= offset < part.span.end]
    return holding[0] if holding else found


def _grouped(length: int, cuts: list[int]) -> list[Span]:
    """Spans from cut to cut, neighbours joined as long as they stay short."""
    bounds = [0, *sorted({cut for cut in cuts if 0 < cut < length}), length]
    if length <= MOST_CHARACTERS:
        return [Span(0, length)]
    grouped = [Span(0, bounds[1])]
    for start, end in pairwise(bounds[1:]):
        if end - grouped[-1].start <= AIM_CHARACTERS:
            grouped[-1] = Span(grouped[-1].start, end)
        else:
            grouped.append(Span(start, end))
    return grouped


def _cut(text: str, span: Span) -> list[Span]:
    """A span in pieces of bearable length, parted between paragraphs, else lines, else anywhere."""
    pieces = []
    start = span.start
    while span.end - start > MOST_CHARACTERS:
        limit = start + AIM_CHARACTERS
        ends = (text.rfind(sign, start + 1, limit) for sign in ("\n\n", "\n", " "))
        end = next((found for found in ends if found > start + AIM_CHARACTERS // 2), limit)
        pieces.append(Span(start, end))
        start = end
    return [*pieces, Span(start, span.end)]


def _title(sections: list[Section], span: Span) -> str:
    return next((s.title for s in sections if span.start <= s.span.start < span.end), "")
