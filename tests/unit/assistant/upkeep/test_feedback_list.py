"""What the admin reads of feedback: by week, newest first, and nothing of a hidden paper."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.feedback import Grund, Rueckmeldung, Stelle, feedback_on
from assistant.upkeep.feedback_care import readable
from assistant.upkeep.feedback_list import PAGE_SIZE, by_week, feedback_page
from index.store import open_store
from index.types import Access
from tests.sample_records import anfrage, antrag, fill
from tests.unit.assistant.test_answer_export import ANSWER

LVS = Access.operator("lvs")


def said(grund: Grund, day: str = "2026-03-18", paper: str = "", comment: str = "") -> Rueckmeldung:
    found = (Stelle(paper, "a.txt", 0, 5), Stelle(paper, "a.txt", 6, 9)) if paper else ()
    return replace(feedback_on(ANSWER, 1, "lvs", grund, comment), day=day, stellen=found)


def test_each_week_counts_its_reasons_and_older_ones_are_left_out() -> None:
    entries = [
        said(Grund.VERALTET, "2026-03-16"),
        said(Grund.VERALTET, "2026-03-22"),
        said(Grund.STIMMT, "2026-03-15"),
        said(Grund.STIMMT, "2025-12-28"),
    ]
    weeks = by_week(entries, date(2026, 3, 18))
    assert [week.monday.isoformat() for week in weeks[-2:]] == ["2026-03-09", "2026-03-16"]
    assert (weeks[-1].said[Grund.VERALTET], weeks[-1].said[Grund.STIMMT]) == (2, 0)
    assert weeks[-2].said[Grund.STIMMT] == 1
    assert sum(sum(week.said.values()) for week in weeks) == 3


def test_the_list_is_newest_first_in_pages_and_narrowed_by_reason(tmp_path: Path) -> None:
    entries = [said(Grund.STIMMT, comment=str(n)) for n in range(PAGE_SIZE)]
    entries.append(said(Grund.VERALTET, comment="alt"))
    with closing(open_store(tmp_path)) as store:
        first = feedback_page(store, LVS, entries)
        assert (first.rows[0].entry.comment, first.total, first.pages) == ("alt", 26, 2)
        last = feedback_page(store, LVS, entries, page=9)
        assert ([row.entry.comment for row in last.rows], last.page) == (["0"], 2)
        (only,) = feedback_page(store, LVS, entries, Grund.VERALTET).rows
        assert only.entry.comment == "alt" and not only.hidden


def test_each_paper_is_named_once_and_a_hidden_one_hides_the_entry(tmp_path: Path) -> None:
    about = said(Grund.VERALTET, paper=antrag().id), said(Grund.VERALTET, paper=anfrage().id)
    with closing(open_store(tmp_path)) as store:
        fill(store)
        rows = feedback_page(store, LVS, about).rows
        assert [[place.title for place in row.places] for row in rows] == [
            [anfrage().title],
            [antrag().title],
        ]
        assert rows[0].places[0].stelle.start == 0
        store.depublish(LVS, antrag().id, who="test", reason="")
        rows = feedback_page(store, LVS, about).rows
        assert [(row.hidden, len(row.places)) for row in rows] == [(False, 1), (True, 0)]
        assert readable(store, LVS, about) == (about[1],)
