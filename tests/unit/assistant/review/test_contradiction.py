"""Outcome, vote, body and day are held against the record, one by one."""

from __future__ import annotations

from assistant.review.contradiction import check
from index.store import Store
from tests.unit.assistant.material.matter import ANTRAG, NIEDERSCHRIFT, fill
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


def test_a_paper_that_only_minutes_know_is_held_against_them(empty: Store) -> None:
    fill(empty, NIEDERSCHRIFT)
    assert [words for words, *_ in told(empty, check, "Antrag Nr. 15/70 wurde abgelehnt.")]
    text = "Der Kulturausschuss hat den Antrag Nr. 15/70 am 17.02.2023 beschlossen."
    assert told(empty, check, text) == [
        (
            "17.02.2023",
            "Warnung",
            "Dieses Ergebnis ist für einen anderen Tag erfasst: Niederschrift über die 7. Sitzung "
            "des Kulturausschusses am 16.02.2023.",
            "16.02.2023",
        )
    ]
    text = "Der Kulturausschuss hat den Antrag Nr. 15/70 am 16.02.2023 beschlossen."
    assert told(empty, check, text) == []


def test_each_sitting_in_a_list_of_results_counts_for_itself(empty: Store) -> None:
    listed = "Kulturausschuss 16.02.2023: vertagt\n\nKulturausschuss 20.04.2023: beschlossen"
    fill(empty, ANTRAG.replace("## Begründung:", f"## Ergebnis:\n\n{listed}\n\n## Begründung:"))
    right = "Der Antrag Nr. 15/70 wurde am 16.02.2023 vertagt und am 20.04.2023 beschlossen."
    assert told(empty, check, right) == []
    wrong = "Der Antrag Nr. 15/70 wurde am 16.02.2023 abgelehnt."
    assert [severity for _, severity, *_ in told(empty, check, wrong)] == ["Fehler"]


def test_what_is_quoted_or_denied_is_not_claimed(store: Store) -> None:
    text = (
        "Antrag Nr. 15/70, für sich keine Beschlusslage: "
        "„Der Antrag wurde am 16.02.2023 vom Ausschuss einstimmig abgelehnt.“"
    )
    assert told(store, check, text) == []


def test_abstentions_beside_a_unanimous_vote_are_told(empty: Store) -> None:
    fill(
        empty,
        NIEDERSCHRIFT.replace("mehrheitlich beschlossen gegen die FDP", "einstimmig beschlossen"),
    )
    text = "Antrag Nr. 15/70 wurde am 16.02.2023 bei drei Enthaltungen beschlossen."
    (finding,) = told(empty, check, text)
    assert "ohne Enthaltung" in finding[2]
