"""What the commands of a document's life print for people."""

from __future__ import annotations

from collections.abc import Sequence

import click

from assistant.commands.output import german_date, print_status
from assistant.upkeep.certificate import certificate_lines, certificate_title
from assistant.wire.life import BestandWire, DeletionWire, HoldingWire, WhyWire

MOST_LINES = 20
STATES = {
    "neu": "neu (gefunden, noch nicht gelesen)",
    "indexiert": "indexiert",
    "teilweise": "teilweise gelesen",
    "quarantaene": "in Quarantäne",
    "ersetzt": "durch eine neuere Fassung ersetzt",
    "depubliziert": "depubliziert (niemandem gezeigt)",
    "geloescht": "gelöscht",
}


def print_bestand(shown: BestandWire) -> None:
    """Counts, states, and what needs somebody's hand."""
    print_status(shown)
    for hint in shown.hints:
        click.echo(f"Hinweis: {hint}")
    _heading("Zustände")
    for state, name in STATES.items():
        click.echo(f"  {name + ':':<40} {shown.states[state]}")
    _section(
        "Nicht eingelesen",
        [f"{entry.path}: {entry.message} (seit {_day(entry.since)})" for entry in shown.failed],
    )
    _section(
        "Depubliziert",
        [
            f"{entry.document_id[:12]}  {entry.drucksachennummer or entry.source}: {entry.reason} "
            f"(seit {_day(entry.since)})"
            for entry in shown.depublished
        ],
    )
    _section(
        "Nichtöffentlich, bis ihre Begleitdatei berichtigt ist",
        shown.faulty_sidecars,
    )
    if shown.undeclared:
        click.echo()
        click.echo(
            f"{shown.undeclared} Dokumente sind nichtöffentlich, weil weder sie selbst noch "
            "Angaben daneben sie öffentlich nennen. »aktenkundig why NUMMER« sagt, was sie öffnet."
        )
    _section(
        "Seiten schlecht oder nicht gelesen",
        [f"{entry.source}: {warning}" for entry in shown.pages for warning in entry.warnings],
    )
    _section(
        "Vergangene Sitzungen ohne Niederschrift",
        [f"{german_date(s.datum)}  {s.gremium}" for s in shown.sessions_without_minutes],
    )
    _section(
        "Vergangene Beratungen ohne Ergebnis",
        [
            f"{german_date(s.datum)}  {s.gremium}: {s.drucksachennummer or s.source}"
            for s in shown.without_result
        ],
    )


def print_certificate(shown: DeletionWire) -> None:
    """The certificate of an erasure."""
    _heading(certificate_title(shown))
    for line in certificate_lines(shown):
        click.echo(f"  {line}")


def print_why(shown: WhyWire) -> None:
    """Why something is not found under a number."""
    if not shown.documents:
        click.echo(f"Unter der Nummer {shown.number} liegt kein Dokument vor.")
    for document in shown.documents:
        _print_holding(document)
    _section("In Quarantäne", [f"{e.path}: {e.message} ({e.code})" for e in shown.quarantine])
    _section("Gefunden und noch nicht gelesen", shown.waiting)
    _section("Andere Dokumente nennen die Nummer", shown.mentioned_in)
    _section("Ähnliche Nummern", shown.near)
    if not shown.documents and shown.deletions:
        click.echo()
        click.echo(
            f"Außerdem wurden {shown.deletions} Dokumente gelöscht. Welche Nummern sie trugen, "
            "hält der Nachweis nicht fest."
        )


def _print_holding(document: HoldingWire) -> None:
    _heading(document.title)
    click.echo(f"  Zustand: {STATES[document.state]}")
    if document.reason is not None:
        click.echo(f"  Grund: {document.reason} (seit {_day(document.since or '')})")
    if document.superseded_by:
        click.echo(f"  Ersetzt durch: {document.superseded_by[:12]}")
    closed = document.visibility != "oeffentlich"
    click.echo(f"  Schutz: {'nichtöffentlich' if closed else 'öffentlich'}")
    if document.closed_because is not None:
        click.echo(f"  Warum nichtöffentlich: {document.closed_because}")
    for stufe, count in document.passages.items():
        name = "öffentlich" if stufe == "oeffentlich" else "nichtöffentlich"
        click.echo(f"  Textstellen {name}: {count}")
    click.echo(f"  Datei: {document.source}")
    for source in document.further_sources:
        click.echo(f"  Auch in: {source}")
    click.echo(f"  Kennung: {document.document_id}")
    for warning in document.warnings:
        click.echo(f"  Hinweis: {warning}")


def _section(name: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    _heading(f"{name}: {len(lines)}")
    for line in lines[:MOST_LINES]:
        click.echo(f"  {line}")
    if len(lines) > MOST_LINES:
        click.echo(f"  … und {len(lines) - MOST_LINES} weitere (alle mit --json)")


def _heading(text: str) -> None:
    click.echo()
    click.secho(text, bold=True)


def _day(at: str) -> str:
    return german_date(at[:10] or None)
