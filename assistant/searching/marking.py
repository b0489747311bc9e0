"""The words of a text that a search found it by, and the piece of text around them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from index.german import analyse
from index.types import Passage, Span

SNIPPET_CHARACTERS = 280
BEFORE_CHARACTERS = 70
"""How much of a snippet stands before its first marked word."""
_WORDS = re.compile(
    r"§{1,2}\s*\d+[a-z]?\b|\b\d{1,2}\.\s?(?:\d{1,2}\.|[^\W\d_]{3,9}\.?)\s?\d{4}\b"
    r"|\w+(?:[/.,*:_(-]+\w+)*"
)
_HALVES = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a snippet, marked or not."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Snippet:
    """Words of a passage: together the pieces are `document.text[span]`.

    `place` is what a link opens: the first marked word to the last, else all of it.
    """

    pieces: tuple[Piece, ...]
    span: Span
    place: Span
    begins: bool
    ends: bool
    section: str
    page: int | None


def marked_in(text: str, wanted: Collection[str]) -> Iterator[Span]:
    """Where words stand that the term analysis reads as one of `wanted`.

    Of a word with hyphens only the halves that fit are marked.
    """
    for found in _WORDS.finditer(text):
        span = Span(*found.span())
        if not _fits(found[0], wanted):
            continue
        halves = [
            Span(*half.span()).shifted(span.start)
            for half in _HALVES.finditer(found[0])
            if "-" in found[0] and _fits(half[0], wanted)
        ]
        yield from halves or [span]


def _fits(words: str, wanted: Collection[str]) -> bool:
    analysis = analyse(words)
    return any(term in wanted for term in (*analysis.words, *analysis.parts))


def snippet_of(passage: Passage, wanted: Collection[str]) -> Snippet:
    """The stretch of a passage with the most of the wanted words, in whole words."""
    marks = list(marked_in(passage.text, wanted))
    cut = _best_cut(passage.text, marks)
    inside = [mark for mark in marks if cut.contains(mark)]
    place = Span(inside[0].start, inside[-1].end) if inside else cut
    return Snippet(
        pieces=_pieces(passage.text, cut, inside),
        span=cut.shifted(passage.span.start),
        place=place.shifted(passage.span.start),
        begins=cut.start == 0,
        ends=cut.end == len(passage.text),
        section=" › ".join(part for part in passage.heading_path if part),
        page=passage.pages[0] if passage.pages else None,
    )


def pieces_of(text: str, wanted: Collection[str]) -> tuple[Piece, ...]:
    """All of a short text, with the wanted words marked."""
    return _pieces(text, Span(0, len(text)), list(marked_in(text, wanted)))


def _best_cut(text: str, marks: list[Span]) -> Span:
    starts = [max(0, mark.start - BEFORE_CHARACTERS) for mark in marks] or [0]

    def held(start: int) -> int:
        return sum(start <= mark.start and mark.end <= start + SNIPPET_CHARACTERS for mark in marks)

    start = max(starts, key=lambda at: (held(at), -at))
    end = min(len(text), start + SNIPPET_CHARACTERS)
    if start > 0 and not text[start - 1].isspace():
        blank = re.compile(r"\s").search(text, start, start + BEFORE_CHARACTERS)
        start = blank.end() if blank else start
    if end < len(text) and not text[end].isspace():
        end = max((at for at in range(start + 1, end) if text[at].isspace()), default=end)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _pieces(text: str, cut: Span, marks: list[Span]) -> tuple[Piece, ...]:
    pieces = []
    at = cut.start
    for mark in marks:
        pieces += [Piece(text[at : mark.start], False), Piece(mark.cut(text), True)]
        at = mark.end
    pieces.append(Piece(text[at : cut.end], False))
    return tuple(piece for piece in pieces if piece.text)
