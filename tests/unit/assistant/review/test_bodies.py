"""Names of one body are told from names of two."""

from __future__ import annotations

import pytest

from assistant.review.bodies import check
from index.store import Store
from tests.unit.assistant.review.drafts import said


@pytest.mark.parametrize(
    "text",
    [
        "Der Landschaftsausschuss berät, die Landschaftsversammlung beschließt.",
        "Der Schulausschuss und der Sozialausschuss tagen gemeinsam.",
        "Der Ausschuss für Soziales und der Bauausschuss haben zugestimmt.",
        "Die Sitzung des Kulturausschusses leitete der Vorsitzende; der Kulturausschuss dankte.",
    ],
)
def test_different_bodies_and_inflected_names_are_left_alone(text: str, empty: Store) -> None:
    assert said(check, text, empty) == []


def test_two_names_of_one_body_within_a_draft_are_told_once(empty: Store) -> None:
    text = "Der Sozialausschuss hat beraten. Der Ausschuss für Soziales hat zugestimmt."
    assert said(check, text, empty) == [
        (
            "Hinweis",
            "Ausschuss für Soziales",
            "Der Entwurf nennt dasselbe Gremium auch „Sozialausschuss“.",
        )
    ]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Kulturausschuß", "Kulturausschuss"),
        ("Bau- und Vergabeauschuss", "Bau- und Vergabeausschuss"),
        ("Ausschuss für Digitales und Verwaltung", "Ausschuss für Digitalisierung und Verwaltung"),
    ],
)
def test_old_spelling_typing_errors_and_akin_words_are_told(
    name: str, other: str, empty: Store
) -> None:
    text = f"Der {other} hat beraten. Der {name} hat zugestimmt."
    assert [(words, reason) for _, words, reason in said(check, text, empty)] == [
        (name, f"Der Entwurf nennt dasselbe Gremium auch „{other}“.")
    ]
