"""Searches that are kept: what is new, names, deletion and its undoing, a file that stays whole."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from assistant.errors import InputInvalid, NotFound
from assistant.searching.saved import MOST_REMOVED, SavedSearches, mandanten


@pytest.fixture
def saved(tmp_path: Path) -> SavedSearches:
    return SavedSearches(tmp_path, "lvs")


def test_new_is_what_matches_now_and_did_not_when_last_opened(saved: SavedSearches) -> None:
    kept = saved.keep("  Räder   und Museen ", "q=Rad", {"a", "b"})
    assert (kept.name, kept.unseen({"a", "b"})) == ("Räder und Museen", frozenset())
    assert saved.find(kept.id).unseen({"b", "c", "d"}) == {"c", "d"}
    opened = saved.open(kept.id, {"b", "c", "d"})
    assert (opened.new, opened.unseen({"b", "c", "d"})) == (("c", "d"), frozenset())
    assert saved.open(kept.id, {"b", "c", "d"}).new == ()


def test_names_are_unlike_each_other_and_bounded(saved: SavedSearches) -> None:
    first = saved.keep("Räder", "q=Rad", ())
    for name in ("", "   ", "RÄDER", "x" * 81):
        with pytest.raises(InputInvalid):
            saved.keep(name, "q=Rad", ())
    second = saved.keep("Museen", "q=Museum", ())
    with pytest.raises(InputInvalid):
        saved.rename(second.id, "räder")
    assert saved.rename(first.id, "Alte Räder").name == "Alte Räder"
    assert saved.rename(first.id, "alte räder").name == "alte räder"
    assert [search.name for search in saved.all()] == ["alte räder", "Museen"]


def test_a_deleted_search_can_be_taken_back_even_if_its_name_is_taken(
    saved: SavedSearches,
) -> None:
    kept = saved.keep("Räder", "q=Rad", {"a"})
    saved.remove(kept.id)
    assert saved.all() == ()
    assert saved.removed(kept.id) is not None
    for changing in (saved.find, saved.remove):
        with pytest.raises(NotFound):
            changing(kept.id)
    saved.keep("Räder", "q=Rad&jahr=2020", ())
    back = saved.take_back(kept.id)
    assert (back.name, back.seen) == ("Räder (2)", ("a",))
    assert saved.removed(kept.id) is None
    with pytest.raises(NotFound):
        saved.take_back(kept.id)


def test_of_the_deleted_ones_the_oldest_are_let_go(saved: SavedSearches) -> None:
    kept = [saved.keep(f"Suche {number}", "", ()) for number in range(MOST_REMOVED + 2)]
    for search in reversed(kept):
        saved.remove(search.id)
    assert saved.removed(kept[-1].id) is None
    assert saved.removed(kept[-2].id) is None
    assert saved.removed(kept[-3].id) is not None
    assert saved.removed(kept[0].id) is not None


def test_ids_of_documents_that_are_gone_leave_the_file(
    saved: SavedSearches, tmp_path: Path
) -> None:
    kept = saved.keep("Räder", "q=Rad", {"a"})
    saved.open(kept.id, {"a", "weg", "b"})
    gone = saved.keep("Weg", "q=Weg", {"weg"})
    saved.remove(gone.id)
    saved.forget(lambda id_: id_ == "weg")
    assert "weg" not in (tmp_path / "suchen-lvs.json").read_text("utf-8")
    assert saved.find(kept.id).seen == ("a", "b")
    before = (tmp_path / "suchen-lvs.json").stat().st_mtime_ns
    saved.forget(lambda id_: id_ == "weg")
    assert (tmp_path / "suchen-lvs.json").stat().st_mtime_ns == before


def test_the_file_is_for_the_owner_alone_and_says_nobody(
    saved: SavedSearches, tmp_path: Path
) -> None:
    saved.keep("Räder", "q=Rad", {"a"})
    path = tmp_path / "suchen-lvs.json"
    assert path.stat().st_mode & 0o777 == 0o600
    (kept,) = json.loads(path.read_text("utf-8"))["suchen"]
    assert set(kept) == {"id", "name", "address", "opened", "seen", "new", "removed"}
    assert mandanten(tmp_path) == ("lvs",)
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".json")] == [path.name]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"suchen": [{"id": "x"}]}'])
def test_a_damaged_file_is_told_and_never_overwritten(
    saved: SavedSearches, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "suchen-lvs.json"
    path.write_text(content, "utf-8")
    for act in (saved.all, lambda: saved.keep("Räder", "q=Rad", ())):
        with pytest.raises(InputInvalid, match="nicht lesbar"):
            act()
    assert path.read_text("utf-8") == content


def test_writers_at_one_time_lose_nothing(tmp_path: Path) -> None:
    def keep(number: int) -> None:
        SavedSearches(tmp_path, "lvs").keep(f"Suche {number}", "q=Rad", ())

    threads = [threading.Thread(target=keep, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(SavedSearches(tmp_path, "lvs").all()) == 8


def test_mandanten_do_not_see_each_others_searches(tmp_path: Path) -> None:
    SavedSearches(tmp_path, "lvs").keep("Räder", "q=Rad", ())
    assert SavedSearches(tmp_path, "lvn").all() == ()
