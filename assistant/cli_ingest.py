"""`aktenkundig ingest`: the progress bar, and what became of the files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.audit import OPERATOR, AuditEntry
from assistant.wiring import Parts

if TYPE_CHECKING:
    from ingest.pipeline import Progress

NOT_FOUND = "not_found"


def ingest_with_progress(parts: Parts, paths: Sequence[Path]) -> dict[str, Any]:
    """Takes in what exists; a path that does not is reported and stops nobody.

    Returns the report with the keys that `ingest --json` prints.
    """
    from ingest.pipeline import ingest_paths

    missing = [path for path in paths if not path.exists()]
    present = [path for path in paths if path.exists()]
    with progress_bar() as progress:
        report = ingest_paths(
            present,
            store=parts.store,
            embedder=parts.embedder,
            mandant=parts.mandant,
            progress=progress,
        )
    parts.audit.append(AuditEntry("einlesen", OPERATOR, parts.mandant))
    refused = [
        {"path": entry.path, "code": entry.code, "message": entry.message}
        for entry in report.quarantined
    ]
    absent = [
        {
            "path": str(path),
            "code": NOT_FOUND,
            "message": "Diesen Pfad gibt es nicht. Bitte prüfen Sie die Schreibweise.",
        }
        for path in missing
    ]
    return {
        "indexed": report.indexed,
        "unchanged": report.unchanged,
        "replaced": report.replaced,
        "partial": [
            {"path": entry.path, "pages": list(entry.pages), "message": entry.message}
            for entry in report.partial
        ],
        "quarantined": refused + absent,
        "passages": report.passages,
        "seconds": round(report.seconds, 3),
    }


@contextmanager
def progress_bar() -> Iterator[Callable[[Progress], None] | None]:
    """A bar on stderr with rate and time left, where stderr is a terminal; else None."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    with Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:.0f}/{task.total:.0f}"),
        TextColumn("{task.fields[rate]}"),
        TextColumn("noch"),
        TimeRemainingColumn(),
        console=console,
    ) as bar:
        task = bar.add_task("Einlesen", total=None, rate="")

        def report(progress: Progress) -> None:
            rate = f"{progress.rate:.1f} Dateien/s".replace(".", ",", 1)
            bar.update(task, completed=progress.done, total=progress.total, rate=rate)

        yield report


def print_report(report: dict[str, Any]) -> None:
    """The report for people."""
    seconds = f"{report['seconds']:.1f}".replace(".", ",")
    click.echo(
        f"Neu: {report['indexed']} · ersetzt: {report['replaced']} · "
        f"unverändert: {report['unchanged']} · Textstellen: {report['passages']} · {seconds} s"
    )
    if report["partial"]:
        click.echo(f"Nur teilweise gelesen: {len(report['partial'])}")
    for entry in report["partial"]:
        click.echo(f"  {entry['path']}: {entry['message']}")
    if report["quarantined"]:
        click.echo(f"Nicht eingelesen: {len(report['quarantined'])}")
    for entry in report["quarantined"]:
        click.echo(f"  {entry['path']}: {entry['message']} ({entry['code']})")
