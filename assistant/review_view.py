"""A review as its page shows it: the text of the draft in pieces beside all that was found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.review.marked import Zeile, marked_lines
from assistant.review.types import BefundArt
from assistant.wire.review import ReviewWire, review_wire

if TYPE_CHECKING:
    from assistant.review.reviewing import Review

CLASSES = tuple(art.value for art in BefundArt)
"""All that is checked, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Pruefseite:
    """What the page shows.

    Attributes:
        klassen: how many findings there are of each class that has any.
        gekuerzt: lines of the text are left out; it is too long for one page.
    """

    review: ReviewWire
    zeilen: tuple[Zeile, ...]
    klassen: tuple[tuple[str, int], ...]
    gekuerzt: bool


def pictured(review: Review) -> Pruefseite:
    """The page of a review."""
    found = Counter(one.befund.art.value for one in review.findings)
    lines = marked_lines(review.document.text, [one.befund.span for one in review.findings])
    return Pruefseite(
        review=review_wire(review),
        zeilen=lines,
        klassen=tuple((key, found[key]) for key in CLASSES if found[key]),
        gekuerzt=any(line.luecke for line in lines),
    )
