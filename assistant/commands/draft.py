"""`aktenkundig draft`: from an Auftrag to a draft whose every sentence says where it comes from."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.commands import output
from assistant.commands.german import GermanCommand
from assistant.commands.parts import as_json, of_mandant, opened_parts
from assistant.wire.entwurf import EntwurfWire, QuellenWire
from index.types import Access

PICK = 1
"""Exit code where nothing was drafted because sources have to be picked first."""


@click.command(cls=GermanCommand)
@click.argument("auftrag", metavar="AUFTRAG.toml", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "out",
    metavar="DATEI",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Schreibt den Entwurf dorthin, nach der Endung als .docx oder .pdf.",
)
@of_mandant
@as_json
def draft(auftrag: Path, out: Path | None, mandant: str | None, json_: bool) -> None:
    """Entwirft eine Vorlage aus einem Auftrag und gewählten Quellen.

    Felder des Auftrags: titel, stichpunkte, beschlussvorschlag, quellen, oeffentlich, bearbeitung.
    Jeder Satz ist belegt, eine Angabe der Bearbeitung oder ein Platzhalter; kein Sprachmodell
    schreibt mit. Ohne Quellen wird nichts entworfen: Es werden Drucksachen zur Auswahl gezeigt,
    und das Programm endet mit 1. Liegt im Datenverzeichnis vorlage-MANDANT.docx, wird sie gefüllt.
    """
    from assistant.draft_desk import order

    with opened_parts(mandant) as parts:
        done = order(parts, auftrag, Access.operator(parts.mandant), out=out)
    if json_:
        output.print_json(done.model_dump(mode="json"))
    elif done.entwurf is not None:
        _print_draft(done.entwurf, out)
    elif done.quellen is not None:
        _print_sources(done.quellen)
    if done.entwurf is None:
        raise click.exceptions.Exit(PICK)


def _print_draft(entwurf: EntwurfWire, out: Path | None) -> None:
    if out is None:
        click.secho(entwurf.titel, bold=True)
        for section in entwurf.abschnitte:
            click.echo("")
            click.secho(section.titel, bold=True)
            for absatz in section.absaetze:
                marks = "".join(f" [{n}]" for n in absatz.citations)
                click.echo(f"  {absatz.text}{marks}  ({absatz.herkunft})")
        click.echo("")
        click.secho("Belege", bold=True)
        for citation in entwurf.citations:
            quote = " ".join(citation.quote.split())
            click.echo(f"  [{citation.n}] {citation.fundstelle}: „{quote}“")
        click.echo("")
    else:
        click.echo(f"Geschrieben: {out}")
    stufe = "nichtöffentlich" if entwurf.schutz == "nichtoeffentlich" else "öffentlich"
    click.echo(f"Schutzstufe nach der strengsten Quelle: {stufe}. Ohne Sprachmodell entworfen.")
    click.echo(f"Offene Platzhalter: {len(entwurf.offen)}.")
    if entwurf.ersetzt:
        click.echo(f"Von der Prüfung durch Platzhalter ersetzte Absätze: {entwurf.ersetzt}.")


def _print_sources(sources: QuellenWire) -> None:
    if not sources.claims:
        click.echo(sources.text)
    for claim in sources.claims:
        marks = "".join(f" [{n}]" for n in claim.citations)
        click.echo(f"{claim.text}{marks}")
    for citation in sources.citations:
        click.echo(f"  [{citation.n}] {citation.fundstelle}")
