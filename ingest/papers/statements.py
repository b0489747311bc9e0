"""Puts what is stated of a paper beside what it prints.

The statements are appended to the canonical text as a section of their own, so that every header
field keeps a span, every citation is still cut from the text, and nobody takes them for printed.
What the paper prints goes first; where both disagree, both are kept and a warning says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from index.types import (
    Beratung,
    Document,
    Ergebnis,
    Kopfdaten,
    Reading,
    Schutzstufe,
    Section,
    SectionKind,
    Span,
)
from ingest.begleitdaten import NOTE, STAMP, Begleitdaten, Station, plain
from ingest.papers.arten import read_art
from ingest.papers.fraktionen import normalise_fraktion, split_fraktionen
from ingest.papers.number import read_number
from ingest.papers.vote_record import read_ergebnis_of

T = TypeVar("T")


@dataclass(slots=True)
class _Block:
    """The section under construction; spans count from the beginning of the document's text."""

    start: int
    text: str = ""
    spans: dict[str, Span] = field(default_factory=dict)

    def line(self, name: str, words: str) -> Span:
        """Adds "name: words" and gives the span of the words."""
        self.text += f"{name}: "
        span = self.words(words)
        self.text += "\n"
        self.spans.setdefault(name, span)
        return span

    def words(self, words: str) -> Span:
        """Adds the words alone and gives their span."""
        begin = self.start + len(self.text)
        self.text += words
        return Span(begin, begin + len(words))


def attach(document: Document, daten: Begleitdaten) -> Document:
    """The document with the statements as its last section and as header fields.

    `document.visibility` has the stated visibility in it already: see
    `ingest.papers.visibility.settle`.
    """
    lead = document.text + "\n\n"
    block = _Block(len(lead))
    heading = block.words(plain(daten.herkunft))
    block.text += "\n\n"
    stations = _write(block, daten)
    merged, warnings = _merge(document.kopfdaten, daten, block, stations)
    warnings += _differing_visibility(document, daten)
    body = block.text.rstrip()
    span = Span(block.start, block.start + len(body))
    title = plain(daten.herkunft)
    section = Section(SectionKind.TEXT, title, 1, span, heading, document.visibility)
    return replace(
        document,
        text=lead + body,
        sections=(*document.sections, section),
        kopfdaten=merged,
        parser=f"{document.parser}{STAMP}{daten.stamp}",
        warnings=(*document.warnings, f"{NOTE}{title}.", *warnings),
    )


def _write(block: _Block, daten: Begleitdaten) -> tuple[Beratung, ...]:
    """Writes all statements as lines; the stations come back with their spans."""
    for name, value in _lines(daten):
        words = plain(value)
        if words:
            block.line(name, words)
    stations: list[Beratung] = []
    if daten.beratungsfolge:
        block.text += "\nBeratungsfolge:\n"
    for station in daten.beratungsfolge:
        stations.append(_write_station(block, station))
    if daten.ergebnis and plain(daten.ergebnis):
        block.text += "\n"
        block.line("Ergebnis", plain(daten.ergebnis))
    return tuple(stations)


def _lines(daten: Begleitdaten) -> Iterator[tuple[str, str]]:
    yield "Titel", daten.titel or ""
    yield "Art", daten.art or ""
    yield "Nummer", daten.nummer or ""
    yield "Datum", f"{daten.datum:%d.%m.%Y}" if daten.datum else ""
    yield "Antragsteller", ", ".join(daten.antragsteller)
    yield "Dienststelle", daten.dienststelle or ""
    yield "Gremium", daten.gremium or ""
    if daten.oeffentlich is not None:
        yield "Sichtbarkeit", "öffentlich" if daten.oeffentlich else "nichtöffentlich"
    yield from daten.angaben


def _write_station(block: _Block, station: Station) -> Beratung:
    begin = block.start + len(block.text)
    day = f"{station.datum:%d.%m.%Y}" if station.datum else ""
    rolle = plain(station.rolle) if station.rolle else None
    first = [plain(station.gremium), day, rolle or ""]
    block.words("\t".join(part for part in first if part))
    ergebnis = None
    words = plain(station.ergebnis) if station.ergebnis else ""
    if words:
        block.text += "\t"
        ergebnis = read_ergebnis_of(words, block.words(words))
    for more in station.einzelheiten:
        block.text += f"\n{plain(more)}"
    span = Span(begin, block.start + len(block.text))
    block.text += "\n"
    return Beratung(plain(station.gremium), station.datum, rolle, span, ergebnis)


def _merge(
    printed: Kopfdaten, daten: Begleitdaten, block: _Block, stations: tuple[Beratung, ...]
) -> tuple[Kopfdaten, list[str]]:
    """Header fields: the printed ones, and the stated ones where nothing is printed."""
    warnings: list[str] = []

    def pick(name: str, ours: Reading[T] | None, stated: T | None, same: bool) -> Reading[T] | None:
        span = block.spans.get(name)
        if stated is None or span is None:
            return ours
        if ours is None:
            return Reading(stated, span)
        if not same:
            warnings.append(_differs(name, str(_german(ours.value)), str(_german(stated))))
        return ours

    art = read_art(plain(daten.art or ""))
    art_value = art.value if art else None
    number = read_number(plain(daten.nummer)) if daten.nummer else None
    if daten.nummer and number is None:
        warnings.append(f"Die angegebene Nummer „{plain(daten.nummer)}“ ist nicht zu verstehen.")
    known = {printed.art.value if printed.art else "", printed.benennung}
    movers, differing = _antragsteller(printed, daten, block)
    warnings += differing
    folge, differing = _beratungsfolge(printed.beratungsfolge, stations)
    warnings += differing
    ergebnis, differing = _ergebnis(printed.ergebnis, block, daten)
    warnings += differing
    same_art = art_value is None or any(_same_art(name, art_value) for name in known)
    same_number = printed.nummer is None or printed.nummer.value == number
    return replace(
        printed,
        art=pick("Art", printed.art, art_value, same_art),
        nummer=pick("Nummer", printed.nummer, number, same_number),
        datum=pick(
            "Datum", printed.datum, daten.datum, _value(printed.datum) in (None, daten.datum)
        ),
        dienststelle=pick("Dienststelle", printed.dienststelle, _stated(daten.dienststelle), True),
        gremium=pick("Gremium", printed.gremium, _stated(daten.gremium), True),
        antragsteller=movers,
        beratungsfolge=folge,
        ergebnis=ergebnis,
        oeffentlich=pick("Sichtbarkeit", printed.oeffentlich, daten.oeffentlich, True),
    ), warnings


def _value(reading: Reading[T] | None) -> T | None:
    return reading.value if reading else None


def _stated(words: str | None) -> str | None:
    return plain(words) if words and plain(words) else None


def _german(value: object) -> object:
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else value


def _differs(name: str, printed: str, stated: str) -> str:
    return f"{name}: Das Papier nennt „{printed}“, daneben ist „{stated}“ angegeben."


def _same_art(printed: str, stated: str) -> bool:
    """Whether one is the other or a narrower kind of it ("Mitteilungsvorlage", "Vorlage")."""
    ours, theirs = printed.casefold(), stated.casefold()
    return bool(ours) and (ours.endswith(theirs) or theirs.endswith(ours))


def _antragsteller(
    printed: Kopfdaten, daten: Begleitdaten, block: _Block
) -> tuple[tuple[Reading[str], ...], list[str]]:
    span = block.spans.get("Antragsteller")
    if span is None:
        return printed.antragsteller, []
    words = span.shifted(-block.start).cut(block.text)
    stated = split_fraktionen(words, span.start)
    if not printed.antragsteller:
        return stated, []
    ours = {normalise_fraktion(item.value) for item in printed.antragsteller}
    if ours == {normalise_fraktion(item.value) for item in stated}:
        return printed.antragsteller, []
    names = ", ".join(item.value for item in printed.antragsteller)
    return printed.antragsteller, [_differs("Antragsteller", names, words)]


def _beratungsfolge(
    printed: tuple[Beratung, ...], stated: tuple[Beratung, ...]
) -> tuple[tuple[Beratung, ...], list[str]]:
    """Both lists as one: a printed station takes the result stated for it, others are added."""
    merged = list(printed)
    warnings: list[str] = []
    for station in stated:
        here = [n for n, own in enumerate(printed) if _same_body(own, station)]
        same_day = [n for n in here if printed[n].datum == station.datum]
        if not same_day:
            days = {printed[n].datum for n in here}
            times = sum(_same_body(other, station) for other in stated)
            if len(here) == 1 and times == 1 and station.datum and None not in days:
                ours = f"{printed[here[0]].datum:%d.%m.%Y}"
                text = f"Beratung im Gremium „{station.gremium}“"
                warnings.append(_differs(text, ours, f"{station.datum:%d.%m.%Y}"))
            merged.append(station)
            continue
        own = merged[same_day[0]]
        if own.ergebnis is None:
            merged[same_day[0]] = replace(own, ergebnis=station.ergebnis)
        elif _contradict(own.ergebnis, station.ergebnis):
            assert station.ergebnis is not None
            name = f"Ergebnis im Gremium „{own.gremium}“"
            warnings.append(_differs(name, own.ergebnis.text, station.ergebnis.text))
            merged.append(station)
    return tuple(merged), warnings


def _same_body(one: Beratung, other: Beratung) -> bool:
    return one.gremium.casefold() == other.gremium.casefold()


def _contradict(one: Ergebnis | None, other: Ergebnis | None) -> bool:
    if one is None or other is None or None in (one.outcome, other.outcome):
        return False
    return one.outcome is not other.outcome


def _ergebnis(
    printed: Ergebnis | None, block: _Block, daten: Begleitdaten
) -> tuple[Ergebnis | None, list[str]]:
    span = block.spans.get("Ergebnis")
    if span is None:
        return printed, []
    words = plain(daten.ergebnis or "")
    stated = read_ergebnis_of(words, span)
    if printed is None:
        return stated, []
    if _contradict(printed, stated):
        return printed, [_differs("Ergebnis", printed.text, words)]
    return printed, []


def _differing_visibility(document: Document, daten: Begleitdaten) -> list[str]:
    """A warning where the paper prints another visibility than is stated; the stricter holds."""
    printed = document.kopfdaten.oeffentlich
    closed = document.visibility is Schutzstufe.NICHTOEFFENTLICH
    if daten.oeffentlich is None or not closed:
        return []
    if daten.oeffentlich:
        ours, theirs = "nichtöffentlich", "öffentlich"
    elif printed and printed.value:
        ours, theirs = "öffentlich", "nichtöffentlich"
    else:
        return []
    return [f"{_differs('Sichtbarkeit', ours, theirs)} Es bleibt deshalb nichtöffentlich."]
