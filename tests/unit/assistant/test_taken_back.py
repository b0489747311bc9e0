"""A question that nobody waits for any more costs no more than the step that it is in."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import answer as answering
from assistant.types import AnswerStatus
from index.types import Access
from tests.sample_records import GOOD_SENTENCE, OPEN_QUESTION, FakeGenerator, make_parts


def test_its_evidence_is_not_read_and_the_generator_is_not_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(answering, "read_evidence", lambda *_: pytest.fail("gelesen"))
    with make_parts(tmp_path, FakeGenerator(GOOD_SENTENCE)) as parts:
        answer = answering.answer_question(
            parts,
            OPEN_QUESTION,
            Access.operator("lvs"),
            on_event=lambda name, _: told.append(name),
            cancelled=lambda: True,
        )
    assert told == ["understood", "evidence"]
    assert (answer.status, answer.claims) == (AnswerStatus.ABSTAINED, ())
    assert "Die Frage wurde abgebrochen." in answer.text
