"""What an order concerns and by which command the admin carries it out: a question does nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from assistant.fundstelle import paper_name
from assistant.records.exact import Finding
from assistant.records.register import SHORTEST_ID
from assistant.stock.form import (
    by_register,
    counted,
    derived,
    reserved,
    sees_all,
    when,
    with_claims,
)
from assistant.stock.order_request import Order, OrderRequest
from assistant.stock.silence import Audited
from assistant.types import AnswerTable, Claim, Label
from index.builds import Build, BuildState
from index.life import Depublication
from index.store import Store
from index.types import Access, DocumentSummary, Schutzstufe

NOTHING_DONE = "Es wurde nichts geändert: Eine Frage ändert nichts am Bestand."
MOST_NAMED = 20
_KENNUNG = 12
_ID = re.compile(rf"\b[0-9a-f]{{{SHORTEST_ID},64}}\b")
_FILE = re.compile(r"\S+\.[A-Za-z]{2,4}\b")
_SAYS_LITTLE = frozenset(
    """
    dokument dokumente datei dateien das der die den dem des ein eine einen alle alles antrag
    vorlage anfrage niederschrift protokoll drucksache zum zur über von vom und mit aus bitte
    nichtöffentlich nichtöffentliche nichtöffentlichen öffentlich tagesordnungspunkt
    """.split()  # noqa: SIM905
)


class Parts(Protocol):
    """What telling an order needs; with a record, see `silence.Audited`, past acts are named."""

    @property
    def store(self) -> Store:
        """The register."""


def tell_order(parts: Parts, access: Access, request: OrderRequest) -> Finding:
    """Says what is concerned and which command does it; changes nothing."""
    if not sees_all(access):
        return reserved()
    if request.order is Order.REINDEX:
        return _reindex(parts.store, access)
    if request.order is Order.DELETE:
        return _delete(parts.store, access, request)
    return _release(parts, access, request)


# -------------------------------------------------------------------- delete


def _delete(store: Store, access: Access, request: OrderRequest) -> Finding:
    found = concerned(store, access, request)
    mandant = _option(access)
    lines = list(_named(store, access, found, request))
    for document in found[:MOST_NAMED]:
        command = f"aktenkundig delete {document.id[:_KENNUNG]}{mandant} --grund GRUND"
        lines.append(f"{paper_name(document)} löscht: »{command}«")
    if not found:
        lines.append(f"So wird gelöscht: »aktenkundig delete KENNUNG{mandant} --grund GRUND«")
    lines += [
        "Der Befehl fragt zurück, entfernt Text, Textstellen, Stichwörter und Vektoren aus allen "
        "Generationen und stellt den Nachweis aus; dieselbe Datei wird danach nicht wieder "
        "eingelesen. Sicherungen, die es schon gibt, enthalten das Dokument weiter; »aktenkundig "
        "restore ORDNER« löscht es beim Einspielen wieder.",
        f"Die Nachweise zeigt: »aktenkundig deletions{mandant}«",
    ]
    return _finding(store, access, lines, found)


def concerned(store: Store, access: Access, request: OrderRequest) -> list[DocumentSummary]:
    """The documents that the words of an order may mean, hidden ones too, by source."""
    shown = store.documents(access)
    everything = [*shown, *(item.entry for item in store.depublished(access))]
    if request.numbers:
        wanted = dict(zip(request.numbers, request.labels, strict=True))
        found = [
            d
            for d in everything
            if d.kopfdaten.nummer
            and d.kopfdaten.nummer.value in wanted
            and _is_called(d, wanted[d.kopfdaten.nummer.value])
        ]
    elif ids := _ID.findall(request.named.lower()):
        found = [d for d in everything if any(d.id.startswith(start) for start in ids)]
    elif files := _FILE.findall(request.named):
        found = [d for d in everything if any(d.source.endswith(name) for name in files)]
    else:
        words = {w for w in re.findall(r"[^\W\d_]{3,}", request.named.lower())} - _SAYS_LITTLE
        found = [d for d in everything if words and words <= _title_words(d)]
    return sorted(found, key=lambda document: document.source)


def _is_called(document: DocumentSummary, label: str | None) -> bool:
    kopf = document.kopfdaten
    names = (kopf.benennung.lower(), kopf.art.value.lower() if kopf.art else "")
    general = label is None or label in {"drucksache", "drs", "dokument"}
    return general or any(name.endswith(str(label)) for name in names)


def _title_words(document: DocumentSummary) -> set[str]:
    return set(re.findall(r"[^\W\d_]{3,}", f"{document.title} {paper_name(document)}".lower()))


def _named(
    store: Store, access: Access, found: Sequence[DocumentSummary], request: OrderRequest
) -> Iterator[str]:
    what = f"„{request.named}“"
    if not found:
        yield (
            f"Mit {what} ist kein bestimmtes Dokument bezeichnet, das erfasst ist. Bitte nennen "
            "Sie Nummer, Datei oder Kennung; »aktenkundig documents"
            f"{_option(access)}« zeigt alle Kennungen."
        )
        return
    yield f"Betroffen wäre unter {what}: {counted(len(found), 'Dokument', 'Dokumente')}."
    hidden = {item.entry.id for item in store.depublished(access)}
    for document in found[:MOST_NAMED]:
        others = [s for s in store.sources(access, document.id) if s.source != document.source]
        more = (
            f", dazu {counted(len(others), 'weitere Datei', 'weitere Dateien')}" if others else ""
        )
        state = "; verborgen" if document.id in hidden else ""
        yield (
            f"{paper_name(document)}, „{' '.join(document.title.split())}“, Kennung "
            f"{document.id[:_KENNUNG]}: {counted(document.passages, 'Textstelle', 'Textstellen')} "
            f"mit ebenso vielen Vektoren, {_level(document)}{state}; {document.source}{more}"
        )
    if len(found) > MOST_NAMED:
        yield f"… und {len(found) - MOST_NAMED} weitere; bitte genauer benennen."


def _level(document: DocumentSummary) -> str:
    closed = document.visibility is Schutzstufe.NICHTOEFFENTLICH
    return "ganz oder in Teilen nichtöffentlich" if closed else "öffentlich"


# ------------------------------------------------------------------- release


def _release(parts: Parts, access: Access, request: OrderRequest) -> Finding:
    store, mandant = parts.store, _option(access)
    found = concerned(store, access, request)
    lines: list[str] = []
    if request.top and not request.numbers:
        items = list(_items(store, access, request))
        held_on = f" am {request.day:%d.%m.%Y}" if request.day else ""
        lines.append(
            f"Nichtöffentliche Beschlüsse unter TOP {request.top}{held_on}: {len(items)} erfasst. "
            "Ein TOP gehört zu einer Sitzung; gemeint ist, was davon zu Ihrer gehört."
        )
        lines += items
        found = []
    else:
        lines += _named(store, access, found, request)
    lines += [
        "Einzelne Tagesordnungspunkte gibt kein Befehl frei: Was öffentlich ist, steht im Papier "
        "selbst oder in seiner Begleitdatei (Feld »sichtbarkeit«). Wird eine freigegebene Fassung "
        f"abgelegt, liest sie »aktenkundig ingest ORDNER{mandant}« ein.",
        f"Ein verborgenes Dokument zeigt wieder: »aktenkundig republish KENNUNG{mandant}«",
    ]
    hidden = {item.entry.id: item for item in store.depublished(access)}
    lines += [_hidden(hidden[d.id], mandant) for d in found if d.id in hidden]
    acts = _past_acts(parts, access, {d.id: d for d in found})
    lines.append(f"Freigaben, die der Nachweis verzeichnet: {len(acts)}.")
    lines += [f"{at}, durch: {who}: {name}" for at, who, name in acts]
    finding = _finding(store, access, lines, found, released=acts)
    basis = Claim(
        "Auf welcher Grundlage freigegeben wurde, verzeichnet der Nachweis nicht; eine Freigabe "
        "durch mehrere Personen ist nicht eingerichtet.",
        Label.NICHT_BELEGT,
        (),
    )
    return with_claims([*finding.claims, basis], table=finding.table)


def _hidden(item: Depublication, mandant: str) -> str:
    return (
        f"{paper_name(item.entry)} ist verborgen seit {when(item.at)}, durch: {item.who}, Grund: "
        f"{item.reason}. Wieder zeigen: »aktenkundig republish {item.entry.id[:_KENNUNG]}{mandant}«"
    )


def _items(store: Store, access: Access, request: OrderRequest) -> Iterator[str]:
    """The closed Beschlüsse that minutes record under an item of that number, on that day."""
    top, day = request.top, request.day
    for document in store.documents(access, current_only=True):
        held = document.kopfdaten.datum
        if day is not None and (held is None or held.value != day):
            continue
        for beschluss in document.kopfdaten.beschluesse:
            number = re.search(r"\d+(?:\.\d+)*", beschluss.top)
            closed = beschluss.visibility is Schutzstufe.NICHTOEFFENTLICH
            if closed and number is not None and number[0] == top:
                title = " ".join(beschluss.titel.split())
                yield f"{paper_name(document)}, TOP {top}: {title}"


def _past_acts(
    parts: Parts, access: Access, found: dict[str, DocumentSummary]
) -> list[tuple[str, str, str]]:
    """When, by whom and what was shown again; of the documents meant, else of all."""
    if not isinstance(parts, Audited):
        return []
    known = found or {d.id: d for d in parts.store.documents(access)}
    return [
        (when(line.at), line.who, paper_name(known[id_]))
        for line in parts.audit.entries()
        if line.action == "publizieren" and line.mandant in access.mandanten
        for id_ in line.document_ids
        if id_ in known
    ]


# ------------------------------------------------------------------- reindex


def _reindex(store: Store, access: Access) -> Finding:
    builds = store.builds()
    mandant = _option(access)
    lines = [_generation(build) for build in builds if build.state is not BuildState.ABANDONED]
    lines += [
        "Neu bauen und vergleichen, ohne umzuschalten: »aktenkundig reindex --modell NAME "
        f"--ohne-umschalten{mandant}«",
        "Mit eigenen Fragen vergleichen und umschalten, wenn nicht weniger gefunden wird: "
        f"»aktenkundig reindex --modell NAME --fragen DATEI{mandant}«",
        f"Zurückschalten: »aktenkundig reindex --zurueck{mandant}«",
        f"Platz der früheren Generation freigeben: »aktenkundig reindex --aufraeumen{mandant}«",
        "Gefragt und eingelesen werden kann währenddessen; bis zum Umschalten antwortet die "
        "bisherige Generation.",
    ]
    return _finding(store, access, lines, ())


_STATES = {
    BuildState.ACTIVE: "antwortet",
    BuildState.BUILDING: "ist angefangen und antwortet noch nicht",
    BuildState.FORMER: "ist die frühere",
}


def _generation(build: Build) -> str:
    since = f" seit {when(build.active_since)}" if build.active_since else ""
    state = _STATES[build.state]
    # How many documents it holds is not said: they are of all Mandanten.
    return (
        f"Generation {build.id} {state}{since if build.state is BuildState.ACTIVE else ''}: "
        f"Suchmodell {build.embedder_id or 'noch keines'}."
    )


# ---------------------------------------------------------------------- form


def _option(access: Access) -> str:
    return f" --mandant {min(access.mandanten)}"


def _finding(
    store: Store,
    access: Access,
    lines: Sequence[str],
    found: Sequence[DocumentSummary],
    *,
    released: Sequence[tuple[str, str, str]] = (),
) -> Finding:
    head = f"{NOTHING_DONE} {by_register(store, access)}"
    rows = tuple(
        (d.id[:_KENNUNG], paper_name(d), d.title, _level(d), str(d.passages), d.source)
        for d in found
    )
    table = None
    if rows:
        columns = ("Kennung", "Dokument", "Titel", "Schutz", "Textstellen", "Quelle")
        table = AnswerTable(columns, rows)
    elif released:
        table = AnswerTable(("Zeitpunkt", "Wer", "Dokument"), tuple(released))
    return with_claims([derived(head), *map(derived, lines)], table=table)
