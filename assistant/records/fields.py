"""What the header fields of one paper say, each sentence with the line it stands in."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.fundstelle import Ledger, paper_name
from assistant.types import Claim, Label
from assistant.understanding.question import Question
from index.store import Store
from index.types import Access, Document, SectionKind, Span

MAX_PROPOSAL = 1200

Written = tuple[list[Claim], str | None]
Writer = Callable[[Store, Access, Question, Document, Ledger], Written]
"""Writes what is on record as claims, and says what is not: an objection in German, or None."""


def cite_number(document: Document, ledger: Ledger) -> tuple[int, ...]:
    """Cites the line with the paper's number, where it bears one."""
    nummer = document.kopfdaten.nummer
    return (ledger.cite_line(document, nummer.span),) if nummer else ()


def cite_short_name(document: Document, ledger: Ledger) -> tuple[int, ...]:
    """Cites what `short_name` names a paper by: its number, else its title, as far as it stands."""
    if document.kopfdaten.nummer or not document.title.split():
        return cite_number(document, ledger)
    if title := _place_of_title(document):
        return (ledger.cite(document, title),)
    kopf = document.kopfdaten
    named = [reading.span for reading in (kopf.gremium, kopf.sitzung) if reading is not None]
    return tuple(dict.fromkeys(ledger.cite_line(document, span) for span in named))


def cite_title(document: Document, ledger: Ledger) -> tuple[int, ...]:
    """Cites the subject of a paper, else its title, as far as it stands in the text."""
    subject = document.kopfdaten.tagesordnungspunkt
    place = subject.span if subject else _place_of_title(document)
    return (ledger.cite(document, place),) if place else ()


def _place_of_title(document: Document) -> Span | None:
    words = r"\s+".join(re.escape(word) for word in document.title.split())
    found = re.search(words, document.text) if words else None
    return Span(*found.span()) if found else None


def write_date(
    store: Store, access: Access, question: Question, document: Document, ledger: Ledger
) -> Written:
    """The date that the paper bears."""
    datum = document.kopfdaten.datum
    numbers = cite_number(document, ledger)
    if datum is None:
        return [], f"Zu {paper_name(document)} ist kein Datum erfasst."
    cited = (ledger.cite_line(document, datum.span), *numbers)
    text = f"{short_name(document)} trägt das Datum {datum.value:%d.%m.%Y}."
    return [Claim(text, Label.BELEGT, cited)], None


def short_name(document: Document) -> str:
    """Kind and number ("Antrag Nr. 15/148"), else the title."""
    kopf = document.kopfdaten
    return (
        f"{kopf.benennung or 'Drucksache'} Nr. {kopf.nummer.value}"
        if kopf.nummer
        else document.title
    )


def write_applicants(
    store: Store, access: Access, question: Question, document: Document, ledger: Ledger
) -> Written:
    """Who moved the paper; of a Vorlage the Dienststelle."""
    numbers = cite_number(document, ledger)
    applicants = document.kopfdaten.antragsteller
    if not applicants and document.kopfdaten.dienststelle:
        return write_office(store, access, question, document, ledger)
    if not applicants:
        return [], f"Zu {paper_name(document)} ist kein Antragsteller erfasst."
    cited = tuple(ledger.cite_line(document, a.span) for a in applicants)
    names = ", ".join(" ".join(a.value.split()) for a in applicants)
    text = f"Antragsteller von {short_name(document)}: {names.rstrip('.')}."
    return [Claim(text, Label.BELEGT, tuple(dict.fromkeys((*cited, *numbers))))], None


def write_office(
    store: Store, access: Access, question: Question, document: Document, ledger: Ledger
) -> Written:
    """The Dienststelle that wrote the paper."""
    numbers = cite_number(document, ledger)
    office = document.kopfdaten.dienststelle
    if office is None:
        return [], f"Zu {paper_name(document)} ist keine Dienststelle erfasst."
    cited = (ledger.cite_line(document, office.span), *numbers)
    text = f"Dienststelle von {short_name(document)}: {' '.join(office.value.split())}."
    return [Claim(text, Label.BELEGT, cited)], None


def write_subject(
    store: Store, access: Access, question: Question, document: Document, ledger: Ledger
) -> Written:
    """What the paper is about, with its Beschlussvorschlag."""
    numbers = cite_number(document, ledger)
    subject = document.kopfdaten.tagesordnungspunkt
    if subject is None:
        return write_proposal(store, access, question, document, ledger)
    text = f"Gegenstand von {short_name(document)}: „{' '.join(subject.value.split())}“"
    claims = [Claim(text, Label.BELEGT, (ledger.cite(document, subject.span), *numbers))]
    proposal, _ = write_proposal(store, access, question, document, ledger)
    return claims + proposal, None


def write_proposal(
    store: Store, access: Access, question: Question, document: Document, ledger: Ledger
) -> Written:
    """The Beschlussvorschlag, word for word."""
    for section in document.sections:
        if section.kind is SectionKind.BESCHLUSSVORSCHLAG:
            body = _body(
                document, Span(max(section.heading.end, section.span.start), section.span.end)
            )
            if len(body):
                quoted = " ".join(body.cut(document.text).split())
                text = f"Beschlussvorschlag im Wortlaut: „{quoted}“"
                return [Claim(text, Label.BELEGT, (ledger.cite(document, body),))], None
    cite_number(document, ledger)
    return [], f"Zu {paper_name(document)} ist kein Beschlussvorschlag erfasst."


def _body(document: Document, span: Span) -> Span:
    """`span` without surrounding blanks, cut behind a paragraph where it is very long."""
    text = document.text
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] == ":"):
        start += 1
    if end - start > MAX_PROPOSAL:
        cut = text.rfind("\n", start, start + MAX_PROPOSAL)
        end = cut if cut > start else start + MAX_PROPOSAL
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def write_publicity(
    store: Store, access: Access, question: Question, document: Document, ledger: Ledger
) -> Written:
    """How the paper itself says who may read it."""
    numbers = cite_number(document, ledger)
    declared = document.kopfdaten.oeffentlich
    if declared is None:
        return (
            [],
            f"Zu {paper_name(document)} ist nicht vermerkt, ob die Drucksache öffentlich ist.",
        )
    cited = (ledger.cite_line(document, declared.span), *numbers)
    text = f"{short_name(document)} ist als „{declared.span.cut(document.text)}“ gekennzeichnet."
    return [Claim(text, Label.BELEGT, cited)], None
