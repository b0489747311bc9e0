"""Questions for lists: what is understood of them, and which are none."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.list_question import ANTRAEGE, VORLAGEN, ListRequest, read_list_request
from index.types import Outcome

TODAY = date(2025, 6, 30)
BODIES = ("Kulturausschuss", "Landschaftsausschuss", "Ausschuss für Umwelt und Klimaschutz")


def read(text: str) -> ListRequest | None:
    return read_list_request(text, lambda: BODIES, TODAY)


def understood(text: str) -> ListRequest:
    request = read(text)
    assert request is not None, text
    return request


def test_kind_fraktion_topic_and_year_are_read() -> None:
    request = understood("Alle Anträge der SPD zum Thema Inklusion seit 2020")
    assert request.arten == ANTRAEGE
    assert request.fraktionen == ("SPD",)
    assert (request.first, request.last) == (date(2020, 1, 1), None)
    assert (request.topic, request.topic_terms) == ("Inklusion", ("inklusion",))
    assert not request.counting


def test_a_negated_outcome_asks_for_other_recorded_ones() -> None:
    request = understood(
        "Welche Anträge der 14. Wahlperiode zur Barrierefreiheit wurden nicht beschlossen?"
    )
    assert (request.wahlperiode, request.topic) == (14, "Barrierefreiheit")
    assert (request.outcome, request.negated) == (Outcome.BESCHLOSSEN, True)
    assert request.needs_outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Welche Anträge wurden abgelehnt?", Outcome.ABGELEHNT),
        ("Alle abgelehnten Anträge", Outcome.ABGELEHNT),
        ("Welche Vorlagen wurden zur Kenntnis genommen?", Outcome.KENNTNIS),
        ("Welche Anträge wurden zurückgezogen?", Outcome.ZURUECKGEZOGEN),
        ("Welche Anträge wurden vertagt?", Outcome.VERTAGT),
        ("Welche Anträge wurden angenommen?", Outcome.BESCHLOSSEN),
    ],
)
def test_outcomes_are_read_in_all_their_forms(text: str, outcome: Outcome) -> None:
    request = understood(text)
    assert (request.outcome, request.negated) == (outcome, False)


def test_counting_and_the_body_are_read() -> None:
    request = understood(
        "Wie viele Vorlagen wurden 2022 im Ausschuss für Umwelt und Klimaschutz behandelt?"
    )
    assert request.counting
    assert request.arten == VORLAGEN
    assert request.gremium == "Ausschuss für Umwelt und Klimaschutz"
    assert (request.first, request.last) == (date(2022, 1, 1), date(2022, 12, 31))


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("zwischen 2019 und 2021", date(2019, 1, 1), date(2021, 12, 31)),
        ("von 2019 bis 2021", date(2019, 1, 1), date(2021, 12, 31)),
        ("bis 2021", None, date(2021, 12, 31)),
        ("vor 2021", None, date(2020, 12, 31)),
        ("nach 2021", date(2022, 1, 1), None),
        ("aus dem Jahr 2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("aus diesem Jahr", date(2025, 1, 1), date(2025, 12, 31)),
        ("im letzten Jahr", date(2024, 1, 1), date(2024, 12, 31)),
        ("seit dem 01.03.2020", date(2020, 3, 1), None),
        ("nach dem 3. Juni 2021", date(2021, 6, 4), None),
        ("vor dem 01.01.2022", None, date(2021, 12, 31)),
    ],
)
def test_periods_are_read(words: str, first: date | None, last: date | None) -> None:
    request = understood(f"Welche Anfragen gibt es {words}?")
    assert (request.first, request.last) == (first, last)
    assert request.arten == frozenset({"Anfrage"})


def test_spellings_of_a_fraktion_are_one() -> None:
    for name in ("Grünen", "Fraktion Bündnis 90/Die Grünen", "GRÜNE"):
        assert understood(f"Alle Anträge der {name}").fraktionen == ("GRÜNE",)
    assert understood("Zeige mir alle SPD-Anträge aus 2021").fraktionen == ("SPD",)


def test_joined_fraktionen_move_together_and_separated_ones_do_not() -> None:
    assert understood("Welche gemeinsamen Anträge von CDU und SPD gibt es?").together
    either = understood("Welche Anträge stammen von CDU oder SPD?")
    assert (either.fraktionen, either.together) == (("CDU", "SPD"), False)


@pytest.mark.parametrize(
    "text",
    [
        "Wie viele Anträge gingen 2024 zur regionalen Kulturförderung ein?",
        "Welche Vorlage regelt die Dienstreisen?",
        "Welche Anträge muss die Verwaltung ablehnen?",
        "Welche Vorlagen hat Frau Amsel geschrieben?",
        "Warum wurden die Anträge abgelehnt?",
        "Wie viele Plätze hat das Archiv laut Vorlagen?",
        "Alle Anträge der SPD, die teurer als 50.000 Euro sind",
        "Anträge zur Übernahme von Ermittlungsverfahren seit 2015",
        "Welche Kosten entstehen?",
        "Wurde der Antrag beschlossen?",
    ],
)
def test_what_is_not_understood_to_the_last_word_is_no_list(text: str) -> None:
    assert read(text) is None
