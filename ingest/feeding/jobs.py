"""What a job is: an order to take in certain files, with a state that outlives the process."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class JobState(StrEnum):
    """Where a job stands. Waiting and running jobs go on by themselves after a restart."""

    WARTEND = "wartend"
    LAEUFT = "laeuft"
    ABGEBROCHEN = "abgebrochen"
    FERTIG = "fertig"
    FEHLGESCHLAGEN = "fehlgeschlagen"

    @property
    def ended(self) -> bool:
        """Whether nothing more happens unless somebody resumes the job."""
        return self not in (JobState.WARTEND, JobState.LAEUFT)


class JobOrigin(StrEnum):
    """Where a job's files come from."""

    BEFEHL = "befehl"
    HOCHGELADEN = "hochgeladen"
    BEOBACHTET = "beobachtet"


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What tells one state of a file from another without reading it."""

    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class JobPath:
    """A file or folder of a job.

    Attributes:
        path: where it lies, absolute.
        name: what its documents are cited by; for a folder the beginning of it.
        stamp: the state in which a watched file was found, else None.
    """

    path: Path
    name: str
    stamp: FileStamp | None = None


@dataclass(frozen=True, slots=True)
class JobCounts:
    """How far a job has come, in files, but for `passages`.

    `done` and `total` are of the run that goes on or ended last; the others of the whole job. A
    file that an earlier run of the job stored counts as new, and not as unchanged.
    """

    done: int = 0
    total: int = 0
    indexed: int = 0
    unchanged: int = 0
    replaced: int = 0
    refused: int = 0
    passages: int = 0


@dataclass(frozen=True, slots=True)
class JobRefusal:
    """A file that the job could not take in, and why."""

    name: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Job:
    """A job as the book has it. Times are ISO 8601 in UTC.

    Attributes:
        seconds: length of the run that goes on or ended last.
        cancelling: somebody wants it to end; it does so within a second or a file.
        code: of the error that ended it, None unless it failed.
        message: the German sentence to that error.
    """

    id: str
    mandant: str
    origin: JobOrigin
    state: JobState
    created_at: str
    started_at: str | None
    ended_at: str | None
    counts: JobCounts
    seconds: float
    cancelling: bool
    code: str | None
    message: str | None

    @property
    def rate(self) -> float | None:
        """Files a second in this run; None before the first."""
        if self.seconds <= 0 or not self.counts.done:
            return None
        return self.counts.done / self.seconds

    @property
    def remaining_s(self) -> float | None:
        """Seconds left at this rate; None where nothing runs or no rate is known."""
        if self.state is not JobState.LAEUFT or self.rate is None:
            return None
        return (self.counts.total - self.counts.done) / self.rate
