"""A draft in, all that is to be said about it out, in the order of the draft."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.audit import OPERATOR, AuditEntry, AuditLog
from assistant.fundstelle import innermost, section_name
from assistant.review import against_records, form
from assistant.review.apparatus import annexes, footnotes, is_of_draft
from assistant.review.types import Befund, BefundArt, Check, Reviewed, Severity
from index.types import Document, SectionKind, Span
from ingest.chunk import paragraph_number

CHECKS: tuple[Check, ...] = (*form.CHECKS, *against_records.CHECKS)

_WEIGHT = {Severity.FEHLER: 0, Severity.WARNUNG: 1, Severity.HINWEIS: 2}
_MISSING = "fehlt im Entwurf"
_NOT_COUNTED = frozenset({SectionKind.KOPF, SectionKind.BERATUNGSFOLGE, SectionKind.UNTERSCHRIFT})


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a draft: `name` as officials say it, from what follows.

    Attributes:
        section: "" outside of all.
        paragraph: within the section, from 1; None where paragraphs are not counted.
        page: from 1; None where the file has no pages.
    """

    name: str
    section: str
    paragraph: int | None
    page: int | None


@dataclass(frozen=True, slots=True)
class Placed:
    """A Befund and where it stands; `quote` are the words it is about."""

    befund: Befund
    place: Place
    quote: str


@dataclass(frozen=True, slots=True)
class Review:
    """All that was found in one draft, in its order."""

    document: Document
    public: bool
    findings: tuple[Placed, ...]

    def count(self, severity: Severity) -> int:
        """How many findings weigh so much."""
        return sum(placed.befund.severity is severity for placed in self.findings)


def review(
    reviewed: Reviewed,
    audit: AuditLog,
    *,
    who: str = OPERATOR,
    checks: Sequence[Check] | None = None,
) -> Review:
    """Runs all checks and records that it was done, without a word of the draft.

    Raises:
        AuditUnwritable: the record cannot be continued; nothing is shown then.
    """
    document = reviewed.document
    with reviewed.store.snapshot():
        found = run(reviewed, CHECKS if checks is None else checks)
        generation = reviewed.store.generation(reviewed.access)
    placed = tuple(
        Placed(befund, place_of(document, befund.span), befund.span.cut(document.text))
        for befund in found
    )
    cited = (citation.document_id for one in placed for citation in one.befund.citations)
    audit.append(
        AuditEntry(
            action="pruefung",
            who=who,
            mandant=document.mandant,
            document_ids=tuple(dict.fromkeys(cited)),
            index_generation=generation,
        )
    )
    return Review(document, reviewed.public, placed)


def run(reviewed: Reviewed, checks: Sequence[Check] = CHECKS) -> list[Befund]:
    """All that the checks say of the draft's own words, in order of place."""
    document = reviewed.document
    annexed, notes = annexes(document), footnotes(document)
    found = (befund for check in checks for befund in check(reviewed))
    own = [b for b in found if is_of_draft(b, annexed, notes)]
    open_ = [b.span for b in own if b.art is BefundArt.PLATZHALTER]
    return without_repeats(
        b
        for b in own
        if b.art is BefundArt.PLATZHALTER
        or not any(
            len(b.span) < len(span) and span.contains(b.span) for span in open_ if len(b.span)
        )
    )


def without_repeats(found: Iterable[Befund]) -> list[Befund]:
    """In order of place; of those of one sort that overlap only the weightiest is left.

    What is missing has no words, so it never repeats anything but itself.
    """
    kept: list[Befund] = []
    for befund in sorted(found, key=_by_weight):
        repeats = (
            other.art is befund.art
            and (
                other.span.overlaps(befund.span)
                or (other.span == befund.span and other.reason == befund.reason)
            )
            for other in kept
        )
        if not any(repeats):
            kept.append(befund)
    return sorted(kept, key=lambda b: (b.span, _WEIGHT[b.severity], b.art, b.reason))


def _by_weight(befund: Befund) -> tuple[int, int, Span, str]:
    return _WEIGHT[befund.severity], -len(befund.citations), befund.span, befund.reason


def place_of(document: Document, span: Span) -> Place:
    """The place of some words, as an official would name it."""
    if not len(span) and span.end >= len(document.text.rstrip()):
        return Place(_MISSING, "", None, None)
    section = innermost(document, span) or innermost(document, Span(span.start, span.start))
    page = next(
        (n for n, p in enumerate(document.pages, start=1) if p.start <= span.start < p.end), None
    )
    if section is None:
        return Place(f"S. {page}" if page else "Text", "", None, page)
    name = section.title.strip(" :.") or section_name(section)
    paragraph = None
    on_heading = len(section.heading) and section.heading.overlaps(span)
    if not on_heading and section.kind not in _NOT_COUNTED:
        paragraph = paragraph_number(document, section, span)
    parts = [
        f"Abschnitt „{name}“" if name else "",
        f"{paragraph}. Absatz" if paragraph else "Überschrift" if on_heading else "",
        f"S. {page}" if page else "",
    ]
    return Place(", ".join(filter(None, parts)), name, paragraph, page)
