"""Quotations are verbatim, or shown with the original, or told as not found."""

from __future__ import annotations

from assistant.review.quotes import check
from index.store import Store
from tests.unit.assistant.review.reviewing import told


def test_a_changed_word_is_shown_with_the_original(store: Store) -> None:
    text = "Im Antrag Nr. 15/70 heißt es: „Die Verwaltung stellt an vier Museen Leihräder bereit.“"
    assert told(store, check, text) == [
        (
            "Die Verwaltung stellt an vier Museen Leihräder bereit.",
            "Fehler",
            "Das Zitat ist nicht wörtlich. Antrag Nr. 15/70 vom 10.01.2023 sagt: „Die "
            "Verwaltung stellt an drei Museen Leihräder bereit“",
            "Die Verwaltung stellt an drei Museen Leihräder bereit",
        )
    ]


def test_a_verbatim_quote_is_silent(store: Store) -> None:
    text = "Im Antrag Nr. 15/70 heißt es: „Die Verwaltung stellt an drei Museen Leihräder bereit.“"
    assert told(store, check, text) == []


def test_words_that_stand_nowhere_are_told(store: Store) -> None:
    text = "Im Antrag Nr. 15/70 heißt es: „Das Museum soll morgen früh für immer schließen.“"
    assert told(store, check, text) == [
        (
            "Das Museum soll morgen früh für immer schließen.",
            "Warnung",
            "Der Wortlaut des Zitats steht weder in der genannten Drucksache noch sonst im "
            "Bestand. Durchgesehen: Antrag Nr. 15/70 vom 10.01.2023, Niederschrift über die "
            "7. Sitzung des Kulturausschusses am 16.02.2023.",
            "",
        )
    ]


def test_the_name_of_a_project_is_no_quote(store: Store) -> None:
    text = "Das Projekt „Mit dem Rad ins Museum und zurück“ läuft."
    assert told(store, check, text) == []
