"""Runs one job: the pipeline over its paths, with its progress and its end in the book."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from index.errors import StoreError
from index.store import Store
from ingest.errors import IngestError, PathMissing, Unexpected
from ingest.feeding.job_book import JobBook
from ingest.feeding.jobs import Job, JobCounts, JobOrigin, JobPath, JobRefusal, JobState
from ingest.page_by_page import OnScan
from ingest.pipeline import ingest_paths, never
from ingest.report import IngestReport, Progress, Quarantined
from models.embedder import Embedder
from models.errors import ModelError

NOTE_EVERY_S = 0.5
"""So often progress is written down; what a kill costs the counts, never the documents."""


def run_job(
    book: JobBook,
    job: Job,
    *,
    store: Store,
    embedder: Embedder,
    stopped: Callable[[], bool] = never,
    progress: Callable[[Progress], None] | None = None,
    on_page: OnScan | None = None,
) -> IngestReport | None:
    """Runs a waiting job to its end; None where it does not wait any more.

    The caller holds the turn to ingest. When `stopped()` the job waits again; when somebody
    cancels it in the book, it ends as cancelled. What is stored by then stays either way.

    Raises:
        IngestError, StoreError, ModelError: what the book then names as the cause of the failure.
    """
    if not book.begin(job.id):
        return None
    job = book.get(job.id)
    record = _Record(book, job, stopped, progress)
    try:
        report = _ingest(book.paths(job.id), job, store, embedder, record, on_page)
    except (IngestError, ModelError, StoreError) as error:
        record.end(JobState.FEHLGESCHLAGEN, error=(error.code, str(error)))
        raise
    except KeyboardInterrupt:
        record.interrupted()
        raise
    except BaseException:
        record.end(JobState.FEHLGESCHLAGEN, error=(Unexpected.code, INTERNAL))
        raise
    refusals = [JobRefusal(entry.path, entry.code, entry.message) for entry in report.quarantined]
    if record.cut_short and record.cancelled:
        record.end(JobState.ABGEBROCHEN, refusals)
    elif record.cut_short:
        record.release()
    else:
        record.end(JobState.FERTIG, refusals)
    return report


INTERNAL = (
    "Beim Einlesen trat ein unerwarteter Fehler auf. Der Auftrag lässt sich fortsetzen; tritt der "
    "Fehler wieder auf, bitte die Programmbetreuung verständigen."
)


def _ingest(
    paths: Sequence[JobPath],
    job: Job,
    store: Store,
    embedder: Embedder,
    record: _Record,
    on_page: OnScan | None,
) -> IngestReport:
    present = [item for item in paths if item.path.exists()]
    if paths and not present and job.origin is JobOrigin.BEFEHL:
        raise PathMissing(f"Den Pfad „{paths[0].name}“ gibt es nicht mehr.")
    report = ingest_paths(
        [item.path for item in present],
        store=store,
        embedder=embedder,
        mandant=job.mandant,
        progress=record.progress,
        naming=naming(present),
        stopped=record.stopped,
        on_page=on_page,
    )
    if job.origin is JobOrigin.BEOBACHTET:
        return report  # the watch itself reports what has vanished
    missing = [
        Quarantined(item.name, PathMissing.code, PathMissing.sentence)
        for item in paths
        if item not in present
    ]
    return replace(report, quarantined=(*report.quarantined, *missing))


def naming(paths: Sequence[JobPath]) -> Callable[[Path], str]:
    """What a file below `paths` is cited by: the name of its entry and the way down from there."""
    names = {item.path: item.name for item in paths}

    def name(file: Path) -> str:
        if file in names:
            return names[file]
        for folder in file.parents:
            if folder in names:
                return str(Path(names[folder]) / file.relative_to(folder))
        return str(file)

    return name


class _Record:
    """Writes down how a run gets on, and asks between whether it is to go on."""

    def __init__(
        self,
        book: JobBook,
        job: Job,
        stopped: Callable[[], bool],
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self._book = book
        self._job = job
        self._before = job.counts
        self._stopped = stopped
        self._progress = progress
        self._counts = JobCounts(
            indexed=job.counts.indexed,
            replaced=job.counts.replaced,
            passages=job.counts.passages,
        )
        self._started = self._noted = time.monotonic()
        self.cancelled = False
        self.cut_short = False

    def progress(self, progress: Progress) -> None:
        """Counts on after a file."""
        before = self._before
        self._counts = JobCounts(
            done=progress.done,
            total=progress.total,
            indexed=before.indexed + progress.indexed,
            unchanged=max(0, progress.unchanged - before.indexed - before.replaced),
            replaced=before.replaced + progress.replaced,
            refused=progress.refused,
            passages=before.passages + progress.passages,
        )
        if self._progress is not None:
            self._progress(progress)

    def stopped(self) -> bool:
        """Whether the run is to end before its time; writes progress down now and then."""
        if time.monotonic() - self._noted >= NOTE_EVERY_S:
            self._noted = time.monotonic()
            self.cancelled = self._book.note(self._job.id, self._counts, self._seconds())
        if self.cancelled or self._stopped():
            self.cut_short = True
        return self.cut_short

    def end(
        self,
        state: JobState,
        refusals: Sequence[JobRefusal] = (),
        error: tuple[str, str] | None = None,
    ) -> None:
        """Enters the end."""
        self._book.end(self._job.id, state, self._counts, self._seconds(), refusals, error)

    def release(self) -> None:
        """Lets the job wait for the next process."""
        self._book.release(self._job.id, self._counts, self._seconds())

    def interrupted(self) -> None:
        """Somebody pressed Ctrl+C: that ends an order, but a watch goes on when started again."""
        if self._job.origin is JobOrigin.BEOBACHTET:
            self.release()
        else:
            self.end(JobState.ABGEBROCHEN)

    def _seconds(self) -> float:
        return time.monotonic() - self._started
