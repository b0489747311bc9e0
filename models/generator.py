"""Text from a local GGUF model, computed in a process of its own.

The parent's half is here; the child's half, which alone loads llama.cpp, is `generator_child`. A
crash, an out-of-memory or a kill of the child costs one call, never the service.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from models.child import Child, ChildDied, Message
from models.errors import (
    GeneratorCrashed,
    GeneratorError,
    GeneratorUnavailable,
    GrammarInvalid,
    PromptTooLong,
)
from models.registry import ModelEntry, corrupt, file_sha256, locate, model_path

log = logging.getLogger(__name__)

_POLL_S = 0.05
_LOAD_TIMEOUT_S = 180.0
# Between a cancel and its acknowledgement; a child that takes longer is killed.
_CANCEL_GRACE_S = 3.0


def never() -> bool:
    """The `cancelled` of a call that nobody cancels."""
    return False


@dataclass(frozen=True, slots=True)
class Refusal:
    """The words of an abstention, and who hears how likely they are.

    `heard` gets the probability, 0 to 1, that the free model would have begun `text` as its answer.
    It is called once, before the first piece; never by a generator that cannot tell.
    """

    text: str
    heard: Callable[[float], None]


class Generator(Protocol):
    """Writes text at temperature 0: the same call gives the same text."""

    @property
    def generator_id(self) -> str:
        """Changes with the weights."""
        ...

    def count_tokens(self, text: str) -> int:
        """Number of tokens that `text` takes in a prompt."""
        ...

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
        """Streams the answer in pieces of whole characters.

        Ends at the model's end mark, when the grammar (GBNF, rule `root`) is complete, after
        `max_tokens`, or within a second after `cancelled()` became true.

        Raises:
            GeneratorCrashed: when the process died; the next call starts it again.
            GeneratorUnavailable: when it cannot be started or reached.
            PromptTooLong: when prompt and answer do not fit the context.
            GrammarInvalid: when the grammar cannot be read.
        """
        ...

    def close(self) -> None:
        """Ends whatever the generator keeps running."""
        ...


class LlamaGenerator:
    """A GGUF model on this machine's CPU.

    Calls from several threads wait for each other. Text of `system` and `prompt` is only ever text:
    control marks of the chat format inside it stay letters.
    """

    def __init__(
        self,
        path: Path,
        entry: ModelEntry,
        *,
        threads: int = 2,
        context_tokens: int = 4096,
        memory_limit_mib: int | None = None,
    ) -> None:
        """Starts nothing yet; the first call or `start` does.

        `memory_limit_mib` bounds the child's address space, the mapped weights included.
        """
        self._path = path
        self._entry = entry
        self._options = {
            "path": str(path),
            "threads": threads,
            "context_tokens": min(context_tokens, entry.context_tokens),
            "memory_limit_mib": memory_limit_mib,
        }
        self._child: Child | None = None
        self._start_lock = threading.Lock()
        self._turn = threading.Lock()

    @property
    def generator_id(self) -> str:
        """Name and first half of the hash of the weights."""
        return f"{self._entry.name}:{self._entry.sha256[:16]}"

    @property
    def pid(self) -> int | None:
        """The child's process id while it runs."""
        child = self._child
        return child.pid if child is not None and child.alive else None

    def start(self) -> None:
        """Verifies the weights and loads them, unless that was done.

        Raises:
            ModelMissing, ModelCorrupt: when the weights are not what the registry says.
            GeneratorUnavailable: when llama.cpp cannot load them.
        """
        self._running()

    def warm(self, system: str) -> None:
        """Evaluates a system prefix, so that the next call with it does not have to."""
        self._ask({"op": "warm", "system": system})

    def count_tokens(self, text: str) -> int:
        """Number of tokens that `text` takes in a prompt."""
        return int(self._ask({"op": "count", "text": text})["tokens"])

    def cached_tokens(self) -> int:
        """Tokens in the KV cache now: between calls, the system prefix and nothing else."""
        return int(self._ask({"op": "cached"})["tokens"])

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
        """Streams the answer; see `Generator.generate`."""
        while not self._turn.acquire(timeout=_POLL_S):
            if cancelled():
                return
        try:
            child = self._running()
            request = {
                "op": "generate",
                "system": system,
                "prompt": prompt,
                "grammar": grammar,
                "max_tokens": max_tokens,
                "refusal": refusal.text if refusal else None,
            }
            try:
                yield from self._stream(child, request, cancelled, refusal)
            except ChildDied as error:
                raise self._crashed(child) from error
        finally:
            self._turn.release()

    def close(self) -> None:
        """Ends the process."""
        with self._start_lock:
            if self._child is not None:
                self._child.kill()
                self._child = None

    def _stream(
        self,
        child: Child,
        request: Message,
        cancelled: Callable[[], bool],
        refusal: Refusal | None,
    ) -> Iterator[str]:
        call_id = child.call(request)
        finished = False
        try:
            while not cancelled():
                message = child.answer(call_id, _POLL_S)
                if message is None:
                    continue
                if "refusal" in message:
                    if refusal is not None:
                        refusal.heard(message["refusal"])
                    continue
                finished = "end" in message
                if finished:
                    _raise_for(message)
                    log.info(
                        "generated: %s, prompt %d tokens in %d ms, answer %d tokens in %d ms",
                        message["end"],
                        message["prompt_tokens"],
                        message["prompt_ms"],
                        message["tokens"],
                        message["ms"],
                    )
                    return
                yield message["piece"]
        finally:
            # Also when the reader of this iterator went away in the middle.
            if not finished:
                self._cancel(child, call_id)

    def _cancel(self, child: Child, call_id: int) -> None:
        try:
            child.send({"op": "cancel", "id": call_id})
            deadline = time.monotonic() + _CANCEL_GRACE_S
            while time.monotonic() < deadline:
                message = child.answer(call_id, _POLL_S)
                if message is not None and "end" in message:
                    return
        except ChildDied:
            return
        log.warning("generator did not stop when cancelled; ending its process")
        child.kill()

    def _ask(self, request: Message) -> Message:
        child = self._running()
        try:
            call_id = child.call(request)
            while (message := child.answer(call_id, _LOAD_TIMEOUT_S)) is not None:
                _raise_for(message)
                return message
        except ChildDied as error:
            raise self._crashed(child) from error
        child.kill()
        raise self._crashed(child)

    def _running(self) -> Child:
        with self._start_lock:
            if self._child is not None and self._child.alive:
                return self._child
            if self._child is not None:
                self._child.kill()  # Dead already; this reaps it and closes its pipes.
                self._child = None
            _verify(self._path, self._entry)
            started = time.monotonic()
            child = Child("models.generator_child")
            try:
                call_id = child.call({"op": "load", **self._options})
                message = child.answer(call_id, _LOAD_TIMEOUT_S)
                if message is None:
                    raise ChildDied
                _raise_for(message)
            except (ChildDied, GeneratorError) as error:
                child.kill()
                if isinstance(error, GeneratorError):
                    raise
                raise GeneratorUnavailable(
                    "Das Sprachmodell konnte nicht geladen werden: Sein Prozess endete dabei. "
                    "Reicht der Arbeitsspeicher? Antworten gibt es so lange nur als Fundstellen."
                ) from error
            log.info("generator loaded in %d ms", (time.monotonic() - started) * 1000)
            self._child = child
            return child

    def _crashed(self, child: Child) -> GeneratorCrashed:
        child.kill()
        log.warning("generator process died during a call")
        return GeneratorCrashed(
            "Das Sprachmodell ist während der Antwort ausgefallen und wird bei der nächsten Frage "
            "neu gestartet. Bitte stellen Sie die Frage noch einmal."
        )


def _verify(path: Path, entry: ModelEntry) -> None:
    weights_dir = path.parent.parent
    if path == model_path(entry, weights_dir):
        locate(entry, weights_dir)
        return
    found = file_sha256(path)
    if found != entry.sha256:
        raise corrupt(path, entry.sha256, found)


def _raise_for(message: Message) -> None:
    error: dict[str, Any] | None = message.get("error")
    if error is None:
        return
    if error["code"] == PromptTooLong.code:
        raise PromptTooLong(error["prompt_tokens"], error["max_tokens"], error["context_tokens"])
    if error["code"] == GrammarInvalid.code:
        raise GrammarInvalid("Die Grammatik für das Sprachmodell ist fehlerhaft.")
    raise GeneratorUnavailable(f"Das Sprachmodell ist nicht verfügbar: {error['message']}")
