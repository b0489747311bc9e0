"""The first acceptance: two real motions, asked as a clerk would, through the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
SEEDS = SHARED / "corpus" / "seeds"

Json = dict[str, Any]


def run(home: Path, *arguments: str) -> str:
    """Runs the command line as its own process; its standard output."""
    done = subprocess.run(
        [sys.executable, "-m", "assistant.cli", *arguments],
        env={**os.environ, "AKTENKUNDIG_HOME": str(home), "AKTENKUNDIG_MANDANT": "lvr"},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home into which the seeds were ingested."""
    folder = tmp_path_factory.mktemp("seeds")
    report = json.loads(run(folder, "ingest", str(SEEDS), "--json"))
    assert (report["indexed"], report["quarantined"]) == (2, [])
    return folder


@pytest.fixture(scope="module")
def answers(home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Json]:
    """Every question of this page, asked in one run with the real generator."""
    questions = {
        "beschlossen": "Wurde der Antrag 15/148 beschlossen?",
        "offen": "Wurde der Antrag 15/247 beschlossen?",
        "folge": "Und 15/247?",
        "kosten": "Wie hoch sind die Kosten der Fachtagung?",
        "dagegen": "Wer stimmte dagegen?",
        "cloud": "Warum keine cloudbasierten KI-Systeme?",
        "warum": "Warum wurde 15/247 abgelehnt?",
        "gremium": "Wurde der Antrag 15/148 beschlossen – von welchem Gremium und wann?",
        "unbekannt": "Wurde der Antrag 15/184 beschlossen?",
    }
    batch = tmp_path_factory.mktemp("fragen") / "fragen.jsonl"
    lines = [json.dumps({"id": i, "text": text}) for i, text in questions.items()]
    batch.write_text("\n".join(lines) + "\n", encoding="utf-8")
    printed = run(home, "ask", "--batch", str(batch), "--json").splitlines()
    return {record["id"]: record for record in map(json.loads, printed)}


def test_a_recorded_result_is_told_as_recorded(answers: dict[str, Json]) -> None:
    answer = answers["beschlossen"]
    assert answer["status"] == "answered"
    assert answer["text"].startswith("Ja.")
    assert "Entsprechend Beschlussvorschlag beschlossen." in answer["text"]
    for body_or_vote in ("ausschuss", "versammlung", "einstimmig", "mehrheitlich", "Stimmen"):
        assert body_or_vote not in answer["text"]


def test_the_body_is_named_only_as_planned(answers: dict[str, Json]) -> None:
    answer = answers["gremium"]
    assert "vorgesehen" in answer["text"]
    assert "13.12.2023" in answer["text"]
    assert "Nicht erfasst" in answer["text"]


@pytest.mark.parametrize("name", ["offen", "warum"])
def test_a_missing_result_is_said_to_be_missing(answers: dict[str, Json], name: str) -> None:
    assert answers[name]["status"] == "abstained"
    assert "Ergebnis nicht erfasst" in answers[name]["text"]
    assert "nicht beschlossen" not in answers[name]["text"]


def test_a_question_for_votes_without_a_day_or_a_subject_is_asked_back(
    answers: dict[str, Json],
) -> None:
    assert answers["dagegen"]["status"] == "clarify"
    assert answers["dagegen"]["claims"] == []
    assert "Welche Abstimmung ist gemeint" in answers["dagegen"]["text"]


@pytest.mark.parametrize("name", ["kosten", "unbekannt"])
def test_what_the_files_do_not_say_is_not_answered(answers: dict[str, Json], name: str) -> None:
    assert answers[name]["status"] == "abstained"
    assert answers[name]["claims"] == []
    assert answers[name]["abstained_because"]


def test_reasons_of_a_motion_are_its_movers_words(answers: dict[str, Json]) -> None:
    answer = answers["cloud"]
    assert answer["status"] == "answered"
    assert "Antragsteller (AfD)" in answer["text"]
    assert any("cloudbasierten KI-Systeme" in c["quote"] for c in answer["citations"])


def test_every_quote_is_cut_from_the_file_and_no_page_is_invented(
    home: Path, answers: dict[str, Json]
) -> None:
    for answer in answers.values():
        for citation in answer["citations"] + answer["nearest"]:
            words = citation["quote"].replace("\n", " ").split()
            source = Path(citation["source"]).read_text(encoding="utf-8")
            plain = source.replace("**", "").replace("<b>", "").replace("</b>", "").split()
            assert any(plain[i : i + len(words)] == words for i in range(len(plain)))
            assert citation["page"] is None
            assert "S. " not in citation["fundstelle"]


def test_verify_finds_no_difference(home: Path) -> None:
    run(home, "verify")
