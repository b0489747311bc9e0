from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import PathMissing
from ingest.feeding.job_book import JobBook
from ingest.feeding.jobs import JobCounts, JobState
from ingest.feeding.listing import is_on_network, list_folder
from ingest.feeding.watch import FolderWatch


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def book(tmp_path: Path) -> Iterator[JobBook]:
    opened = JobBook(tmp_path / "home")
    yield opened
    opened.close()


@pytest.fixture
def akten(tmp_path: Path) -> Path:
    folder = tmp_path / "akten"
    (folder / "2023").mkdir(parents=True)
    return folder


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch(akten: Path, book: JobBook, clock: Clock) -> FolderWatch:
    return FolderWatch([akten], book, "lvs", settle_s=2.0, clock=clock)


def settled(watch: FolderWatch, clock: Clock) -> list[str]:
    """Looks twice, as far apart as a file needs to settle."""
    watch.look()
    clock.now += 2.0
    return [path for path, _ in watch.look().settled]


def finish(watch: FolderWatch, clock: Clock, book: JobBook) -> None:
    """Lets everything there is be taken in."""
    watch.look()
    clock.now += 2.0
    for job in watch.order(watch.look().settled):
        book.begin(job.id)
        book.end(job.id, JobState.FERTIG, JobCounts(), 0.0)


def test_new_and_changed_files_are_ordered_once(
    watch: FolderWatch, clock: Clock, book: JobBook, akten: Path
) -> None:
    new = akten / "2023" / "a.txt"
    new.write_text("a")
    (akten / "b.txt.part").write_text("b")
    assert settled(watch, clock) == [str(new)]
    finish(watch, clock, book)
    assert settled(watch, clock) == []
    new.write_text("anders")
    assert settled(watch, clock) == [str(new)]


def test_what_a_job_has_is_not_ordered_again_unless_it_changes(
    watch: FolderWatch, clock: Clock, book: JobBook, akten: Path
) -> None:
    paper = akten / "a.txt"
    paper.write_text("a")
    settled(watch, clock)
    clock.now += 2.0
    (job,) = watch.order(
        watch.look().settled or [(str(paper), list_folder(akten).files[str(paper)])]
    )
    book.cancel(job)
    assert settled(watch, clock) == [], "a cancelled job waits for its resumption"
    paper.write_text("geändert")
    assert settled(watch, clock) == [str(paper)]


def test_a_new_sidecar_brings_its_paper_along(
    watch: FolderWatch, clock: Clock, book: JobBook, akten: Path
) -> None:
    paper = akten / "antrag.pdf"
    paper.write_text("a")
    finish(watch, clock, book)
    beside = akten / "antrag.json"
    beside.write_text("{}")
    assert settled(watch, clock) == [str(beside), str(paper)]
    finish(watch, clock, book)
    assert settled(watch, clock) == []


def test_a_new_watch_finds_what_came_while_none_ran(
    watch: FolderWatch, clock: Clock, book: JobBook, akten: Path
) -> None:
    (akten / "a.txt").write_text("a")
    finish(watch, clock, book)
    (akten / "b.txt").write_text("b")
    later = FolderWatch([akten], book, "lvs", settle_s=2.0, clock=clock)
    assert settled(later, clock) == [str(akten / "b.txt")]


def test_a_vanished_file_is_told_once_and_its_return_too(
    watch: FolderWatch, clock: Clock, book: JobBook, akten: Path
) -> None:
    gone, stays = akten / "a.txt", akten / "b.txt"
    for paper in (gone, stays):
        paper.write_text("a")
    finish(watch, clock, book)
    kept = gone.stat()
    gone.unlink()
    assert watch.look().vanished == (), "programs save by renaming"
    clock.now += 2.0
    assert watch.look().vanished == (str(gone),)
    clock.now += 2.0
    assert watch.look().vanished == ()
    assert watch.missing() == [str(gone)]
    gone.write_text("a")
    os.utime(gone, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    look = watch.look()
    assert (look.returned, look.settled) == ((str(gone),), ())
    assert watch.missing() == []


def test_an_empty_or_missing_folder_means_nothing_has_vanished(
    watch: FolderWatch, clock: Clock, book: JobBook, akten: Path
) -> None:
    for name in ("a.txt", "b.txt"):
        (akten / name).write_text(name)
    finish(watch, clock, book)
    for name in ("a.txt", "b.txt"):
        (akten / name).unlink()
    for _ in range(3):
        clock.now += 2.0
        look = watch.look()
        assert (look.vanished, look.unreachable) == ((), (str(akten),))
    akten.rename(akten.with_name("weg"))
    assert watch.look().unreachable == (str(akten),)


def test_only_folders_can_be_watched(book: JobBook, akten: Path) -> None:
    (akten / "a.txt").write_text("a")
    with pytest.raises(PathMissing, match="Den Ordner"):
        FolderWatch([akten / "a.txt"], book, "lvs")


def test_links_lead_nowhere_out_of_the_folder(akten: Path, tmp_path: Path) -> None:
    (tmp_path / "geheim.txt").write_text("x")
    (akten / "innen.txt").write_text("x")
    (akten / "hinaus.txt").symlink_to(tmp_path / "geheim.txt")
    (akten / "hinein.txt").symlink_to(akten / "innen.txt")
    (akten / "ordner").symlink_to(tmp_path)
    assert [Path(path).name for path in list_folder(akten).files] == ["hinein.txt", "innen.txt"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("cifs", True), ("nfs4", True), ("fuse.sshfs", True), ("ext4", False), ("tmpfs", False)],
)
def test_shares_are_told_by_their_mount(tmp_path: Path, kind: str, expected: bool) -> None:
    point = tmp_path / "laufwerk g"
    point.mkdir()
    mounts = tmp_path / "mountinfo"
    escaped = str(point).replace(" ", "\\040")
    mounts.write_text(
        "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        f"40 22 0:50 / {escaped} rw,relatime shared:1 - {kind} //server/share rw\n"
    )
    (point / "akten").mkdir()
    assert is_on_network(point / "akten", mounts) is expected
    assert is_on_network(tmp_path, mounts) is False
