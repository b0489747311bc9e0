"""The date that a paper bears, and the Fassung of a statute."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from index.types import (
    Beratung,
    Reading,
    Span,
)
from ingest.expressions import find_dates
from ingest.papers.arten import SITTINGS, STATUTES, read_art

_FASSUNG = re.compile(
    r"\b(?:in der (?:derzeit gültigen |geltenden )?Fassung|i\. ?d\. ?F\.|zuletzt geändert"
    r"|Fassung)\b"
    r"[^\n.;]{0,80}?\b(?:vom|am|vom:)\s+(?P<day>\d{1,2}\.\s?(?:\d{1,2}\.|\w+)\s?\d{4})",
    re.IGNORECASE,
)
# The enacting words of a statute name the Fassung of the law it rests on, not its own.
_OTHER_LAW = re.compile(r"§|\b[Aa]ufgrund\b|\bauf Grund\b|\bGesetz\b|\bGBl\b")
_DAY_OF = re.compile(r"\b(?:vom|bis|seit|zum|ab)\s+\Z")
_LONG_LEAD = 30


def read_paper_date(
    text: str,
    end: int,
    labels: Mapping[str, Span],
    folge: Sequence[Beratung],
    art: Reading[str] | None,
) -> Reading[date] | None:
    """The labelled date; for others the first full date of the head that is no station's."""
    labelled = labels.get("datum")
    if labelled is not None:
        for reading in days_in(text, labelled):
            return reading
    start = art.span.start if art and art.value in SITTINGS | STATUTES else 0
    statute = art is not None and art.value in STATUTES
    fassung = _FASSUNG.search(text, 0, end) if statute else None
    for reading in days_in(text, Span(start, max(start, end))):
        if any(station.span.overlaps(reading.span) for station in folge):
            continue
        if _of_something_else(text, reading.span.start):
            continue
        if fassung and fassung.start("day") <= reading.span.start < fassung.end("day"):
            continue
        return reading
    if fassung:
        for reading in days_in(text, Span(fassung.start("day"), fassung.end("day"))):
            return reading
    return None


def _of_something_else(text: str, start: int) -> bool:
    """Whether a day is part of the subject: "Nachtrag zum Bericht vom 07.10.2022"."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return (
        len(before) > _LONG_LEAD
        and _DAY_OF.search(before) is not None
        and read_art(before.lstrip()) is None
        and not re.match(r"\s*(?:Stand|Datum|Eingang)", before)
    )


def days_in(text: str, span: Span) -> Iterator[Reading[date]]:
    """The full dates in `span`, each with its words."""
    for found in find_dates(span.cut(text)):
        if not found.value.startswith("--"):
            yield Reading(date.fromisoformat(found.value), found.span.shifted(span.start))


def read_fassung(text: str, end: int, art: Reading[str] | None) -> Reading[str] | None:
    """The day of the Fassung that the head of a statute names; None for other papers."""
    if art is None or art.value not in STATUTES:
        return None
    for match in _FASSUNG.finditer(text, 0, end):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if not _OTHER_LAW.search(line + match.group()):
            return Reading(match["day"], Span(match.start("day"), match.end("day")))
    return None
