"""`aktenkundig entwurf`: kept drafts, their versions, Mitzeichnung and export."""

from __future__ import annotations

from pathlib import Path

import click
from pydantic import ValidationError

from assistant import draft_changes as changes
from assistant import draft_export as exporting
from assistant import draft_rework as reworking
from assistant import draft_shelf as desk
from assistant.commands import draft_output
from assistant.commands.german import GermanCommand, GermanGroup, confirm
from assistant.commands.output import print_json
from assistant.commands.parts import as_json, of_mandant, opened_parts
from assistant.errors import InputInvalid
from assistant.wire.kept import GeloeschtWire, UmarbeitungBody, ZeichnungBody
from assistant.wiring import Parts
from index.types import Access, Schutzstufe

NUMBER = click.IntRange(1, 99_999)
SIGNS = ("mitgezeichnet", "mit Auflagen mitgezeichnet", "nicht mitgezeichnet")
of_name = click.argument("name", metavar="NAME")
of_number = click.option(
    "--fassung", "number", metavar="N", type=NUMBER, help="Diese Fassung statt der letzten."
)
based = click.option(
    "--auf",
    "based_on",
    metavar="N",
    type=NUMBER,
    help="Die Fassung, auf die Sie sich beziehen; gibt es eine neuere, geschieht nichts.",
)
by = click.option("--von", "author", metavar="NAME", default="", help="Wer das tut.")


@click.group(cls=GermanGroup, invoke_without_command=True)
@click.pass_context
def entwurf(context: click.Context) -> None:
    """Arbeitet mit abgelegten Entwürfen: Fassungen, Vergleich, Mitzeichnung, Ausgabe.

    Abgelegt wird mit »aktenkundig draft AUFTRAG.toml --als NAME«.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@entwurf.command("list", cls=GermanCommand)
@of_mandant
@as_json
def list_(mandant: str | None, json_: bool) -> None:
    """Listet die abgelegten Entwürfe."""
    with opened_parts(mandant) as parts:
        found = desk.overview(parts, _access(parts))
    if json_:
        print_json(found)
        return
    for short in found.entwuerfe:
        click.echo(draft_output.short_line(short))
    for name in found.unlesbar:
        click.echo(f"{name}  beschädigt, die letzte Fassung lässt sich nicht lesen")
    if not found.entwuerfe and not found.unlesbar:
        click.echo("Es ist kein Entwurf abgelegt.")


@entwurf.command(cls=GermanCommand)
@of_name
@of_number
@of_mandant
@as_json
def show(name: str, number: int | None, mandant: str | None, json_: bool) -> None:
    """Zeigt einen Entwurf mit Belegen, Hinweisen und Mitzeichnung."""
    with opened_parts(mandant) as parts:
        kept = desk.show(parts, _access(parts), name, number)
    if json_:
        print_json(kept.model_dump(mode="json"))
    else:
        draft_output.print_kept(kept)


@entwurf.command(cls=GermanCommand)
@of_name
@of_mandant
@as_json
def versions(name: str, mandant: str | None, json_: bool) -> None:
    """Listet die Fassungen eines Entwurfs."""
    with opened_parts(mandant) as parts:
        found = desk.history(parts, _access(parts), name)
    if json_:
        print_json(found)
        return
    for version in found.fassungen:
        click.echo(draft_output.version_line(version))


@entwurf.command(cls=GermanCommand)
@of_name
@click.argument("before", metavar="[VON", type=NUMBER, required=False)
@click.argument("after", metavar="NACH]", type=NUMBER, required=False)
@of_mandant
@as_json
def compare(
    name: str, before: int | None, after: int | None, mandant: str | None, json_: bool
) -> None:
    """Vergleicht zwei Fassungen, ohne Angabe die letzten beiden."""
    with opened_parts(mandant) as parts:
        found = desk.comparison(parts, _access(parts), name, before, after)
    if json_:
        print_json(found)
    else:
        draft_output.print_comparison(found)


@entwurf.command(cls=GermanCommand)
@of_name
@based
@by
@of_mandant
@as_json
def undo(name: str, based_on: int | None, author: str, mandant: str | None, json_: bool) -> None:
    """Geht um eine Fassung zurück; auch das wird eine Fassung, verloren geht nichts."""
    with opened_parts(mandant) as parts:
        access = _access(parts)
        version = changes.undo(parts, access, name, _base(parts, name, based_on), author=author)
    if json_:
        print_json(version)
    else:
        click.echo(draft_output.version_line(version))


@entwurf.command(cls=GermanCommand)
@of_name
@click.option(
    "--art",
    required=True,
    type=click.Choice(tuple(reworking.REWRITINGS)),
    metavar="WIE",
    help=", ".join(reworking.REWRITINGS),
)
@click.option("--abschnitt", metavar="SCHLÜSSEL", help="Nur diesen Abschnitt, etwa »anlass«.")
@click.option("--absatz", metavar="N", type=NUMBER, help="Nur diesen Absatz des Abschnitts.")
@click.option("--sprachmodell", is_flag=True, help="Lässt das Sprachmodell vorschlagen.")
@based
@by
@of_mandant
@as_json
def rewrite(
    name: str,
    art: str,
    abschnitt: str | None,
    absatz: int | None,
    sprachmodell: bool,
    based_on: int | None,
    author: str,
    mandant: str | None,
    json_: bool,
) -> None:
    """Arbeitet einen Entwurf um: kürzer, klarer, einfacher, in Stichpunkten, mit Präzedenzfall.

    Jeder Absatz wird an denselben Belegen geprüft; verlöre er etwas, bleibt er, wie er ist. Das
    Ergebnis wird eine neue Fassung und als Vergleich gezeigt; »undo« nimmt es zurück.
    """
    with opened_parts(mandant, need_generator=sprachmodell) as parts:
        body = UmarbeitungBody.model_validate(
            {
                "fassung": _base(parts, name, based_on),
                "art": art,
                "abschnitt": abschnitt,
                "absatz": absatz,
                "name": author,
                "generator": sprachmodell,
            }
        )
        done = reworking.rework(parts, _access(parts), name, body)
    if json_:
        print_json(done.model_dump(mode="json"))
    else:
        draft_output.print_reworked(done)


@entwurf.command(cls=GermanCommand)
@of_name
@click.option("--stelle", metavar="STELLE", required=True, help="Welche Stelle mitzeichnet.")
@click.option("--von", "who", metavar="NAME", required=True, help="Wer für sie zeichnet.")
@click.option(
    "--zeichen", type=click.Choice(SIGNS), default=SIGNS[0], metavar="WIE", help=", ".join(SIGNS)
)
@click.option("--vermerk", default="", metavar="TEXT", help="Auflagen oder Gründe.")
@based
@of_mandant
@as_json
def sign(
    name: str,
    stelle: str,
    who: str,
    zeichen: str,
    vermerk: str,
    based_on: int | None,
    mandant: str | None,
    json_: bool,
) -> None:
    """Zeichnet die letzte Fassung mit und zeigt den Stand aller Stellen."""
    with opened_parts(mandant) as parts:
        fields = {"stelle": stelle, "name": who, "zeichen": zeichen, "vermerk": vermerk}
        try:
            body = ZeichnungBody.model_validate({**fields, "fassung": _base(parts, name, based_on)})
        except ValidationError as error:
            raise InputInvalid(
                "Stelle und Name dürfen nicht leer sein und wie der Vermerk nicht zu lang."
            ) from error
        standing = changes.sign(parts, _access(parts), name, body)
    if json_:
        print_json(standing)
    else:
        draft_output.print_signatures(standing)


@entwurf.command(cls=GermanCommand)
@of_name
@click.option(
    "-o",
    "out",
    metavar="DATEI",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Wohin; die Datei darf es noch nicht geben.",
)
@of_number
@click.option("--nichtoeffentlich", "closed", is_flag=True, help="Als nichtöffentlichen Entwurf.")
@click.option("--oeffentlich", "public", is_flag=True, help="Als öffentlichen Entwurf.")
@of_mandant
@as_json
def export(
    name: str,
    out: Path,
    number: int | None,
    closed: bool,
    public: bool,
    mandant: str | None,
    json_: bool,
) -> None:
    """Schreibt eine Fassung als DOCX oder, nach der Endung, als PDF.

    Öffentlich wird sie nur ausgegeben, wenn alle ihre Quellen es jetzt sind.
    """
    if closed and public:
        raise InputInvalid("Bitte entweder --oeffentlich oder --nichtoeffentlich angeben.")
    schutz = Schutzstufe.NICHTOEFFENTLICH if closed else None
    with opened_parts(mandant) as parts:
        exporting.write_version(
            parts,
            _access(parts),
            name,
            out,
            number,
            schutz=Schutzstufe.OEFFENTLICH if public else schutz,
        )
    if json_:
        print_json({"name": name, "file": str(out), "bytes": out.stat().st_size})
    else:
        click.echo(f"Geschrieben: {out}")


@entwurf.command(cls=GermanCommand)
@of_name
@based
@click.option("--ja", is_flag=True, help="Löscht ohne Rückfrage.")
@of_mandant
@as_json
def delete(name: str, based_on: int | None, ja: bool, mandant: str | None, json_: bool) -> None:
    """Löscht einen Entwurf mit allen Fassungen und Mitzeichnungen."""
    if json_ and not ja:
        raise InputInvalid("Mit --json wird nicht zurückgefragt; geben Sie --ja an.")
    with opened_parts(mandant) as parts:
        base = _base(parts, name, based_on)
        if not ja and not confirm(f"Den Entwurf »{name}« mit allen Fassungen wirklich löschen?"):
            click.echo("Nichts gelöscht.")
            return
        count = changes.remove(parts, _access(parts), name, base)
    if json_:
        print_json(GeloeschtWire(deleted=True, name=name, fassungen=count))
    else:
        click.echo(f"Gelöscht: {name} ({count} Fassung{'' if count == 1 else 'en'}).")


def _access(parts: Parts) -> Access:
    return Access.operator(parts.mandant)


def _base(parts: Parts, name: str, based_on: int | None) -> int:
    """The version that was read; the last one where the caller does not say."""
    return based_on or desk.shelf_of(parts).numbers(name)[-1]
