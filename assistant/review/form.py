"""The checks that need nothing but the draft, the Mandant's rules and the stock's names."""

from __future__ import annotations

from assistant.review import koerperschaft, placeholders, sections
from assistant.review.types import Check

CHECKS: tuple[Check, ...] = (
    sections.check,
    placeholders.check,
    koerperschaft.check,
)
