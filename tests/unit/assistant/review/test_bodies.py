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
