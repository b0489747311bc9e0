"""Files that could not be taken in: which job brought them, and how to try again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputInvalid, NotFound
from assistant.upkeep.originals import MEMBER
from assistant.wiring import Parts
from index.types import Access, QuarantineEntry
from ingest.feeding.jobs import Job, JobOrigin, JobPath

MOST_JOBS = 1000


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file in quarantine.

    Attributes:
        job: the last one that refused it; None where that is forgotten.
        place: where it lies, or the archive that holds it; None where that is not known.
        is_there: whether something lies there.
    """

    entry: QuarantineEntry
    job: Job | None
    place: JobPath | None
    is_there: bool

    @property
    def name(self) -> str:
        """The last part of its path, which is what an uploaded file was called."""
        return self.entry.path.rsplit("/", 1)[-1]


def refused_files(parts: Parts, access: Access) -> list[RefusedFile]:
    """What stands in quarantine, newest first."""
    entries = parts.store.quarantined(access)
    if not entries:
        return []
    by_name: dict[str, tuple[Job, Sequence[JobPath]]] = {}
    for job in parts.jobs.jobs(parts.mandant, MOST_JOBS):
        paths = parts.jobs.paths(job.id)
        for refusal in parts.jobs.refusals(job.id):
            by_name.setdefault(refusal.name, (job, paths))
    return [_located(entry, *by_name.get(entry.path, (None, ()))) for entry in entries]


def _located(entry: QuarantineEntry, job: Job | None, paths: Sequence[JobPath]) -> RefusedFile:
    place = place_of(entry.path, paths)
    return RefusedFile(entry, job, place, place is not None and place.path.exists())


def place_of(name: str, paths: Sequence[JobPath]) -> JobPath | None:
    """Where the file of that name lies, told from the files and folders of a job.

    Of a member of an archive it is the archive.
    """
    file = name.split(MEMBER)[0]
    for item in paths:
        if item.name == file:
            return JobPath(item.path, file)
        rest = file.removeprefix(f"{item.name.rstrip('/')}/")
        if rest != file and ".." not in Path(rest).parts:
            return JobPath(item.path / rest, file)
    return None


def try_again(parts: Parts, access: Access, path: str) -> Job:
    """Enters a job for the file alone.

    Raises:
        NotFound: it does not stand in quarantine.
        InputInvalid: nobody knows where it lies any more.
    """
    found = _found(parts, access, path)
    if found.place is None or not found.is_there:
        raise InputInvalid(
            "Die Datei liegt nicht mehr dort, wo sie gelesen wurde. Bitte laden Sie sie neu hoch "
            "oder legen Sie sie wieder in ihren Ordner."
        )
    uploaded = found.job is not None and found.job.origin is JobOrigin.HOCHGELADEN
    origin = JobOrigin.HOCHGELADEN if uploaded else JobOrigin.BEFEHL
    return parts.jobs.create(parts.mandant, origin, [found.place])


def dismiss(parts: Parts, access: Access, path: str) -> None:
    """Takes a file off the list; it is not read, and nothing is deleted.

    Raises:
        NotFound: it does not stand in quarantine.
    """
    parts.store.release(parts.mandant, _found(parts, access, path).entry.path)


def _found(parts: Parts, access: Access, path: str) -> RefusedFile:
    for refused in refused_files(parts, access):
        if refused.entry.path == path:
            return refused
    raise NotFound("Diese Datei steht nicht in Quarantäne.")
