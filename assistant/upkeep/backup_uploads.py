"""The part of a backup that is no document: the book of jobs and the uploaded files."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from assistant.upkeep.originals import FOLDER
from index.chain import sync_folder
from index.connections import Connections
from index.copying import copy_out, sync
from index.life import Deletion, digest
from ingest.feeding.book_file import BOOK
from ingest.feeding.job_book import JobBook

_ORIGINAL = re.compile(rf"{FOLDER}/(?P<mandant>[^/]+)/(?P<sha256>[0-9a-f]{{64}})")


def is_original(name: str) -> bool:
    """Whether a name of the manifest is that of an uploaded file, and leads nowhere else."""
    match = _ORIGINAL.fullmatch(name)
    return match is not None and match["mandant"] not in {".", ".."}


def copy_book(home: Path, draft: Path) -> None:
    """Copies the book of jobs as it is at one moment; a home without one has had no job.

    To be called before the database is copied: what is stored meanwhile is then still to be done
    by the book, and a resumed job only compares.
    """
    if not (home / BOOK).is_file():
        return
    connections = Connections(home / BOOK)
    try:
        copy_out(connections, draft / BOOK)
    finally:
        connections.close()


def copy_originals(home: Path, draft: Path) -> None:
    """Copies the uploaded files. Raises OSError where one cannot be written."""
    for path in sorted((home / FOLDER).glob("*/*")):
        name = path.relative_to(home).as_posix()
        if not is_original(name):
            continue
        target = draft / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileNotFoundError):  # erased a moment ago
            shutil.copyfile(path, target)
            sync(target)


def bring_back(
    folder: Path, home: Path, names: Iterable[str], known: Mapping[str, Deletion], at: str
) -> None:
    """Copies the uploaded files of a backup home, without those of erased documents.

    Args:
        folder: the backup.
        home: where the stock lies.
        names: what the backup holds.
        known: every deletion that anybody knows of.
        at: when the backup was begun.
    """
    for name in sorted(names):
        match = _ORIGINAL.fullmatch(name)
        if match is None or is_erased(match["mandant"], match["sha256"], known, at):
            continue
        target = home / name
        if target.exists():
            continue  # the name is its hash
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        half = target.with_name(f".{target.name}")
        shutil.copyfile(folder / name, half)
        sync(half)
        half.replace(target)
        sync_folder(target.parent)


def forget_erased(
    draft: Path, names: Iterable[str], known: Mapping[str, Deletion], at: str
) -> None:
    """Takes the files of erased documents out of a book, so that no job asks for them."""
    if not (draft / BOOK).is_file():
        return
    book = JobBook(draft)
    try:
        for mandant, sha256 in _parsed(names):
            if is_erased(mandant, sha256, known, at):
                book.forget_path(draft / FOLDER / mandant / sha256)
    finally:
        book.close()


def _parsed(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        match = _ORIGINAL.fullmatch(name)
        if match is not None:
            yield match["mandant"], match["sha256"]


def is_erased(mandant: str, sha256: str, known: Mapping[str, Deletion], at: str) -> bool:
    """Whether a deletion took this file. One that lets it in again counts only if it is later."""
    mark = digest(mandant, sha256)
    return any(
        (mark in deletion.digests and (deletion.keeps_out or deletion.at >= at))
        or (mark in deletion.originals and deletion.at >= at)
        for deletion in known.values()
        if not deletion.lifted
    )
