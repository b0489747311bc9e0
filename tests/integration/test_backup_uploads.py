"""Uploaded files and the book of jobs in a backup, and their erasure; real store, real book."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.audit import AuditLog
from assistant.errors import BackupUnusable
from assistant.upkeep.backup import back_up, restore
from assistant.upkeep.originals import FOLDER, erase, original_path, source_of
from index.sqlite_store import SqliteStore
from index.types import Access, DocumentSummary
from ingest.feeding.book_file import BOOK
from ingest.feeding.job_book import JobBook
from ingest.feeding.job_run import run_job
from ingest.feeding.jobs import JobOrigin, JobPath, JobState
from tests.hash_embedder import HashEmbedder
from tests.integration.test_ingest_pipeline import antrag

OPERATOR = Access.operator("lvs")


@dataclass
class House:
    """What `erase` works on, without the models that it does not need."""

    home: Path
    store: SqliteStore
    jobs: JobBook
    audit: AuditLog

    def close(self) -> None:
        self.jobs.close()
        self.store.close()

    def upload(self, name: str, data: bytes, *, run: bool = True) -> Path:
        """What a request to /api/documents leaves behind, carried out at once."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = original_path(self.home, "lvs", sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        item = JobPath(path, source_of("auftrag1", name))
        job = self.jobs.create("lvs", JobOrigin.HOCHGELADEN, [item])
        if run:
            run_job(
                self.jobs,
                job,
                store=self.store,
                embedder=HashEmbedder(),
                stopped=lambda: False,
            )
            assert self.jobs.get(job.id).state is JobState.FERTIG
        return path

    def only(self, words: str) -> DocumentSummary:
        (found,) = [
            d
            for d in self.store.documents(OPERATOR)
            if words in str([p.text for p in self.store.passages(OPERATOR, d.id)])
        ]
        return found

    def originals(self) -> set[Path]:
        return set((self.home / FOLDER).glob("*/*"))


def house(home: Path) -> House:
    store = SqliteStore(home)
    return House(home, store, JobBook(home), AuditLog(home))


def archive(folder: Path, name: str, **papers: str) -> bytes:
    path = folder / name
    with zipfile.ZipFile(path, "w") as file:
        for member, text in papers.items():
            file.writestr(f"{member}.txt", text)
    return path.read_bytes()


ONE = antrag("15/1", "Kanarienvogel im Museum.")
TWO = antrag("15/2", "Radweg am Sonnenhang.")
THREE = antrag("15/3", "Schulhof in der Nordstadt.")


def test_a_document_of_two_uploaded_archives_takes_both_along(tmp_path: Path) -> None:
    at = house(tmp_path / "home")
    first = at.upload("a.zip", archive(tmp_path, "a.zip", eins=ONE, zwei=TWO))
    second = at.upload("b.zip", archive(tmp_path, "b.zip", eins=ONE, drei=THREE))
    other = at.upload("c.txt", antrag("15/4", "Ufer.").encode())
    assert at.originals() == {first, second, other}
    assert erase(at, OPERATOR, at.only("Kanarienvogel"), who="amt")  # type: ignore[arg-type]
    assert at.originals() == {other}
    assert len(at.store.documents(OPERATOR)) == 3
    at.close()


def test_a_backup_holds_uploads_and_jobs_and_an_erased_one_never_comes_back(
    tmp_path: Path,
) -> None:
    at = house(tmp_path / "home")
    zipped = at.upload("a.zip", archive(tmp_path, "a.zip", eins=ONE, zwei=TWO))
    single = at.upload("drei.txt", THREE.encode())
    waits = at.upload("ufer.txt", antrag("15/4", "Ufer.").encode(), run=False)
    made = back_up(at.store, at.home, tmp_path / "sicherung")
    originals = {path.relative_to(at.home).as_posix() for path in (zipped, single, waits)}
    assert {BOOK, *originals} <= set(made.files)

    # Of the archive only one member is erased; its words are in the whole of it.
    assert erase(at, OPERATOR, at.only("Kanarienvogel"), who="amt")  # type: ignore[arg-type]
    at.close()
    done = restore(tmp_path / "sicherung", at.home)
    assert (done.documents, done.erased_again) == (2, 1)

    again = house(at.home)
    assert again.originals() == {single, waits}
    assert not any(b"Kanarienvogel" in p.read_bytes() for p in at.home.rglob("*") if p.is_file())
    assert not again.jobs.names_path(zipped)
    (waiting,) = again.jobs.waiting()
    assert [item.path for item in again.jobs.paths(waiting.id)] == [waits]
    again.close()


def test_uploads_return_to_an_empty_house_whose_waiting_job_goes_on(tmp_path: Path) -> None:
    at = house(tmp_path / "home")
    at.upload("eins.txt", ONE.encode())
    at.upload("zwei.txt", TWO.encode(), run=False)
    back_up(at.store, at.home, tmp_path / "sicherung")
    at.close()
    new = tmp_path / "neu"
    restore(tmp_path / "sicherung", new)
    again = house(new)
    (job,) = again.jobs.waiting()
    run_job(again.jobs, job, store=again.store, embedder=HashEmbedder(), stopped=lambda: False)
    assert len(again.store.documents(OPERATOR)) == 2
    assert all(path.is_relative_to(new) for path in again.originals())
    assert {path.read_text() for path in again.originals()} == {ONE, TWO}
    again.close()


def test_an_archive_uploaded_again_after_the_erasure_is_in_the_next_backup_and_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = house(tmp_path / "home")
    data = archive(tmp_path, "a.zip", eins=ONE, zwei=TWO)
    path = at.upload("a.zip", data)
    monkeypatch.setattr("index.deletions.now", lambda: "2024-01-01T00:00:00+00:00")
    erase(at, OPERATOR, at.only("Kanarienvogel"), who="amt")  # type: ignore[arg-type]
    assert at.originals() == set()
    at.upload("a.zip", data)  # the erased member stays out
    assert len(at.store.documents(OPERATOR)) == 1
    back_up(at.store, at.home, tmp_path / "sicherung")
    at.close()
    path.unlink()
    restore(tmp_path / "sicherung", at.home)
    assert path.read_bytes() == data


def test_a_backup_that_names_a_place_outside_is_refused(tmp_path: Path) -> None:
    at = house(tmp_path / "home")
    at.upload("eins.txt", ONE.encode())
    folder = tmp_path / "sicherung"
    back_up(at.store, at.home, folder)
    at.close()
    manifest = folder / "sicherung.json"
    words = manifest.read_text("utf-8")
    manifest.write_text(words.replace(f"{FOLDER}/lvs/", f"{FOLDER}/../"), "utf-8")
    with pytest.raises(BackupUnusable, match="verändert"):
        restore(folder, tmp_path / "neu")
    assert not (tmp_path / "neu").exists()
