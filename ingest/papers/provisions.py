"""Statutes by § (or Artikel), Absatz and Satz, their Fassung and their entry into force."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from index.types import (
    Document,
    Geltung,
    Inkrafttreten,
    Kopfdaten,
    Provision,
    Reading,
    Section,
    SectionKind,
    Span,
)
from ingest.expressions import find_dates, parse_date
from ingest.papers.arten import STATUTES
from ingest.sentences import split_sentences

_NUMBER = re.compile(r"(§\s*\d+\s*[a-z]?\b|Art(?:ikel|\.)\s*\d+[a-z]?)")
_ABSATZ = re.compile(r"^[ \t]*\((\d{1,3}[a-z]?)\)[ \t]*", re.MULTILINE)
# An item of a list is a part of the sentence that leads to it.
_ITEM = re.compile(r"(?:\d{1,2}\.|[a-z]{1,2}\)|\([a-z]\)|[-–•▪])\s")
_IN_FORCE = re.compile(r"\btr(?:itt|eten)\b(?P<when>[^;\n]{0,200}?)\bin\s+Kraft\b", re.IGNORECASE)
_AMENDED = re.compile(
    r"\bzuletzt geändert\b(?P<by>[^\n;]{0,160}?)\b(?:vom|am)\s+"
    r"(?P<day>\d{1,2}\.\s?(?:\d{1,2}\.|[A-Z]\w+)\s?\d{4})",
    re.IGNORECASE,
)
_OTHER_LAW = re.compile(
    r"§|\b[Aa]uf\s?[Gg]rund\b|\baufgrund\b|\b(?:des|der) \w*(?:gesetz|ordnung)\w*"
)
_HEAD_CHARS = 4000


def read_provisions(text: str, sections: Sequence[Section]) -> tuple[Provision, ...]:
    """Every Absatz of every § in order of the text; a § without numbered ones is one."""
    found: list[Provision] = []
    for section in sections:
        number = _NUMBER.match(section.title) if section.kind is SectionKind.PARAGRAPH else None
        if number is None:
            continue
        name = " ".join(number[1].split())
        body = Span(max(section.heading.end, section.span.start), section.span.end)
        found += (
            Provision(name, absatz, place, tuple(_sentences(text, place)))
            for absatz, place in _absaetze(text, body)
        )
    return tuple(sorted(found, key=lambda provision: provision.span))


def provision_at(document: Document, span: Span) -> tuple[Provision, int | None] | None:
    """The provision a place lies in and the number of its Satz, counted from 1.

    The Satz is None where the place covers several, or the Absatz has only one.
    """
    index = bisect_right(document.provisions, span.start, key=lambda p: p.span.start) - 1
    if index < 0 or not document.provisions[index].span.contains(span):
        return None
    provision = document.provisions[index]
    if len(provision.saetze) < 2:
        return provision, None
    for number, satz in enumerate(provision.saetze, start=1):
        if satz.contains(span):
            return provision, number
    return provision, None


def read_geltung(text: str, kopfdaten: Kopfdaten) -> Geltung | None:
    """Since when a statute holds and in which Fassung it is printed; None for other papers."""
    if kopfdaten.art is None or kopfdaten.art.value not in STATUTES:
        return None
    fassung = kopfdaten.fassung
    day = parse_date(fassung.value) if fassung else None
    return Geltung(
        fassung=Reading(day, fassung.span) if fassung and day else None,
        geaendert=_amended(text),
        inkrafttreten=tuple(_in_force(text)),
    )


def _absaetze(text: str, body: Span) -> Iterator[tuple[str, Span]]:
    marks = list(_ABSATZ.finditer(text, body.start, body.end))
    first = marks[0].start() if marks else body.end
    lead = _trimmed(text, Span(body.start, first))
    if len(lead):
        yield "", lead
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        end = following.start() if following else body.end
        place = _trimmed(text, Span(mark.start(), end))
        if len(place):
            yield mark[1], place


def _sentences(text: str, place: Span) -> Iterator[Span]:
    """The sentences of an Absatz, without its number; lists belong to the sentence before."""
    mark = _ABSATZ.match(text, place.start)
    start = mark.end() if mark else place.start
    open_span: Span | None = None
    for sentence in split_sentences(text[start : place.end]):
        span = sentence.shifted(start)
        words = span.cut(text)
        goes_on = _ITEM.match(words) or words[0].islower()
        if open_span is not None and goes_on:
            open_span = Span(open_span.start, span.end)
            continue
        if open_span is not None:
            yield open_span
        open_span = span
    if open_span is not None:
        yield open_span


def _trimmed(text: str, span: Span) -> Span:
    words = span.cut(text)
    lead = len(words) - len(words.lstrip())
    return Span(span.start + lead, span.start + lead + len(words.strip()))


def _in_force(text: str) -> Iterator[Inkrafttreten]:
    for match in _IN_FORCE.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        lead = text[start : match.start()]
        begin = start + max((s.start for s in split_sentences(lead)), default=0)
        mark = _ABSATZ.match(text, begin)
        begin = mark.end() if mark else begin
        days = [found for found in find_dates(match["when"]) if not found.value.startswith("--")]
        day = date.fromisoformat(days[0].value) if len(days) == 1 else None
        yield Inkrafttreten(day, Span(begin, match.end()))


def _amended(text: str) -> Reading[date] | None:
    for match in _AMENDED.finditer(text, 0, _HEAD_CHARS):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        day = parse_date(match["day"])
        if day is not None and not _OTHER_LAW.search(line):
            return Reading(day, Span(match.start("day"), match.end("day")))
    return None
