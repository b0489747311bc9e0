"""What the audit record says of questions as a whole: how they ended, how long they took.

The record holds neither words nor persons' acts in detail, and nothing here tells one asker from
another: counts by kind, day and week only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assistant.audit import AuditLine, Ausgang

WEEKS = 12
"""So many weeks are counted, the running one among them."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How many questions ended how."""

    beantwortet: int = 0
    nicht_belegt: int = 0
    rueckfrage: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.beantwortet + self.nicht_belegt + self.rueckfrage

    @property
    def abstention(self) -> float | None:
        """The share without an answer from the records; None where nothing was asked."""
        return self.nicht_belegt / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds that half, nine of ten and nineteen of twenty questions took at most."""

    count: int
    median: int
    p_ninety: int
    p_ninety_five: int


@dataclass(frozen=True, slots=True)
class WeekOfQuestions:
    """The questions of a week, which begins on `monday`; `latency` None where none was timed."""

    monday: date
    ended: Ended
    latency: Latency | None


@dataclass(frozen=True, slots=True)
class QuestionCounts:
    """The questions of the last `WEEKS` weeks; `by_kind` with the most unanswered first."""

    ended: Ended
    latency: Latency | None
    weeks: tuple[WeekOfQuestions, ...]
    by_kind: tuple[tuple[str, Ended], ...]


def question_counts(lines: Iterable[AuditLine], mandant: str, today: date) -> QuestionCounts:
    """Counts the questions of a Mandant up to `today`."""
    mondays = mondays_to(today)
    asked = [
        (day, line)
        for line in lines
        if line.action == "frage"
        and line.mandant == mandant
        and line.outcome
        and (day := datetime.fromisoformat(line.at).date()) >= mondays[0]
    ]
    kinds = sorted({line.kind or "" for _, line in asked})
    by_kind = [
        (kind, _ended(line for _, line in asked if (line.kind or "") == kind)) for kind in kinds
    ]
    return QuestionCounts(
        _ended(line for _, line in asked),
        latency_of([line for _, line in asked]),
        tuple(
            _week(monday, [line for day, line in asked if monday <= day < monday + timedelta(7)])
            for monday in mondays
        ),
        tuple(sorted(by_kind, key=lambda item: (-item[1].nicht_belegt, -item[1].total, item[0]))),
    )


def mondays_to(today: date) -> list[date]:
    """On which days the counted weeks begin, the oldest first."""
    this_monday = today - timedelta(days=today.weekday())
    return [this_monday - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]


def latency_of(lines: Sequence[AuditLine]) -> Latency | None:
    """How long questions took; of lines without a time nothing is said."""
    taken = sorted(line.ms for line in lines if line.ms is not None)
    if not taken:
        return None
    return Latency(len(taken), *(_at_most(taken, share) for share in (0.5, 0.9, 0.95)))


def _at_most(taken: Sequence[int], share: float) -> int:
    """The smallest time that this share of all did not exceed."""
    rank = -(-round(share * 100) * len(taken) // 100)
    return taken[max(0, rank - 1)]


def _week(monday: date, lines: Sequence[AuditLine]) -> WeekOfQuestions:
    return WeekOfQuestions(monday, _ended(lines), latency_of(lines))


def _ended(lines: Iterable[AuditLine]) -> Ended:
    counted = Counter(line.outcome for line in lines)
    return Ended(
        counted[Ausgang.BEANTWORTET], counted[Ausgang.NICHT_BELEGT], counted[Ausgang.RUECKFRAGE]
    )
