from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import InputInvalid, NotFound
from assistant.records.register import find_document, look_up, read_number
from index.store import Store, open_store
from index.types import Access, Drucksachennummer, Schutzstufe
from tests.sample_records import ANTRAG, antrag, fill, vorlage

LVS = Access.operator("lvs")
PUBLIC = Access(frozenset({"lvs"}))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(tmp_path)
    fill(opened)
    return opened


@pytest.mark.parametrize("text", ["15/12", "Antrag Nr. 15/12", "15/0012", " Vorlage 15/12 "])
def test_a_number_is_read_as_officials_write_it(text: str) -> None:
    assert read_number(text) == Drucksachennummer.of(15, 12)


def test_a_number_of_one_digit_is_one_where_nothing_else_is_said() -> None:
    assert read_number("15/1") == Drucksachennummer.of(15, 1)


@pytest.mark.parametrize("text", ["", "Haushalt", "12.05.2023"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(InputInvalid, match="keine Drucksachennummer"):
        read_number(text)


def test_all_papers_of_a_number_are_found_with_where_it_is_named(store: Store) -> None:
    found = look_up(store, LVS, "15/12")
    assert {paper.id for paper in found.papers} == {antrag().id, vorlage().id}
    assert [document.source for _, document in found.mentions] == ["akten/anfrage.txt"]
    assert found.near == ()


def test_a_closed_paper_is_not_found_by_who_may_not_see_it(store: Store) -> None:
    assert [paper.id for paper in look_up(store, PUBLIC, "15/12").papers] == [antrag().id]
    assert PUBLIC.stufen == {Schutzstufe.OEFFENTLICH}


def test_a_document_is_found_by_the_start_of_its_id(store: Store) -> None:
    assert find_document(store, LVS, antrag().id[:8].upper()).id == antrag().id


def test_unknown_forbidden_and_foreign_ids_are_refused_alike(store: Store) -> None:
    foreign = antrag("lvn", ANTRAG.replace("Leihräder", "Lastenräder")).id
    for access, wanted in ((LVS, "0" * 12), (LVS, foreign), (PUBLIC, vorlage().id)):
        with pytest.raises(NotFound) as caught:
            find_document(store, access, wanted)
        assert str(caught.value).startswith(f"Unter der Kennung »{wanted}« liegt kein Dokument")


def test_a_start_that_says_too_little_is_refused(store: Store) -> None:
    with pytest.raises(InputInvalid, match="mindestens 6"):
        find_document(store, LVS, antrag().id[:5])
