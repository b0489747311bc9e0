"""What a question demands of the words that answer it."""

from __future__ import annotations

import pytest

from assistant.finding.demands import carries, is_named, presupposed, tells_only_a_part, unnamed
from assistant.understanding.question import understand
from assistant.understanding.wanted import Wanted
from index.german import terms


@pytest.mark.parametrize(
    ("wanted", "text", "carried"),
    [
        (Wanted.MONEY, "Die Sanierung kostet 1,5 Mio. Euro.", True),
        (Wanted.MONEY, "Die Anlage leistet 340 Kilowatt.", False),
        (Wanted.NUMBER, "Die Tagung ist zweitägig.", True),
        (Wanted.NUMBER, "Die Tagung ist gut besucht.", False),
        (Wanted.PERCENT, "Der Bund trägt ein Drittel der Kosten.", True),
        (Wanted.DATE, "Die Halle öffnet im Juni 2025.", True),
        (Wanted.VOTE, "Der Antrag wurde bei zwei Enthaltungen angenommen.", True),
        (Wanted.VOTE, "Frau Amsel sprach sich für den Antrag aus.", False),
    ],
)
def test_an_answer_must_hold_the_kind_of_expression_asked_for(
    wanted: Wanted, text: str, carried: bool
) -> None:
    assert carries(wanted, text) is carried


def test_a_year_or_name_of_the_question_must_stand_around_the_evidence() -> None:
    question = understand("Wie viele Plätze hatte die Klinik Dohlenau 2023?")
    around = "Klinik Dohlenau\nIm Jahr 2022 hatte die Klinik 40 Plätze."
    assert unnamed(question, ("Dohlenau",), around) == ["2023"]
    assert unnamed(question, ("Dohlenau",), around.replace("2022", "2023")) == []
    assert unnamed(question, ("Krähwinkel",), around) == ["Krähwinkel", "2023"]


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("Warum wird das Depot erweitert und was kostet es?", ("Depot",)),
        ("Was kostet ein Depot?", ()),
        ("Wer leitet das ehemalige Fernmeldeamt?", ("Fernmeldeamt",)),
        ("Wie hoch ist die jährliche Miete für das Depot?", ("Depot",)),
        ("Wie hoch ist die Miete?", ("Miete",)),
        ("Wie lange ist die Kegelbahn geöffnet?", ("Kegelbahn",)),
        ("Wer gehört zum Beirat der KI-Rechner?", ("Beirat", "KI-Rechner")),
    ],
)
def test_what_a_question_takes_to_be_there_is_what_it_names_with_the_article(
    question: str, things: tuple[str, ...]
) -> None:
    assert presupposed(question) == things


@pytest.mark.parametrize(
    ("thing", "words", "named"),
    [
        ("Depot", "Die Depots des Museums", True),
        ("Depot", "Das Museum", False),
        ("Museumsnacht", "Die Lange Nacht der Museen", True),
        ("Deichmuseums", "Das Museum am Hafen", False),
        ("Kulturförderung", "Förderung von Kultur", True),
        ("LVS-Archiv", "Das Archiv", True),
    ],
)
def test_a_thing_is_named_by_itself_or_by_all_its_parts(
    thing: str, words: str, named: bool
) -> None:
    assert is_named(thing, set(terms(words))) is named


def test_of_a_compound_the_last_part_will_do_in_the_sentence_itself() -> None:
    question = understand("Was kostet die Spielzeugsammlung?")
    around = "Ankauf\nDie Sammlung umfasst Puppen. Sie kostet 900 €."
    things = presupposed(question.text)
    assert unnamed(question, things, around, "Die Sammlung umfasst Puppen.") == []
    assert unnamed(question, things, around, "Sie kostet 900 €.") == ["Spielzeugsammlung"]


QUOTE = "Hinzu kommen deshalb 15 Testpersonen, darunter sechs blinde Kolleginnen."


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Wie viele Testpersonen nehmen teil?", QUOTE, True),
        ("Wie viele Testpersonen kommen hinzu?", QUOTE, False),
        ("Wie viele Testpersonen nehmen teil?", "Es sind 40, davon sechs blinde.", False),
        ("Wie hoch sind die Betriebskosten?", "Die Betriebskosten steigen um 74.000 €.", True),
        ("Um wie viel steigen die Betriebskosten?", "Sie steigen um 74.000 €.", False),
        ("Warum nehmen mehr Testpersonen teil?", QUOTE, False),
    ],
)
def test_a_part_or_an_addition_is_not_the_whole(question: str, text: str, expected: bool) -> None:
    assert tells_only_a_part(understand(question), text) is expected
