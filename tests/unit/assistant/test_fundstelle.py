"""Places of statutes as officials name them."""

from __future__ import annotations

import pytest

from assistant.fundstelle import cite
from tests.unit.ingest.papers.test_provisions import DOCUMENT, at


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Die Hallen dienen allen.", "§ 1 Abs. 1 Satz 1"),
        ("a) Feiertage,", "§ 1 Abs. 1 Satz 2"),
        ("Näheres regelt § 2 Abs. 1.", "§ 1 Abs. 2"),
        ("Die Nutzung ist frei.", "§ 2"),
    ],
)
def test_a_place_is_cited_by_paragraph_absatz_and_satz(words: str, place: str) -> None:
    assert cite(1, DOCUMENT, at(words)).fundstelle.split(", ")[-1] == place
