"""The house's own words around a quote become a heading; the quote stays whole."""

from __future__ import annotations

import pytest

from assistant.plain.frames import Framed, framed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ja, mit Änderungen. Laut Ergebnisvermerk: „Geändert beschlossen.“",
            Framed(
                ("Ja, mit Änderungen.", "So ist das Ergebnis auf der Drucksache vermerkt:"),
                "Geändert beschlossen.",
            ),
        ),
        (
            "Niederschrift Ausschuss für Umwelt am 21.03.2024 (empfehlend): „vertagt“",
            Framed(
                (
                    "So steht es in der Niederschrift (empfehlend): Ausschuss für Umwelt am 21.03.2024.",
                ),
                "vertagt",
            ),
        ),
        (
            "Beantragt ist (FDP, Die Linke.): „Die Mittel werden begrenzt.“",
            Framed(
                (
                    "Das ist beantragt. Ein Antrag ist noch kein Beschluss.",
                    "Antragsteller: FDP, Die Linke.",
                ),
                "Die Mittel werden begrenzt.",
            ),
        ),
        (
            "Nach Darstellung der Antragsteller (CDU): Der Steg ist gesperrt.",
            Framed(("So stellen es die Antragsteller dar (CDU):",), "Der Steg ist gesperrt."),
        ),
        (
            "Vorgesehene Beratung: Ausschuss für Kultur, Sport und Bad, 21.03.2024, Beschluss.",
            Framed(
                ("Vorgesehene Beratung:",),
                "",
                (
                    "Gremium: Ausschuss für Kultur, Sport und Bad.",
                    "Tag: 21.03.2024.",
                    "Art der Beratung: Beschluss.",
                ),
            ),
        ),
        (
            "Vorlage Nr. 15/1640 trägt das Datum 22.02.2024.",
            Framed(("Auf Vorlage Nr. 15/1640 steht dieses Datum: 22.02.2024.",)),
        ),
        (
            "Personal, Tabelle „Plan“, Ansatz 2024: -23.900 T€.",
            Framed(("Personal, Tabelle „Plan“:",), "", ("Ansatz 2024: -23.900 T€.",)),
        ),
        (
            "§ 8: „(2) Der Vorsitz ist mitzuteilen.“",
            Framed(("§ 8:",), "(2) Der Vorsitz ist mitzuteilen."),
        ),
        (
            "Umsetzung laut Beschlusskontrolle (Vorlage Nr. 14/2 vom 17.04.2018): Übersicht; Zeile: X; "
            "Sachstand: erledigt; drei Boote im Einsatz",
            Framed(
                (
                    "So berichtet die Beschlusskontrolle (Vorlage Nr. 14/2 vom 17.04.2018) über die Umsetzung:",
                ),
                "",
                ("Übersicht", "Zeile: X", "Sachstand: erledigt; drei Boote im Einsatz"),
            ),
        ),
    ],
)
def test_a_known_form_is_taken_apart(text: str, expected: Framed) -> None:
    assert framed(text, "offen") == expected


def test_a_row_of_a_list_is_told_line_by_line_in_a_list_only() -> None:
    row = (
        "Antrag Nr. 15/176 vom 21.03.2023 (Freie Wähler): Umzug nach Grevenau – Ergebnis: „vertagt“"
    )
    assert framed(row, "liste") == Framed(
        (
            "Antrag Nr. 15/176 vom 21.03.2023.",
            "Antragsteller: Freie Wähler.",
            "Thema: Umzug nach Grevenau.",
            "Ergebnis:",
        ),
        "vertagt",
    )
    assert framed(row, "betrag") == Framed(
        ("Antrag Nr. 15/176 vom 21.03.2023 (Freie Wähler): Umzug nach Grevenau – Ergebnis:",),
        "vertagt",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Vorlage Nr. 15/7/1 vom 27.01.2012 ändert Vorlage Nr. 15/7.",
        "Das Wort „Steg“ wird durch „Brücke“ ersetzt.",
        "Ersetzt wird: „Steg“ durch „Brücke“",
    ],
)
def test_any_other_sentence_is_left_whole(text: str) -> None:
    assert framed(text, "offen") is None
