"""The same question gets the same bytes, however often, whatever was asked between, after a restart.

`AKTENKUNDIG_TEST_REPEATS=50` asks the generator fifty times each instead of twice.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.answer import answer_question
from assistant.replaying import protokoll_of, replay
from assistant.settings import Settings
from assistant.types import Answer
from assistant.wire.answers import stamped_answer_wire
from assistant.wire.protokoll import ProtokollWire
from assistant.wiring import open_parts
from index.types import Access

pytestmark = [pytest.mark.weights, pytest.mark.slow, pytest.mark.alone]

REPEATS = int(os.environ.get("AKTENKUNDIG_TEST_REPEATS", "2"))
CHEAP_REPEATS = 50
ACCESS = Access.operator("lvs")
EXACT = (
    "Wurde der Antrag 15/211 beschlossen?",
    "Was liegt zum Antrag 15/224 alles vor?",
    "Alle Anträge der SPD",
    "Wie hoch waren die Personalaufwendungen 2022 und 2024?",
    "Was regelt § 3 der Archivsatzung?",
)
OPEN = (
    "Wie viele Testpersonen nehmen an der Erprobung des Wissensassistenten teil?",
    "Warum sollen die Leihräder abgeschafft werden?",
)
BETWEEN = ("Was kostet das neue Eingangsgebäude des Freilichtmuseums?", "Was ist eine Vorlage?")


def as_bytes(answer: Answer) -> bytes:
    """Everything that goes out but the time it took."""
    return (
        stamped_answer_wire(answer).model_copy(update={"timings_ms": {}}).model_dump_json().encode()
    )


def asked(
    home: Path, weights: Path, times: int, cheap_times: int
) -> tuple[dict[str, set[bytes]], list[ProtokollWire]]:
    """The differing answers to each question, and their Protokolle, in a program just started."""
    found: dict[str, set[bytes]] = {}
    protokolle: dict[str, ProtokollWire] = {}
    settings = Settings(home=home, weights=weights)
    with open_parts(settings, need_generator=True, mandant="lvs") as parts:

        def ask(question: str) -> Answer:
            answer = answer_question(parts, question, ACCESS)
            found.setdefault(question, set()).add(as_bytes(answer))
            protokolle[question] = protokoll_of(
                question, answer, ACCESS, mandant="lvs", before=None, use_generator=True
            )
            return answer

        for question in EXACT:
            for _ in range(cheap_times):
                ask(question)
        for number in range(times):
            for question in OPEN:
                assert ask(question).generator_id is not None, "no generator took part"
            # What the generator keeps of another prompt must not change the next answer.
            answer_question(parts, BETWEEN[number % len(BETWEEN)], ACCESS)
    return found, list(protokolle.values())


def test_a_question_gets_the_same_bytes_every_time_and_from_its_protokoll(
    own_sample_home: Path, weights_dir: Path
) -> None:
    found, protokolle = asked(own_sample_home, weights_dir, REPEATS - REPEATS // 2, CHEAP_REPEATS)
    assert {q: len(answers) for q, answers in found.items()} == dict.fromkeys((*EXACT, *OPEN), 1)
    assert [p.question for p in protokolle] == [*EXACT, *OPEN]
    settings = Settings(home=own_sample_home, weights=weights_dir)
    with open_parts(settings, need_generator=True, mandant="lvs") as parts:
        for _ in range(max(REPEATS // 2, 1)):
            for protokoll in protokolle:
                kept = ProtokollWire.model_validate_json(protokoll.model_dump_json())
                again = replay(parts, kept, ACCESS)
                assert (again.same, again.differences, again.causes, again.lost) == (
                    True,
                    (),
                    (),
                    (),
                )
                assert {again.answer.model_dump_json().encode()} == found[protokoll.question]
