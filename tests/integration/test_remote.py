"""The remote generator against a real OpenAI-compatible server with the real weights."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import models
from models.errors import GeneratorUnavailable
from models.registry import DEFAULT_GENERATOR, load_registry, locate
from models.remote import RemoteGenerator

pytestmark = [pytest.mark.weights, pytest.mark.slow]

WEIGHTS = Path(os.environ.get("AKTENKUNDIG_WEIGHTS", Path(models.__file__).with_name("weights")))
ENTRY = load_registry()[DEFAULT_GENERATOR]
SYSTEM = "Antworte auf Deutsch und kurz."


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log"
    command = [sys.executable, "-m", "llama_cpp.server", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--n_ctx", "512", "--n_threads", "2"]
    command += ["--model", str(locate(ENTRY, WEIGHTS)), "--model_alias", "haus"]
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            deadline = time.monotonic() + 240
            while not _answers(address):
                assert server.poll() is None, log.read_text()[-2000:]
                assert time.monotonic() < deadline, log.read_text()[-2000:]
                time.sleep(0.5)
            yield address
        finally:
            server.kill()


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/v1/models", trust_env=False, timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def test_the_same_question_gives_the_same_words_once_the_server_has_it_cached(url: str) -> None:
    generator = RemoteGenerator(url, "haus", timeout_s=240)
    answers = [
        list(generator.generate(SYSTEM, "Nenne eine Stadt am Rhein.", grammar=None, max_tokens=6))
        for _ in range(4)
    ]
    assert answers[1] == answers[2] == answers[3]
    assert len("".join(answers[0])) > 2


def test_a_grammar_binds_the_servers_answer(url: str) -> None:
    generator = RemoteGenerator(url, "haus", timeout_s=240)
    answer = generator.generate(
        SYSTEM, "Erzähle vom Wetter.", grammar='root ::= "KEINE ANGABE"', max_tokens=12
    )
    assert "".join(answer) == "KEINE ANGABE"


def test_a_cancel_stops_a_long_answer_and_the_server_goes_on(url: str) -> None:
    generator = RemoteGenerator(url, "haus", timeout_s=240)
    started: list[float] = []

    def cancelled() -> bool:
        return bool(started) and time.monotonic() - started[0] > 0.2

    for _ in generator.generate(
        SYSTEM, "Zähle bis 200.", grammar=None, max_tokens=300, cancelled=cancelled
    ):
        started = started or [time.monotonic()]
    assert time.monotonic() - started[0] < 1.2
    after = generator.generate(SYSTEM, "Sag ja.", grammar=None, max_tokens=2)
    assert "".join(after)


def test_a_prompt_that_the_server_refuses_is_unavailable(url: str) -> None:
    generator = RemoteGenerator(url, "haus", timeout_s=240)
    with pytest.raises(GeneratorUnavailable):
        list(generator.generate(SYSTEM, "Wort " * 2000, grammar=None, max_tokens=2))
