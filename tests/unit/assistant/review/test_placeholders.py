"""Placeholders are found with what they say; what only looks like one is left alone."""

from __future__ import annotations

import pytest

from assistant.review.placeholders import check, without_placeholders
from index.store import Store
from tests.unit.assistant.review.drafts import said


@pytest.mark.parametrize(
    ("text", "severity", "words", "reason"),
    [
        (
            "Das kostet [Angabe fehlt: Gesamtkosten – zuständig: Kämmerei].",
            "Fehler",
            "[Angabe fehlt: Gesamtkosten – zuständig: Kämmerei]",
            "Eine Angabe fehlt noch: Gesamtkosten. Zuständig: Kämmerei.",
        ),
        (
            "So steht es in der Studie [prüfen: Primärquelle].",
            "Warnung",
            "[prüfen: Primärquelle]",
            "Noch zu prüfen: Primärquelle.",
        ),
        ("Am XX.XX.2025 wird getagt.", "Fehler", "XX.XX.2025", None),
        ("Das kostet XX Euro.", "Fehler", "XX", None),
        ("Leitung: tbd", "Fehler", "tbd", None),
        ("TODO Zahlen nachtragen", "Fehler", "TODO", None),
        ("Die Sitzung am ….….2025 fällt aus.", "Fehler", "….….2025", None),
        ("Leitung: N.N.", "Hinweis", "N.N.", "„N. N.“: Hier ist noch niemand benannt."),
        (
            "Auswirkungen: ☐ ja ☐ nein",
            "Warnung",
            "☐ ja ☐ nein",
            "Von den Kästchen ist keines angekreuzt („ja“, „nein“).",
        ),
    ],
)
def test_an_open_place_is_named(
    text: str, severity: str, words: str, reason: str | None, empty: Store
) -> None:
    expected = reason or f"Der Platzhalter „{words}“ ist noch offen."
    assert said(check, text, empty) == [(severity, words, expected)]


@pytest.mark.parametrize(
    "text",
    [
        "Die XX. Wahlperiode begann 2025.",
        "Der Ort liegt 48 m über N.N. am Fluss.",
        "Auswirkungen: ☒ ja ☐ nein",
        "☐ Ich nehme teil.",
        "Er sagte: „Das ist … schwierig.“",
        "Der Antrag Nr. 15/95 liegt vor [siehe Anlage 2].",
    ],
)
def test_what_only_looks_like_a_placeholder_is_left_alone(text: str, empty: Store) -> None:
    assert said(check, text, empty) == []


def test_boxes_below_one_another_are_one_choice(empty: Store) -> None:
    assert said(check, "Prüfung:\n\n☐ ja\n\n☐ nein\n\nEnde", empty) == [
        (
            "Warnung",
            "☐ ja\n\n☐ nein",
            "Von den Kästchen ist keines angekreuzt („ja“, „nein“).",
        )
    ]


def test_what_is_left_without_placeholders() -> None:
    assert (
        without_placeholders("Kosten: [Angabe fehlt: Kosten – zuständig: Kämmerei]") == "Kosten:  "
    )


def test_boxes_of_a_quoted_paper_are_not_the_drafts(empty: Store) -> None:
    boxes = "Die Mittel sind veranschlagt: [ ] ja  [ ] nein"
    assert len(said(check, boxes, empty)) == 1
    assert said(check, f"Die Vorlage sagt: „{boxes}“", empty) == []
