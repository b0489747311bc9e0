"""What is not on record: sittings without Niederschrift, results, pages, and further files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from assistant.fundstelle import paper_name
from assistant.records.exact import Finding
from assistant.records.held import Session, sessions_on_record
from assistant.stock.bestand import survey
from assistant.stock.form import by_register, counted, is_of, told, when
from assistant.stock.period import Period
from assistant.stock.request import StockRequest
from assistant.types import AnswerTable
from index.store import Store
from index.types import Access, DocumentSummary, PageQuality, PageState

PLANNED = (
    "Genannt werden Sitzungen, deren Termin vergangen ist. Ob sie stattgefunden haben, sagt das "
    "Verzeichnis nicht."
)
REPLACED = (
    "Was eine Ergänzungsvorlage ersetzt, ist eine eigene Drucksache und wird hier nicht gezählt."
)
_STATES = {
    PageState.UNSICHER: "unsicher gelesen",
    PageState.UNGELESEN: "nicht gelesen",
    PageState.AUSSTEHEND: "wartet auf die Texterkennung",
}
ALL = Period()


def tell_minutes(store: Store, access: Access, request: StockRequest, today: date) -> Finding:
    """The past sittings that papers or invitations name and that no Niederschrift records."""
    period = request.period or ALL
    missing = [
        session
        for session in survey(store, access, today).without_minutes
        if period.holds(session.datum) and _is_body(session.gremium, request)
    ]
    named: defaultdict[tuple[str, date], list[str]] = defaultdict(list)
    for document in store.documents(access, current_only=True):
        for session in _named_by(document):
            named[session.key].append(paper_name(document))
    rows = [
        (s.gremium, f"{s.datum:%d.%m.%Y}", "; ".join(dict.fromkeys(named[s.key]))) for s in missing
    ]
    rule = by_register(store, access, "vergangene Termine aus Beratungsfolgen und Einladungen")
    return told(
        f"Sitzungen ohne Niederschrift{_within(request)}: {len(rows)}. {rule}",
        [f"{body}, {day} – genannt in: {papers}" for body, day, papers in rows],
        table=AnswerTable(("Gremium", "Sitzung", "Genannt in"), tuple(rows)),
        notes=(PLANNED,),
    )


def _named_by(document: DocumentSummary) -> Iterator[Session]:
    kopf = document.kopfdaten
    if kopf.art and kopf.art.value == "Einladung" and kopf.gremium and kopf.datum:
        yield Session(kopf.gremium.value, kopf.datum.value)
    for station in kopf.beratungsfolge:
        if station.datum is not None:
            yield Session(station.gremium, station.datum)


def tell_results(store: Store, access: Access, request: StockRequest, today: date) -> Finding:
    """The valid papers with a Beratung in the past whose result is recorded nowhere."""
    period = request.period or ALL
    held = sessions_on_record(store, access)
    open_ = [
        station
        for station in survey(store, access, today).without_result
        if period.holds(station.datum)
        and is_of(station.document, request.kinds)
        and _is_body(station.gremium, request)
    ]
    rows = [
        (
            paper_name(station.document),
            station.gremium,
            f"{station.datum:%d.%m.%Y}",
            "liegt vor"
            if Session(station.gremium, station.datum).key in held
            else "liegt nicht vor",
            station.document.source,
        )
        for station in open_
    ]
    papers = len({station.document.id for station in open_})
    rule = by_register(
        store, access, "Beratungsfolge, Ergebnisvermerk auf der Drucksache und Niederschriften"
    )
    return told(
        f"Vergangene Beratungen ohne erfasstes Ergebnis{_within(request)}: {len(rows)}, zu "
        f"{counted(papers, 'Drucksache', 'Drucksachen')}. {rule}",
        [f"{name} – {body}, {day}; Niederschrift {held_}" for name, body, day, held_, _ in rows],
        table=AnswerTable(
            ("Drucksache", "Gremium", "Sitzung", "Niederschrift", "Quelle"), tuple(rows)
        ),
        notes=(PLANNED,),
    )


def _is_body(gremium: str, request: StockRequest) -> bool:
    asked = request.gremium
    return asked is None or _spelt_alike(asked) == _spelt_alike(gremium)


def _spelt_alike(gremium: str) -> str:
    return " ".join(gremium.casefold().split())


def _within(request: StockRequest) -> str:
    kinds = {"vorlage": "Vorlagen", "antrag": "Anträge"}
    named = " und ".join(kinds[kind] for kind in sorted(request.kinds))
    days = str(request.period) if request.period else ""
    said = ", ".join(filter(None, (named, request.gremium, days)))
    return f" ({said})" if said else ""


def tell_scans(store: Store, access: Access) -> Finding:
    """The pages that were read badly or not at all, with the confidence as it is stored."""
    valid = store.documents(access, current_only=True)
    rows: list[tuple[str, ...]] = []
    lines: list[str] = []
    for summary in valid:
        if not summary.uncertain and not summary.unread:
            continue
        document = store.document(access, summary.id)
        bad = [
            (number, page)
            for number, page in enumerate(document.page_quality if document else (), start=1)
            if page.state in _STATES
        ]
        rows += [
            (paper_name(summary), str(number), *_page_cells(page), summary.source)
            for number, page in bad
        ]
        said = "; ".join(f"Seite {number} {_said(page)}" for number, page in bad)
        lines.append(f"{paper_name(summary)} ({summary.source}): {said}")
    waiting = sum(summary.awaiting_ocr for summary in valid)
    note = (
        f"{counted(waiting, 'Dokument wartet', 'Dokumente warten')} auf die Texterkennung; "
        "»aktenkundig ingest« liest sie nach, sobald Tesseract eingerichtet ist."
    )
    rule = by_register(store, access, "Güte je Seite, wie sie beim Einlesen gespeichert wurde")
    return told(
        f"Dokumente mit schlecht gelesenen Seiten: {len(lines)} von {len(valid)}, "
        f"{counted(len(rows), 'Seite', 'Seiten')}. {rule}",
        lines,
        table=AnswerTable(
            ("Dokument", "Seite", "Zustand", "Sicherheit", "Wortanteil", "Quelle"), tuple(rows)
        ),
        notes=(note,) if waiting else (),
    )


def _page_cells(page: PageQuality) -> tuple[str, str, str]:
    sure = "" if page.confidence is None else _decimal(page.confidence)
    return _STATES[page.state], sure, _decimal(page.score)


def _said(page: PageQuality) -> str:
    state, sure, share = _page_cells(page)
    figures = [f"Sicherheit {sure}"] if sure else []
    return f"{state} ({', '.join([*figures, f'Wortanteil {share}'])})"


def _decimal(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def tell_twins(store: Store, access: Access) -> Finding:
    """Further files of a stored document, and documents that a later version replaced."""
    documents = {document.id: document for document in store.documents(access)}
    rows: list[tuple[str, ...]] = []
    for source in store.sources(access):
        document = documents.get(source.document_id)
        if document is None:
            continue
        alike = "dieselben Bytes" if source.sha256 == document.id else "derselbe Text"
        rows.append(("Dublette", source.source, f"{alike} wie", document.source, ""))
    twins = len(rows)
    for document in documents.values():
        if document.superseded_by is not None:
            later = documents.get(document.superseded_by)
            by = later.source if later else document.superseded_by[:12]
            cells = ("alte Fassung", document.source, "ersetzt durch", by)
            rows.append((*cells, when(document.ingested_at)))
    rule = by_register(store, access, "Prüfsumme der Datei, Prüfsumme des Textes, Fassungen")
    return told(
        f"Dubletten: {twins}, alte Fassungen: {len(rows) - twins}. {rule}",
        [f"{kind}: {path} – {how} {other}" for kind, path, how, other, _ in rows],
        table=AnswerTable(("Was", "Quelle", "Verhältnis", "Zu", "Eingelesen"), tuple(rows)),
        notes=(REPLACED,),
    )
