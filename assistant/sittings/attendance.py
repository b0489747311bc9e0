"""Who was at a sitting, in the words of the list of those present in its minutes.

The list shows one sitting. Who belongs to a Gremium, or leads it today, is not on record; that is
said beside the last list there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from assistant.fundstelle import Ledger, paper_name
from assistant.records.exact import Finding
from assistant.sittings.attendance_question import AttendanceRequest, Attending
from assistant.sittings.one_sitting import OneSitting, find_sittings
from assistant.sittings.which import Which
from assistant.types import AnswerStatus, AnswerTable, Claim, Label
from assistant.understanding.words import fraktion_name
from index.store import Store
from index.types import Access, Document, Span, Teilnahme

HEADING_ABOVE = 200
"""Code points between the heading of a group and its first person, at most."""
COLUMNS = ("Tag", "Gremium", "Gruppe", "Name", "Rolle", "Vermerk", "Quelle")
_CHAIR = re.compile(r"\A(?:Ausschuss)?vorsitz", re.IGNORECASE)
_DEPUTY = re.compile(r"\bstell(?:v\.|vertretende[rn]?)\s*(?:Ausschuss)?vorsitz", re.IGNORECASE)
_TODAY_UNKNOWN = (
    "Die Angabe gilt für diese Sitzung; ob sie heute noch zutrifft, geht aus den Unterlagen nicht "
    "hervor."
)
_NO_MEMBERS = "Eine Mitgliederliste ist nicht erfasst, nur wer an einer Sitzung teilnahm."
_NOBODY_MISSING = (
    "Als fehlend ist niemand verzeichnet. Wer nicht in der Liste steht, kann trotzdem gefehlt "
    "haben."
)


def answer_attendance(
    store: Store, access: Access, request: AttendanceRequest, today: date
) -> Finding:
    """Tells from the list of those present whom the question asks for."""
    meant = request.sitting
    if not meant.is_named:
        meant = replace(meant, which=Which.LAST)
    found = find_sittings(store, access, meant, today, lambda one: bool(_lists(one)))
    if isinstance(found, Finding):
        return found
    ledger = Ledger()
    claims: list[Claim] = []
    rows: list[tuple[str, ...]] = []
    if request.asked is Attending.MEMBERS:
        claims.append(Claim(_NO_MEMBERS, Label.ABGELEITET, ()))
    for sitting in found:
        for document in _lists(sitting):
            listed = [one for one in document.kopfdaten.teilnahme if _is_asked(one, request)]
            claims += _claims(sitting, document, listed, request, ledger)
            rows += [_row(sitting, document, one) for one in listed]
    if not request.sitting.is_named:
        claims.append(Claim(_TODAY_UNKNOWN, Label.ABGELEITET, ()))
    stated = tuple(ledger.state(claim) for claim in claims)
    text = "\n".join(claim.text for claim in stated)
    table = AnswerTable(COLUMNS, tuple(rows)) if rows else None
    return Finding(AnswerStatus.ANSWERED, stated, tuple(ledger.citations), text, table=table)


def _lists(sitting: OneSitting) -> list[Document]:
    """The minutes of a sitting that list who was there."""
    return [paper for paper in sitting.papers(minutes=True) if paper.kopfdaten.teilnahme]


def _is_asked(one: Teilnahme, request: AttendanceRequest) -> bool:
    if request.fraktionen and fraktion_name(one.gruppe) not in request.fraktionen:
        return False
    if request.asked is Attending.CHAIR:
        return _CHAIR.search(one.rolle) is not None
    if request.asked is Attending.DEPUTY_CHAIR:
        return _DEPUTY.search(one.rolle) is not None
    if request.asked is Attending.MEMBERS:
        return True
    return one.anwesend is not (request.asked is Attending.MISSING)


def _claims(
    sitting: OneSitting,
    document: Document,
    listed: Sequence[Teilnahme],
    request: AttendanceRequest,
    ledger: Ledger,
) -> Iterator[Claim]:
    """The list of one sitting, group by group, or that it has nobody of whom is asked for."""
    named = tuple(dict.fromkeys(ledger.cite_name(document)))
    where = f"{sitting.name}, laut Anwesenheitsliste der Niederschrift"
    if not listed:
        none = _NOBODY_MISSING
        if request.asked is not Attending.MISSING:
            asked = ", ".join((request.asked.value, *request.fraktionen))
            none = f"Dazu steht dort nichts ({asked})."
        yield Claim(f"{where}: {none}", Label.ABGELEITET, named)
        return
    counted = "eine Angabe" if len(listed) == 1 else f"{len(listed)} Angaben"
    yield Claim(f"{where}: {counted}.", Label.ABGELEITET, named)
    for gruppe, those in groupby(listed, key=lambda one: one.gruppe):
        people = list(those)
        listing = "; ".join(_printed(document, one, request) for one in people)
        numbers = [ledger.cite_line(document, one.span) for one in people]
        heading = _heading(document, people[0], gruppe)
        if heading is not None:
            listing = f"{gruppe}: {listing}"
            numbers.append(ledger.cite_line(document, heading))
        yield Claim(f"{listing}.", Label.BELEGT, tuple(dict.fromkeys(numbers)))


def _printed(document: Document, one: Teilnahme, request: AttendanceRequest) -> str:
    words = " ".join(one.span.cut(document.text).split())
    told = request.asked is Attending.MISSING or one.anwesend
    return words if told else f"{words} (als fehlend verzeichnet)"


def _heading(document: Document, first: Teilnahme, gruppe: str) -> Span | None:
    """Where the group stands above its first person; None where it is not found."""
    words = r"\s+".join(map(re.escape, gruppe.split()))
    above = Span(max(0, first.span.start - HEADING_ABOVE), first.span.start)
    places = list(re.finditer(words, above.cut(document.text))) if gruppe else []
    return Span(*places[-1].span()).shifted(above.start) if places else None


def _row(sitting: OneSitting, document: Document, one: Teilnahme) -> tuple[str, ...]:
    session = sitting.named[0].session
    notes = [f"für {one.vertritt}"] if one.vertritt else []
    notes += [f"ab {one.ab}"] if one.ab else []
    notes += [f"bis {one.bis}"] if one.bis else []
    notes += [] if one.anwesend else ["nicht anwesend"]
    return (
        session.datum.isoformat(),
        session.gremium,
        one.gruppe,
        one.name,
        one.rolle,
        ", ".join(notes),
        paper_name(document),
    )
