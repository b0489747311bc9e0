"""Files in quarantine: found again by the job that brought them, tried again, let go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import InputInvalid, NotFound
from assistant.upkeep.refused_files import dismiss, place_of, refused_files, try_again
from assistant.wiring import Parts
from index.types import Access, QuarantineEntry
from ingest.feeding.jobs import JobCounts, JobOrigin, JobPath, JobRefusal, JobState
from tests.sample_records import make_parts

OPERATOR = Access.operator("lvs")


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with make_parts(tmp_path / "home") as opened:
        yield opened


def refuse(parts: Parts, origin: JobOrigin, path: JobPath, name: str) -> str:
    """A job over `path` that ended with one refusal, as a run leaves it behind."""
    job = parts.jobs.create("lvs", origin, [path])
    refusal = JobRefusal(name, "damaged", "Die Datei ist beschädigt.")
    parts.jobs.end(job.id, JobState.FERTIG, JobCounts(refused=1), 1.0, [refusal])
    at = "2026-01-02T03:04:05+00:00"
    parts.store.quarantine(QuarantineEntry(name, "lvs", "damaged", refusal.message, at))
    return job.id


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("upload/a/b.pdf", "kept"),
        ("akten/2024/x.pdf", "akten-ordner/2024/x.pdf"),
        ("akten/archiv.zip!/innen/y.pdf", "akten-ordner/archiv.zip"),
        ("akten/../geheim.pdf", None),
        ("aktenschrank/x.pdf", None),
        ("anderswo/x.pdf", None),
    ],
)
def test_a_name_leads_to_the_file_below_what_its_job_took_in(name: str, found: str | None) -> None:
    paths = [
        JobPath(Path("/daten/kept"), "upload/a/b.pdf"),
        JobPath(Path("/daten/akten-ordner"), "akten"),
    ]
    place = place_of(name, paths)
    assert (place and place.path) == (Path("/daten") / found if found else None)


def test_an_uploaded_file_is_tried_again_by_a_job_of_its_own(parts: Parts, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes(b"%PDF")
    first = refuse(parts, JobOrigin.HOCHGELADEN, JobPath(kept, "upload/a/b.pdf"), "upload/a/b.pdf")
    (refused,) = refused_files(parts, OPERATOR)
    assert (refused.name, refused.is_there) == ("b.pdf", True)
    assert refused.job is not None and refused.job.id == first
    again = try_again(parts, OPERATOR, "upload/a/b.pdf")
    assert (again.origin, again.state) == (JobOrigin.HOCHGELADEN, JobState.WARTEND)
    assert [(p.path, p.name) for p in parts.jobs.paths(again.id)] == [(kept, "upload/a/b.pdf")]


def test_one_file_of_a_folder_is_tried_again_alone(parts: Parts, tmp_path: Path) -> None:
    folder = tmp_path / "akten"
    folder.mkdir()
    (folder / "x.pdf").write_bytes(b"%PDF")
    refuse(parts, JobOrigin.BEOBACHTET, JobPath(folder, "akten"), "akten/x.pdf")
    again = try_again(parts, OPERATOR, "akten/x.pdf")
    assert again.origin is JobOrigin.BEFEHL
    assert [p.path for p in parts.jobs.paths(again.id)] == [folder / "x.pdf"]


def test_a_file_that_is_gone_is_said_to_be_gone(parts: Parts, tmp_path: Path) -> None:
    gone = JobPath(tmp_path / "weg.pdf", "weg.pdf")
    refuse(parts, JobOrigin.BEFEHL, gone, "weg.pdf")
    assert [item.is_there for item in refused_files(parts, OPERATOR)] == [False]
    with pytest.raises(InputInvalid, match="liegt nicht mehr dort"):
        try_again(parts, OPERATOR, "weg.pdf")


def test_a_dismissed_file_leaves_the_list_and_others_stay(parts: Parts, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        refuse(parts, JobOrigin.BEFEHL, JobPath(tmp_path / name, name), name)
    dismiss(parts, OPERATOR, "a.pdf")
    assert [item.name for item in refused_files(parts, OPERATOR)] == ["b.pdf"]
    for path in ("a.pdf", "fremd.pdf"):
        with pytest.raises(NotFound):
            dismiss(parts, OPERATOR, path)
