"""A question that takes something wrong for granted is told what is on record instead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import answer_question
from assistant.types import AnswerStatus
from assistant.wiring import Parts
from index.types import Access
from tests.sample_records import make_parts


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    opened = make_parts(tmp_path)
    yield opened
    opened.store.close()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Warum wurde der Antrag 15/12 abgelehnt?",
            "Laut Ergebnisvermerk: „Entsprechend Beschlussvorschlag beschlossen.“",
        ),
        ("Wieso hat die FDP den Antrag 15/12 gestellt?", "als die Frage annimmt: CDU, SPD."),
        ("Was steht im Antrag 15/12 vom 01.01.2020?", "als die Frage annimmt: 14.03.2023."),
    ],
)
def test_what_is_on_record_stands_beside_the_wrong_premise(
    parts: Parts, text: str, said: str
) -> None:
    answer = answer_question(parts, text, Access.operator("lvs"))
    assert answer.status is AnswerStatus.ABSTAINED
    assert said in answer.text
    assert answer.nearest and not answer.claims
