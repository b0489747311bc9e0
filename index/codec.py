"""Kopfdaten, sections and spans as JSON and back, field by field.

Short keys, because every stored document carries them; dates in ISO form. What a newer program
wrote is refused by the migration number, so a missing key here is damage and raises.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from index.errors import StoreDamaged
from index.types import (
    Abstimmung,
    Beratung,
    Drucksachennummer,
    Ergebnis,
    Kopfdaten,
    Outcome,
    PageQuality,
    PageState,
    Reading,
    Schutzstufe,
    Section,
    SectionKind,
    Span,
    Stimmabgabe,
    Stimmen,
    Teilnahme,
    TopBeschluss,
    Wirkung,
)

T = TypeVar("T")
Json = Any


def dump(value: Json) -> str:
    """Compact JSON, umlauts as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def load(text: str, read: Callable[[Json], T]) -> T:
    """Parses JSON and turns it into a value with `read`.

    Raises:
        StoreDamaged: the text is no JSON, or not of the expected shape.
    """
    try:
        return read(json.loads(text))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise StoreDamaged(
            "Ein gespeicherter Eintrag ist nicht lesbar. Bitte „aktenkundig verify“ ausführen "
            "und die Sicherung einspielen."
        ) from error


def write_span(span: Span) -> Json:
    """A span as [start, end]."""
    return [span.start, span.end]


def read_span(value: Json) -> Span:
    """The inverse of `write_span`."""
    start, end = value
    return Span(start, end)


def write_spans(spans: Sequence[Span]) -> Json:
    """Spans as a list of pairs."""
    return [write_span(span) for span in spans]


def read_spans(value: Json) -> tuple[Span, ...]:
    """The inverse of `write_spans`."""
    return tuple(read_span(item) for item in value)


def write_page_quality(pages: Sequence[PageQuality]) -> Json:
    """Pages as a list of [state, score, confidence]."""
    return [[page.state.value, page.score, page.confidence] for page in pages]


def read_page_quality(value: Json) -> tuple[PageQuality, ...]:
    """The inverse of `write_page_quality`."""
    return tuple(
        PageQuality(
            PageState(state), float(score), None if confidence is None else float(confidence)
        )
        for state, score, confidence in value
    )


def read_strings(value: Json) -> tuple[str, ...]:
    """A list of strings as a tuple."""
    if not all(isinstance(item, str) for item in value):
        raise TypeError("not strings")
    return tuple(value)


def write_number(number: Drucksachennummer) -> Json:
    """A number as [key, wahlperiode, nummer, ergaenzung]."""
    return [number.key, number.wahlperiode, number.nummer, number.ergaenzung]


def read_number(value: Json) -> Drucksachennummer:
    """The inverse of `write_number`."""
    key, wahlperiode, nummer, ergaenzung = value
    return Drucksachennummer(key, wahlperiode, nummer, ergaenzung)


def write_section(section: Section) -> Json:
    """A section as an object."""
    return {
        "k": section.kind.value,
        "t": section.title,
        "l": section.level,
        "s": write_span(section.span),
        "h": write_span(section.heading),
        "v": section.visibility.value,
    }


def read_section(value: Json) -> Section:
    """The inverse of `write_section`."""
    return Section(
        kind=SectionKind(value["k"]),
        title=value["t"],
        level=value["l"],
        span=read_span(value["s"]),
        heading=read_span(value["h"]),
        visibility=Schutzstufe(value["v"]),
    )


def read_sections(value: Json) -> tuple[Section, ...]:
    """A list of sections."""
    return tuple(read_section(item) for item in value)


def _same(value: Json) -> Json:
    return value


def _write_date(value: date) -> str:
    return value.isoformat()


def _write_reading(reading: Reading[T] | None, write: Callable[[T], Json] = _same) -> Json:
    return None if reading is None else [write(reading.value), *write_span(reading.span)]


def _read_reading(value: Json, read: Callable[[Json], T]) -> Reading[T] | None:
    if value is None:
        return None
    content, start, end = value
    return Reading(read(content), Span(start, end))


def _write_ergebnis(ergebnis: Ergebnis | None) -> Json:
    if ergebnis is None:
        return None
    outcome = ergebnis.outcome.value if ergebnis.outcome else None
    vote = [] if ergebnis.abstimmung is None else [_write_abstimmung(ergebnis.abstimmung)]
    return [ergebnis.text, outcome, *write_span(ergebnis.span), *vote]


def _read_ergebnis(value: Json) -> Ergebnis | None:
    if value is None:
        return None
    text, outcome, start, end, *vote = value
    return Ergebnis(
        text,
        Outcome(outcome) if outcome else None,
        Span(start, end),
        _read_abstimmung(vote[0]) if vote else None,
    )


def _write_abstimmung(vote: Abstimmung) -> Json:
    named = [[one.wer, one.abgabe.value, one.zahl] for one in vote.stimmen]
    return [vote.ja, vote.nein, vote.enthaltungen, vote.einstimmig, named]


def _read_abstimmung(value: Json) -> Abstimmung:
    ja, nein, enthaltungen, einstimmig, named = value
    stimmen = tuple(Stimmen(str(wer), Stimmabgabe(how), zahl) for wer, how, zahl in named)
    return Abstimmung(ja, nein, enthaltungen, einstimmig, stimmen)


def _write_teilnahme(one: Teilnahme) -> Json:
    words = [one.name, one.gruppe, one.rolle, one.vertritt, one.ab, one.bis]
    return [*write_span(one.span), one.anwesend, *words]


def _read_teilnahme(value: Json) -> Teilnahme:
    start, end, anwesend, *words = value
    name, gruppe, rolle, vertritt, ab, bis = (str(word) for word in words)
    return Teilnahme(name, Span(start, end), bool(anwesend), gruppe, rolle, vertritt, ab, bis)


def _write_beratung(beratung: Beratung) -> Json:
    return {
        "g": beratung.gremium,
        "d": beratung.datum.isoformat() if beratung.datum else None,
        "r": beratung.rolle,
        "s": write_span(beratung.span),
        "e": _write_ergebnis(beratung.ergebnis),
    }


def _read_beratung(value: Json) -> Beratung:
    return Beratung(
        gremium=value["g"],
        datum=date.fromisoformat(value["d"]) if value["d"] else None,
        rolle=value["r"],
        span=read_span(value["s"]),
        ergebnis=_read_ergebnis(value["e"]),
    )


def _write_beschluss(beschluss: TopBeschluss) -> Json:
    subject = {"o": beschluss.gegenstand} if beschluss.gegenstand else {}
    return subject | {
        "n": beschluss.top,
        "t": beschluss.titel,
        "d": [write_number(number) for number in beschluss.drucksachen],
        "s": write_span(beschluss.span),
        "e": _write_ergebnis(beschluss.ergebnis),
        "v": beschluss.visibility.value,
    }


def _read_beschluss(value: Json) -> TopBeschluss:
    return TopBeschluss(
        top=value["n"],
        titel=value["t"],
        drucksachen=tuple(read_number(item) for item in value["d"]),
        span=read_span(value["s"]),
        ergebnis=_read_ergebnis(value["e"]),
        visibility=Schutzstufe(value["v"]),
        gegenstand=value.get("o", ""),
    )


def write_kopfdaten(kopfdaten: Kopfdaten) -> Json:
    """Header fields as an object; absent ones are null."""
    return {
        "art": _write_reading(kopfdaten.art),
        "nummer": _write_reading(kopfdaten.nummer, write_number),
        "datum": _write_reading(kopfdaten.datum, _write_date),
        "antragsteller": [_write_reading(reading) for reading in kopfdaten.antragsteller],
        "dienststelle": _write_reading(kopfdaten.dienststelle),
        "gremium": _write_reading(kopfdaten.gremium),
        "sitzung": _write_reading(kopfdaten.sitzung),
        "tagesordnungspunkt": _write_reading(kopfdaten.tagesordnungspunkt),
        "fassung": _write_reading(kopfdaten.fassung),
        "oeffentlich": _write_reading(kopfdaten.oeffentlich),
        "beratungsfolge": [_write_beratung(item) for item in kopfdaten.beratungsfolge],
        "ergebnis": _write_ergebnis(kopfdaten.ergebnis),
        "beschluesse": [_write_beschluss(item) for item in kopfdaten.beschluesse],
        "bezeichnung": _write_reading(kopfdaten.bezeichnung),
        "wirkung": _write_reading(kopfdaten.wirkung),
        "teilnahme": [_write_teilnahme(one) for one in kopfdaten.teilnahme],
    }


def read_kopfdaten(value: Json) -> Kopfdaten:
    """The inverse of `write_kopfdaten`."""
    antragsteller = (_read_reading(item, str) for item in value["antragsteller"])
    return Kopfdaten(
        art=_read_reading(value["art"], str),
        nummer=_read_reading(value["nummer"], read_number),
        datum=_read_reading(value["datum"], date.fromisoformat),
        antragsteller=tuple(reading for reading in antragsteller if reading is not None),
        dienststelle=_read_reading(value["dienststelle"], str),
        gremium=_read_reading(value["gremium"], str),
        sitzung=_read_reading(value["sitzung"], str),
        tagesordnungspunkt=_read_reading(value["tagesordnungspunkt"], str),
        fassung=_read_reading(value["fassung"], str),
        oeffentlich=_read_reading(value["oeffentlich"], bool),
        beratungsfolge=tuple(_read_beratung(item) for item in value["beratungsfolge"]),
        ergebnis=_read_ergebnis(value["ergebnis"]),
        beschluesse=tuple(_read_beschluss(item) for item in value["beschluesse"]),
        bezeichnung=_read_reading(value.get("bezeichnung"), str),
        wirkung=_read_reading(value.get("wirkung"), Wirkung),
        teilnahme=tuple(_read_teilnahme(item) for item in value.get("teilnahme", ())),
    )
