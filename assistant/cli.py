"""The command line: acts for the operator, who sees all of a Mandant.

Exit codes: 0 done; 1 `verify` found differences; 2 the call cannot be carried out as it stands;
130 interrupted; otherwise the exit code of the error.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

import click

from assistant import desk
from assistant.commands import ask as cli_ask
from assistant.commands import life, output
from assistant.commands.draft import draft
from assistant.commands.entwurf import entwurf
from assistant.commands.evaluate import evaluate
from assistant.commands.feedback import rueckmeldungen
from assistant.commands.german import GermanCommand, GermanGroup, sentence
from assistant.commands.jobs import jobs
from assistant.commands.models import models
from assistant.commands.parts import EXPECTED_ERRORS, as_json, of_mandant, opened_parts
from assistant.commands.reindex import reindex
from assistant.commands.replay import replay
from assistant.commands.review import review
from assistant.errors import InputInvalid
from assistant.settings import read_settings
from assistant.wire.status import program_version
from index.types import Access

INTERRUPTED = 130
CONTEXT: dict[str, Any] = {"max_content_width": 100, "help_option_names": ["-h", "--help"]}


@click.group(cls=GermanGroup, context_settings=CONTEXT)
@click.version_option(program_version(), message="%(version)s", help="Zeigt die Version und endet.")
def cli() -> None:
    """Aktenkundig antwortet aus den eigenen Akten, jeder Satz mit Beleg.

    Daten liegen in AKTENKUNDIG_HOME, Gewichte in AKTENKUNDIG_WEIGHTS.
    """


@cli.command(cls=GermanCommand)
@click.argument("paths", metavar="PFAD…", nargs=-1, required=True, type=click.Path(path_type=Path))
@of_mandant
@as_json
def ingest(paths: tuple[Path, ...], mandant: str | None, json_: bool) -> None:
    """Liest Dateien und Ordner ein.

    Unveränderte Dateien werden übersprungen. Was nicht lesbar ist, kommt mit Begründung in
    Quarantäne und hält den Rest nicht auf.
    """
    from assistant.commands.ingest import ingest_with_progress, print_report

    with opened_parts(mandant) as parts:
        report = ingest_with_progress(parts, paths)
    if json_:
        output.print_json(report)
    else:
        print_report(report)
    if any(entry["code"] == "not_found" for entry in report["quarantined"]):
        raise click.exceptions.Exit(InputInvalid.exit_code)


@cli.command(cls=GermanCommand)
@click.argument("origin", metavar="URSPRUNG")
@click.option("--full", is_flag=True, help="Gleicht alles ab, nicht nur die Änderungen.")
@of_mandant
@as_json
def oparl(origin: str, full: bool, mandant: str | None, json_: bool) -> None:
    """Übernimmt Drucksachen und Sitzungsunterlagen über OParl 1.0 oder 1.1.

    URSPRUNG ist die Adresse des OParl-Systems oder einer Körperschaft. Verbindungen gibt es nur zu
    den Rechnern, die unter »oparl_hosts« zugelassen sind. Was dort gelöscht oder zurückgezogen ist,
    wird auch hier gelöscht. Ein abgebrochener Lauf geht beim nächsten Mal weiter.
    """
    from assistant.commands.oparl import import_with_progress, print_report

    settings = read_settings()
    with opened_parts(mandant, settings=settings) as parts:
        report = import_with_progress(parts, settings, origin, full=full)
    if json_:
        output.print_json(report)
    else:
        print_report(report)


@cli.command(cls=GermanCommand)
@click.argument(
    "folders", metavar="ORDNER…", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@of_mandant
@click.option(
    "--poll",
    "poll_s",
    metavar="SEKUNDEN",
    type=click.IntRange(1, 86_400),
    help="Sieht so oft nach, statt auf Meldungen des Systems zu warten (für Netzlaufwerke).",
)
@click.option(
    "--entfernen",
    "remove",
    is_flag=True,
    help="Löscht Dokumente, deren Datei verschwunden ist. Sonst wird das nur gemeldet.",
)
def watch(folders: tuple[Path, ...], mandant: str | None, poll_s: int | None, remove: bool) -> None:
    """Liest ein, was in Ordnern hinzukommt oder sich ändert, bis Strg+C.

    Dateien, die noch kopiert werden, warten. Was ohne Aufsicht geschah, wird beim nächsten Start
    nachgeholt.
    """
    from assistant.commands.watch import watch_folders

    with opened_parts(mandant) as parts:
        watch_folders(parts, folders, poll_s=poll_s, remove=remove)


cli.add_command(cli_ask.search)
cli.add_command(cli_ask.ask)
cli.add_command(replay)
cli.add_command(draft)
cli.add_command(entwurf)
cli.add_command(review)


@cli.command(cls=GermanCommand)
@click.argument("number", metavar="NUMMER")
@of_mandant
@as_json
def show(number: str, mandant: str | None, json_: bool) -> None:
    """Zeigt, was unter einer Drucksachennummer vorliegt."""
    with opened_parts(mandant) as parts:
        found = desk.show(parts, number, Access.operator(parts.mandant))
    if json_:
        output.print_json(found)
    else:
        output.print_show(found)


@cli.command(cls=GermanCommand)
@of_mandant
@as_json
def documents(mandant: str | None, json_: bool) -> None:
    """Listet alle eingelesenen Dokumente."""
    with opened_parts(mandant) as parts:
        found = desk.register(parts, Access.operator(parts.mandant))
    if json_:
        output.print_json(found)
    else:
        output.print_documents(found.documents)


cli.add_command(life.status)
cli.add_command(life.why)


@cli.command(cls=GermanCommand)
@as_json
def verify(json_: bool) -> None:
    """Vergleicht Datenbank, Stichworttafeln, Vektoren, Nachweis und abgelegte Entwürfe.

    Endet mit 1, wenn etwas nicht zusammenpasst.
    """
    from assistant.begruendung.erasing import left_words

    with opened_parts(None) as parts:
        left = left_words(parts.home, parts.store)
        differences = [*parts.store.verify(), *parts.audit.verify(), *left]
        unfinished = parts.store.unfinished()
    if json_:
        output.print_json(
            {"ok": not differences, "differences": differences, "unfinished": unfinished}
        )
    elif differences:
        for difference in differences:
            click.echo(difference)
    else:
        click.echo("Alles stimmt überein.")
    if not json_:
        for sentence_ in unfinished:
            click.echo(f"Hinweis: {sentence_}")
    if differences:
        raise click.exceptions.Exit(1)


cli.add_command(life.delete)


@cli.command(cls=GermanCommand)
@click.option(
    "--host",
    metavar="ADRESSE",
    default="127.0.0.1",
    show_default=True,
    help="Nur Adressen dieses Rechners selbst.",
)
@click.option(
    "--port",
    metavar="PORT",
    type=click.IntRange(1, 65535),
    help="Port (sonst der eingestellte, ab Werk 8000).",
)
@of_mandant
def serve(host: str, port: int | None, mandant: str | None) -> None:
    """Bedient Webseite und Schnittstelle auf diesem Rechner."""
    from assistant import serve as server

    settings = read_settings()
    listening = server.bind(host, port or settings.port)
    with opened_parts(mandant, need_generator=True, settings=settings) as parts:
        click.echo(f"Aktenkundig ist bereit: {server.url_of(listening)}")
        click.echo("Beenden mit Strg+C.", err=True)
        try:
            server.run(parts, listening)
        except KeyboardInterrupt:
            click.echo("Beendet.", err=True)


cli.add_command(jobs)
for command in life.FURTHER:
    cli.add_command(command)
cli.add_command(reindex)
cli.add_command(evaluate)
cli.add_command(rueckmeldungen)
cli.add_command(models)


def main() -> None:
    """Runs the command line; every expected error is one German sentence and an exit code."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        result = cli.main(prog_name="aktenkundig", standalone_mode=False)
        code = result if isinstance(result, int) else 0
    except click.Abort:
        click.echo("Abgebrochen.", err=True)
        code = INTERRUPTED
    except click.ClickException as error:
        code = _fail(sentence(error), "usage", InputInvalid.exit_code)
    except EXPECTED_ERRORS as error:
        code = _fail(str(error), error.code, error.exit_code)
    sys.exit(code)


def _fail(message: str, code: str, exit_code: int) -> int:
    click.echo(f"Fehler: {message}", err=True)
    if "--json" in sys.argv[1:]:
        output.print_json({"error": message, "code": code})
    return exit_code


if __name__ == "__main__":
    main()
