"""The sample corpus is what its sources say, and holds what its README promises."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

BEISPIELE = Path(__file__).resolve().parents[2] / "beispiele"


def load_rendern() -> ModuleType:
    spec = importlib.util.spec_from_file_location("beispiele_rendern", BEISPIELE / "rendern.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


rendern = load_rendern()
QUELLEN = rendern.quellen()
RENDERED = sorted(path for folder in ("lvs", "lvn") for path in (BEISPIELE / folder).rglob("*.*"))


@pytest.mark.parametrize("quelle", QUELLEN, ids=lambda quelle: str(quelle.path.stem))
def test_a_document_is_byte_for_byte_what_its_source_renders_to(quelle: object) -> None:
    committed = (BEISPIELE / quelle.ziel).read_bytes()  # type: ignore[attr-defined]
    assert rendern.render(quelle) == committed


def test_every_file_has_a_source_and_every_source_a_file() -> None:
    targets = sorted(BEISPIELE / quelle.ziel for quelle in QUELLEN)
    assert targets == [path for path in RENDERED if path.is_file()]


def test_the_corpus_has_sixty_documents_of_two_mandanten_in_five_formats() -> None:
    mandanten = Counter(quelle.ziel.split("/")[0] for quelle in QUELLEN)
    formats = Counter(Path(quelle.ziel).suffix for quelle in QUELLEN)
    assert mandanten == {"lvs": 54, "lvn": 6}
    assert formats == {".pdf": 22, ".docx": 16, ".html": 10, ".txt": 9, ".md": 3}


def test_every_kind_of_paper_occurs() -> None:
    kinds = {quelle.art for quelle in QUELLEN if quelle.ziel.startswith("lvs/")}
    assert kinds == {
        "Antrag",
        "Haushaltsantrag",
        "Änderungsantrag",
        "Dringlichkeitsantrag",
        "Resolution",
        "Vorlage",
        "Ergänzungsvorlage",
        "Kenntnisnahmevorlage",
        "Mitteilungsvorlage",
        "Anfrage",
        "Beantwortung",
        "Einladung",
        "Niederschrift",
        "Satzung",
        "Änderungssatzung",
        "Richtlinie",
        "Geschäftsordnung",
        "Haushaltsplan",
        "Beschlusskontrolle",
    }


def test_three_wahlperioden_occur_and_every_date_lies_in_its_own() -> None:
    begins = {13: date(2009, 10, 1), 14: date(2014, 6, 1), 15: date(2020, 11, 1)}
    ends = {13: begins[14], 14: begins[15], 15: date(2026, 1, 1)}
    counts = Counter(quelle.wahlperiode for quelle in QUELLEN)
    assert counts == {13: 10, 14: 18, 15: 32}
    for quelle in QUELLEN:
        period = quelle.wahlperiode
        assert begins[period] <= quelle.datum < ends[period], quelle.path.name
        assert f"wahlperiode-{period}/" in quelle.ziel


def test_the_txt_in_windows_1252_is_no_utf_8() -> None:
    odd = [path for path in RENDERED if path.suffix == ".txt" and not _is_utf_8(path)]
    assert [path.name for path in odd] == ["antrag-13-88.txt"]


def _is_utf_8(path: Path) -> bool:
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def test_words_are_broken_at_line_ends_and_soft_hyphens_left_behind() -> None:
    pdf = (BEISPIELE / "lvs/wahlperiode-15/vorlagen/vorlage-15-1640.pdf").read_bytes()
    page = (BEISPIELE / "lvs/wahlperiode-15/antraege/antrag-15-233.html").read_text("utf-8")
    assert pdf.count(b"-) Tj") >= 10
    assert "Bür&shy;ge" in page
