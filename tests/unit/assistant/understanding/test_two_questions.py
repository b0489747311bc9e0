"""Which sentences ask two questions."""

from __future__ import annotations

import pytest

from assistant.understanding.two_questions import two_questions


@pytest.mark.parametrize(
    ("text", "both"),
    [
        (
            "Wer hat die Lange Nacht beantragt und was soll sie kosten?",
            ("Wer hat die Lange Nacht beantragt?", "Was soll sie kosten?"),
        ),
        (
            "Wurde der Antrag 15/12 beschlossen und wer hat ihn gestellt",
            ("Wurde der Antrag 15/12 beschlossen?", "Wer hat ihn gestellt?"),
        ),
        (
            "Wann wurde 15/12 gestellt, und in welchen Ausschüssen wurde er beraten?",
            ("Wann wurde 15/12 gestellt?", "In welchen Ausschüssen wurde er beraten?"),
        ),
        (
            "Wer hat den Antrag 15/12 gestellt und wie ging er aus?",
            ("Wer hat den Antrag 15/12 gestellt?", "Wie ging er aus?"),
        ),
        (
            "Wie ging der Umzug aus und wurde er umgesetzt?",
            ("Wie ging der Umzug aus?", "Wurde er umgesetzt?"),
        ),
    ],
)
def test_each_half_is_a_question_of_its_own(text: str, both: tuple[str, str]) -> None:
    assert two_questions(text) == both


@pytest.mark.parametrize(
    "text",
    [
        "Wann und von wem wurde Antrag 15/12 gestellt?",
        "Welche Anträge haben CDU und SPD gestellt?",
        "Wie hoch sind Aufwand und Ertrag der Museen?",
        "Wer hat dafür und wer dagegen gestimmt?",
        "Nenne Argumente dafür und dagegen.",
        "Was regelt § 4 und § 5 der Geschäftsordnung?",
        "Wer ist für Bau und Vergabe zuständig?",
    ],
)
def test_one_question_stays_whole(text: str) -> None:
    assert two_questions(text) is None
