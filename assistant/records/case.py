"""The Vorgangskarte: a number with its whole chain, from all papers that bear or name it.

What is planned, what is on record and what is missing are three different sentences.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant.fundstelle import Ledger, paper_name
from assistant.records.fields import (
    Written,
    cite_number,
    write_applicants,
    write_date,
    write_subject,
)
from assistant.records.following import followed
from assistant.records.held import Session, sessions_on_record
from assistant.records.recorded import result_claim
from assistant.records.supplements import effect_claim, family
from assistant.records.vorgang import Result, results
from assistant.today import today
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
    recorded = results(store, access, document)
    held = sessions_on_record(store, access)
    gaps: list[str] = []
    shown: list[Result] = []
    for station in document.kopfdaten.beratungsfolge:
        claims.append(_planned(document, station, ledger))
        found = [r for r in recorded if r.from_minutes and is_of(r, station)]
        claims += [result_claim(question, document, r, ledger) for r in found]
        shown += found
        if not found and (gap := gap_of(station, held)):
            gaps.append(gap)
    claims += [result_claim(question, document, r, ledger) for r in recorded if r not in shown]
    if not any(not result.from_minutes for result in recorded):
        gaps.append(
            f"{paper_name(document)}: Ergebnis nicht erfasst."
            if not recorded
            else "Ergebnisvermerk auf der Drucksache: nicht erfasst."
        )
    supplements = family(store, access, document)
    claims += [effect_claim(document, other, ledger) for other in supplements]
    known = {document.id, *(other.id for other in supplements)}
    if number := document.kopfdaten.nummer:
        claims += followed(store, access, number.value, known, ledger)
    return claims, "\n".join(gaps) or None


def write_bodies(
    store: Store, access: Access, question: Question, document: Document, ledger: Ledger
) -> Written:
    """The stations of the Beratungsfolge, as planned and as minutes record them.

    Those that the question names, if any. A station whose minutes are missing is said to be open.
    """
    stations = document.kopfdaten.beratungsfolge
    if not stations:
        cite_number(document, ledger)
        return [], f"Zu {paper_name(document)} ist keine Beratungsfolge erfasst."
    asked = question.text.lower()
    recorded = [r for r in results(store, access, document) if r.from_minutes]
    held = sessions_on_record(store, access)
    bare = replace(question, text="")
    claims, gaps = [], []
    for station in [s for s in stations if s.gremium.lower() in asked] or stations:
        claims.append(_planned(document, station, ledger))
        found = [result for result in recorded if is_of(result, station)]
        claims += [result_claim(bare, document, result, ledger) for result in found]
        if not found and (gap := gap_of(station, held)):
            gaps.append(gap)
    return claims, "\n".join(gaps) or None


def _planned(document: Document, station: Beratung, ledger: Ledger) -> Claim:
    day = f", {station.datum:%d.%m.%Y}" if station.datum else ""
    role = f", {station.rolle}" if station.rolle else ""
    text = f"Vorgesehene Beratung: {station.gremium}{day}{role}."
    return Claim(text, Label.BELEGT, (ledger.cite_line(document, station.span),))


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
