"""Kept searches in backups, and without the ids of papers that were erased."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.searching.saved import SavedSearches
from assistant.upkeep.backup import back_up, restore
from assistant.upkeep.draft_care import look_after
from assistant.upkeep.originals import erase
from assistant.wiring import Parts
from index.sqlite_store import SqliteStore
from index.types import Access
from tests.sample_records import anfrage, antrag, make_parts

OPERATOR = Access.operator("lvs")
GONE, STAYING = antrag().id, anfrage().id
FILE = "suchen-lvs.json"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def parts(home: Path) -> Iterator[Parts]:
    home.mkdir()
    with make_parts(home) as made:
        SavedSearches(home, "lvs").keep("Räder", "q=Leihrad", {GONE, STAYING})
        yield made


def seen(home: Path) -> set[str]:
    (kept,) = SavedSearches(home, "lvs").all()
    return set(kept.seen)


def erase_one(parts: Parts) -> None:
    document = parts.store.summaries(OPERATOR, [GONE])[GONE]
    erase(parts, OPERATOR, document, who="betrieb")


def backed_up(parts: Parts, folder: Path) -> Path:
    assert isinstance(parts.store, SqliteStore)
    backup = back_up(parts.store, parts.home, folder)
    assert FILE in backup.files
    return folder


def test_the_id_of_an_erased_paper_leaves_the_kept_searches(parts: Parts, home: Path) -> None:
    erase_one(parts)
    assert seen(home) == {STAYING}
    assert GONE not in (home / FILE).read_text("utf-8")


def test_what_a_process_that_died_left_is_caught_up_with(parts: Parts, home: Path) -> None:
    parts.store.delete(OPERATOR, GONE, who="betrieb")
    assert seen(home) == {GONE, STAYING}
    look_after(home, parts.store, parts.audit, None)
    assert seen(home) == {STAYING}


def test_a_backup_brings_searches_back_where_there_are_none(
    parts: Parts, home: Path, tmp_path: Path
) -> None:
    folder = backed_up(parts, tmp_path / "sicherung")
    parts.close()
    shutil.rmtree(home)
    restore(folder, home)
    assert seen(home) == {GONE, STAYING}
    assert (home / FILE).stat().st_mode & 0o777 == 0o600


def test_a_backup_does_not_bring_back_the_id_of_a_paper_erased_since(
    parts: Parts, home: Path, tmp_path: Path
) -> None:
    folder = backed_up(parts, tmp_path / "sicherung")
    erase_one(parts)
    parts.close()
    (home / FILE).unlink()
    restore(folder, home)
    assert seen(home) == {STAYING}


def test_searches_at_home_are_newer_than_any_copy(parts: Parts, home: Path, tmp_path: Path) -> None:
    folder = backed_up(parts, tmp_path / "sicherung")
    SavedSearches(home, "lvs").keep("Neuer", "q=Antrag", ())
    parts.close()
    restore(folder, home)
    assert [search.name for search in SavedSearches(home, "lvs").all()] == ["Neuer", "Räder"]


def test_of_a_damaged_file_nothing_comes_back_once_papers_were_erased(
    parts: Parts, home: Path, tmp_path: Path
) -> None:
    (home / FILE).write_text(f"{{ {GONE}", "utf-8")
    folder = backed_up(parts, tmp_path / "sicherung")
    (home / FILE).unlink()
    erase_one(parts)
    parts.close()
    restore(folder, home)
    assert not (home / FILE).exists()
