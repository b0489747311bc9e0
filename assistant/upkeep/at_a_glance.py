"""What the admin sees first: counts, what runs, and what needs somebody's hand now."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from assistant.records.schutz import is_undeclared
from assistant.upkeep.house_state import Disk, Programs, disk_of, programs
from assistant.upkeep.paper_list import PaperRow, all_rows
from assistant.upkeep.reindexing import hints
from assistant.wiring import Parts
from index.life import Zustand
from index.types import Access, StoreStatus
from ingest.begleitdaten import is_awaiting_mending
from ingest.feeding.jobs import Job, JobState


class Need(StrEnum):
    """What needs somebody's hand, the most urgent first."""

    PLATZ = "platz"
    AUFTRAG = "auftrag"
    WAENDE = "waende"
    QUARANTAENE = "quarantaene"
    BEGLEITDATEI = "begleitdatei"
    TEXTERKENNUNG = "texterkennung"
    TEILWEISE = "teilweise"
    UNSICHER = "unsicher"
    UNBENANNT = "unbenannt"
    GENERATION = "generation"


@dataclass(frozen=True, slots=True)
class Glance:
    """The state of a Mandant at a glance.

    Attributes:
        states: documents and files by state.
        open_jobs: what waits or runs, the running one first.
        last: the last job that ended.
        needs: with how many of each.
        hints: German sentences on the generation that answers.
    """

    status: StoreStatus
    states: dict[Zustand, int]
    open_jobs: tuple[Job, ...]
    last: Job | None
    disk: Disk
    needs: tuple[tuple[Need, int], ...]
    hints: tuple[str, ...]


def glance(parts: Parts, access: Access) -> Glance:
    """Looks once over everything; reads no document's text."""
    rows = all_rows(parts.store, access)
    states = Counter(row.state for row in rows)
    states[Zustand.QUARANTAENE] = len(parts.store.quarantined(access))
    states[Zustand.GELOESCHT] = len(parts.store.deletions(access))
    jobs = parts.jobs.jobs(parts.mandant)
    open_jobs = sorted(
        (job for job in jobs if not job.state.ended), key=lambda job: job.state is JobState.WARTEND
    )
    ended = [job for job in jobs if job.state.ended]
    disk, found, told = disk_of(parts.home), programs(), tuple(hints(parts))
    counts = _counts(rows, states, disk, found)
    counts[Need.AUFTRAG] = int(bool(ended) and ended[0].state is JobState.FEHLGESCHLAGEN)
    counts[Need.GENERATION] = len(told)
    return Glance(
        parts.store.status(access),
        dict(states),
        tuple(open_jobs),
        max(ended, key=lambda job: job.ended_at or "", default=None),
        disk,
        tuple((need, counts[need]) for need in Need if counts[need]),
        told,
    )


def _counts(
    rows: list[PaperRow], states: Counter[Zustand], disk: Disk, found: Programs
) -> dict[Need, int]:
    valid = [row for row in rows if row.state in (Zustand.INDEXIERT, Zustand.TEILWEISE)]
    return {
        Need.PLATZ: int(disk.is_scarce),
        Need.WAENDE: int(not (found.bubblewrap or found.landlock)),
        Need.QUARANTAENE: states[Zustand.QUARANTAENE],
        Need.BEGLEITDATEI: sum(is_awaiting_mending(row.document.warnings) for row in valid),
        Need.TEXTERKENNUNG: sum(row.document.awaiting_ocr for row in valid),
        Need.TEILWEISE: states[Zustand.TEILWEISE],
        Need.UNSICHER: sum(bool(row.document.uncertain) for row in valid),
        Need.UNBENANNT: sum(is_undeclared(row.document) for row in valid),
    }
