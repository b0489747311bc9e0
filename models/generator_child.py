"""The process that runs llama.cpp: reads requests as lines of JSON, writes pieces of text.

The only file that imports llama_cpp, and nobody imports this file: `models.generator` starts it.
One thread reads requests, so that a cancel, a token count or the end of the parent is noticed while
the main thread computes.
"""

from __future__ import annotations

import codecs
import contextlib
import ctypes
import json
import os
import queue
import resource
import threading
import time
from collections.abc import Callable, Iterator
from typing import IO, Any

import llama_cpp
import numpy as np

Message = dict[str, Any]

# Prompt tokens computed at once. 192 tokens on one Zen 4 core, tokens a CPU second: 512: 37,
# 128: 41, 64: 44, 32: 38. A cancel need not wait for the end of a batch: llama.cpp asks between the
# steps of its graph.
_BATCH_TOKENS = 64
# How many of the likeliest tokens are tried against the grammar before all 150,000 are. The
# likeliest one is accepted nearly always: choosing costs 0.3 ms a token (0.2 without a grammar),
# against 25 ms when the grammar sees every token first; decoding a token costs 55 ms.
_TRIED_FIRST = 64
_EMPTY = float("-inf")
_PREFIXES = 2
# A search takes a tenth of a second and somebody waits for it; an answer takes many seconds. Files
# that are being read stand behind both (`ingest.walls.jail`).
_NICE = 5


class _Refused(Exception):
    """A request that cannot be served; becomes an error message."""

    def __init__(self, code: str, message: str = "", **numbers: int) -> None:
        super().__init__(message)
        self.fields: Message = {"code": code, "message": message, **numbers}


class _Cancelled(Exception):
    """The parent has asked to stop."""


class Engine:
    """One model, one context; each sequence in its cache is [system prefix][prompt][answer].

    Two system prefixes are kept, the drafting one and the judging one, each in a sequence of its
    own; a third takes the place of the one that was not used for longest.
    """

    def __init__(
        self, path: str, threads: int, context_tokens: int, cancelled: Callable[[], bool]
    ) -> None:
        llama_cpp.llama_backend_init()
        self._log = llama_cpp.llama_log_callback(lambda _level, _text, _data: None)
        llama_cpp.llama_log_set(self._log, None)
        options = llama_cpp.llama_model_default_params()
        options.n_gpu_layers = 0
        # Most weights are rearranged for this CPU; mapped, the originals would stay in memory too
        # (1.9 GB resident against 1.3).
        options.load_mode = llama_cpp.LLAMA_LOAD_MODE_NONE
        self._model = llama_cpp.llama_model_load_from_file(path.encode(), options)
        if not self._model:
            raise _Refused("generator_unavailable", "die Gewichte sind für llama.cpp nicht lesbar.")
        vocab = llama_cpp.llama_model_get_vocab(self._model)
        assert vocab is not None
        self._vocab = vocab
        self._cancelled = cancelled
        self._abort = llama_cpp.ggml_abort_callback(lambda _data: cancelled())
        setup = llama_cpp.llama_context_default_params()
        setup.n_ctx = context_tokens
        setup.n_seq_max = _PREFIXES
        setup.kv_unified = True
        setup.n_batch = _BATCH_TOKENS
        setup.n_ubatch = _BATCH_TOKENS
        setup.n_threads = threads
        setup.n_threads_batch = threads
        setup.abort_callback = self._abort
        self._context = llama_cpp.llama_init_from_model(self._model, setup)
        if not self._context:
            raise _Refused("generator_unavailable", "der Kontext passt nicht in den Speicher.")
        self._memory = llama_cpp.llama_get_memory(self._context)
        self._context_tokens = context_tokens
        self._size = llama_cpp.llama_vocab_n_tokens(self._vocab)
        self._prefixes: list[list[int]] = [[] for _ in range(_PREFIXES)]
        self._recent = list(range(_PREFIXES))
        self._sequence = 0
        self._batch = llama_cpp.llama_batch_init(_BATCH_TOKENS, 0, 1)
        self._open = self._mark("<|im_start|>")
        self._close = self._mark("<|im_end|>")

    def count(self, text: str) -> int:
        """Tokens of a text."""
        return len(self._tokens(text))

    def cached(self) -> int:
        """Tokens in the KV cache."""
        ends = (llama_cpp.llama_memory_seq_pos_max(self._memory, i) for i in range(_PREFIXES))
        return sum(int(end) + 1 for end in ends)

    def warm(self, system: str) -> None:
        """Makes a sequence of the cache hold exactly the prefix of `system`, and turns to it."""
        wanted = [self._open, *self._tokens(f"system\n{system}"), self._close]
        wanted += [*self._tokens("\n"), self._open, *self._tokens("user\n")]
        if len(wanted) > self._context_tokens:
            raise _Refused(
                "prompt_too_long",
                prompt_tokens=len(wanted),
                max_tokens=0,
                context_tokens=self._context_tokens,
            )
        known = wanted in self._prefixes
        self._sequence = self._prefixes.index(wanted) if known else self._recent[0]
        self._recent.remove(self._sequence)
        self._recent.append(self._sequence)
        if not known:
            self._prefixes[self._sequence] = []
            self._cut()
            try:
                self._evaluate(wanted)
            except BaseException:
                self._cut()
                raise
            self._prefixes[self._sequence] = wanted

    def generate(
        self,
        system: str,
        prompt: str,
        grammar: str | None,
        max_tokens: int,
        facts: Message,
        before: Callable[[], None],
    ) -> Iterator[str]:
        """Yields pieces; `facts` collects counts and times. The prompt leaves nothing cached.

        `before` is called once the prompt is read and nothing is written yet.
        """
        rules = self._grammar(grammar)
        started = time.monotonic()
        try:
            rest = [*self._tokens(prompt), self._close, *self._tokens("\n")]
            rest += [self._open, *self._tokens("assistant\n")]
            self.warm(system)
            facts["prompt_tokens"] = len(self._prefixes[self._sequence]) + len(rest)
            others = sum(map(len, self._prefixes)) - len(self._prefixes[self._sequence])
            if facts["prompt_tokens"] + others + max_tokens > self._context_tokens:
                raise _Refused(
                    "prompt_too_long",
                    prompt_tokens=facts["prompt_tokens"],
                    max_tokens=max_tokens,
                    context_tokens=self._context_tokens,
                )
            self._evaluate(rest)
            facts["prompt_ms"] = round((time.monotonic() - started) * 1000)
            before()
            yield from self._answer(rules, max_tokens, facts)
        finally:
            self._cut()
            if rules is not None:
                llama_cpp.llama_sampler_free(rules)
            facts["ms"] = round((time.monotonic() - started) * 1000) - facts["prompt_ms"]

    def likelihood(self, text: str) -> float:
        """How likely the next token begins `text`, 0 to 1, before any grammar."""
        starts = {
            tokens[0]
            for end in range(1, len(text) + 1)
            if len(tokens := self._tokens(text[:end])) == 1
        }
        pointer = llama_cpp.llama_get_logits_ith(self._context, -1)
        logits = np.ctypeslib.as_array(pointer, shape=(self._size,)).astype(np.float64)
        shares = np.exp(logits - logits.max())
        return float(shares[list(starts)].sum() / shares.sum())

    def _answer(self, rules: Any, max_tokens: int, facts: Message) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        facts["end"] = "length"
        for number in range(max_tokens):
            token = self._choose(rules)
            if llama_cpp.llama_vocab_is_eog(self._vocab, token):
                facts["end"] = "stop"
                break
            facts["tokens"] = number + 1
            if piece := decoder.decode(self._piece(token)):
                yield piece
            if number + 1 < max_tokens:
                self._evaluate([token])

    def _choose(self, rules: Any) -> int:
        """The likeliest token that the grammar allows; its state moves on."""
        pointer = llama_cpp.llama_get_logits_ith(self._context, -1)
        logits = np.ctypeslib.as_array(pointer, shape=(self._size,))
        best = int(logits.argmax())
        if rules is None:
            return best
        chosen = self._allowed(rules, logits, np.array([best]))
        if chosen is None:
            few = np.argpartition(logits, -_TRIED_FIRST)[-_TRIED_FIRST:]
            chosen = self._allowed(rules, logits, few)
        if chosen is None:
            chosen = self._allowed(rules, logits, np.arange(self._size))
        if chosen is None:
            raise _Refused("grammar_invalid")
        if not llama_cpp.llama_vocab_is_eog(self._vocab, chosen):
            llama_cpp.llama_sampler_accept(rules, chosen)
        return chosen

    def _allowed(self, rules: Any, logits: Any, tokens: Any) -> int | None:
        """The likeliest of `tokens` that the grammar allows, if any."""
        layout = np.dtype([("id", np.int32), ("logit", np.float32), ("p", np.float32)])
        rows = np.zeros(len(tokens), layout)
        rows["id"] = tokens
        rows["logit"] = logits[tokens]
        array = llama_cpp.llama_token_data_array(
            data=rows.ctypes.data_as(ctypes.POINTER(llama_cpp.llama_token_data)),
            size=len(rows),
            selected=-1,
            sorted=False,
        )
        llama_cpp.llama_sampler_apply(rules, ctypes.byref(array))
        best = int(rows["logit"].argmax())
        return None if rows["logit"][best] == _EMPTY else int(rows["id"][best])

    def _grammar(self, grammar: str | None) -> Any:
        if grammar is None:
            return None
        rules = llama_cpp.llama_sampler_init_grammar(self._vocab, grammar.encode(), b"root")
        if not rules:
            raise _Refused("grammar_invalid")
        return rules

    def _evaluate(self, tokens: list[int]) -> None:
        for start in range(0, len(tokens), _BATCH_TOKENS):
            if self._cancelled():
                raise _Cancelled
            ended = llama_cpp.llama_decode(
                self._context, self._filled(tokens[start : start + _BATCH_TOKENS])
            )
            if self._cancelled():
                raise _Cancelled
            if ended != 0:
                raise _Refused("generator_unavailable", f"llama_decode endete mit {ended}.")

    def _filled(self, tokens: list[int]) -> Any:
        """The batch with these tokens behind what the sequence holds; only the last is answered."""
        batch = self._batch
        after = llama_cpp.llama_memory_seq_pos_max(self._memory, self._sequence) + 1
        batch.n_tokens = len(tokens)
        for place, token in enumerate(tokens):
            batch.token[place] = token
            batch.pos[place] = after + place
            batch.n_seq_id[place] = 1
            batch.seq_id[place][0] = self._sequence
            batch.logits[place] = place == len(tokens) - 1
        return batch

    def _cut(self) -> None:
        """Leaves nothing of the sequence but its prefix."""
        length = len(self._prefixes[self._sequence])
        llama_cpp.llama_memory_seq_rm(self._memory, self._sequence, length, -1)

    def _mark(self, text: str) -> int:
        tokens = self._tokens(text, special=True)
        if len(tokens) != 1:
            raise _Refused(
                "generator_unavailable", "das Modell spricht nicht im ChatML-Format (<|im_start|>)."
            )
        return tokens[0]

    def _tokens(self, text: str, *, special: bool = False) -> list[int]:
        raw = text.encode("utf-8", "replace")
        room = len(raw) + 8
        found = (llama_cpp.llama_token * room)()
        number = llama_cpp.llama_tokenize(self._vocab, raw, len(raw), found, room, False, special)
        return list(found[: max(0, number)])

    def _piece(self, token: int) -> bytes:
        buffer = ctypes.create_string_buffer(256)
        length = llama_cpp.llama_token_to_piece(self._vocab, token, buffer, 256, 0, False)
        return buffer.raw[: max(0, length)]


class Server:
    """Reads requests in one thread and serves them in another."""

    def __init__(self, requests: IO[bytes], answers: IO[bytes]) -> None:
        self._requests = requests
        self._answers = answers
        self._write_lock = threading.Lock()
        self._todo: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._stopped: set[int] = set()
        self._current = 0
        self._engine: Engine | None = None

    def run(self) -> None:
        """Serves until the parent goes away."""
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=_follow_parent, args=(os.getppid(),), daemon=True).start()
        while True:
            request = self._todo.get()
            self._current = request["id"]
            facts: Message = {
                "end": "done",
                "prompt_tokens": 0,
                "prompt_ms": 0,
                "tokens": 0,
                "ms": 0,
            }
            try:
                self._serve(request, facts)
            except _Cancelled:
                facts["end"] = "cancelled"
            except _Refused as error:
                facts["error"] = error.fields
                facts["end"] = "error"
            self._send(self._current, facts)
            self._stopped.discard(self._current)

    def _serve(self, request: Message, facts: Message) -> None:
        op = request["op"]
        if op == "load":
            if request["memory_limit_mib"] is not None:
                limit = request["memory_limit_mib"] << 20
                resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
            self._engine = Engine(
                request["path"],
                request["threads"],
                request["context_tokens"],
                lambda: self._current in self._stopped,
            )
            return
        assert self._engine is not None
        if op == "warm":
            self._engine.warm(request["system"])
        elif op == "cached":
            facts["tokens"] = self._engine.cached()
        elif op == "generate":
            engine, refusal = self._engine, request["refusal"]

            def before() -> None:
                if refusal is not None:
                    self._send(self._current, {"refusal": engine.likelihood(refusal)})

            for piece in engine.generate(
                request["system"],
                request["prompt"],
                request["grammar"],
                request["max_tokens"],
                facts,
                before,
            ):
                self._send(self._current, {"piece": piece})

    def _read(self) -> None:
        for line in self._requests:
            request = json.loads(line)
            if request["op"] == "cancel":
                self._stopped.add(request["id"])
            elif request["op"] == "count" and self._engine is not None:
                # Only reads the vocabulary, so it need not wait for the answer being written.
                tokens = self._engine.count(request["text"])
                self._send(request["id"], {"end": "done", "tokens": tokens})
            else:
                self._todo.put(request)
        os._exit(0)

    def _send(self, call_id: int, message: Message) -> None:
        line = json.dumps({"id": call_id, **message}).encode() + b"\n"
        with self._write_lock, contextlib.suppress(BrokenPipeError):
            self._answers.write(line)
            self._answers.flush()


def _follow_parent(parent: int) -> None:
    # The closed pipe tells the same, but only once nobody else holds its other end.
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(0)


def serve() -> None:
    """Runs the child on its standard input and output, behind the process that started it."""
    os.nice(_NICE)
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # llama.cpp prints where it likes; nothing of it may get between the answers.
    nowhere = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(nowhere, handle)
    Server(requests, answers).run()


if __name__ == "__main__":
    serve()
