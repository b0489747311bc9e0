"""The checks that hold a draft against the records."""

from __future__ import annotations

from assistant.review import contradiction, figures, quotes, references, statutes, superseded
from assistant.review.types import Check

CHECKS: tuple[Check, ...] = (
    references.check,
    quotes.check,
    figures.check,
    statutes.check,
    superseded.check,
    contradiction.check,
)
"""VERWEIS, ZITAT, ANGABE, UEBERHOLT, WIDERSPRUCH: recorded words only, no generator."""
