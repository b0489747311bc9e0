"""Versions of a draft: kept, read back as they were, compared, undone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.begruendung.types import Absatz, Entwurf, Herkunft
from assistant.begruendung.versions import (
    Change,
    ChangeKind,
    compare,
    list_versions,
    read_version,
    undo,
    write_version,
)
from assistant.errors import InputInvalid, NotFound
from tests.unit.assistant.begruendung.drafted import CITATIONS, draft

AT = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)


def titled(titel: str) -> Entwurf:
    return draft(titel=titel)


def written(home: Path, *titles: str) -> None:
    for titel in titles:
        write_version(home, "leihraeder", titled(titel), author="M. Muster", at=AT)


def test_a_version_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    first = write_version(tmp_path, "leihraeder", draft(), author="M. Muster", at=AT)
    assert (first.number, first.at, first.author, first.restores) == (1, AT, "M. Muster", None)
    assert first.entwurf == draft()
    assert read_version(tmp_path, "lvs", "leihraeder", 1) == first
    assert list_versions(tmp_path, "lvs", "leihraeder") == (first,)
    assert list_versions(tmp_path, "lvn", "leihraeder") == ()


def test_versions_are_numbered_in_order_and_only_the_owner_reads_them(tmp_path: Path) -> None:
    written(tmp_path, "A", "B", "C")
    found = list_versions(tmp_path, "lvs", "leihraeder")
    assert [(v.number, v.entwurf.titel) for v in found] == [(1, "A"), (2, "B"), (3, "C")]
    folder = tmp_path / "entwuerfe" / "lvs" / "leihraeder"
    assert sorted(path.name for path in folder.iterdir()) == [
        "fassung-0001.json",
        "fassung-0002.json",
        "fassung-0003.json",
    ]
    assert [path.stat().st_mode & 0o777 for path in folder.iterdir()] == [0o600] * 3
    assert folder.stat().st_mode & 0o777 == 0o700


def test_writers_at_one_time_lose_nothing(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: written(tmp_path, str(n)), range(8)))
    found = list_versions(tmp_path, "lvs", "leihraeder")
    assert [v.number for v in found] == list(range(1, 9))
    assert sorted(v.entwurf.titel for v in found) == [str(n) for n in range(8)]


def test_undo_goes_back_step_by_step_and_keeps_everything(tmp_path: Path) -> None:
    written(tmp_path, "A", "B", "C")

    def back() -> tuple[int, int | None, str]:
        version = undo(tmp_path, "lvs", "leihraeder", author="K. Kern", at=AT)
        assert version.author == "K. Kern"
        return version.number, version.restores, version.entwurf.titel

    assert back() == (4, 2, "B")
    assert back() == (5, 1, "A")
    with pytest.raises(InputInvalid) as refused:
        back()
    assert str(refused.value) == "Vor dieser Fassung von »leihraeder« gibt es keine."
    written(tmp_path, "D")
    assert back() == (7, 1, "A")
    titles = [v.entwurf.titel for v in list_versions(tmp_path, "lvs", "leihraeder")]
    assert titles == ["A", "B", "C", "B", "A", "D", "A"]


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    written(tmp_path, "A")
    with pytest.raises(NotFound) as absent:
        read_version(tmp_path, "lvs", "leihraeder", 2)
    assert str(absent.value) == "Fassung 2 von »leihraeder« gibt es nicht."
    with pytest.raises(NotFound) as unknown:
        undo(tmp_path, "lvs", "anderer", author="M. Muster", at=AT)
    assert str(unknown.value) == "Einen Entwurf »anderer« gibt es nicht."


@pytest.mark.parametrize("name", ["", "../x", "a/b", "A", "-a", "ä", "a" * 65, "a\n"])
def test_a_name_that_might_lead_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputInvalid) as refused:
        write_version(tmp_path, name, draft(), author="M. Muster", at=AT)
    assert str(refused.value) == (
        f"»{name}« geht nicht als Name: bitte nur a bis z, Ziffern und Bindestriche."
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"at": 1'])
def test_a_damaged_version_is_named(tmp_path: Path, content: bytes) -> None:
    written(tmp_path, "A", "B")
    path = tmp_path / "entwuerfe" / "lvs" / "leihraeder" / "fassung-0001.json"
    path.write_bytes(content)
    with pytest.raises(InputInvalid) as refused:
        read_version(tmp_path, "lvs", "leihraeder", 1)
    assert str(refused.value) == (
        "Fassung 1 von »leihraeder« ist beschädigt und lässt sich nicht lesen. Die anderen Fassungen "
        "sind davon nicht betroffen."
    )
    assert read_version(tmp_path, "lvs", "leihraeder", 2).entwurf.titel == "B"


def test_a_folder_that_takes_no_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "entwuerfe").write_text("im Weg")
    with pytest.raises(InputInvalid) as refused:
        written(tmp_path, "A")
    assert str(refused.value) == (
        "Der Entwurf lässt sich nicht im Datenverzeichnis ablegen: Not a directory."
    )


def own(text: str) -> Absatz:
    return Absatz(text, Herkunft.EIGEN)


def test_a_comparison_names_new_gone_and_changed_paragraphs() -> None:
    before = draft(
        ("anlass", (own("bleibt"), own("alt"), own("auch"))),
        ("zeitplan", (own("fort"),)),
    )
    after = draft(
        ("anlass", (own("bleibt"), own("neu"), own("auch"), own("dazu"))),
        ("klima", (own("eigens"),)),
    )
    assert compare(before, after) == (
        Change("Anlass", ChangeKind.GEAENDERT, own("alt"), own("neu")),
        Change("Anlass", ChangeKind.NEU, None, own("dazu")),
        Change("Nachhaltigkeit und Klima", ChangeKind.NEU, None, own("eigens")),
        Change("Zeitplan", ChangeKind.ENTFALLEN, own("fort"), None),
    )
    assert compare(before, before) == ()


def test_a_paragraph_with_other_evidence_differs_and_one_numbered_anew_does_not() -> None:
    one, two = CITATIONS
    said = Absatz("Das ist so.", Herkunft.BELEGT, (1,))
    before = draft(("anlass", (said,)))
    turned = draft(
        ("anlass", (replace(said, citations=(2,)),)),
        citations=(replace(two, number=1), replace(one, number=2)),
    )
    assert compare(before, turned) == ()
    other = draft(("anlass", (replace(said, citations=(2,)),)))
    assert compare(before, other) == (
        Change("Anlass", ChangeKind.GEAENDERT, said, replace(said, citations=(2,))),
    )
    derived = draft(("anlass", (replace(said, herkunft=Herkunft.ABGELEITET),)))
    assert [change.kind for change in compare(before, derived)] == [ChangeKind.GEAENDERT]


def test_any_version_can_be_brought_back_and_signatures_know_its_words(tmp_path: Path) -> None:
    written(tmp_path, "Eins", "Zwei", "Drei")
    back = undo(tmp_path, "lvs", "leihraeder", author="K. Kern", at=AT, to=1)
    assert (back.number, back.restores, back.entwurf.titel) == (4, 1, "Eins")
    forth = undo(tmp_path, "lvs", "leihraeder", author="K. Kern", at=AT, to=3)
    assert (forth.number, forth.words_of, forth.anlass) == (5, 3, "zurück zu Fassung 3")


def test_the_words_that_are_there_are_not_brought_back_once_more(tmp_path: Path) -> None:
    written(tmp_path, "Eins", "Zwei")
    undo(tmp_path, "lvs", "leihraeder", author="K. Kern", at=AT, to=1)
    for same in (1, 3):
        with pytest.raises(InputInvalid, match="schon den Wortlaut von Fassung 1"):
            undo(tmp_path, "lvs", "leihraeder", author="K. Kern", at=AT, to=same)
    with pytest.raises(NotFound):
        undo(tmp_path, "lvs", "leihraeder", author="K. Kern", at=AT, to=9)
    assert len(list_versions(tmp_path, "lvs", "leihraeder")) == 3
