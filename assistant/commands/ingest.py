"""`aktenkundig ingest`: the progress bar, and what became of the files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.commands.bar import terminal_bar
from assistant.errors import JobEnded
from assistant.upkeep.feeding import carry_out
from assistant.wiring import Parts
from ingest.feeding.jobs import Job, JobOrigin, JobPath, JobState

if TYPE_CHECKING:
    from ingest.page_by_page import OnScan
    from ingest.report import Progress

    OnFile = Callable[[Progress], None]

NOT_FOUND = "not_found"


def ingest_with_progress(parts: Parts, paths: Sequence[Path]) -> dict[str, Any]:
    """Takes in what exists; a path that does not is reported and stops nobody.

    Returns the report with the keys that `ingest --json` prints.
    """
    present = [JobPath(path.absolute(), str(path)) for path in paths if path.exists()]
    report = _empty_report()
    if present:
        job = parts.jobs.unfinished_like(parts.mandant, present) or parts.jobs.create(
            parts.mandant, JobOrigin.BEFEHL, present
        )
        report = follow(parts, job)
    report["quarantined"] += [
        {
            "path": str(path),
            "code": NOT_FOUND,
            "message": "Diesen Pfad gibt es nicht. Bitte prüfen Sie die Schreibweise.",
        }
        for path in paths
        if not path.exists()
    ]
    return report


def follow(parts: Parts, job: Job) -> dict[str, Any]:
    """Runs a job here, or waits for who has it; the report has the keys of `ingest --json`.

    Raises:
        JobEnded: it was cancelled, or failed, while another process had it.
    """
    waited = False

    def on_wait(now: Job) -> None:
        nonlocal waited
        if not waited:
            waited = True
            click.echo(
                "Gerade liest ein anderer Vorgang ein; der Auftrag "
                f"{now.id} kommt danach an die Reihe.",
                err=True,
            )

    try:
        with progress_bar() as (progress, on_page):
            ended, report = carry_out(
                parts, job, progress=progress, on_page=on_page, on_wait=on_wait
            )
    except KeyboardInterrupt:
        parts.jobs.cancel(job)
        raise
    if ended.state is JobState.FEHLGESCHLAGEN:
        raise JobEnded(ended.message or "Der Auftrag ist fehlgeschlagen.")
    if ended.state is JobState.ABGEBROCHEN:
        raise JobEnded(
            f"Der Auftrag wurde abgebrochen. Fortsetzen mit »aktenkundig jobs resume {job.id}«."
        )
    refusals = parts.jobs.refusals(job.id)
    shown = report or ended.counts
    return {
        "indexed": shown.indexed,
        "unchanged": shown.unchanged,
        "replaced": shown.replaced,
        "opened": report.opened if report else 0,
        "partial": [
            {"path": entry.path, "pages": list(entry.pages), "message": entry.message}
            for entry in (report.partial if report else ())
        ],
        "quarantined": [
            {"path": item.name, "code": item.code, "message": item.message} for item in refusals
        ],
        "passages": shown.passages,
        "seconds": round(report.seconds if report else ended.seconds, 3),
    }


def _empty_report() -> dict[str, Any]:
    return {
        "indexed": 0,
        "unchanged": 0,
        "replaced": 0,
        "opened": 0,
        "partial": [],
        "quarantined": [],
        "passages": 0,
        "seconds": 0.0,
    }


@contextmanager
def progress_bar() -> Iterator[tuple[OnFile | None, OnScan | None]]:
    """A bar on stderr with rate and time left, where stderr is a terminal; else nothing.

    Yields what to call after every file, and after every scanned page of one.
    """
    with terminal_bar() as bar:
        if bar is None:
            yield None, None
            return
        task = bar.add_task("Einlesen", total=None, rate="")

        def report(progress: Progress) -> None:
            rate = f"{progress.rate:.1f} Dateien/s".replace(".", ",", 1)
            bar.update(task, completed=progress.done, total=progress.total, rate=rate)

        def report_page(_path: str, done: int, total: int) -> None:
            reading = done < total
            scan = f"Scan: Seite {done} von {total}" if reading else "Einlesen"
            bar.update(task, description=scan)

        yield report, report_page


def print_report(report: dict[str, Any]) -> None:
    """The report for people."""
    seconds = f"{report['seconds']:.1f}".replace(".", ",")
    click.echo(
        f"Neu: {report['indexed']} · ersetzt: {report['replaced']} · "
        f"unverändert: {report['unchanged']} · Textstellen: {report['passages']} · {seconds} s"
    )
    if report["opened"]:
        click.echo(f"Archive geöffnet: {report['opened']}")
    if report["partial"]:
        click.echo(f"Nur teilweise gelesen: {len(report['partial'])}")
    for entry in report["partial"]:
        click.echo(f"  {entry['path']}: {entry['message']}")
    if report["quarantined"]:
        click.echo(f"Nicht eingelesen: {len(report['quarantined'])}")
    for entry in report["quarantined"]:
        click.echo(f"  {entry['path']}: {entry['message']} ({entry['code']})")
