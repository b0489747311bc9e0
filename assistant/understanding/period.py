"""The period that a question for a list names: years, days, "im letzten Jahr"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from assistant.understanding.words import WordsLeft
from ingest.expressions import find_dates

_YEAR = r"(?P<{0}>(?:19|20)\d\d)"
_BETWEEN = re.compile(
    rf"\b(?:zwischen|von)\s+(?:den\s+Jahren\s+)?{_YEAR.format('a')}\s+(?:und|bis)\s+{_YEAR.format('b')}\b",
    re.IGNORECASE,
)
_SINCE = re.compile(rf"\b(?:seit|ab)\s+(?:dem\s+Jahr\s+)?{_YEAR.format('a')}\b(?!\.\d)", re.I)
_UNTIL = re.compile(rf"\bbis\s+(?:zum\s+Jahr\s+|Ende\s+)?{_YEAR.format('a')}\b", re.IGNORECASE)
_BEFORE = re.compile(rf"\bvor\s+(?:dem\s+Jahr\s+)?{_YEAR.format('a')}\b", re.IGNORECASE)
_AFTER = re.compile(rf"\bnach\s+(?:dem\s+Jahr\s+)?{_YEAR.format('a')}\b", re.IGNORECASE)
_IN_YEAR = re.compile(
    rf"\b(?:(?:aus|in|im|für|vom)\s+)?(?:(?:dem\s+)?Jahr(?:e|es)?\s+)?{_YEAR.format('a')}\b", re.I
)
_SINCE_DAY = re.compile(r"\b(?P<w>seit|ab|vor|nach|bis)\s+(?:dem|zum)\s+", re.IGNORECASE)
_MONTHS = [
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
]
_MONTH = re.compile(
    rf"\b(?:(?:im|vom|aus|in)\s+)?(?:Monat\s+|dem\s+)?(?P<m>{'|'.join(_MONTHS)})\s+"
    rf"{_YEAR.format('a')}\b",
    re.IGNORECASE,
)
_BETWEEN_DAYS = re.compile(
    r"\b(?:zwischen(?:\s+dem)?|vom)\s+(?P<a>\S+(?:\s+\w+\s+\d{4})?)\s+(?:und|bis)(?:\s+(?:dem|zum))?"
    r"\s+(?P<b>\d\S*(?:\s+\w+\s+\d{4})?)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:im\s+|in\s+)?(?P<w>letzten|vergangenen|vorigen|diesem|laufenden)\s+Jahr(?:es)?\b|"
    r"\baus\s+(?P<x>diesem|dem\s+(?:letzten|vergangenen|vorigen|laufenden))\s+Jahr\b",
    re.IGNORECASE,
)


def read_period(reader: WordsLeft, today: date) -> tuple[date | None, date | None]:
    """Takes the period out of what is left: its inclusive bounds, None where it is open."""
    if days := _read_two_days(reader):
        return days
    if day := _read_day(reader):
        return day
    if found := reader.take(_MONTH):
        year, month = int(found["a"]), _MONTHS.index(found["m"].lower()) + 1
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    if found := reader.take(_RELATIVE):
        word = (found["w"] or found["x"]).lower()
        year = today.year if "diesem" in word or "laufend" in word else today.year - 1
        return date(year, 1, 1), date(year, 12, 31)
    if found := reader.take(_BETWEEN):
        return date(int(found["a"]), 1, 1), date(int(found["b"]), 12, 31)
    first = last = None
    if found := reader.take(_SINCE):
        first = date(int(found["a"]), 1, 1)
    if found := reader.take(_AFTER):
        first = date(int(found["a"]) + 1, 1, 1)
    if found := reader.take(_UNTIL):
        last = date(int(found["a"]), 12, 31)
    if found := reader.take(_BEFORE):
        last = date(int(found["a"]) - 1, 12, 31)
    if first is None and last is None and (found := reader.take(_IN_YEAR)):
        return date(int(found["a"]), 1, 1), date(int(found["a"]), 12, 31)
    return first, last


def _read_two_days(reader: WordsLeft) -> tuple[date, date] | None:
    """Both bounds given as days: "zwischen dem 01.03.2020 und dem 31.12.2021"."""
    found = _BETWEEN_DAYS.search(reader.left)
    if found is None:
        return None
    bounds = [[e.value for e in find_dates(found[part])] for part in ("a", "b")]
    try:
        (first,), (last,) = bounds
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:  # not one whole date on each side
        return None
    reader.blank(*found.span())
    return days


def _read_day(reader: WordsLeft) -> tuple[date | None, date | None] | None:
    """A bound given as a day: "seit dem 01.03.2020", "vor dem 3. Juni 2021"."""
    lead = _SINCE_DAY.search(reader.left)
    if lead is None:
        return None
    for found in find_dates(reader.left):
        try:
            day = date.fromisoformat(found.value)
        except ValueError:
            continue
        if found.span.start == lead.end():
            reader.blank(lead.start(), found.span.end)
            word = lead["w"].lower()
            if word in {"seit", "ab"}:
                return day, None
            if word == "nach":
                return date.fromordinal(day.toordinal() + 1), None
            return None, day if word == "bis" else date.fromordinal(day.toordinal() - 1)
    return None
