"""Takes over the papers and minutes of a council's system through OParl 1.0 or 1.1.

system → body → lists (all of it once a week, else what changed) → objects in the state → plan →
what is gone is purged → files are fetched, checked and taken in like any other. A run that was
killed goes on where its state stands; what is in the register already is not stored twice.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from index.store import Store
from index.types import Access
from ingest.errors import OparlHostRefused, OparlNotUnderstood
from ingest.members import holder_of
from ingest.oparl.bestand import Bestand, read_terms
from ingest.oparl.client import OparlClient
from ingest.oparl.fetch import Fetch, Keeper
from ingest.oparl.files import OparlFile
from ingest.oparl.lists import FULL, Lists, find_body
from ingest.oparl.mapping import plan
from ingest.oparl.objects import PAPER, Json, items
from ingest.oparl.state import OparlState, only_import
from ingest.pipeline import Delivery, ingest_deliveries
from ingest.report import Progress, Quarantined
from ingest.walls.sandbox import Sandbox
from models.embedder import Embedder

log = logging.getLogger(__name__)

FULL_EVERY = timedelta(days=7)
ABANDONED_AFTER = timedelta(hours=24)
Announce = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class OparlReport:
    """What a run did.

    Attributes:
        papers: papers that the body holds now.
        files: files that belong to the register now; each is new, unchanged, replaced or refused.
        deleted: ids of the documents purged because their object is gone.
        full: whether everything was compared, not only what changed.
        hints: German sentences on what the server did not do as prescribed.
    """

    papers: int
    files: int
    indexed: int
    unchanged: int
    replaced: int
    deleted: tuple[str, ...]
    quarantined: tuple[Quarantined, ...]
    full: bool
    hints: tuple[str, ...]
    seconds: float


@dataclass(slots=True)
class _Run:
    """The things that all steps of one run need."""

    client: OparlClient
    state: OparlState
    store: Store
    mandant: str
    keeper: Keeper | None
    hints: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)


def import_oparl(
    origin: str,
    *,
    home: Path,
    client: OparlClient,
    store: Store,
    embedder: Embedder,
    mandant: str,
    full: bool = False,
    announce: Announce = lambda _step, _count: None,
    progress: Callable[[Progress], None] | None = None,
    sandbox: Sandbox | None = None,
    keeper: Keeper | None = None,
) -> OparlReport:
    """Brings the register in line with one body of an OParl server.

    Args:
        origin: address of the System (with a single Body) or of a Body.
        home: where the state of the import lies.
        client: reaches the allowed hosts only.
        store: where documents go.
        embedder: turns passages into vectors.
        mandant: what the body's papers belong to.
        full: compares everything, though the last full comparison is not a week old.
        announce: told the step and how many objects it has dealt with.
        progress: as for `ingest_paths`.
        sandbox: as for `ingest_paths`.
        keeper: keeps the files beside the store; without one, only their text is kept.

    Raises:
        OparlError: host not allowed, server unreachable or not OParl, another import running.
        StoreError: the store cannot go on.
    """
    started = time.monotonic()
    with only_import(home):
        body, now = find_body(client, origin)
        with OparlState(home, f"{mandant} {body['id']}") as state:
            run = _Run(client, state, store, mandant, keeper)
            was_full = _read_lists(run, body, now, full, announce)
            bestand = Bestand(_fetcher(run), read_terms(body))
            bestand.add(state.objects())
            files = plan(bestand)
            announce("Dateien", len(files))
            _purge(run, files)
            pending = _pending(run, files, was_full)
            report = _take_in(run, pending, embedder, progress, sandbox)
    return OparlReport(
        papers=len(bestand.all(PAPER)),
        files=len(files),
        indexed=report.indexed,
        unchanged=report.unchanged + len(files) - len(pending),
        replaced=report.replaced,
        deleted=tuple(run.deleted),
        quarantined=report.quarantined,
        full=was_full,
        hints=tuple(dict.fromkeys(run.hints)),
        seconds=time.monotonic() - started,
    )


def _read_lists(run: _Run, body: Json, now: datetime, full: bool, announce: Announce) -> bool:
    """Brings the state's objects in line with the server's; whether all were compared."""
    state = run.state
    last = state.full_at
    due = last is None or state.checkpoint is None or now - last >= FULL_EVERY
    mode = FULL if full or due else "changes"
    opened = state.open_run()
    if opened is None or opened.mode != mode or now - opened.since > ABANDONED_AFTER:
        opened = state.begin(mode, now)
    lists = Lists(run.client, state, body, run.hints, announce)
    if mode == FULL or not lists.changes(opened):
        if opened.mode != FULL:
            run.hints.append(
                "Der Server beantwortet die Frage nach Änderungen (modified_since) nicht; es "
                "wurde stattdessen alles abgeglichen."
            )
            opened = state.begin(FULL, now)
        lists.everything(opened)
    state.finish(opened)
    return opened.mode == FULL


def _fetcher(run: _Run) -> Callable[[str, str], Json | None]:
    """Brings objects that are only referred to, and keeps them in the state."""

    def fetch(kind: str, id_: str) -> Json | None:
        try:
            value = run.client.object(id_) if id_.startswith("http") else None
        except (OparlHostRefused, OparlNotUnderstood):
            run.hints.append(
                "Der Server verweist auf Objekte, die er nicht oder nicht lesbar herausgibt; "
                "ihre Angaben fehlen."
            )
            value = None
        found = list(items({**(value or {"deleted": True}), "id": id_}, kind))
        # 0: never among the objects that a list brought, so the next full run asks again.
        run.state.put(0, found)
        return None if found[-1].deleted else found[-1].fields

    return fetch


def _purge(run: _Run, files: Mapping[str, OparlFile]) -> None:
    """Erases the documents whose file is no longer published, all their versions."""
    done = run.state.done_files()
    gone = [id_ for id_ in done if id_ not in files]
    if not gone:
        return
    _erase(run, gone)
    for path in {entry.path for entry in run.store.quarantined(Access.operator(run.mandant))}:
        if path in gone or holder_of(path) in gone:
            run.store.release(run.mandant, path)
    lost = {done[id_][1] for id_ in gone} | set(run.deleted)
    for id_ in gone:
        run.state.file_gone(id_)
    for id_, (_, sha256) in done.items():
        if id_ in files and sha256 is not None and sha256 in lost:
            # The same bytes are still published elsewhere: taken in anew under that name.
            run.state.file_done(id_, "", sha256)


def _erase(run: _Run, sources: Sequence[str]) -> None:
    """Withdraws sources; what another source still carries stays, and all may come back later."""
    access = Access.operator(run.mandant)
    held = [
        summary.source
        for summary in run.store.documents(access)
        if holder_of(summary.source) in set(sources)
    ]
    before = {summary.id for summary in run.store.documents(access)}
    for source in dict.fromkeys([*sources, *held]):
        run.store.withdraw(
            access, source, who="oparl", reason="dort nicht mehr veröffentlicht", keep_out=False
        )
    run.deleted += sorted(before - {summary.id for summary in run.store.documents(access)})


def _pending(run: _Run, files: Mapping[str, OparlFile], full: bool) -> list[OparlFile]:
    """What is new or no longer as it was taken in; a full run tries refused files again."""
    done = run.state.done_files()
    refused = {entry.path for entry in run.store.quarantined(Access.operator(run.mandant))}
    return [
        file
        for id_, file in files.items()
        if done.get(id_, ("", None))[0] != file.digest or (full and id_ in refused)
    ]


@dataclass(frozen=True, slots=True)
class _TakenIn:
    indexed: int
    unchanged: int
    replaced: int
    quarantined: tuple[Quarantined, ...]


def _take_in(
    run: _Run,
    pending: Sequence[OparlFile],
    embedder: Embedder,
    progress: Callable[[Progress], None] | None,
    sandbox: Sandbox | None,
) -> _TakenIn:
    """Fetches and stores; a file is noted as done after it is in the store, never before."""
    if not pending:
        return _TakenIn(0, 0, 0, ())
    fetch = Fetch(run.client, run.keeper)
    by_id = {file.id: file for file in pending}

    def told(now: Progress) -> None:
        file = by_id.get(now.path)
        if file is None:  # what lies in one of them is noted with it
            pass
        elif file.id in fetch.withheld:
            _erase(run, [file.id])
            run.state.file_done(file.id, file.digest, None)
        elif file.id in fetch.sha256:
            sha256 = fetch.sha256[file.id]
            run.state.file_done(file.id, file.digest, sha256)
            if run.keeper is not None:
                run.keeper.drop(sha256)  # does nothing where a document stands on it
        if progress is not None:
            progress(now)

    deliveries = [
        Delivery(file.id, partial(fetch.intake, file), file.begleitdaten) for file in pending
    ]
    report = ingest_deliveries(
        deliveries,
        store=run.store,
        embedder=embedder,
        mandant=run.mandant,
        progress=told,
        sandbox=sandbox,
    )
    return _TakenIn(report.indexed, report.unchanged, report.replaced, report.quarantined)
