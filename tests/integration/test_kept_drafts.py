"""The whole life of a kept draft on the command line: real store, no model."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from assistant import cli, wiring
from assistant.audit import AUDIT_FILE
from index.types import Access
from tests.running import Said
from tests.sample_records import FakeEmbedder, antrag, filled_home

ORDER = """
titel = "Räder: Ausbau"
stichpunkte = ["Der Betrieb soll ausgebaut werden."]
quellen = ["Antrag 15/12"]
bearbeitung = "M. Muster"
"""
CLOSED = 'titel = "Kauf"\nquellen = ["Vorlage 15/12"]\noeffentlich = false'
WORDS = ("48.000", "Viele Gäste der Museen", "antrag.txt")

Run = Callable[..., Said]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AKTENKUNDIG_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(wiring, "_make_embedder", lambda settings, store: FakeEmbedder())
    return filled_home(tmp_path / "home")


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run_command(*words: str | Path) -> Said:
        monkeypatch.setattr(sys, "argv", ["aktenkundig", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Said(ended.value.code, captured.out, captured.err)

    return run_command


@pytest.fixture
def order(tmp_path: Path) -> Callable[[str], Path]:
    def written(text: str) -> Path:
        path = tmp_path / "auftrag.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def kept(run: Run, order: Callable[[str], Path]) -> None:
    said = run("draft", order(ORDER), "--als", "raeder", "--json")
    assert (said.code, said.json["name"], said.json["fassung"]) == (0, "raeder", 1), said.err


def on_disk(home: Path) -> str:
    """All that lies there of drafts, whatever its name; but for what they were held against."""
    files = [
        path
        for path in (home / "entwuerfe").rglob("*")
        if path.is_file() and path.name != ".geloeschtes"
    ]
    return "\n".join(path.read_text("utf-8") for path in files)


def recorded(home: Path) -> list[tuple[str, Any]]:
    lines = map(json.loads, (home / AUDIT_FILE).read_text("utf-8").splitlines())
    return [(line["action"], line["kind"]) for line in lines]


def test_a_draft_is_kept_listed_rewritten_compared_undone_signed_exported_and_deleted(
    run: Run, kept: None, home: Path, tmp_path: Path
) -> None:
    (entry,) = run("entwurf", "list", "--json").json["entwuerfe"]
    assert (entry["name"], entry["fassung"], entry["schutz"]) == ("raeder", 1, "oeffentlich")
    assert entry["author"] == "M. Muster" and entry["titel"] == "Räder: Ausbau"

    done = run("entwurf", "rewrite", "raeder", "--art", "stichpunkte", "--von", "K. Kern", "--json")
    assert done.code == 0, done.err
    assert done.json["fassung"]["anlass"] == "umgearbeitet: in Stichpunkten"
    assert done.json["vergleich"]["aenderungen"] and done.json["abgelehnt"]
    found = run("entwurf", "compare", "raeder", "--json").json
    assert found == done.json["vergleich"]
    assert (found["von"], found["nach"]) == (1, 2)

    assert run("entwurf", "undo", "raeder", "--json").json["anlass"] == "zurück zu Fassung 1"
    versions = run("entwurf", "versions", "raeder", "--json").json["fassungen"]
    assert [(one["fassung"], one["author"]) for one in versions] == [
        (1, "M. Muster"),
        (2, "K. Kern"),
        (3, "betreiber"),
    ]
    assert run("entwurf", "compare", "raeder", "1", "3").out.splitlines()[1] == "Kein Unterschied."

    signed = run("entwurf", "sign", "raeder", "--stelle", "Kämmerei", "--von", "K. Kern", "--json")
    lines = {line["stelle"]: line for line in signed.json["stellen"]}
    assert (lines["Kämmerei"]["stand"], lines["Kämmerei"]["fassung"]) == ("gezeichnet", 3)
    assert lines["Rechtsamt"]["stand"] == "offen" and not signed.json["vollstaendig"]

    out = tmp_path / "raeder.docx"
    assert run("entwurf", "export", "raeder", "-o", out).code == 0
    assert "Räder: Ausbau" in [p.text for p in Document(str(out)).paragraphs]
    again = run("entwurf", "export", "raeder", "-o", out)
    assert (again.code, "gibt es schon" in again.err) == (2, True)

    gone = run("entwurf", "delete", "raeder", "--ja", "--json").json
    assert gone == {"deleted": True, "name": "raeder", "fassungen": 3}
    assert run("entwurf", "list").out == "Es ist kein Entwurf abgelegt.\n"
    assert on_disk(home) == ""
    assert [kind for action, kind in recorded(home) if action == "entwurf"] == [
        "entworfen", "abgelegt", "umgearbeitet", "verglichen", "zurückgenommen", "verglichen",
        "mitgezeichnet", "ausgegeben", "ausgegeben", "entwurf gelöscht",
    ]  # fmt: skip
    assert "Räder" not in (home / AUDIT_FILE).read_text("utf-8")


def test_people_are_told_what_a_draft_rests_on_and_who_signed(run: Run, kept: None) -> None:
    lines = run("entwurf", "show", "raeder").out.splitlines()
    assert lines[0].startswith("Fassung 1  ") and lines[0].endswith("entworfen, M. Muster")
    assert "Räder: Ausbau" in lines and "Mitzeichnung" in lines
    assert "  Kämmerei:                          offen" in lines
    listed = run("entwurf", "list").out
    assert listed.startswith("raeder  Fassung 1  ") and "öffentlich · offen " in listed


def test_a_change_of_what_is_no_longer_the_last_version_is_a_conflict(
    run: Run, kept: None, order: Callable[[str], Path]
) -> None:
    taken = run("draft", order(ORDER), "--als", "raeder")
    assert (taken.code, "gibt es schon" in taken.err) == (47, True)
    assert run("draft", order(ORDER), "--als", "raeder", "--auf", "1").code == 0
    for words in (
        ("draft", order(ORDER), "--als", "raeder", "--auf", "1"),
        ("entwurf", "undo", "raeder", "--auf", "1"),
        ("entwurf", "rewrite", "raeder", "--art", "stichpunkte", "--auf", "1"),
        ("entwurf", "sign", "raeder", "--stelle", "A", "--von", "B", "--auf", "1"),
        ("entwurf", "delete", "raeder", "--ja", "--auf", "1"),
    ):
        said = run(*words)
        assert said.code == 47, words
        assert "steht inzwischen bei Fassung 2" in said.err
    versions = run("entwurf", "versions", "raeder", "--json").json["fassungen"]
    assert len(versions) == 2


def test_another_mandant_has_no_such_draft_and_is_told_the_same_as_of_none(
    run: Run, kept: None
) -> None:
    said = run("entwurf", "show", "raeder", "--mandant", "lvn")
    none = run("entwurf", "show", "keiner", "--mandant", "lvn")
    assert (said.code, said.err.replace("raeder", "keiner")) == (52, none.err)
    assert run("entwurf", "list", "--mandant", "lvn", "--json").json["entwuerfe"] == []


@pytest.mark.parametrize("name", ["../../etc/x", "a/b", "..", "A", "x" * 65])
def test_a_hostile_name_leads_nowhere(
    run: Run, home: Path, name: str, order: Callable[[str], Path]
) -> None:
    before = sorted(path for path in home.parent.rglob("*") if path.is_dir())
    for words in (
        ("draft", order(ORDER), "--als", name),
        ("entwurf", "show", name),
        ("entwurf", "delete", name, "--ja"),
    ):
        said = run(*words)
        assert (said.code, "geht nicht als Name" in said.err) == (2, True)
    assert sorted(path for path in home.parent.rglob("*") if path.is_dir()) == before


def test_a_deleted_paper_leaves_no_word_in_any_version(run: Run, kept: None, home: Path) -> None:
    run("entwurf", "rewrite", "raeder", "--art", "stichpunkte")
    assert all(words in on_disk(home) for words in WORDS)
    said = run("delete", antrag().id[:12], "--ja", "--json")
    assert said.code == 0, said.err
    assert said.json["entwuerfe"] == ["raeder"]
    assert [words for words in WORDS if words in on_disk(home)] == []
    shown = run("entwurf", "show", "raeder", "--json").json
    assert shown["hinweise"] == [
        "Eine Quelle wurde gelöscht; Absätze mit ihren Worten wurden entfernt."
    ]
    assert "Quelle gelöscht" in "".join(shown["entwurf"]["offen"])
    assert run("verify").code == 0
    assert ("entwurf", "gelöschte quelle entfernt") in recorded(home)


def test_who_deletes_a_paper_is_told_which_drafts_quote_it(
    run: Run, kept: None, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO("n\n"))
    said = run("delete", antrag().id[:12])
    assert "Entwürfe zitieren daraus und verlieren die Zitate: raeder" in said.err
    assert all(words in on_disk(home) for words in WORDS)
    assert run("delete", antrag().id[:12], "--ja").out.splitlines()[-1] == (
        "Aus abgelegten Entwürfen entfernt: raeder"
    )


def test_a_paper_erased_by_a_process_that_died_is_cut_out_by_the_next_command(
    run: Run, kept: None, home: Path
) -> None:
    store = wiring.open_store(home)
    store.delete(Access.operator("lvs"), antrag().id)
    store.close()
    assert all(words in on_disk(home) for words in WORDS)
    assert run("status").code == 0
    assert [words for words in WORDS if words in on_disk(home)] == []


def test_a_depublished_paper_stops_the_public_export_and_hides_its_paragraphs(
    run: Run, kept: None, tmp_path: Path
) -> None:
    assert run("depublish", antrag().id[:12], "--grund", "Widerspruch").code == 0
    shown = run("entwurf", "show", "raeder", "--json").json
    assert shown["entwurf"]["schutz"] == "nichtoeffentlich" and shown["verborgen"] > 0
    assert not any(words in json.dumps(shown, ensure_ascii=False) for words in WORDS)
    out = tmp_path / "raeder.docx"
    for option in ((), ("--oeffentlich",)):
        refused = run("entwurf", "export", "raeder", "-o", out, *option)
        assert (refused.code, "nicht öffentlich ausgegeben" in refused.err) == (2, True)
        assert not out.exists()
    assert run("entwurf", "export", "raeder", "-o", out, "--nichtoeffentlich").code == 0
    text = "\n".join(p.text for p in Document(str(out)).paragraphs)
    assert "nichtöffentlich" in text and "48.000" not in text
    for words in (("sign", "--stelle", "A", "--von", "B"), ("rewrite", "--art", "kuerzer")):
        said = run("entwurf", words[0], "raeder", *words[1:])
        assert (said.code, "nicht mehr einsehbar" in said.err) == (2, True)


def test_a_draft_on_a_closed_source_is_not_exported_as_public(
    run: Run, home: Path, tmp_path: Path, order: Callable[[str], Path]
) -> None:
    assert run("draft", order(CLOSED), "--als", "kauf").code == 0
    out = tmp_path / "kauf.docx"
    refused = run("entwurf", "export", "kauf", "-o", out, "--oeffentlich")
    assert (refused.code, out.exists()) == (2, False)
    assert run("entwurf", "export", "kauf", "-o", out).code == 0
    assert "nichtöffentlich" in "\n".join(p.text for p in Document(str(out)).paragraphs)


def test_a_backup_brings_drafts_back_without_what_was_deleted_since(
    run: Run, kept: None, home: Path, tmp_path: Path, order: Callable[[str], Path]
) -> None:
    run("draft", order(ORDER), "--als", "zweiter")
    run("entwurf", "sign", "raeder", "--stelle", "Kämmerei", "--von", "K. Kern")
    assert run("backup", tmp_path / "sicherung").code == 0
    assert run("entwurf", "delete", "zweiter", "--ja").code == 0
    assert run("draft", order(ORDER), "--als", "dritter").code == 0
    assert run("draft", order(ORDER), "--als", "raeder", "--auf", "1").code == 0
    assert run("restore", tmp_path / "sicherung", "--ja").code == 0
    names = {
        one["name"]: one["fassung"] for one in run("entwurf", "list", "--json").json["entwuerfe"]
    }
    assert names == {"raeder": 2, "dritter": 1}

    assert run("delete", antrag().id[:12], "--ja").code == 0
    assert run("entwurf", "delete", "raeder", "--ja").code == 0
    lost = home.rename(tmp_path / "alt")
    (lost / "entwurfsloeschungen.jsonl").rename(tmp_path / "entwurfsloeschungen.jsonl")
    papers = lost / "loeschungen.jsonl"
    assert run("restore", tmp_path / "sicherung", "--ja", "--loeschliste", papers).code == 0
    names = [one["name"] for one in run("entwurf", "list", "--json").json["entwuerfe"]]
    assert names == ["raeder", "zweiter"], "the list of deleted drafts was lost with the home"
    assert [words for words in WORDS if words in on_disk(home)] == []
    shown = run("entwurf", "show", "raeder", "--json").json
    lines = {line["stelle"]: line["stand"] for line in shown["mitzeichnung"]["stellen"]}
    assert lines["Kämmerei"] == "galt einer früheren Fassung"
    assert run("verify").code == 0


def test_a_list_of_deleted_drafts_beside_that_of_papers_counts_too(
    run: Run, kept: None, home: Path, tmp_path: Path
) -> None:
    run("backup", tmp_path / "sicherung")
    run("entwurf", "delete", "raeder", "--ja")
    run("delete", antrag().id[:12], "--ja")
    lost = home.rename(tmp_path / "alt")
    papers = lost / "loeschungen.jsonl"
    assert run("restore", tmp_path / "sicherung", "--ja", "--loeschliste", papers).code == 0
    assert run("entwurf", "list", "--json").json["entwuerfe"] == []


def test_a_backup_with_a_changed_draft_is_refused(run: Run, kept: None, tmp_path: Path) -> None:
    folder = tmp_path / "sicherung"
    run("backup", folder)
    path = folder / "entwuerfe" / "lvs" / "raeder" / "fassung-0001.json"
    path.write_text(path.read_text("utf-8").replace("M. Muster", "X. Fremd"), encoding="utf-8")
    said = run("restore", folder, "--ja")
    assert (said.code, "verändert" in said.err) == (59, True)


def test_drafts_go_after_the_days_that_the_house_has_set(
    run: Run, kept: None, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / "entwuerfe" / "lvs" / "raeder" / "fassung-0001.json"
    written = re.sub(r'"at": "\d{4}', '"at": "2001', path.read_text("utf-8"))
    path.write_text(written, encoding="utf-8")
    assert len(run("entwurf", "list", "--json").json["entwuerfe"]) == 1
    monkeypatch.setenv("AKTENKUNDIG_DRAFTS_KEPT_DAYS", "365")
    assert run("entwurf", "list", "--json").json["entwuerfe"] == []
    assert ("entwurf", "frist") in recorded(home)


def test_what_is_missing_or_empty_is_said(run: Run, kept: None) -> None:
    for words, code, said in (
        (("show", "anderer"), 52, "gibt es nicht"),
        (("show", "raeder", "--fassung", "7"), 52, "Fassung 7 von »raeder« gibt es nicht"),
        (("compare", "raeder"), 2, "mit der zu vergleichen ist"),
        (("undo", "raeder"), 2, "Vor dieser Fassung"),
        (("delete", "raeder", "--json"), 2, "geben Sie --ja an"),
        (("sign", "raeder", "--stelle", " ", "--von", "B"), 2, "Stelle und der Name"),
        (
            ("sign", "raeder", "--stelle", "A", "--von", "B", "--zeichen", "nicht mitgezeichnet"),
            2,
            "weshalb",
        ),
        (("rewrite", "raeder", "--art", "klarer", "--abschnitt", "x"), 52, "gibt es hier nicht"),
    ):
        found = run("entwurf", *words)
        assert (found.code, said in found.err + found.out) == (code, True), (words, found)
