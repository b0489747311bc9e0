from __future__ import annotations

import pytest

from ingest.oparl.objects import FILE, MEETING, PAPER, Item, items, words


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("N/A", None),
        ("  ", None),
        (None, None),
        (True, None),
        ([], None),
        ({"id": "x"}, None),
        (" Rat ", "Rat"),
        (12, "12"),
    ],
)
def test_words_that_mean_nothing_are_absent(value: object, expected: str | None) -> None:
    assert words(value) == expected


def test_embedded_objects_are_taken_out_and_named() -> None:
    paper = {
        "id": "p",
        "name": "Deich",
        "mainFile": {"id": "f", "name": "Deich.pdf", "accessUrl": "https://x.example/f", "size": 3},
        "auxiliaryFile": ["https://x.example/g", {"name": "ohne Kennung"}],
        "originatorPerson": [{"id": "person", "name": "Wer auch immer"}],
        "consultation": {"id": "c", "meeting": {"id": "m"}, "authoritative": "ja"},
    }
    found = {item.id: item for item in items(paper, PAPER)}
    assert found["p"].fields == {
        "name": "Deich",
        "mainFile": ["f"],
        "auxiliaryFile": ["https://x.example/g", "p#auxiliaryFile-1"],
        "consultation": ["c"],
    }
    assert found["f"] == Item(
        "f", FILE, {"name": "Deich.pdf", "accessUrl": "https://x.example/f", "size": 3}
    )
    assert found["c"].fields == {"meeting": "m"}
    assert "person" not in found


def test_deleted_objects_keep_nothing_and_leave_their_parent() -> None:
    meeting = {
        "id": "m",
        "agendaItem": [{"id": "a", "deleted": True, "name": "weg"}, {"id": "b", "public": "true"}],
    }
    found = {item.id: item for item in items(meeting, MEETING)}
    assert found["a"] == Item("a", "agendaItem", {}, deleted=True)
    assert found["m"].fields == {"agendaItem": ["b"]}
    assert found["b"].fields == {}  # only a real true is explicit


def test_an_object_without_id_is_left_out() -> None:
    assert list(items({"name": "Niemand"}, PAPER)) == []
