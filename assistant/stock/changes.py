"""What came in, what changed and what failed, with time and reason."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.fundstelle import paper_name
from assistant.records.exact import Finding
from assistant.stock.bestand import page_warnings, state_of
from assistant.stock.form import by_register, counted, day_of, is_of, told, when
from assistant.stock.period import Period
from assistant.stock.request import Change, StockRequest
from assistant.types import AnswerTable
from index.life import Zustand
from index.store import Store
from index.types import Access, DocumentSummary


@dataclass(frozen=True, slots=True)
class _Event:
    """What happened to one file; `at` as the store has it."""

    change: Change
    state: str
    at: str
    name: str
    source: str
    reason: str = ""


def tell_changes(store: Store, access: Access, request: StockRequest) -> Finding:
    """The files of a period by what became of them: newest day first, on it the failed ones."""
    period = request.period or Period()
    events = [
        event
        for event in (*_read_in(store, access, request), *_failed(store, access, request))
        if event.change in request.changes and period.holds(day_of(event.at))
    ]
    events.sort(key=_newest_day_first)
    counts = ", ".join(
        f"{change.value} {sum(event.change is change for event in events)}"
        for change in Change
        if change in request.changes
    )
    since = str(request.period) if request.period else "ohne zeitliche Grenze"
    rule = by_register(store, access, "Zeitpunkt des letzten Einlesens, Quarantäne")
    return told(
        f"{since[0].upper()}{since[1:]}: {counts}. {rule}",
        [_line(event) for event in events],
        table=AnswerTable(
            ("Zustand", "Zeitpunkt", "Dokument", "Grund", "Quelle"),
            tuple((e.state, when(e.at), e.name, e.reason, e.source) for e in events),
        ),
        notes=_besides(store, access, period),
    )


def _newest_day_first(event: _Event) -> tuple[int, int, str]:
    failed_first = list(Change)[::-1].index(event.change)
    return -day_of(event.at).toordinal(), failed_first, event.source


def _line(event: _Event) -> str:
    name = event.name or event.source
    where = f" ({event.source})" if event.name else ""
    why = f" – {event.reason}" if event.reason else ""
    return f"{event.state}, {when(event.at)}: {name}{where}{why}"


def _read_in(store: Store, access: Access, request: StockRequest) -> list[_Event]:
    documents = {document.id: document for document in store.documents(access)}
    events = []
    for document in documents.values():
        if not is_of(document, request.kinds):
            continue
        change, reason = Change.NEW, ""
        if document.supersedes is not None:
            former = documents.get(document.supersedes)
            change = Change.CHANGED
            reason = f"neue Fassung, ersetzt {former.source if former else 'eine frühere'}"
        state, name = change.value, paper_name(document)
        if document.superseded_by is not None:
            state = f"{change.value}, inzwischen ersetzt"
        events.append(_Event(change, state, document.ingested_at, name, document.source, reason))
        if state_of(document) is Zustand.TEILWEISE:
            events.append(_partly(document))
    return events


def _partly(document: DocumentSummary) -> _Event:
    return _Event(
        Change.FAILED,
        "teilweise gelesen",
        document.ingested_at,
        paper_name(document),
        document.source,
        " ".join(page_warnings(document)),
    )


def _failed(store: Store, access: Access, request: StockRequest) -> list[_Event]:
    """What stands in quarantine; nobody knows yet of which kind it is."""
    if request.kinds:
        return []
    state = f"{Change.FAILED.value} (Quarantäne)"
    return [
        _Event(Change.FAILED, state, entry.at, "", entry.path, entry.message)
        for entry in store.quarantined(access)
    ]


def _besides(store: Store, access: Access, period: Period) -> tuple[str, ...]:
    """What else happened to files, counted."""
    waiting = len(store.pending(access))
    hidden = sum(period.holds(day_of(item.at)) for item in store.depublished(access))
    erased = sum(period.holds(day_of(item.at)) for item in store.deletions(access))
    said = []
    if waiting:
        said.append(
            f"{counted(waiting, 'Datei ist', 'Dateien sind')} gefunden und noch nicht gelesen."
        )
    if hidden:
        said.append(f"In dieser Zeit verborgen: {counted(hidden, 'Dokument', 'Dokumente')}.")
    if erased:
        said.append(
            f"In dieser Zeit gelöscht: {counted(erased, 'Dokument', 'Dokumente')}; »aktenkundig "
            "deletions« zeigt die Nachweise."
        )
    return tuple(said)
