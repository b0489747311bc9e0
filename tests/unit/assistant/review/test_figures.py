"""Figures are held against the papers that a sentence rests on, then against the stock."""

from __future__ import annotations

from assistant.review.figures import check
from index.store import Store
from tests.unit.assistant.review.reviewing import told


def test_another_amount_for_the_same_row_is_told(store: Store) -> None:
    text = "Nach der Vorlage Nr. 15/80/1 betragen die Gesamtkosten 60.000 €."
    assert told(store, check, text) == [
        (
            "60.000 €",
            "Fehler",
            "„60.000 €“ steht so nicht im Bestand. Vorlage Nr. 15/80/1 vom 03.04.2023 nennt "
            "einen anderen Wert: „Gesamtkosten 52.000 €“",
            "52.000 €",
        )
    ]


def test_an_amount_in_other_words_is_the_same(store: Store) -> None:
    text = "Nach der Vorlage Nr. 15/80/1 betragen die Gesamtkosten 0,052 Mio. €."
    assert told(store, check, text) == []


def test_a_figure_without_a_source_is_a_hint(store: Store) -> None:
    text = "Laut Antrag Nr. 15/70 nutzten 212 Schulklassen das Angebot."
    assert told(store, check, text) == [
        (
            "212",
            "Hinweis",
            "„212“ ist ohne Fundstelle: Weder die genannte Drucksache noch der übrige "
            "Bestand enthält die Angabe. Durchgesehen: Antrag Nr. 15/70 vom 10.01.2023, "
            "Niederschrift über die 7. Sitzung des Kulturausschusses am 16.02.2023.",
            "",
        )
    ]


def test_another_percentage_in_the_same_sentence_is_told(store: Store) -> None:
    text = "Laut Antrag Nr. 15/70 wünschen sich fast 45 Prozent der Gäste Leihräder."
    assert told(store, check, text) == [
        (
            "45 Prozent",
            "Fehler",
            "„45 Prozent“ steht so nicht im Bestand. Antrag Nr. 15/70 vom 10.01.2023 nennt "
            "einen anderen Wert: „In Umfragen wünschen sich fast 40 Prozent der Gäste "
            "Leihräder.“",
            "40 Prozent",
        )
    ]


def test_one_sentence_has_one_finding_and_another_value_goes_before_none(store: Store) -> None:
    text = "Laut Vorlage Nr. 15/80/1 kosten 212 Tafeln etwas, die Gesamtkosten betragen 60.000 €."
    assert [words for words, *_ in told(store, check, text)] == ["60.000 €"]


def test_a_plan_without_a_source_and_a_placeholder_are_silent(store: Store) -> None:
    text = "Künftig werden 212 Schulklassen eingeladen. Es kommen 345 Gäste [prüfen: Zählung]."
    assert told(store, check, text) == []


def test_a_fact_of_which_nothing_is_stored_is_a_hint(store: Store) -> None:
    assert told(store, check, "Im Vorjahr kamen 34.512 Schulklassen.") == [
        (
            "34.512",
            "Hinweis",
            "„34.512“ ist ohne Fundstelle: Im Bestand steht die Angabe nicht.",
            "",
        )
    ]
