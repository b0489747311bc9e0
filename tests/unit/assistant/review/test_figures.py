"""Figures are held against the papers that a sentence rests on, then against the stock."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.review import figures
from assistant.review.figures import check
from assistant.review.matching import Said, said_at
from assistant.review.stock import Place
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


def test_a_figure_that_a_named_paper_lacks_is_a_warning(store: Store) -> None:
    text = "Laut Antrag Nr. 15/70 nutzten 212 Schulklassen das Angebot."
    assert told(store, check, text) == [
        (
            "212",
            "Warnung",
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


def test_a_count_or_two_of_its_own_is_the_drafts_business(store: Store) -> None:
    text = "Im Vorjahr kamen 34.512 Schulklassen.\n\nSie blieben 95 Minuten."
    assert told(store, check, text) == []


def test_three_counts_of_its_own_are_told_in_one_line(store: Store) -> None:
    text = "Es kamen 34.512 Schulklassen.\n\nSie blieben 95 Minuten und sahen 77 Tafeln."
    assert told(store, check, text) == [
        (
            "34.512",
            "Hinweis",
            "Diese 3 Angaben sind im Bestand ohne Fundstelle: „34.512 Schulklassen“, "
            "„95 Minuten“, „77 Tafeln“. Sind es eigene Angaben der Dienststelle, ist nichts zu tun.",
            "",
        )
    ]


def test_an_amount_of_its_own_is_always_told(store: Store) -> None:
    text = "Der Eintritt brachte 8.300 € ein."
    assert told(store, check, text) == [
        (
            "8.300 €",
            "Hinweis",
            "Diese Angabe ist im Bestand ohne Fundstelle: „8.300 €“. "
            "Sind es eigene Angaben der Dienststelle, ist nichts zu tun.",
            "",
        )
    ]


def test_a_figure_within_a_quotation_is_the_paper_s(store: Store) -> None:
    text = "Der Antrag sagt: „Ersetzt wird „70 Prozent“ durch 88 Prozent und 9.900 €.“"
    assert told(store, check, text) == []


def test_the_day_in_the_head_of_a_named_paper_is_stated(store: Store) -> None:
    minutes = "Niederschrift über die 7. Sitzung des Kulturausschusses am 16.02.2023"
    text = f"Der Antrag Nr. 15/70 steht in der {minutes} unter den Punkten dieses Tages."
    assert told(store, check, text) == []


def test_a_day_that_a_named_paper_lacks_is_a_warning(store: Store) -> None:
    found = told(store, check, "Nach Antrag Nr. 15/70 stehen die Räder seit dem 03.09.2019.")
    assert [(words, severity) for words, severity, *_ in found] == [("03.09.2019", "Warnung")]


def test_a_place_is_read_once_for_all_sentences_of_a_draft(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: Counter[Place] = Counter()

    def note(place: Place, kinds: tuple[figures.Kind, ...]) -> Said:
        read[place] += 1
        return said_at(place, kinds)

    monkeypatch.setattr(figures, "said_at", note)
    one = "Nach der Vorlage Nr. 15/80/1 betragen die Gesamtkosten 60.000 €."
    other = "Laut Antrag Nr. 15/70 wünschen sich fast 45 Prozent der Gäste Leihräder."
    assert [words for words, *_ in told(store, check, f"{one} {other} {one}")] == [
        "60.000 €",
        "45 Prozent",
        "60.000 €",
    ]
    assert len(read) > 10 and set(read.values()) == {1}
