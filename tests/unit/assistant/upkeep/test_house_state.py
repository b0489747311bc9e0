"""Machine, sources and models: what is looked at, and what is said of it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from assistant.upkeep.at_a_glance import Need, glance
from assistant.upkeep.certificate import certificate_text
from assistant.upkeep.house_state import Disk, disk_of, freshness, house_state, memory
from assistant.upkeep.model_list import check_weights, listed_models
from assistant.wire.life import deletion_wire
from index.life import Zustand
from index.types import Access, DocumentSummary, QuarantineEntry
from ingest.feeding.jobs import Job, JobCounts, JobOrigin, JobPath, JobState
from models.registry import ModelEntry, ModelFile, ModelKind, Weights, write_local_entry
from tests.sample_records import antrag, make_parts

OPERATOR = Access.operator("lvs")


def job(name: str, ended_at: str, state: JobState = JobState.FERTIG) -> tuple[Job, list[JobPath]]:
    made = Job(
        name,
        "lvs",
        JobOrigin.BEFEHL,
        state,
        "",
        None,
        ended_at,
        JobCounts(),
        1.0,
        False,
        None,
        None,
    )
    return made, [JobPath(Path("/x"), name)]


def papers(tmp_path: Path, *found: tuple[str, str]) -> list[DocumentSummary]:
    with make_parts(tmp_path) as parts:
        (one,) = parts.store.summaries(OPERATOR, [antrag().id]).values()
    return [replace(one, source=source, ingested_at=at) for source, at in found]


def test_a_source_is_the_largest_folder_that_a_job_went_through(tmp_path: Path) -> None:
    documents = papers(
        tmp_path,
        ("akten/2023/a.pdf", "2026-01-01"),
        ("akten/2024/b.zip!/innen/c.pdf", "2026-01-03"),
        ("upload/j1/x.pdf", "2026-01-05"),
        ("http://ris.example/files/7", "2026-01-04"),
        ("ohne-auftrag/z.txt", "2025-12-31"),
    )
    jobs = [
        job("akten", "2026-02-01"),
        job("akten/2024", "2026-03-01"),
        job("upload/j1/x.pdf", "2026-01-06"),
        job("akten", "2026-04-01", JobState.FEHLGESCHLAGEN),
    ]
    found = [(s.name, s.documents, s.newest, s.looked) for s in freshness(documents, jobs)]
    assert found == [
        ("ohne-auftrag", 1, "2025-12-31", None),
        ("ris.example", 1, "2026-01-04", None),
        ("upload/", 1, "2026-01-05", "2026-01-06"),
        ("akten", 2, "2026-01-03", "2026-02-01"),
    ]


def test_a_disk_is_scarce_by_its_share_or_by_what_is_left(tmp_path: Path) -> None:
    gib = 1024**3
    assert not Disk(50 * gib, 100 * gib, 0).is_scarce
    assert Disk(4 * gib, 100 * gib, 0).is_scarce
    assert Disk(gib, 10 * gib, 0).is_scarce
    (tmp_path / "ordner").mkdir()
    (tmp_path / "ordner" / "datei").write_bytes(b"x" * 1234)
    disk = disk_of(tmp_path)
    assert disk.used_here == 1234
    assert 0 < disk.free <= disk.total


def test_memory_is_what_the_system_says_and_nothing_where_it_is_silent(tmp_path: Path) -> None:
    said = tmp_path / "meminfo"
    said.write_text("MemTotal:       8000 kB\nMemAvailable:   2000 kB\nHugePages:  x\n")
    assert memory(said).available is None  # a line that is no number: nothing is trusted
    said.write_text("MemTotal:       8000 kB\nMemAvailable:   2000 kB\n")
    found = memory(said)
    assert (found.available, found.total) == (2000 * 1024, 8000 * 1024)
    assert found.own > 1_000_000
    assert memory(tmp_path / "fehlt").total is None


def test_the_state_of_a_house_has_all_its_parts(tmp_path: Path) -> None:
    with make_parts(tmp_path) as parts:
        found = house_state(parts, OPERATOR)
        assert [(s.name, s.documents) for s in found.sources] == [("akten", 3)]
        assert dict(found.versions).keys() >= {"Aktenkundig", "Python"}
        assert found.disk.used_here > 0


def test_at_a_glance_what_needs_a_hand_comes_first(tmp_path: Path) -> None:
    with make_parts(tmp_path) as parts:
        calm = glance(parts, OPERATOR)
        assert Need.QUARANTAENE not in dict(calm.needs) and calm.last is None
        at = "2026-01-02T03:04:05+00:00"
        parts.store.quarantine(QuarantineEntry("a.pdf", "lvs", "damaged", "Beschädigt.", at))
        parts.store.quarantine(QuarantineEntry("b.pdf", "lvn", "damaged", "Beschädigt.", at))
        failed = parts.jobs.create("lvs", JobOrigin.BEFEHL, [])
        parts.jobs.end(failed.id, JobState.FEHLGESCHLAGEN, JobCounts(), 1.0, [], ("x", "Warum."))
        waiting = parts.jobs.create("lvs", JobOrigin.BEFEHL, [])
        parts.store.depublish(OPERATOR, antrag().id, reason="Probe", who="betreiber")
        found = glance(parts, OPERATOR)
        needs = dict(found.needs)
        assert (needs[Need.AUFTRAG], needs[Need.QUARANTAENE]) == (1, 1)
        order = [need for need, _ in found.needs]
        assert order == sorted(order, key=list(Need).index)
        assert found.states[Zustand.DEPUBLIZIERT] == 1
        assert [one.id for one in found.open_jobs] == [waiting.id]
        assert found.last is not None and found.last.id == failed.id


def test_weights_are_told_missing_unverified_and_verified(tmp_path: Path) -> None:
    data = b"gewichte"
    file = ModelFile("modell.gguf", len(data), hashlib.sha256(data).hexdigest())
    entry = ModelEntry("klein", ModelKind.GENERATOR, "MIT", 512, (file,))
    write_local_entry(entry, tmp_path)

    def state() -> Weights:
        return next(m.weights for m in listed_models(tmp_path, ()) if m.entry.name == "klein")

    assert state() is Weights.MISSING
    assert "klein" not in [one.name for one in check_weights(tmp_path, ())]
    (told,) = [one for one in check_weights(tmp_path, ("klein",)) if one.name == "klein"]
    assert "fehlen" in told.problem
    (tmp_path / "klein").mkdir()
    (tmp_path / "klein" / "modell.gguf").write_bytes(data)
    assert state() is Weights.UNVERIFIED
    assert [one.problem for one in check_weights(tmp_path, ()) if one.name == "klein"] == [""]
    assert state() is Weights.VERIFIED
    (tmp_path / "klein" / "modell.gguf").write_bytes(b"gewechse")
    assert state() is Weights.UNVERIFIED
    (told,) = [one for one in check_weights(tmp_path, ()) if one.name == "klein"]
    assert "nicht die erwartete Prüfsumme" in told.problem


def test_a_certificate_holds_every_checksum_and_no_word_of_the_paper(tmp_path: Path) -> None:
    with make_parts(tmp_path) as parts:
        paper = antrag()
        deletion = parts.store.delete(OPERATOR, paper.id, who="betreiber", reason="Frist")
        assert deletion is not None
        text = certificate_text(deletion_wire(deletion))
    assert all(mark in text for mark in deletion.digests)
    assert "Grund: Frist" in text and deletion.id in text
    assert not any(word in text for word in ("Leihräder", paper.id, paper.source, "15/12"))
