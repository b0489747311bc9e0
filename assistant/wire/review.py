"""The review of a draft as it goes out, and as it is asked for."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.review.reading import LONGEST_TEXT
from assistant.review.reviewing import Placed, Review
from assistant.review.types import Severity
from assistant.wire.answers import CitationWire, citation_wire
from assistant.wire.form import Wire

MOST_CHARACTERS = LONGEST_TEXT
"""Of a pasted draft."""


class ReviewBody(Wire):
    """Ein eingefügter Entwurf."""

    text: str = Field(min_length=1, max_length=MOST_CHARACTERS, description="Der Entwurf")
    public: bool = Field(
        default=True, description="false: Der Entwurf soll nicht öffentlich werden"
    )


class FindingWire(Wire):
    """Ein Befund: was an einer Stelle des Entwurfs nicht stimmt oder zu prüfen ist."""

    art: str = Field(description="Klasse des Befunds, etwa „verweis“ oder „platzhalter“")
    severity: Literal["Fehler", "Warnung", "Hinweis"]
    place: str = Field(description="Die Stelle, wie Ämter sie nennen")
    section: str
    paragraph: int | None = Field(description="Absatz im Abschnitt, ab 1")
    page: int | None = Field(description="Seite, wo die Datei Seiten hat")
    start: int = Field(description="Beginn im gelesenen Text des Entwurfs, in Zeichen")
    end: int
    quote: str = Field(description="Die Worte, um die es geht; leer, wo etwas fehlt")
    reason: str
    suggestion: str = Field(description="Was stattdessen dort stehen kann, sonst leer")
    citations: list[CitationWire]


class ReviewWire(Wire):
    """Alle Befunde zu einem Entwurf, in seiner Reihenfolge."""

    source: str
    title: str
    art: str | None
    public: bool
    pages: int | None
    counts: dict[str, int] = Field(description="Zahl der Befunde je Schwere")
    findings: list[FindingWire]
    warnings: list[str] = Field(description="Was beim Lesen der Datei auffiel")


def review_wire(review: Review) -> ReviewWire:
    """A review as it goes out."""
    document = review.document
    art = document.kopfdaten.art
    return ReviewWire(
        source=document.source,
        title=document.title,
        art=art.value if art else None,
        public=review.public,
        pages=len(document.pages) or None,
        counts={severity.value: review.count(severity) for severity in Severity},
        findings=[_finding(placed) for placed in review.findings],
        warnings=list(document.warnings),
    )


def _finding(placed: Placed) -> FindingWire:
    befund = placed.befund
    return FindingWire(
        art=befund.art.value,
        severity=befund.severity.value,
        place=placed.place.name,
        section=placed.place.section,
        paragraph=placed.place.paragraph,
        page=placed.place.page,
        start=befund.span.start,
        end=befund.span.end,
        quote=placed.quote,
        reason=befund.reason,
        suggestion=befund.suggestion,
        citations=[citation_wire(citation) for citation in befund.citations],
    )
