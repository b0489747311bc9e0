"""Questions of the admin about the stock, read by rules.

Every word of such a question has to be understood. One word too many ("der Archivsatzung", "im
Ausschuss") and it is a question about what the papers say, which other lanes answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.stock import wording
from assistant.stock.period import Period, read_period
from assistant.understanding.bodies import read_body
from assistant.understanding.question import Question, references_in
from assistant.understanding.words import WordsLeft
from index.types import Drucksachennummer


class Topic(StrEnum):
    """What of the stock is asked for. Printed, so German."""

    CHANGES = "Neues, Geändertes und Fehlgeschlagenes"
    MISSING = "Warum etwas nicht gefunden wird"
    TWINS = "Dubletten und alte Fassungen"
    EXPOSURE = "Nichtöffentliches im öffentlichen Index"
    SCANS = "Schlecht gelesene Scans"
    SILENCE = "Unbeantwortete Fragen"
    MINUTES = "Sitzungen ohne Niederschrift"
    RESULTS = "Vergangene Beratungen ohne Ergebnis"


class Change(StrEnum):
    """What may have happened to a file. Printed, so German."""

    NEW = "neu"
    CHANGED = "geändert"
    FAILED = "fehlgeschlagen"


@dataclass(frozen=True, slots=True)
class StockRequest:
    """A question about the stock.

    Attributes:
        changes: for `Topic.CHANGES`, which of them.
        period: the days that are asked about; None where all are.
        kinds: of papers, where the question names some ("vorlage"); empty where all are meant.
        gremium: whose sittings are asked about; None where all are.
        number, label: for `Topic.MISSING`, of the paper that is missed.
    """

    topic: Topic
    changes: frozenset[Change] = frozenset()
    period: Period | None = None
    kinds: frozenset[str] = frozenset()
    gremium: str | None = None
    number: Drucksachennummer | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to ask: each of `needs` stands in the question, of `may` any may.

    What is looked for in `looks` only has to stand there; the words are taken out by the others.
    """

    topic: Topic
    needs: tuple[re.Pattern[str], ...]
    may: tuple[re.Pattern[str], ...] = ()
    looks: tuple[re.Pattern[str], ...] = ()


_FORMS: tuple[_Form, ...] = (
    _Form(
        Topic.EXPOSURE, (wording.PUBLIC_INDEX, wording.CLOSED), (wording.CONTENTS, wording.FILES)
    ),
    _Form(
        Topic.RESULTS,
        (wording.RESULT, wording.PAST),
        (wording.PAPERS, wording.SITTINGS, wording.SUBCLAUSE, wording.LACKING),
        (wording.GAP,),
    ),
    _Form(
        Topic.MINUTES,
        (wording.SITTINGS, wording.MINUTES),
        (wording.LACKING, wording.STILL, wording.SUBCLAUSE),
        (wording.GAP,),
    ),
    _Form(
        Topic.MINUTES,
        (wording.MINUTES,),
        (wording.LACKING, wording.STILL),
        (wording.any_of(r"fehlen|fehlt|stehen|fehlende"),),
    ),
    _Form(Topic.SILENCE, (wording.QUESTIONS, wording.UNANSWERED), (wording.LEFT,)),
    _Form(
        Topic.SCANS,
        (wording.SCANS, wording.BADLY),
        (wording.FILES, wording.READ, wording.SUBCLAUSE),
    ),
    _Form(Topic.SCANS, (wording.any_of(r"seiten"), wording.BADLY, wording.READ), (wording.FILES,)),
    _Form(Topic.TWINS, (wording.TWINS,), (wording.FILES, wording.OLD)),
    _Form(Topic.TWINS, (wording.VERSIONS, wording.FILES), (wording.OLD,)),
    _Form(
        Topic.TWINS, (wording.FILES, wording.any_of("ersetzt|überholt|veraltete?")), (wording.OLD,)
    ),
)


_OF_SITTINGS = frozenset({Topic.MINUTES, Topic.RESULTS})
_IN_TIME = frozenset({Topic.SILENCE, Topic.MINUTES, Topic.RESULTS})
"""What a form may ask for in a period; days in a question for anything else are left over."""


def read_stock_request(
    question: Question, today: date, bodies: Callable[[], Iterable[str]] = tuple
) -> StockRequest | None:
    """What of the stock is asked for; None where the question is none of the admin's.

    `bodies` gives the names of the Gremien on record.
    """
    text = " ".join(question.text.split())
    for spelt, umlaut in wording.SPELT_OUT:
        text = re.sub(spelt, umlaut, text, flags=re.IGNORECASE)
    if question.numbers:
        return _read_missing(text, question)
    for form in _FORMS:
        reader = WordsLeft(text)
        if not all(look.search(text) for look in form.looks):
            continue
        if not all(_take_all(reader, pattern) for pattern in form.needs):
            continue
        period = read_period(reader, today) if form.topic in _IN_TIME else None
        if period is None and form.topic in _OF_SITTINGS:
            period = _read_year(reader)
        gremium = read_body(reader, bodies()) if form.topic in _OF_SITTINGS else None
        for pattern in form.may:
            _take_all(reader, pattern)
        if _is_understood(reader):
            return StockRequest(form.topic, period=period, kinds=_kinds(text), gremium=gremium)
    return _read_changes(text, today)


def _read_missing(text: str, question: Question) -> StockRequest | None:
    """Reads "Warum wird Vorlage 15/2345/1 nicht gefunden?"."""
    references = references_in(text)
    if len(references) != 1 or not wording.WHY_NOT.search(text):
        return None
    reader = WordsLeft(text)
    reader.blank(references[0].span.start, references[0].span.end)
    _take_all(reader, wording.WHY_NOT)
    _take_all(reader, wording.NOT_FOUND)
    _take_all(
        reader, wording.any_of(r"antrag|vorlage|anfrage|drucksache|dokument|nr|nummer|werden")
    )
    if not _is_understood(reader):
        return None
    return StockRequest(Topic.MISSING, number=question.numbers[0], label=question.labels[0])


def _read_changes(text: str, today: date) -> StockRequest | None:
    """Reads "Welche Dokumente sind seit gestern neu, geändert oder fehlgeschlagen?".

    What became of files is a matter of the stock. Without a word for them, or for the reading in,
    days of late are needed: "Was ist neu?" may mean anything.
    """
    reader = WordsLeft(text)
    period = read_period(reader, today)
    found: set[Change] = set()
    if _take_all(reader, wording.NOT_READ) | _take_all(reader, wording.FAILED):
        found.add(Change.FAILED)
    plain = bool(found)
    by_reading = bool(wording.READ_IN.search(reader.left))
    if _take_all(reader, wording.NEW):
        found.add(Change.NEW)
    if _take_all(reader, wording.CHANGED):
        found.add(Change.CHANGED)
    if _take_all(reader, wording.BROKEN_OFF):
        found.add(Change.FAILED)
    if not found:
        return None
    files = _take_all(reader, wording.FILES)
    if by_reading:
        files |= _take_all(reader, wording.PAPERS)
    plain |= _take_all(reader, wording.AT_READING)
    settled = plain or by_reading or period is not None
    if not settled or not (files or plain or period is not None) or not _is_understood(reader):
        return None
    return StockRequest(Topic.CHANGES, frozenset(found), period, _kinds(text))


def _read_year(reader: WordsLeft) -> Period | None:
    """Takes a year out of what is left: "2023", "seit 2020"."""
    found = reader.take(wording.YEAR)
    if found is None:
        return None
    year = int(found["year"])
    return Period(date(year, 1, 1), None if found["w"] else date(year, 12, 31))


def _kinds(text: str) -> frozenset[str]:
    """The kinds of papers that are named, in the singular."""
    return frozenset(kind for pattern, kind in wording.KINDS if pattern.search(text))


def _take_all(reader: WordsLeft, pattern: re.Pattern[str]) -> bool:
    """Takes every occurrence out; whether there was one."""
    taken = False
    while reader.take(pattern):
        taken = True
    return taken


def _is_understood(reader: WordsLeft) -> bool:
    """Whether nothing is left but words that ask for nothing."""
    return set(re.findall(r"[^\W_]+", reader.left.lower())) <= wording.FILLERS
