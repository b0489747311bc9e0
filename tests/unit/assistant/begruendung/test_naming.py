"""A draft's name out of its title."""

from __future__ import annotations

import pytest

from assistant.begruendung.naming import LONGEST, proposed_name


@pytest.mark.parametrize(
    ("titel", "name"),
    [
        ("Räder: Ausbau", "raeder-ausbau"),
        ("Straßen & Wege 2026/27", "strassen-wege-2026-27"),
        ("Café-Betrieb", "cafe-betrieb"),
        ("„…“", "entwurf"),
        ("x" * 200, "x" * LONGEST),
    ],
)
def test_a_title_becomes_plain_words(titel: str, name: str) -> None:
    assert proposed_name(titel, ()) == name


def test_words_that_do_not_fit_are_left_out_whole() -> None:
    name = proposed_name("Gemeinsamer Facharbeitskreis Künstliche Intelligenz von LVS und LVN", ())
    assert name == "gemeinsamer-facharbeitskreis-kuenstliche"


def test_a_name_that_is_taken_is_numbered() -> None:
    assert proposed_name("Räder", {"raeder"}) == "raeder-2"
    assert proposed_name("Räder", {"raeder", "raeder-2"}) == "raeder-3"


def test_a_title_never_becomes_the_name_of_a_page() -> None:
    assert proposed_name("Neu", ()) == "neu-2"
    assert proposed_name("Neu", {"neu-2"}) == "neu-3"
