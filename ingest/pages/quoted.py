"""Finds the words of a quote among the letters that a page prints.

Both sides are reduced to their letters and digits, so that line ends, hyphenation, ligatures,
kinds of spaces and signs make no difference. Where the same words stand several times, what is
around them decides; where that does not tell, nothing is found: a wrong mark is worse than none.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

CONTEXT_LETTERS = 40
"""How much of what stands around a quote is compared on either side."""
_ENOUGH_CONTEXT = 4
_NEAR_LETTERS = 80
_MOST_PLACES = 200


@dataclass(frozen=True, slots=True)
class Letters:
    """Folded letters and digits in order.

    Attributes:
        text: the letters.
        origins: for each the index of the sign that it comes from.
        loose: whether a blank or line end stands before each letter, and behind the last.
    """

    text: str
    origins: tuple[int, ...]
    loose: tuple[bool, ...]

    @classmethod
    def of(cls, signs: Sequence[str]) -> Letters:
        """Folds signs; blanks among them part words."""
        letters: list[str] = []
        origins: list[int] = []
        loose: list[bool] = []
        parted = True
        for index, sign in enumerate(signs):
            parted = parted or sign.isspace()
            for letter in folded(sign):
                letters.append(letter)
                origins.append(index)
                loose.append(parted)
                parted = False
        return cls("".join(letters), tuple(origins), (*loose, True))

    def range_of(self, start: int, end: int) -> tuple[int, int]:
        """The letters that come from the signs of a half-open range."""
        return bisect_left(self.origins, start), bisect_left(self.origins, end)


def folded(text: str) -> str:
    """Letters and digits without case, accents, ligatures."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch of the text is printed: the first letters on either side, and how many."""

    page: int
    text: int
    length: int


def locate(
    page: Letters, text: Letters, quote: tuple[int, int], cuts: Sequence[int] = ()
) -> list[Place]:
    """Where the page prints a quote, in order of the quote; what is not found is left out.

    Args:
        page: what is printed, in the order of the file.
        text: the text of the same page as it was read; it may be in another order.
        quote: a half-open range of the letters of `text`.
        cuts: letters of `text` at which a line or cell begins.
    """
    search = _Search(page, text)
    whole = search.place(*quote)
    if whole is not None:
        return [whole]
    inside = sorted({cut for cut in cuts if quote[0] < cut < quote[1]})
    found: list[Place] = []
    for start, end in pairwise([quote[0], *inside, quote[1]]):
        place = search.place(start, end)
        found += search.runs(start, end) if place is None else [place]
    return found


class _Search:
    """Looks for one stretch of the text after another."""

    def __init__(self, page: Letters, text: Letters) -> None:
        self._page = page
        self._text = text
        self._last = 0

    def place(self, start: int, end: int) -> Place | None:
        """The one place of the page where these letters stand; None where that is not sure."""
        if start >= end:
            return None
        places = self._places(self._page, start, end)
        if not places:
            return None
        own = self._places(self._text, start, end)
        chosen = self._chosen(places, own, start, end)
        if chosen is None:
            return None
        self._last = chosen + end - start
        return Place(chosen, start, end - start)

    def runs(self, start: int, end: int) -> Iterator[Place]:
        """The places of as many words at a time as stand together."""
        words = [at for at in range(start, end) if self._text.loose[at]]
        edges = [start, *(at for at in words if at != start), end]
        at = 0
        while at < len(edges) - 1:
            longest, upto = None, at + 1
            for last in range(at + 1, len(edges)):
                if not self._places(self._page, edges[at], edges[last]):
                    break
                remembered = self._last
                place = self.place(edges[at], edges[last])
                if place is not None:
                    longest, upto = place, last
                self._last = remembered
            if longest is not None:
                self._last = longest.page + longest.length
                yield longest
            at = upto

    def _places(self, letters: Letters, start: int, end: int) -> list[int]:
        """Where the letters stand as whole words, as far as they are whole words in the text."""
        words = self._text.text[start:end]
        opens, closes = self._text.loose[start], self._text.loose[end]
        found: list[int] = []
        at = letters.text.find(words)
        while at >= 0 and len(found) < _MOST_PLACES:
            behind = at + len(words)
            if (letters.loose[at] or not opens) and (letters.loose[behind] or not closes):
                found.append(at)
            at = letters.text.find(words, at + 1)
        return found

    def _chosen(self, places: list[int], own: list[int], start: int, end: int) -> int | None:
        if len(places) == len(own) == 1:
            return places[0]
        scored = sorted(((self._context(at, start, end), at) for at in places), reverse=True)
        best = scored[0]
        if len(scored) == 1 or best[0] > scored[1][0]:
            return best[1] if best[0] >= _ENOUGH_CONTEXT else None
        if _gaps(places) == _gaps(own):  # in the same order, with as much between them
            return places[own.index(start)]
        tied = [at for score, at in scored if score == best[0]]
        near = [at for at in tied if 0 <= at - self._last <= _NEAR_LETTERS]
        return near[0] if len(near) == 1 and self._last else None

    def _context(self, at: int, start: int, end: int) -> int:
        """How many letters before and behind are the same; that both begin here counts a little."""
        page, text = self._page.text, self._text.text
        last = at + end - start
        before = _alike(
            reversed(page[:at][-CONTEXT_LETTERS:]), reversed(text[:start][-CONTEXT_LETTERS:])
        )
        behind = _alike(
            iter(page[last : last + CONTEXT_LETTERS]), iter(text[end : end + CONTEXT_LETTERS])
        )
        return before + behind + (_ENOUGH_CONTEXT if before == at == start else 0)


def _alike(one: Iterator[str], other: Iterator[str]) -> int:
    """How many letters two rows have in common from the start."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _gaps(places: Sequence[int]) -> list[int]:
    """How far places lie apart."""
    return [after - before for before, after in pairwise(places)]
