"""Who moves a paper, in the places where councils print it."""

from __future__ import annotations

import pytest

from ingest.papers.kopfdaten import read_kopfdaten
from ingest.papers.structure import read_sections
from tests.unit.ingest.table_papers import read


def movers(text: str) -> list[str]:
    return [mover.value for mover in read(text.encode()).kopfdaten.antragsteller]


PLACE = (
    "Gremien Termin TOP Ö / N Zuständigkeit\n\nOrtschaftsrat Talheim 15.05.2024 Ö Entscheidung\n\n"
)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Eingang: 30.04.2024, CDU-Ortschaftsratsfraktion", ["CDU"]),
        (
            "Eingang: 19.05.2024\n\nHitze in Talheim\nB ́90/DIE GRÜNEN-OR-Fraktion",
            ["B ́90/DIE GRÜNEN"],
        ),
        (
            "Eingang: 15.06.2024\n\nLadeplan\n"
            "Interfraktioneller Antrag der FDP-, CDU- und SPD-Ortschaftsratsfraktionen",
            ["FDP", "CDU", "SPD"],
        ),
        (
            "Eingang: 28.06.2024\n\nHallenbad (Antrag der Ortschaftsratsfraktionen GRÜNE, CDU, SPD)",
            ["GRÜNE", "CDU", "SPD"],
        ),
    ],
)
def test_the_mover_stands_behind_the_receipt_or_below_the_title(
    line: str, names: list[str]
) -> None:
    head = f"Antrag\n\nVorlage Nr.: 2024/0494\n\n{line}\n\n{PLACE}"
    assert movers(f"{head}Antrag:\n\nDie Verwaltung errichtet ein Klassenzimmer.\n") == names


@pytest.mark.parametrize(
    ("sender", "names"),
    [
        ("Fraktionen GRÜNE, CDU, SPD, Linke, KAL, Hebelstraße 21, 76133 Talheim",
         ["GRÜNE", "CDU", "SPD", "Linke", "KAL"]),
        ("Fraktionen von CDU und SPD", ["CDU", "SPD"]),
    ],
)  # fmt: skip
def test_the_sender_of_a_motion_is_its_mover(sender: str, names: list[str]) -> None:
    assert (
        movers(f"{sender}\n\nHerrn Oberbürgermeister\n\n20.11.2024\n\nANTRAG\n\nBäder öffnen\n")
        == names
    )


def test_the_words_of_a_motion_are_nobody() -> None:
    text = (
        f"Antrag\n\nVorlage Nr.: 2024/0500\n\nEingang: 26.04.2024\n\nBrücke\n\n{PLACE}Antrag:\n\n"
        "Die Ergebnisse der letzten Prüfungen werden dem Ortschaftsrat vorgestellt, bzw. verteilt.\n"
    )
    assert (
        movers("Antrag\n\nDie Fraktionen des Ortschaftsrates beantragen gemeinsam Bäume.\n") == []
    )
    kopfdaten = read_kopfdaten(text, read_sections(text))
    assert kopfdaten.antragsteller == ()
    assert movers(text) == []
