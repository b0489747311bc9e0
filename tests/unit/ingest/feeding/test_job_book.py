from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from index.errors import StoreTooNew
from ingest.feeding.book_file import BOOK
from ingest.feeding.job_book import JobBook
from ingest.feeding.job_run import naming
from ingest.feeding.jobs import FileStamp, JobCounts, JobOrigin, JobPath, JobRefusal, JobState

PATH = JobPath(Path("/akten"), "akten")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[JobBook]:
    opened = JobBook(tmp_path)
    yield opened
    opened.close()


def test_a_job_is_there_for_the_next_process(book: JobBook, tmp_path: Path) -> None:
    job = book.create("lvs", JobOrigin.BEFEHL, [PATH])
    other = JobBook(tmp_path)
    assert other.get(job.id) == job
    assert job.state is JobState.WARTEND
    assert other.paths(job.id) == [PATH]
    assert other.find("lvn", job.id) is None
    other.close()


def test_a_running_job_whose_process_died_waits_again(book: JobBook) -> None:
    job = book.create("lvs", JobOrigin.BEFEHL, [PATH])
    assert book.begin(job.id)
    assert not book.begin(job.id), "two may not run it"
    assert book.note(job.id, JobCounts(done=3, total=9), 1.5) is False
    book.recover()
    found = book.get(job.id)
    assert (found.state, found.counts.done, found.rate) == (JobState.WARTEND, 3, 2.0)
    assert found.remaining_s is None


def test_a_cancelled_running_job_ends_even_when_its_process_died(book: JobBook) -> None:
    job = book.create("lvs", JobOrigin.BEFEHL, [PATH])
    book.begin(job.id)
    assert book.cancel(job).state is JobState.LAEUFT
    assert book.note(job.id, JobCounts(), 0.1) is True
    book.recover()
    found = book.get(job.id)
    assert (found.state, found.cancelling) == (JobState.ABGEBROCHEN, False)
    assert found.ended_at is not None


def test_a_waiting_job_is_cancelled_at_once_and_resumed(book: JobBook) -> None:
    job = book.create("lvs", JobOrigin.BEFEHL, [PATH])
    assert book.cancel(job).state is JobState.ABGEBROCHEN
    assert book.waiting() == []
    assert book.resume(job).state is JobState.WARTEND
    assert book.waiting("lvs") == [book.get(job.id)]
    assert book.waiting("lvn") == [] == book.waiting("lvs", JobOrigin.BEOBACHTET)


def test_the_end_of_a_job_keeps_its_cause_and_its_refusals(book: JobBook) -> None:
    job = book.create("lvs", JobOrigin.HOCHGELADEN, [PATH])
    book.begin(job.id)
    refusal = JobRefusal("akten/a.pdf", "damaged", "Die Datei ist beschädigt.")
    book.end(job.id, JobState.FERTIG, JobCounts(done=1, refused=1), 0.5, [refusal])
    assert book.refusals(job.id) == [refusal]
    book.resume(job)
    book.begin(job.id)
    book.end(job.id, JobState.FEHLGESCHLAGEN, JobCounts(), 0.1, error=("store", "Voll."))
    found = book.get(job.id)
    assert (found.code, found.message) == ("store", "Voll.")
    assert book.refusals(job.id) == []


def test_the_same_order_again_is_the_same_job_until_it_has_ended(book: JobBook) -> None:
    job = book.create("lvs", JobOrigin.BEFEHL, [PATH])
    assert book.unfinished_like("lvs", [PATH]) == job
    assert book.unfinished_like("lvs", [JobPath(Path("/andere"), "akten")]) is None
    assert book.unfinished_like("lvn", [PATH]) is None
    book.cancel(job)
    assert book.unfinished_like("lvs", [PATH]) is None


def test_watched_files_count_as_taken_in_only_when_their_job_is_done(book: JobBook) -> None:
    stamp = FileStamp(5, 7)
    job = book.create("lvs", JobOrigin.BEOBACHTET, [JobPath(Path("/a.txt"), "/a.txt", stamp)])
    book.begin(job.id)
    assert book.watched.taken_in("lvs") == {}
    assert book.watched.ordered("lvs") == {"/a.txt": stamp}
    book.end(job.id, JobState.FERTIG, JobCounts(), 0.1)
    assert book.watched.taken_in("lvs") == {"/a.txt": (stamp, None)}
    assert book.watched.ordered("lvs") == {} == book.watched.taken_in("lvn")


def test_paths_inside_the_home_move_with_it(book: JobBook, tmp_path: Path) -> None:
    kept = tmp_path / "originals" / "lvs" / "abc"
    job = book.create("lvs", JobOrigin.HOCHGELADEN, [JobPath(kept, "upload/x/a.txt")])
    book.close()
    elsewhere = tmp_path / "anderswo"
    elsewhere.mkdir()
    for file in tmp_path.glob(f"{BOOK}*"):
        file.rename(elsewhere / file.name)
    moved = JobBook(elsewhere)
    assert moved.paths(job.id)[0].path == elsewhere / "originals" / "lvs" / "abc"
    moved.close()


def test_a_deleted_path_leaves_every_job(book: JobBook, tmp_path: Path) -> None:
    kept = tmp_path / "originals" / "lvs" / "abc"
    job = book.create("lvs", JobOrigin.HOCHGELADEN, [JobPath(kept, "upload/x/a.txt"), PATH])
    assert book.names_path(kept)
    assert book.uploaded_as("lvs", "upload/x/a.txt") == [kept]
    book.forget_path(kept)
    assert not book.names_path(kept)
    assert book.paths(job.id) == [PATH]


def test_old_jobs_are_dropped_and_their_uploads_named(book: JobBook, tmp_path: Path) -> None:
    kept = JobPath(tmp_path / "originals" / "lvs" / "abc", "upload/x/a.txt")
    uploaded = book.create("lvs", JobOrigin.HOCHGELADEN, [kept])
    waiting = book.create("lvs", JobOrigin.BEFEHL, [PATH])
    book.cancel(uploaded)
    assert book.prune() == []
    assert book.prune(days=-1) == [("lvs", kept)]
    assert [job.id for job in book.jobs("lvs")] == [waiting.id]


def test_a_book_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    connection = apsw.Connection(str(tmp_path / BOOK))
    connection.pragma("user_version", 99)
    connection.close()
    with pytest.raises(StoreTooNew, match="Auftragsbuch hat das Format 99"):
        JobBook(tmp_path).jobs("lvs")


def test_a_file_is_cited_by_the_name_its_folder_was_given() -> None:
    name = naming([PATH, JobPath(Path("/heim/originals/abc"), "upload/x/a.txt")])
    assert name(Path("/akten/2023/a.txt")) == "akten/2023/a.txt"
    assert name(Path("/heim/originals/abc")) == "upload/x/a.txt"
    assert naming([JobPath(Path("/heim/."), ".")])(Path("/heim/a.txt")) == "a.txt"
