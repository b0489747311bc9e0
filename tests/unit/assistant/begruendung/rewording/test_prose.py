"""A sentence that says whose claim it is stays whole."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.begruendung.rewording.clearer import clearer_prose
from assistant.begruendung.rewording.easier import easier
from assistant.begruendung.rewording.points import pointed
from assistant.begruendung.rewording.prose import own_statements


def halves(statement: str) -> Sequence[str]:
    """Parts whatever it is given."""
    first, _, rest = statement.partition("; ")
    return [f"{first}.", rest] if rest else [statement]


@pytest.mark.parametrize(
    "text",
    [
        "Nach Darstellung der FDP-Fraktion ist das Dach undicht; das Land hat nichts gezahlt.",
        "Laut Gutachten ist das Dach undicht; das Land ist in der Pflicht.",
        "Aus Sicht der SPD ist das Dach undicht; das Land ist in der Pflicht.",
        "Frau Amsel erwidert, das Dach sei dicht; sie werde es prüfen lassen.",
    ],
)
def test_a_claim_is_never_parted_from_whose_it_is(text: str) -> None:
    assert own_statements(text) == [text]
    assert clearer_prose(text, halves) == text
    assert easier(text, halves, own=True) == text
    assert pointed(text, own=True) is None


def test_what_nobody_else_claims_is_parted() -> None:
    text = "Das Dach ist undicht; das Land hat nichts gezahlt. Die FDP ist dagegen."
    assert own_statements(text) == [
        "Das Dach ist undicht",
        "das Land hat nichts gezahlt.",
        "Die FDP ist dagegen.",
    ]
