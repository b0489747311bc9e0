"""What a later paper takes the place of is told, unless the draft tells it."""

from __future__ import annotations

from assistant.review.superseded import check
from index.store import Store
from tests.unit.assistant.material.matter import VORLAGE, fill
from tests.unit.assistant.review.reviewing import told


def test_a_reference_to_an_amended_paper_names_the_later_one(store: Store) -> None:
    text = "Die Radstationen sind in der Vorlage Nr. 15/80 beschrieben."
    assert told(store, check, text) == [
        (
            "Vorlage Nr. 15/80",
            "Warnung",
            "Vorlage Nr. 15/80 gilt so nicht mehr: Vorlage Nr. 15/80/1 vom 03.04.2023 ändert "
            "Vorlage Nr. 15/80.",
            "Vorlage Nr. 15/80 in der Fassung der Vorlage Nr. 15/80/1",
        )
    ]


def test_a_draft_that_names_the_later_paper_is_silent(store: Store) -> None:
    text = "Die Vorlage Nr. 15/80 wurde durch die Vorlage Nr. 15/80/1 geändert."
    assert told(store, check, text) == []


def test_a_replaced_amount_is_told_with_the_later_one(store: Store) -> None:
    text = "Nach der Vorlage Nr. 15/80 betragen die Gesamtkosten 48.000 €."
    assert told(store, check, text) == [
        (
            "48.000 €",
            "Fehler",
            "„48.000 €“ ist überholt: Vorlage Nr. 15/80/1 vom 03.04.2023 ändert Vorlage Nr. "
            "15/80. Dort steht: „Gesamtkosten 52.000 €“",
            "",
        )
    ]


def test_who_names_both_papers_in_one_sentence_knows_them_everywhere(store: Store) -> None:
    text = (
        "Die Radstationen beschreibt die Vorlage Nr. 15/80.\n\n"
        "Die Vorlage Nr. 15/80/1 ändert die Vorlage Nr. 15/80."
    )
    assert told(store, check, text) == []


def test_a_later_paper_in_another_paragraph_is_no_excuse(store: Store) -> None:
    text = (
        "Die Radstationen beschreibt die Vorlage Nr. 15/80.\n\n"
        "Die Kosten nennt die Vorlage Nr. 15/80/1."
    )
    assert [words for words, *_ in told(store, check, text)] == ["Vorlage Nr. 15/80"]


def test_a_replaced_paper_that_is_named_first_is_told_for_all_that_follows(store: Store) -> None:
    later = (
        "# Vorlage Nr. 15/90/1\n\nöffentlich\n\nDatum: 03.04.2023\n\n## Beschlussvorschlag:\n\n"
        "Dieser Beschlussvorschlag ersetzt den Beschlussvorschlag der Vorlage Nr. 15/90:\n\n"
        "Dem Konzept wird in neuer Fassung zugestimmt.\n"
    )
    fill(store, VORLAGE.replace("15/80", "15/90"), later)
    text = "Das Konzept steht in der Vorlage Nr. 15/90. Die Kosten nennt die Vorlage Nr. 15/90/1."
    assert [words for words, *_ in told(store, check, text)] == ["Vorlage Nr. 15/90"]
    amended = text.replace("15/90", "15/80")
    assert told(store, check, amended) == []
