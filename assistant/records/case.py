"""The Vorgangskarte: a number with its whole chain, from all papers that bear or name it.

What is planned, what is on record and what is missing are three different sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.fundstelle import Ledger, paper_name
from assistant.records.course import Station, course_of
from assistant.records.fields import (
    Written,
    cite_number,
    write_applicants,
    write_date,
    write_subject,
)
from assistant.records.following import followed, names_of
from assistant.records.recorded import result_claim
from assistant.records.supplements import effect_claim, family
from assistant.types import Claim, Label
from assistant.understanding.question import Question
from index.store import Store
from index.types import Access, Beratung, Document


def write_case(
    store: Store, access: Access, question: Question, document: Document, ledger: Ledger
) -> Written:
    """Subject, motion, each station with its record or its gap, result, what followed."""
    claims: list[Claim] = []
    for writer in (write_subject, write_date, write_applicants):
        claims += writer(store, access, question, document, ledger)[0]
    course = course_of(store, access, document)
    for station in course.stations:
        claims.append(_planned(document, station.beratung, ledger))
        claims += [result_claim(question, document, r, ledger) for r in station.results]
        claims += _printed(document, station, ledger)
    claims += [result_claim(question, document, r, ledger) for r in course.further]
    supplements = family(store, access, document)
    claims += [effect_claim(document, other, ledger) for other in supplements]
    known = {document.id, *(other.id for other in supplements)}
    if number := document.kopfdaten.nummer:
        claims += followed(store, access, number.value, known, ledger, names_of(document))
    return claims, "\n".join(course.gaps) or None


def write_bodies(
    store: Store, access: Access, question: Question, document: Document, ledger: Ledger
) -> Written:
    """The stations of the Beratungsfolge, as planned and as minutes record them.

    Those that the question names, if any. A station whose minutes are missing is said to be open.
    """
    if not document.kopfdaten.beratungsfolge:
        cite_number(document, ledger)
        return [], f"Zu {paper_name(document)} ist keine Beratungsfolge erfasst."
    asked = question.text.lower()
    course = course_of(store, access, document)
    bare = replace(question, text="")
    claims, gaps = [], []
    named = [s for s in course.stations if s.beratung.gremium.lower() in asked]
    for station in named or course.stations:
        claims.append(_planned(document, station.beratung, ledger))
        claims += [result_claim(bare, document, result, ledger) for result in station.results]
        if station.gap:
            gaps.append(station.gap)
    return claims, "\n".join(gaps) or None


def _printed(document: Document, station: Station, ledger: Ledger) -> Iterator[Claim]:
    """The result that the Beratungsfolge itself prints, where no minutes record one."""
    printed = station.beratung.ergebnis
    if printed is not None and not station.results:
        quoted = " ".join(printed.text.split())
        text = f"Laut Beratungsfolge, {station.beratung.gremium}: „{quoted}“"
        yield Claim(text, Label.BELEGT, (ledger.cite(document, printed.span),))


def _planned(document: Document, station: Beratung, ledger: Ledger) -> Claim:
    day = f", {station.datum:%d.%m.%Y}" if station.datum else ""
    role = f", {station.rolle}" if station.rolle else ""
    text = f"Vorgesehene Beratung: {station.gremium}{day}{role}."
    return Claim(text, Label.BELEGT, (ledger.cite_line(document, station.span),))
