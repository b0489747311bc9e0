"""`aktenkundig draft`: from an Auftrag to a draft whose every sentence says where it comes from."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.commands import output
from assistant.commands.draft_output import print_draft
from assistant.commands.german import GermanCommand
from assistant.commands.parts import as_json, of_mandant, opened_parts
from assistant.errors import InputInvalid
from assistant.wire.entwurf import QuellenWire
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
@click.option("--als", "keep_as", metavar="NAME", help="Legt den Entwurf unter diesem Namen ab.")
@click.option(
    "--auf",
    "based_on",
    metavar="FASSUNG",
    type=click.IntRange(1, 99_999),
    help="Legt ihn als neue Fassung nach dieser ab; sie muss die letzte sein.",
)
@of_mandant
@as_json
def draft(
    auftrag: Path,
    out: Path | None,
    keep_as: str | None,
    based_on: int | None,
    mandant: str | None,
    json_: bool,
) -> None:
    """Entwirft eine Vorlage aus einem Auftrag und gewählten Quellen.

    Felder des Auftrags: titel, stichpunkte, beschlussvorschlag, quellen, oeffentlich, bearbeitung.
    Jeder Satz ist belegt, eine Angabe der Bearbeitung oder ein Platzhalter; kein Sprachmodell
    schreibt mit. Ohne Quellen wird nichts entworfen: Es werden Drucksachen zur Auswahl gezeigt,
    und das Programm endet mit 1. Liegt im Datenverzeichnis vorlage-MANDANT.docx, wird sie gefüllt.
    Was mit --als abgelegt ist, zeigt »aktenkundig entwurf«.
    """
    from assistant.draft_desk import order, order_in

    if based_on is not None and keep_as is None:
        raise InputInvalid("Zu --auf gehört --als mit dem Namen des abgelegten Entwurfs.")
    with opened_parts(mandant) as parts:
        done = order(
            parts,
            order_in(auftrag, parts.mandant),
            Access.operator(parts.mandant),
            out=out,
            keep_as=keep_as,
            based_on=based_on,
        )
    if json_:
        output.print_json(done.model_dump(mode="json"))
    elif done.entwurf is not None:
        if out is None:
            print_draft(done.entwurf)
        else:
            click.echo(f"Geschrieben: {out}")
            print_draft(done.entwurf, words=False)
        if done.name is not None:
            click.echo(f"Abgelegt: {done.name}, Fassung {done.fassung}.")
    elif done.quellen is not None:
        _print_sources(done.quellen)
    if done.entwurf is None:
        raise click.exceptions.Exit(PICK)


def _print_sources(sources: QuellenWire) -> None:
    if not sources.claims:
        click.echo(sources.text)
    for claim in sources.claims:
        marks = "".join(f" [{n}]" for n in claim.citations)
        click.echo(f"{claim.text}{marks}")
    for citation in sources.citations:
        click.echo(f"  [{citation.n}] {citation.fundstelle}")
