"""Stored JSON is read once, until something is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import codec, held
from index.errors import StoreDamaged
from index.held import MOST_ACCESSES, HeldJson, HeldWhole
from index.store import open_store
from index.types import Access
from tests.sample_records import fill


def test_the_same_text_is_read_once_and_anew_after_a_write() -> None:
    read: list[codec.Json] = []

    def remember(value: codec.Json) -> int:
        read.append(value)
        return len(read)

    holder = HeldJson()
    load = holder.at(1)
    assert [load("[1]", remember), load("[2]", remember), load("[1]", remember)] == [1, 2, 1]
    assert holder.at(1)("[1]", remember) == 1
    assert holder.at(2)("[1]", remember) == 3
    assert read == [[1], [2], [1]]


def test_readers_of_the_same_text_do_not_meet() -> None:
    load = HeldJson().at(1)
    assert load("[1,2]", codec.read_span) == codec.read_span([1, 2])
    assert load("[1,2]", tuple) == (1, 2)


def test_what_cannot_be_read_is_not_held() -> None:
    load = HeldJson().at(1)
    for _ in range(2):
        with pytest.raises(StoreDamaged):
            load("{", codec.read_span)


def test_it_begins_anew_before_it_grows_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "MOST_HELD", 2)
    holder = HeldJson()
    for number in range(10):
        holder.at(1)(f"[{number}]", tuple)
        assert len(holder._held) <= 3


def test_a_store_forgets_what_it_held_when_a_paper_is_erased(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    fill(store)
    access = Access.operator("lvs")
    before = store.documents(access)
    assert store.documents(access) == before
    kopf = before[0].kopfdaten
    assert kopf in store._held._held.values()  # type: ignore[attr-defined]
    store.delete(access, before[0].id)
    assert store.documents(access) == before[1:]
    assert kopf not in store._held._held.values()  # type: ignore[attr-defined]
    store.close()


def test_the_whole_is_read_once_for_an_access_and_anew_under_another_stamp() -> None:
    holder: HeldWhole[int] = HeldWhole()
    read = iter(range(100))
    one, other = Access.operator("lvs"), Access.operator("lvn")

    def get(access: Access, stamp: int) -> int:
        return holder.of(access, stamp, lambda: next(read))

    assert [get(one, 1), get(one, 1), get(other, 1), get(one, 1)] == [0, 0, 1, 0]
    assert [get(one, 2), get(one, 2), get(other, 1)] == [2, 2, 3]
    for number in range(MOST_ACCESSES + 3):
        get(Access.operator(f"m{number}"), 1)
    assert len(holder._held) == MOST_ACCESSES


def test_a_register_and_its_counts_are_of_the_last_write_and_of_what_may_be_seen(
    tmp_path: Path,
) -> None:
    store = open_store(tmp_path)
    fill(store)
    access, public = Access.operator("lvs"), Access(frozenset({"lvs"}))
    before, counts = store.documents(access), store.status(access)
    before.clear()
    assert len(store.documents(access)) == counts.documents > len(store.documents(public))
    assert store.status(public).documents == len(store.documents(public))
    gone = store.documents(access)[0]
    beside = open_store(tmp_path)
    beside.delete(access, gone.id)
    beside.close()
    assert gone not in store.documents(access)
    after = store.status(access)
    assert after.documents == counts.documents - 1
    assert after.passages < counts.passages
    assert sum(after.by_art.values()) == after.documents
    store.close()
