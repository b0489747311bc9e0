"""Words laid beside words: whether a text holds a quotation, and where it nearly does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.types import Span

_WORD = re.compile(r"[^\W_]+(?:[.,:/’'‑-](?=[^\W_])[^\W_]+)*|[€%§]")


@dataclass(frozen=True, slots=True)
class Match:
    """Where a text nearly holds some words; `differing` counts words changed, added, left out."""

    span: Span
    differing: int
    wanted: int


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: no case, no punctuation between them."""
    return tuple(match[0].casefold().replace("‑", "-") for match in _WORD.finditer(text))


def holds(text: str, wanted: Sequence[str]) -> bool:
    """Whether a text has these words one after the other."""
    if not wanted or wanted[0] not in text.casefold().replace("‑", "-"):
        return False
    return f" {' '.join(wanted)} " in f" {' '.join(words_of(text))} "


def best_match(text: str, place: Span, wanted: Sequence[str], allowed: int) -> Match | None:
    """The words within `place` that differ least from those wanted; None beyond `allowed`.

    Counted as edits of whole words; where the match begins is free, as is where it ends.
    """
    found = list(_WORD.finditer(text, place.start, place.end))
    held = [match[0].casefold().replace("‑", "-") for match in found]
    if not found or len(set(wanted) & set(held)) < (len(set(wanted)) + 1) // 2:
        return None
    costs, starts = list(range(len(wanted) + 1)), [0] * (len(wanted) + 1)
    best: tuple[int, int, int] | None = None
    for at, word in enumerate(held):
        row, begun = [0], [at + 1]
        for index, want in enumerate(wanted, start=1):
            same = (costs[index - 1] + (word != want), starts[index - 1])
            more = (costs[index] + 1, starts[index])
            less = (row[index - 1] + 1, begun[index - 1])
            cost, start = min(same, more, less, key=lambda pair: pair[0])
            row.append(cost)
            begun.append(start)
        costs, starts = row, begun
        if row[-1] <= allowed and (best is None or row[-1] < best[0]) and begun[-1] <= at:
            best = (row[-1], begun[-1], at)
    if best is None:
        return None
    span = Span(found[best[1]].start(), found[best[2]].end())
    return Match(span, best[0], len(wanted))
