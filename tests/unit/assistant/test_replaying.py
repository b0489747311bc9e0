"""An answer given again: as of its day, with what its asker could see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import answer_question
from assistant.errors import InputInvalid
from assistant.replaying import protokoll_of, replay
from assistant.today import as_of, today
from assistant.types import Answer, Reference
from assistant.wire.protokoll import ProtokollWire
from assistant.wiring import Parts
from index.types import Access
from tests.sample_records import make_parts

OPERATOR = Access.operator("lvs")
PUBLIC = Access(frozenset({"lvs"}))


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    made = make_parts(tmp_path)
    yield made
    made.store.close()


def kept(
    parts: Parts, question: str, access: Access = OPERATOR, before: Reference | None = None
) -> tuple[Answer, ProtokollWire]:
    answer = answer_question(parts, question, access, before=before, use_generator=False)
    protokoll = protokoll_of(
        question, answer, access, mandant="lvs", before=before, use_generator=False
    )
    return answer, ProtokollWire.model_validate_json(protokoll.model_dump_json())


def test_a_day_is_reckoned_from_as_long_as_it_is_set() -> None:
    with as_of(date(2001, 2, 3)):
        assert today() == date(2001, 2, 3)
    assert today() == date.today()


def test_im_letzten_jahr_stays_the_year_it_was(parts: Parts) -> None:
    with as_of(date(2024, 5, 1)):
        answer, protokoll = kept(parts, "Welche Anträge gab es im letzten Jahr?")
    assert answer.text.startswith("Erfasst: 1. ")
    assert protokoll.day == date(2024, 5, 1)
    assert replay(parts, protokoll, OPERATOR).same
    moved = protokoll.model_copy(update={"day": date(2020, 5, 1)})
    other = replay(parts, moved, OPERATOR)
    assert not other.same
    assert other.answer.text.startswith("Erfasst: 0. ")
    assert other.causes == ()
    assert other.lost == ()


def test_a_follow_up_is_asked_again_with_what_it_referred_to(parts: Parts) -> None:
    first = answer_question(parts, "Wurde der Antrag 15/12 beschlossen?", OPERATOR)
    answer, protokoll = kept(parts, "Wer hat das beantragt?", before=first.reference)
    assert (protokoll.question, answer.kind) == ("Wer hat das beantragt?", "antragsteller")
    again = replay(parts, protokoll, OPERATOR)
    assert again.same
    alone = protokoll.model_copy(update={"before": None})
    assert not replay(parts, alone, OPERATOR).same


def test_a_protokoll_never_shows_more_than_who_replays_it_may_see(parts: Parts) -> None:
    _, protokoll = kept(parts, "Wurde der Antrag 15/12 beschlossen?")
    with pytest.raises(InputInvalid, match=r"^Das Protokoll ist von jemandem, der mehr sehen"):
        replay(parts, protokoll, PUBLIC)
    foreign = protokoll.model_copy(update={"mandant": "lvn"})
    with pytest.raises(InputInvalid):
        replay(parts, foreign, OPERATOR)


def test_a_public_answer_is_replayed_as_the_public_saw_it(parts: Parts) -> None:
    _, protokoll = kept(parts, "Wurde der Antrag 15/12 beschlossen?", PUBLIC)
    assert protokoll.stufen == ["oeffentlich"]
    assert replay(parts, protokoll, OPERATOR).same


def test_an_edited_answer_is_found_out(parts: Parts) -> None:
    _, protokoll = kept(parts, "Wurde der Antrag 15/12 beschlossen?")
    edited = protokoll.answer.model_copy(update={"text": "Nein."})
    again = replay(parts, protokoll.model_copy(update={"answer": edited}), OPERATOR)
    assert (again.same, again.differences, again.lost) == (False, ("der Wortlaut",), ())
