"""What a sitting dealt with: from its minutes, else as planned; the right sitting, nothing closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.sittings.agenda_question import (
    ANY_PAPER,
    AgendaRequest,
    read_agenda_request,
)
from assistant.sittings.reading import BodyNamed
from assistant.sittings.which import SittingMeant, Which
from assistant.types import AnswerStatus, Label
from assistant.understanding.question import understand
from assistant.wiring import Parts
from tests.sample_records import make_parts, stored
from tests.unit.assistant.sittings.test_sitting_answers import (
    EARLY,
    INVITED,
    LATE,
    PUBLIC,
    ask,
    told,
)

BODIES = ("Kulturausschuss", "Landschaftsausschuss")
CULTURE = BodyNamed("Kulturausschuss")


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Parts]:
    monkeypatch.setattr("assistant.lanes.today", lambda: date(2023, 10, 1))
    wired = make_parts(tmp_path)
    wired.store.add([stored(EARLY), stored(LATE), stored(INVITED)])
    yield wired
    wired.store.close()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Was wurde in der letzten Sitzung des Kulturausschusses beschlossen?",
            AgendaRequest(SittingMeant(CULTURE, which=Which.LAST)),
        ),
        (
            "Was hat der Kulturausschuss zuletzt beschlossen?",
            AgendaRequest(SittingMeant(CULTURE, which=Which.LAST)),
        ),
        (
            "Was steht auf der Tagesordnung der nächsten Sitzung des Kulturausschusses?",
            AgendaRequest(SittingMeant(CULTURE, which=Which.NEXT)),
        ),
        (
            "Welche Drucksachen wurden am 20.04.2023 beraten?",
            AgendaRequest(SittingMeant(BodyNamed(), day=date(2023, 4, 20)), label=ANY_PAPER),
        ),
        (
            "Welche Anträge standen am 20. April 2023 auf der Tagesordnung?",
            AgendaRequest(SittingMeant(BodyNamed(), day=date(2023, 4, 20)), label="antrag"),
        ),
        (
            "Was wurde in der 12. Sitzung des Kulturausschusses behandelt?",
            AgendaRequest(SittingMeant(CULTURE, number=12)),
        ),
        (
            "Was steht in der Einladung zum Kulturausschuss am 09.11.2023?",
            AgendaRequest(SittingMeant(CULTURE, day=date(2023, 11, 9)), invited=True),
        ),
        (
            "Tagesordnung des Kulturausschusses vom 20.04.2023",
            AgendaRequest(SittingMeant(CULTURE, day=date(2023, 4, 20))),
        ),
    ],
)
def test_a_question_for_an_agenda_is_read(text: str, wanted: AgendaRequest) -> None:
    assert read_agenda_request(understand(text), lambda: BODIES) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Was wurde beschlossen?",
        "Was wurde 2023 im Kulturausschuss beschlossen?",
        "Was wurde im April 2023 im Kulturausschuss beraten?",
        "Was wurde zuletzt im Kulturausschuss zu Museen beschlossen?",
        "Was wurde zwischen dem 01.04.2023 und dem 01.05.2023 beraten?",
        "Was wurde seit dem 20.04.2023 beschlossen?",
        "Wer hat in der letzten Sitzung des Kulturausschusses gesprochen?",
        "Welche Anträge der SPD wurden am 20.04.2023 beraten?",
        "Wurde Antrag 15/12 in der letzten Sitzung des Kulturausschusses beraten?",
        "Was sagte die Verwaltung in der letzten Sitzung des Kulturausschusses?",
    ],
)
def test_a_question_for_more_or_for_something_else_is_left(text: str) -> None:
    assert read_agenda_request(understand(text), lambda: BODIES) is None


def test_items_stand_in_order_with_their_papers_and_results_in_the_words_of_the_minutes(
    parts: Parts,
) -> None:
    answer = ask(parts, "Was stand am 20.04.2023 auf der Tagesordnung des Kulturausschusses?")
    assert (answer.kind, answer.status) == ("sitzung", AnswerStatus.ANSWERED)
    assert told(answer) == [
        (
            "Kulturausschuss am 20.04.2023, laut Niederschrift: 4 Tagesordnungspunkte, davon 4 mit "
            "verzeichnetem Ergebnis (2 beschlossen, auch mit Änderungen).",
            Label.ABGELEITET,
        ),
        ("TOP 1 „Lange Nacht der Museen“: „einstimmig abgelehnt“", Label.BELEGT),
        (
            "TOP 2 „Antrag Nr. 15/12“ (Antrag Nr. 15/12): „mehrheitlich beschlossen Ja: 7 (CDU, "
            "SPD), Nein: 2 (FDP), Enthaltung: 1 (GRÜNE)“",
            Label.BELEGT,
        ),
        (
            "TOP 3 „Personalsache“: „mehrheitlich beschlossen Ja: 6, Nein: 4, Enthaltung: 0“",
            Label.BELEGT,
        ),
        ("TOP 4 „Bericht“: „Der Bericht wird zur Kenntnis genommen.“", Label.BELEGT),
    ]
    for citation in answer.citations:
        assert citation.quote == citation.span.cut(EARLY.text)


def test_closed_items_are_neither_told_nor_counted(parts: Parts) -> None:
    answer = ask(parts, "Was wurde am 20.04.2023 im Kulturausschuss beraten?", PUBLIC)
    assert answer.status is AnswerStatus.ANSWERED
    assert "Personal" not in answer.text
    assert "3 Tagesordnungspunkte" in answer.text


def test_only_items_about_the_papers_that_are_asked_for(parts: Parts) -> None:
    answer = ask(parts, "Welche Anträge wurden am 20.04.2023 beraten?")
    assert [claim.text[:5] for claim in answer.claims] == ["Kultu", "TOP 2"]
    assert answer.table is not None
    assert [row[:5] for row in answer.table.rows] == [
        ("2023-04-20", "Kulturausschuss", "2", "Antrag Nr. 15/12", "15/12")
    ]
    none = ask(parts, "Welche Vorlagen wurden am 20.04.2023 beraten?")
    assert "kein Tagesordnungspunkt zu einer Drucksache der Art „Vorlage“" in none.text


def test_the_last_sitting_is_one_that_was_held_the_next_one_that_is_planned(parts: Parts) -> None:
    last = ask(parts, "Was hat der Kulturausschuss zuletzt behandelt?")
    assert last.claims[0].text.startswith("Kulturausschuss am 07.09.2023, laut Niederschrift: 2")
    following = ask(
        parts, "Was steht auf der Tagesordnung der nächsten Sitzung im Kulturausschuss?"
    )
    assert told(following) == [
        (
            "Kulturausschuss am 09.11.2023: Die Niederschrift liegt nicht vor. Vorgesehen waren "
            "laut Einladung: ein Tagesordnungspunkt.",
            Label.ABGELEITET,
        ),
        ("TOP 5 „Lange Nacht der Museen“.", Label.BELEGT),
    ]


def test_without_minutes_the_beratungsfolgen_tell_what_a_sitting_was_about(tmp_path: Path) -> None:
    with make_parts(tmp_path) as parts:
        answer = ask(parts, "Welche Drucksachen wurden am 20.04.2023 beraten?")
    assert answer.status is AnswerStatus.ANSWERED
    head, plan, *papers = told(answer)
    assert head == (
        "Kulturausschuss am 20.04.2023: Die Niederschrift liegt nicht vor.",
        Label.ABGELEITET,
    )
    assert plan == ("Laut Beratungsfolge der Drucksachen:", Label.ABGELEITET)
    assert papers == [("Antrag Nr. 15/12 vom 14.03.2023: empfehlender Beschluss.", Label.BELEGT)]


def test_without_a_gremium_or_a_sitting_it_is_asked_or_said(parts: Parts) -> None:
    which = ask(parts, "Was wurde in der letzten Sitzung beschlossen?")
    assert which.status is AnswerStatus.CLARIFY
    assert "Welches Gremium ist gemeint?" in which.text
    assert which.text.count("Kulturausschuss") == 1
    missing = ask(parts, "Was wurde in der 99. Sitzung des Kulturausschusses behandelt?")
    assert missing.status is AnswerStatus.ABSTAINED
    assert "Dazu liegt nichts vor: 99. Sitzung, Gremium Kulturausschuss." in missing.text
    assert "Kulturausschuss am 09.11.2023; Kulturausschuss am 07.09.2023" in missing.text
