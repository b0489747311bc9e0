from __future__ import annotations

import pytest

from ingest.papers.fraktionen import normalise_fraktion, split_fraktionen


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("CDU, SPD", ["CDU", "SPD"]),
        ("Fraktionen CDU und SPD", ["CDU", "SPD"]),
        ("Bündnis 90/DIE GRÜNEN", ["Bündnis 90/DIE GRÜNEN"]),
        ("SPD und Bündnis 90 / Die Grünen", ["SPD", "Bündnis 90 / Die Grünen"]),
        ("CDU-Fraktion, FDP-Fraktion", ["CDU", "FDP"]),
        ("CDU/FDP", ["CDU", "FDP"]),
        ("Fraktion der SPD", ["SPD"]),
        ("Die Linke., Volt", ["Die Linke.", "Volt"]),
        ("SPD und KAL", ["SPD", "KAL"]),
        ("FDP und Einzelstadtrat Braun", ["FDP", "Einzelstadtrat Braun"]),
        ("Umwelt und Soziales", ["Umwelt und Soziales"]),
    ],
)
def test_joint_motions_are_split_into_their_movers(words: str, names: list[str]) -> None:
    found = split_fraktionen(words, offset=10)
    assert [r.value for r in found] == names
    assert all(words[r.span.start - 10 : r.span.end - 10] == r.value for r in found)


@pytest.mark.parametrize(
    "name",
    ["GRÜNE", "Bündnis 90/Die Grünen", "B90/GRÜNE", "Die Grünen", "Fraktion Bündnis 90/DIE GRÜNEN"],
)
def test_spellings_of_one_fraktion_are_one(name: str) -> None:
    assert normalise_fraktion(name) == "GRÜNE"


def test_other_names_keep_their_words() -> None:
    assert normalise_fraktion("Die Linke.") == "Die Linke"
    assert normalise_fraktion("Fraktion Freie Bürger Talheim") == "Freie Bürger Talheim"
