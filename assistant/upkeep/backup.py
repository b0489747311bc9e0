"""Backups: a folder with copies of database, jobs, records, uploads, drafts, searches and runs.

Each file is named with its hash. Vectors are in the database; their FAISS files are a cache and
are not copied. Restoring an older backup first applies every deletion that this home, the backup
or a given list knows of, to uploaded files and drafts too, and only then puts the database in its
place.
"""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.audit import AUDIT_FILE
from assistant.begruendung.numbered import REMOVED_FILE
from assistant.errors import BackupUnusable, InputInvalid
from assistant.feedback import FEEDBACK_FILE
from assistant.searching import saved
from assistant.settings import SETTINGS_FILE
from assistant.upkeep.backup_drafts import bring_back_drafts, copy_drafts, is_draft
from assistant.upkeep.backup_runs import bring_back_runs, copy_runs, is_run
from assistant.upkeep.backup_uploads import (
    bring_back,
    copy_book,
    copy_originals,
    forget_erased,
    is_erased,
    is_original,
)
from assistant.upkeep.feedback_care import bring_back_feedback
from assistant.wire.status import program_version
from index.chain import sync_folder
from index.copying import put_in_place, sync
from index.deletions import DELETIONS_FILE, DeletionFile
from index.errors import StoreError
from index.life import Deletion
from index.sqlite_store import DATABASE, SqliteStore
from index.vectors import sha256_of
from ingest.feeding.book_file import BOOK

MANIFEST = "sicherung.json"
DRAFT = ".wiederherstellung"
OF_MANDANTEN = (
    "hausregeln-*.toml",
    "stilwoerter-*.toml",
    "zielrichtungen-*.toml",
    "vorlage-*.docx",
    "barrierefreiheit-*.txt",
    "datenschutz-*.txt",
    "kontakt-*.toml",
)
"""What an admin lays into the data directory for a Mandant."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: bytes and hash of each file, and when it was made."""

    folder: Path
    at: str
    version: str
    files: Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored backup, and how many documents the list of deletions took out of it."""

    backup: Backup
    documents: int
    erased_again: int


def back_up(store: SqliteStore, home: Path, folder: Path) -> Backup:
    """Writes a backup into `folder`, which must be new or empty; nothing is stopped for it.

    Raises:
        InputInvalid: the folder holds something.
        BackupUnusable: it cannot be written.
        StoreError: the database cannot be copied.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputInvalid(
            f"Der Ordner »{folder}« ist nicht leer. Bitte einen neuen Ordner nennen; eine "
            "Sicherung überschreibt nichts."
        )
    draft = folder.with_name(f".{folder.name}.{uuid.uuid4().hex[:8]}")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        draft.mkdir(parents=True, mode=0o700)
        try:
            copy_book(home, draft)
            copy_drafts(home, draft)
            copy_runs(home, draft)
            store.copy_to(draft / DATABASE)
            copy_originals(home, draft)
            kept = (AUDIT_FILE, DELETIONS_FILE, FEEDBACK_FILE, REMOVED_FILE, SETTINGS_FILE)
            for name in (*kept, *_of_mandanten(home), *_searches(home)):
                if (home / name).is_file():
                    shutil.copyfile(home / name, draft / name)
                    sync(draft / name)
            backup = _described(draft, at)
            _write_manifest(draft, backup)
            if folder.exists():
                folder.rmdir()
            draft.rename(folder)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        sync_folder(folder.absolute().parent)
    except OSError as error:
        raise BackupUnusable(
            f"Die Sicherung in »{folder}« ließ sich nicht schreiben ({error.strerror}). "
            "Bitte Speicherplatz und Rechte prüfen."
        ) from error
    return Backup(folder, backup.at, backup.version, backup.files)


def _of_mandanten(folder: Path) -> list[str]:
    """Names of the files that Mandanten have of their own, in order."""
    return sorted(path.name for pattern in OF_MANDANTEN for path in folder.glob(pattern))


def _searches(folder: Path) -> list[str]:
    """Names of the files with kept searches, in order."""
    return sorted(path.name for path in folder.glob(saved.FILES))


def _bring_back_searches(
    backup: Backup, home: Path, draft: Path, known: Mapping[str, Deletion]
) -> None:
    """Those that home lacks, without the ids of what was erased since.

    A damaged file stays away where papers were erased, for that cannot be told of it.
    """
    for name in _searches(backup.folder):
        if name not in backup.files or (home / name).exists():
            continue
        shutil.copyfile(backup.folder / name, draft / name)
        (draft / name).chmod(0o600)
        for mandant in saved.mandanten(draft):

            def is_gone(document_id: str, mandant: str = mandant) -> bool:
                return is_erased(mandant, document_id, known, backup.at)

            try:
                saved.SavedSearches(draft, mandant).forget(is_gone)
            except InputInvalid:
                if any(d.mandant == mandant and not d.lifted for d in known.values()):
                    (draft / name).unlink()
        if (draft / name).exists():
            (draft / name).replace(home / name)


def _described(folder: Path, at: str) -> Backup:
    files = {
        path.relative_to(folder).as_posix(): (path.stat().st_size, sha256_of(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return Backup(folder, at, program_version(), files)


def _write_manifest(folder: Path, backup: Backup) -> None:
    path = folder / MANIFEST
    files = {name: {"bytes": size, "sha256": sha} for name, (size, sha) in backup.files.items()}
    content = {"at": backup.at, "version": backup.version, "files": files}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
    sync(path)
    sync_folder(folder)


def read_backup(folder: Path) -> Backup:
    """Reads the manifest and checks every file against it.

    Raises:
        BackupUnusable: there is no backup, or a file differs from its hash.
    """
    try:
        content = json.loads((folder / MANIFEST).read_text("utf-8"))
        files = {
            str(name): (int(entry["bytes"]), str(entry["sha256"]))
            for name, entry in content["files"].items()
        }
        backup = Backup(folder, str(content["at"]), str(content["version"]), files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupUnusable(
            f"In »{folder}« liegt keine lesbare Sicherung ({MANIFEST} fehlt oder ist beschädigt)."
        ) from error
    for name, (_, sha256) in files.items():
        path = folder / name
        plain = Path(name).name == name or is_original(name) or is_draft(name) or is_run(name)
        if not plain or not path.is_file() or sha256_of(path) != sha256:
            raise BackupUnusable(
                f"Die Datei »{name}« der Sicherung fehlt oder ist verändert. Bitte eine andere "
                "Sicherung einspielen; es wurde nichts geändert."
            )
    if DATABASE not in files:
        raise BackupUnusable(f"Der Sicherung in »{folder}« fehlt die Datenbank.")
    return backup


def restore(folder: Path, home: Path, deletion_list: Path | None = None) -> Restored:
    """Puts a backup in the place of the stock in `home`, without what was erased since.

    The record of who asked what goes on where there is one, and comes from the backup else. The
    list of deletions becomes the union of home's, the backup's and `deletion_list`.

    Raises:
        BackupUnusable: see `read_backup`, or the disk is full; the old stock stays.
        StoreError: a program has the stock open, or the backup is of a newer version.
    """
    backup = read_backup(folder)
    # An erasure that only the database knows of reaches the list now; a stock that cannot be
    # opened is why many restore.
    if (home / DATABASE).is_file():
        with suppress(StoreError):
            SqliteStore(home).close()
    draft = home / DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    try:
        draft.mkdir(parents=True, mode=0o700)
        try:
            documents, erased = _prepare(folder, home, draft, deletion_list)
            known = DeletionFile(draft).read()
            DeletionFile(home).complete(known.values())
            _bring_back_uploads(backup, home, draft, known)
            beside = deletion_list.parent if deletion_list is not None else None
            bring_back_drafts(backup.folder, home, backup.files, known, backup.at, beside)
            bring_back_feedback(backup.folder, home, backup.files, known, backup.at)
            bring_back_runs(backup.folder, home, backup.files)
            for name in (AUDIT_FILE, SETTINGS_FILE, *_of_mandanten(folder)):
                if name in backup.files and not (home / name).exists():
                    shutil.copyfile(folder / name, home / name)
            _bring_back_searches(backup, home, draft, known)
            put_in_place(draft / DATABASE, home / DATABASE)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise BackupUnusable(
            f"Die Sicherung ließ sich nicht einspielen ({error.strerror}). Bitte Speicherplatz "
            "und Rechte prüfen; der bisherige Bestand ist unverändert."
        ) from error
    for path in (home / "vectors").glob("*"):
        path.unlink(missing_ok=True)
    return Restored(backup, documents, erased)


def _bring_back_uploads(
    backup: Backup, home: Path, draft: Path, known: Mapping[str, Deletion]
) -> None:
    """Uploaded files first, then the book that names them; what the database lacks is read anew."""
    bring_back(backup.folder, home, backup.files, known, backup.at)
    if BOOK in backup.files:
        shutil.copyfile(backup.folder / BOOK, draft / BOOK)
        (draft / BOOK).chmod(0o600)
        forget_erased(draft, backup.files, known, backup.at)
        put_in_place(draft / BOOK, home / BOOK)


def _prepare(folder: Path, home: Path, draft: Path, deletion_list: Path | None) -> tuple[int, int]:
    """Makes the draft: the backup's database after every known deletion. Documents, erasures."""
    shutil.copyfile(folder / DATABASE, draft / DATABASE)
    (draft / DATABASE).chmod(0o600)
    before = _count(draft)
    merged = DeletionFile(draft)
    for where in (folder, home):
        merged.complete(DeletionFile(where).read().values())
    if deletion_list is not None:
        merged.complete(DeletionFile(deletion_list.parent, deletion_list.name).read().values())
    after = _count(draft)
    return after, before - after


def _count(home: Path) -> int:
    """Documents of a home, after what its list of deletions says was carried out."""
    store = SqliteStore(home)
    try:
        return store.count_documents()
    finally:
        store.close()
