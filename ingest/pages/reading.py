"""What was recognised on the picture of a page, and as JSON between two calls of the sandbox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from typing import Any

from ingest.pages.lines import Line

Json = Any


@dataclass(frozen=True, slots=True)
class PageReading:
    """The lines of a scanned page in reading order, in points as on a page of a PDF.

    Attributes:
        confidence: how sure the recognition was, 0 to 1: the mean of the words' own figures, each
            word counted by its letters; 0.0 where no word was found.
        blank: whether the page bears next to no ink.
        engine: name and version of what read it.
    """

    lines: tuple[Line, ...]
    width: float
    height: float
    confidence: float
    blank: bool
    engine: str

    @property
    def text(self) -> str:
        """The lines, one below the other."""
        return "\n".join(line.text for line in self.lines)

    @property
    def letters(self) -> int:
        """How many letters and digits were recognised."""
        return count_letters(self.lines)


def count_letters(lines: Sequence[Line]) -> int:
    """How many letters and digits stand in the lines."""
    return sum(character.isalnum() for line in lines for character in line.text)


def write_reading(reading: PageReading) -> Json:
    """A reading as an object."""
    return {
        "lines": [astuple(line) for line in reading.lines],
        "size": [reading.width, reading.height],
        "confidence": reading.confidence,
        "blank": reading.blank,
        "engine": reading.engine,
    }


def read_reading(value: Json) -> PageReading:
    """The inverse of `write_reading`."""
    width, height = value["size"]
    return PageReading(
        tuple(_read_line(*line) for line in value["lines"]),
        width,
        height,
        value["confidence"],
        value["blank"],
        value["engine"],
    )


def _read_line(*fields: Json) -> Line:
    *plain, extents = fields
    return replace(Line(*plain), extents=tuple((left, right) for left, right in extents))
