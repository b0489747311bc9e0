"""The orders of an amending statute: which § and Absatz each names, and whether it puts it anew."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.types import Span

LONGEST_ORDER = 1200
_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_QUOTED = re.compile(r"„[^“”]*[“”]|\"[^\"]*\"")
_ITEM = re.compile(r"\s(?=[a-z]{1,2}\)\s)")
_ORDERS = re.compile(r"\b(?:wird|werden|erhält|erhalten|lautet|entfällt|entfallen)\b")
_NEXT_ORDER = re.compile(
    r"(?:Artikel|Art\.)\s|§|\d+\.\s+(?:(?:In|Der|Nach)\s+)?§|[IVX]+\.\s", re.IGNORECASE
)
_ABSAETZE = re.compile(
    r"\bAbs(?:ätzen?|ätze|atz(?:es)?|\.)\s*"
    r"(\d+[a-z]?(?:\s*(?:,|und|u\.|bis|–|-)\s*\d+[a-z]?\b)*)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)\s*(?:bis|–|-)\s*(\d+)")
_INSTEAD = re.compile(
    r"\b(?:wie\s+folgt|neu)\s+gefasst\b|\b(?:folgende|nachstehende)\s+(?:neue\s+)?Fassung\b|"
    r"\b(?:aufgehoben|gestrichen|entfällt|entfallen)\b",
    re.IGNORECASE,
)
_IN_PART = re.compile(
    r"\b(?:Satz|Sätze|S\.|Nr\.|Nummern?|Wort\w*|Wörter\w*|Angaben?|Zeilen?)(?!\w)"
)


def orders_on(text: str, paragraph: str, absatz: str) -> Iterator[Span]:
    """The orders that name a §, word for word; those on other Absätze alone are left out.

    Args:
        text: of the amending statute.
        paragraph: with or without its sign: "§ 7 a".
        absatz: "" for the whole §.
    """
    number = re.sub(r"[§\s]", "", paragraph)
    # "Nach § 7 wird folgender § 7a eingefügt" leaves § 7 as it is.
    named = re.compile(rf"(?<!\bnach )§\s*{re.escape(number)}\b(?!\s*[a-z]\b)", re.IGNORECASE)
    for match in _LINE.finditer(text):
        if not named.search(_QUOTED.sub("", match[0])):
            continue
        span = _whole_order(text, Span(match.start(), match.end()))
        touched = _absaetze(_QUOTED.sub("", span.cut(text)))
        if not (absatz and touched and absatz not in touched):
            yield span


def puts_anew(order: str, absatz: str) -> bool:
    """Whether an order takes the place of a whole Absatz, not of a Satz or a word in it."""
    said = _QUOTED.sub("", order)
    whole = not _absaetze(said)
    return any(
        _INSTEAD.search(item) and not _IN_PART.search(item) and (whole or absatz in _absaetze(item))
        for item in _ITEM.split(said)
    )


def _whole_order(text: str, line: Span) -> Span:
    """A line and, where it only opens an order ("§ 7 wird wie folgt geändert:"), what follows."""
    words = line.cut(text)
    if _ORDERS.search(words) and not words.endswith(":"):
        return line
    end = line.end
    for match in _LINE.finditer(text, line.end):
        if _NEXT_ORDER.match(match[0]) or match.end() - line.start > LONGEST_ORDER:
            break
        end = match.end()
    return Span(line.start, end)


def _absaetze(order: str) -> frozenset[str]:
    """The numbers of the Absätze that an order names."""
    touched: set[str] = set()
    for match in _ABSAETZE.finditer(order):
        touched.update(re.findall(r"\d+[a-z]?", match[1]))
        for first, last in _RANGE.findall(match[1]):
            touched.update(str(number) for number in range(int(first), int(last) + 1))
    return frozenset(touched)
