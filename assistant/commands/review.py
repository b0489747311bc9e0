"""`aktenkundig review`: what is wrong in a draft, where, why, and by what evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands import output
from assistant.commands.german import GermanCommand
from assistant.commands.parts import as_json, of_mandant, opened_parts
from assistant.errors import InputInvalid
from assistant.hausregeln import read_hausregeln
from index.types import Access

if TYPE_CHECKING:
    from assistant.review.reviewing import Review
    from assistant.wire.review import FindingWire, ReviewWire

LONGEST_QUOTE = 160
_COLOURS = {"Fehler": "red", "Warnung": "yellow", "Hinweis": None}
_MANY = {"Fehler": "Fehler", "Warnung": "Warnungen", "Hinweis": "Hinweise"}


@click.command(cls=GermanCommand)
@click.argument("file", metavar="DATEI", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "commented",
    metavar="DOCX",
    type=click.Path(path_type=Path),
    help="Schreibt eine Kopie des Entwurfs mit einem Word-Kommentar je Befund.",
)
@click.option(
    "--nichtoeffentlich",
    "closed",
    is_flag=True,
    help="Der Entwurf soll nichtöffentlich bleiben; sonst gilt er als öffentlich.",
)
@of_mandant
@as_json
def review(
    file: Path, commented: Path | None, closed: bool, mandant: str | None, json_: bool
) -> None:
    """Prüft einen Entwurf: Abschnitte, Platzhalter, Zuständigkeit und mehr.

    DATEI ist ein Entwurf als DOCX, PDF, ODT, DOC, RTF, HTML, Markdown oder TXT; er wird nicht
    gespeichert. Befunde sind kein Fehlschlag des Befehls.
    """
    from assistant.review.comments import refuse_other_than_docx
    from assistant.review.reading import read_draft
    from assistant.review.reviewing import review as review_draft
    from assistant.review.types import Reviewed
    from assistant.wire.review import review_wire

    if commented is not None and (commented.exists() or commented.is_symlink()):
        raise InputInvalid(f"Die Datei »{commented}« gibt es schon; sie bleibt unverändert.")
    with opened_parts(mandant) as parts:
        rules = read_hausregeln(parts.home, parts.mandant)
        document = read_draft(file, parts.mandant)
        if commented is not None:
            refuse_other_than_docx(document)
        access = Access.operator(parts.mandant)
        reviewed = Reviewed(document, parts.store, access, rules, public=not closed)
        found = review_draft(reviewed, parts.audit)
    if commented is not None:
        _write(file, commented, found)
    if json_:
        output.print_json(review_wire(found))
    else:
        _print(review_wire(found))


def _write(file: Path, commented: Path, found: Review) -> None:
    from assistant.review.comments import with_comments

    try:
        content = with_comments(file.read_bytes(), found)
        with commented.open("xb") as target:
            target.write(content)
    except FileExistsError as error:
        raise InputInvalid(
            f"Die Datei »{commented}« gibt es schon; sie bleibt unverändert."
        ) from error
    except OSError as error:
        why = error.strerror
        raise InputInvalid(f"»{commented}« lässt sich nicht schreiben: {why}.") from error


def _print(found: ReviewWire) -> None:
    click.secho(found.title, bold=True)
    for warning in found.warnings:
        click.echo(f"  Hinweis: {warning}")
    for number, finding in enumerate(found.findings, start=1):
        click.echo()
        _print_finding(number, finding)
    click.echo()
    click.echo(_summary(found))


def _print_finding(number: int, finding: FindingWire) -> None:
    severity = click.style(finding.severity, fg=_COLOURS[finding.severity], bold=True)
    click.echo(f"{number:>3}. {severity} · {finding.place}")
    if finding.quote:
        click.echo(f"     | {_shortened(finding.quote)}")
    click.echo(f"     {finding.reason}")
    for citation in finding.citations:
        click.echo(f"     [{citation.n}] {citation.fundstelle}")
        for line in citation.quote.splitlines():
            click.echo(f"         | {line}")
    if finding.suggestion:
        click.echo(f"     Vorschlag: {_shortened(finding.suggestion)}")


def _summary(found: ReviewWire) -> str:
    if not found.findings:
        return "Keine Befunde."
    counts = [
        f"{count} {severity if count == 1 else _MANY[severity]}"
        for severity, count in found.counts.items()
    ]
    return f"{', '.join(counts)}."


def _shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_QUOTE else line[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
