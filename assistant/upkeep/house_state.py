"""How the machine and the sources are: disk, memory, programs, walls, how fresh each source is."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

from assistant.upkeep.originals import MEMBER, UPLOADED
from assistant.wire.status import program_version
from assistant.wiring import Parts
from index.types import Access, DocumentSummary
from ingest.feeding.jobs import Job, JobPath, JobState
from ingest.formats.office import find_soffice
from ingest.pages.tessdata import find_tessdata
from ingest.walls.cell import find_bubblewrap
from ingest.walls.family import resident_bytes
from ingest.walls.jail import files_are_shut

SCARCE_BYTES = 2 * 1024**3
SCARCE_SHARE = 0.05
"""Below either of these the disk is called scarce: an ingest or a generation may not fit."""
MOST_JOBS = 1000


@dataclass(frozen=True, slots=True)
class Disk:
    """The disk of the data home, in bytes; `used_here` is what the home itself takes."""

    free: int
    total: int
    used_here: int

    @property
    def is_scarce(self) -> bool:
        """Whether somebody should make room."""
        return self.free < SCARCE_BYTES or self.free < SCARCE_SHARE * self.total


@dataclass(frozen=True, slots=True)
class Memory:
    """In bytes; `available` and `total` None where the system does not say."""

    own: int
    available: int | None
    total: int | None


@dataclass(frozen=True, slots=True)
class Programs:
    """What ingest leans on, and whether it is there."""

    bubblewrap: bool
    landlock: bool
    text_recognition: bool
    office: bool


@dataclass(frozen=True, slots=True)
class Freshness:
    """A source of documents.

    Attributes:
        name: a folder, "upload/", or the host of a Ratsinformationssystem.
        documents: how many valid or replaced documents came from it.
        newest: when the last of them came in.
        looked: when a job went through it last without failing; None where that is forgotten.
    """

    name: str
    documents: int
    newest: str
    looked: str | None


@dataclass(frozen=True, slots=True)
class HouseState:
    """All of it."""

    disk: Disk
    memory: Memory
    programs: Programs
    versions: tuple[tuple[str, str], ...]
    sources: tuple[Freshness, ...]


def house_state(parts: Parts, access: Access) -> HouseState:
    """Looks at the machine and at where the documents of a Mandant came from."""
    jobs = [(job, parts.jobs.paths(job.id)) for job in parts.jobs.jobs(parts.mandant, MOST_JOBS)]
    return HouseState(
        disk_of(parts.home),
        memory(),
        programs(),
        versions(),
        tuple(freshness(parts.store.documents(access), jobs)),
    )


def disk_of(home: Path) -> Disk:
    """The disk that the data home lies on."""
    usage = shutil.disk_usage(home)
    return Disk(usage.free, usage.total, sum(_sizes(home)))


def _sizes(folder: Path) -> Iterable[int]:
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                yield (Path(parent) / name).lstat().st_size
            except OSError:
                continue  # gone meanwhile


def memory(meminfo: Path = Path("/proc/meminfo")) -> Memory:
    """What this process holds, and what the machine has."""
    said: dict[str, int] = {}
    try:
        for line in meminfo.read_text().splitlines():
            name, _, value = line.partition(":")
            said[name] = int(value.split()[0]) * 1024
    except (OSError, ValueError, IndexError):
        said = {}
    return Memory(resident_bytes(os.getpid()), said.get("MemAvailable"), said.get("MemTotal"))


def programs() -> Programs:
    """Walls around parsers, text recognition, and the converter of old formats."""
    return Programs(
        bubblewrap=find_bubblewrap() is not None,
        landlock=files_are_shut(),
        text_recognition=find_tessdata() is not None,
        office=find_soffice() is not None,
    )


def versions() -> tuple[tuple[str, str], ...]:
    """What runs, by name."""
    return (
        ("Aktenkundig", program_version()),
        ("Python", platform.python_version()),
        ("SQLite (apsw)", metadata.version("apsw")),
        ("Linux", platform.release()),
    )


def freshness(
    documents: Sequence[DocumentSummary], jobs: Sequence[tuple[Job, Sequence[JobPath]]]
) -> list[Freshness]:
    """The sources of documents, the one that nothing came from for longest first.

    A folder is what a job went through; without such a job it is the folder of the file.
    """
    looked: dict[str, str] = {}
    for job, paths in jobs:
        if job.state is not JobState.FERTIG or job.ended_at is None:
            continue
        for path in paths:
            name = UPLOADED if path.name.startswith(UPLOADED) else path.name.rstrip("/")
            looked[name] = max(looked.get(name, ""), job.ended_at)
    counted: dict[str, tuple[int, str]] = {}
    for document in documents:
        name = _source_of(document.source.split(MEMBER)[0], looked)
        count, newest = counted.get(name, (0, ""))
        counted[name] = count + 1, max(newest, document.ingested_at)
    found = [
        Freshness(name, count, newest, looked.get(name))
        for name, (count, newest) in counted.items()
    ]
    return sorted(found, key=lambda source: (source.looked or source.newest, source.name))


def _source_of(path: str, looked: Iterable[str]) -> str:
    if path.startswith(UPLOADED):
        return UPLOADED
    if path.startswith(("http://", "https://")):
        return urlsplit(path).netloc
    above = [name for name in looked if path.startswith(f"{name}/")]
    # A folder within another that was taken in by itself is still part of the larger one.
    return min(above, key=len) if above else path.rpartition("/")[0] or path
