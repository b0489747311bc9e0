"""What was only planned: never evidence of how a vote ended, what was decided or when.

A Beratungsfolge and an invitation say where a paper was to go, not what became of it. Like the
paper's own date they answer who asks for bodies and days, and nobody else.
"""

from __future__ import annotations

import re

from assistant.fundstelle import innermost
from assistant.understanding.question import Question
from assistant.understanding.wanted import Wanted
from index.types import Document, SectionKind, Span

_HAPPENED = re.compile(
    r"\b(?:abstimmung(?:en)?|(?:ab|zu)?gestimmt|stimmten?|beschlossen|beschloss|beschlüssen?|"
    r"beschluss(?:es)?|entschieden?|entschied|entscheidung(?:en)?|angenommen|abgelehnt|"
    r"verabschiedet|vertagt|verwiesen|zurückgezogen|abgesetzt|ausgegangen|ausgang|endeten?|"
    r"geendet|beraten|behandelt|befasste?n?|diskutiert|kenntnis genommen)\b|"
    r"\bwie ging(?:en)?\b.{0,80}\baus\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:soll(?:te|ten|en)?|vorgesehen\w*|geplant\w*|anberaumt\w*|eingeladen|einladung\w*|"
    r"wird|werden|beratungsfolge|tagesordnung)\b",
    re.IGNORECASE,
)
LONGEST_LABEL = 20
"""Characters around a date in a header: "Datum: ", "Hohenbruck, den "."""
_PLANS = frozenset({"Einladung", "Tagesordnung"})


def asks_what_happened(question: Question) -> bool:
    """Whether a question asks for what a plan cannot tell: a vote, a decision, its day."""
    if Wanted.VOTE in question.wanted or question.asserted is not None:
        return True
    return bool(_HAPPENED.search(question.text)) and not _PLANNED.search(question.text)


def is_only_planned(document: Document, span: Span) -> bool:
    """Whether a place stands in an invitation, or in a Beratungsfolge without a result."""
    art = document.kopfdaten.art
    if art is not None and art.value in _PLANS:
        return True
    stations = [s for s in document.kopfdaten.beratungsfolge if s.span.overlaps(span)]
    if stations:
        return all(station.ergebnis is None for station in stations)
    section = innermost(document, span)
    return section is not None and section.kind is SectionKind.BERATUNGSFOLGE


def asks_for_header(question: Question) -> bool:
    """Whether a question asks for what a header holds: a day, a body."""
    return question.asks_for_body_or_day or Wanted.DATE in question.wanted


def is_header(document: Document, span: Span) -> bool:
    """Whether a place is a paper's own date or a line of its Beratungsfolge."""
    kopf = document.kopfdaten
    if any(station.span.overlaps(span) for station in kopf.beratungsfolge):
        return True
    line = len(span) - len(kopf.datum.span) if kopf.datum else 0
    return kopf.datum is not None and kopf.datum.span.overlaps(span) and line <= LONGEST_LABEL
