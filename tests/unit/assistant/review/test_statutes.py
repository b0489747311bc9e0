"""A Satzung is known by name and day; what an amendment replaced is told with the amendment."""

from __future__ import annotations

import pytest

from assistant.review.statutes import check
from index.store import Store
from tests.unit.assistant.material.matter import fill
from tests.unit.assistant.review.reviewing import told

SATZUNG = """\
# Satzung über die Benutzung der Stadtbücherei Hohenbruck (Büchereisatzung)

öffentlich

vom 03.05.2012

§ 1 Ausleihe

(1) Je Person werden höchstens sechs Bücher gleichzeitig ausgegeben.

§ 2 Gebühren

(1) Für jede Mahnung eines Buches werden 2,00 € erhoben.

§ 3 Inkrafttreten

Diese Satzung tritt am 01.06.2012 in Kraft.
"""
AENDERUNG = """\
# Erste Satzung zur Änderung der Satzung über die Benutzung der Stadtbücherei Hohenbruck

öffentlich

vom 14.03.2019

## Artikel 1

1. § 1 Abs. 1 wird wie folgt gefasst: „(1) Je Person werden höchstens neun Bücher gleichzeitig ausgegeben.“

2. In § 2 Abs. 1 wird die Angabe „2,00 €“ durch die Angabe „3,50 €“ ersetzt.

## Artikel 2

Diese Satzung tritt am 01.04.2019 in Kraft.
"""


@pytest.fixture
def library(empty: Store) -> Store:
    fill(empty, SATZUNG, AENDERUNG)
    return empty


def found(store: Store, text: str) -> list[tuple[str, str]]:
    return [(words, reason.split(":")[0]) for words, _, reason, _ in told(store, check, text)]


def test_another_day_than_that_of_statute_or_amendment_is_told(library: Store) -> None:
    text = "Die Büchereisatzung vom 03.06.2012 wurde zuletzt am 14.03.2019 geändert."
    assert found(library, text) == [
        ("03.06.2012", "Mit diesem Tag ist das Ortsrecht nicht erfasst")
    ]
    assert found(library, "Die Büchereisatzung gilt in der Fassung vom 14.03.2019.") == []


def test_figures_that_an_amendment_replaced_are_told(library: Store) -> None:
    text = (
        "Nach der Büchereisatzung werden je Person höchstens sechs Bücher gleichzeitig ausgegeben. "
        "Für jede Mahnung eines Buches werden 2,00 € erhoben."
    )
    assert [words for words, _ in found(library, text)] == ["sechs", "2,00 €"]


def test_figures_that_hold_and_such_of_the_past_are_silent(library: Store) -> None:
    text = (
        "Nach der Büchereisatzung werden je Person höchstens neun Bücher gleichzeitig ausgegeben. "
        "Für jede Mahnung eines Buches wurden früher 2,00 € erhoben, jetzt sind es 3,50 €."
    )
    assert found(library, text) == []
