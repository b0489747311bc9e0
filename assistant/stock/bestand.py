"""What the admin must know of the stock: states, failures, gaps in the record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.records.held import Session
from assistant.records.schutz import is_undeclared
from assistant.records.vorgang import results
from index.life import Depublication, Pending, Zustand
from index.store import Store
from index.types import Access, DocumentSummary, QuarantineEntry
from ingest.begleitdaten import is_awaiting_mending

# As the readers of ingest word it: pages that are missing, and pages that were read badly.
_PAGES = re.compile(r"^Seiten?\s+\d+")
_MISSING = re.compile(
    r"keine Textebene|nicht (?:gelesen|lesbar|erkannt)|beschädigt|unlesbar", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class OpenStation:
    """A sitting that is past and whose result for a paper is recorded nowhere."""

    document: DocumentSummary
    gremium: str
    datum: date


@dataclass(frozen=True, slots=True)
class Bestand:
    """The stock of a Mandant as its admin sees it.

    Attributes:
        failed: what stands in quarantine, newest first.
        badly_read: documents with the warnings that name pages.
        without_minutes: past sittings that papers or invitations name, without Niederschrift.
        without_result: valid papers whose planned sitting is past, without recorded Ergebnis.
        undeclared: valid documents that are closed because nobody says that they are public.
        faulty_sidecars: valid documents that are closed until their sidecar is mended.
    """

    states: dict[Zustand, int]
    failed: tuple[QuarantineEntry, ...]
    pending: tuple[Pending, ...]
    depublished: tuple[Depublication, ...]
    badly_read: tuple[tuple[DocumentSummary, tuple[str, ...]], ...]
    without_minutes: tuple[Session, ...]
    without_result: tuple[OpenStation, ...]
    undeclared: int = 0
    faulty_sidecars: tuple[DocumentSummary, ...] = ()


def state_of(document: DocumentSummary) -> Zustand:
    """Where a stored and shown document stands."""
    if document.superseded_by is not None:
        return Zustand.ERSETZT
    if any(_MISSING.search(warning) for warning in page_warnings(document)):
        return Zustand.TEILWEISE
    return Zustand.INDEXIERT


def page_warnings(document: DocumentSummary) -> tuple[str, ...]:
    """The warnings that name pages."""
    return tuple(warning for warning in document.warnings if _PAGES.match(warning))


def survey(store: Store, access: Access, today: date) -> Bestand:
    """Counts and gaps of all that `access` may see, as of `today`."""
    documents = store.documents(access)
    failed = tuple(store.quarantined(access))
    waiting = tuple(store.pending(access))
    hidden = tuple(store.depublished(access))
    counted = Counter(state_of(document) for document in documents)
    counted[Zustand.NEU] = len(waiting)
    counted[Zustand.QUARANTAENE] = len(failed)
    counted[Zustand.DEPUBLIZIERT] = len(hidden)
    counted[Zustand.GELOESCHT] = len(store.deletions(access))
    valid = [document for document in documents if document.superseded_by is None]
    return Bestand(
        states={state: counted[state] for state in Zustand},
        failed=failed,
        pending=waiting,
        depublished=hidden,
        badly_read=tuple(
            (document, warnings) for document in valid if (warnings := page_warnings(document))
        ),
        without_minutes=tuple(_without_minutes(valid, today)),
        without_result=tuple(_without_result(store, access, valid, today)),
        undeclared=sum(map(is_undeclared, valid)),
        faulty_sidecars=tuple(d for d in valid if is_awaiting_mending(d.warnings)),
    )


def _without_minutes(valid: Sequence[DocumentSummary], today: date) -> list[Session]:
    recorded = set()
    named: dict[tuple[str, date], Session] = {}
    for document in valid:
        kopf = document.kopfdaten
        art = kopf.art.value if kopf.art else ""
        if art in ("Niederschrift", "Einladung") and kopf.gremium and kopf.datum:
            session = Session(kopf.gremium.value, kopf.datum.value)
            if art == "Niederschrift":
                recorded.add(session.key)
            else:
                named.setdefault(session.key, session)
        for station in kopf.beratungsfolge:
            if station.datum is not None:
                session = Session(station.gremium, station.datum)
                named.setdefault(session.key, session)
    missing = [s for key, s in named.items() if key not in recorded and s.datum < today]
    return sorted(missing, key=lambda s: (s.datum, s.gremium), reverse=True)


def _without_result(
    store: Store, access: Access, valid: Sequence[DocumentSummary], today: date
) -> list[OpenStation]:
    found = []
    for summary in valid:
        kopf = summary.kopfdaten
        past = [s for s in kopf.beratungsfolge if s.datum is not None and s.datum < today]
        open_ = [station for station in past if station.ergebnis is None]
        # A note without a date on the paper is the result of its last sitting.
        if not open_ or kopf.ergebnis is not None:
            continue
        document = store.document(access, summary.id)
        if document is None:
            continue
        decided = {
            result.document.kopfdaten.datum.value
            for result in results(store, access, document)
            if result.from_minutes and result.document.kopfdaten.datum
        }
        found += [
            OpenStation(summary, station.gremium, station.datum)
            for station in open_
            if station.datum is not None and station.datum not in decided
        ]
    return sorted(found, key=lambda s: (s.datum, s.document.source), reverse=True)
