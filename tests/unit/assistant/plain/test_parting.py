"""Sentences are cut into statements only where each part says the same alone."""

from __future__ import annotations

import pytest

from assistant.plain.parting import further_cuts, statements


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Die Erben verlangen 88.000 €; das Land hat einen Zuschuss zugesagt.",
            ["Die Erben verlangen 88.000 €", "das Land hat einen Zuschuss zugesagt."],
        ),
        (
            "mehrheitlich angenommen Ja: 10 (SPD, FDP) Nein: 6 (CDU) Enthaltung: 1 (Volt)",
            [
                "mehrheitlich angenommen",
                "Ja: 10 (SPD, FDP)",
                "Nein: 6 (CDU)",
                "Enthaltung: 1 (Volt)",
            ],
        ),
        ("Ja: 12, Nein: 4, Enthaltungen: 1", ["Ja: 12", "Nein: 4", "Enthaltungen: 1"]),
        (
            "ungeändert beschlossen Einstimmig bei Enthaltung der FDP.",
            ["ungeändert beschlossen", "Einstimmig bei Enthaltung der FDP."],
        ),
        (
            "Sozialausschuss 15.02.2017: vertagt Kulturausschuss 10.05.2017: zur Kenntnis genommen",
            [
                "Sozialausschuss 15.02.2017: vertagt",
                "Kulturausschuss 10.05.2017: zur Kenntnis genommen",
            ],
        ),
        (
            "Die Bahn ist zu weit weg, und die Räder schließen diese Lücke.",
            ["Die Bahn ist zu weit weg", "und die Räder schließen diese Lücke."],
        ),
        ("Erster Satz. Zweiter Satz.", ["Erster Satz.", "Zweiter Satz."]),
    ],
)
def test_a_sentence_is_cut_into_its_statements(text: str, expected: list[str]) -> None:
    assert statements(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Verkauft werden sollen nicht: Häuser; Grundstücke werden verpachtet.",
        "Nicht verkauft werden Häuser; Grundstücke; Wege.",
        "Der Zuschuss (40.000 €; er wird geprüft) ist zugesagt.",
        "Wenn das Geld reicht, und die Stelle besetzt ist, wird gebaut.",
        "Nur soweit das Geld reicht, und die Verwaltung zustimmt.",
        "Die Verwaltung prüft, ob das Dach hält, und die Kosten werden berichtet.",
        "Der Antrag wurde am 15.02.2017 vertagt.",
        "Die Vorlage nennt drei Dinge: das Dach ist alt, und die Fenster sind undicht.",
    ],
)
def test_what_hangs_together_stays_together(text: str) -> None:
    assert statements(text) == [text]


def test_whoever_writes_anew_may_end_a_sentence_before_a_main_clause_only() -> None:
    text = "Das Haus ist alt, aber der Keller ist trocken, denn er wurde 2011 saniert."
    assert further_cuts(text) == [
        "Das Haus ist alt",
        "aber der Keller ist trocken",
        "denn er wurde 2011 saniert.",
    ]
    for whole in (
        "Die CDU hat nicht beantragt, das Haus zu kaufen, und den Hof zu verkaufen.",
        "Die Stadt zahlt, wenn der Bund zahlt, und das Land hat zugestimmt.",
    ):
        assert further_cuts(whole) == [whole]
