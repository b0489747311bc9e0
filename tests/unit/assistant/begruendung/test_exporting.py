"""A draft goes out from the Mandant's own template, as what its name says, and never over a file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from docx import Document

from assistant.begruendung import exporting
from assistant.begruendung.exporting import write_export
from assistant.errors import InputInvalid, SettingsInvalid
from tests.unit.assistant.begruendung.drafted import ROOT, draft


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "daten"
    folder.mkdir()
    shutil.copy(ROOT / "beispiele" / "mandanten" / "hausregeln-lvs.toml", folder)
    return folder


def house_template(home: Path, mandant: str, header: str) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = header
    document.add_paragraph("{{entwurf}}")
    document.save(str(home / f"vorlage-{mandant}.docx"))


def test_the_template_of_the_mandant_is_filled_and_nobody_elses(home: Path) -> None:
    house_template(home, "lvn", "Briefkopf Norderland")
    write_export(draft(), home, home / "ohne.docx")
    house_template(home, "lvs", "Briefkopf Süderland")
    write_export(draft(), home, home / "mit.docx")
    heads = [
        Document(str(home / name)).sections[0].header.paragraphs[0].text
        for name in ("ohne.docx", "mit.docx")
    ]
    assert heads == ["Landschaftsverband Süderland", "Briefkopf Süderland"]


def test_a_broken_template_is_named_and_no_file_is_begun(home: Path) -> None:
    (home / "vorlage-lvs.docx").write_bytes(b"kein DOCX")
    with pytest.raises(SettingsInvalid, match=r"Dokumentvorlage »vorlage-lvs\.docx«"):
        write_export(draft(), home, home / "entwurf.docx")
    assert not (home / "entwurf.docx").exists()


@pytest.mark.parametrize("name", ["entwurf.odt", "entwurf", "entwurf.pdf.txt"])
def test_only_docx_and_pdf_are_written(home: Path, name: str) -> None:
    with pytest.raises(InputInvalid, match="Geschrieben wird DOCX oder PDF"):
        write_export(draft(), home, home / name)
    assert not (home / name).exists()


def test_without_libreoffice_a_pdf_is_refused_and_the_docx_is_named(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "find_soffice", lambda: None)
    with pytest.raises(InputInvalid) as refused:
        write_export(draft(), home, home / "entwurf.pdf")
    assert str(refused.value) == (
        "Für PDF wird LibreOffice gebraucht, und es ist hier nicht installiert (Debian: "
        "libreoffice-writer-nogui). Bitte mit der Endung .docx schreiben."
    )
    assert not (home / "entwurf.pdf").exists()


def test_a_file_that_is_there_stays(home: Path) -> None:
    path = home / "entwurf.pdf"
    path.write_bytes(b"von Hand")
    with pytest.raises(InputInvalid, match="gibt es schon"):
        write_export(draft(), home, path)
    assert path.read_bytes() == b"von Hand"
