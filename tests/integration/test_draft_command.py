"""`aktenkundig draft` as a user meets it: real store, no model."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant import cli, wiring
from assistant.audit import AUDIT_FILE
from tests.running import Said
from tests.sample_records import FakeEmbedder, filled_home

ORDER = """
titel = "Leihräder für Museumsgäste: Ausbau"
stichpunkte = ["Der Betrieb der Leihräder kostet 48.000 Euro im Jahr."]
quellen = ["Antrag 15/12"]
"""


Run = Callable[..., Said]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AKTENKUNDIG_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(wiring, "_make_embedder", lambda settings, store: FakeEmbedder())
    return filled_home(tmp_path / "home")


@pytest.fixture
def run(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    def run_draft(order: str, *options: str | Path) -> Said:
        path = tmp_path / "auftrag.toml"
        path.write_text(order, encoding="utf-8")
        monkeypatch.setattr(sys, "argv", ["aktenkundig", "draft", str(path), *map(str, options)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Said(ended.value.code, captured.out, captured.err)

    return run_draft


def last_line(home: Path) -> dict[str, Any]:
    lines = (home / AUDIT_FILE).read_text("utf-8").splitlines()
    found: dict[str, Any] = json.loads(lines[-1])
    return found


def test_a_draft_goes_out_as_json_and_is_recorded_without_its_words(run: Run, home: Path) -> None:
    said = run(ORDER, "--json")
    assert said.code == 0, said.err
    assert (said.json["status"], said.json["quellen"]) == ("entworfen", None)
    entwurf = said.json["entwurf"]
    assert (entwurf["schutz"], entwurf["ersetzt"]) == ("oeffentlich", 0)
    assert len(entwurf["abschnitte"]) == 13
    own = [
        a["text"]
        for section in entwurf["abschnitte"]
        for a in section["absaetze"]
        if a["herkunft"] == "Angabe der Bearbeitung"
    ]
    assert own == ["Der Betrieb der Leihräder kostet 48.000 Euro im Jahr."]
    recorded = last_line(home)
    assert (recorded["action"], recorded["kind"]) == ("entwurf", "entworfen")
    assert recorded["document_ids"] == list(
        dict.fromkeys(citation["document_id"] for citation in entwurf["citations"])
    )
    assert "Leihräder" not in (home / AUDIT_FILE).read_text("utf-8")


def test_a_draft_is_printed_with_its_evidence_and_what_is_open(run: Run) -> None:
    said = run(ORDER)
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == "Leihräder für Museumsgäste: Ausbau"
    assert "Belege" in lines and "Finanzielle und personelle Auswirkungen" in lines
    assert (
        "Schutzstufe nach der strengsten Quelle: öffentlich. Ohne Sprachmodell entworfen." in lines
    )


def test_without_sources_they_are_proposed_and_the_code_says_so(run: Run, home: Path) -> None:
    said = run('titel = "Leihräder"', "--json")
    assert said.code == 1
    assert (said.json["status"], said.json["entwurf"]) == ("quellen wählen", None)
    assert [row[0] for row in said.json["quellen"]["table"]["rows"]] == ["Antrag 15/12"]
    assert last_line(home)["kind"] == "quellen"


def test_a_closed_source_in_a_public_draft_is_refused_by_name(run: Run) -> None:
    said = run('titel = "A"\nquellen = ["Vorlage 15/12"]')
    assert said.code == 2
    assert said.err == (
        "Fehler: Vorlage Nr. 15/12 vom 02.02.2023 ist nichtöffentlich und darf nicht in einen "
        "öffentlichen Entwurf. Bitte lassen Sie die Quelle weg oder setzen Sie "
        "»oeffentlich = false«.\n"
    )


def test_the_draft_is_written_as_docx_once(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "entwurf.docx"
    said = run(ORDER, "-o", out)
    assert said.code == 0, said.err
    assert said.out.splitlines()[0] == f"Geschrieben: {out}"
    written = out.read_bytes()
    assert written[:2] == b"PK"
    again = run(ORDER, "-o", out)
    assert (again.code, "gibt es schon" in again.err) == (2, True)
    assert out.read_bytes() == written
