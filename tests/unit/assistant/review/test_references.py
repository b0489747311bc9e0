"""References are held against the register: number, kind, day, subject, movers, sitting."""

from __future__ import annotations

from assistant.review.references import check
from index.store import Store
from tests.unit.assistant.material.matter import NIEDERSCHRIFT, fill
from tests.unit.assistant.review.reviewing import told


def test_a_number_near_a_recorded_one_is_not_recorded(store: Store) -> None:
    text = "Grundlage ist die Vorlage Nr. 15/81 zum Thema."
    assert told(store, check, text) == [
        (
            "Vorlage Nr. 15/81",
            "Warnung",
            "Vorlage Nr. 15/81 ist nicht erfasst. Ähnliche Nummern: Vorlage Nr. 15/80 vom "
            "20.03.2023 („Konzept für die Radstationen“).",
            "",
        )
    ]


def test_a_number_of_another_kind_is_named_with_its_own(store: Store) -> None:
    text = "Grundlage ist die Vorlage Nr. 15/70."
    assert told(store, check, text) == [
        (
            "Vorlage Nr. 15/70",
            "Fehler",
            "Vorlage Nr. 15/70 ist nicht erfasst. Unter dieser Nummer ist erfasst: Antrag "
            "Nr. 15/70 vom 10.01.2023 („Leihräder an den Museen“).",
            "Antrag Nr. 15/70",
        )
    ]


def test_another_date_is_corrected(store: Store) -> None:
    text = "Grundlage ist der Antrag Nr. 15/70 vom 11.01.2023."
    assert told(store, check, text) == [
        (
            "11.01.2023",
            "Fehler",
            "Das Datum stimmt nicht: Als Datum trägt Antrag Nr. 15/70 den 10.01.2023.",
            "10.01.2023",
        )
    ]


def test_kind_movers_date_and_subject_as_recorded_are_silent(store: Store) -> None:
    text = "Grundlage ist der Antrag Nr. 15/70 der CDU und SPD vom 10.01.2023 zu Leihrädern."
    assert told(store, check, text) == []


def test_a_foreign_subject_is_told_with_the_papers_own(store: Store) -> None:
    text = "Der Antrag Nr. 15/70 zur Sanierung der Schwimmhalle liegt vor."
    assert told(store, check, text) == [
        (
            "Antrag Nr. 15/70",
            "Fehler",
            "Die Nummer passt nicht zum genannten Gegenstand: Antrag Nr. 15/70 vom "
            "10.01.2023 betrifft „Leihräder an den Museen“.",
            "",
        )
    ]


def test_foreign_movers_are_told_with_the_recorded_ones(store: Store) -> None:
    text = "Der Antrag Nr. 15/70 der Fraktion GRÜNE liegt vor."
    assert told(store, check, text) == [
        (
            "Antrag Nr. 15/70",
            "Fehler",
            "Als Antragsteller von Antrag Nr. 15/70 ist jemand anderes erfasst: CDU, SPD.",
            "",
        )
    ]


def test_the_day_of_a_sitting_is_corrected(store: Store) -> None:
    text = "Die Niederschrift über die 7. Sitzung des Kulturausschusses am 17.02.2023 liegt vor."
    assert told(store, check, text) == [
        (
            "17.02.2023",
            "Fehler",
            "Das Datum der Sitzung stimmt nicht: Erfasst ist die Niederschrift über die 7. "
            "Sitzung des Kulturausschusses am 16.02.2023.",
            "16.02.2023",
        )
    ]


def test_an_item_that_minutes_lack_is_told(store: Store) -> None:
    text = "Die Niederschrift über die 7. Sitzung des Kulturausschusses am 16.02.2023 verzeichnet es unter TOP 5."
    assert told(store, check, text) == [
        (
            "TOP 5",
            "Fehler",
            "Einen Tagesordnungspunkt 5 verzeichnet die Niederschrift über die 7. Sitzung "
            "des Kulturausschusses am 16.02.2023 nicht.",
            "",
        )
    ]


def test_foreign_numbers_the_drafts_own_and_announced_ones_are_no_reference(store: Store) -> None:
    text = "Der Landschaftsverband Norderland hat die Vorlage Nr. 15/7777. Siehe Bundestagsdrucksache 19/1234 und Vorlage Nr. 15/99. Die Vorlage Nr. 15/123 wird im Herbst vorgelegt."
    assert told(store, check, text) == []


def test_movers_of_a_paper_that_only_minutes_know_are_held_against_them(empty: Store) -> None:
    fill(empty, NIEDERSCHRIFT)
    found = told(empty, check, "Der Antrag Nr. 15/70 der GRÜNEN wurde beraten.")
    assert [(words, severity) for words, severity, *_ in found] == [("Antrag Nr. 15/70", "Fehler")]
    assert told(empty, check, "Der Antrag Nr. 15/70 der CDU wurde beraten.") == []


def test_minutes_are_of_the_body_that_stands_before_their_day(store: Store) -> None:
    text = (
        "Niederschrift über die 7. Sitzung des Kulturausschusses am 16.02.2023, Punkt 1: "
        "Der Kulturausschuss empfiehlt dem Landschaftsausschuss, den Antrag anzunehmen."
    )
    assert told(store, check, text) == []
