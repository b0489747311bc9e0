"""From OParl objects to files with their statements: what is to be fetched, and what it is.

The first place where a file hangs tells what it is; a file that hangs in several names the others
too. Public is only what OParl says is public: `public` of the Tagesordnungspunkte that treat a
paper, or of the object itself; one "false" closes, silence leaves it to the paper.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ingest.begleitdaten import Begleitdaten, Station
from ingest.oparl.bestand import Bestand, day_of
from ingest.oparl.files import OparlFile, Place, file_of, strictest
from ingest.oparl.objects import (
    AGENDA_ITEM,
    CONSULTATION,
    FILE,
    MEETING,
    ORGANIZATION,
    PAPER,
    Json,
    words,
)
from ingest.papers.arten import read_art

HERKUNFT = "Angaben des Ratsinformationssystems (OParl)"
_ANNEX = re.compile(r"\b(?:anlage|anhang|anl\.)", re.IGNORECASE)
_UNTOLD_ROLES = frozenset({"unbekannt", "sonstiges", "-"})
_RECOMMENDS = re.compile(r"empfehl|vorberat", re.IGNORECASE)


def plan(bestand: Bestand) -> dict[str, OparlFile]:
    """Every file that is to be held, by its id."""
    places: dict[str, list[Place]] = defaultdict(list)
    for paper_id, paper in bestand.all(PAPER):
        for file_id, place in _paper_files(bestand, paper_id, paper):
            places[file_id].append(place)
    for meeting_id, meeting in bestand.all(MEETING):
        for file_id, place in _meeting_files(bestand, meeting_id, meeting):
            places[file_id].append(place)
    planned: dict[str, OparlFile] = {}
    for file_id in sorted(places):
        file = bestand.get(FILE, file_id)
        if file is None or words(file.get("masterFile")) in places:
            continue  # gone, or another form of a file that is taken in itself
        found = file_of(file_id, file, sorted(places[file_id], key=lambda p: (p.rank, p.owner)))
        if found is not None:
            planned[file_id] = found
    return planned


def _paper_files(bestand: Bestand, paper_id: str, paper: Json) -> Iterator[tuple[str, Place]]:
    whole = _paper(bestand, paper)
    name = _paper_name(paper)
    main = paper.get("mainFile", [])[:1]
    others = [file_id for file_id in paper.get("auxiliaryFile", []) if file_id not in main]
    if not main:
        main = _likely_main(bestand, paper, others)
    for file_id in main:
        yield file_id, Place(0, paper_id, name, whole)
    for file_id in others:
        if file_id in main:
            continue
        file = bestand.get(FILE, file_id) or {}
        annex = replace(
            whole,
            art="Anlage",
            nummer=None,
            titel=words(file.get("name")),
            datum=None,
            beratungsfolge=(),
            ergebnis=None,
            angaben=(("Gehört zu", name),),
        )
        yield file_id, Place(2, paper_id, name, annex)


def _likely_main(bestand: Bestand, paper: Json, others: Sequence[str]) -> list[str]:
    """The paper itself among its Anlagen, where the vendor has no `mainFile`.

    The first that is named as the paper's kind, else the first that is not named an Anlage.
    """
    art = read_art(words(paper.get("paperType")) or "")
    named: list[str] = []
    for file_id in others:
        name = words((bestand.get(FILE, file_id) or {}).get("name")) or ""
        if _ANNEX.search(name):
            continue
        found = read_art(name)
        if art and found and found.value == art.value:
            return [file_id]
        named.append(file_id)
    return named[:1]


def _paper(bestand: Bestand, paper: Json) -> Begleitdaten:
    consultations = [
        consultation
        for id_ in paper.get("consultation", [])
        if (consultation := bestand.get(CONSULTATION, id_)) is not None
    ]
    stations = [_station(bestand, entry) for entry in consultations]
    folge = sorted((s for s in stations if s), key=lambda s: s.datum or date.max)
    day = day_of(paper.get("date"))
    return Begleitdaten(
        herkunft=HERKUNFT,
        art=paper.get("paperType"),
        nummer=paper.get("reference"),
        titel=paper.get("name"),
        datum=day,
        antragsteller=_names(bestand, paper.get("originatorOrganization", [])),
        dienststelle=", ".join(_names(bestand, paper.get("underDirectionOf", []))) or None,
        beratungsfolge=tuple(folge),
        ergebnis=_decision(bestand, consultations),
        oeffentlich=strictest([paper.get("public"), *_publicity(bestand, consultations)]),
        angaben=tuple(_relations(bestand, paper, day)),
    )


def _relations(bestand: Bestand, paper: Json, day: date | None) -> Iterator[tuple[str, str]]:
    term = bestand.terms.at(day)
    if term:
        yield "Wahlperiode", term
    for name, german in (
        ("superordinatedPaper", "Übergeordnet"),
        ("subordinatedPaper", "Untergeordnet"),
        ("relatedPaper", "Verwandt"),
    ):
        for id_ in paper.get(name, []):
            other = bestand.known[PAPER].get(id_)
            if other:
                yield german, _paper_name(other)


def _paper_name(paper: Json) -> str:
    label = " ".join(part for part in (paper.get("paperType"), paper.get("reference")) if part)
    return ", ".join(part for part in (label, paper.get("name")) if part) or "Drucksache"


def _names(bestand: Bestand, ids: Sequence[str]) -> tuple[str, ...]:
    found = (bestand.get(ORGANIZATION, id_) for id_ in ids)
    names = (organization.get("name") for organization in found if organization)
    return tuple(dict.fromkeys(str(name) for name in names if name))


def _agenda_item(bestand: Bestand, consultation: Json) -> Json | None:
    """The Tagesordnungspunkt, unless its meeting no longer lists it."""
    id_ = consultation.get("agendaItem")
    meeting = bestand.get(MEETING, consultation.get("meeting"))
    on_agenda = meeting.get("agendaItem", []) if meeting else []
    if on_agenda and id_ not in on_agenda:
        return None
    return bestand.get(AGENDA_ITEM, id_)


def _station(bestand: Bestand, consultation: Json) -> Station | None:
    meeting = bestand.get(MEETING, consultation.get("meeting")) or {}
    bodies = _names(bestand, consultation.get("organization") or meeting.get("organization", []))
    gremium = ", ".join(bodies) or words(meeting.get("name"))
    if gremium is None:
        return None
    item = _agenda_item(bestand, consultation) or {}
    cancelled = meeting.get("cancelled") is True
    details: list[str] = []
    if cancelled:
        details.append("Sitzung abgesagt")
    if number := words(item.get("number")):
        details.append(f"Tagesordnungspunkt {number}")
    if (text := words(item.get("resolutionText"))) and not cancelled:
        details.append(f"Beschlusstext: {text}")
    return Station(
        gremium,
        day_of(meeting.get("start")),
        _role(consultation),
        None if cancelled else words(item.get("result")),
        tuple(details),
    )


def _role(consultation: Json) -> str | None:
    """The role in the council's words; `authoritative` speaks where they do not."""
    role = words(consultation.get("role"))
    if role and role.casefold() in _UNTOLD_ROLES:
        role = None
    authoritative = consultation.get("authoritative")
    if authoritative is False and not (role and _RECOMMENDS.search(role)):
        return f"{role} (empfehlend)" if role else "empfehlend"
    return role or ("Entscheidung" if authoritative else None)


def _decision(bestand: Bestand, consultations: Sequence[Json]) -> str | None:
    """The result in the latest meeting whose word counts; nothing where none is marked so."""
    latest: tuple[date, str] | None = None
    for consultation in consultations:
        meeting = bestand.get(MEETING, consultation.get("meeting")) or {}
        item = _agenda_item(bestand, consultation) or {}
        day, result = day_of(meeting.get("start")), words(item.get("result"))
        if consultation.get("authoritative") is not True or meeting.get("cancelled") is True:
            continue
        if day and result and (latest is None or day > latest[0]):
            latest = (day, result)
    return latest[1] if latest else None


def _publicity(bestand: Bestand, consultations: Sequence[Json]) -> list[bool | None]:
    found = (_agenda_item(bestand, consultation) for consultation in consultations)
    return [item.get("public") for item in found if item]


def _meeting_files(bestand: Bestand, meeting_id: str, meeting: Json) -> Iterator[tuple[str, Place]]:
    day = day_of(meeting.get("start"))
    bodies = _names(bestand, meeting.get("organization", []))
    gremium = ", ".join(bodies) or words(meeting.get("name"))
    name = f"Sitzung: {gremium or 'ohne Angabe'}" + (f", {day:%d.%m.%Y}" if day else "")
    pairs = [(id_, bestand.get(AGENDA_ITEM, id_)) for id_ in meeting.get("agendaItem", [])]
    items = [item for _, item in pairs if item]
    # Minutes hold all items; only where every one is public, the statement is about the file.
    flags = [item.get("public") for item in items]
    public = True if flags and all(flag is True for flag in flags) else None
    stated = Begleitdaten(HERKUNFT, datum=day, gremium=gremium, oeffentlich=public)
    for role, art in (
        ("invitation", "Einladung"),
        ("resultsProtocol", "Niederschrift"),
        ("verbatimProtocol", "Niederschrift"),
        ("auxiliaryFile", None),
    ):
        for file_id in meeting.get(role, []):
            title = words((bestand.get(FILE, file_id) or {}).get("name"))
            named = _sitting_art(title or "") or art
            place = replace(stated, art=named, titel=title, angaben=(("Gehört zu", name),))
            yield file_id, Place(1 if art else 4, meeting_id, name, place)
    for item_id, item in pairs:
        if item:
            yield from _item_files(bestand, item_id, item, stated, name)


def _sitting_art(name: str) -> str | None:
    """The kind that the name of a file says, where vendors put it under another."""
    if re.search(r"tagesordnung|einladung", name, re.IGNORECASE):
        return "Einladung"
    found = read_art(name)
    return found.value if found and found.value in {"Niederschrift", "Bekanntmachung"} else None


def _item_files(
    bestand: Bestand, item_id: str, item: Json, stated: Begleitdaten, meeting: str
) -> Iterator[tuple[str, Place]]:
    top = " ".join(part for part in (item.get("number"), item.get("name")) if part)
    consultation = bestand.known[CONSULTATION].get(item.get("consultation", "")) or {}
    paper = bestand.known[PAPER].get(consultation.get("paper", "")) or {}
    angaben: list[tuple[str, Any]] = [("Gehört zu", meeting), ("Tagesordnungspunkt", top)]
    if paper:
        angaben.append(("Beschlussgegenstand", _paper_name(paper)))
    for role, rank in (("resolutionFile", 3), ("auxiliaryFile", 4)):
        for file_id in item.get(role, []):
            title = words((bestand.get(FILE, file_id) or {}).get("name"))
            place = replace(
                stated,
                art=None if role == "resolutionFile" else "Anlage",
                titel=title,
                ergebnis=words(item.get("result")) if role == "resolutionFile" else None,
                oeffentlich=item.get("public"),
                angaben=tuple(angaben),
            )
            yield file_id, Place(rank, item_id, f"{meeting}, TOP {top}", place)
