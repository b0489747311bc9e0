"""Generations worked on within the server: built, compared, switched, stopped, one at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import NotFound, ReindexRunning
from assistant.upkeep import reindexing
from assistant.upkeep.generation_work import GenerationWork, Phase, Task, WorkState
from assistant.wiring import Parts
from index.builds import BuildState
from index.store import Vectors
from ingest import generation
from tests.sample_records import FakeEmbedder, make_parts


class Held(FakeEmbedder):
    """Embeds passages only while it is let; says when it is waiting."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.go_on.set()
        self.waits = threading.Event()

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.waits.set()
        assert self.go_on.wait(10)
        return self.embed_queries(texts)


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
def parts(tmp_path: Path, held: Held) -> Iterator[Parts]:
    with replace(make_parts(tmp_path), embedder=held) as opened:
        yield opened
        assert opened.store.verify() == []


@pytest.fixture
def work(parts: Parts) -> Iterator[GenerationWork]:
    made = GenerationWork(parts)
    yield made
    made.stop()


def ended(work: GenerationWork) -> WorkState:
    for _ in range(1000):
        state = work.state
        if state is not None and not state.runs:
            return state
        time.sleep(0.01)
    raise AssertionError(work.state)


def states(parts: Parts) -> list[BuildState]:
    return [build.state for build in parts.store.builds()]


def test_a_generation_is_built_compared_switched_to_and_put_back(
    work: GenerationWork, parts: Parts
) -> None:
    assert work.state is None
    work.build(anew=True)
    built = ended(work)
    assert (built.task, built.phase, built.message) == (Task.BAUEN, Phase.FERTIG, "")
    assert states(parts) == [BuildState.ACTIVE, BuildState.BUILDING]
    assert built.comparison is not None and not built.comparison.is_worse
    assert (built.done, built.total) == (3, 3)  # questions, one for each title
    assert built.build is not None
    work.switch(built.build.id)
    assert ended(work).phase is Phase.FERTIG
    assert parts.store.active_build().id == built.build.id
    work.back()
    assert ended(work).phase is Phase.FERTIG
    assert parts.store.active_build().id == 1
    work.clear()
    assert ended(work).removed == 1
    assert states(parts) == [BuildState.ACTIVE]
    assert [line.action for line in parts.audit.entries()] == ["generation-umschalten"] * 2


def test_while_it_works_nothing_else_begins(work: GenerationWork, held: Held) -> None:
    held.go_on.clear()
    work.build(anew=True)
    assert held.waits.wait(10)
    for begin in (work.build, work.back, work.clear):
        with pytest.raises(ReindexRunning):
            begin()
    held.go_on.set()
    assert ended(work).phase is Phase.FERTIG


def test_a_build_is_cancelled_and_gone_on_with(
    work: GenerationWork, parts: Parts, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generation, "GROUP_PASSAGES", 1)  # every document is a group
    held.go_on.clear()
    work.build(anew=True)
    assert held.waits.wait(10)
    work.cancel()
    held.go_on.set()
    assert ended(work).phase is Phase.ABGEBROCHEN
    (begun,) = [b for b in parts.store.builds() if b.state is BuildState.BUILDING]
    assert (begun.documents, begun.missing) == (1, 3)
    work.build(anew=True)
    again = ended(work)
    assert again.phase is Phase.FERTIG
    assert again.build is not None and (again.build.id, again.build.missing) == (begun.id, 0)


def test_stopping_the_server_waits_for_the_group_and_loses_nothing(
    work: GenerationWork, parts: Parts, held: Held
) -> None:
    held.go_on.clear()
    work.build(anew=True)
    assert held.waits.wait(10)
    threading.Timer(0.05, held.go_on.set).start()
    work.stop()
    assert ended(work).phase is Phase.ABGEBROCHEN
    assert parts.store.verify() == []


def test_what_goes_wrong_is_said_and_the_former_generation_answers(
    work: GenerationWork, parts: Parts
) -> None:
    with reindexing.reindexing(parts):  # as a reindex on the command line does
        work.build(anew=True)
        failed = ended(work)
    assert failed.phase is Phase.FEHLER and "anderer Vorgang" in failed.message
    work.back()
    assert "keine frühere Generation" in ended(work).message
    with pytest.raises(NotFound):
        work.switch(99)
    with pytest.raises(NotFound):
        work.switch(parts.store.active_build().id)
    assert states(parts) == [BuildState.ACTIVE]


def test_one_that_is_built_like_the_present_one_is_not_built(
    work: GenerationWork, parts: Parts
) -> None:
    work.build(anew=True)
    built = ended(work)
    assert built.build is not None
    work.switch(built.build.id)
    ended(work)
    work.build()
    state = ended(work)
    assert (state.phase, state.is_new, state.comparison) == (Phase.FERTIG, False, None)
