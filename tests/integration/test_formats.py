"""Archives, mails and every format through the whole ingest, with the real store."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from pathlib import Path

import pytest

from index.store import Store, open_store
from index.types import Access, Schutzstufe
from ingest.intake import DOCX, MAIL, ODT, RTF, TEXT
from ingest.pipeline import ingest_paths
from ingest.report import IngestReport, Progress
from ingest.walls.sandbox import PARSERS, Sandbox
from tests.hash_embedder import HashEmbedder
from tests.integration.test_ingest_pipeline import MANDANT, antrag
from tests.unit.ingest.odt_files import odt_file
from tests.unit.ingest.word_files import paragraph, word_file

OPERATOR = Access.operator(MANDANT)


def archive(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return buffer.getvalue()


def mail(attachments: Mapping[str, bytes]) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Unterlagen zur Sitzung"
    message["From"] = "Geschäftsstelle <post@lvs.example>"
    message.set_content("Guten Tag,\n\nanbei die Unterlagen über Brücken.")
    for name, content in attachments.items():
        message.add_attachment(content, maintype="application", subtype="x", filename=name)
    return message.as_bytes()


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


def ingest(store: Store, folder: Path, seen: list[Progress] | None = None) -> IngestReport:
    return ingest_paths(
        [folder],
        store=store,
        embedder=HashEmbedder(),
        mandant=MANDANT,
        progress=None if seen is None else seen.append,
    )


def counts(report: IngestReport) -> tuple[int, int, int, int, int]:
    ended = (report.indexed, report.unchanged, report.replaced, report.opened)
    return (*ended, len(report.quarantined))


def held(store: Store, folder: Path) -> dict[str, str]:
    """Source below the folder and media type of every valid document."""
    found = store.documents(OPERATOR, current_only=True)
    return {str(Path(s.source).relative_to(folder)): s.media_type for s in found}


def test_what_an_archive_and_a_mail_hold_become_documents_of_their_own(
    store: Store, akten: Path
) -> None:
    post = mail(
        {
            "vorlage.docx": word_file(paragraph("Ein Absatz über Museen.")),
            "kaputt.docx": word_file(paragraph("x"))[:200],
        }
    )
    (akten / "sitzung.zip").write_bytes(
        archive(
            {
                "antrag.txt": antrag("15/1").encode("utf-16"),
                "post.eml": post,
                "vermerk.odt": odt_file("<text:p>Ein Vermerk über Radwege.</text:p>"),
                "../hinaus.txt": b"Schadtext",
                "kennwort.zip": b"PK\x03\x04 unfug",
            }
        )
    )
    (akten / "brief.rtf").write_bytes(rb"{\rtf1\ansi Ein Brief \'fcber Kliniken.\par}")
    seen: list[Progress] = []
    report = ingest(store, akten, seen)
    assert counts(report) == (5, 0, 0, 1, 3)
    assert held(store, akten) == {
        "brief.rtf": RTF,
        "sitzung.zip!/antrag.txt": TEXT,
        "sitzung.zip!/post.eml": MAIL,
        "sitzung.zip!/post.eml!/vorlage.docx": DOCX,
        "sitzung.zip!/vermerk.odt": ODT,
    }
    refused = {Path(q.path).relative_to(akten).as_posix(): q.code for q in report.quarantined}
    assert refused == {
        "sitzung.zip!/(..)/hinaus.txt": "zip_slip",
        "sitzung.zip!/post.eml!/kaputt.docx": "damaged",
        "sitzung.zip!/kennwort.zip": "damaged",
    }
    assert {entry.code for entry in store.quarantined(OPERATOR)} == {"zip_slip", "damaged"}
    assert sorted(step.done for step in seen) == list(range(1, 10))
    assert (seen[-1].done, seen[-1].total) == (9, 9)
    titles = {document.title for document in store.documents(OPERATOR)}
    assert {"Bäume", "Unterlagen zur Sitzung"} <= titles
    assert store.verify() == []


def test_a_second_run_changes_nothing_and_a_mended_archive_leaves_the_quarantine(
    store: Store, akten: Path
) -> None:
    good = archive({"a.txt": antrag("15/1").encode(), "b.eml": mail({"c.txt": b"Anlage."})})
    (akten / "a.zip").write_bytes(good[:-40])
    assert counts(ingest(store, akten)) == (0, 0, 0, 0, 1)
    (akten / "a.zip").write_bytes(good)
    assert counts(ingest(store, akten)) == (3, 0, 0, 1, 0)
    assert store.quarantined(OPERATOR) == []
    assert counts(ingest(store, akten)) == (0, 3, 0, 1, 0)


def test_a_new_version_within_an_archive_replaces_the_old_one(store: Store, akten: Path) -> None:
    for body in ("Alt.", "Neu."):
        (akten / "a.zip").write_bytes(archive({"antrag.txt": antrag("15/1", body).encode()}))
        report = ingest(store, akten)
    assert counts(report) == (0, 0, 1, 1, 0)
    (valid,) = store.documents(OPERATOR, current_only=True)
    document = store.document(OPERATOR, valid.id)
    assert document is not None
    assert "Neu." in document.text


def test_a_sidecar_of_an_archive_closes_all_that_lies_in_it(store: Store, akten: Path) -> None:
    (akten / "a.zip").write_bytes(archive({"antrag.txt": antrag("15/1").encode()}))
    ingest(store, akten)
    (open_one,) = store.documents(OPERATOR, current_only=True)
    assert open_one.visibility is Schutzstufe.OEFFENTLICH
    (akten / "a.zip.json").write_text('{"sichtbarkeit": "nichtöffentlich", "nummer": "15/9"}')
    assert counts(ingest(store, akten)) == (0, 0, 1, 1, 0)
    (closed,) = store.documents(OPERATOR, current_only=True)
    assert closed.visibility is Schutzstufe.NICHTOEFFENTLICH
    number = closed.kopfdaten.nummer
    assert number is not None and number.value.key == "15/1"
    assert counts(ingest(store, akten)) == (0, 1, 0, 1, 0)


def test_a_bomb_in_an_archive_costs_itself_alone(store: Store, akten: Path) -> None:
    bomb = archive({"leer.txt": b" " * 30_000_000})
    (akten / "a.zip").write_bytes(archive({"bombe.zip": bomb, "gut.txt": b"Guter Text."}))
    (akten / "b.zip").write_bytes(bomb)
    (akten / "c.txt").write_text("Danach.")
    report = ingest(store, akten)
    assert counts(report) == (2, 0, 0, 1, 2)
    assert {q.code for q in report.quarantined} == {"zip_bomb"}


def test_text_that_takes_too_long_is_stopped_like_any_other(
    store: Store, akten: Path, tmp_path: Path
) -> None:
    (tmp_path / "text_faults.py").write_text("def parse(data):\n    while True: pass\n")
    (akten / "a.txt").write_text("Text")
    sandbox = Sandbox(
        timeout_s=1.0, parsers={**PARSERS, TEXT: "text_faults:parse"}, import_paths=(tmp_path,)
    )
    report = ingest_paths(
        [akten], store=store, embedder=HashEmbedder(), mandant=MANDANT, sandbox=sandbox
    )
    assert [entry.code for entry in report.quarantined] == ["parser_timeout"]
