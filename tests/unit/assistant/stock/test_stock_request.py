"""What the admin asks of the stock, in the wordings in which it is asked, and what is not it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.stock.period import Period
from assistant.stock.request import Change, StockRequest, Topic, read_stock_request
from assistant.understanding.question import understand
from index.types import Drucksachennummer

TODAY = date(2026, 11, 25)  # a Wednesday
NEW, CHANGED, FAILED = Change.NEW, Change.CHANGED, Change.FAILED
SINCE_YESTERDAY = Period(date(2026, 11, 24))


def read(text: str) -> StockRequest | None:
    return read_stock_request(understand(text), TODAY)


@pytest.mark.parametrize(
    ("text", "changes", "period"),
    [
        (
            "Welche Dokumente sind seit gestern neu, geändert oder fehlgeschlagen?",
            {NEW, CHANGED, FAILED},
            SINCE_YESTERDAY,
        ),
        (
            "welche dokumente sind seit gestern neu, geaendert oder fehlgeschlagen",
            {NEW, CHANGED, FAILED},
            SINCE_YESTERDAY,
        ),
        ("Neue Dokumente seit Montag", {NEW}, Period(date(2026, 11, 23))),
        ("Was ist seit dem 01.11.2026 neu?", {NEW}, Period(date(2026, 11, 1))),
        (
            "Welche Dateien wurden diese Woche eingelesen?",
            {NEW},
            Period(date(2026, 11, 23), date(2026, 11, 29)),
        ),
        (
            "Könnten Sie mir bitte zeigen, welche Unterlagen in den letzten 7 Tagen "
            "hinzugekommen sind?",
            {NEW},
            Period(date(2026, 11, 18)),
        ),
        (
            "Welche Dokumente wurden letzte Woche geändert?",
            {CHANGED},
            Period(date(2026, 11, 16), date(2026, 11, 22)),
        ),
        ("Was ist fehlgeschlagen?", {FAILED}, None),
        ("Was ist beim Einlesen schiefgegangen?", {FAILED}, None),
        ("Gab es heute Fehler beim Import?", {FAILED}, Period(TODAY, TODAY)),
        ("Was liegt in der Quarantäne?", {FAILED}, None),
        ("Welche Dateien konnten nicht eingelesen werden?", {FAILED}, None),
        ("Welche Dateien sind heute gescheitert?", {FAILED}, Period(TODAY, TODAY)),
    ],
)
def test_what_became_of_files_in_a_period_is_asked(
    text: str, changes: set[Change], period: Period | None
) -> None:
    assert read(text) == StockRequest(Topic.CHANGES, frozenset(changes), period)


def test_a_kind_of_papers_that_were_read_in_is_kept() -> None:
    yesterday = Period(date(2026, 11, 24), date(2026, 11, 24))
    assert read("Welche Vorlagen wurden gestern eingelesen?") == StockRequest(
        Topic.CHANGES, frozenset({NEW}), yesterday, frozenset({"vorlage"})
    )


@pytest.mark.parametrize(
    ("text", "number", "label"),
    [
        ("Warum wird Vorlage 15/2345/1 nicht gefunden?", (15, 2345, 1), "vorlage"),
        ("Wieso finde ich den Antrag 15/148 nicht?", (15, 148, None), "antrag"),
        ("Ich finde die Vorlage 15/2345/1 nicht.", (15, 2345, 1), "vorlage"),
        ("Warum fehlt der Antrag 15/148 im Index?", (15, 148, None), "antrag"),
        ("Vorlage 15/2345/1 unauffindbar, warum?", (15, 2345, 1), "vorlage"),
        ("warum ist 15/148 nicht zu finden", (15, 148, None), None),
    ],
)
def test_a_paper_that_is_missed_is_asked_for(
    text: str, number: tuple[int, int, int | None], label: str | None
) -> None:
    assert read(text) == StockRequest(
        Topic.MISSING, number=Drucksachennummer.of(*number), label=label
    )


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Welche Dateien sind Dubletten oder alte Fassungen?", Topic.TWINS),
        ("Gibt es doppelte Dokumente?", Topic.TWINS),
        ("zeige mir alle duplikate", Topic.TWINS),
        ("Welche Dokumente sind überholt?", Topic.TWINS),
        ("Welche alten Fassungen von Dokumenten gibt es?", Topic.TWINS),
        ("Ist nichtöffentliches Material im öffentlichen Index?", Topic.EXPOSURE),
        ("Ist nichtoeffentliches Material im oeffentlichen Index?", Topic.EXPOSURE),
        ("Liegen nicht-öffentliche Dokumente im öffentlichen Suchindex?", Topic.EXPOSURE),
        (
            "Prüfe bitte, ob sich vertrauliche Inhalte im öffentlichen Index befinden.",
            Topic.EXPOSURE,
        ),
        ("Wie viele nichtöffentliche Textstellen sind im öffentlichen Index?", Topic.EXPOSURE),
        ("Welche Scans haben schlechte OCR?", Topic.SCANS),
        ("Welche Seiten wurden schlecht gelesen?", Topic.SCANS),
        ("Bei welchen Scans ist die Texterkennung unsicher?", Topic.SCANS),
        ("Welche gescannten Dokumente sind nicht gut lesbar?", Topic.SCANS),
        ("Welche Fragen blieben unbeantwortet?", Topic.SILENCE),
        ("Welche Fragen konnten nicht beantwortet werden?", Topic.SILENCE),
        ("Wie viele Fragen blieben ohne Antwort?", Topic.SILENCE),
        ("Welche Sitzungen haben noch keine Niederschrift?", Topic.MINUTES),
        ("Für welche Sitzungen fehlt die Niederschrift?", Topic.MINUTES),
        ("Zu welchen Sitzungen liegt noch kein Protokoll vor?", Topic.MINUTES),
        ("Welche Niederschriften stehen noch aus?", Topic.MINUTES),
        ("sitzungen ohne niederschrift", Topic.MINUTES),
        (
            "Bei welchen Drucksachen fehlt das Ergebnis, obwohl die Sitzung vorbei ist?",
            Topic.RESULTS,
        ),
        ("Welche Beratungen sind vorbei, ohne dass ein Ergebnis erfasst ist?", Topic.RESULTS),
    ],
)
def test_the_other_topics_are_recognised(text: str, topic: Topic) -> None:
    assert read(text) == StockRequest(topic)


def test_a_period_and_a_kind_restrict_where_they_can() -> None:
    assert read("Bei welchen Vorlagen ist die Sitzung vorbei und das Ergebnis leer?") == (
        StockRequest(Topic.RESULTS, kinds=frozenset({"vorlage"}))
    )
    assert read("Unbeantwortete Fragen im letzten Monat") == StockRequest(
        Topic.SILENCE, period=Period(date(2026, 10, 1), date(2026, 10, 31))
    )
    assert read("Welche Sitzungen seit dem 01.01.2025 haben keine Niederschrift?") == (
        StockRequest(Topic.MINUTES, period=Period(date(2025, 1, 1)))
    )
    assert read("Welche Scans haben seit gestern schlechte OCR?") is None


@pytest.mark.parametrize(
    ("text", "topic", "gremium", "period"),
    [
        (
            "Welche Sitzungen des Landschaftsausschusses haben noch keine Niederschrift?",
            Topic.MINUTES,
            "Landschaftsausschuss",
            None,
        ),
        (
            "Für welche Sitzungen des Umweltausschusses fehlt 2023 das Protokoll?",
            Topic.MINUTES,
            "Ausschuss für Umwelt",
            Period(date(2023, 1, 1), date(2023, 12, 31)),
        ),
        (
            "Bei welchen Drucksachen fehlt seit 2020 das Ergebnis, obwohl die Sitzung des "
            "Landschaftsausschusses vorbei ist?",
            Topic.RESULTS,
            "Landschaftsausschuss",
            Period(date(2020, 1, 1)),
        ),
    ],
)
def test_sittings_are_asked_for_by_body_and_year(
    text: str, topic: Topic, gremium: str, period: Period | None
) -> None:
    names = ("Landschaftsausschuss", "Ausschuss für Umwelt", "Schulausschuss")
    found = read_stock_request(understand(text), TODAY, lambda: names)
    assert found == StockRequest(topic, period=period, gremium=gremium)


@pytest.mark.parametrize(
    "text",
    [
        "Welche Sitzungen hat der Ausschuss 2022 gehabt?",
        "Wurde die Vorlage gelöscht?",
        "Wurde die Vorlage 15/12 abgesetzt?",
        "Was sagt die Archivsatzung zum Löschen?",
        "Was ist neu?",
        "Welche Projekte sind gescheitert?",
        "Wie viele Bewohner waren in Quarantäne?",
        "Welche Drucksachen wurden 2022 geändert beschlossen?",
        "Warum fehlt bei 15/148 das Ergebnis?",
        "Warum wurde der Antrag 15/148 nicht beschlossen?",
        "Welche Fragen stellt die Anfrage 15/21?",
        "Welche Fragen blieben in der Sitzung des Kulturausschusses unbeantwortet?",
        "Welche alte Fassung der Satzung galt 2020?",
        "Wie hat sich die Satzung seit dem 01.01.2020 geändert?",
        "Was steht im nichtöffentlichen Teil?",
        "Ist die Niederschrift öffentlich?",
        "Anträge ohne erfasstes Ergebnis",
        "Alle Niederschriften des Landschaftsausschusses",
        "Was wird gegen doppelte Förderung getan?",
        "Welche Gebäude sind veraltet?",
        "Wurde das Protokoll genehmigt?",
        "In welcher Sitzung wurde die Niederschrift nicht genehmigt?",
        "Warum wird der Radweg nicht gebaut?",
        "Warum ist in 15/148 keine Förderung zu finden?",
    ],
)
def test_questions_about_what_papers_say_are_left_to_others(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("gestern", Period(date(2026, 11, 24), date(2026, 11, 24))),
        ("seit vorgestern", Period(date(2026, 11, 23))),
        ("diesen Monat", Period(date(2026, 11, 1), date(2026, 11, 30))),
        ("im letzten Monat", Period(date(2026, 10, 1), date(2026, 10, 31))),
        ("seit letzter Woche", Period(date(2026, 11, 16))),
        ("in den letzten zwei Wochen", Period(date(2026, 11, 11))),
        ("in den letzten 24 Stunden", Period(date(2026, 11, 24))),
        ("am 03.11.2026", Period(date(2026, 11, 3), date(2026, 11, 3))),
        (
            "zwischen dem 01.11.2026 und dem 03.11.2026",
            Period(date(2026, 11, 1), date(2026, 11, 3)),
        ),
        ("nach dem 03.11.2026", Period(date(2026, 11, 4))),
        ("bis zum 03.11.2026", Period(None, date(2026, 11, 3))),
    ],
)
def test_a_period_is_read_to_the_day(text: str, period: Period) -> None:
    found = read(f"Welche Dateien wurden {text} eingelesen?")
    assert found is not None and found.period == period


def test_a_period_says_itself_in_german() -> None:
    assert str(SINCE_YESTERDAY) == "seit 24.11.2026"
    assert str(Period(TODAY, TODAY)) == "am 25.11.2026"
    assert str(Period(date(2026, 11, 1), TODAY)) == "seit 01.11.2026 bis 25.11.2026"
    assert str(Period()) == "ohne zeitliche Grenze"
