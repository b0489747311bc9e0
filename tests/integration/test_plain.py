"""Einfache Sprache as a person gets it: over HTTP, on the command line, from the real generator."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant import cli, wiring
from assistant.audit import AUDIT_FILE
from assistant.plain.rendering import BY_GENERATOR, BY_RULES, render
from assistant.types import Claim, Label
from assistant.web.application import make_app
from assistant.wiring import Parts
from models.generator import Generator
from tests.sample_records import (
    EXACT_QUESTION,
    GOOD_SENTENCE,
    OPEN_QUESTION,
    FakeEmbedder,
    FakeGenerator,
    filled_home,
    make_parts,
)

BASE = "http://127.0.0.1:8000"
RESULT = {
    "original": "Ja. Laut Ergebnisvermerk: „Entsprechend Beschlussvorschlag beschlossen.“",
    "lead": ["Ja.", "So ist das Ergebnis auf der Drucksache vermerkt:"],
    "lines": ["Entsprechend Beschlussvorschlag beschlossen."],
    "label": "belegt",
    "citations": [1, 2],
    "treatment": "vereinfacht",
    "note": "",
}


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with make_parts(tmp_path, FakeGenerator(GOOD_SENTENCE)) as opened:
        yield opened


@pytest.fixture
def client(parts: Parts) -> Iterator[TestClient]:
    with TestClient(make_app(parts, warm_up=False), base_url=BASE) as started:
        yield started


def asked(client: TestClient, question: str) -> dict[str, Any]:
    answer = client.post("/api/ask", json={"text": question}).json()
    return {name: answer[name] for name in ("kind", "claims", "seal")}


def test_an_answer_is_said_once_more_in_einfache_sprache(client: TestClient, parts: Parts) -> None:
    plain = client.post("/api/plain", json=asked(client, EXACT_QUESTION)).json()
    assert plain == {
        "mark": "maschinell, ungeprüft",
        "how": BY_RULES,
        "claims": [RESULT],
        "terms": [
            {
                "name": "Beschlussvorschlag",
                "text": "Im Beschlussvorschlag steht, was das Gremium beschließen soll. Er ist noch "
                "kein Beschluss.",
            },
            {
                "name": "Ergebnisvermerk",
                "text": "Der Ergebnisvermerk steht auf der Drucksache. Er sagt, was aus ihr geworden ist.",
            },
            {
                "name": "entsprechend Beschlussvorschlag beschlossen",
                "text": "Entsprechend Beschlussvorschlag beschlossen heißt: Das Gremium hat so "
                "beschlossen, wie es vorgeschlagen war.",
            },
        ],
        "generator_id": None,
        "prompt_hash": None,
    }
    record = (parts.home / AUDIT_FILE).read_text("utf-8").splitlines()
    assert [json.loads(line)["action"] for line in record] == ["frage", "einfach"]
    assert "beschlossen" not in record[1]


def test_the_seal_of_the_stream_is_the_one_of_the_answer(client: TestClient) -> None:
    text = client.post("/api/ask/stream", json={"text": EXACT_QUESTION}).text
    told = json.loads(text.rsplit("data: ", 1)[1])
    assert told["seal"] == asked(client, EXACT_QUESTION)["seal"]
    assert re.fullmatch(r"[0-9a-f]{64}", told["seal"])


@pytest.mark.parametrize("change", ["text", "label", "citations", "kind", "seal", "more", "fewer"])
def test_sentences_that_were_never_checked_are_refused(client: TestClient, change: str) -> None:
    body = asked(client, EXACT_QUESTION)
    if change in ("kind", "seal"):
        body[change] = "" if change == "seal" else "offen"
    elif change in ("more", "fewer"):
        body["claims"] = body["claims"] * 2 if change == "more" else []
    else:
        other = {"text": "Nein.", "label": "abgeleitet", "citations": [2]}
        body["claims"][0][change] = other[change]
    refused = client.post("/api/plain", json=body)
    assert refused.status_code == 422
    assert refused.json()["code"] == "input_invalid"
    assert refused.json()["detail"] == (
        "Diese Antwort stammt nicht von diesem Dienst, oder er wurde seitdem neu gestartet. "
        "Bitte stellen Sie die Frage noch einmal."
    )


def test_a_long_answer_fits_and_a_longer_question_does_not(client: TestClient) -> None:
    body = asked(client, EXACT_QUESTION)
    body["claims"] = body["claims"] * 1500
    assert len(json.dumps(body)) > 200_000
    assert client.post("/api/plain", json=body).status_code == 422
    assert client.post("/api/ask", json={"text": "x" * 70_000}).status_code == 413


def test_the_generator_takes_part_where_it_is_asked_to(parts: Parts, client: TestClient) -> None:
    body = asked(client, OPEN_QUESTION)
    assert client.post("/api/plain", json=body).json()["generator_id"] is None
    plain = client.post("/api/plain", json={**body, "generator": True}).json()
    # The one sentence is short; nobody has to be asked about it.
    assert (plain["generator_id"], plain["how"]) == (None, BY_RULES)
    assert plain["claims"][0]["lead"] == ["So stellen es die Antragsteller dar (CDU, SPD):"]
    assert plain["claims"][0]["lines"] == ["Der Betrieb der Leihräder kostet 48.000 Euro im Jahr."]


def run(home: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setenv("AKTENKUNDIG_HOME", str(home))
    monkeypatch.setattr(wiring, "_make_embedder", lambda settings, store: FakeEmbedder())
    monkeypatch.setattr(wiring, "_make_generator", lambda settings: FakeGenerator(GOOD_SENTENCE))
    monkeypatch.setattr("sys.argv", ["aktenkundig", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_the_command_line_prints_the_rendering_below_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = filled_home(tmp_path)
    assert run(home, monkeypatch, "ask", EXACT_QUESTION, "--einfach") == 0
    printed = capsys.readouterr().out.split("In Einfacher Sprache (maschinell, ungeprüft)\n")[1]
    assert printed.splitlines()[:5] == [
        "  Ja. [1] [2]",
        "  So ist das Ergebnis auf der Drucksache vermerkt: [1] [2]",
        "    Entsprechend Beschlussvorschlag beschlossen. [1] [2]",
        "",
        "Wörter",
    ]
    assert printed.splitlines()[-1] == BY_RULES


def test_with_json_the_rendering_is_one_more_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = filled_home(tmp_path)
    assert run(home, monkeypatch, "ask", EXACT_QUESTION, "--json") == 0
    without = json.loads(capsys.readouterr().out)
    assert run(home, monkeypatch, "ask", EXACT_QUESTION, "--einfach", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) - set(without) == {"plain"}
    assert answer["plain"]["claims"] == [RESULT]


def test_the_model_alone_is_no_wish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(filled_home(tmp_path), monkeypatch, "ask", EXACT_QUESTION, "--mit-modell") == 2
    assert capsys.readouterr().err == (
        "Fehler: --mit-modell geht nur mit --einfach und nicht mit --no-generator.\n"
    )


@pytest.mark.weights
@pytest.mark.alone
def test_of_the_real_generator_only_the_words_of_the_sentence_are_shown(
    generator: Generator,
) -> None:
    sentences = (
        "Der Sozialausschuss nimmt die Vorlage Nummer 14/1602, die den Bericht enthält, ablehnend "
        "zur Kenntnis.",
        "Die Vorsitzende erinnert daran, dass der Antrag am 15.02.2017 vertagt worden sei.",
    )
    claims = [Claim(sentence, Label.BELEGT, (1,)) for sentence in sentences]
    found = render(claims, "offen", generator=generator)
    assert (found.generator_id, found.how) == (generator.generator_id, BY_GENERATOR)
    for plain, sentence in zip(found.claims, sentences, strict=True):
        said, held = (
            re.findall(r"\w+", text.lower()) for text in (" ".join(plain.lines), sentence)
        )
        assert said == held
        assert plain.citations == (1,)
