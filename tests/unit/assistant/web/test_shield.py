from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, Response, StreamingResponse
from fastapi.testclient import TestClient

from assistant.web import problems
from assistant.web.shield import LARGEST_BODY, Shield

BASE = "http://127.0.0.1:8000"


async def echo(request: Request) -> Response:
    body = await request.body()
    return PlainTextResponse(f"{request.method} {len(body)} {request.headers.get('range')}")


async def broken(request: Request) -> Response:
    raise LookupError("Wie hoch sind die Kosten?")


async def stream(request: Request) -> Response:
    async def pieces() -> AsyncIterator[str]:
        yield "eins "
        yield "zwei"

    return StreamingResponse(pieces())


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    app.add_api_route("/", echo, methods=["GET", "POST"])
    app.add_api_route("/kaputt", broken)
    app.add_api_route("/strom", stream)
    problems.install(app)
    return TestClient(Shield(app), base_url=BASE)


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:9", "LOCALHOST", "[::1]:8000"])
def test_this_machines_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["aktenkundig.example", "127.0.0.1.example.org", "", "[::1", "192.168.1.5:8000"]
)
def test_any_other_host_name_is_refused(client: TestClient, host: str) -> None:
    response = client.get("/", headers={"host": host})
    assert response.status_code == 421
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["code"] == "host_refused"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://boese.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_post_from_a_foreign_page_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    response = client.post("/", headers=headers)
    assert (response.status_code, response.json()["code"]) == (403, "origin_refused")


@pytest.mark.parametrize("headers", [{}, {"origin": BASE}, {"sec-fetch-site": "same-origin"}])
def test_a_post_from_our_page_or_from_no_page_is_taken(
    client: TestClient, headers: dict[str, str]
) -> None:
    assert client.post("/", headers=headers).status_code == 200


def test_every_response_carries_the_security_headers(client: TestClient) -> None:
    for path in ("/", "/strom", "/kaputt", "/unbekannt"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"


def test_a_range_never_reaches_a_route(client: TestClient) -> None:
    assert client.get("/", headers={"range": "bytes=0-1"}).text == "GET 0 None"


def test_a_body_above_the_limit_is_refused_with_and_without_a_length(client: TestClient) -> None:
    large = b"x" * (LARGEST_BODY + 1)

    def pieces() -> object:
        yield large

    assert client.post("/", content=large).status_code == 413
    assert client.post("/", content=pieces()).status_code == 413  # type: ignore[arg-type]
    assert client.post("/", content=b"x" * LARGEST_BODY).text == f"POST {LARGEST_BODY} None"


def test_an_unforeseen_error_shows_and_logs_a_number_but_no_words(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    response = client.get("/kaputt")
    assert response.status_code == 500
    assert response.json()["code"] == "unexpected"
    assert "Kosten" not in response.text + caplog.text
    number = response.json()["detail"].split()[-1].rstrip(".")
    assert number in caplog.text
    assert "LookupError" in caplog.text


def test_a_stream_passes_through_whole(client: TestClient) -> None:
    assert client.get("/strom").text == "eins zwei"
