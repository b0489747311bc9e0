"""Which files of a backup are drafts, and which of them come back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.begruendung.numbered import draft_names
from assistant.upkeep.backup_drafts import bring_back_drafts, copy_drafts, is_draft
from index.life import Deletion, digest
from tests.unit.assistant.begruendung.kept import CITED, NAME, House, house

AT = "2026-03-05T10:00:00+00:00"
LATER = "2026-03-05T11:00:00+00:00"
EARLIER = "2026-03-05T09:00:00+00:00"


@pytest.mark.parametrize(
    "name",
    [
        "entwuerfe/lvs/../x/fassung-0001.json",
        "entwuerfe/../../x/fassung-0001.json",
        "entwuerfe/lvs/x/../fassung-0001.json",
        "entwuerfe/lvs/x/fassung-0001.json/y",
        "entwuerfe/lvs/.sperre",
        "entwuerfe/lvs/x/.fassung.1.ab",
        "entwuerfe/lvs/x/fassung-1.json\n",
        "/entwuerfe/lvs/x/fassung-0001.json",
    ],
)
def test_a_name_that_leads_elsewhere_is_no_draft(name: str) -> None:
    assert not is_draft(name)
    assert is_draft("entwuerfe/lvs/x/fassung-0001.json")
    assert is_draft("entwuerfe/lv_s/x-1/mitzeichnung-12345.json")


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[House]:
    found = house(tmp_path / "home")
    found.keep()
    yield found
    found.store.close()


def back(kept_: House, tmp_path: Path, deletion: Deletion | None) -> Path:
    """A new home after the drafts of a backup came back into it."""
    folder, home = tmp_path / "sicherung", tmp_path / "neu"
    copy_drafts(kept_.home, folder)
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*.json")]
    known = {deletion.id: deletion} if deletion else {}
    bring_back_drafts(folder, home, names, known, AT)
    return home


def deleted(at: str, *, keeps_out: bool = True, lifted: bool = False) -> Deletion:
    marks = (digest("lvs", CITED),)
    return Deletion("n1", at, "b", "lvs", "", marks, {}, keeps_out, lifted=lifted)


@pytest.mark.parametrize(
    ("deletion", "cut"),
    [
        (None, False),
        (deleted(LATER), True),
        (deleted(EARLIER), True),
        (deleted(LATER, keeps_out=False), True),
        (deleted(EARLIER, keeps_out=False), False),
        (deleted(LATER, lifted=True), False),
    ],
)
def test_words_of_erased_papers_are_cut_before_a_draft_is_in_its_place(
    kept: House, tmp_path: Path, deletion: Deletion | None, cut: bool
) -> None:
    home = back(kept, tmp_path, deletion)
    path = home / "entwuerfe" / "lvs" / NAME / "fassung-0001.json"
    assert ("48.000" in path.read_text("utf-8")) is not cut
    assert path.stat().st_mode & 0o777 == 0o600
    assert not (home / "entwuerfe" / ".kommt").exists()


@pytest.mark.parametrize(("deletion", "comes"), [(None, True), (deleted(EARLIER), False)])
def test_a_damaged_draft_stays_away_where_it_may_hold_erased_words(
    kept: House, tmp_path: Path, deletion: Deletion | None, comes: bool
) -> None:
    path = kept.home / "entwuerfe" / "lvs" / NAME / "fassung-0001.json"
    path.write_bytes(path.read_bytes()[:-100])
    home = back(kept, tmp_path, deletion)
    assert draft_names(home, "lvs") == ((NAME,) if comes else ())
