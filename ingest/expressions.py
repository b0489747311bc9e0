"""Expressions that carry facts: numbers of papers, dates, norms, amounts, figures.

Every reader of a German text in this house, from the header of a paper to the check of a claim,
recognises them here, so that "5 Mio. Euro" and "5.000.000 €" are one value everywhere. Pure and
linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from index.types import Drucksachennummer, Span

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januar", "jan", "jänner"),
            ("februar", "feb"),
            ("märz", "mrz"),
            ("april", "apr"),
            ("mai",),
            ("juni", "jun"),
            ("juli", "jul"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("oktober", "okt"),
            ("november", "nov"),
            ("dezember", "dez"),
        ),
        start=1,
    )
    for name in names
}
NUMBER_WORDS = {
    word: value
    for value, word in enumerate(
        """zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn
        sechzehn siebzehn achtzehn neunzehn zwanzig""".split(),  # noqa: SIM905
        start=2,
    )
} | {
    "dreißig": 30,
    "vierzig": 40,
    "fünfzig": 50,
    "sechzig": 60,
    "siebzig": 70,
    "achtzig": 80,
    "neunzig": 90,
    "hundert": 100,
    "einhundert": 100,
    "tausend": 1000,
    "eintausend": 1000,
}
MULTIPLIERS = {
    "tsd": 1_000,
    "tausend": 1_000,
    "t€": 1_000,
    "teur": 1_000,
    "mio": 1_000_000,
    "million": 1_000_000,
    "millionen": 1_000_000,
    "mrd": 1_000_000_000,
    "milliarde": 1_000_000_000,
    "milliarden": 1_000_000_000,
}
HIGHEST_WAHLPERIODE = 29

_LABEL = (
    r"(?P<label>(?:[A-ZÄÖÜa-zäöü]+[-‑])?(?:[A-ZÄÖÜ]?[a-zäöüß]*(?:anträge[ns]?|antrag(?:e?s)?|"
    r"vorlagen?|"
    r"anfragen?|drucksachen?|resolution(?:en)?)|Anträge[ns]?|Antrag(?:e?s)?|Vorlagen?|Anfragen?|"
    r"Drucksachen?|Resolution(?:en)?|Drs\.?|DS|Vorl\.))"
)
_SCHEME = (
    r"(?P<wp>\d{1,2})\s?/\s?(?P<nr>\d{1,5})(?:\s?[/‑-]\s?(?P<erg>\d{1,2})(?!\.\s?Erg))?(?![\d/])"
)
_FREE = (
    r"(?:(?:19|20)\d{2}/(?:[A-Z]{1,4}/)?\d{2,5}(?:[/-]\d{1,2})?"
    r"|[A-ZÄÖÜ]{1,5}/(?:19|20)\d{2}/\d{2,5}(?:[/-]\d{1,2})?"
    r"|[IVX]{1,5}(?:[/-][A-Z0-9]{1,5}){1,4}|(?:19|20)\d{2}-\d{3,4}"
    r"|\d{3,4}/(?:19|20)\d{2}(?:[/-]\d{1,2})?)(?![\w/])"
)
_LABELLED = re.compile(
    rf"(?<![\w]){_LABEL}(?:[-‑\s]*(?:Nrn?\.?|Nummern?))?\s*[:#–-]?\s*(?:{_SCHEME}|(?P<free>{_FREE}))",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?<![\d/.,\w])(?P<wp>\d{1,2})/(?P<nr>\d{2,5})(?:[/-](?P<erg>\d{1,2}))?(?![\d/%]|[.,]\d)"
    r"|(?<![\w/])(?P<free>[A-ZÄÖÜ]{2,5}/(?:19|20)\d{2}/\d{2,5}(?:[/-]\d{1,2})?"
    r"|[IVX]{1,5}/\d{1,5}/[IVX]{1,5}/(?:19|20)\d{2}"
    r"|(?:19|20)\d{2}/(?:[A-Z]{1,4}/\d{2,5}(?:[/-]\d{1,2})?"
    r"|\d{3,5}[/-]\d{1,2}))(?![\w/])"
)
# "DS 27/2016 - 1. Ergänzung" is the paper 27/2016/1.
_ADDED = re.compile(r"\s*[,(–-]?\s*(?P<erg>\d{1,2})\.\s?Ergänzung(?:s\w+)?\b\)?")
_WITH_ERGAENZUNG = re.compile(r"[/-]\d{1,2}\Z")
# Behind these words some systems count by year: "DS 6/2023" is the sixth paper of 2023.
_COUNTS_BY_YEAR = re.compile(r"(?:ds|drs\.?|drucksachen?)\Z", re.IGNORECASE)
_YEARS = range(1990, 2100)
_JOINED = re.compile(r"\s*(?:,|und|sowie|bzw\.|oder|/)\s*(?:Nr\.\s*)?")

_MONTH_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAYS_BEFORE = (
    r"(?:(?P<first>\d{1,2})\.\s?(?:(?P<first_month>\d{1,2})\.)?\s?(?:-|–|—|bis|und|/)\s?)?"
)
_DATE = re.compile(
    rf"(?<![\d.,/]){_DAYS_BEFORE}(?P<day>\d{{1,2}})\.\s?(?:(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}}|"
    rf"\d{{2}}(?!\d))?"
    rf"|(?P<name>{_MONTH_NAME})\b\.?(?:\s(?P<named_year>\d{{4}}))?)"
    r"|(?<!\d)(?P<iso>(?:19|20)\d{2}-\d{2}-\d{2})(?!\d)"
    r"|(?<![\d/])(?P<us>\d{2}/\d{2}/(?:19|20)\d{2})(?!\d)",
    re.IGNORECASE,
)
_MONTH = re.compile(rf"\b(?P<name>{_MONTH_NAME})\b\.?\s(?P<year>(?:19|20)\d{{2}})\b", re.IGNORECASE)
_NORM = re.compile(
    r"(?:§{1,2}|\bParagra(?:ph|f)(?:en)?\b|\bArt(?:\.|ikel))\s*(?P<number>\d+[a-z]?)"
    r"(?:\s*(?:Abs(?:\.|atz)?)\s*(?P<absatz>\d+[a-z]?))?(?:\s*(?:S\.|Satz)\s*(?P<satz>\d+))?",
    re.IGNORECASE,
)
_UNIT = r"(?P<unit>€|Euro\b|EUR\b|%|Prozent\b|v\.\s?H\.)"
_MULTIPLIER = (
    r"(?P<times>Tsd\b\.?|Tausend\b|T€|TEUR\b|Mio\b\.?|Million(?:en)?\b|Mrd\b\.?|Milliarden?\b)"
)
_NUMBER = re.compile(
    r"(?<![\w])(?P<figure>\d{1,3}(?:[.\u00a0\u202f]\d{3})+(?:,\d+)?(?!\d)|\d+(?:,\d+)?)"
    rf"(?:\s?{_MULTIPLIER})?(?:\s?{_UNIT})?"
    rf"|\b(?P<word>{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})\b"
    rf"(?:\s{_MULTIPLIER.replace('times', 'word_times')})?"
    rf"(?:\s{_UNIT.replace('unit', 'word_unit')})?",
    re.IGNORECASE,
)


class Kind(StrEnum):
    """What an expression states."""

    REFERENCE = "reference"
    DATE = "date"
    MONTH = "month"
    NORM = "norm"
    YEAR = "year"
    MONEY = "money"
    PERCENT = "percent"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression and the value that comparison uses.

    `value` is a key: "15/148", "2023-10-24" ("--10-24" without a year), "2023-10", "38/1/2"
    (paragraph/Absatz/Satz), "2024", or a normalised decimal.
    """

    kind: Kind
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reference:
    """The number of a paper named in a text; `label` is the word before it, as written."""

    number: Drucksachennummer
    label: str | None
    span: Span


def find_references(text: str) -> list[Reference]:
    """Finds numbers of papers: "Antrag Nr. 15/148", "Vorlage 15/2345/1", bare "15/148"."""
    found: list[Reference] = []
    labelled: list[tuple[re.Match[str], str | None]] = [
        (match, match.group("label")) for match in _LABELLED.finditer(text)
    ]
    taken = [(match.start(), match.end()) for match, _ in labelled]
    bare: list[tuple[re.Match[str], str | None]] = [
        (match, None)
        for match in _BARE.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]
    for match, label in sorted(labelled + bare, key=lambda pair: pair[0].start()):
        if label is None and found:
            between = text[found[-1].span.end : match.start()]
            if len(between) < 16 and _JOINED.fullmatch(between):
                label = found[-1].label
        number = _number_of(match, label)
        if number is None:
            continue
        end = match.end()
        added = _ADDED.match(text, end) if number.ergaenzung is None else None
        if added and not _WITH_ERGAENZUNG.search(number.key):
            number, end = _added_to(number, int(added["erg"])), added.end()
        found.append(Reference(number, label, Span(match.start(), end)))
    return found


def _added_to(number: Drucksachennummer, ergaenzung: int) -> Drucksachennummer:
    if number.wahlperiode is None or number.nummer is None:
        return Drucksachennummer(f"{number.key}/{ergaenzung}")
    return Drucksachennummer.of(number.wahlperiode, number.nummer, ergaenzung)


def _number_of(match: re.Match[str], label: str | None) -> Drucksachennummer | None:
    if match.group("free"):
        return Drucksachennummer(match.group("free").upper())
    wahlperiode, nummer = int(match.group("wp")), int(match.group("nr"))
    ergaenzung = int(match.group("erg")) if match.group("erg") else None
    if nummer == 0:
        return None
    by_year = nummer in _YEARS and label is not None and _COUNTS_BY_YEAR.match(label)
    if wahlperiode > HIGHEST_WAHLPERIODE or by_year:
        added = f"/{ergaenzung}" if ergaenzung is not None else ""
        return Drucksachennummer(f"{wahlperiode}/{nummer}{added}")
    return Drucksachennummer.of(wahlperiode, nummer, ergaenzung)


def find_dates(text: str) -> list[Expression]:
    """Finds days ("24.10.2023", "3. Juni 2025", both ends of "19. - 20.3.2025") in order."""
    found: list[Expression] = []
    for match in _DATE.finditer(text):
        span = Span(match.start(), match.end())
        if match.group("iso"):
            year, month, day = (int(part) for part in match.group("iso").split("-"))
            found += _day(year, month, day, span)
        elif match.group("us"):
            first, second, year = (int(part) for part in match.group("us").split("/"))
            month, day = (first, second) if first <= 12 else (second, first)
            found += _day(year, month, day, span)
        else:
            found += _german_days(match, span)
    return found


def _german_days(match: re.Match[str], span: Span) -> Iterator[Expression]:
    name = match.group("name")
    month = MONTHS[name.lower()] if name else int(match.group("month"))
    year_text = match.group("named_year") if name else match.group("year")
    year = int(year_text) if year_text else 0
    if year_text and len(year_text) == 2:
        year += 2000 if year < 70 else 1900
    if match.group("first"):
        first_month = int(match.group("first_month") or month)
        yield from _day(year, first_month, int(match.group("first")), span)
    yield from _day(year, month, int(match.group("day")), span)


def _day(year: int, month: int, day: int, span: Span) -> Iterator[Expression]:
    try:
        value = date(year or 2000, month, day)
    except ValueError:
        return
    key = value.isoformat() if year else f"--{month:02}-{day:02}"
    yield Expression(Kind.DATE, key, span)


def parse_date(text: str) -> date | None:
    """The first full date in `text`, or None."""
    for found in find_dates(text):
        if not found.value.startswith("--"):
            return date.fromisoformat(found.value)
    return None


def find_expressions(text: str) -> list[Expression]:
    """Everything that states a fact in figures, without overlaps, in order of the text."""
    taken = bytearray(len(text))
    found: list[Expression] = []

    def take(expressions: list[Expression]) -> None:
        spans = {e.span for e in expressions if not any(taken[e.span.start : e.span.end])}
        for expression in expressions:
            if expression.span in spans:
                found.append(expression)
                taken[expression.span.start : expression.span.end] = b"\1" * len(expression.span)

    take(find_dates(text))
    take([Expression(Kind.REFERENCE, r.number.key, r.span) for r in find_references(text)])
    take([_norm(m) for m in _NORM.finditer(text)])
    take([_month(m) for m in _MONTH.finditer(text)])
    take([_number(m) for m in _NUMBER.finditer(text)])
    return sorted(found, key=lambda e: (e.span, e.value))


def _norm(match: re.Match[str]) -> Expression:
    parts = [match.group("number").lower(), match.group("absatz") or "", match.group("satz") or ""]
    return Expression(Kind.NORM, "/".join(parts).rstrip("/"), Span(match.start(), match.end()))


def _month(match: re.Match[str]) -> Expression:
    value = f"{match.group('year')}-{MONTHS[match.group('name').lower()]:02}"
    return Expression(Kind.MONTH, value, Span(match.start(), match.end()))


def _number(match: re.Match[str]) -> Expression:
    span = Span(match.start(), match.end())
    figure, word = match.group("figure"), match.group("word")
    times = match.group("times") or match.group("word_times")
    unit = match.group("unit") or match.group("word_unit")
    if figure:
        value = Decimal(re.sub(r"[.\u00a0\u202f]", "", figure).replace(",", "."))
    else:
        value = Decimal(NUMBER_WORDS[word.lower()])
    if times:
        value *= MULTIPLIERS[times.lower().rstrip(".")]
        if times.upper() in ("T€", "TEUR"):
            unit = "€"
    key = format(value.normalize(), "f")
    if unit:
        kind = Kind.PERCENT if unit.lower().startswith(("%", "prozent", "v")) else Kind.MONEY
    elif figure and len(figure) == 4 and figure.startswith(("19", "20")) and not times:
        kind = Kind.YEAR
    else:
        kind = Kind.NUMBER
    return Expression(kind, key, span)
