"""Who may see which code points of a document, and what the others get instead.

A document is cut into runs of one Schutzstufe each. The deepest section decides; a passage or a
recorded Beschluss can close further, never open; text outside any section has the level of the
passage on it, else that of the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TypedDict, TypeVar

import numpy as np
import numpy.typing as npt

from index.types import (
    Beratung,
    Checkbox,
    Document,
    Ergebnis,
    Geltung,
    Kopfdaten,
    Passage,
    Provision,
    Reading,
    Schutzstufe,
    Span,
    Table,
    TopBeschluss,
)

T = TypeVar("T")
Stufen = AbstractSet[Schutzstufe]

# From open to closed.
ORDER = (Schutzstufe.OEFFENTLICH, Schutzstufe.NICHTOEFFENTLICH)
UNTITLED = "Dokument ohne Titel"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one level."""

    span: Span
    stufe: Schutzstufe


def strictest(stufen: Sequence[Schutzstufe]) -> Schutzstufe:
    """The most closed of the given levels; closed where none is given."""
    return ORDER[max(ORDER.index(stufe) for stufe in stufen)] if stufen else ORDER[-1]


def paint(document: Document, passages: Sequence[Passage]) -> tuple[Run, ...]:
    """The runs of a document in order; they cover its text without gap."""
    marks = {section.visibility for section in document.sections}
    marks |= {passage.visibility for passage in passages}
    marks |= {beschluss.visibility for beschluss in document.kopfdaten.beschluesse}
    if marks <= {document.visibility}:
        return (Run(Span(0, len(document.text)), document.visibility),)
    levels, covered = _sections(document)
    for passage in passages:
        here = slice(passage.span.start, passage.span.end)
        level = ORDER.index(passage.visibility)
        levels[here] = np.where(covered[here], np.maximum(levels[here], level), level)
    return _runs(levels)


def passage_stufe(document: Document, passage: Passage) -> Schutzstufe:
    """The level that holds for a passage: its own, or that of a closed section it lies in."""
    if all(section.visibility == passage.visibility for section in document.sections):
        return passage.visibility
    levels, covered = _sections(document)
    here = slice(passage.span.start, passage.span.end)
    solid = np.fromiter((not sign.isspace() for sign in passage.text), bool, len(passage.text))
    closing = levels[here][covered[here] & solid]
    own = ORDER.index(passage.visibility)
    return ORDER[max(own, int(closing.max()) if closing.size else own)]


def closed_letters(document: Document, runs: Sequence[Run]) -> npt.NDArray[np.bool_]:
    """For each code point whether it is a letter or sign that is closed; shape (len(text),).

    Read from the sections, Beschlüsse and level of the file, and from `runs`: either closes.
    """
    closed, _ = _sections(document)
    for run in runs:
        level = ORDER.index(run.stufe)
        here = slice(run.span.start, run.span.end)
        closed[here] = np.maximum(closed[here], level)
    found = closed > 0
    for blank in re.finditer(r"\s+", document.text) if found.any() else ():
        found[blank.start() : blank.end()] = False
    return found


def _sections(document: Document) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.bool_]]:
    levels = np.full(len(document.text), ORDER.index(document.visibility), np.uint8)
    covered = np.zeros(len(document.text), np.bool_)
    for section in sorted(document.sections, key=lambda item: (item.level, item.span)):
        here = slice(section.span.start, section.span.end)
        levels[here] = ORDER.index(section.visibility)
        covered[here] = True
    for beschluss in document.kopfdaten.beschluesse:
        here = slice(beschluss.span.start, beschluss.span.end)
        levels[here] = np.maximum(levels[here], ORDER.index(beschluss.visibility))
    return levels, covered


def _runs(levels: npt.NDArray[np.uint8]) -> tuple[Run, ...]:
    cuts = [0, *(np.flatnonzero(np.diff(levels)) + 1).tolist(), len(levels)]
    return tuple(
        Run(Span(start, end), ORDER[int(levels[start])])
        for start, end in pairwise(cuts)
        if start < end
    )


def span_stufe(span: Span, runs: Sequence[Run]) -> Schutzstufe:
    """The most closed level that the span touches; for an empty span, that of its place."""
    wide = span if len(span) else Span(span.start, span.start + 1)
    return strictest([run.stufe for run in runs if run.span.overlaps(wide)])


def veil_text(text: str, runs: Sequence[Run], stufen: Stufen) -> str:
    """The text with blanks where it may not be seen; its length stays."""
    return "".join(
        run.span.cut(text) if run.stufe in stufen else " " * len(run.span) for run in runs
    )


def title_stufe(document: Document, runs: Sequence[Run]) -> Schutzstufe:
    """The most open level at which all words of the title stand in the text one may read."""
    words = _words(document.title)
    for index, stufe in enumerate(ORDER):
        if stufe == document.visibility:
            return stufe
        readable = veil_text(document.text, runs, frozenset(ORDER[: index + 1]))
        if words <= _words(readable):
            return stufe
    return document.visibility


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def sees_all(runs: Sequence[Run], visibility: Schutzstufe, stufen: Stufen) -> bool:
    """Whether nothing of a document is closed for these levels."""
    return visibility in stufen and all(run.stufe in stufen for run in runs)


def veil_title(title: str, stufe: Schutzstufe, kopfdaten: Kopfdaten, stufen: Stufen) -> str:
    """The title, or what the visible header fields say where it may not be seen."""
    if stufe in stufen:
        return title
    art = kopfdaten.benennung or None
    number = kopfdaten.nummer.value.key if kopfdaten.nummer else None
    return " ".join(part for part in (art, number) if part) or UNTITLED


def veil_kopfdaten(kopfdaten: Kopfdaten, runs: Sequence[Run], stufen: Stufen) -> Kopfdaten:
    """The header fields without those that were read from closed text."""

    def visible(span: Span) -> bool:
        return span_stufe(span, runs) in stufen

    def field(reading: Reading[T] | None) -> Reading[T] | None:
        return reading if reading is not None and visible(reading.span) else None

    def ergebnis(value: Ergebnis | None) -> Ergebnis | None:
        return value if value is not None and visible(value.span) else None

    def station(value: Beratung) -> Beratung:
        return replace(value, ergebnis=ergebnis(value.ergebnis))

    def beschluss(value: TopBeschluss) -> TopBeschluss:
        return replace(value, ergebnis=ergebnis(value.ergebnis))

    return Kopfdaten(
        art=field(kopfdaten.art),
        nummer=field(kopfdaten.nummer),
        datum=field(kopfdaten.datum),
        antragsteller=tuple(item for item in kopfdaten.antragsteller if visible(item.span)),
        dienststelle=field(kopfdaten.dienststelle),
        gremium=field(kopfdaten.gremium),
        sitzung=field(kopfdaten.sitzung),
        tagesordnungspunkt=field(kopfdaten.tagesordnungspunkt),
        fassung=field(kopfdaten.fassung),
        oeffentlich=field(kopfdaten.oeffentlich),
        beratungsfolge=tuple(
            station(item) for item in kopfdaten.beratungsfolge if visible(item.span)
        ),
        ergebnis=ergebnis(kopfdaten.ergebnis),
        beschluesse=tuple(
            beschluss(item)
            for item in kopfdaten.beschluesse
            if item.visibility in stufen and visible(item.span)
        ),
        bezeichnung=field(kopfdaten.bezeichnung),
        wirkung=field(kopfdaten.wirkung),
        teilnahme=tuple(item for item in kopfdaten.teilnahme if visible(item.span)),
    )


def veil(
    document: Document, runs: Sequence[Run], stufe_of_title: Schutzstufe, stufen: Stufen
) -> Document:
    """The document as somebody sees it who may see these levels only."""
    if sees_all(runs, document.visibility, stufen):
        return document
    kopfdaten = veil_kopfdaten(document.kopfdaten, runs, stufen)
    return replace(
        document,
        title=veil_title(document.title, stufe_of_title, kopfdaten, stufen),
        text=veil_text(document.text, runs, stufen),
        sections=tuple(part for part in document.sections if part.visibility in stufen),
        kopfdaten=kopfdaten,
        # Warnings may quote what is closed.
        warnings=document.warnings if document.visibility in stufen else (),
        **_veil_structure(document, runs, stufen),
    )


class _Structure(TypedDict):
    tables: tuple[Table, ...]
    provisions: tuple[Provision, ...]
    geltung: Geltung | None
    checkboxes: tuple[Checkbox, ...]


def _veil_structure(document: Document, runs: Sequence[Run], stufen: Stufen) -> _Structure:
    """Tables, provisions and boxes without those that touch closed text."""

    def visible(*spans: Span) -> bool:
        return all(span_stufe(span, runs) in stufen for span in spans)

    def reading(value: Reading[date] | None) -> Reading[date] | None:
        return value if value is not None and visible(value.span) else None

    geltung = document.geltung
    if geltung is not None:
        geltung = Geltung(
            reading(geltung.fassung),
            reading(geltung.geaendert),
            tuple(item for item in geltung.inkrafttreten if visible(item.span)),
        )
    return {
        "tables": tuple(table for table in document.tables if visible(*table.spans)),
        "provisions": tuple(item for item in document.provisions if visible(item.span)),
        "geltung": geltung,
        "checkboxes": tuple(b for b in document.checkboxes if visible(b.mark, b.label)),
    }


def headings(document: Document, passage: Passage) -> list[tuple[str, Schutzstufe]]:
    """The heading path of a passage with the level of each heading."""
    around = {
        section.title: section.visibility
        for section in document.sections
        if section.span.overlaps(passage.span)
    }
    return [(title, around.get(title, passage.visibility)) for title in passage.heading_path]
