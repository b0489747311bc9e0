"""What is said where no vote is on record: what was planned, and which minutes there are."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.fundstelle import Ledger, paper_name
from assistant.records.exact import Finding
from assistant.sittings.minutes import same_body, sitting_name, sittings_on_record
from assistant.sittings.topic import Topic, planned_claim
from assistant.sittings.votes_question import VotesRequest
from assistant.types import AnswerStatus
from index.store import Store
from index.types import Access, Document, Kopfdaten

MOST_DAYS = 3


def minutes_asked(store: Store, access: Access, request: VotesRequest) -> Iterator[Document]:
    """The minutes of the day and Gremium that are asked for."""
    for summary in sittings_on_record(store, access, "Niederschrift", request.body.name):
        datum = summary.kopfdaten.datum
        if datum is None or datum.value != request.day:
            continue
        document = store.document(access, summary.id)
        if document is not None:
            yield document


def nothing_on_record(
    store: Store,
    access: Access,
    request: VotesRequest,
    topic: Topic | None,
    ledger: Ledger,
) -> Finding:
    """Nothing on record: said so, with what was planned and where minutes are."""
    day = f" am {request.day:%d.%m.%Y}" if request.day else ""
    where = f"{request.body.name or 'Sitzung'}{day}"
    minutes = next(minutes_asked(store, access, request), None) if request.day else None
    if request.top and minutes is not None:
        name = sitting_name(minutes.kopfdaten)
        said = [f"Die Niederschrift {name} verzeichnet keinen TOP {request.top}."]
        ledger.cite_name(minutes)
    elif topic is not None and (minutes is not None or not request.day):
        said = [f"Die Niederschriften ({where}) verzeichnen keine Abstimmung zu „{request.topic}“."]
        said += [planned_claim(plan, ledger).text for plan in topic.planned(None)]
    else:
        said = [f"{where}: Es liegt keine Niederschrift vor."]
        said += _plans(store, access, request, ledger)
        said += _days(store, access, request)
    text = " ".join(said)
    nearest = tuple(ledger.citations)
    return Finding(AnswerStatus.ABSTAINED, text=text, objection=text, nearest=nearest)


def _plans(store: Store, access: Access, request: VotesRequest, ledger: Ledger) -> Iterator[str]:
    """That the sitting was planned, by one paper or an invitation; no word that it took place."""
    for summary in store.documents(access, current_only=True):
        kopf = summary.kopfdaten
        stations = [
            station
            for station in kopf.beratungsfolge
            if station.datum == request.day and _is_asked(station.gremium, request)
        ]
        invites = kopf.art is not None and kopf.art.value == "Einladung" and _is_on(kopf, request)
        document = store.document(access, summary.id) if stations or invites else None
        if document is None:
            continue
        ledger.cite_name(document)
        for station in stations[:1]:
            ledger.cite_line(document, station.span)
        body = stations[0].gremium if stations else kopf.gremium.value if kopf.gremium else ""
        yield f"Vorgesehen war eine Sitzung: {body}, laut {paper_name(document)}."
        return


def _is_on(kopf: Kopfdaten, request: VotesRequest) -> bool:
    on_day = kopf.datum is not None and kopf.datum.value == request.day
    return on_day and _is_asked(kopf.gremium.value if kopf.gremium else "", request)


def _is_asked(gremium: str, request: VotesRequest) -> bool:
    return request.body.name is None or same_body(gremium, request.body.name)


def _days(store: Store, access: Access, request: VotesRequest) -> Iterator[str]:
    """The days of which minutes of that Gremium are on record, those nearest to the one asked."""
    if request.body.name is None or request.day is None:
        return
    wanted = request.day
    found = sittings_on_record(store, access, "Niederschrift", request.body.name)
    days = {s.kopfdaten.datum.value for s in found if s.kopfdaten.datum}
    near = sorted(days, key=lambda day: abs((day - wanted).days))[:MOST_DAYS]
    if near:
        listed = ", ".join(f"{day:%d.%m.%Y}" for day in sorted(near))
        yield f"Niederschriften dieses Gremiums liegen vor vom: {listed}."
