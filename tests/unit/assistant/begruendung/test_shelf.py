"""Kept drafts: who changes one has read its last version, and its papers are there."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.begruendung.mitzeichnung import Mitzeichnung, Zeichen
from assistant.begruendung.numbered import REMOVED_FILE
from assistant.begruendung.shelf import mark_of
from assistant.errors import Conflict, InputInvalid, NotFound
from index.chain import ChainedFile
from tests.unit.assistant.begruendung.kept import CITED, NAME, OPERATOR, House, house


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[House]:
    found = house(tmp_path / "home")
    found.keep()
    yield found
    found.store.close()


def signature(fassung: int) -> Mitzeichnung:
    return Mitzeichnung("Kämmerei", Zeichen.MITGEZEICHNET, "K. Kern", date(2026, 3, 6), fassung)


def test_a_change_names_the_version_it_builds_on(kept: House) -> None:
    assert kept.keep(based_on=1).number == 2
    with pytest.raises(Conflict) as refused:
        kept.keep(based_on=1)
    assert str(refused.value) == (
        "»raeder« steht inzwischen bei Fassung 2, Ihre Änderung bezieht sich auf Fassung 1. Es ist "
        "nichts verloren und nichts geändert: Bitte vergleichen Sie beide und wiederholen Sie die "
        "Änderung."
    )
    for change in (
        lambda: kept.shelf.undo(NAME, based_on=1, author="M. Muster"),
        lambda: kept.shelf.sign(NAME, signature(1)),
        lambda: kept.shelf.remove(NAME, based_on=1, who="betreiber"),
    ):
        with pytest.raises(Conflict):
            change()
    assert kept.shelf.numbers(NAME) == (1, 2)
    assert kept.shelf.signatures(NAME) == ()


def test_a_new_draft_takes_no_name_that_is_taken(kept: House) -> None:
    with pytest.raises(Conflict, match="gibt es schon"):
        kept.keep()
    assert kept.shelf.numbers(NAME) == (1,)


def test_a_new_draft_takes_no_name_of_a_page(kept: House) -> None:
    with pytest.raises(InputInvalid, match="»neu« ist für eine Seite vergeben"):
        kept.keep(name="neu")
    assert kept.shelf.names() == (NAME,)


def test_of_two_that_build_on_the_same_version_one_is_told(kept: House) -> None:
    def change(_: int) -> bool:
        try:
            kept.keep(based_on=1)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(change, range(4))) == [False, False, False, True]
    assert kept.shelf.numbers(NAME) == (1, 2)


def test_a_draft_on_a_paper_that_was_erased_meanwhile_is_not_kept(kept: House) -> None:
    drafted = kept.drafted()
    kept.store.delete(OPERATOR, CITED)
    with pytest.raises(InputInvalid) as refused:
        kept.shelf.keep("anderer", drafted, based_on=None, author="M. Muster", quellen=())
    assert str(refused.value) == (
        "Eine Quelle dieses Entwurfs wurde inzwischen gelöscht. Bitte entwerfen Sie neu, ohne sie; "
        "abgelegt wurde nichts."
    )
    assert kept.shelf.names() == (NAME,)


def test_a_deleted_draft_is_gone_with_all_its_files_and_listed_without_its_name(
    kept: House,
) -> None:
    kept.shelf.sign(NAME, signature(1))
    assert kept.shelf.remove(NAME, based_on=1, who="betreiber") == 1
    assert kept.shelf.names() == ()
    left = [path for path in (kept.home / "entwuerfe").rglob("*") if path.is_file()]
    assert {path.name for path in left} == {".sperre"}
    (line,) = ChainedFile(kept.home / REMOVED_FILE).entries()
    assert (line["entwurf"], line["who"]) == (mark_of("lvs", NAME), "betreiber")
    assert NAME not in (kept.home / REMOVED_FILE).read_text("utf-8")
    with pytest.raises(NotFound):
        kept.shelf.read(NAME)
    assert kept.keep().number == 1


def test_only_drafts_that_nobody_has_changed_expire(kept: House) -> None:
    kept.keep("alt")
    kept.keep("beschaedigt")
    kept.keep("gezeichnet")
    for name in ("alt", "beschaedigt", "gezeichnet"):
        path = kept.home / "entwuerfe" / "lvs" / name / "fassung-0001.json"
        written = re.sub(r'"at": "\d{4}', '"at": "2001', path.read_text("utf-8"))
        path.write_text("{" if name == "beschaedigt" else written, encoding="utf-8")
    today = replace(signature(1), tag=date.today())
    kept.shelf.sign("gezeichnet", today)
    assert kept.shelf.expire(30, "frist") == ("alt",)
    assert kept.shelf.names() == ("beschaedigt", "gezeichnet", NAME)
    damaged = kept.home / "entwuerfe" / "lvs" / "beschaedigt" / "fassung-0001.json"
    os.utime(damaged, (1_000_000_000, 1_000_000_000))
    assert kept.shelf.expire(30, "frist") == ("beschaedigt",)
    assert kept.shelf.expire(30, "frist") == ()


def test_what_a_kill_left_behind_goes_with_the_next_change(kept: House) -> None:
    folder = kept.home / "entwuerfe" / "lvs"
    (folder / NAME / ".fassung.99999.abcd").write_text("halb")
    (folder / ".entfernt-aa").mkdir()
    (folder / ".entfernt-aa" / "fassung-0001.json").write_text("fort")
    (folder / ".geloeschtes.99999.abcd").write_text("halb")
    (kept.home / "entwuerfe" / ".kommt" / "x").mkdir(parents=True)
    kept.keep(based_on=1)
    assert [path.name for path in sorted((kept.home / "entwuerfe").iterdir())] == [".sperre", "lvs"]
    assert [path.name for path in sorted(folder.iterdir())] == [NAME]
    assert [path.name for path in sorted((folder / NAME).iterdir())] == [
        "fassung-0001.json",
        "fassung-0002.json",
    ]


@pytest.mark.parametrize("name", ["../../x", "a/b", "..", ".", "A", "a\n", "a" * 65])
def test_a_name_that_might_lead_elsewhere_is_refused(kept: House, name: str) -> None:
    with pytest.raises(InputInvalid, match="geht nicht als Name"):
        kept.keep(name)
    with pytest.raises(InputInvalid, match="geht nicht als Name"):
        kept.shelf.read(name)
    with pytest.raises(InputInvalid, match="geht nicht als Name"):
        kept.shelf.remove(name, based_on=1, who="betreiber")
