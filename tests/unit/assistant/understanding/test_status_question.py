"""Which questions ask for the fate of a paper that they name by its subject."""

from __future__ import annotations

import pytest

from assistant.understanding.question import understand
from assistant.understanding.status_question import NamedPaper, read_named_paper


def named(text: str) -> NamedPaper | None:
    return read_named_paper(understand(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Was wurde aus dem Umzug der Verwaltung?", ("Umzug", "Verwaltung")),
        ("Was ist eigentlich aus den Leihrädern geworden?", ("Leihrädern",)),
        ("Wurde die Dachbegrünung beschlossen?", ("Dachbegrünung",)),
        ("Wurde die Dachbegrünung angenommen oder abgelehnt?", ("Dachbegrünung",)),
        ("Ist das Job-Coaching genehmigt worden?", ("Job-Coaching",)),
        ("Wie ging der Antrag zum Sozialticket aus?", ("Sozialticket",)),
        (
            "Hat der Kulturausschuss die Tarifbindung abgelehnt?",
            ("Kulturausschuss", "Tarifbindung"),
        ),
        ("Stand des Antrags zur Langen Nacht der Museen", ("Langen", "Nacht", "Museen")),
        ("Von welchem Gremium wurde das Job-Coaching beschlossen?", ("Job-Coaching",)),
        ("Wer hat gegen die Tarifbindung gestimmt?", ("Tarifbindung",)),
        ("Wie endete die Abstimmung über die Fahrzeugflotte?", ("Fahrzeugflotte",)),
        ("Wie ging die Abstimmung über die Fahrzeugflotte aus?", ("Fahrzeugflotte",)),
        ("Was kam bei der Abstimmung über das Job-Coaching heraus?", ("Job-Coaching",)),
        ("Wie lautete das Ergebnis der Abstimmung zum Sozialticket?", ("Sozialticket",)),
        ("Wie verlief die Abstimmung zur Tarifbindung?", ("Tarifbindung",)),
    ],
)
def test_the_words_that_carry_meaning_have_to_name_the_paper(
    text: str, words: tuple[str, ...]
) -> None:
    found = named(text)
    assert found is not None
    assert found.words == words


def test_kind_mover_term_and_year_are_told_from_the_words_of_the_subject() -> None:
    text = (
        "Wurde der Änderungsantrag der Grünen aus der 15. Wahlperiode zum Radweg 2023 angenommen?"
    )
    assert named(text) == NamedPaper(("Radweg",), "änderungsantrag", ("GRÜNE",), 15, (2023,))


def test_a_fraktion_whose_vote_is_asked_for_need_not_have_moved_the_paper() -> None:
    assert named("Wie hat die CDU zum Antrag über den Radweg gestimmt?") == NamedPaper(
        ("Radweg",), "antrag", (), None, ()
    )


@pytest.mark.parametrize(
    "text",
    [
        "Warum wurde der Antrag zum Radweg abgelehnt?",
        "Wurde der Radweg 2021 gebaut?",
        "Wie hoch ist der Zuschuss, der beschlossen wurde?",
        "Wurde beschlossen, dass der Radweg gebaut wird?",
        "Ergebnis der Freibadsaison",
        "Stand der Umsetzung des Radwegs",
        "Was wurde aus dem Haushalt?",
        "Wurde er beschlossen?",
        "Wurde der Antrag 15/12 beschlossen?",
        "Wurde der Antrag oder die Vorlage zum Radweg beschlossen?",
        "Wurden am 10.12.2024 Radwege beschlossen?",
        "Wer ist für den Radweg zuständig?",
    ],
)
def test_other_questions_and_vague_ones_name_no_paper(text: str) -> None:
    assert named(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Wer hat die Lange Nacht der Museen beantragt?", ("Lange", "Nacht", "Museen")),
        ("Von welcher Fraktion wurde das Sozialticket beantragt?", ("Sozialticket",)),
    ],
)
def test_what_was_moved_is_an_antrag(text: str, words: tuple[str, ...]) -> None:
    found = named(text)
    assert found is not None
    assert (found.words, found.art) == (words, "antrag")


def test_a_decision_is_compared_with_what_was_moved_by_subject_too() -> None:
    found = named("Wurde der Beschluss zum Job-Coaching so gefasst wie beantragt?")
    assert found is not None
    assert found.words == ("Job-Coaching",)
