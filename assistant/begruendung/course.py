"""Sachverhalt, Zeitplan, Beratungsfolge, Anlagen: what the record says of days and bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.begruendung.paragraphs import (
    Material,
    borne,
    missing,
    outdated_mark,
    told,
    words_at,
)
from assistant.begruendung.types import Absatz
from assistant.fundstelle import paper_name
from assistant.hausregeln import Abschnitt
from assistant.material.chronicle import write_sachverhalt
from assistant.records.fields import cite_title
from assistant.types import Claim
from assistant.understanding.question import understand
from index.types import Beratung, Document, Row, Section, SectionKind, Span, Table
from index.visibility import UNTITLED
from ingest.expressions import Kind, find_expressions
from ingest.papers.table_reading import (
    column_heading,
    heading_of,
    in_header,
    row_at,
    table_at,
    value_of,
)
from ingest.sentences import split_sentences

MOST_DUE = 12
_NO_MINUTES = "Niederschrift liegt nicht vor:"
_NONE_USABLE = "Eine öffentlich verwendbare Niederschrift liegt hier nicht vor:"
_NO_HEAD = "Eine Niederschrift mit öffentlichem Kopf liegt hier nicht vor:"
_DAYS = frozenset({Kind.DATE, Kind.MONTH})
_DUE = re.compile(
    r"\b(?:frist\w*|fristgerecht|fällig\w*|spätestens|bis\s+(?:zum|zur|ende|spätestens)|"
    r"beginn\w*|ab\s+dem|termin\w*|inbetriebnahme|eröffnung\w*|fertigstellung|abschluss\w*)\b",
    re.IGNORECASE,
)
_DUE_COLUMN = re.compile(r"\b(?:frist|termin|fällig\w*|bis\s+wann)\b", re.IGNORECASE)
_READ = frozenset(
    {
        SectionKind.BESCHLUSSVORSCHLAG,
        SectionKind.BEGRUENDUNG,
        SectionKind.ZUSAMMENFASSUNG,
        SectionKind.ANTWORT,
        SectionKind.TEXT,
    }
)


def write_course(material: Material, section: Abschnitt) -> Iterator[Absatz]:
    """The recorded course of each source."""
    done: set[Claim] = set()
    for paper in material.papers:
        question = understand(f"Sachverhalt zu {paper_name(paper)}")
        store, access, ledger = material.store, material.access, material.ledger
        claims = write_sachverhalt(store, access, question, paper, ledger)
        new = [claim for claim in dict.fromkeys(claims) if claim not in done]
        done.update(new)
        gaps = [claim for claim in new if claim.text.startswith(_NO_MINUTES)]
        yield from (told(material, claim) for claim in new if claim not in gaps)
        if gaps:
            headless = any(UNTITLED in claim.text for claim in new)
            yield told(material, _gap(material, gaps, headless=headless))
    yield missing("Darstellung des Sachverhalts in der Sache", section)


def _gap(material: Material, gaps: Sequence[Claim], *, headless: bool) -> Claim:
    """The sittings without minutes in one sentence.

    In a public draft minutes may be on file and not be usable; that they are not is not said.
    `headless`: minutes are quoted whose sitting may not be named, so it may be one of these.
    """
    sittings = [gap.text.removeprefix(_NO_MINUTES).strip().rstrip(".") for gap in gaps]
    lead = _NONE_USABLE if material.auftrag.oeffentlich else _NO_MINUTES
    lead = _NO_HEAD if headless else lead
    numbers = dict.fromkeys(number for gap in gaps for number in gap.citations)
    return replace(gaps[0], text=f"{lead} {'; '.join(sittings)}.", citations=tuple(numbers))


def write_schedule(material: Material, section: Abschnitt) -> Iterator[Absatz]:
    """The days that the sources record as due, and a placeholder for this paper's own."""
    shown = 0
    for paper in material.papers:
        for absatz in (*_due_rows(material, paper), *_due_sentences(material, paper)):
            if shown < MOST_DUE:
                shown += 1
                yield absatz
    yield missing("Zeitplan dieser Vorlage", section)


def _due_rows(material: Material, paper: Document) -> Iterator[Absatz]:
    """The rows of a Beschlusskontrolle on a paper that name a day it is due."""
    number = paper.kopfdaten.nummer
    if number is None:
        return
    for mention in material.store.mentions(material.access, number.value):
        control = material.store.document(material.access, mention.document_id)
        art = control.kopfdaten.art if control else None
        if control is None or control.id == paper.id or not art:
            continue
        row = row_at(control, mention.span.start)
        table = table_at(control, mention.span.start)
        if art.value == "Beschlusskontrolle" and row and table:
            yield from _due_row(material, paper, control, table, row)


def _due_row(
    material: Material, paper: Document, control: Document, table: Table, row: Row
) -> Iterator[Absatz]:
    kopf = paper.kopfdaten
    for cell in row.cells:
        heading = column_heading(control, table, cell.column)
        if not _DUE_COLUMN.search(heading):
            continue
        numbers = material.ledger.cite_with_head(control, row.span, "")
        numbers += [*material.ledger.cite_name(control), *material.ledger.cite_name(paper)]
        named = f"{kopf.benennung or 'Drucksache'} Nr. {kopf.nummer.value if kopf.nummer else ''}"
        text = (
            f"{paper_name(control)} zu {named} ({heading_of(control, row)}): "
            f"{heading} {value_of(control, cell)}."
        )
        yield borne(text, numbers)


def _due_sentences(material: Material, paper: Document) -> Iterator[Absatz]:
    """The sentences of a source that name a day with a word for what is due."""
    seen: set[Span] = set()
    for part in paper.sections:
        if part.kind not in _READ:
            continue
        start = max(part.heading.end, part.span.start)
        for found in split_sentences(Span(start, part.span.end).cut(paper.text)):
            span = found.shifted(start)
            words = words_at(paper, span)
            days = [e for e in find_expressions(words) if e.kind in _DAYS]
            in_table = row_at(paper, span.start) or in_header(paper, span.start)
            if span in seen or in_table or not days or not _DUE.search(words):
                continue
            seen.add(span)
            mark, later = outdated_mark(material, paper, span)
            numbers = [material.ledger.cite(paper, span), *material.ledger.cite_name(paper)]
            whose = _whose(paper, part)
            yield borne(f"{paper_name(paper)}{whose}{mark}: „{words}“", [*numbers, *later])


def _whose(paper: Document, part: Section) -> str:
    """Who says what stands there: a day that was asked for is none that was set."""
    moved = bool(paper.kopfdaten.antragsteller)
    if part.kind is SectionKind.BESCHLUSSVORSCHLAG:
        by = " der Antragsteller" if moved else ""
        return f", Beschlussvorschlag{by}, für sich keine Beschlusslage"
    return ", nach Angabe der Antragsteller" if moved else ""


def write_stations(material: Material, section: Abschnitt) -> Iterator[Absatz]:
    """A placeholder for this paper's own; the course of the sources stands in the Sachverhalt.

    Where a Mandant has no such section, the Beratungsfolge of each source is told here.
    """
    if not any(other.schluessel == "sachverhalt" for other in material.rules.abschnitte):
        for paper in material.papers:
            for station in paper.kopfdaten.beratungsfolge:
                yield _station(material, paper, station)
    yield missing("Beratungsfolge dieser Vorlage", section)


def _station(material: Material, paper: Document, station: Beratung) -> Absatz:
    day = f", {station.datum:%d.%m.%Y}" if station.datum else ""
    role = f", {station.rolle}" if station.rolle else ""
    verb = "ist" if station.datum and station.datum >= date.today() else "war"
    numbers = [material.ledger.cite_line(paper, station.span), *material.ledger.cite_name(paper)]
    text = f"Für {paper_name(paper)} {verb} vorgesehen: {station.gremium}{day}{role}."
    return borne(text, numbers)


def write_enclosures(material: Material, section: Abschnitt) -> Iterator[Absatz]:
    """The papers the draft rests on; what is to be enclosed only the user knows."""
    for paper in material.papers:
        subject = paper.kopfdaten.tagesordnungspunkt
        about = " ".join((subject.value if subject else paper.title).split())
        numbers = [*material.ledger.cite_name(paper), *cite_title(paper, material.ledger)]
        yield borne(f"Quelle: {paper_name(paper)}, „{about}“.", numbers)
    yield missing("Anlagen dieser Vorlage", section)
