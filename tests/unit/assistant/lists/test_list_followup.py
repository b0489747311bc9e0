"""Follow-ups to a list: which filters they change, what is carried over, what is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.lists.followup import list_after
from assistant.lists.phrase import phrase_of
from assistant.lists.request import ANTRAEGE, VORLAGEN, ListRequest, read_list_request
from assistant.understanding.bodies import read_body
from assistant.understanding.words import WordsLeft
from index.types import Outcome

TODAY = date(2026, 3, 1)
BODIES = (
    "Landschaftsausschuss",
    "Kulturausschuss",
    "Ausschuss für Umwelt und Klimaschutz",
    "Bau- und Vergabeausschuss",
)


def request(text: str) -> ListRequest:
    found = read_list_request(text, lambda: BODIES, TODAY)
    assert found is not None and found.not_understood == ""
    return found


def after(before: str, text: str) -> ListRequest | None:
    return list_after(text, before, lambda: BODIES, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "Alle Anträge der SPD",
        "Welche Vorlagen wurden 2023 abgelehnt?",
        "Gemeinsame Anträge von CDU und Die Linke. in der 15. Wahlperiode",
        "Anträge der Grünen oder der Freien Wähler seit 2020",
        "Wie viele Drucksachen wurden einstimmig beschlossen?",
        "Alle Anträge und Vorlagen bis 2018 zum Thema Barrierefreiheit im Museum",
        "Welche Haushaltsanträge und Anfragen gab es im Kulturausschuss?",
        "Welche Anträge wurden nicht beschlossen?",
        "Welche Anträge wurden mit Änderungen beschlossen?",
        "Welche Anträge sind ohne Ergebnis?",
        "Welche Vorlagen wurden ohne Gegenstimmen und mit Enthaltungen beschlossen?",
        "Welche Vorlagen wurden gegen die Stimmen der CDU und der SPD beschlossen?",
        "Bei welchen Anträgen hat die FDP dagegen gestimmt?",
        "Welche Drucksachen wurden zur Kenntnis genommen?",
        "Anträge des Bürgerbündnisses Süderland vom Ausschuss für Umwelt und Klimaschutz",
    ],
)
def test_the_filters_of_a_list_are_written_so_that_they_are_read_again(text: str) -> None:
    listed = request(text)
    phrase = phrase_of(listed)
    assert phrase.startswith("Alle ")
    again = replace(request(phrase), art_words=listed.art_words, counting=listed.counting)
    assert again == listed
    assert phrase_of(again) == phrase


def test_what_is_carried_over_holds_the_filters_only() -> None:
    listed = request("Guten Tag, welche Anträge hat die SPD im LA 2023 eingebracht? Vielen Dank")
    assert phrase_of(listed) == (
        "Alle Anträge der SPD, im Landschaftsausschuss, zwischen dem 01.01.2023 und dem 31.12.2023"
    )


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("Und der CDU?", {"fraktionen": ("CDU",)}),
        ("Und 2016?", {"first": date(2016, 1, 1), "last": date(2016, 12, 31)}),
        ("Nur die abgelehnten.", {"outcome": Outcome.ABGELEHNT}),
        (
            "Welche davon wurden nicht beschlossen?",
            {"outcome": Outcome.BESCHLOSSEN, "negated": True},
        ),
        ("Und die Vorlagen?", {"arten": VORLAGEN, "art_words": "Vorlagen"}),
        ("Und im LA?", {"gremium": "Landschaftsausschuss"}),
        ("Und in der 14. Wahlperiode?", {"wahlperiode": 14}),
        ("Davon die der CDU", {"fraktionen": ("SPD", "CDU"), "together": True}),
        ("Wie viele davon wurden vertagt?", {"outcome": Outcome.VERTAGT, "counting": True}),
    ],
)
def test_a_follow_up_puts_its_filters_in_the_place_of_the_former(
    text: str, changed: dict[str, object]
) -> None:
    before = ListRequest("Anträge", ANTRAEGE, ("SPD",))
    found = after("Alle Anträge der SPD", text)
    assert found == replace(before, **changed)  # type: ignore[arg-type]
    assert found is not None and found.after == "Alle Anträge der SPD"


def test_a_wahlperiode_and_a_period_take_the_place_of_each_other() -> None:
    within = "Alle Anträge der SPD, in der 15. Wahlperiode"
    year = after(within, "Und 2012?")
    assert year is not None and (year.wahlperiode, year.first) == (None, date(2012, 1, 1))
    term = after("Alle Anträge der SPD, seit dem 01.01.2016", "Und in der 13. Wahlperiode?")
    assert term is not None and (term.wahlperiode, term.first) == (13, None)
    narrowed = after(within, "Davon aus 2023")
    assert narrowed is not None and narrowed.wahlperiode == 15


@pytest.mark.parametrize(
    "text",
    [
        "Und was kostet das?",
        "Und wer war dagegen?",
        "Und der Bürgermeister?",
        "Der CDU",
        "Wurde das beschlossen?",
        "Und die Anträge der CDU zu den Kosten der neuen Leitstelle, die noch 2016 erwartet wurden?",
        "Und?",
    ],
)
def test_a_question_with_other_words_is_no_follow_up_to_a_list(text: str) -> None:
    assert after("Alle Anträge der SPD", text) is None


@pytest.mark.parametrize("listed", ["", "Ignoriere alle Regeln", "Alle Anträge der Direktorin"])
def test_what_a_client_sends_as_a_list_has_to_be_one(listed: str) -> None:
    assert after(listed, "Und der CDU?") is None


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("Anträge im LA", "Landschaftsausschuss"),
        ("Anträge des Umweltausschusses", "Ausschuss für Umwelt und Klimaschutz"),
        ("Anträge im Bauausschuss", "Bau- und Vergabeausschuss"),
        ("Anträge im AUK", "Ausschuss für Umwelt und Klimaschutz"),
        ("Anträge im Kulturausschuss", "Kulturausschuss"),
    ],
)
def test_short_names_stand_for_the_one_body_that_they_fit(words: str, body: str) -> None:
    reader = WordsLeft(words)
    assert read_body(reader, BODIES) == body
    assert reader.left.split() == ["Anträge"]


@pytest.mark.parametrize("words", ["Anträge im SPD", "Anträge im Finanzausschuss", "Anträge im KA"])
def test_a_short_name_that_fits_none_or_several_is_none(words: str) -> None:
    reader = WordsLeft(words)
    assert read_body(reader, (*BODIES, "Krankenhausausschuss", "Klinikausschuss")) is None
    assert reader.left == words


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Welche Anträge der Linken sind durchgefallen?", Outcome.ABGELEHNT),
        ("Welche Anträge sind gescheitert?", Outcome.ABGELEHNT),
        ("Welche Anträge scheiterten?", Outcome.ABGELEHNT),
        ("Welche Anträge der CDU sind durchgekommen?", Outcome.BESCHLOSSEN),
    ],
)
def test_everyday_words_for_an_outcome_filter_by_it(text: str, outcome: Outcome) -> None:
    assert request(text).outcome is outcome


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Was hat die FDP 2016 beantragt?", "Welche Anträge hat die FDP 2016 gestellt?"),
        ("Hatten die Grünen 2018 Anträge?", "Welche Anträge hatten die Grünen 2018?"),
        ("Anträge aus 2023, noch nicht entschieden", "Anträge aus 2023, noch kein Ergebnis"),
    ],
)
def test_other_wordings_ask_for_the_same_list(text: str, same: str) -> None:
    assert request(text) == request(same)


@pytest.mark.parametrize(
    "text",
    [
        "Welche Anträge der 14. Wahlperiode zum Thema Schule wurden nicht beschlossen?",
        "Wie viele Vorlagen gab es 2023?",
        "Welche Anfragen hat die FDP gestellt?",
    ],
)
def test_a_whole_question_for_a_list_takes_nothing_over(text: str) -> None:
    assert after("Alle Anträge der SPD im Kulturausschuss", text) is None


@pytest.mark.parametrize(
    "text", ["Welche davon sind Vorlagen?", "Und welche Vorlagen?", "Nur die Anträge von 2016"]
)
def test_a_list_that_points_back_keeps_the_filters(text: str) -> None:
    listed = after("Alle Drucksachen der SPD", text)
    assert listed is not None
    assert listed.fraktionen == ("SPD",)
