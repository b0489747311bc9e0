"""What makes a draft hard to read, at most a few Hinweise a page, and what is no fault."""

from __future__ import annotations

import pytest

from assistant.hausregeln import Gender
from assistant.review.readability import MOST_A_PAGE, check
from index.store import Store
from tests.unit.assistant.review.drafts import said

LONG = (
    "Die Verwaltung hat in den vergangenen zwei Jahren mit den Schulen, den Museen, den Kliniken "
    "und den Vereinen vor Ort darüber gesprochen, welche Gegenstände sich für den Unterricht eignen "
    "und welche besser im Haus bleiben."
)
PAIR = "die Paarform (»Bürgerinnen und Bürger«)"


def test_a_long_sentence_is_counted(empty: Store) -> None:
    assert said(check, LONG, empty) == [
        ("Hinweis", LONG, "Der Satz hat 35 Wörter; ab 31 liest er sich schwer.")
    ]


@pytest.mark.parametrize(
    ("text", "words", "reason"),
    [
        (
            "Das wäre ein Schlag ins Gesicht der Vereine.",
            "Schlag ins Gesicht",
            "„Schlag ins Gesicht“ ist ein Kampfwort und gehört nicht in ein Papier der Verwaltung.",
        ),
        (
            "Wir haben die modernsten Räume.",
            "modernsten",
            "„modernsten“ ist eine Steigerung, die sich nicht belegen lässt.",
        ),
        (
            "Die Durchführung der Überprüfung der Umsetzung läuft.",
            "Durchführung der Überprüfung der Umsetzung",
            "Mehrere Hauptwörter hängen aneinander; Verben machen den Satz leichter.",
        ),
    ],
)
def test_words_are_named(text: str, words: str, reason: str, empty: Store) -> None:
    assert said(check, text, empty) == [("Hinweis", words, reason)]


@pytest.mark.parametrize(
    ("gender", "text", "words", "reason"),
    [
        (
            Gender.PAAR,
            "Die Lehrer*innen und die Schüler*innen kommen.",
            "Lehrer*innen",
            f"Der Entwurf schreibt mit Genderstern (2 Stellen); die Hausregeln verlangen {PAIR}.",
        ),
        (
            Gender.STERN,
            "Die Lehrerinnen und Lehrer kommen.",
            "Lehrerinnen und Lehrer",
            "Der Entwurf schreibt mit Paarform; die Hausregeln verlangen den Genderstern "
            "(»Bürger*innen«).",
        ),
        (
            Gender.NEUTRAL,
            "Die Lehrer:innen kommen.",
            "Lehrer:innen",
            "Der Entwurf schreibt mit Doppelpunkt; die Hausregeln verlangen neutrale "
            "Bezeichnungen (»Beschäftigte«).",
        ),
    ],
)
def test_a_style_that_is_not_the_houses_is_told_once(
    gender: Gender, text: str, words: str, reason: str, empty: Store
) -> None:
    assert said(check, text, empty, gender=gender) == [("Hinweis", words, reason)]


@pytest.mark.parametrize(
    "text",
    [
        "Er nannte es „einen Skandal“ und ging.",
        "Die Bürgerinnen und Bürger wurden gehört.",
        "Die Verwaltung legt dem Ausschuss im Mai einen Bericht vor.",
    ],
)
def test_plain_prose_and_the_words_of_others_are_left_alone(text: str, empty: Store) -> None:
    assert said(check, text, empty) == []


def test_a_page_gets_a_few_hints_and_the_worst_stay(empty: Store) -> None:
    text = f"{LONG}\n\nEin Skandal. Ein Desaster. Ein Quantensprung. Eine Zeitenwende."
    found = said(check, text, empty)
    assert len(found) == MOST_A_PAGE == 3
    assert [words for _, words, _ in found] == ["Skandal", "Desaster", "Quantensprung"]


def test_a_row_of_a_table_written_out_is_no_sentence(empty: Store) -> None:
    words = " ".join(["Wort"] * 12)
    row = f"Gegenstand: {words}; Zuständig: {words}; Frist: heute; Sachstand: {words}."
    assert said(check, f"Umsetzung laut Kontrolle; {row}", empty) == []
    assert len(said(check, f"Das {words} {words} {words} ist lang.", empty)) == 1


def test_the_name_of_an_amending_statute_is_no_pile_of_nouns(empty: Store) -> None:
    assert said(check, "Beschlossen wird die Satzung zur Änderung der Ordnung.", empty) == []
