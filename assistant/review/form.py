"""The checks that need nothing but the draft, the Mandant's rules and the stock's names."""

from __future__ import annotations

from assistant.review import (
    bodies,
    koerperschaft,
    placeholders,
    readability,
    sections,
    taint,
)
from assistant.review.types import Check

CHECKS: tuple[Check, ...] = (
    sections.check,
    placeholders.check,
    koerperschaft.check,
    taint.check,
    bodies.check,
    readability.check,
)
