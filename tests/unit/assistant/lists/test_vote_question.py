"""What a question for a list asks of the vote."""

from __future__ import annotations

import pytest

from assistant.lists.vote_question import (
    NO_VOTES,
    Camp,
    Side,
    VoteFilter,
    speaks_of_votes,
    take_votes,
    vote_words,
)
from assistant.understanding.words import WordsLeft


@pytest.mark.parametrize(
    ("words", "votes"),
    [
        ("wurden einstimmig beschlossen", VoteFilter(unanimous=True)),
        ("die einstimmig beschlossenen", VoteFilter(unanimous=True)),
        ("wurden nicht einstimmig beschlossen", VoteFilter(unanimous=False)),
        ("wurden mehrheitlich beschlossen", VoteFilter(unanimous=False)),
        ("wurden mit Mehrheit beschlossen", VoteFilter(unanimous=False)),
        ("wurden mit Gegenstimmen beschlossen", VoteFilter(opposed=True)),
        ("wurden ohne Gegenstimmen beschlossen", VoteFilter(opposed=False)),
        ("gab es Gegenstimmen", VoteFilter(opposed=True)),
        ("gab es keine Gegenstimmen", VoteFilter(opposed=False)),
        ("bei Enthaltungen beschlossen", VoteFilter(abstained=True)),
        ("ohne Enthaltungen beschlossen", VoteFilter(abstained=False)),
        ("ohne Gegenstimmen und Enthaltungen", VoteFilter(opposed=False, abstained=False)),
        ("einstimmig bei Enthaltungen", VoteFilter(unanimous=True, abstained=True)),
    ],
)
def test_words_about_the_vote_are_filters(words: str, votes: VoteFilter) -> None:
    assert take_votes(WordsLeft(f"Welche Anträge {words}?")) == votes


@pytest.mark.parametrize(
    ("text", "side", "fraktionen", "together"),
    [
        ("Anträge gegen die Stimmen der CDU-Fraktion", Side.OVERRULED, ("CDU",), True),
        ("Anträge gegen die Stimmen von CDU und SPD", Side.OVERRULED, ("CDU", "SPD"), True),
        ("Anträge gegen die Stimmen von CDU oder SPD", Side.OVERRULED, ("CDU", "SPD"), False),
        ("Anträge gegen die Stimme der Fraktion Die Linke", Side.OVERRULED, ("Die Linke",), True),
        ("Anträge gegen die AfD beschlossen", Side.OVERRULED, ("AfD",), True),
        (
            "Anträge gegen die Stimme des Bürgerbündnisses Süderland",
            Side.OVERRULED,
            ("Bürgerbündnis Süderland",),
            True,
        ),
        ("Anträge mit den Stimmen von CDU und FDP", Side.CARRYING, ("CDU", "FDP"), True),
        ("Anträge bei Enthaltung der Freien Wähler", Side.ABSTAINED, ("FREIE WÄHLER",), True),
        ("Bei welchen Anträgen hat die FDP dagegen gestimmt", Side.NO, ("FDP",), True),
        ("Gegen welche Anträge stimmte die SPD", Side.NO, ("SPD",), True),
        ("Gegen welche Anträge hat die Fraktion Die Linke gestimmt", Side.NO, ("Die Linke",), True),
        ("Welche Anträge hat die SPD-Fraktion abgelehnt", Side.NO, ("SPD",), True),
        ("Welche Anträge lehnten CDU und FDP ab", Side.NO, ("CDU", "FDP"), True),
        ("Welchen Anträgen hat die CDU zugestimmt", Side.YES, ("CDU",), True),
        (
            "Bei welchen Anträgen haben sich die Grünen enthalten",
            Side.ABSTAINED,
            ("GRÜNE",),
            True,
        ),
    ],
)
def test_who_stood_where_is_a_filter(
    text: str, side: Side, fraktionen: tuple[str, ...], together: bool
) -> None:
    assert take_votes(WordsLeft(text)) == VoteFilter(camps=(Camp(side, fraktionen, together),))


@pytest.mark.parametrize(
    "words",
    [
        "mit knapper Mehrheit",
        "bei drei Gegenstimmen",
        "mit einer Gegenstimme",
        "mit Zweidrittelmehrheit",
        "einstimmig oder mehrheitlich",
        "einstimmig und mehrheitlich",
        "gegen die Stimmen der Opposition",
        "nicht mehrheitlich",
        "nicht gegen die Stimmen der CDU",
    ],
)
def test_what_leaves_a_doubt_is_left_in_the_question(words: str) -> None:
    reader = WordsLeft(f"Welche Anträge wurden {words} beschlossen?")
    assert take_votes(reader) == NO_VOTES
    assert reader.left == reader.text
    assert speaks_of_votes(reader.left)


def test_other_questions_do_not_speak_of_votes() -> None:
    assert not speaks_of_votes("Welche Anträge der SPD wurden abgelehnt?")
    assert not NO_VOTES


def test_the_filters_are_said_in_words() -> None:
    votes = VoteFilter(False, True, False, (Camp(Side.NO, ("CDU", "FDP"), together=False),))
    assert vote_words(votes) == [
        "Abstimmung nicht einstimmig",
        "Abstimmung mit Gegenstimmen",
        "Abstimmung ohne Enthaltungen",
        "Abstimmung Nein von CDU oder FDP",
    ]
