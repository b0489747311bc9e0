"""A question about one kind of paper is not answered from another that bears the same number."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import answer_question
from assistant.types import Answer, AnswerStatus, Reference
from assistant.understanding.followup import understand_after
from assistant.wiring import Parts
from index.types import Access
from tests.sample_records import make_parts

OPERATOR = Access.operator("lvs")
ABOUT_THE_VORLAGE = "Warum wird das Grundstück am Kanal neben dem Freilichtmuseum gebraucht"


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with make_parts(tmp_path, None) as made:
        yield made


def asked(parts: Parts, text: str, before: Reference | None = None) -> Answer:
    return answer_question(parts, text, OPERATOR, before=before, use_generator=False)


def quotes(answer: Answer) -> str:
    return " ".join(one.quote for one in (*answer.citations, *answer.nearest))


def test_the_vorlage_answers_what_is_asked_of_the_vorlage(parts: Parts) -> None:
    answer = asked(parts, f"{ABOUT_THE_VORLAGE} (Vorlage 15/12)?")
    assert answer.status is AnswerStatus.ANSWERED
    assert "Stellplätze" in quotes(answer)


def test_the_vorlage_says_nothing_of_the_antrag_of_its_number(parts: Parts) -> None:
    answer = asked(parts, f"{ABOUT_THE_VORLAGE} (Antrag 15/12)?")
    assert "Stellplätze" not in quotes(answer)


def test_a_follow_up_stays_with_the_kind_of_paper(parts: Parts) -> None:
    before = Reference(("Antrag 15/12",), "status")
    follow_up = "Was steht dazu vom Grundstück am Kanal neben dem Freilichtmuseum?"
    assert understand_after(follow_up, before).labels == ("antrag",)
    answer = asked(parts, follow_up, before)
    assert "Stellplätze" not in quotes(answer)


def test_without_a_kind_every_paper_of_the_number_may_answer(parts: Parts) -> None:
    answer = asked(parts, f"{ABOUT_THE_VORLAGE} (15/12)?")
    assert answer.status is AnswerStatus.CLARIFY or "Stellplätze" in quotes(answer)


def test_papers_that_name_the_number_may_still_answer(parts: Parts) -> None:
    answer = asked(parts, "Wie weit ist die Umsetzung des Antrags 15/12 an den Museen?")
    assert "Grundstück" not in quotes(answer)
