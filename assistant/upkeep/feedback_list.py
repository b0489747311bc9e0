"""What people said of sentences, as the admin reads it: counted by week, listed with its places.

Who said it is not kept, and so not told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.feedback import Grund, Rueckmeldung, Stelle
from assistant.measuring.feedback_questions import counted, question_set
from assistant.upkeep.feedback_care import readable
from assistant.upkeep.question_counts import mondays_to
from index.store import Store
from index.types import Access

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class WeekOfFeedback:
    """How often what was said in the week that begins on `monday`."""

    monday: date
    said: dict[Grund, int]


@dataclass(frozen=True, slots=True)
class FeedbackCounts:
    """All of it in figures; `questions` came with their words and may be seen now."""

    total: int
    questions: int
    by_kind: dict[str, dict[Grund, int]]
    weeks: tuple[WeekOfFeedback, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place that the sentence was said to rest on, and what its paper is called."""

    stelle: Stelle
    title: str


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """One entry; where `hidden`, it rests on a paper that may not be seen now: no word of it."""

    entry: Rueckmeldung
    places: tuple[Place, ...]
    hidden: bool


@dataclass(frozen=True, slots=True)
class FeedbackPage:
    """One page of the list, newest first; `total` counts what was asked for."""

    rows: tuple[FeedbackRow, ...]
    total: int
    page: int
    pages: int


def feedback_counts(
    store: Store, access: Access, entries: Sequence[Rueckmeldung], today: date
) -> FeedbackCounts:
    """What was said, by kind of question and by week up to `today`."""
    given = {entry.question for entry in _with_question(store, access, entries)}
    return FeedbackCounts(len(entries), len(given), counted(entries), by_week(entries, today))


def questions_given(store: Store, access: Access, entries: Sequence[Rueckmeldung]) -> str:
    """The questions that came along, as the evaluation reads them: JSONL."""
    return question_set(_with_question(store, access, entries))


def by_week(entries: Sequence[Rueckmeldung], today: date) -> tuple[WeekOfFeedback, ...]:
    """What was said in each of the last weeks, the oldest first."""
    counts = Counter((_monday_of(date.fromisoformat(e.day)), e.grund) for e in entries)
    return tuple(
        WeekOfFeedback(monday, {grund: counts[monday, grund] for grund in Grund})
        for monday in mondays_to(today)
    )


def feedback_page(
    store: Store,
    access: Access,
    entries: Sequence[Rueckmeldung],
    grund: Grund | None = None,
    page: int = 1,
) -> FeedbackPage:
    """A page of all entries, or of those with one reason; the last one where there are fewer."""
    wanted = [entry for entry in reversed(entries) if grund is None or entry.grund is grund]
    pages = max(1, -(-len(wanted) // PAGE_SIZE))
    page = min(max(1, page), pages)
    shown = wanted[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    with store.snapshot():
        seen = {entry.ident for entry in readable(store, access, shown)}
        rows = [
            FeedbackRow(entry, _places(store, access, entry), entry.ident not in seen)
            for entry in shown
        ]
    return FeedbackPage(tuple(rows), len(wanted), page, pages)


def _with_question(
    store: Store, access: Access, entries: Sequence[Rueckmeldung]
) -> tuple[Rueckmeldung, ...]:
    return readable(store, access, [entry for entry in entries if entry.question])


def _places(store: Store, access: Access, entry: Rueckmeldung) -> tuple[Place, ...]:
    """Each paper once, with its first place; only those that may be seen."""
    places: dict[str, Place] = {}
    for stelle in entry.stellen:
        if stelle.document_id not in places:
            document = store.document(access, stelle.document_id)
            if document is not None:
                places[stelle.document_id] = Place(stelle, document.title)
    return tuple(places.values())


def _monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
