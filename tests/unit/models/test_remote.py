"""The remote generator against a small server that misbehaves on request."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from models.errors import GeneratorUnavailable
from models.remote import RemoteGenerator


class House(ThreadingHTTPServer):
    """Remembers what it was asked; `mode` says how to answer."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.mode = "good"
        self.bodies: list[dict[str, object]] = []
        self.gone = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: House

    def log_message(self, format: str, *args: object) -> None:
        pass

    def say(self, text: str) -> None:
        self.wfile.write(text.encode())
        self.wfile.flush()

    def piece(self, text: str) -> None:
        event = {"choices": [{"delta": {"content": text}}]}
        self.say(f"data: {json.dumps(event)}\n\n")

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.bodies.append(json.loads(self.rfile.read(length)))
        mode = self.server.mode
        if mode == "silent":
            self.connection.settimeout(5)
            if self.connection.recv(1) == b"":
                self.server.gone.set()
            return
        self.send_response({"refuse": 503, "redirect": 302}.get(mode, 200))
        if mode == "redirect":
            self.send_header("Location", "/anderswo")
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.say(": ping\n\n")
        self.say('data: {"choices": [{"delta": {"role": "assistant"}}]}\n\n')
        if mode == "broken":
            self.say("data: {kein json\n\n")
        elif mode == "cut":
            self.piece("Grüße ")
        elif mode == "endless":
            try:
                while True:
                    self.piece("bla ")
                    time.sleep(0.02)
            except OSError:
                self.server.gone.set()
        elif mode == "good":
            for text in ("Grüße ", "aus Köln"):
                self.piece(text)
            self.say("data: [DONE]\n\n")


@pytest.fixture
def house() -> Iterator[House]:
    server = House()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def ask(house: House, **options: object) -> str:
    generator = RemoteGenerator(house.url + "/v1", "haus", timeout_s=5)
    return "".join(
        generator.generate("System", "Frage", grammar=None, max_tokens=9, **options)  # type: ignore[arg-type]
    )


def test_pieces_arrive_and_the_request_is_deterministic(house: House) -> None:
    assert ask(house) == "Grüße aus Köln"
    (body,) = house.bodies
    assert body["temperature"] == 0.0
    assert body["max_tokens"] == 9
    assert "grammar" not in body
    assert body["messages"] == [
        {"role": "system", "content": "System"},
        {"role": "user", "content": "Frage"},
    ]


def test_a_grammar_is_handed_on(house: House) -> None:
    generator = RemoteGenerator(house.url, "haus")
    list(generator.generate("s", "p", grammar='root ::= "ja"', max_tokens=3))
    assert house.bodies[0]["grammar"] == 'root ::= "ja"'


def test_a_proxy_in_the_environment_is_not_used(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert ask(house) == "Grüße aus Köln"


@pytest.mark.parametrize("mode", ["refuse", "broken", "redirect", "cut"])
def test_a_server_that_refuses_or_breaks_is_unavailable(house: House, mode: str) -> None:
    house.mode = mode
    with pytest.raises(GeneratorUnavailable):
        ask(house)


def test_no_server_is_unavailable() -> None:
    server = House()
    url = server.url
    server.server_close()
    with pytest.raises(GeneratorUnavailable):
        list(RemoteGenerator(url, "haus").generate("s", "p", grammar=None, max_tokens=3))


@pytest.mark.parametrize("mode", ["endless", "silent"])
def test_a_cancel_ends_the_call_within_a_second_and_closes_the_stream(
    house: House, mode: str
) -> None:
    house.mode = mode
    started = time.monotonic()
    ask(house, cancelled=lambda: time.monotonic() - started > 0.3)
    assert time.monotonic() - started < 1.3
    assert house.gone.wait(5)


def test_a_reader_that_goes_away_closes_the_stream(house: House) -> None:
    house.mode = "endless"
    stream = RemoteGenerator(house.url, "haus").generate("s", "p", grammar=None, max_tokens=3)
    assert next(stream) == "bla "
    stream.close()  # type: ignore[attr-defined]
    assert house.gone.wait(5)
