"""The kept drafts of a backup. One that is there already is newer than any copy, and stays."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.begruendung.erasing import cut_version
from assistant.begruendung.numbered import (
    COMING,
    FOLDER,
    REMOVED_FILE,
    alone,
    draft_names,
    make_folder,
)
from assistant.begruendung.shelf import mark_of
from assistant.begruendung.versions import FASSUNG, read_version, replace_version, version_numbers
from assistant.errors import InputInvalid
from assistant.upkeep.backup_uploads import is_erased
from index.chain import ChainedFile, sync_folder
from index.copying import sync
from index.life import Deletion

_DRAFT = re.compile(
    rf"{FOLDER}/(?P<mandant>[a-z0-9][a-z0-9_-]{{0,31}})/(?P<name>[a-z0-9][a-z0-9-]{{0,63}})"
    rf"/(?:{FASSUNG}|mitzeichnung)-\d{{4,}}\.json"
)


def is_draft(name: str) -> bool:
    """Whether a name of the manifest is that of a part of a draft, and leads nowhere else."""
    return _DRAFT.fullmatch(name) is not None


def copy_drafts(home: Path, folder: Path) -> None:
    """Copies the kept drafts as they are at one moment. Raises OSError where one cannot be."""
    if not (home / FOLDER).is_dir():
        return
    with alone(home):
        for path in sorted((home / FOLDER).glob("*/*/*.json")):
            name = path.relative_to(home).as_posix()
            if is_draft(name):
                _copy(path, folder / name)


def bring_back_drafts(
    folder: Path,
    home: Path,
    names: Iterable[str],
    known: Mapping[str, Deletion],
    at: str,
    beside: Path | None = None,
) -> None:
    """Copies home what is missing there, without what was deleted since.

    A draft that was deleted after the backup stays away. Words of papers that a deletion took are
    cut out before a draft is in its place; a damaged one, of which that cannot be told, stays away
    where papers were deleted.

    Args:
        folder: the backup.
        home: where the stock lies.
        names: what the backup holds.
        known: every deletion of a paper that anybody knows of.
        at: when the backup was begun.
        beside: a further folder with a list of deleted drafts.
    """
    parts: dict[tuple[str, str], list[str]] = {}
    for name in sorted(names):
        if match := _DRAFT.fullmatch(name):
            parts.setdefault((match["mandant"], match["name"]), []).append(name)
    for where in filter(None, (folder, beside)):
        _take_over(where, home)
    removed = _removed(home)
    if not parts:
        return
    waiting = home / FOLDER / COMING
    with alone(home):
        shutil.rmtree(waiting, ignore_errors=True)
        try:
            for (mandant, draft), files in parts.items():
                gone = removed.get(mark_of(mandant, draft), "") >= at
                if gone or draft in draft_names(home, mandant):
                    continue
                for name in files:
                    _copy(folder / name, waiting / name)
                if _cut(waiting, mandant, draft, known, at):
                    _put(waiting / FOLDER / mandant / draft, home / FOLDER / mandant / draft)
        finally:
            shutil.rmtree(waiting, ignore_errors=True)


def _cut(home: Path, mandant: str, draft: str, known: Mapping[str, Deletion], at: str) -> bool:
    """Cuts the words of erased papers out of a draft; False where that cannot be done."""

    def taken(document_id: str) -> bool:
        return is_erased(mandant, document_id, known, at)

    for number in version_numbers(home, mandant, draft):
        try:
            cut = cut_version(read_version(home, mandant, draft, number), taken)
        except InputInvalid:
            if any(d.mandant == mandant and not d.lifted for d in known.values()):
                return False
            continue
        if cut is not None:
            replace_version(home, draft, cut)
    return True


def _put(come: Path, place: Path) -> None:
    make_folder(place.parent)
    if place.is_dir():
        shutil.rmtree(place)  # without a version in it
    come.rename(place)
    sync_folder(place.parent)


def _take_over(folder: Path, home: Path) -> None:
    """Home's list of deleted drafts takes over what it lacks."""
    there = {(line.at, line.mark): line for line in _lines(folder)}
    here = {(line.at, line.mark) for line in _lines(home)}
    for key, line in there.items():
        if key not in here:
            ChainedFile(home / REMOVED_FILE, synced=True).append(
                {"at": line.at, "who": line.who, "entwurf": line.mark}
            )


def _removed(home: Path) -> dict[str, str]:
    """When drafts were deleted last, by their marks."""
    found: dict[str, str] = {}
    for line in _lines(home):
        found[line.mark] = max(found.get(line.mark, ""), line.at)
    return found


@dataclass(frozen=True, slots=True)
class _Line:
    at: str
    who: str
    mark: str


def _lines(folder: Path) -> list[_Line]:
    return [
        _Line(str(fields.get("at", "")), str(fields.get("who", "")), str(fields.get("entwurf", "")))
        for fields in ChainedFile(folder / REMOVED_FILE).entries()
    ]


def _copy(source: Path, target: Path) -> None:
    make_folder(target.parent)
    shutil.copyfile(source, target)
    target.chmod(0o600)
    sync(target)
    sync_folder(target.parent)
