"""A question that nobody waits for any more costs no more than the step that it is in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import answer as answering
from assistant.answer import answer_question
from assistant.finding import evidence
from assistant.types import Answer, AnswerStatus
from index.store import Vectors
from index.types import Access
from tests.sample_records import (
    GOOD_SENTENCE,
    OPEN_QUESTION,
    FakeEmbedder,
    FakeGenerator,
    make_parts,
)


class Reader(FakeEmbedder):
    """Counts how often it is given passages to read."""

    def __init__(self) -> None:
        self.reads = 0

    def embed_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> list[Vectors]:
        self.reads += 1
        return super().embed_parts(texts, parts)


def taken_back(home: Path, after: int) -> tuple[Reader, list[str], Answer]:
    """Asks, and takes it back once so much was read."""
    reader = Reader()
    told: list[str] = []
    with make_parts(home, FakeGenerator(GOOD_SENTENCE)) as parts:
        answer = answer_question(
            replace(parts, embedder=reader),
            OPEN_QUESTION,
            Access.operator("lvs"),
            on_event=lambda name, _: told.append(name),
            cancelled=lambda: reader.reads >= after,
        )
    return reader, told, answer


def test_its_evidence_is_not_even_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "read_evidence", lambda *_: pytest.fail("gelesen"))
    _, told, answer = taken_back(tmp_path, 0)
    assert told == ["understood", "evidence"]
    assert (answer.status, answer.claims) == (AnswerStatus.ABSTAINED, ())


@pytest.mark.parametrize("after", [1, 2])
def test_no_more_of_its_evidence_is_read_and_the_generator_is_not_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr(evidence, "READ_AT_ONCE", 1)
    whole, _, _ = taken_back(tmp_path / "ganz", 1000)
    assert whole.reads > 2
    reader, told, answer = taken_back(tmp_path / "zurueck", after)
    assert reader.reads == after
    assert told == ["understood", "evidence"]
    assert (answer.status, answer.claims, answer.generator_id) == (AnswerStatus.ABSTAINED, (), None)
    assert "Die Frage wurde abgebrochen." in answer.text
