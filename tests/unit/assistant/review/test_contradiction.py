"""Outcome, vote, body and day are held against the record, one by one."""

from __future__ import annotations

from assistant.review.contradiction import check
from index.store import Store
from tests.unit.assistant.review.reviewing import told


def test_another_outcome_is_told_with_the_record(store: Store) -> None:
    text = "Der Antrag Nr. 15/70 wurde am 16.02.2023 im Kulturausschuss abgelehnt."
    assert told(store, check, text) == [
        (
            "Der Antrag Nr. 15/70 wurde am 16.02.2023 im Kulturausschuss abgelehnt.",
            "Fehler",
            "Das Ergebnis ist anders erfasst. Niederschrift über die 7. Sitzung des "
            "Kulturausschusses am 16.02.2023: „mehrheitlich beschlossen gegen die FDP“",
            "",
        )
    ]


def test_another_vote_is_told_with_the_record(store: Store) -> None:
    text = "Der Antrag Nr. 15/70 wurde am 16.02.2023 im Kulturausschuss einstimmig angenommen."
    assert told(store, check, text) == [
        (
            "Der Antrag Nr. 15/70 wurde am 16.02.2023 im Kulturausschuss einstimmig angenommen.",
            "Fehler",
            "Die Abstimmung ist anders erfasst (nicht einstimmig). Niederschrift über die 7. "
            "Sitzung des Kulturausschusses am 16.02.2023: „mehrheitlich beschlossen gegen "
            "die FDP“",
            "",
        )
    ]


def test_a_vote_as_recorded_is_silent(store: Store) -> None:
    text = "Der Kulturausschuss hat dem Antrag Nr. 15/70 am 16.02.2023 mehrheitlich gegen die FDP zugestimmt."
    assert told(store, check, text) == []


def test_a_body_that_had_no_part_is_told(store: Store) -> None:
    text = "Der Schulausschuss hat dem Antrag Nr. 15/70 zugestimmt."
    assert told(store, check, text) == [
        (
            "Schulausschuss",
            "Warnung",
            "Mit Antrag Nr. 15/70 war nach den erfassten Unterlagen nicht befasst: "
            "Schulausschuss. Beratungsfolge: Kulturausschuss am 16.02.2023 (empfehlender "
            "Beschluss); Landschaftsausschuss am 02.03.2023 (Beschluss).",
            "",
        )
    ]


def test_another_day_is_corrected(store: Store) -> None:
    text = "Der Kulturausschuss hat dem Antrag Nr. 15/70 am 17.02.2023 zugestimmt."
    assert told(store, check, text) == [
        (
            "17.02.2023",
            "Fehler",
            "Der Tag der Entscheidung über Antrag Nr. 15/70 ist anders erfasst: "
            "Kulturausschuss am 16.02.2023 (empfehlender Beschluss).",
            "16.02.2023",
        )
    ]


def test_a_body_that_only_recommended_did_not_decide(store: Store) -> None:
    text = "Der Kulturausschuss hat den Antrag Nr. 15/70 beschlossen."
    assert told(store, check, text) == [
        (
            "Kulturausschuss",
            "Fehler",
            "Dieses Gremium hat zu Antrag Nr. 15/70 nur empfohlen: Kulturausschuss am "
            "16.02.2023 (empfehlender Beschluss). Zur Entscheidung vorgesehen: "
            "Landschaftsausschuss am 02.03.2023 (Beschluss).",
            "",
        )
    ]


def test_a_decision_without_a_recorded_result_is_a_warning(store: Store) -> None:
    text = "Die Vorlage Nr. 15/80 wurde beschlossen."
    assert told(store, check, text) == [
        (
            "Die Vorlage Nr. 15/80 wurde beschlossen.",
            "Warnung",
            "Zu Vorlage Nr. 15/80 vom 20.03.2023 ist kein Ergebnis erfasst.",
            "",
        )
    ]
