"""Quotes in a paragraph: where they stand, and the words around them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from index.types import Span

_KEPT = re.compile(r"\[[^\[\]]*\]|\"[^\"]*\"|»[^«»]*«")


@dataclass(frozen=True, slots=True)
class Led:
    """A paragraph that is a lead and the quote it introduces: `lead: „quote“tail`."""

    lead: str
    quote: str
    tail: str = ""


def outer_quotes(text: str) -> list[Span] | None:
    """The outermost quotes with their marks; None where the marks do not pair."""
    found: list[Span] = []
    depth = start = 0
    for at, char in enumerate(text):
        if char == "„":
            start = start if depth else at
            depth += 1
        elif char == "“":
            depth -= 1
            if depth == 0:
                found.append(Span(start, at + 1))
            if depth < 0:
                return None
    return None if depth else found


def quotes_of(text: str) -> list[str]:
    """The words of the outermost quotes, without their marks; none where the marks do not pair."""
    return [span.cut(text)[1:-1] for span in outer_quotes(text) or ()]


def unquoted(text: str) -> str:
    """What the text says outside its quotes."""
    for span in reversed(outer_quotes(text) or ()):
        text = f"{text[: span.start]} {text[span.end :]}"
    return text


def led(text: str) -> Led | None:
    """The paragraph as a lead and its last quote; None where it is none."""
    spans = outer_quotes(text)
    if not spans:
        return None
    before, last, tail = text[: spans[-1].start], spans[-1].cut(text), text[spans[-1].end :]
    if not before.endswith(": ") or not before[:-2].strip():
        return None
    return Led(before[:-2], last[1:-1], tail)


def outside(text: str, change: Callable[[str], str]) -> str:
    """The text with `change` applied outside of quotes and placeholders; as it was where in doubt.

    The stretches between are changed one by one, so nothing reaches over a quote.
    """
    spans = outer_quotes(text)
    if spans is None:
        return text
    spans = sorted([*spans, *(Span(*match.span()) for match in _KEPT.finditer(text))])
    parts: list[str] = []
    end = 0
    for span in spans:
        if span.start < end:
            continue
        parts += [change(text[end : span.start]), span.cut(text)]
        end = span.end
    return "".join([*parts, change(text[end:])])
