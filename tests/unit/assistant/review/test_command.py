"""`aktenkundig review`: German output, JSON, a commented copy, and refusals."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from assistant.cli import cli
from assistant.errors import InputInvalid
from tests.review.form.planted import RULES

TEXT = """# Antrag Nr. 15/304

öffentlich

## Beschlussvorschlag:

Die Verwaltung des LVN wird beauftragt, bis 2026 zu berichten.

## Begründung:

Das kostet XX Euro.
"""
RULE = (
    "Prüfhinweis: Der Landschaftsverband Norderland ist eine eigene Körperschaft. Der Verwaltung "
    "des LVN kann die Landschaftsversammlung Süderland nichts auftragen, sie kann nur darum bitten. "
    "(Quelle: Hausregeln LVS; beide Verbände sind eigene Körperschaften.)"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "daten"
    home.mkdir()
    shutil.copy(RULES / "hausregeln-lvs.toml", home)
    monkeypatch.setenv("AKTENKUNDIG_HOME", str(home))
    (tmp_path / "entwurf.md").write_text(TEXT, encoding="utf-8")
    return tmp_path


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(cli, ["review", *map(str, args)], catch_exceptions=True)


def test_the_page_and_the_object_say_the_same(folder: Path) -> None:
    page = run(folder / "entwurf.md")
    assert page.exit_code == 0
    assert page.stdout.splitlines() == [
        "Antrag Nr. 15/304",
        "",
        "  1. Warnung · Abschnitt „Beschlussvorschlag“, 1. Absatz",
        "     | Verwaltung des LVN wird beauftragt",
        f"     {RULE}",
        "     Vorschlag: Verwaltung des LVN wird gebeten",
        "",
        "  2. Fehler · Abschnitt „Begründung“, 1. Absatz",
        "     | XX",
        "     Der Platzhalter „XX“ ist noch offen.",
        "",
        "1 Fehler, 1 Warnung, 0 Hinweise.",
    ]
    found = json.loads(run(folder / "entwurf.md", "--json").stdout)
    assert [(f["severity"], f["quote"], f["reason"]) for f in found["findings"]] == [
        ("Warnung", "Verwaltung des LVN wird beauftragt", RULE),
        ("Fehler", "XX", "Der Platzhalter „XX“ ist noch offen."),
    ]
    assert (found["counts"], found["art"], found["public"]) == (
        {"Fehler": 1, "Warnung": 1, "Hinweis": 0},
        "Antrag",
        True,
    )


def test_a_copy_with_comments_is_written_once_and_never_over_another(folder: Path) -> None:
    word = docx.Document()
    word.add_heading("Antrag Nr. 15/305", level=1)
    word.add_heading("Begründung:", level=2)
    word.add_paragraph("Das kostet XX Euro.")
    word.save(str(folder / "entwurf.docx"))
    copy = folder / "kommentiert.docx"
    assert run(folder / "entwurf.docx", "-o", copy).exit_code == 0
    assert [comment.text.splitlines()[0] for comment in docx.Document(str(copy)).comments] == [
        "Fehler: Der Platzhalter „XX“ ist noch offen.",
        "Fehler: Dem Papier (Antrag) fehlt der Beschlussvorschlag. (fehlt im Entwurf)",
    ]
    before = copy.read_bytes()
    again = run(folder / "entwurf.docx", "-o", copy)
    assert isinstance(again.exception, InputInvalid)
    assert str(again.exception) == f"Die Datei »{copy}« gibt es schon; sie bleibt unverändert."
    assert copy.read_bytes() == before


def test_comments_need_a_docx(folder: Path) -> None:
    refused = run(folder / "entwurf.md", "-o", folder / "neu.docx")
    assert isinstance(refused.exception, InputInvalid)
    assert refused.exception.exit_code == 2
    assert not (folder / "neu.docx").exists()
