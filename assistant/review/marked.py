"""The text of a draft under review in pieces: each knows which findings speak of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.types import Span

LONGEST_WHOLE = 300_000
"""Characters of a text that is shown as a whole; of a longer one the lines with findings."""
_AROUND = 2
"""Lines before and after a line with findings."""


@dataclass(frozen=True, slots=True)
class Stueck:
    """Words in a row that the same findings speak of; `befunde` are their places in the list.

    `beginnt` are those that no piece before speaks of: where a link to a finding's place leads.
    """

    text: str
    befunde: tuple[int, ...] = ()
    beginnt: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Zeile:
    """A line of the text; `luecke` says that lines before it are left out."""

    stuecke: tuple[Stueck, ...]
    luecke: bool = False


def marked_lines(
    text: str, spans: Sequence[Span], longest: int = LONGEST_WHOLE
) -> tuple[Zeile, ...]:
    """The lines of a text that are not blank, cut where a finding begins or ends.

    Of a text that is longer than `longest` only what stands near a finding.
    """
    lines = list(_line_spans(text))
    kept = _near(lines, spans) if len(text) > longest else set(range(len(lines)))
    found, last, begun = [], -1, set[int]()
    for at in sorted(kept):
        found.append(Zeile(tuple(_pieces(text, lines[at], spans, begun)), luecke=at != last + 1))
        last = at
    return tuple(found)


def _line_spans(text: str) -> Iterator[Span]:
    start = 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        if words:
            first = start + len(line) - len(line.lstrip())
            yield Span(first, first + len(words))
        start += len(line)


def _near(lines: Sequence[Span], spans: Sequence[Span]) -> set[int]:
    near: set[int] = set()
    for at, line in enumerate(lines):
        if any(len(span) and span.overlaps(line) for span in spans):
            near.update(range(max(0, at - _AROUND), min(len(lines), at + _AROUND + 1)))
    return near


def _pieces(text: str, line: Span, spans: Sequence[Span], begun: set[int]) -> Iterator[Stueck]:
    here = [(n, span) for n, span in enumerate(spans) if len(span) and span.overlaps(line)]
    cuts = {line.start, line.end}
    for _, span in here:
        cuts.update((max(span.start, line.start), min(span.end, line.end)))
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        piece = Span(start, end)
        told = tuple(n for n, span in here if span.contains(piece))
        begins = tuple(n for n in told if n not in begun)
        begun.update(begins)
        yield Stueck(piece.cut(text), told, begins)
