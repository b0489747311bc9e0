"""The JSON of jobs, for command line and HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from assistant.wire.form import Wire
from ingest.feeding.jobs import Job, JobPath, JobRefusal

MOST_FILES = 1000


class RefusedFileWire(Wire):
    """Eine Datei, die nicht eingelesen werden konnte."""

    path: str
    code: str
    message: str = Field(description="Was nicht ging und was zu tun ist")


class JobWire(Wire):
    """Ein Auftrag zum Einlesen. Die Zähler zählen Dateien, `passages` Textstellen."""

    job_id: str
    origin: Literal["befehl", "hochgeladen", "beobachtet"]
    state: Literal["wartend", "laeuft", "abgebrochen", "fertig", "fehlgeschlagen"]
    created_at: str
    started_at: str | None
    ended_at: str | None
    done: int = Field(description="Im laufenden oder letzten Durchgang erledigt")
    total: int = Field(description="Dateien dieses Durchgangs, 0 solange noch gezählt wird")
    indexed: int
    unchanged: int
    replaced: int
    refused: int = Field(description="In Quarantäne gekommen")
    passages: int
    rate: float | None = Field(description="Dateien je Sekunde")
    remaining_s: float | None = Field(description="Geschätzte restliche Sekunden")
    cancelling: bool = Field(description="Der Abbruch ist verlangt und steht bevor")
    code: str | None
    message: str | None = Field(description="Warum der Auftrag fehlgeschlagen ist")


class JobDetailWire(JobWire):
    """Ein Auftrag mit seinen Dateien."""

    paths: list[str] = Field(description=f"Dateien und Ordner, höchstens {MOST_FILES}")
    quarantined: list[RefusedFileWire] = Field(description="Nicht eingelesen, mit Begründung")


class JobsWire(Wire):
    """Die Aufträge, der neueste zuerst."""

    jobs: list[JobWire]


def job_wire(job: Job) -> JobWire:
    """A job as it goes out."""
    counts = job.counts
    return JobWire(
        job_id=job.id,
        origin=job.origin.value,
        state=job.state.value,
        created_at=job.created_at,
        started_at=job.started_at,
        ended_at=job.ended_at,
        done=counts.done,
        total=counts.total,
        indexed=counts.indexed,
        unchanged=counts.unchanged,
        replaced=counts.replaced,
        refused=counts.refused,
        passages=counts.passages,
        rate=None if job.rate is None else round(job.rate, 2),
        remaining_s=None if job.remaining_s is None else round(job.remaining_s, 1),
        cancelling=job.cancelling,
        code=job.code,
        message=job.message,
    )


def job_detail_wire(
    job: Job, paths: Sequence[JobPath], refusals: Sequence[JobRefusal]
) -> JobDetailWire:
    """A job with its files as it goes out."""
    return JobDetailWire(
        **job_wire(job).model_dump(),
        paths=[item.name for item in paths[:MOST_FILES]],
        quarantined=[
            RefusedFileWire(path=item.name, code=item.code, message=item.message)
            for item in refusals
        ],
    )
