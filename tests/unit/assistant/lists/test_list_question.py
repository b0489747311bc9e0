"""Questions for lists: what is understood of them, and which are none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.lists.opening import plainly
from assistant.lists.request import ANTRAEGE, VORLAGEN, ListRequest, read_list_request
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
        ("seit 2020.", date(2020, 1, 1), None),
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
        "Warum wurden die Anträge abgelehnt?",
        "Wie viele Plätze hat das Archiv laut Vorlagen?",
        "Wie viele Testpersonen nahmen teil?",
        "Wurden die Anträge abgelehnt?",
        "Welche Anträge enthalten eine Kostenschätzung?",
        "Welche Unterlagen enthalten die Anträge?",
        "Wie viele Anträge wurden beim Integrationsamt gestellt?",
        "Wie viele Anträge auf Förderung wurden bewilligt?",
        "Wie viele Gegenstimmen gab es beim Antrag zum Museum?",
        "Welche Fraktion lehnte die Resolution ab?",
        "Welche Fraktionen stimmten gegen die Resolution zur Pflege?",
        "Welche Beschlüsse werden mit Zweidrittelmehrheit gefasst?",
        "Welche Unterlagen müssen eingereicht werden?",
        "Welche Richtlinien gelten für die Kulturförderung?",
        "Mit welcher Mehrheit werden Anträge beschlossen?",
        "Wurde die Resolution einstimmig beschlossen?",
        "Anträge zur Übernahme von Ermittlungsverfahren seit 2015",
        "Welche Kosten entstehen?",
        "Wurde der Antrag beschlossen?",
    ],
)
def test_what_does_not_plainly_ask_for_papers_is_no_list(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Welche Anträge wurden mit knapper Mehrheit beschlossen?", "„knapper Mehrheit“"),
        ("Welche Vorlagen wurden bei drei Gegenstimmen beschlossen?", "„bei drei Gegenstimmen“"),
        ("Welche Resolutionen wurden einmütig verabschiedet?", "„einmütig“"),
        (
            "Welche Anträge wurden einstimmig oder mehrheitlich beschlossen?",
            "„einstimmig oder mehrheitlich“",
        ),
        (
            "Welche Anträge wurden gegen die Stimmen der Opposition beschlossen?",
            "„gegen die Stimmen der Opposition“",
        ),
        (
            "Welche Anträge zur Kultur wurden mit Zweidrittelmehrheit beschlossen?",
            "„Zweidrittelmehrheit“",
        ),
        ("Welche Anträge wurden abgelehnt und warum?", "„warum“"),
        ("Welche Anträge wurden im Bauausschuss abgelehnt?", "„Bauausschuss“"),
        ("Welche Vorlagen hat Frau Amsel geschrieben?", "„Frau Amsel geschrieben“"),
        ("Alle nichtöffentlichen Vorlagen", "„nichtöffentlichen“"),
        ("Wie viele Vorlagen hat das Dezernat 3 eingebracht?", "„Dezernat 3“"),
        (
            "Alle Anträge der SPD, die teurer als 50.000 Euro sind",
            "„teurer als 50.000 Euro“",
        ),
    ],
)
def test_a_plain_list_with_other_words_says_which_were_not_understood(
    text: str, words: str
) -> None:
    request = understood(text)
    assert request.not_understood.startswith(f"Keine Liste: {words} wurde nicht verstanden.")


def test_decisions_themselves_are_not_counted_and_that_is_said() -> None:
    for text in ("Alle Beschlüsse des Kulturausschusses", "Welche Beschlüsse gibt es?"):
        assert "Beschlüsse werden nicht für sich gezählt" in understood(text).not_understood


@pytest.mark.parametrize(
    "text",
    [
        "Liste aller Anträge der SPD",
        "Übersicht über alle Anträge der SPD",
        "Ich brauche eine Liste aller Anträge der SPD",
        "Kannst du mir alle Anträge der SPD zeigen?",
        "Können Sie mir alle Anträge der SPD nennen?",
        "Nennen Sie mir alle Anträge der SPD",
        "Nenne alle Anträge, die die SPD gestellt hat",
        "Welche Anträge hat die SPD eingebracht?",
        "Gibt es Anträge der SPD?",
    ],
)
def test_a_list_may_be_asked_for_in_many_ways(text: str) -> None:
    request = understood(text)
    assert (request.arten, request.fraktionen) == (ANTRAEGE, ("SPD",))
    assert (request.not_understood, request.topic, request.counting) == ("", "", False)


def test_two_kinds_of_paper_are_both_listed() -> None:
    request = understood("Alle Anträge und Anfragen der FDP seit 2022")
    assert request.arten == ANTRAEGE | {"Anfrage"}
    assert request.fraktionen == ("FDP",)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Welche Anträge befassen sich mit Barrierefreiheit?", "Barrierefreiheit"),
        ("Alle Vorlagen, die sich mit Inklusion befassen", "Inklusion"),
        ("Welche Vorlagen betreffen das Freilichtmuseum?", "Freilichtmuseum"),
        ("Welche Anträge zum Museum, die abgelehnt wurden, gibt es?", "Museum"),
    ],
)
def test_a_topic_is_read_from_verbs_too_and_ends_where_the_clause_ends(
    text: str, topic: str
) -> None:
    request = understood(text)
    assert (request.topic, request.not_understood) == (topic, "")


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Welche Anträge lehnte der Kulturausschuss ab?", Outcome.ABGELEHNT),
        ("Welche Anträge nahm der Kulturausschuss an?", Outcome.BESCHLOSSEN),
        ("Welche Resolutionen verabschiedete der Kulturausschuss?", Outcome.BESCHLOSSEN),
    ],
)
def test_outcomes_are_read_from_active_verbs(text: str, outcome: Outcome) -> None:
    request = understood(text)
    assert (request.outcome, request.gremium) == (outcome, "Kulturausschuss")


def test_the_fraktion_of_a_vote_is_not_taken_for_the_mover() -> None:
    request = understood("Welche Anträge der SPD wurden gegen die Stimmen der CDU beschlossen?")
    assert request.fraktionen == ("SPD",)
    (camp,) = request.votes.camps
    assert camp.fraktionen == ("CDU",)


def test_die_linke_with_fraktion_before_it_is_no_other_fraktion() -> None:
    assert understood("Welche Anträge hat die Fraktion Die Linke gestellt?").fraktionen == (
        "Die Linke",
    )


def test_who_votes_against_a_paper_is_not_its_mover() -> None:
    request = understood("Welche Anträge hat die SPD abgelehnt?")
    assert (request.fraktionen, request.outcome) == ((), None)
    assert request.votes.camps[0].fraktionen == ("SPD",)
    moved = understood("Welche Anträge hat die SPD zurückgezogen?")
    assert (moved.fraktionen, moved.outcome) == (("SPD",), Outcome.ZURUECKGEZOGEN)


def test_a_fraktion_decides_nothing_and_that_is_not_understood() -> None:
    for text, word in (
        ("Welche Anträge hat die CDU beschlossen?", "beschlossen"),
        ("Welche Anträge vertagte die CDU?", "vertagte"),
    ):
        assert understood(text).not_understood.startswith(f"Keine Liste: „{word}“ wurde nicht")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("wieviele Anträge der CDU gibts", "Wie viele Anträge der CDU gibt es?"),
        ("alle antraege der SPD aus WP 14", "Alle Anträge der SPD aus WP 14"),
        ("Alle Anträge SPD WP15", "Alle Anträge SPD WP 15"),
        ("SPD-Anträge seit 2020, Übersicht", "Alle Anträge der SPD seit 2020"),
        ("abgelehnte Anträge der CDU", "Alle abgelehnten Anträge der CDU"),
        (
            "Sehr geehrte Damen und Herren, könnten Sie mir bitte sämtliche Anträge der SPD "
            "zusammenstellen? Vielen Dank!",
            "Alle Anträge der SPD",
        ),
        ("Hallo, alle Vorlagen aus 2023 bitte. Viele Grüße, M. Beispiel", "Alle Vorlagen aus 2023"),
    ],
)
def test_how_clerks_write_asks_for_the_same_list(text: str, plain: str) -> None:
    said, meant = understood(text), understood(plain)
    assert said.not_understood == ""
    assert replace(said, art_words="", counting=False) == replace(
        meant, art_words="", counting=False
    )


@pytest.mark.parametrize(
    "text",
    [
        "Die Anträge der SPD",
        "Warum abgelehnte Anträge der SPD wichtig sind",
        "Neue Anträge der SPD",
        "Eine neue Steuer für Bauern im Quartier",
    ],
)
def test_words_before_the_papers_that_are_no_filters_make_no_list(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    "words",
    ["mit Änderungen beschlossen", "geändert beschlossen", "in geänderter Fassung angenommen"],
)
def test_decided_with_changes_is_an_outcome_of_its_own(words: str) -> None:
    request = understood(f"Welche Anträge wurden {words}?")
    assert (request.outcome, request.not_understood) == (Outcome.GEAENDERT, "")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Was hat die SPD an Anträgen gestellt?", "Welche Anträge hat die SPD gestellt?"),
        (
            "Haben CDU und FDP gemeinsame Anträge gestellt?",
            "Alle Anträge von CDU und FDP gemeinsam",
        ),
        ("Bitte eine Aufstellung sämtlicher CDU-Anträge", "Alle Anträge der CDU"),
        ("Anträge B90/Grüne 2023", "Alle Anträge der GRÜNEN aus 2023"),
        ("Bei welchen Vorlagen fehlt das Ergebnis?", "Alle Vorlagen ohne Ergebnis"),
        ("Welche Vorlagen sind noch ohne Ergebnis?", "Alle Vorlagen ohne Ergebnis"),
        ("Anz. Anträge FDP", "Alle Anträge der FDP"),
    ],
)
def test_other_sentences_ask_for_the_same_list(text: str, plain: str) -> None:
    test_how_clerks_write_asks_for_the_same_list(text, plain)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("vom Mai 2022", date(2022, 5, 1), date(2022, 5, 31)),
        ("im Februar 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("zwischen dem 01.02.2016 und dem 31.12.2017", date(2016, 2, 1), date(2017, 12, 31)),
        ("vom 3. Mai 2020 bis 4. Juni 2020", date(2020, 5, 3), date(2020, 6, 4)),
    ],
)
def test_months_and_pairs_of_days_are_periods(words: str, first: date, last: date) -> None:
    request = understood(f"Alle Vorlagen {words}")
    assert (request.first, request.last, request.not_understood) == (first, last, "")


@pytest.mark.parametrize(
    ("text", "plural"),
    [
        ("Gibt es eine Vorlage zur Barrierefreiheit?", "gibt es Vorlagen zur Barrierefreiheit?"),
        ("Gab es schon einen Antrag der SPD zum Ticket?", "gab es Anträge der SPD zum Ticket?"),
        ("Gibt es denn eine Resolution zum Frieden?", "gibt es Resolutionen zum Frieden?"),
        ("Gibt es einen Antrag auf Wohngeld?", "Gibt es einen Antrag auf Wohngeld?"),
        ("Gibt es eine Vorlage?", "Gibt es eine Vorlage?"),
    ],
)
def test_whether_there_is_a_paper_on_a_matter_is_asked_of_all(text: str, plural: str) -> None:
    assert plainly(text).casefold() == plural.casefold()
