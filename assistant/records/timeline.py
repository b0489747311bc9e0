"""A Vorgang as a page shows it: its state in one word, and its course in order of the days.

Every entry carries the places in the papers that it stands on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.fundstelle import Ledger, paper_name
from assistant.records.course import Course, Station
from assistant.records.following import Followers, progress_claim
from assistant.records.supplements import effect_claim
from assistant.records.vorgang import Result, is_recommendation
from assistant.types import Citation
from index.types import Abstimmung, Document, Outcome, SectionKind

LONGEST_BESCHLUSS = 1200


class State(StrEnum):
    """How far a paper has come, by what is on record; the value is a key of the page's words."""

    ENTSCHIEDEN = "entschieden"
    EMPFOHLEN = "empfohlen"
    VORGESCHLAGEN = "vorgeschlagen"
    NICHT_ERFASST = "nicht_erfasst"


class Kind(StrEnum):
    """What an entry of the course tells; the value is a key of the page's words."""

    PAPIER = "papier"
    SITZUNG = "sitzung"
    VERMERK = "vermerk"
    ERGAENZUNG = "ergaenzung"
    UMSETZUNG = "umsetzung"


@dataclass(frozen=True, slots=True)
class Record:
    """What one source says became of the paper, in its words.

    Attributes:
        recommends: whether the body only recommended.
        beschluss: the words of the Beschluss, where they stand apart from the vote; "" else.
        vote: the counts, where the record states some.
        source: the paper that records it, by name.
    """

    words: str
    outcome: Outcome | None
    recommends: bool
    source: str
    places: tuple[Citation, ...]
    about: str = ""
    beschluss: str = ""
    vote: Abstimmung | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of the course; `planned` says that the Beratungsfolge names the sitting."""

    kind: Kind
    day: date | None
    title: str
    places: tuple[Citation, ...]
    role: str = ""
    planned: bool = False
    records: tuple[Record, ...] = ()
    gap: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a paper with the record that it rests on, where there is one."""

    state: State
    outcome: Outcome | None = None
    record: Record | None = None


def standing_of(course: Course) -> Standing:
    """Decided, recommended or proposed, as the records have it; never more than they say."""
    if course.deciding:
        first = course.deciding[0]
        return Standing(State.ENTSCHIEDEN, first.ergebnis.outcome, record_of(course, first))
    if course.recorded:
        last = course.recorded[0]
        return Standing(State.EMPFOHLEN, last.ergebnis.outcome, record_of(course, last))
    printed = [station for station in course.stations if station.beratung.ergebnis]
    if printed:
        deciding = [station for station in printed if not station.recommends]
        station = (deciding or printed)[-1]
        record = _printed(course.document, station)[0]
        state = State.EMPFOHLEN if station.recommends else State.ENTSCHIEDEN
        return Standing(state, record.outcome, record)
    proposes = any(
        section.kind is SectionKind.BESCHLUSSVORSCHLAG for section in course.document.sections
    )
    return Standing(State.VORGESCHLAGEN if proposes else State.NICHT_ERFASST)


def record_of(course: Course, result: Result) -> Record:
    """A recorded result with its places: its own words first, then what it is known by."""
    ledger = Ledger()
    ledger.cite(result.document, result.ergebnis.span)
    about = beschluss = ""
    if result.beschluss is not None:
        top, what = result.beschluss.top, result.beschluss.gegenstand
        about = ", ".join(filter(None, (f"TOP {top}" if top else "", what)))
        span = result.beschluss.span
        if not span.overlaps(result.ergebnis.span) and len(span) <= LONGEST_BESCHLUSS:
            beschluss = " ".join(span.cut(result.document.text).split())
            ledger.cite(result.document, span)
    recommends = is_recommendation(result)
    if recommends and result.station is not None:
        ledger.cite_line(course.document, result.station.span)
    return Record(
        words=" ".join(result.ergebnis.text.split()),
        outcome=result.ergebnis.outcome,
        recommends=recommends,
        source=paper_name(result.document),
        places=tuple(ledger.citations),
        about=about,
        beschluss=beschluss,
        vote=result.ergebnis.abstimmung,
    )


def timeline(
    course: Course, supplements: Sequence[Document], followers: Followers
) -> tuple[Entry, ...]:
    """The course in order of the days; what has no day comes last."""
    entries = [
        _paper(course.document),
        *(_supplement(course.document, other) for other in supplements),
        *(_sitting(course, station) for station in course.stations),
        *_further(course),
        *_reports(followers),
    ]
    return tuple(sorted(entries, key=lambda entry: (entry.day is None, entry.day or date.max)))


def _paper(document: Document) -> Entry:
    ledger = Ledger()
    ledger.cite_name(document)
    return Entry(Kind.PAPIER, _day(document), paper_name(document), tuple(ledger.citations))


def _supplement(document: Document, other: Document) -> Entry:
    ledger = Ledger()
    text = effect_claim(document, other, ledger).text
    places = tuple(ledger.citations)
    return Entry(Kind.ERGAENZUNG, _day(other), paper_name(other), places, text=text)


def _sitting(course: Course, station: Station) -> Entry:
    ledger = Ledger()
    ledger.cite_line(course.document, station.beratung.span)
    return Entry(
        kind=Kind.SITZUNG,
        day=station.beratung.datum,
        title=station.beratung.gremium,
        places=tuple(ledger.citations),
        role=station.beratung.rolle or "",
        planned=True,
        records=tuple(record_of(course, result) for result in station.results)
        or _printed(course.document, station),
        gap=station.gap,
    )


def _printed(document: Document, station: Station) -> tuple[Record, ...]:
    """The result that the Beratungsfolge itself prints."""
    ergebnis = station.beratung.ergebnis
    if ergebnis is None:
        return ()
    ledger = Ledger()
    ledger.cite(document, ergebnis.span)
    record = Record(
        words=" ".join(ergebnis.text.split()),
        outcome=ergebnis.outcome,
        recommends=station.recommends,
        source=paper_name(document),
        places=tuple(ledger.citations),
        vote=ergebnis.abstimmung,
    )
    return (record,)


def _further(course: Course) -> Iterator[Entry]:
    for result in course.further:
        record = record_of(course, result)
        if not result.from_minutes:
            # The note bears no day of its own.
            yield Entry(Kind.VERMERK, None, "", record.places, records=(record,))
            continue
        ledger = Ledger()
        kopf = result.document.kopfdaten
        for reading in (kopf.gremium, kopf.datum):
            if reading is not None:
                ledger.cite_line(result.document, reading.span)
        body = kopf.gremium.value if kopf.gremium else paper_name(result.document)
        places = tuple(ledger.citations)
        yield Entry(Kind.SITZUNG, _day(result.document), body, places, records=(record,))


def _reports(followers: Followers) -> Iterator[Entry]:
    for control, mention in followers.reports:
        ledger = Ledger()
        text = progress_claim(control, mention, ledger).text
        places = tuple(ledger.citations)
        yield Entry(Kind.UMSETZUNG, _day(control), paper_name(control), places, text=text)


def _day(document: Document) -> date | None:
    return document.kopfdaten.datum.value if document.kopfdaten.datum else None
