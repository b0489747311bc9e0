"""Sittings by their days: held by minutes, planned told apart, nothing taken that asks for more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.records.bodies import bodies_on_record
from assistant.sittings.day_list import DaysRequest, answer_days, read_days
from assistant.types import AnswerStatus
from index.store import Store, open_store
from index.types import Access
from tests.sample_records import fill

OPERATOR = Access.operator("lvs")
TODAY = date(2025, 6, 30)
BODIES = ("Kulturausschuss", "Landschaftsausschuss", "Ausschuss für Inklusion")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    fill(opened)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("text", "gremium", "year", "latest"),
    [
        ("Welche Sitzungen fanden 2023 statt?", None, 2023, False),
        ("Wann tagte der Kulturausschuss 2023?", "Kulturausschuss", 2023, False),
        ("Wie oft hat der Landschaftsausschuss getagt?", "Landschaftsausschuss", None, False),
        ("Welche Sitzungen des Kulturausschusses gab es?", "Kulturausschuss", None, False),
        ("Wie viele Sitzungen hatte der Ausschuss für Inklusion?", BODIES[2], None, False),
        ("Wann war die letzte Sitzung des Kulturausschusses?", "Kulturausschuss", None, True),
        ("Wann hat der Kulturausschuss zuletzt getagt?", "Kulturausschuss", None, True),
    ],
)
def test_a_question_for_sittings_is_read(
    text: str, gremium: str | None, year: int | None, latest: bool
) -> None:
    first, last = (date(year, 1, 1), date(year, 12, 31)) if year else (None, None)
    assert read_days(text, lambda: BODIES, TODAY) == DaysRequest(gremium, first, last, latest)


@pytest.mark.parametrize(
    "text",
    [
        "Welche Sitzungen fanden statt?",
        "Wann war die letzte Sitzung?",
        "Wann tagt der Kulturausschuss?",
        "Wann tagte der Kulturausschuss zum Thema Museum?",
        "Welche Sitzungen behandelten 2023 die Inklusion?",
        "Wann tagte der Bauausschuss von Musterstadt 2023?",
        "Wie viele Sitzungen sind für 2023 geplant?",
    ],
)
def test_what_asks_for_more_or_for_nothing_in_particular_is_left_alone(text: str) -> None:
    assert read_days(text, lambda: BODIES, TODAY) is None


def test_every_sitting_on_record_is_there_once_and_its_day_is_quoted(store: Store) -> None:
    request = DaysRequest(None, date(1990, 1, 1), None)
    finding = answer_days(store, OPERATOR, request)
    papers = [
        store.document(OPERATOR, one.id) for one in store.documents(OPERATOR, current_only=True)
    ]
    known = {
        (station.datum, station.gremium.casefold())
        for paper in papers
        if paper is not None
        for station in paper.kopfdaten.beratungsfolge
        if station.datum
    }
    minutes = {
        (paper.kopfdaten.datum.value, paper.kopfdaten.gremium.value.casefold())
        for paper in papers
        if paper is not None
        and paper.kopfdaten.art
        and paper.kopfdaten.art.value in ("Niederschrift", "Einladung")
        and paper.kopfdaten.datum
        and paper.kopfdaten.gremium
    }
    assert known | minutes
    assert finding.table is not None
    listed = [(date.fromisoformat(row[0]), row[1].casefold()) for row in finding.table.rows]
    assert len(listed) == len(set(listed)) and set(listed) == known | minutes
    quotes = {citation.number: citation.quote for citation in finding.citations}
    for claim, (day, _) in zip(finding.claims[1:], listed, strict=True):
        assert claim.text.startswith(f"{day:%d.%m.%Y}: ")
        words = " ".join(quotes[number] for number in claim.citations)
        assert f"{day:%d.%m.%Y}" in words or str(day.year) in words
        assert (
            "geplant" in claim.text
            or "laut Beratungsfolge" in claim.text
            or (
                (day, claim.text.rsplit(", ", 1)[-1].rstrip(".").casefold()) in minutes
                or any(one[0] == day for one in minutes)
            )
        )


def test_bodies_of_closed_papers_are_no_bodies_for_others(store: Store) -> None:
    public = Access(frozenset({"lvs"}))
    open_days = answer_days(store, public, DaysRequest(None, date(1990, 1, 1), None))
    all_days = answer_days(store, OPERATOR, DaysRequest(None, date(1990, 1, 1), None))
    assert open_days.table is not None and all_days.table is not None
    assert set(bodies_on_record(store, public)) <= set(bodies_on_record(store, OPERATOR))
    assert len(open_days.table.rows) <= len(all_days.table.rows)


@pytest.mark.parametrize(
    ("text", "gremium"),
    [
        ("Wann ist die nächste Sitzung des Kulturausschusses?", "Kulturausschuss"),
        ("Wann beginnt die nächste Sitzung?", None),
        ("Wann findet die kommende Sitzung des Landschaftsausschusses statt?", BODIES[1]),
        ("Wann tagt der Kulturausschuss wieder?", "Kulturausschuss"),
    ],
)
def test_a_question_for_the_next_sitting_counts_from_today(text: str, gremium: str | None) -> None:
    assert read_days(text, lambda: BODIES, TODAY) == DaysRequest(gremium, TODAY, None, coming=True)


def test_coming_sittings_are_plans_the_nearest_first_and_none_is_said(store: Store) -> None:
    plans = [
        station.datum
        for document in store.documents(OPERATOR)
        for station in document.kopfdaten.beratungsfolge
        if station.datum
    ]
    before = min(plans)
    coming = answer_days(store, OPERATOR, DaysRequest(None, before, None, coming=True))
    assert coming.table is not None
    days = [row[0] for row in coming.table.rows]
    assert days == sorted(days) and days[0] == before.isoformat()
    after = DaysRequest("Kulturausschuss", date(2090, 1, 1), None, coming=True)
    none = answer_days(store, OPERATOR, after)
    assert none.status is AnswerStatus.ABSTAINED
    said = "Eine kommende Sitzung ist nicht erfasst (Kulturausschuss), Stand 01.01.2090."
    assert none.text == said
