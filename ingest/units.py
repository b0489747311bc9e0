"""What a cell of a table holds and counts in: values, years, units."""

from __future__ import annotations

import re

from index.types import Reading, Span

_EURO = r"(?:€|Euro\b|EUR\b)"
_UNITS = (
    ("T€", rf"T€|TEUR\b|Tsd\b\.?\s?{_EURO}|Tausend\s{_EURO}|(?<!\d)1[.\s]?000\s?{_EURO}"),
    ("Mio. €", rf"Mio\b\.?\s?{_EURO}|Millionen\s{_EURO}|M€"),
    ("Mrd. €", rf"Mrd\b\.?\s?{_EURO}|Milliarden\s{_EURO}"),
    ("€", rf"{_EURO}"),
    ("%", r"%|Prozent\b|v\.\s?H\."),
)
_UNIT = re.compile(
    "|".join(f"(?P<u{index}>{pattern})" for index, (_, pattern) in enumerate(_UNITS)),
    re.IGNORECASE,
)
# "3 Mio. Euro" is an amount; only a unit that stands without a figure holds for what follows.
_FIGURE_BEFORE = re.compile(r"\d[\d.,]*\s?\Z")
_UNIT_LINE = re.compile(
    r"\(?\s*(?:(?:alle\s+)?(?:Angaben|Beträge|Werte|Zahlen)\b)?\s*(?:jeweils\s+)?(?:in\s+)?$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:Stellen|Anzahl|Zahl|\w*zahl(?:en)?|Fälle|Personen|Menge|Jahr|VZÄ|Fahrzeuge|Plätze|Tage"
    r"|Stunden|Monate|Einwohner\w*|Stück|m²|qm|km|ha|Nr|Lfd|Konto|Datum|Frist|Stand|Quote)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[(\[]?\s?(?:[-–−+±]\s?|(?:ca|rd|bis|ab|je)\b\.?\s?(?:zu\s)?)?(?:€\s?)?\d")
_YEAR = re.compile(
    r"(?:(?:HH?J\.?|Jahr|Haushaltsjahr)\s)?(?:19|20)\d{2}(?:\s?[/–-]\s?(?:(?:19|20)?\d{2}))?\*?"
)
_ORDINAL = re.compile(
    r"(?:[1-4]\.\s?(?:Quartal|Halbjahr|Trimester|Abschnitt|Stufe)|\d{1,2}\.\d{1,2}\.(?:\d{2,4})?"
    r"|[1-4]\.\s?(?:HJ|Q)|Q[1-4]).{0,12}",
    re.IGNORECASE,
)
_MAX_VALUE = 40
_MAX_VALUE_WORDS = 5


def is_value(words: str) -> bool:
    """Whether a cell holds a figure: an amount, a number, a date, a percentage."""
    return (
        _FIGURE.match(words) is not None
        and len(words) <= _MAX_VALUE
        and len(words.split()) <= _MAX_VALUE_WORDS
    )


def is_period(words: str) -> bool:
    """Whether the words are a year or another stretch of time, as columns are headed with."""
    return _YEAR.fullmatch(words) is not None or _ORDINAL.fullmatch(words) is not None


def counts_things(words: str) -> bool:
    """Whether a heading says that something else than money is counted."""
    return _COUNTED.search(words) is not None and stated_unit(words, 0) is None


def unit_in(words: str, start: int) -> Reading[str] | None:
    """The unit that stands with the figure in a cell; `start` is the cell's place in the text."""
    match = _UNIT.search(words)
    return _reading(match, start) if match and any(c.isdigit() for c in words) else None


def stated_unit(words: str, start: int) -> Reading[str] | None:
    """The unit that a heading or caption names for the figures under it."""
    for match in _UNIT.finditer(words):
        if not _FIGURE_BEFORE.search(words[: match.start()]):
            return _reading(match, start)
    return None


def is_unit_line(words: str) -> bool:
    """Whether a line says nothing but the unit: "(Angaben in T€)"."""
    match = _UNIT.search(words)
    if match is None or len(words) > _MAX_VALUE + 20:
        return False
    behind = words[match.end() :].strip(" .)]:")
    return not behind and _UNIT_LINE.fullmatch(words[: match.start()]) is not None


def without_unit(words: str) -> str:
    """A heading without the unit it names: "Ansatz 2024" for "Ansatz 2024 (in €)"."""
    for match in _UNIT.finditer(words):
        before = words[: match.start()]
        if _FIGURE_BEFORE.search(before):
            continue
        before = re.sub(r"[\s(\[/,–-]*(?:(?:Beträge|Angaben|Werte)\s)?(?:in\s)?\Z", "", before)
        rest = before + re.sub(r"\A\s?[)\]]", "", words[match.end() :])
        return rest.strip() or words
    return words


def _reading(match: re.Match[str], start: int) -> Reading[str]:
    name = _UNITS[int(str(match.lastgroup)[1:])][0]
    return Reading(name, Span(start + match.start(), start + match.end()))
