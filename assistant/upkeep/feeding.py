"""Carries out jobs: in the server one after another in a thread, on the command line one at a time.

Whoever finds a job of a process that died takes it up: the server by itself, the command line
when it is told to.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.audit import OPERATOR, AuditEntry
from assistant.upkeep.originals import tidy
from assistant.wiring import Parts
from ingest.errors import IngestError
from ingest.feeding.jobs import Job
from ingest.feeding.turn import ingest_turn
from models.generator import never

if TYPE_CHECKING:
    from ingest.page_by_page import OnScan
    from ingest.report import IngestReport, Progress

LOOK_EVERY_S = 1.0
REST_S = 30.0
"""After a fault that is not the job's own, such as a full disk."""
TIDY_EVERY_S = 6 * 3600.0
FOLLOW_EVERY_S = 0.5

log = logging.getLogger(__name__)


class Feeder:
    """The server's thread for jobs of all Mandanten and origins, oldest first."""

    def __init__(self, parts: Parts) -> None:
        """Starts with `start`."""
        self._parts = parts
        self._stopping = threading.Event()
        self._awake = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="zufuhr", daemon=True)
        self._tidied: float | None = None

    def start(self) -> None:
        """Takes up what an earlier process left and waits for more."""
        self._thread.start()

    def wake(self) -> None:
        """Says that there is a new job."""
        self._awake.set()

    def stop(self) -> None:
        """Ends within seconds; a running job waits for the next start."""
        self._stopping.set()
        self._awake.set()
        if self._thread.is_alive():
            self._thread.join()

    def _loop(self) -> None:
        # The pool's future holds whatever a job raised, so that one bad job ends no thread.
        with ThreadPoolExecutor(1, thread_name_prefix="einlesen") as pool:
            while not self._stopping.is_set():
                future = pool.submit(self._next)
                error = future.exception()
                if error is not None:
                    log.error("feeding: %s", getattr(error, "code", type(error).__name__))
                    if not isinstance(error, IngestError):
                        self._stopping.wait(REST_S)
                elif not future.result():
                    self._awake.wait(LOOK_EVERY_S)
                    self._awake.clear()

    def _next(self) -> bool:
        """Runs the oldest job that waits; False where there was nothing to do."""
        parts = self._parts
        if self._tidied is None or time.monotonic() - self._tidied > TIDY_EVERY_S:
            self._tidied = time.monotonic()
            tidy(parts)
        if not parts.jobs.has_open_jobs():
            return False
        with ingest_turn(parts.home) as mine:
            if not mine:
                return False
            parts.jobs.recover()
            waiting = parts.jobs.waiting()
            if waiting:
                _run(parts, waiting[0], None, self._stopping.is_set)
        return bool(waiting)


def carry_out(
    parts: Parts,
    job: Job,
    *,
    progress: Callable[[Progress], None] | None = None,
    on_page: OnScan | None = None,
    on_wait: Callable[[Job], None] | None = None,
    stopped: Callable[[], bool] = never,
) -> tuple[Job, IngestReport | None]:
    """Runs a job here, or follows it to its end where another process has taken it.

    `progress` and `on_page` are those of `ingest.pipeline.ingest_paths`.
    `on_wait` hears of the job twice a second as long as another process ingests. The report is
    None when another process did the work.

    Raises:
        IngestError, StoreError, ModelError: the job failed here.
    """
    while True:
        with ingest_turn(parts.home) as mine:
            if mine:
                parts.jobs.recover()
                report = _run(parts, job, progress, stopped, on_page)
                return parts.jobs.get(job.id), report
        now = parts.jobs.get(job.id)
        if now.state.ended or stopped():
            return now, None
        if on_wait is not None:
            on_wait(now)
        time.sleep(FOLLOW_EVERY_S)


@contextmanager
def when_free(parts: Parts, on_wait: Callable[[], None]) -> Iterator[None]:
    """Waits until nobody else ingests and keeps others waiting; `on_wait` is told once."""
    waited = False
    while True:
        with ingest_turn(parts.home) as mine:
            if mine:
                yield
                return
        if not waited:
            waited = True
            on_wait()
        time.sleep(FOLLOW_EVERY_S)


def recover_dead(parts: Parts) -> None:
    """Lets jobs wait again that are said to run while nobody ingests: their process died."""
    with ingest_turn(parts.home) as mine:
        if mine:
            parts.jobs.recover()


def _run(
    parts: Parts,
    job: Job,
    progress: Callable[[Progress], None] | None,
    stopped: Callable[[], bool],
    on_page: OnScan | None = None,
) -> IngestReport | None:
    from ingest.feeding.job_run import run_job

    report = run_job(
        parts.jobs,
        job,
        store=parts.store,
        embedder=parts.embedder,
        stopped=stopped,
        progress=progress,
        on_page=on_page,
    )
    if report is not None:
        parts.audit.append(AuditEntry("einlesen", OPERATOR, job.mandant))
    return report
