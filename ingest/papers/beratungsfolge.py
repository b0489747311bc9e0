"""The Beratungsfolge: which body is to treat a paper when, and in what role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from index.types import Beratung, Ergebnis, Span
from ingest.expressions import find_dates
from ingest.papers.outcomes import read_outcome
from ingest.papers.profile import Profile
from ingest.papers.vote_record import read_ergebnis_of

_BODY = re.compile(
    r"(?:ausschu(?:ss|ß)|rat|räte|versammlung|kommission|vorstand|tag|senat|gremium|konferenz|"
    r"vertretung|bürgerschaft|magistrat|stadtverordnete\w*|präsidium|delegation|arbeitskreis|beirat|bezirk|deputation|"
    r"kuratorium|fraktion\w*)\b|\b(?:ausschuss|kommission|beirat|rat|ortsrat|verwaltung)\b",
    re.IGNORECASE,
)
_EDGE = " \t|·:;,–-"
_BETWEEN = re.compile(
    r"(?:[\s|·:,;–-]|\d{1,2}:\d{2}(?:\s*Uhr)?|(?:TOP\s*)?\d{1,3}(?:\.\d+)*(?=\s)|[ÖNön](?!\w))*"
)
_HEADER = re.compile(
    r"(?:geplante |bisherige )?beratungsfolge\b|gremi(?:um|en)\b.*\b(?:termin|datum|rolle)", re.I
)
_LABEL = re.compile(
    r":|\b(?:datum|eingang|vom|am|stand|telefon|aktenzeichen|nr)\.?\s*\Z", re.IGNORECASE
)
_DATE_FIRST = re.compile(r"[ \t]*\d{1,2}\.\d{1,2}\.\d{4}(?:\s|\Z)")
_OPEN_NAME = re.compile(r"(?:[,-]|\b(?:und|u\.|in|für|der|des|sowie))\Z")
_MAX_BODY = 120


@dataclass(frozen=True, slots=True)
class Row:
    """One station as printed; `span` covers its words."""

    beratung: Beratung
    span: Span


def find_rows(text: str, end: int, profile: Profile) -> list[Row]:
    """The stations printed before `end`, in order.

    Cells may be parted by tabs, bars or nothing at all ("Kommission A03.05.2012zur Kenntnis").
    """
    lines = [m for m in re.finditer(r"[^\n]+", text[:end]) if m.group().strip()]
    rows: list[Row] = []
    for index, match in enumerate(lines):
        row = _wrapped(lines, index, profile)
        rows.extend([row] if row else _rows_of(match.group(), match.start(), profile))
    return rows


def _wrapped(lines: Sequence[re.Match[str]], index: int, profile: Profile) -> Row | None:
    """A station whose body was broken over the lines around its date.

    "Fachausschuss Straßen, Wege," above "14.09.2016 Beratung" above "Plätze".
    """
    line = lines[index].group()
    if index == 0 or not _DATE_FIRST.match(line):
        return None
    above, below = lines[index - 1], lines[index + 1] if index + 1 < len(lines) else None
    name = above.group().strip(_EDGE + ",")
    if not _BODY.search(name) or ":" in name or len(name) > _MAX_BODY or _HEADER.match(name):
        return None
    if find_dates(name) or _dateless(above.group(), 0, profile):
        return None
    found = find_dates(line)[0]
    rolle, role_end = _role(line, found.span.end, len(line), profile)
    if rolle is None and not _fits_alone(line, found.span, len(line)):
        return None
    start = lines[index].start()
    ergebnis = _result(line, role_end, len(line), start)
    end = ergebnis.span.end if ergebnis else start + max(role_end, found.span.end)
    goes_on = _OPEN_NAME.search(above.group().rstrip())
    if below is not None and _goes_on(below.group().strip(), goes_on is not None):
        name = f"{above.group().strip()} {below.group().strip()}"
        name, end = re.sub(r"(?<=[a-zäöüß])- (?=[a-zäöüß])", "", name), below.end()
    span = Span(above.start() + len(above.group()) - len(above.group().lstrip()), end)
    day = date.fromisoformat(found.value)
    return Row(Beratung(name, day, rolle, span, ergebnis), span)


def _goes_on(below: str, must: bool) -> bool:
    """Whether a line is the rest of a body's name."""
    if len(below) > 60 or find_dates(below) or ":" in below or below.endswith((".", ";")):
        return False
    return must or below.startswith(("und ", "u. "))


def read_beratungsfolge(text: str, end: int, profile: Profile) -> tuple[Beratung, ...]:
    """The stations of the Beratungsfolge printed before `end`."""
    return tuple(row.beratung for row in find_rows(text, end, profile))


def _rows_of(line: str, offset: int, profile: Profile) -> Iterator[Row]:
    dates = [d for d in find_dates(line) if not d.value.startswith("--")]
    if not dates:
        row = _dateless(line, offset, profile)
        if row:
            yield row
        return
    begin, last_end = 0, -1
    for index, found in enumerate(dates):
        if found.span.start < last_end:
            continue  # the second day of "18./19.3.2025"
        last_end = found.span.end
        body = line[begin : found.span.start]
        later = [d.span.start for d in dates[index + 1 :] if d.span.start >= found.span.end]
        limit = min(later, default=len(line))
        rolle, role_end = _role(line, found.span.end, limit, profile)
        name = body.strip(_EDGE)
        begin_row = begin + len(body) - len(body.lstrip(_EDGE)) if name else begin
        begin = role_end
        if not name or len(name) > _MAX_BODY or _LABEL.search(body.rstrip(" \t")):
            continue
        known = _BODY.search(name) is not None
        if rolle is None and not (known and _fits_alone(line, found.span, limit)):
            continue
        if not known and (line[role_end:limit].strip(_EDGE) or not name[0].isupper()):
            continue
        day = date.fromisoformat(found.value)
        rest_end = limit if limit == len(line) else role_end
        ergebnis = _result(line, role_end, rest_end, offset)
        end = ergebnis.span.end - offset if ergebnis else max(role_end, found.span.end)
        span = Span(offset + begin_row, offset + end)
        yield Row(Beratung(name, day, rolle, span, ergebnis), span)


def _dateless(line: str, offset: int, profile: Profile) -> Row | None:
    """A station that has no date yet: a body and its role in two cells."""
    name, tab, _ = line.partition("\t")
    rolle, end = _role(line, len(name), len(line), profile)
    if not tab or rolle is None or not _BODY.search(name) or len(name) > _MAX_BODY:
        return None
    if line[end:].strip(_EDGE) or ":" in name or _HEADER.match(name):
        return None
    lead = len(name) - len(name.lstrip(_EDGE))
    span = Span(offset + lead, offset + end)
    return Row(Beratung(name.strip(_EDGE), None, rolle, span), span)


def _role(line: str, start: int, limit: int, profile: Profile) -> tuple[str | None, int]:
    """The role behind the date, and where it ends."""
    gap = _BETWEEN.match(line, start, limit)
    at = gap.end() if gap else start
    match = _role_pattern(profile).match(line, at, limit)
    return (match.group(), match.end()) if match else (None, start)


@cache
def _patterns(roles: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(role).replace(r"\ ", r"\s+") for role in roles)
    return re.compile(rf"(?:{words})(?![a-zäöüß])", re.IGNORECASE)


def _role_pattern(profile: Profile) -> re.Pattern[str]:
    return _patterns(profile.roles)


def _fits_alone(line: str, day: Span, limit: int) -> bool:
    """Whether nothing but a short remark stands behind the date."""
    return len(line[day.end : limit].strip(_EDGE)) < 30 and not line.rstrip().endswith(".")


def _result(line: str, start: int, end: int, offset: int) -> Ergebnis | None:
    words = line[start:end].strip(_EDGE)
    outcome = read_outcome(words) if words else None
    if outcome is None:
        return None
    at = offset + line.index(words, start)
    return read_ergebnis_of(words, Span(at, at + len(words)))
