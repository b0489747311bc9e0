"""The number of a paper, from its field, its head line or its title."""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.types import (
    Drucksachennummer,
    Reading,
    Span,
)
from ingest.expressions import find_references

# A number behind one of these belongs to another paper ("Änderungsantrag zu Vorlage 15/200").
_OTHER_PAPER = re.compile(
    r"\b(?:zu|zur|zum|der|des|dem|den|auf|die|von|vom|mit|siehe|s\.|vgl\.|gem\.|gemäß|und)\s+\Z",
    re.I,
)
_FREE_NUMBER = re.compile(r"(?:[IVX]+/|[A-ZÄÖÜ]{1,8}[\s/]?)?\d[\w./-]*")
_YEAR_NUMBER = re.compile(
    r"^[ \t]*(?:DS|Drs\.?|Drucksache|Vorlage|Antrag|Anfrage)[ -]*(?:Nr\.?)?[ ]*"
    r"(?P<number>\d{1,4}/(?:19|20)\d{2}(?:\s*[,(–-]?\s*\d{1,2}\.\s?Ergänzung)?)",
    re.MULTILINE,
)
_ERGAENZUNG = re.compile(r"(?<=/)\d+\s*[,(–-]?\s*(\d{1,2})\.\s?Ergänzung")


def read_number(words: str) -> Drucksachennummer | None:
    """The number of a paper that the words of its number field state."""
    for reference in find_references(words):
        rest = words[reference.span.end : reference.span.end + 1]
        if rest in {"/", "-"}:
            break  # only a part of the number was understood
        return reference.number
    free = _FREE_NUMBER.search(words)
    if free is None:
        return None
    added = _ERGAENZUNG.search(words, free.start())
    key = " ".join(free.group().split()).upper()
    return Drucksachennummer(f"{key}/{added[1]}" if added else key)


def paper_number(
    text: str, end: int, labels: Mapping[str, Span]
) -> Reading[Drucksachennummer] | None:
    """The number that the paper itself bears: labelled, else the first of its head that is no
    other paper's; None where it bears none.
    """
    labelled = labels.get("nummer")
    if labelled is not None and any(char.isdigit() for char in labelled.cut(text)):
        reading = _number_in(text, labelled)
        if reading is not None:
            return reading
    for reference in find_references(text[:end]):
        line_start = text.rfind("\n", 0, reference.span.start) + 1
        before = text[line_start : reference.span.start]
        alone = text.rfind("\n", *_bounds(reference.span)) + 1
        if alone > line_start and _FREE_NUMBER.match(text, alone):
            # The word above belongs to the line above: the number stands for itself.
            return _number_in(text, Span(alone, reference.span.end))
        if reference.label is None and before.strip():
            continue
        if _OTHER_PAPER.search(before) or len(before.strip()) > 40:
            continue
        line_end = text.find("\n", reference.span.end)
        rest = Span(reference.span.start, line_end if line_end >= 0 else len(text))
        return _number_in(text, rest)
    by_year = _YEAR_NUMBER.search(text, 0, end)
    if by_year:
        return _number_in(text, Span(by_year.start("number"), by_year.end("number")))
    return None


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _number_in(text: str, span: Span) -> Reading[Drucksachennummer] | None:
    """The number at the beginning of `span`, with the words that state it."""
    words = span.cut(text)
    value = read_number(words)
    if value is None:
        return None
    end = len(words)
    for reference in find_references(words):
        end = reference.span.end
        break
    free = _FREE_NUMBER.search(words)
    start = 0
    if read_number(words[:end]) != value and free:
        start, end = free.span()
    cut = words[start:end].rstrip()
    if read_number(cut) != value:
        start, cut = 0, words.rstrip()
    return Reading(value, Span(span.start + start, span.start + start + len(cut)))
