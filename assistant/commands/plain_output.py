"""What the command line prints of an answer in Einfache Sprache."""

from __future__ import annotations

import click

from assistant.wire.plain import PlainClaimWire, PlainWire

NOTHING = "Diese Antwort hat keine Sätze, die sich vereinfachen ließen."


def print_plain(plain: PlainWire) -> None:
    """The rendering with its mark, sentence by sentence, and the words it explains."""
    click.echo()
    click.secho(f"In Einfacher Sprache ({plain.mark})", bold=True)
    if not plain.claims:
        click.echo(f"  {NOTHING}")
        return
    for claim in plain.claims:
        _print_claim(claim)
    if plain.terms:
        click.echo()
        click.secho("Wörter", bold=True)
    for term in plain.terms:
        click.echo(f"  {term.name}: {term.text}")
    click.echo()
    click.echo(plain.how)


def _print_claim(claim: PlainClaimWire) -> None:
    marks = "".join(f" [{n}]" for n in claim.citations)
    said = [*claim.lead, *claim.lines]
    for number, line in enumerate(said):
        indent = "    " if claim.lead and number >= len(claim.lead) else "  "
        click.echo(f"{indent}{line}{marks}")
    if claim.note:
        click.echo(f"      ! {claim.note}")
