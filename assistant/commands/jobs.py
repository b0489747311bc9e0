"""`aktenkundig jobs`: lists, shows, cancels and resumes jobs."""

from __future__ import annotations

from datetime import datetime

import click

from assistant.commands.german import GermanCommand, GermanGroup
from assistant.commands.output import print_json
from assistant.commands.parts import as_json, of_mandant, opened_parts
from assistant.errors import InputInvalid, NotFound
from assistant.upkeep.feeding import recover_dead
from assistant.wire.jobs import JobDetailWire, JobsWire, JobWire, job_detail_wire, job_wire
from assistant.wiring import Parts
from ingest.feeding.jobs import Job

STATES = {
    "wartend": "wartend",
    "laeuft": "läuft",
    "abgebrochen": "abgebrochen",
    "fertig": "fertig",
    "fehlgeschlagen": "fehlgeschlagen",
}
ORIGINS = {"befehl": "Befehl", "hochgeladen": "Hochgeladen", "beobachtet": "Ordner"}


@click.group(cls=GermanGroup, invoke_without_command=True)
@of_mandant
@as_json
@click.pass_context
def jobs(context: click.Context, mandant: str | None, json_: bool) -> None:
    """Listet die Aufträge zum Einlesen; bricht sie ab und setzt sie fort."""
    if context.invoked_subcommand is not None:
        return
    with opened_parts(mandant) as parts:
        recover_dead(parts)
        found = JobsWire(jobs=[job_wire(job) for job in parts.jobs.jobs(parts.mandant)])
    if json_:
        print_json(found)
    elif not found.jobs:
        click.echo("Es gibt keine Aufträge.")
    else:
        for job in found.jobs:
            click.echo(_line(job))


@jobs.command(cls=GermanCommand)
@click.argument("job_id", metavar="ID")
@of_mandant
@as_json
def show(job_id: str, mandant: str | None, json_: bool) -> None:
    """Zeigt einen Auftrag und was er nicht einlesen konnte."""
    with opened_parts(mandant) as parts:
        recover_dead(parts)
        _print(_detail(parts, _found(parts, job_id)), json_)


@jobs.command(cls=GermanCommand)
@click.argument("job_id", metavar="ID")
@of_mandant
@as_json
def cancel(job_id: str, mandant: str | None, json_: bool) -> None:
    """Bricht einen Auftrag ab; was gespeichert ist, bleibt."""
    with opened_parts(mandant) as parts:
        job = _found(parts, job_id)
        if job.state.ended:
            raise InputInvalid("Der Auftrag ist schon zu Ende; abzubrechen ist nichts.")
        parts.jobs.cancel(job)
        recover_dead(parts)
        _print(_detail(parts, parts.jobs.get(job.id)), json_)


@jobs.command(cls=GermanCommand)
@click.argument("job_id", metavar="ID")
@of_mandant
@as_json
def resume(job_id: str, mandant: str | None, json_: bool) -> None:
    """Setzt einen Auftrag fort und wartet, bis er fertig ist.

    Unveränderte Dateien werden dabei nur verglichen.
    """
    from assistant.commands.ingest import follow, print_report

    with opened_parts(mandant) as parts:
        report = follow(parts, parts.jobs.resume(_found(parts, job_id)))
    if json_:
        print_json(report)
    else:
        print_report(report)


def _found(parts: Parts, job_id: str) -> Job:
    job = parts.jobs.find(parts.mandant, job_id)
    if job is None:
        raise NotFound(
            f"Einen Auftrag »{job_id}« gibt es nicht. »aktenkundig jobs« listet die Aufträge."
        )
    return job


def _detail(parts: Parts, job: Job) -> JobDetailWire:
    return job_detail_wire(job, parts.jobs.paths(job.id), parts.jobs.refusals(job.id))


def _print(job: JobDetailWire, json_: bool) -> None:
    if json_:
        print_json(job)
        return
    click.echo(_line(job))
    for path in job.paths[:20]:
        click.echo(f"  {path}")
    if len(job.paths) > 20:
        click.echo(f"  … und {len(job.paths) - 20} weitere")
    if job.message:
        click.echo(f"  {job.message} ({job.code})")
    for entry in job.quarantined:
        click.echo(f"  Nicht eingelesen: {entry.path}: {entry.message} ({entry.code})")


def _line(job: JobWire) -> str:
    state = "wird abgebrochen" if job.cancelling else STATES[job.state]
    created = datetime.fromisoformat(job.created_at).astimezone().strftime("%d.%m.%Y %H:%M")
    total = job.total or "?"
    text = (
        f"{job.job_id}  {created}  {ORIGINS[job.origin]:<11}  {state:<16}  "
        f"{job.done}/{total} Dateien · neu {job.indexed} · ersetzt {job.replaced} · "
        f"unverändert {job.unchanged} · nicht eingelesen {job.refused}"
    )
    if job.remaining_s is not None and job.rate is not None:
        rate = f"{job.rate:.1f}".replace(".", ",")
        text += f" · {rate} Dateien/s · noch {_span(job.remaining_s)}"
    return text


def _span(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{round(seconds)} s" if seconds < 90 else f"{minutes} min"
