"""`aktenkundig watch`: takes in what comes into folders, and says what went."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from assistant.upkeep.feeding import carry_out, recover_dead
from assistant.upkeep.originals import MEMBER, erase
from assistant.wiring import Parts
from index.errors import StoreError
from index.types import Access, DocumentSummary
from ingest.errors import IngestError
from ingest.feeding.jobs import Job, JobOrigin, JobState
from ingest.feeding.listing import is_on_network, list_folder
from ingest.feeding.watch import WITHOUT_NOTICES_S, FolderWatch, Look, moments
from models.errors import ModelError

RETRY_S = 60.0
"""After so long a watched job that failed is tried again."""


def watch_folders(
    parts: Parts, folders: Sequence[Path], *, poll_s: float | None, remove: bool
) -> None:
    """Watches until it is interrupted.

    Raises:
        PathMissing: one of the folders is none.
    """
    watching = FolderWatch(folders, parts.jobs, parts.mandant)
    if poll_s is None and any(is_on_network(folder) for folder in watching.folders):
        poll_s = WITHOUT_NOTICES_S
        _say(f"Netzlaufwerk: Nachgesehen wird alle {poll_s:.0f} Sekunden (anders mit --poll).")
    _Watcher(parts, watching, remove).run(poll_s)


class _Watcher:
    """Turns looks into jobs and lines on the screen."""

    def __init__(self, parts: Parts, watching: FolderWatch, remove: bool) -> None:
        self._parts = parts
        self._watching = watching
        self._remove = remove
        self._unreachable: tuple[str, ...] = ()
        self._retry_at: dict[str, float] = {}

    def run(self, poll_s: float | None) -> None:
        for folder in self._watching.folders:
            _say(f"Beobachtet wird {folder}. Beenden mit Strg+C.")
        self._report_missing(self._watching.missing(), "fehlt weiterhin")
        for _ in moments(
            self._watching.folders,
            poll_s=poll_s,
            busy=self._is_busy,
            on_trouble=lambda: _say(
                "Das System meldet Änderungen nicht (zu viele Ordner?). Nachgesehen wird alle "
                f"{WITHOUT_NOTICES_S:.0f} Sekunden."
            ),
        ):
            self.step()

    def step(self) -> None:
        """Looks once and does what is to be done."""
        look = self._watching.look()
        self._report_unreachable(look)
        for path in look.returned:
            _say(f"Wieder da: {path}")
        self._watching.order(look.settled)
        recover_dead(self._parts)
        self._resume_failed()
        for job in self._parts.jobs.waiting(self._parts.mandant, JobOrigin.BEOBACHTET):
            self._run(job)
        self._report_missing(look.vanished, "verschwunden")

    def _is_busy(self) -> bool:
        return self._watching.busy or bool(self._retry_at)

    def _run(self, job: Job) -> None:
        try:
            ended, _ = carry_out(self._parts, job)
        except (IngestError, ModelError, StoreError) as error:
            self._retry_at[job.id] = time.monotonic() + RETRY_S
            _say(f"Nicht eingelesen: {error} Neuer Versuch in {RETRY_S:.0f} Sekunden.")
            return
        counts = ended.counts
        if ended.state is JobState.FERTIG:
            _say(
                f"{_files(counts.done)} gelesen · neu {counts.indexed} · ersetzt "
                f"{counts.replaced} · unverändert {counts.unchanged} · nicht eingelesen "
                f"{counts.refused}"
            )
        for refusal in self._parts.jobs.refusals(job.id):
            _say(f"  {refusal.name}: {refusal.message} ({refusal.code})")

    def _resume_failed(self) -> None:
        for job in self._parts.jobs.failed(self._parts.mandant, JobOrigin.BEOBACHTET):
            due = self._retry_at.get(job.id, 0.0)
            if time.monotonic() >= due:
                self._retry_at.pop(job.id, None)
                self._parts.jobs.resume(job)

    def _report_unreachable(self, look: Look) -> None:
        for path in look.unreachable:
            if path not in self._unreachable:
                _say(
                    f"Nicht erreichbar oder plötzlich leer: {path}. Es wird nichts als "
                    "verschwunden gewertet; bitte prüfen, ob das Laufwerk verbunden ist."
                )
        self._unreachable = look.unreachable

    def _report_missing(self, paths: Sequence[str], what: str) -> None:
        if not paths:
            return
        documents = _by_source(self._parts, paths)
        moved = self._moved(documents)
        for path in paths:
            standing = documents[path]
            if not standing:
                _say(f"{what}: {path} (unter diesem Pfad steht kein Dokument)")
                self._parts.store.release(self._parts.mandant, path)
                self._parts.jobs.watched.forget(self._parts.mandant, path)
            elif path in moved:
                _say(f"{what}: {path} (liegt jetzt unter {moved[path]}; das Dokument bleibt)")
            elif self._remove:
                self._erase(path, standing)
            else:
                _say(
                    f"{what}: {path} (das Dokument bleibt im Bestand; löschen mit "
                    "»aktenkundig delete« oder »watch --entfernen«)"
                )

    def _erase(self, path: str, standing: Sequence[DocumentSummary]) -> None:
        access = Access.operator(self._parts.mandant)
        for document in standing:
            # Should the file come back, it is welcome: nobody has decided against the paper.
            erase(
                self._parts,
                access,
                document,
                who="watch",
                reason="Datei nicht mehr im Ordner",
                keep_out=False,
            )
        self._parts.jobs.watched.forget(self._parts.mandant, path)
        _say(f"gelöscht: {path} (mit allen Fassungen, die aus dieser Datei kamen: {len(standing)})")

    def _moved(self, documents: dict[str, list[DocumentSummary]]) -> dict[str, str]:
        """Where files lie now whose bytes are still there under another name."""
        wanted = {document.id: path for path, found in documents.items() for document in found}
        if not wanted:
            return {}
        sizes = {
            stamp.size
            for path, (stamp, _) in self._parts.jobs.watched.taken_in(self._parts.mandant).items()
            if path in documents
        }
        moved: dict[str, str] = {}
        for folder in self._watching.folders:
            for path, stamp in list_folder(folder).files.items():
                if stamp.size in sizes and (old := wanted.get(_sha256(Path(path)))) is not None:
                    moved[old] = path
        return moved


def _by_source(parts: Parts, paths: Sequence[str]) -> dict[str, list[DocumentSummary]]:
    """All versions that were read from each path, members of archives among them."""
    found: dict[str, list[DocumentSummary]] = {path: [] for path in paths}
    for document in parts.store.documents(Access.operator(parts.mandant)):
        path = document.source.split(MEMBER)[0]
        if path in found:
            found[path].append(document)
    return found


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _files(count: int) -> str:
    return "1 Datei" if count == 1 else f"{count} Dateien"


def _say(text: str) -> None:
    click.echo(f"{datetime.now():%H:%M:%S}  {text}")
