"""`aktenkundig oparl`: takes over a council's papers, and says what became of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from assistant.audit import OPERATOR, AuditEntry
from assistant.commands.ingest import progress_bar
from assistant.errors import InputInvalid
from assistant.settings import Settings
from assistant.upkeep.draft_care import cut_out
from assistant.upkeep.feeding import when_free
from assistant.upkeep.originals import FetchedOriginals
from assistant.wiring import Parts


def import_with_progress(
    parts: Parts, settings: Settings, origin: str, *, full: bool
) -> dict[str, Any]:
    """Brings the register in line with the server; the keys are those of `oparl --json`.

    Raises:
        InputInvalid: no host is allowed by the settings.
        OparlError: see `ingest.oparl.takeover.import_oparl`.
    """
    from ingest.oparl.client import OparlClient
    from ingest.oparl.takeover import import_oparl

    if not settings.oparl_hosts:
        raise InputInvalid(
            "Noch ist kein OParl-Server zugelassen, deshalb wird keine Verbindung aufgebaut. "
            "Tragen Sie den Rechner in den Einstellungen unter »oparl_hosts« ein."
        )
    with (
        OparlClient(settings.oparl_hosts, settings.oparl_requests_per_second) as client,
        when_free(parts, lambda: click.echo("Gerade liest ein anderer Vorgang ein …", err=True)),
        progress_bar() as (progress, _),
    ):
        report = import_oparl(
            origin,
            home=settings.home,
            client=client,
            store=parts.store,
            embedder=parts.embedder,
            mandant=parts.mandant,
            full=full,
            announce=_announcer(),
            progress=progress,
            keeper=FetchedOriginals(parts),
        )
    parts.audit.append(AuditEntry("einlesen", OPERATOR, parts.mandant))
    if report.deleted:
        parts.audit.append(
            AuditEntry("loeschen", OPERATOR, parts.mandant, document_ids=report.deleted)
        )
    cut_out(parts.home, parts.store, parts.audit)
    return {
        "papers": report.papers,
        "files": report.files,
        "indexed": report.indexed,
        "unchanged": report.unchanged,
        "replaced": report.replaced,
        "deleted": len(report.deleted),
        "quarantined": [
            {"path": entry.path, "code": entry.code, "message": entry.message}
            for entry in report.quarantined
        ],
        "full": report.full,
        "hints": list(report.hints),
        "seconds": round(report.seconds, 3),
    }


def _announcer() -> Callable[[str, int], None]:
    """Tells a person at a terminal how far the lists are read; each list has its own line."""
    import sys

    if not sys.stderr.isatty():
        return lambda _step, _count: None
    shown: list[str] = []

    def announce(step: str, count: int) -> None:
        if shown and shown[-1] != step:
            click.echo(err=True)
        shown.append(step)
        click.echo(f"\r{step}: {count}", nl=step == "Dateien", err=True)

    return announce


def print_report(report: dict[str, Any]) -> None:
    """The report for people."""
    seconds = f"{report['seconds']:.1f}".replace(".", ",")
    kind = "vollständiger Abgleich" if report["full"] else "Änderungen seit dem letzten Lauf"
    click.echo(f"{report['papers']} Drucksachen, {report['files']} Dateien ({kind}, {seconds} s)")
    click.echo(
        f"Neu: {report['indexed']} · ersetzt: {report['replaced']} · "
        f"unverändert: {report['unchanged']} · gelöscht: {report['deleted']}"
    )
    for hint in report["hints"]:
        click.echo(f"Hinweis: {hint}")
    if report["quarantined"]:
        click.echo(f"Nicht eingelesen: {len(report['quarantined'])}")
    for entry in report["quarantined"]:
        click.echo(f"  {entry['path']}: {entry['message']} ({entry['code']})")
