"""Documents that were taken in without some of their pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.blocks import Gap


@dataclass(frozen=True, slots=True)
class Partial:
    """A document that is there in part.

    Attributes:
        pages: those not read, 1-based, each once; empty where the format has no pages.
        message: German sentences that say what is missing and why.
    """

    path: str
    pages: tuple[int, ...]
    message: str


def partial_of(path: str, gaps: Sequence[Gap]) -> Partial:
    """What the gaps of one file come to."""
    pages = sorted({page for gap in gaps for page in gap.pages})
    return Partial(path, tuple(pages), " ".join(gap.message for gap in gaps))
