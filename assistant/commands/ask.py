"""`aktenkundig search` and `aktenkundig ask`: one question, or one a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import click

from assistant import desk
from assistant.commands import output
from assistant.commands.german import GermanCommand
from assistant.commands.parts import EXPECTED_ERRORS, as_json, of_mandant, opened_parts
from assistant.commands.plain_output import print_plain
from assistant.errors import InputInvalid
from assistant.export import as_csv
from assistant.types import Answer
from assistant.wire.answers import stamped_answer_wire
from assistant.wire.plain import PlainWire, plain_wire
from assistant.wiring import Parts
from index.types import Access

from_batch = click.option(
    "--batch",
    metavar="DATEI",
    type=click.Path(dir_okay=False, allow_dash=True),
    help='Liest je Zeile {"id", "text"} und gibt je Zeile ein JSON-Objekt aus; »-« liest die '
    "Standardeingabe.",
)


@click.command(cls=GermanCommand)
@click.argument("text", metavar="[TEXT]", required=False)
@click.option(
    "-k",
    "k",
    type=click.IntRange(1, desk.MOST_HITS),
    default=10,
    metavar="ANZAHL",
    show_default=True,
    help="So viele Treffer höchstens.",
)
@from_batch
@of_mandant
@as_json
def search(text: str | None, k: int, batch: str | None, mandant: str | None, json_: bool) -> None:
    """Sucht Textstellen nach Wortlaut und Bedeutung."""
    _text_or_batch(text, batch)
    with opened_parts(mandant) as parts:
        access = Access.operator(parts.mandant)
        if batch is not None:
            _run_batch(batch, lambda line: desk.find(parts, line, access, k).model_dump())
            return
        found = desk.find(parts, text or "", access, k)
        if json_:
            output.print_json(found)
        else:
            output.print_hits(found.hits)


@click.command(cls=GermanCommand)
@click.argument("text", metavar="[FRAGE]", required=False)
@click.option("--no-generator", is_flag=True, help="Zeigt nur Belege, ohne Sätze zu bilden.")
@click.option(
    "--einfach",
    is_flag=True,
    help="Sagt die Antwort dazu in Einfacher Sprache: maschinell, ungeprüft.",
)
@click.option(
    "--mit-modell",
    "with_model",
    is_flag=True,
    help="Mit --einfach: Das Sprachmodell versucht sich an langen Sätzen.",
)
@click.option("--export", metavar="DATEI", help="Schreibt Liste oder Tabelle als CSV-Datei.")
@click.option(
    "--protokoll", metavar="DATEI", help="Schreibt Frage, Stand und Antwort für »replay« dorthin."
)
@from_batch
@of_mandant
@as_json
def ask(
    text: str | None,
    no_generator: bool,
    einfach: bool,
    with_model: bool,
    export: str | None,
    protokoll: str | None,
    batch: str | None,
    mandant: str | None,
    json_: bool,
) -> None:
    """Beantwortet eine Frage; jeder Satz nennt seinen Beleg."""
    _text_or_batch(text, batch)
    if batch is not None and protokoll is not None:
        raise InputInvalid(
            "--protokoll geht nicht mit --batch: Ein Protokoll hält eine Frage fest."
        )
    if with_model and (no_generator or not einfach):
        raise InputInvalid("--mit-modell geht nur mit --einfach und nicht mit --no-generator.")
    with opened_parts(mandant, need_generator=not no_generator) as parts:
        access = Access.operator(parts.mandant)
        use_generator = parts.generator is not None

        def answer(question: str) -> dict[str, Any]:
            return as_object(desk.ask(parts, question, access, use_generator=use_generator))

        def plain_of(found: Answer) -> PlainWire | None:
            if not einfach:
                return None
            said = desk.say_plainly(parts, found.claims, found.kind, use_generator=with_model)
            return plain_wire(said)

        def as_object(found: Answer) -> dict[str, Any]:
            answer = _issue_keys(stamped_answer_wire(found).model_dump())
            plain = plain_of(found)
            return {**answer, "plain": plain.model_dump()} if plain else answer

        if batch is not None:
            _run_batch(batch, answer)
            return
        heard = None if json_ else _report_progress
        found = desk.ask(parts, text or "", access, use_generator=use_generator, on_event=heard)
        if export is not None:
            _write_csv(found, export)
        if protokoll is not None:
            _write_protokoll(parts, text or "", found, protokoll, use_generator=use_generator)
        if json_:
            output.print_json(as_object(found))
        else:
            output.print_answer(stamped_answer_wire(found))
            if plain := plain_of(found):
                print_plain(plain)


def _issue_keys(answer: dict[str, Any]) -> dict[str, Any]:
    """The keys of the command line's contract; stamp, reference and seal are HTTP's."""
    of_http = ("stand", "reference", "seal")
    return {name: value for name, value in answer.items() if name not in of_http}


def _write_csv(answer: Answer, path: str) -> None:
    """Writes the list that was asked for; refuses where none was, or the file is there."""
    if answer.table is None:
        raise InputInvalid(
            "Zu dieser Frage gibt es keine Liste oder Tabelle, die als CSV geschrieben würde."
        )
    _write_new(path, as_csv(answer.table))


def _write_protokoll(
    parts: Parts, question: str, answer: Answer, path: str, *, use_generator: bool
) -> None:
    from assistant.replaying import protokoll_of

    protokoll = protokoll_of(
        desk.checked(question),
        answer,
        Access.operator(parts.mandant),
        mandant=parts.mandant,
        before=None,
        use_generator=use_generator,
    )
    _write_new(path, protokoll.model_dump_json(indent=1).encode() + b"\n")


def _write_new(path: str, content: bytes) -> None:
    try:
        with Path(path).open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise InputInvalid(f"Die Datei »{path}« gibt es schon; sie bleibt unverändert.") from error
    except OSError as error:
        raise InputInvalid(f"»{path}« lässt sich nicht schreiben: {error.strerror}.") from error


def _text_or_batch(text: str | None, batch: str | None) -> None:
    if (text is None) == (batch is None):
        raise InputInvalid("Bitte geben Sie entweder einen Text oder --batch DATEI an.")


def _report_progress(event: str, payload: object) -> None:
    """Tells a person at a terminal that the answer is on its way."""
    if event == "evidence" and sys.stderr.isatty():
        count = len(cast("tuple[object, ...]", payload))
        click.echo(f"{count} Fundstellen gefunden; die Antwort wird gebildet …", err=True)


def _run_batch(batch: str, work: Callable[[str], dict[str, Any]]) -> None:
    """One output object for each input line, at once; a bad line gives an object with "error"."""
    try:
        lines = click.open_file(batch, encoding="utf-8")
    except OSError:
        raise InputInvalid(f"Die Datei »{batch}« lässt sich nicht öffnen.") from None
    with lines as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                output.print_json(_batch_line(line, number, work))


def _batch_line(line: str, number: int, work: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    ident: object = None
    try:
        entry = json.loads(line)
        if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
            raise ValueError
        ident = entry.get("id")
        return {"id": ident, **work(entry["text"])}
    except ValueError:
        message = f'Zeile {number} ist kein JSON-Objekt der Form {{"id", "text"}}.'
        return {"id": ident, "error": message, "code": "line_invalid"}
    except EXPECTED_ERRORS as error:
        return {"id": ident, "error": str(error), "code": error.code}
