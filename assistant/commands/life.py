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
from assistant.errors import InputInvalid, NotFound
from assistant.records.register import SHORTEST_ID, find_document
from assistant.settings import read_settings
from assistant.stock.bestand import survey
from assistant.stock.warum import explain
from assistant.upkeep.draft_care import cut_out, drafts_quoting
from assistant.upkeep.originals import erase
from assistant.wire.life import bestand_wire, deletion_wire, depublished_wire, why_wire
from assistant.wire.papers import document_wire
from assistant.wiring import Parts
from index.types import Access, DocumentSummary

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
        document = _find(parts, access, document_id)
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
        before = {deletion.id for deletion in parts.store.deletions(access)}
        if quelle is None:
            done = erase(parts, access, document, who=OPERATOR, reason=grund)
        else:
            done = _withdraw(parts, access, document, quelle, grund)
            parts.audit.append(
                AuditEntry("loeschen", OPERATOR, parts.mandant, document_ids=(document.id,))
            )
            cut_out(parts.home, parts.store, parts.audit)
        new = [item for item in parts.store.deletions(access) if item.id not in before]
    if json_:
        result: dict[str, object] = {
            "deleted": done,
            "document_id": shown.document_id,
            "source": quelle or shown.source,
            "nachweise": [deletion_wire(item).model_dump() for item in new],
            "entwuerfe": list(quoting) if new else [],
        }
        print_json(result)
        return
    click.echo(f"Gelöscht: {what}" if new else f"Quelle vergessen, Dokument bleibt: {what}")
    for item in new:
        output.print_certificate(deletion_wire(item))
    if new and quoting:
        click.echo(f"Aus abgelegten Entwürfen entfernt: {', '.join(quoting)}")


def _withdraw(
    parts: Parts, access: Access, document: DocumentSummary, source: str, reason: str
) -> bool:
    further = {item.source for item in parts.store.sources(access, document.id)}
    if source != document.source and source not in further:
        raise NotFound(f"Die Datei »{source}« ist keine Quelle dieses Dokuments.")
    return parts.store.withdraw(access, source, who=OPERATOR, reason=reason)


def _find(parts: Parts, access: Access, start_of_id: str) -> DocumentSummary:
    """The one document of that id, hidden or not."""
    wanted = start_of_id.strip().lower()
    hidden = [
        item.entry
        for item in parts.store.depublished(access)
        if len(wanted) >= SHORTEST_ID and item.entry.id.startswith(wanted)
    ]
    if len(hidden) == 1 and not any(
        entry.id.startswith(wanted) for entry in parts.store.documents(access)
    ):
        return hidden[0]
    return find_document(parts.store, access, start_of_id)


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
        parts.store.depublish(access, document.id, reason=grund.strip(), who=OPERATOR)
        parts.audit.append(
            AuditEntry("depublizieren", OPERATOR, parts.mandant, document_ids=(document.id,))
        )
        (shown,) = [
            depublished_wire(item)
            for item in parts.store.depublished(access)
            if item.entry.id == document.id
        ]
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
        document = _find(parts, access, document_id)
        if not parts.store.republish(access, document.id):
            raise InputInvalid("Dieses Dokument ist nicht verborgen.")
        parts.audit.append(
            AuditEntry("publizieren", OPERATOR, parts.mandant, document_ids=(document.id,))
        )
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
            fitting = [d.id for d in parts.store.deletions(access) if d.id.startswith(aufheben)]
            if len(fitting) != 1:
                raise NotFound(f"Es gibt nicht genau einen Nachweis »{aufheben}«.")
            parts.store.lift(access, fitting[0], who=OPERATOR)
            parts.audit.append(AuditEntry("loeschung-aufheben", OPERATOR, parts.mandant))
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
