"""The commands of a document's life: status, why, delete, depublish, deletions, backup."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from assistant.audit import OPERATOR, AuditEntry
from assistant.commands import life_output as output
from assistant.commands.german import GermanCommand, confirm
from assistant.commands.output import print_json
from assistant.commands.parts import as_json, of_mandant, opened_parts
from assistant.errors import InputInvalid
from assistant.records.register import find_document
from assistant.settings import read_settings
from assistant.stock.bestand import survey
from assistant.stock.warum import explain
from assistant.upkeep.draft_care import drafts_quoting
from assistant.upkeep.paper_life import erase_paper, find_any, hide, lift, show_again
from assistant.wire.life import bestand_wire, deletion_wire, depublished_wire, why_wire
from assistant.wire.papers import document_wire
from index.types import Access

of_reason = click.option(
    "--grund",
    default="",
    metavar="TEXT",
    help="Warum, ohne Namen und Inhalte: Der Grund bleibt stehen.",
)


@click.command(cls=GermanCommand)
@of_mandant
@as_json
def status(mandant: str | None, json_: bool) -> None:
    """Zeigt Zähler, Zustände, Fehlgeschlagenes und Lücken."""
    from assistant.upkeep.reindexing import hints

    with opened_parts(mandant) as parts:
        access = Access.operator(parts.mandant)
        shown = bestand_wire(
            parts.store.status(access),
            parts.mandant,
            survey(parts.store, access, date.today()),
            hints(parts),
        )
    if json_:
        print_json(shown)
    else:
        output.print_bestand(shown)


@click.command(cls=GermanCommand)
@click.argument("number", metavar="NUMMER")
@of_mandant
@as_json
def why(number: str, mandant: str | None, json_: bool) -> None:
    """Sagt, warum unter einer Nummer etwas nicht gefunden wird."""
    with opened_parts(mandant) as parts:
        shown = why_wire(explain(parts.store, Access.operator(parts.mandant), number))
    if json_:
        print_json(shown)
    else:
        output.print_why(shown)


@click.command(cls=GermanCommand)
@click.argument("document_id", metavar="KENNUNG")
@click.option("--ja", is_flag=True, help="Löscht ohne Rückfrage.")
@click.option(
    "--quelle",
    metavar="PFAD",
    help="Vergisst nur diese Datei; das Dokument bleibt, solange eine andere es trägt.",
)
@of_reason
@of_mandant
@as_json
def delete(
    document_id: str, ja: bool, quelle: str | None, grund: str, mandant: str | None, json_: bool
) -> None:
    """Löscht ein Dokument mit Textstellen und Vektoren und stellt den Nachweis aus."""
    with opened_parts(mandant) as parts:
        access = Access.operator(parts.mandant)
        document = find_any(parts, access, document_id)
        shown = document_wire(document)
        what = quelle or f"»{shown.title}« ({shown.source}, {shown.passages} Textstellen)"
        if json_ and not ja:
            raise InputInvalid("Mit --json wird nicht zurückgefragt; geben Sie --ja an.")
        quoting = drafts_quoting(parts.home, parts.mandant, document.id)
        if quoting and not ja:
            names = ", ".join(quoting)
            click.echo(f"Entwürfe zitieren daraus und verlieren die Zitate: {names}", err=True)
        if not ja and not confirm(f"{what} wirklich löschen?"):
            click.echo("Nichts gelöscht.")
            return
        erased = erase_paper(parts, access, document, reason=grund, source=quelle)
        new, quoting = erased.certificates, erased.drafts
    if json_:
        result: dict[str, object] = {
            "deleted": erased.done,
            "document_id": shown.document_id,
            "source": quelle or shown.source,
            "nachweise": [deletion_wire(item).model_dump() for item in new],
            "entwuerfe": list(quoting),
        }
        print_json(result)
        return
    click.echo(f"Gelöscht: {what}" if new else f"Quelle vergessen, Dokument bleibt: {what}")
    for item in new:
        output.print_certificate(deletion_wire(item))
    if quoting:
        click.echo(f"Aus abgelegten Entwürfen entfernt: {', '.join(quoting)}")


@click.command(cls=GermanCommand)
@click.argument("document_id", metavar="KENNUNG")
@of_reason
@of_mandant
@as_json
def depublish(document_id: str, grund: str, mandant: str | None, json_: bool) -> None:
    """Verbirgt ein Dokument vor allen, ohne es zu löschen."""
    if not grund.strip():
        raise InputInvalid("Bitte nennen Sie mit --grund, warum das Dokument verborgen wird.")
    with opened_parts(mandant) as parts:
        access = Access.operator(parts.mandant)
        document = find_document(parts.store, access, document_id)
        shown = depublished_wire(hide(parts, access, document, grund))
    if json_:
        print_json(shown)
    else:
        click.echo(f"Verborgen: »{shown.title}« ({shown.source}). Zurück: aktenkundig republish")


@click.command(cls=GermanCommand)
@click.argument("document_id", metavar="KENNUNG")
@of_mandant
@as_json
def republish(document_id: str, mandant: str | None, json_: bool) -> None:
    """Zeigt ein verborgenes Dokument wieder."""
    with opened_parts(mandant) as parts:
        access = Access.operator(parts.mandant)
        document = find_any(parts, access, document_id)
        show_again(parts, access, document)
    if json_:
        print_json({"republished": True, "document_id": document.id})
    else:
        click.echo(f"Wieder sichtbar: »{document.title}« ({document.source}).")


@click.command(cls=GermanCommand)
@click.option(
    "--aufheben", metavar="NACHWEIS", help="Lässt die gelöschte Datei beim Einlesen wieder zu."
)
@of_mandant
@as_json
def deletions(aufheben: str | None, mandant: str | None, json_: bool) -> None:
    """Listet die Nachweise der Löschungen."""
    with opened_parts(mandant) as parts:
        access = Access.operator(parts.mandant)
        if aufheben is not None:
            lift(parts, access, aufheben)
        shown = [deletion_wire(item) for item in parts.store.deletions(access)]
    if json_:
        print_json({"deletions": [item.model_dump() for item in shown]})
    else:
        for item in shown:
            output.print_certificate(item)
        click.echo(f"{len(shown)} Löschung{'' if len(shown) == 1 else 'en'}.")


@click.command(cls=GermanCommand)
@click.argument("folder", metavar="ORDNER", type=click.Path(path_type=Path))
@as_json
def backup(folder: Path, json_: bool) -> None:
    """Sichert Datenbank, Aufträge, Hochgeladenes, Entwürfe, Nachweis und Löschlisten.

    Der Ordner muss neu oder leer sein.
    """
    from assistant.upkeep.backup import back_up
    from index.sqlite_store import SqliteStore

    settings = read_settings()
    with opened_parts(None, settings=settings) as parts:
        assert isinstance(parts.store, SqliteStore)
        made = back_up(parts.store, settings.home, folder)
        parts.audit.append(AuditEntry("sichern", OPERATOR, parts.mandant))
    size = sum(size for size, _ in made.files.values())
    if json_:
        print_json({"folder": str(folder), "at": made.at, "bytes": size, "files": list(made.files)})
    else:
        click.echo(f"Gesichert: {folder} ({len(made.files)} Dateien, {size // 1024} KiB)")


@click.command(cls=GermanCommand)
@click.argument("folder", metavar="ORDNER", type=click.Path(path_type=Path))
@click.option(
    "--loeschliste",
    metavar="DATEI",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Eine neuere Löschliste, wo der bisherige Bestand verloren ist; die der Entwürfe daneben "
    "gilt mit.",
)
@click.option("--ja", is_flag=True, help="Spielt ohne Rückfrage ein.")
@as_json
def restore(folder: Path, loeschliste: Path | None, ja: bool, json_: bool) -> None:
    """Spielt eine Sicherung ein; was seither gelöscht wurde, bleibt gelöscht."""
    from assistant.audit import AuditLog
    from assistant.upkeep import backup as backups

    settings = read_settings()
    if json_ and not ja:
        raise InputInvalid("Mit --json wird nicht zurückgefragt; geben Sie --ja an.")
    if not ja and not confirm(f"Den Bestand in {settings.home} durch {folder} ersetzen?"):
        click.echo("Nichts geändert.")
        return
    done = backups.restore(folder, settings.home, loeschliste)
    AuditLog(settings.home).append(AuditEntry("wiederherstellen", OPERATOR, settings.mandant))
    if json_:
        counts = {"documents": done.documents, "erased_again": done.erased_again}
        print_json({"at": done.backup.at, **counts})
    else:
        click.echo(
            f"Eingespielt: Sicherung vom {done.backup.at}, {done.documents} Dokumente; "
            f"nach der Löschliste wieder gelöscht: {done.erased_again}."
        )


FURTHER = (depublish, republish, deletions, backup, restore)
