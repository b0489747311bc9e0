"""Statements beside files, from the folder into the store."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.stock.bestand import survey
from index.store import Store, open_store
from index.types import Access, DocumentSummary, Drucksachennummer, Schutzstufe
from ingest.begleitdaten import is_awaiting_mending
from ingest.pipeline import ingest_paths
from ingest.report import IngestReport
from tests.integration.oparl_run import MANDANT, OPERATOR, HashEmbedder

PUBLIC = Access(frozenset({MANDANT}))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "home")
    yield opened
    opened.close()


@pytest.fixture
def akten(tmp_path: Path) -> Path:
    folder = tmp_path / "akten"
    folder.mkdir()
    (folder / "blatt.txt").write_text("Bäume spenden Schatten, wo sonst keiner ist.")
    return folder


def ingest(store: Store, *paths: Path) -> IngestReport:
    return ingest_paths(paths, store=store, embedder=HashEmbedder(), mandant=MANDANT)


def counts(report: IngestReport) -> tuple[int, int, int, int]:
    return (report.indexed, report.unchanged, report.replaced, len(report.quarantined))


def only(store: Store) -> DocumentSummary:
    (summary,) = store.documents(OPERATOR)
    return summary


def test_a_sidecar_is_found_by_itself_and_is_no_document(store: Store, akten: Path) -> None:
    (akten / "blatt.txt.json").write_text(
        json.dumps({"nummer": "15/7", "art": "Antrag", "sichtbarkeit": "öffentlich"})
    )
    assert counts(ingest(store, akten)) == (1, 0, 0, 0)
    summary = only(store)
    assert summary.visibility is Schutzstufe.OEFFENTLICH
    assert [s.id for s in store.by_number(OPERATOR, Drucksachennummer.of(15, 7))] == [summary.id]
    assert store.verify() == []


def test_a_changed_added_or_removed_sidecar_is_noticed_though_the_file_is_the_same(
    store: Store, akten: Path
) -> None:
    sidecar = akten / "blatt.txt.toml"
    ingest(store, akten)
    sidecar.write_text('nummer = "15/7"')
    assert counts(ingest(store, akten)) == (0, 0, 1, 0)
    assert counts(ingest(store, akten)) == (0, 1, 0, 0)
    sidecar.write_text('nummer = "15/8"')
    assert counts(ingest(store, akten)) == (0, 0, 1, 0)
    number = only(store).kopfdaten.nummer
    assert number is not None and str(number.value) == "15/8"
    sidecar.unlink()
    assert counts(ingest(store, akten)) == (0, 0, 1, 0)
    assert only(store).kopfdaten.nummer is None
    assert store.verify() == []


def test_an_error_in_a_sidecar_keeps_its_file_out_and_no_other(store: Store, akten: Path) -> None:
    (akten / "anderes.txt").write_text("Ein anderes Blatt.")
    (akten / "blatt.txt.json").write_text('{"sichtbarkeit": "intern"}')
    report = ingest(store, akten)
    assert counts(report) == (1, 0, 0, 1)
    (refused,) = report.quarantined
    assert refused.code == "sidecar"
    assert Path(refused.path).name == "blatt.txt"
    (akten / "blatt.txt.json").write_text('{"sichtbarkeit": "nichtöffentlich"}')
    assert counts(ingest(store, akten)) == (1, 1, 0, 0)
    assert store.quarantined(OPERATOR) == []


def test_a_copy_without_a_sidecar_does_not_take_the_statements_away(
    store: Store, akten: Path
) -> None:
    (akten / "blatt.txt.json").write_text('{"nummer": "15/7"}')
    ingest(store, akten)
    (akten / "abschrift.txt").write_bytes((akten / "blatt.txt").read_bytes())
    assert counts(ingest(store, akten)) == (0, 2, 0, 0)
    assert only(store).kopfdaten.nummer is not None


def test_a_sidecar_that_turns_faulty_closes_what_it_had_opened_until_it_is_mended(
    store: Store, akten: Path
) -> None:
    sidecar = akten / "blatt.txt.json"
    sidecar.write_text('{"sichtbarkeit": "öffentlich"}')
    ingest(store, akten)
    assert len(store.documents(PUBLIC)) == 1

    sidecar.write_text('{"sichtbarkeit": "öffentlich", ')
    assert counts(ingest(store, akten)) == (0, 0, 1, 0)
    assert store.documents(PUBLIC) == []
    closed = only(store)
    assert is_awaiting_mending(closed.warnings)
    assert survey(store, OPERATOR, date(2024, 1, 1)).faulty_sidecars == (closed,)
    document = store.document(OPERATOR, closed.id)
    assert document is not None and "Die Begleitdatei „blatt.txt.json“ ist kein" in document.text
    assert counts(ingest(store, akten)) == (0, 1, 0, 0)

    sidecar.write_text('{"sichtbarkeit": "öffentlich"}')
    ingest(store, akten)
    assert len(store.documents(PUBLIC)) == 1
    assert survey(store, OPERATOR, date(2024, 1, 1)).faulty_sidecars == ()
    assert store.verify() == []


def test_what_lay_in_an_archive_is_closed_too_when_its_sidecar_turns_faulty(
    store: Store, tmp_path: Path
) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    with zipfile.ZipFile(folder / "sitzung.zip", "w") as file:
        file.writestr("eins.txt", "Bäume spenden Schatten, wo sonst keiner ist.")
    sidecar = folder / "sitzung.zip.json"
    sidecar.write_text('{"sichtbarkeit": "öffentlich"}')
    ingest(store, folder)
    assert len(store.documents(PUBLIC)) == 1
    sidecar.write_text('{"sichtbarkeit": "offen"}')
    ingest(store, folder)
    assert store.documents(PUBLIC) == []
    assert only(store).visibility is Schutzstufe.NICHTOEFFENTLICH
