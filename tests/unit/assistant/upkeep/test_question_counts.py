"""Counts of questions: by week and kind, never by person, and never without a time made up."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from assistant.audit import AuditEntry, AuditLine, AuditLog, Ausgang
from assistant.upkeep.question_counts import Ended, Latency, latency_of, question_counts

TODAY = date(2026, 3, 18)  # a Wednesday


def line(
    day: str,
    outcome: str = "beantwortet",
    *,
    kind: str = "offen",
    ms: int | None = None,
    action: str = "frage",
    mandant: str = "lvs",
    who: str = "betreiber",
) -> AuditLine:
    return AuditLine(f"{day}T10:00:00+00:00", action, who, mandant, kind, outcome, (), ms)


def test_questions_are_counted_by_week_and_kind() -> None:
    counts = question_counts(
        [
            line("2026-03-16", "nicht belegt"),
            line("2026-03-18"),
            line("2026-03-15", "Rückfrage", kind="status"),
            line("2025-12-29", "nicht belegt", kind="liste"),
            line("2025-12-28", "nicht belegt", kind="liste"),
        ],
        "lvs",
        TODAY,
    )
    assert counts.ended == Ended(1, 2, 1)
    assert counts.ended.abstention == pytest.approx(0.5)
    assert [week.monday for week in counts.weeks][::11] == [date(2025, 12, 29), date(2026, 3, 16)]
    assert counts.weeks[-1].ended == Ended(1, 1, 0)
    assert counts.weeks[-2].ended == Ended(0, 0, 1)
    assert [kind for kind, _ in counts.by_kind] == ["offen", "liste", "status"]


def test_other_acts_other_mandanten_and_lines_without_outcome_are_not_counted() -> None:
    counts = question_counts(
        [
            line("2026-03-16", mandant="lvn"),
            line("2026-03-16", action="suche"),
            line("2026-03-16", ""),
        ],
        "lvs",
        TODAY,
    )
    assert (counts.ended.total, counts.ended.abstention, counts.latency) == (0, None, None)


def test_nothing_tells_one_asker_from_another() -> None:
    asked = [line("2026-03-16", "nicht belegt", who=who) for who in ("a. adam", "b. berta")]
    swapped = [line("2026-03-16", "nicht belegt", who="c. caesar") for _ in asked]
    assert question_counts(asked, "lvs", TODAY) == question_counts(swapped, "lvs", TODAY)
    assert "adam" not in repr(question_counts(asked, "lvs", TODAY))


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([], None),
        ([7], Latency(1, 7, 7, 7)),
        ([10, 20], Latency(2, 10, 20, 20)),
        (list(range(1, 101)), Latency(100, 50, 90, 95)),
    ],
)
def test_a_latency_is_a_time_that_was_taken(taken: list[int], expected: Latency | None) -> None:
    lines = [line("2026-03-16", ms=ms) for ms in reversed(taken)]
    assert latency_of([*lines, line("2026-03-16")]) == expected


def test_the_record_keeps_the_time_of_a_question_and_older_lines_have_none(tmp_path: Path) -> None:
    log = AuditLog(tmp_path, clock=lambda: datetime.fromisoformat("2026-03-16T10:00:00+00:00"))
    log.append(AuditEntry("frage", "betreiber", "lvs", outcome=Ausgang.BEANTWORTET, ms=1234))
    log.append(AuditEntry("frage", "betreiber", "lvs", outcome=Ausgang.BEANTWORTET))
    assert [entry.ms for entry in log.entries()] == [1234, None]
    assert log.verify() == []
    assert question_counts(log.entries(), "lvs", TODAY).latency == Latency(1, 1234, 1234, 1234)
