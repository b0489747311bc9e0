"""Words that clerks use for one another."""

from __future__ import annotations

import pytest

from assistant.understanding.same_words import groups, holds, is_held, same_as, ways_to_say
from index.german import analyse, terms


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("KI", "Leitlinien für den Einsatz von Künstlicher Intelligenz"),
        ("künstliche Intelligenz", "Erprobung eines KI-gestützten Wissensassistenten"),
        ("Künstlicher Intelligenz Leitlinien", "KI: Leitlinien"),
        ("Fahrzeugflotte", "Fuhrparkkonzept 2032"),
        ("Dienstwagen", "Erneuerung der Fahrzeugflotten"),
        ("Umzug Verwaltung", "Verlegung der Zentralverwaltung"),
        ("Kitas", "Bau von zwei Kindertagesstätten"),
    ],
)
def test_a_topic_is_held_by_words_that_mean_the_same(topic: str, text: str) -> None:
    assert holds(ways_to_say(topic.split()), set(terms(text)))


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("KI", "Intelligenz der Verwaltung"),
        ("Fahrzeugflotte", "Parkplätze der Verwaltung"),
        ("künstliche Intelligenz Schule", "KI in der Verwaltung"),
        ("", "KI"),
    ],
)
def test_every_word_of_a_topic_has_to_be_held(topic: str, text: str) -> None:
    assert not holds(ways_to_say(topic.split()), set(terms(text)))


def test_words_that_are_one_expression_stay_together() -> None:
    assert ways_to_say(("künstliche", "Intelligenz", "Schule")) == (
        ("künstliche Intelligenz", "KI"),
        ("Schule",),
    )
    assert list(same_as("Mieträder")) == ["Leihrad", "Leihfahrrad", "Fahrradverleih"]
    assert is_held("Gründach", terms("Dachbegrünung")) and not is_held("Dach", terms("Grün"))


def test_the_list_names_no_word_twice_in_a_group_and_no_group_of_one() -> None:
    assert len(groups()) >= 20
    for group in groups():
        stems = [analyse(word).words for word in group]
        assert len(group) >= 2 and all(stems), group
    spelt = [word for group in groups() for word in group]
    assert max(spelt.count(word) for word in spelt) == 2  # "Livestream" means two things
