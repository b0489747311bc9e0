"""What is told of an ingest: how far it has come, and what became of the files."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.partial import Partial


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest has come. All but `passages` and `seconds` count files, in archives too.

    What archives hold shows when they are opened; `total` grows then.
    """

    done: int
    total: int
    passages: int
    seconds: float
    path: str
    indexed: int = 0
    unchanged: int = 0
    replaced: int = 0
    refused: int = 0

    @property
    def rate(self) -> float:
        """Files per second."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def remaining_s(self) -> float | None:
        """Seconds left at this rate; None before the first file."""
        return (self.total - self.done) / self.rate if self.rate > 0 else None


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A file that was not taken in, and why."""

    path: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of the files: new documents, files without news, new versions, refusals.

    Attributes:
        opened: archives whose members were taken in or refused, each for itself.
        duplicates: those of the unchanged ones that were recorded as a further source of a
            document.
        partial: those of the indexed and replaced ones that are there in part.
    """

    indexed: int
    unchanged: int
    replaced: int
    quarantined: tuple[Quarantined, ...]
    passages: int
    seconds: float
    opened: int = 0
    duplicates: int = 0
    partial: tuple[Partial, ...] = ()


@dataclass(slots=True)
class Tally:
    """The counts while a run goes on."""

    indexed: int = 0
    unchanged: int = 0
    replaced: int = 0
    opened: int = 0
    passages: int = 0
    quarantined: list[Quarantined] = field(default_factory=list)
    partial: list[Partial] = field(default_factory=list)

    @property
    def done(self) -> int:
        """Files that are done with."""
        ended = self.indexed + self.unchanged + self.replaced + self.opened
        return ended + len(self.quarantined)
