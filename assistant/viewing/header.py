"""The header data of a paper as they are shown, each with the place it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from index.types import Document, Reading, Span


@dataclass(frozen=True, slots=True)
class HeaderField:
    """One entry: the key of its name, its words, where they stand."""

    key: str
    words: str
    span: Span | None = None


def header_of(document: Document) -> tuple[HeaderField, ...]:
    """What the file itself says in its head, in the order in which papers print it."""
    return tuple(_fields(document))


def _fields(document: Document) -> Iterator[HeaderField]:
    kopf = document.kopfdaten
    if kopf.art and not kopf.bezeichnung:
        yield HeaderField("art", kopf.art.value, kopf.art.span)
    elif kopf.bezeichnung:
        art = f" ({kopf.art.value})" if kopf.art else ""
        yield HeaderField("art", kopf.bezeichnung.value + art, kopf.bezeichnung.span)
    if kopf.nummer:
        yield HeaderField("nummer", str(kopf.nummer.value), kopf.nummer.span)
    yield from _read("datum", kopf.datum)
    yield from _read("fassung", kopf.fassung)
    yield from _read("gremium", kopf.gremium)
    yield from _read("sitzung", kopf.sitzung)
    yield from _read("tagesordnungspunkt", kopf.tagesordnungspunkt)
    if kopf.antragsteller:
        first, last = kopf.antragsteller[0].span, kopf.antragsteller[-1].span
        names = ", ".join(" ".join(reading.value.split()) for reading in kopf.antragsteller)
        span = Span(min(first.start, last.start), max(first.end, last.end))
        yield HeaderField("antragsteller", names, span)
    yield from _read("dienststelle", kopf.dienststelle)
    if kopf.wirkung:
        yield HeaderField("wirkung", kopf.wirkung.span.cut(document.text), kopf.wirkung.span)
    if kopf.ergebnis:
        yield HeaderField("ergebnis", " ".join(kopf.ergebnis.text.split()), kopf.ergebnis.span)


def _read(key: str, reading: Reading[str] | Reading[date] | None) -> Iterator[HeaderField]:
    if reading is not None:
        value = reading.value
        words = f"{value:%d.%m.%Y}" if isinstance(value, date) else " ".join(value.split())
        yield HeaderField(key, words, reading.span)
