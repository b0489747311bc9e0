"""What the head of a paper declares about its own publicity."""

from __future__ import annotations

import pytest

from ingest.papers.gremien import read_sitting
from ingest.papers.visibility import read_declared


@pytest.mark.parametrize(
    ("head", "public"),
    [
        ("Niederschrift über die 5. öffentliche Sitzung des Gemeinderates", True),
        ("Niederschrift über die öffentliche Sitzung des Gemeinderates", True),
        ("Niederschrift über die 5. nichtöffentliche Sitzung des Gemeinderates", False),
        ("Niederschrift über die 5. Sitzung des Gemeinderates", None),
        ("- öffentlicher Teil und nichtöffentlicher Teil -", None),
        ("über die öffentliche/nichtöffentliche Sitzung", None),
        ("- nichtöffentlicher Teil -", False),
    ],
)
def test_a_head_declares_one_level_or_leaves_it_to_its_parts(
    head: str, public: bool | None
) -> None:
    declared = read_declared(head, len(head))
    assert (declared.value if declared else None) is public


def test_the_name_of_a_body_ends_before_the_next_field() -> None:
    head = "Sitzung des Rates der Stadt Neuburg Sitzungstermin: Donnerstag, 07.12.2023"
    gremium, _ = read_sitting(head, len(head))
    assert gremium is not None
    assert gremium.value == "Rat der Stadt Neuburg"
