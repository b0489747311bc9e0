"""HTTP as a client meets it: real store, fake models, real server where time matters."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi.testclient import TestClient

from assistant.audit import AUDIT_FILE
from assistant.web.application import make_app
from assistant.wiring import Parts
from tests.sample_records import (
    ANTRAG,
    EXACT_QUESTION,
    GOOD_SENTENCE,
    OPEN_QUESTION,
    FakeGenerator,
    antrag,
    make_parts,
)

BASE = "http://127.0.0.1:8000"
PROBLEM = "application/problem+json"


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with make_parts(tmp_path, FakeGenerator(GOOD_SENTENCE)) as opened:
        yield opened


@pytest.fixture
def client(parts: Parts) -> Iterator[TestClient]:
    with TestClient(make_app(parts, warm_up=False), base_url=BASE) as started:
        yield started


def events_of(text: str) -> list[tuple[str, Any]]:
    found = []
    for block in text.strip().split("\n\n"):
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def test_ask_gives_the_answer_and_what_it_stands_on(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"text": OPEN_QUESTION}).json()
    assert answer["status"] == "answered"
    assert answer["claims"][0]["label"] == "belegt"
    assert answer["stand"]["generator_id"] == "probe"
    assert answer["stand"]["index_generation"] > 0
    for citation in answer["citations"]:
        assert citation["quote"] == ANTRAG[citation["start"] : citation["end"]]


def test_a_list_by_vote_says_its_filters_and_what_is_not_on_record(client: TestClient) -> None:
    body = {"text": "Welche Anträge wurden einstimmig beschlossen?"}
    answer = client.post("/api/ask", json=body).json()
    assert (answer["kind"], answer["status"]) == ("liste", "answered")
    assert "Abstimmung einstimmig" in answer["claims"][0]["text"]
    table = answer["table"]
    cells = dict(zip(table["columns"], table["rows"][0], strict=True))
    assert cells["Nicht mitgezählt, weil"] == "Stimmverhalten nicht erfasst"
    events = events_of(client.post("/api/ask/stream", json=body).text)
    understood = dict(events)["understood"]
    without = dict(zip(understood["filters"], understood["without"], strict=True))
    assert without["Abstimmung einstimmig"] == "Alle Anträge, beschlossen"


def test_a_question_can_be_searched_for_as_it_stands(client: TestClient) -> None:
    body = {"text": "Alle Anträge der SPD zum Thema Leihräder", "generator": False}
    assert client.post("/api/ask", json=body).json()["kind"] == "liste"
    assert client.post("/api/ask", json={**body, "freely": True}).json()["kind"] == "offen"
    unknown = {"text": "Wurde Antrag 15/4711 beschlossen?", "freely": True}
    assert "15/4711 ist nicht erfasst" in client.post("/api/ask", json=unknown).json()["text"]


def test_a_list_with_words_not_understood_abstains(client: TestClient) -> None:
    body = {"text": "Welche Anträge wurden mit knapper Mehrheit beschlossen?"}
    answer = client.post("/api/ask", json=body).json()
    assert (answer["kind"], answer["status"], answer["table"]) == ("liste", "abstained", None)
    assert answer["abstained_because"].startswith("Keine Liste: „knapper Mehrheit“")


def test_ask_without_a_generator_is_one_switch(client: TestClient) -> None:
    body = {"text": OPEN_QUESTION, "generator": False}
    assert client.post("/api/ask", json=body).json()["stand"]["generator_id"] is None


@pytest.mark.parametrize(
    ("path", "headers"),
    [("/api/ask/stream", {}), ("/api/ask", {"accept": "text/event-stream"})],
)
def test_the_stream_tells_each_step_and_ends_with_the_answer(
    client: TestClient, path: str, headers: dict[str, str]
) -> None:
    response = client.post(path, json={"text": OPEN_QUESTION}, headers=headers)
    assert response.headers["content-type"].startswith("text/event-stream")
    events = events_of(response.text)
    assert [name for name, _ in events] == [
        "understood",
        "evidence",
        "evidence",
        "claim",
        "answer",
    ]
    told = dict(events)
    assert told["understood"]["kind"] == "offen"
    assert told["evidence"]["citations"][0]["quote"] in ANTRAG
    assert told["claim"]["claim"] == told["answer"]["claims"][0]
    whole = client.post("/api/ask", json={"text": OPEN_QUESTION}).json()
    told["answer"].pop("timings_ms"), whole.pop("timings_ms")
    assert told["answer"] == whole


def test_search_documents_show_and_status_answer(client: TestClient) -> None:
    hits = client.get("/api/search", params={"text": "Leihräder", "k": 3}).json()["hits"]
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert len(client.get("/api/documents").json()["documents"]) == 3
    shown = client.get("/api/show/15/12").json()
    assert {paper["art"] for paper in shown["papers"]} == {"Antrag", "Vorlage"}
    assert client.get("/api/status").json()["documents"] == 3
    paper = client.get(f"/api/documents/{antrag().id}").json()
    assert paper["antragsteller"] == ["CDU", "SPD"]


def test_a_quote_opens_in_the_words_around_it(client: TestClient) -> None:
    start = ANTRAG.index("48.000 Euro")
    path = f"/api/documents/{antrag().id}/text"
    shown = client.get(path, params={"start": start, "end": start + 11}).json()
    assert shown["quote"] == "48.000 Euro"
    assert shown["before"] + shown["quote"] + shown["after"] == ANTRAG
    assert shown["begins"] and shown["ends"]
    assert shown["fundstelle"].startswith("Antrag Nr. 15/12 vom 14.03.2023, Begründung")
    for start, end in ((5, 5), (9, 3), (0, 10**9)):
        response = client.get(path, params={"start": start, "end": end})
        assert response.status_code == 422


def test_an_unknown_and_a_forbidden_document_answer_alike(client: TestClient) -> None:
    foreign = antrag("lvn", ANTRAG.replace("Leihräder", "Lastenräder")).id
    answers = [
        client.get(f"/api/documents/{document_id}{rest}")
        for document_id in (foreign, "0" * 64, "x")
        for rest in ("", "/text?start=0&end=5")
    ]
    assert {response.status_code for response in answers} == {404}
    assert len({response.content for response in answers}) == 1
    assert len({str(response.headers) for response in answers}) == 1


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/api/nichts", None, 404),
        ("GET", "/nichts", None, 404),
        ("GET", "/static/nichts.js", None, 404),
        ("GET", "/static/../api.py", None, 404),
        ("GET", "/api/search", None, 422),
        ("GET", "/api/search?text=x&k=0", None, 422),
        ("GET", "/api/search?text=%20", None, 422),
        ("GET", "/api/show/Haushalt", None, 422),
        ("POST", "/api/ask", {}, 422),
        ("POST", "/api/ask", {"text": ""}, 422),
        ("POST", "/api/ask", {"text": "   "}, 422),
        ("POST", "/api/ask", {"text": "x" * 2001}, 422),
        ("POST", "/api/ask", {"text": "x", "mandant": "lvn"}, 422),
        ("POST", "/api/ask", ["x"], 422),
        ("POST", "/api/ask", {"text": 5}, 422),
        ("POST", "/", None, 405),
    ],
)
def test_every_error_has_the_one_shape_and_is_german(
    client: TestClient, method: str, path: str, body: object, status: int
) -> None:
    response = client.request(method, path, json=body)
    assert response.status_code == status
    assert response.headers["content-type"] == PROBLEM
    problem = response.json()
    assert set(problem) == {"type", "title", "status", "code", "detail", "errors"}
    assert problem["type"] == f"urn:aktenkundig:problem:{problem['code']}"
    assert problem["status"] == status
    said = " ".join([problem["detail"], *(entry["message"] for entry in problem["errors"])])
    for english in ("Field", "should", "Input", "valid ", "Not Found", "Method"):
        assert english not in said


def test_an_error_never_repeats_what_was_sent(client: TestClient) -> None:
    response = client.post("/api/ask", json={"text": {"geheim": "Personalakte"}})
    assert response.status_code == 422
    assert "Personalakte" not in response.text


def test_the_description_is_served_and_no_page_that_loads_from_elsewhere(
    client: TestClient,
) -> None:
    described = client.get("/api/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/ask", "/api/ask/stream", "/api/plain", "/api/search", "/api/documents",
        "/api/documents/{document_id}", "/api/documents/{document_id}/text",
        "/api/show/{number}", "/api/status", "/api/jobs", "/api/jobs/{job_id}",
        "/api/jobs/{job_id}/cancel", "/api/jobs/{job_id}/resume", "/api/jobs/{job_id}/events",
        "/api/draft", "/api/drafts", "/api/drafts/{name}", "/api/drafts/{name}/versions",
        "/api/drafts/{name}/compare", "/api/drafts/{name}/mitzeichnung",
        "/api/drafts/{name}/docx", "/api/drafts/{name}/undo", "/api/drafts/{name}/rewrite",
        "/api/review", "/api/review/docx",
    }  # fmt: skip
    errors = described["paths"]["/api/ask"]["post"]["responses"]["422"]["content"]
    assert list(errors) == [PROBLEM]
    for path in ("/docs", "/redoc", "/api/docs"):
        assert client.get(path).status_code == 404


def test_the_page_has_no_inline_script_and_names_no_other_host(client: TestClient) -> None:
    page = client.get("/").text
    assert '<html lang="de"' in page
    assert "Wurde der Antrag 15/12 beschlossen?" in page
    assert "http://" not in page and "https://" not in page
    assert "<script>" not in page and "style=" not in page and "onclick" not in page


def test_the_page_names_no_number_of_a_closed_paper(tmp_path: Path) -> None:
    with make_parts(tmp_path) as parts:
        client = TestClient(make_app(parts, warm_up=False), base_url=BASE)
        assert "Vorlage" not in client.get("/").text


def test_what_was_asked_is_recorded_without_its_words(client: TestClient, tmp_path: Path) -> None:
    client.post("/api/ask", json={"text": EXACT_QUESTION})
    text = (tmp_path / AUDIT_FILE).read_text()
    line = json.loads(text)
    assert (line["action"], line["kind"]) == ("frage", "status")
    assert line["document_ids"] == [antrag().id]
    assert "beschlossen" not in text


class Serving:
    """The real server over slow fake generators."""

    def __init__(self, parts: Parts, most_questions: int) -> None:
        app = make_app(parts, warm_up=False, most_questions=most_questions)
        self.server = uvicorn.Server(
            uvicorn.Config(app, log_level="critical", access_log=False, lifespan="on")
        )
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(
            target=self.server.run, kwargs={"sockets": [self.socket]}, daemon=True
        )
        self.thread.start()
        self.base = f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)
        self.socket.close()


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[tuple[Serving, FakeGenerator]]:
    generator = FakeGenerator(GOOD_SENTENCE + " Noch ein Wort mehr" * 200, pause_s=0.05)
    with make_parts(tmp_path, generator) as parts:
        serving = Serving(parts, most_questions=2)
        yield serving, generator
        serving.stop()


def wait_for(condition: Any, seconds: float) -> float:
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < seconds
        time.sleep(0.01)
    return time.monotonic() - started


@pytest.mark.parametrize("path", ["/api/ask/stream", "/api/ask"])
@pytest.mark.alone
def test_who_goes_away_frees_the_generator_within_a_second(
    slow: tuple[Serving, FakeGenerator], path: str
) -> None:
    serving, generator = slow
    body = json.dumps({"text": OPEN_QUESTION}).encode()
    port = int(serving.base.rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        wait_for(lambda: generator.running == 1, 5)
    assert wait_for(lambda: generator.running == 0, 1) < 1
    assert generator.cancelled == 1


@pytest.mark.alone
def test_beyond_the_queue_the_answer_is_429_at_once_and_look_ups_go_on(
    slow: tuple[Serving, FakeGenerator],
) -> None:
    serving, generator = slow
    with httpx.Client(base_url=serving.base, timeout=10) as client:
        waiting = [
            client.build_request("POST", "/api/ask/stream", json={"text": OPEN_QUESTION})
            for _ in range(2)
        ]
        streams = [client.send(request, stream=True) for request in waiting]
        wait_for(lambda: generator.running == 1, 5)
        refused = client.post("/api/ask", json={"text": OPEN_QUESTION})
        assert refused.status_code == 429
        assert refused.headers["retry-after"] == "15"
        assert refused.headers["content-type"] == PROBLEM
        assert refused.json()["code"] == "busy"
        assert client.get("/api/search", params={"text": "Leihräder"}).status_code == 200
        for stream in streams:
            stream.close()
        wait_for(lambda: generator.running == 0, 2)
        wait_for(
            lambda: client.post("/api/ask", json={"text": EXACT_QUESTION}).status_code == 200, 2
        )


def test_a_follow_up_carries_the_reference_of_the_answer_before(client: TestClient) -> None:
    first = client.post("/api/ask", json={"text": "Wurde der Antrag 15/12 beschlossen?"}).json()
    assert first["reference"] == {"papers": ["Antrag 15/12"], "kind": "status", "listed": ""}
    body = {"text": "Wer hat das beantragt?", "before": first["reference"]}
    second = client.post("/api/ask", json=body).json()
    assert (second["kind"], second["status"]) == ("antragsteller", "answered")
    assert "CDU, SPD" in second["text"]
    assert second["reference"] == {
        "papers": ["Antrag 15/12"],
        "kind": "antragsteller",
        "listed": "",
    }


def test_a_follow_up_to_a_list_changes_its_filters(client: TestClient) -> None:
    first = client.post("/api/ask", json={"text": "Alle Anträge der SPD"}).json()
    assert first["reference"] == {"papers": [], "kind": "liste", "listed": "Alle Anträge der SPD"}
    body = {"text": "Und der FDP?", "before": first["reference"]}
    second = client.post("/api/ask", json=body).json()
    assert second["kind"] == "liste"
    assert second["claims"][0]["text"].startswith("Erfasst: 0. ")
    assert second["reference"]["listed"] == "Alle Anträge der FDP"


def test_a_reference_is_bounded(client: TestClient) -> None:
    for papers in (["x" * 81], ["15/12"] * 9):
        body = {"text": "Wann war das?", "before": {"papers": papers, "kind": "status"}}
        assert client.post("/api/ask", json=body).status_code == 422
    before = {"papers": [], "kind": "liste", "listed": "x" * 401}
    assert client.post("/api/ask", json={"text": "Und 2016?", "before": before}).status_code == 422
