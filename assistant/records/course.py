"""The way of one paper through the Gremien: planned, on record, missing. The shape of a Vorgang.

What is planned, what is on record and what is missing are three different things.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.fundstelle import paper_name
from assistant.records.held import Session, sessions_on_record
from assistant.records.vorgang import Result, is_recommendation, results, role_recommends
from assistant.today import today
from index.store import Store
from index.types import Access, Beratung, Document, Outcome


@dataclass(frozen=True, slots=True)
class Station:
    """A planned sitting with what its minutes record; `gap` says what is missing of it, or ""."""

    beratung: Beratung
    results: tuple[Result, ...]
    gap: str

    @property
    def recommends(self) -> bool:
        """Whether the body only recommends, by its role in the Beratungsfolge."""
        return role_recommends(self.beratung.rolle)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two records of one paper that cannot both be right; `about` says in what."""

    about: str
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """What is on record of a paper's way.

    Attributes:
        recorded: every result, minutes of the latest sitting first, then the paper's own note.
        stations: the Beratungsfolge in its order.
        further: results of no planned sitting; the paper's own note is among them.
        gaps: what is missing, in German.
    """

    document: Document
    recorded: tuple[Result, ...]
    stations: tuple[Station, ...]
    further: tuple[Result, ...]
    gaps: tuple[str, ...]

    @property
    def deciding(self) -> tuple[Result, ...]:
        """The results that are no recommendations, the one that counts first."""
        return tuple(result for result in self.recorded if not is_recommendation(result))

    @property
    def note(self) -> Result | None:
        """The note on the paper itself."""
        return next((result for result in self.recorded if not result.from_minutes), None)


def course_of(store: Store, access: Access, document: Document) -> Course:
    """The way of a paper, from its own header and from the minutes that name it."""
    recorded = results(store, access, document)
    held = sessions_on_record(store, access)
    stations = tuple(
        _station(beratung, recorded, held) for beratung in document.kopfdaten.beratungsfolge
    )
    shown = [result for station in stations for result in station.results]
    return Course(
        document=document,
        recorded=tuple(recorded),
        stations=stations,
        further=tuple(result for result in recorded if result not in shown),
        gaps=tuple(_gaps(document, recorded, stations)),
    )


def _station(
    beratung: Beratung, recorded: Sequence[Result], held: frozenset[tuple[str, date]]
) -> Station:
    found = tuple(r for r in recorded if r.from_minutes and is_of(r, beratung))
    return Station(beratung, found, "" if found else gap_of(beratung, held))


def _gaps(
    document: Document, recorded: Sequence[Result], stations: Sequence[Station]
) -> Iterator[str]:
    yield from (station.gap for station in stations if station.gap)
    printed = any(station.beratung.ergebnis for station in stations)
    if not recorded and not printed:
        yield f"{paper_name(document)}: Ergebnis nicht erfasst."
    elif recorded and all(result.from_minutes for result in recorded):
        yield "Ergebnisvermerk auf der Drucksache: nicht erfasst."


def is_of(result: Result, station: Beratung) -> bool:
    """Whether a result is of the sitting that a station plans."""
    kopf = result.document.kopfdaten
    return kopf.datum is not None and kopf.datum.value == station.datum


def gap_of(station: Beratung, held: frozenset[tuple[str, date]]) -> str:
    """What is missing of a sitting that is past; "" where nothing is."""
    if station.datum is None or station.datum >= today() or station.ergebnis is not None:
        return ""
    name = f"{station.gremium} am {station.datum:%d.%m.%Y}"
    if Session(station.gremium, station.datum).key in held:
        return f"Die Niederschrift {name} verzeichnet dazu nichts."
    return f"Niederschrift liegt nicht vor: {name}."


def conflicts_of(course: Course) -> tuple[Conflict, ...]:
    """Where the note on the paper and the minutes that decided differ: in outcome or in votes.

    A later decision differs from an earlier one without a conflict; so the note is held against
    the minutes of the last sitting only.
    """
    note = course.note
    latest = next((result for result in course.deciding if result.from_minutes), None)
    if note is None or latest is None:
        return ()
    last = [r for r in course.deciding if r.from_minutes and r.document.id == latest.document.id]
    found = []
    if not any(_same_outcome(note, result) for result in last):
        found.append(Conflict("ergebnis", (*last, note)))
    if not any(_same_votes(note, result) for result in last):
        found.append(Conflict("stimmen", (*last, note)))
    return tuple(found)


_POSITIVE = frozenset({Outcome.BESCHLOSSEN, Outcome.GEAENDERT})


def _same_outcome(one: Result, other: Result) -> bool:
    """Whether two outcomes agree, or one of them was not read.

    "mehrheitlich angenommen" in minutes does not say with or without changes.
    """
    outcomes = {one.ergebnis.outcome, other.ergebnis.outcome}
    return None in outcomes or len(outcomes) == 1 or outcomes <= _POSITIVE


def _same_votes(one: Result, other: Result) -> bool:
    """Whether no figure that both state differs."""
    first, second = one.ergebnis.abstimmung, other.ergebnis.abstimmung
    if first is None or second is None:
        return True
    pairs = (
        (first.ja, second.ja),
        (first.nein, second.nein),
        (first.enthaltungen, second.enthaltungen),
        (first.einstimmig, second.einstimmig),
    )
    return all(a is None or b is None or a == b for a, b in pairs)
