"""The Generator interface over an OpenAI-compatible server in the house (llama-server, vLLM …)."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import queue
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import httpx

from models.errors import GeneratorUnavailable
from models.generator import Refusal, never

log = logging.getLogger(__name__)

_POLL_S = 0.05
# The interface has no call to count tokens. German text has 3 to 4 characters a token; the low
# figure overestimates, so a prompt that is said to fit does fit.
_CHARS_PER_TOKEN = 2.5


class RemoteGenerator:
    """Streams chat completions over server-sent events.

    Connects to `base_url` and to nothing else: no proxy from the environment, no redirects.
    """

    def __init__(
        self, base_url: str, model: str, *, timeout_s: float = 60.0, api_key: str | None = None
    ) -> None:
        """`base_url` ends before `/v1`; `timeout_s` bounds the wait for each piece."""
        self._model = model
        self._base = base_url.rstrip("/").removesuffix("/v1")
        self._timeout = httpx.Timeout(timeout_s, connect=5.0)
        self._headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}

    @property
    def generator_id(self) -> str:
        """The server's name for the model, and a hash of where it runs."""
        place = hashlib.sha256(self._base.encode()).hexdigest()[:16]
        return f"remote:{self._model}:{place}"

    def count_tokens(self, text: str) -> int:
        """An upper estimate; the server alone knows its tokenizer."""
        return int(len(text) / _CHARS_PER_TOKEN) + 1

    def generate(
        self,
        system: str,
        prompt: str,
        *,
        grammar: str | None,
        max_tokens: int,
        cancelled: Callable[[], bool] = never,
        refusal: Refusal | None = None,
    ) -> Iterator[str]:
        """Streams the answer; see `models.generator.Generator.generate`.

        How likely a refusal is cannot be asked of such a server; `refusal` is left alone.

        `grammar` is sent as the extra field that llama-server reads. A server that ignores it
        writes freely; what it writes is checked like every other answer. Temperature 0 and a fixed
        seed are asked for; servers that compute a prompt otherwise once it is cached, as
        llama-cpp-python's does, may still word a repeated question differently.

        Raises:
            GeneratorUnavailable: when the server cannot be reached, refuses, or breaks off.
        """
        body: dict[str, Any] = {
            "model": self._model,
            "messages": [
                {"role": "system", "content": system},
                {"role": "user", "content": prompt},
            ],
            "max_tokens": max_tokens,
            "temperature": 0.0,
            "seed": 0,
            "stream": True,
        }
        if grammar is not None:
            body["grammar"] = grammar
        client = httpx.Client(
            base_url=self._base,
            timeout=self._timeout,
            headers=self._headers,
            trust_env=False,
            follow_redirects=False,
        )
        call = _Call(client, body)
        try:
            while not cancelled():
                try:
                    item = call.pieces.get(timeout=_POLL_S)
                except queue.Empty:
                    continue
                if item is None:
                    return
                if isinstance(item, GeneratorUnavailable):
                    raise item
                yield item
        finally:
            call.stop()

    def close(self) -> None:
        """Nothing to end: every call has its own connection and closes it."""


class _Call:
    """One request, read in a thread, so that a cancel need not wait for the server's next word."""

    def __init__(self, client: httpx.Client, body: dict[str, Any]) -> None:
        self.pieces: queue.SimpleQueue[str | GeneratorUnavailable | None] = queue.SimpleQueue()
        self._client = client
        self._body = body
        self._stopped = threading.Event()
        self._socket: socket.socket | None = None
        threading.Thread(target=self._run, daemon=True).start()

    def stop(self) -> None:
        """Ends the connection, which tells the server to stop computing."""
        self._stopped.set()
        if self._socket is not None:
            # Wakes the reading thread, also while the server has not sent a word yet.
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def _trace(self, event: str, info: dict[str, Any]) -> None:
        if event == "connection.connect_tcp.complete":
            self._socket = info["return_value"].get_extra_info("socket")

    def _run(self) -> None:
        try:
            with (
                self._client,
                self._client.stream(
                    "POST",
                    "/v1/chat/completions",
                    json=self._body,
                    extensions={"trace": self._trace},
                ) as response,
            ):
                if response.status_code != httpx.codes.OK:
                    raise httpx.HTTPError(f"status {response.status_code}")
                whole = False
                for line in response.iter_lines():
                    if self._stopped.is_set():
                        return
                    piece, last = _read(line)
                    whole = whole or last
                    if piece:
                        self.pieces.put(piece)
                if not whole:
                    # Some servers say nothing when they fail in the middle.
                    raise httpx.HTTPError("stream ended early")
            self.pieces.put(None)
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            if not self._stopped.is_set():
                log.warning("generator server failed: %s", type(error).__name__)
            self.pieces.put(
                GeneratorUnavailable(
                    "Der Sprachmodell-Server des Hauses antwortet nicht oder lehnt die Anfrage ab. "
                    "Antworten gibt es so lange nur als Fundstellen."
                )
            )


def _read(line: str) -> tuple[str, bool]:
    """The text of one line of the stream, and whether the server says that it is finished."""
    if not line.startswith("data:"):
        return "", False
    data = line.removeprefix("data:").strip()
    if not data:
        return "", False
    if data == "[DONE]":
        return "", True
    event = json.loads(data)
    if "error" in event:
        raise ValueError("error event")
    choice = (event.get("choices") or [{}])[0]
    content = choice.get("delta", {}).get("content")
    return content if isinstance(content, str) else "", choice.get("finish_reason") is not None
