"""`aktenkundig replay`: whether a question that was asked still gets the same answer."""

from __future__ import annotations

from pathlib import Path

import click
from pydantic import ValidationError

from assistant import desk
from assistant.commands import output
from assistant.commands.german import GermanCommand
from assistant.commands.parts import as_json, opened_parts
from assistant.errors import InputInvalid
from assistant.replaying import Replay
from assistant.wire.protokoll import ProtokollWire, ReplayWire
from index.types import Access

DIFFERENT = 1
LARGEST_BYTES = 20_000_000


@click.command(cls=GermanCommand)
@click.argument("protokoll", metavar="PROTOKOLL")
@as_json
def replay(protokoll: str, json_: bool) -> None:
    """Stellt die Frage eines Protokolls noch einmal und vergleicht Byte für Byte.

    PROTOKOLL ist, was »ask --protokoll« geschrieben hat. Endet mit 1, wenn die Antwort eine andere
    ist, und sagt, was anders ist, was sich seither geändert hat und welche Belege fehlen.
    """
    kept = read_protokoll(Path(protokoll))
    with opened_parts(kept.mandant, need_generator=kept.use_generator) as parts:
        replayed = desk.ask_again(parts, kept, Access.operator(parts.mandant))
    if json_:
        output.print_json(
            ReplayWire(
                same=replayed.same,
                differences=list(replayed.differences),
                causes=list(replayed.causes),
                lost=list(replayed.lost),
                answer=replayed.answer,
            )
        )
    else:
        _print(replayed)
    if not replayed.same:
        raise click.exceptions.Exit(DIFFERENT)


def read_protokoll(path: Path) -> ProtokollWire:
    """The Protokoll in a file.

    Raises:
        InputInvalid: there is none that can be read.
    """
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise InputInvalid(f"»{path}« ist zu groß für ein Protokoll.")
        return ProtokollWire.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InputInvalid(f"»{path}« lässt sich nicht lesen: {error.strerror}.") from error
    except ValidationError as error:
        raise InputInvalid(f"»{path}« ist kein Protokoll von »ask --protokoll«.") from error


def _print(replayed: Replay) -> None:
    if replayed.same:
        click.echo("Dieselbe Antwort, Byte für Byte.")
    else:
        click.echo(f"Die Antwort ist eine andere; anders: {', '.join(replayed.differences)}.")
    for cause in replayed.causes:
        click.echo(f"Geändert seither: {cause}.")
    for place in replayed.lost:
        click.echo(f"Der Beleg steht dort nicht mehr: {place}.")
    if not replayed.same:
        click.echo("")
        output.print_answer(replayed.answer)
