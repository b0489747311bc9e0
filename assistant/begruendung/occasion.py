"""Anlass: who moved what and when, and what is on record of it. A motion is no Beschlusslage."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.begruendung.paragraphs import (
    HEADLESS,
    Material,
    borne,
    derived,
    joined,
    missing,
    name_of,
    outdated_mark,
    words_at,
)
from assistant.begruendung.types import Absatz
from assistant.fundstelle import paper_name
from assistant.hausregeln import Abschnitt
from assistant.records.fields import MAX_PROPOSAL, cite_number, cite_title
from assistant.records.supplements import effect_claim
from assistant.records.vorgang import Result, is_recommendation, results
from index.types import Document, Section, SectionKind, Span

LONGEST_BESCHLUSS = 600


def write_anlass(material: Material, section: Abschnitt) -> Iterator[Absatz]:
    """Each source with its movers, what it asked for and what was recorded."""
    for paper in material.papers:
        yield write_moved(material, paper)
        yield from _asked(material, paper)
        recorded = results(material.store, material.access, paper)
        decided = [result for result in recorded if not is_recommendation(result)]
        for result in decided or recorded:
            yield from write_recorded(material, paper, result, section)
        if not decided:
            yield _undecided(material, paper, recommended=bool(recorded))
        for later in material.supplements.later(paper):
            claim = effect_claim(paper, later, material.ledger)
            yield borne(claim.text, claim.citations)


def movers_of(paper: Document) -> list[str]:
    """Who moved a paper, as printed."""
    return [" ".join(m.value.split()).rstrip(".") for m in paper.kopfdaten.antragsteller]


def write_moved(material: Material, paper: Document) -> Absatz:
    """Who brought in a paper, on what."""
    kopf, ledger = paper.kopfdaten, material.ledger
    numbers = [*ledger.cite_name(paper), *cite_title(paper, ledger)]
    subject = kopf.tagesordnungspunkt
    about = " ".join((subject.value if subject else paper.title).split())
    movers = movers_of(paper)
    if movers:
        numbers += [ledger.cite_line(paper, mover.span) for mover in kopf.antragsteller]
        text = f"Zu „{about}“ liegt vor: {paper_name(paper)}, Antragsteller: {joined(movers)}."
        return borne(text, numbers)
    if kopf.dienststelle:
        numbers.append(ledger.cite_line(paper, kopf.dienststelle.span))
        office = " ".join(kopf.dienststelle.value.split())
        text = f"Zu „{about}“ liegt vor: {paper_name(paper)}, Dienststelle: {office}."
        return borne(text, numbers)
    return borne(f"Zu „{about}“ liegt vor: {paper_name(paper)}.", numbers)


def _asked(material: Material, paper: Document) -> Iterator[Absatz]:
    """The Beschlussvorschlag of a source, as what it asks for."""
    for section in paper.sections:
        if section.kind is not SectionKind.BESCHLUSSVORSCHLAG:
            continue
        span = body_of(paper, section)
        if 0 < len(span) <= MAX_PROPOSAL:
            mark, later = outdated_mark(material, paper, span)
            movers = movers_of(paper)
            whose = "der Antragsteller" if movers else "der Vorlage"
            number = material.ledger.cite(paper, span)
            names = material.ledger.cite_name(paper)
            text = (
                f"{paper_name(paper)}, Beschlussvorschlag {whose}, für sich keine Beschlusslage"
                f"{mark}: „{words_at(paper, span)}“"
            )
            yield borne(text, [number, *names, *later])
        return


def body_of(paper: Document, section: Section) -> Span:
    """The words of a section below its heading."""
    start, end = max(section.heading.end, section.span.start), section.span.end
    while start < end and (paper.text[start].isspace() or paper.text[start] == ":"):
        start += 1
    while end > start and paper.text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def write_recorded(
    material: Material, paper: Document, result: Result, section: Abschnitt
) -> Iterator[Absatz]:
    """One recorded result in the words of its record, with body and day."""
    ledger = material.ledger
    record, span = result.document, result.ergebnis.span
    numbers = [ledger.cite(record, span), *cite_number(paper, ledger)]
    words = " ".join(result.ergebnis.text.split())
    if result.beschluss is None:
        text = f"{paper_name(paper)} trägt den Ergebnisvermerk: „{words}“"
        yield borne(text, [*numbers, *ledger.cite_name(paper)])
        return
    numbers += ledger.cite_name(record)
    for part in record.sections:
        within = part.span.contains(result.beschluss.span)
        if within and part.kind is SectionKind.TOP and len(part.heading):
            numbers.append(ledger.cite_line(record, part.heading))
    said = "Empfehlung" if is_recommendation(result) else "Beschluss"
    if is_recommendation(result) and result.station:
        numbers.append(ledger.cite_line(paper, result.station.span))
    top = f", TOP {result.beschluss.top}" if result.beschluss.top else ""
    name = f"Zu {_short(paper)} vermerkt die {name_of(record)}{top}"
    decided = result.beschluss.span
    if not decided.overlaps(span) and len(decided) <= LONGEST_BESCHLUSS:
        quote = ledger.cite(record, decided)
        yield borne(f"{name}, als {said}: „{words_at(record, decided)}“", [quote, *numbers])
    yield borne(f"{name}, als Abstimmung ({said}): „{words}“", numbers)
    if name_of(record) == HEADLESS:
        yield missing(f"Gremium und Tag des Beschlusses zu {_short(paper)}", section)


def _short(paper: Document) -> str:
    kopf = paper.kopfdaten
    return (
        f"{kopf.benennung or 'Drucksache'} Nr. {kopf.nummer.value}" if kopf.nummer else paper.title
    )


def _undecided(material: Material, paper: Document, *, recommended: bool) -> Absatz:
    known = "nur eine Empfehlung, keine Entscheidung" if recommended else "kein Ergebnis"
    text = f"Zu {paper_name(paper)} ist {known} erfasst; das Papier ist keine Beschlusslage."
    return derived(text, material.ledger.cite_name(paper))
