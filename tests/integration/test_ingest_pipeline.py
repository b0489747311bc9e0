"""Files to stored documents, with the real store and a small embedder that needs no weights."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from index.store import Store, open_store
from index.types import Access, Drucksachennummer, Schutzstufe
from ingest.errors import PathMissing
from ingest.intake import DOCX, HTML, PDF
from ingest.pipeline import ingest_paths
from ingest.report import IngestReport, Progress
from ingest.walls.sandbox import PARSERS, Sandbox
from tests.hash_embedder import HashEmbedder
from tests.unit.ingest.pdf_files import pdf_file, prose
from tests.unit.ingest.word_files import paragraph, word_file

MANDANT = "lvs"
OPERATOR = Access.operator(MANDANT)
ROOT = Path(__file__).resolve().parents[2]


def antrag(number: str, body: str = "Die Verwaltung wird beauftragt, Bäume zu pflanzen.") -> str:
    return (
        f"Antrag Nr. {number}\n\nöffentlich\n\nDatum: 24.10.2023\nAntragsteller: CDU, SPD\n\n"
        "Landschaftsausschuss\t07.12.2023\tBeschluss\n\nTagesordnungspunkt:\n\nBäume\n\n"
        f"Beschlussvorschlag:\n\n{body}\n\nBegründung:\n\nBäume spenden Schatten. Siehe Antrag "
        "Nr. 14/99.\n"
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "home")
    yield opened
    opened.close()


@pytest.fixture
def akten(tmp_path: Path) -> Path:
    folder = tmp_path / "akten"
    folder.mkdir()
    return folder


def ingest(store: Store, *paths: Path, **more: object) -> IngestReport:
    return ingest_paths(paths, store=store, embedder=HashEmbedder(), mandant=MANDANT, **more)  # type: ignore[arg-type]


def counts(report: IngestReport) -> tuple[int, int, int, int]:
    return (report.indexed, report.unchanged, report.replaced, len(report.quarantined))


def test_every_kind_of_file_becomes_a_document_that_can_be_found(store: Store, akten: Path) -> None:
    (akten / "a.txt").write_text(antrag("15/1"))
    (akten / "b.md").write_text("# Vermerk\n\nEin Vermerk über Brücken.")
    (akten / "c.html").write_text("<html><h1>Seite</h1><p>Ein Absatz über Radwege.")
    (akten / "d.docx").write_bytes(word_file(paragraph("Ein Absatz über Museen.")))
    (akten / "e.pdf").write_bytes(pdf_file([prose(700, "Ein Absatz über Kliniken."), [], []]))
    report = ingest(store, akten)
    assert counts(report) == (5, 0, 0, 0)
    assert report.partial == ()
    summaries = {Path(s.source).name: s for s in store.documents(OPERATOR)}
    assert report.passages == sum(summary.passages for summary in summaries.values())
    assert summaries["a.txt"].title == "Bäume"
    assert summaries["a.txt"].visibility is Schutzstufe.OEFFENTLICH
    assert summaries["d.docx"].visibility is Schutzstufe.NICHTOEFFENTLICH
    assert {s.media_type for s in summaries.values()} >= {PDF, DOCX, HTML}
    document = store.document(OPERATOR, summaries["e.pdf"].id)
    assert document is not None
    assert [page.cut(document.text) for page in document.pages] == [
        "Ein Absatz über Kliniken.",
        "",
        "",
    ]
    assert document.warnings == ()
    assert [page.state.value for page in document.page_quality] == ["gelesen", "leer", "leer"]
    for summary in summaries.values():
        whole = store.document(OPERATOR, summary.id)
        assert whole is not None
        assert whole.id == hashlib.sha256(Path(whole.source).read_bytes()).hexdigest()
        for passage in store.passages(OPERATOR, summary.id):
            assert passage.text == passage.span.cut(whole.text)
    hits = store.keyword_search(OPERATOR, "Radwege", 3)
    assert hits[0].passage.document_id == summaries["c.html"].id
    mentions = store.mentions(OPERATOR, Drucksachennummer.of(14, 99))
    assert [mention.document_id for mention in mentions] == [summaries["a.txt"].id]
    assert store.verify() == []


def test_a_second_run_changes_nothing(store: Store, akten: Path) -> None:
    (akten / "a.txt").write_text(antrag("15/1"))
    (akten / "gleich.txt").write_text(antrag("15/1"))
    assert counts(ingest(store, akten)) == (1, 1, 0, 0)
    generation = store.status(OPERATOR).generation
    assert counts(ingest(store, akten)) == (0, 2, 0, 0)
    assert store.status(OPERATOR).generation == generation


def test_a_changed_file_becomes_a_new_version(store: Store, akten: Path) -> None:
    file = akten / "a.txt"
    file.write_text(antrag("15/1", "Erste Fassung des Beschlusses."))
    ingest(store, akten)
    (first,) = store.documents(OPERATOR)
    (akten / "a-neu.txt").write_text(antrag("15/1", "Zweite Fassung des Beschlusses."))
    file.unlink()
    assert counts(ingest(store, akten)) == (0, 0, 1, 0)
    (valid,) = store.documents(OPERATOR, current_only=True)
    assert valid.supersedes == first.id
    assert store.summaries(OPERATOR, [first.id])[first.id].superseded_by == valid.id


def test_a_file_without_number_is_known_by_its_path(store: Store, akten: Path) -> None:
    (akten / "vermerk.txt").write_text("Ein Vermerk über Brücken.")
    ingest(store, akten)
    (akten / "vermerk.txt").write_text("Ein Vermerk über Tunnel.")
    (akten / "anderer.txt").write_text("Ein ganz anderer Vermerk.")
    assert counts(ingest(store, akten)) == (1, 0, 1, 0)
    assert len(store.documents(OPERATOR, current_only=True)) == 2


def test_old_and_new_version_side_by_side_stay_as_they_are(store: Store, akten: Path) -> None:
    (akten / "a-1.txt").write_text(antrag("15/1", "Erste Fassung."))
    (akten / "a-2.txt").write_text(antrag("15/1", "Zweite Fassung."))
    assert counts(ingest(store, akten)) == (1, 0, 1, 0)
    assert counts(ingest(store, akten)) == (0, 2, 0, 0)
    (valid,) = store.documents(OPERATOR, current_only=True)
    assert valid.source.endswith("a-2.txt")


def test_a_file_put_back_to_its_old_state_is_in_force_again(store: Store, akten: Path) -> None:
    file = akten / "a.txt"
    for body in ("Alt.", "Neu.", "Alt."):
        file.write_text(antrag("15/1", body))
        ingest(store, akten)
    (valid,) = store.documents(OPERATOR, current_only=True)
    assert valid.id == hashlib.sha256(file.read_bytes()).hexdigest()
    assert store.verify() == []


def test_ergaenzung_and_other_numbers_are_papers_of_their_own(store: Store, akten: Path) -> None:
    for name, number in (("a", "15/1"), ("b", "15/1/1"), ("c", "15/2")):
        (akten / f"{name}.txt").write_text(antrag(number))
    assert counts(ingest(store, akten)) == (3, 0, 0, 0)


def test_bad_files_are_named_and_stop_nobody(store: Store, akten: Path) -> None:
    (akten / "0-leer.txt").write_bytes(b"")
    (akten / "1-kennwort.pdf").write_bytes(pdf_file([prose(700, "Text")], password="x"))
    (akten / "2-scan.pdf").write_bytes(pdf_file([[]]))
    (akten / "3-kaputt.docx").write_bytes(word_file(paragraph("Text"))[:300])
    (akten / "4-bombe.docx").write_bytes(word_file(paragraph(" " * 30_000_000)))
    (akten / "5-archiv.zip").write_bytes(b"PK\x03\x04" + b"\x00" * 50)
    (akten / "6-bild.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (akten / "9-gut.txt").write_text(antrag("15/1"))
    report = ingest(store, akten)
    assert counts(report) == (1, 0, 0, 7)
    assert [entry.code for entry in report.quarantined] == [
        "empty",
        "encrypted",
        "no_text_layer",
        "damaged",
        "zip_bomb",
        "damaged",
        "damaged",
    ]
    assert all(entry.message.endswith(".") for entry in report.quarantined)
    held = {entry.path: entry.code for entry in store.quarantined(OPERATOR)}
    assert held == {entry.path: entry.code for entry in report.quarantined}


def test_a_mended_file_leaves_the_quarantine(store: Store, akten: Path) -> None:
    (akten / "a.txt").write_bytes(b"")
    assert ingest(store, akten).quarantined[0].code == "empty"
    (akten / "a.txt").write_text(antrag("15/1"))
    assert counts(ingest(store, akten)) == (1, 0, 0, 0)
    assert store.quarantined(OPERATOR) == []


def test_a_parser_that_hangs_or_dies_costs_one_file(
    store: Store, akten: Path, tmp_path: Path
) -> None:
    (tmp_path / "html_faults.py").write_text(
        "import os\nfrom ingest.formats.html import parse_html\n"
        "def parse(data):\n"
        "    while b'hang' in data: pass\n"
        "    if b'crash' in data: os.abort()\n"
        "    if b'greedy' in data: bytearray(1 << 40)\n"
        "    return parse_html(data)\n"
    )
    for name in ("1-hang", "2-crash", "3-greedy", "4-good"):
        (akten / f"{name}.html").write_text(f"<html><p>{name}")
    sandbox = Sandbox(
        timeout_s=2.0,
        parsers={**PARSERS, HTML: "html_faults:parse"},
        import_paths=(tmp_path,),
    )
    report = ingest(store, akten, sandbox=sandbox)
    assert counts(report) == (1, 0, 0, 3)
    assert [entry.code for entry in report.quarantined] == [
        "parser_timeout",
        "parser_crashed",
        "parser_memory",
    ]


def test_progress_counts_every_file_once(store: Store, akten: Path) -> None:
    for number in range(5):
        (akten / f"{number}.txt").write_text(antrag(f"15/{number + 1}"))
    (akten / "leer.txt").write_bytes(b"")
    seen: list[Progress] = []
    ingest(store, akten, progress=seen.append)
    assert sorted(step.done for step in seen) == [1, 2, 3, 4, 5, 6]
    assert {step.total for step in seen} == {6}
    assert seen[-1].remaining_s == 0
    assert seen[-1].rate > 0


def test_a_missing_path_is_said_before_anything_is_stored(store: Store, akten: Path) -> None:
    (akten / "a.txt").write_text(antrag("15/1"))
    with pytest.raises(PathMissing):
        ingest(store, akten / "a.txt", akten / "fehlt.txt")
    assert store.documents(OPERATOR) == []


def test_a_broken_embedder_ends_the_run_and_the_next_completes_it(
    store: Store, akten: Path
) -> None:
    class Broken(HashEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
            raise RuntimeError("kein Speicher")

    (akten / "a.txt").write_text(antrag("15/1"))
    with pytest.raises(RuntimeError):
        ingest_paths([akten], store=store, embedder=Broken(), mandant=MANDANT)
    assert store.documents(OPERATOR) == []
    assert counts(ingest(store, akten)) == (1, 0, 0, 0)


def test_a_kill_leaves_each_document_in_or_out_and_a_second_run_completes(
    akten: Path, tmp_path: Path
) -> None:
    for number in range(60):
        (akten / f"{number}.txt").write_text(antrag(f"15/{number + 1}", "Ein Satz. " * 300))
    home = tmp_path / "home"
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from ingest import groups, pipeline\n"
        "from index.store import open_store\n"
        "from tests.hash_embedder import HashEmbedder\n"
        "groups.GROUP_PASSAGES = 8\n"
        "store = open_store(Path(sys.argv[2]))\n"
        "pipeline.ingest_paths([Path(sys.argv[3])], store=store, embedder=HashEmbedder(),"
        " mandant='lvs', progress=lambda p: print(p.done, flush=True))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(ROOT), str(home), str(akten)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout is not None
    while int(process.stdout.readline()) < 10:
        time.sleep(0.001)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    store = open_store(home)
    try:
        assert store.verify() == []
        stored = len(store.documents(OPERATOR))
        assert 10 <= stored < 60
        assert counts(ingest(store, akten)) == (60 - stored, stored, 0, 0)
        assert store.verify() == []
    finally:
        store.close()
