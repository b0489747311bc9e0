"""`aktenkundig rueckmeldungen`: what people said of sentences, counted, as questions, deleted."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.commands.german import GermanCommand, confirm
from assistant.commands.output import print_json
from assistant.commands.parts import as_json, of_mandant, opened_parts
from assistant.errors import InputInvalid
from assistant.feedback import FeedbackBook
from index.types import Access


@click.command(cls=GermanCommand, name="rueckmeldungen")
@click.option(
    "--fragen",
    metavar="DATEI",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Schreibt die mitgegebenen Fragen als Fragensatz für »aktenkundig evaluate«.",
)
@click.option("--loeschen", is_flag=True, help="Löscht alle Rückmeldungen, nach Rückfrage.")
@of_mandant
@as_json
def rueckmeldungen(fragen: Path | None, loeschen: bool, mandant: str | None, json_: bool) -> None:
    """Zählt die Rückmeldungen zu einzelnen Sätzen, nach Art der Frage."""
    from assistant.measuring.feedback_questions import counted
    from assistant.upkeep.feedback_care import readable, write_questions

    if loeschen and json_:
        raise InputInvalid("Mit --json wird nicht zurückgefragt; bitte ohne --json löschen.")
    with opened_parts(mandant) as parts:
        book = FeedbackBook(parts.home)
        entries = book.of(parts.mandant)
        if fragen is not None:
            seen = readable(parts.store, Access.operator(parts.mandant), entries)
            write_questions(seen, fragen)
        counts = counted(entries)
        if json_:
            print_json({"rueckmeldungen": len(entries), "nach_art": counts})
            return
        click.echo(f"Rückmeldungen: {len(entries)}")
        for kind, said in counts.items():
            told = ", ".join(f"{grund.value} {n}" for grund, n in said.items() if n)
            click.echo(f"  {kind}: {told}")
        if loeschen and entries and confirm(f"{len(entries)} Rückmeldungen wirklich löschen?"):
            gone = book.forget(lambda entry: entry.mandant == parts.mandant)
            click.echo(f"Gelöscht: {gone}")
