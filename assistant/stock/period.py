"""The days that a question about the stock names: "seit gestern", "diese Woche"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.understanding.words import WordsLeft
from ingest.expressions import find_dates

_DAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_COUNTS = {
    "zwei": 2,
    "drei": 3,
    "vier": 4,
    "fünf": 5,
    "sechs": 6,
    "sieben": 7,
    "acht": 8,
    "zehn": 10,
    "vierzehn": 14,
    "dreißig": 30,
}
_LEAD = r"(?:(?:seit|ab|von|vom|am|im|in|aus|während)\s+)?(?:(?:der|den|dem)\s+)?"
_DATED = re.compile(
    r"\b(?P<w>seit|ab|am|vom|von|nach|bis|zwischen|und)\s+(?:(?:dem|zum|den)\s+)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both included; None where the period is open on that side."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether a day lies in the period."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def __str__(self) -> str:
        if self.first is not None and self.first == self.last:
            return f"am {self.first:%d.%m.%Y}"
        first = f"seit {self.first:%d.%m.%Y}" if self.first else ""
        last = f"bis {self.last:%d.%m.%Y}" if self.last else ""
        return " ".join(filter(None, (first, last))) or "ohne zeitliche Grenze"


def _one(day: date) -> Period:
    return Period(day, day)


def _week(today: date, weeks_ago: int) -> Period:
    monday = today - timedelta(days=today.weekday() + 7 * weeks_ago)
    return Period(monday, monday + timedelta(days=6))


def _month(today: date, *, former: bool) -> Period:
    first = today.replace(day=1)
    if former:
        first = (first - timedelta(days=1)).replace(day=1)
    return Period(first, first.replace(day=monthrange(first.year, first.month)[1]))


def _recent(found: re.Match[str], today: date) -> Period | None:
    word = found["n"].lower()
    count = int(word) if word.isdecimal() else _COUNTS.get(word, 0)
    unit = {"tage": 1, "woch": 7, "stun": 1}[found["unit"][:4].lower()]
    if unit == 1 and found["unit"].lower().startswith("stun"):
        count = -(-count // 24)
    return Period(today - timedelta(days=count * unit), None) if 0 < count < 4000 else None


def _weekday(found: re.Match[str], today: date) -> Period:
    back = (today.weekday() - _DAYS.index(found["day"].lower())) % 7
    day = today - timedelta(days=back)
    return Period(day, None if found["since"] else day)


_Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date], Period | None]]


def _rule(pattern: str, make: Callable[[re.Match[str], date], Period | None]) -> _Rule:
    return re.compile(pattern, re.IGNORECASE), make


_RULES: tuple[_Rule, ...] = (
    _rule(r"\bseit\s+vorgestern\b", lambda _, t: Period(t - timedelta(days=2))),
    _rule(r"\bvorgestern\b", lambda _, t: _one(t - timedelta(days=2))),
    _rule(r"\bseit\s+gestern\b", lambda _, t: Period(t - timedelta(days=1))),
    _rule(r"\b(?:von\s+)?gestern\b", lambda _, t: _one(t - timedelta(days=1))),
    _rule(r"\b(?:seit\s+|von\s+)?heute(?:\s+(?:morgen|früh|nacht))?\b", lambda _, t: _one(t)),
    _rule(
        r"\bseit\s+(?:(?:der|dem)\s+)?(?:letzte[rn]?|vergangene[rn]?|vorige[rn]?)\s+woche\b",
        lambda _, t: Period(_week(t, 1).first),
    ),
    _rule(rf"\b{_LEAD}diese[r]?\s+woche\b|\bseit\s+wochenbeginn\b", lambda _, t: _week(t, 0)),
    _rule(
        rf"\b{_LEAD}(?:letzte[rn]?|vergangene[rn]?|vorige[rn]?)\s+woche\b",
        lambda _, t: _week(t, 1),
    ),
    _rule(rf"\b{_LEAD}diese[mnrs]?\s+monat\b", lambda _, t: _month(t, former=False)),
    _rule(
        rf"\b{_LEAD}(?:letzte[mn]|vergangene[mn]|vorige[mn])\s+monat\b",
        lambda _, t: _month(t, former=True),
    ),
    _rule(
        rf"\b{_LEAD}(?:letzten|vergangenen)\s+(?P<n>\d{{1,4}}|\w+)\s+(?P<unit>tage[n]?|wochen|stunden)\b",
        _recent,
    ),
    _rule(
        rf"\b(?:(?P<since>seit|ab)\s+|am\s+)?(?:(?:letzte[mn]|vergangene[mn]|dem)\s+)?"
        rf"(?P<day>{'|'.join(_DAYS)})\b",
        _weekday,
    ),
)


def read_period(reader: WordsLeft, today: date) -> Period | None:
    """Takes the period out of what is left; None where none is named."""
    if dated := _read_dates(reader):
        return dated
    for pattern, make in _RULES:
        found = pattern.search(reader.left)
        if found is not None and (period := make(found, today)) is not None:
            reader.blank(*found.span())
            return period
    return None


def _read_dates(reader: WordsLeft) -> Period | None:
    """Bounds given as whole dates: "seit dem 01.11.2026", "vom 1. bis 3. Mai" is none."""
    named: list[tuple[str, date]] = []
    for found in find_dates(reader.left):
        lead = _DATED.search(reader.left[: found.span.start])
        try:
            day = date.fromisoformat(found.value)
        except ValueError:
            continue
        named.append((lead["w"].lower() if lead else "am", day))
        reader.blank(lead.start() if lead else found.span.start, found.span.end)
    if not named:
        return None
    if len(named) == 2:
        return Period(min(day for _, day in named), max(day for _, day in named))
    (word, day) = named[0]
    if word == "nach":
        return Period(day + timedelta(days=1))
    if word == "bis":
        return Period(None, day)
    return Period(day) if word in {"seit", "ab", "vom", "von"} else _one(day)
