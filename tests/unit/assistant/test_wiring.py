from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from assistant.embedders import LazyEmbedder
from assistant.wiring import LazyGenerator, Turns, never
from index.store import Vectors
from models.generator import Refusal


class Told:
    """A generator that says one word at a time, as its gate lets it."""

    generator_id = "told"

    def __init__(self) -> None:
        self.order: list[str] = []
        self.gate = threading.Event()
        self.closed = False

    def count_tokens(self, text: str) -> int:
        return len(text.split())

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
        self.order.append(prompt)
        self.gate.wait(5)
        yield prompt

    def close(self) -> None:
        self.closed = True


class Counted:
    embedder_id = "counted"
    dimension = 2

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), 2), np.float32)

    embed_passages = embed_queries


def run(generator: LazyGenerator, prompt: str, cancelled: Callable[[], bool] = never) -> list[str]:
    return list(generator.generate("", prompt, grammar=None, max_tokens=1, cancelled=cancelled))


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_an_embedder_is_made_once_and_only_when_needed() -> None:
    made: list[Counted] = []

    def make() -> Counted:
        made.append(Counted())
        return made[-1]

    lazy = LazyEmbedder(make)
    assert made == []
    assert lazy.embed_queries(["a", "b"]).shape == (2, 2)
    assert (lazy.embedder_id, lazy.dimension) == ("counted", 2)
    assert len(made) == 1


def test_a_generator_that_never_started_is_not_started_to_be_closed() -> None:
    made: list[Told] = []

    def make() -> Told:
        made.append(Told())
        return made[-1]

    LazyGenerator(make).close()
    assert made == []


def test_closing_ends_the_real_generator() -> None:
    told = Told()
    lazy = LazyGenerator(lambda: told)
    assert lazy.count_tokens("drei kurze Worte") == 3
    lazy.close()
    assert told.closed


def test_questions_are_served_in_the_order_they_came() -> None:
    told = Told()
    lazy = LazyGenerator(lambda: told)
    threads = []
    for index in range(4):
        threads.append(threading.Thread(target=run, args=(lazy, str(index))))
        threads[-1].start()
        waiting = lazy._turns
        wait_until(lambda turns=waiting, count=index + 1: len(turns._queue) == count)
    told.gate.set()
    for thread in threads:
        thread.join(5)
    assert told.order == ["0", "1", "2", "3"]


def test_a_question_taken_back_while_it_waits_leaves_within_a_second() -> None:
    told = Told()
    lazy = LazyGenerator(lambda: told)
    first = threading.Thread(target=run, args=(lazy, "erste"))
    first.start()
    wait_until(lambda: told.order == ["erste"])
    started = time.monotonic()
    assert run(lazy, "zweite", cancelled=lambda: True) == []
    assert time.monotonic() - started < 1
    told.gate.set()
    first.join(5)
    assert run(lazy, "dritte") == ["dritte"]
    assert told.order == ["erste", "dritte"]


def test_an_error_inside_a_turn_gives_the_turn_on() -> None:
    turns = Turns()
    try:
        with turns.turn(never) as granted:
            assert granted
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    with turns.turn(never) as granted:
        assert granted
