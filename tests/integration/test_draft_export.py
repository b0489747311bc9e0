"""Drafts in the sample templates, opened by python-docx and turned into PDF by LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pypdf
import pytest
from docx import Document

from assistant.begruendung.docx_export import docx_bytes
from assistant.begruendung.docx_template import template_of
from assistant.begruendung.exporting import write_export
from assistant.begruendung.types import Entwurf
from assistant.hausregeln import read_hausregeln
from ingest.formats.office import find_soffice
from tests.unit.assistant.begruendung.drafted import BAHN, ROOT, Package, W, draft

EXAMPLES = ROOT / "beispiele" / "mandanten"
HEADS = {"lvs": "Landschaftsverband Süderland", "lvn": "Landschaftsverband Norderland"}


@pytest.fixture(scope="module")
def soffice() -> Path:
    found = find_soffice()
    if found is None:
        pytest.fail("LibreOffice fehlt (libreoffice-writer-nogui); make test installiert es.")
    return found


def builder() -> ModuleType:
    spec = spec_from_file_location("vorlagen", EXAMPLES / "vorlagen.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def of(mandant: str) -> Entwurf:
    entwurf = draft()
    return Entwurf(
        **{name: getattr(entwurf, name) for name in entwurf.__slots__ if name != "mandant"},
        mandant=mandant,
    )


@pytest.mark.parametrize("mandant", ["lvs", "lvn"])
def test_the_committed_templates_are_what_their_program_builds(mandant: str) -> None:
    assert (EXAMPLES / f"vorlage-{mandant}.docx").read_bytes() == builder().built(mandant)


@pytest.mark.parametrize("mandant", ["lvs", "lvn"])
def test_a_draft_in_a_sample_template_is_whole_and_accessible(mandant: str) -> None:
    rules = read_hausregeln(EXAMPLES, mandant)
    content = docx_bytes(of(mandant), rules, template=template_of(EXAMPLES, mandant))
    package = Package.of(content)
    assert [fault for fault in package.faults() if "empty paragraph" not in fault] == []
    opened = Document(BytesIO(content))
    section = opened.sections[0]
    head = "".join(t.text or "" for t in section.header._element.iter(f"{W}t"))
    assert HEADS[mandant] in head
    assert "{{" not in "".join(t.text or "" for t in opened.element.iter(f"{W}t"))
    titles = [p.text for p in opened.paragraphs if p.style and p.style.name == "Title"]
    assert titles == ["Leihräder an weiteren Museen"]
    headings = [p.text for p in opened.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings[:2] == ["Beschlussvorschlag", "Sachverhalt"]
    assert headings[-3:] == ["Offene Punkte", "Mitzeichnung", "Quellenblatt"]
    assert {e.get(f"{W}val") for e in opened.styles.element.iter(f"{W}lang")} == {"de-DE"}
    assert opened.core_properties.title == "Leihräder an weiteren Museen"
    assert len(package.notes()) == 3


def test_the_two_sample_templates_look_different() -> None:
    looks = [Document(str(EXAMPLES / f"vorlage-{mandant}.docx")) for mandant in ("lvs", "lvn")]
    fonts = [look.styles["Normal"].font.name for look in looks]
    margins = [round(look.sections[0].left_margin.cm, 1) for look in looks]  # type: ignore[union-attr]
    pictures = [len(list(look.sections[0].header._element.iter("{*}docPr"))) for look in looks]
    assert fonts == ["Arial", "Times New Roman"]
    assert margins == [2.5, 4.0]
    assert pictures == [1, 0]


@pytest.mark.parametrize("mandant", ["lvs", "lvn"])
def test_a_pdf_has_the_words_notes_tags_and_title_of_the_draft(
    soffice: Path, tmp_path: Path, mandant: str
) -> None:
    for source in EXAMPLES.glob(f"*-{mandant}.*"):
        shutil.copy(source, tmp_path)
    out = tmp_path / "entwurf.pdf"
    write_export(of(mandant), tmp_path, out)
    pdf = pypdf.PdfReader(out)
    text = "\n".join(page.extract_text() for page in pdf.pages)
    flat = " ".join(text.split())
    for words in (HEADS[mandant], "Leihräder an weiteren Museen", BAHN, "siehe auch Fn. 1"):
        assert words in flat
    assert "Error" not in flat and "Fehler: Referenz" not in flat
    assert all(page.extract_text().strip() for page in pdf.pages)
    assert 2 <= len(pdf.pages) <= 5
    assert pdf.metadata is not None and pdf.metadata.title == "Leihräder an weiteren Museen"
    root = pdf.trailer["/Root"]
    assert root["/Lang"].lower() == "de-de"
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root


def test_a_template_saved_by_libreoffice_is_filled_too(soffice: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    made = ["--convert-to", "docx:MS Word 2007 XML", "--outdir", tmp_path]
    source = EXAMPLES / "vorlage-lvs.docx"
    for task in (["--terminate_after_init"], [*made, source]):  # a first start makes its profile
        command = [soffice, profile, "--headless", *task]
        subprocess.run(command, check=False, capture_output=True, timeout=120)
    saved = tmp_path / "vorlage-lvs.docx"
    assert saved.is_file()
    content = docx_bytes(of("lvs"), read_hausregeln(EXAMPLES, "lvs"), template=saved)
    opened = Document(BytesIO(content))
    assert "{{" not in "".join(t.text or "" for t in opened.element.iter(f"{W}t"))
    assert "Leihräder an weiteren Museen" in [p.text for p in opened.paragraphs]
    assert opened.tables[0].rows[1].cells[1].text == "Entwurf vom 05.03.2026, öffentlich"
