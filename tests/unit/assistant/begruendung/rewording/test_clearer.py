"""Frames that say who does what, and verbs in the place of nouns."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.begruendung.rewording.clearer import clearer, clearer_prose
from assistant.begruendung.rewording.phrases import phrases

MINUTES = "Niederschrift über die 7. Sitzung des Kulturausschusses am 16.02.2023"
MARK = " (überholt, siehe Vorlage Nr. 15/2/1 vom 03.02.2023)"


def whole(statement: str) -> Sequence[str]:
    return [statement]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Der Antrag Nr. 15/1 vom 01.02.2023 „Räder“ wurde gestellt von: CDU und SPD.",
            "CDU und SPD haben den Antrag Nr. 15/1 vom 01.02.2023 „Räder“ gestellt.",
        ),
        (
            "Die Resolution Nr. 15/1 vom 01.02.2023 „Räder“ wurde gestellt von: FDP.",
            "FDP hat die Resolution Nr. 15/1 vom 01.02.2023 „Räder“ gestellt.",
        ),
        (
            "Für den 01.02.2023 war die Beratung vorgesehen: Ausschuss für Klima (zur Kenntnis).",
            "Die Beratung im Ausschuss für Klima war für den 01.02.2023 vorgesehen (zur Kenntnis).",
        ),
        (
            "Für den 01.02.2099 ist die Beratung vorgesehen: Landschaftsversammlung.",
            "Die Beratung in der Landschaftsversammlung ist für den 01.02.2099 vorgesehen.",
        ),
        ("Für den 01.02.2023 war die Beratung vorgesehen: Forum Rad.", None),
        (
            "Niederschrift liegt nicht vor: Kulturausschuss am 01.02.2023.",
            "Eine Niederschrift zum Kulturausschuss am 01.02.2023 liegt nicht vor.",
        ),
        (
            "Eine öffentlich verwendbare Niederschrift liegt hier nicht vor: "
            "Landschaftsversammlung am 01.02.2023.",
            "Eine öffentlich verwendbare Niederschrift zur Landschaftsversammlung am 01.02.2023 "
            "liegt hier nicht vor.",
        ),
        (
            "Vorlage Nr. 15/2 vom 02.02.2023, Beschlussvorschlag der Vorlage, für sich keine "
            f"Beschlusslage{MARK}: „Dem wird zugestimmt.“",
            "Der Beschlussvorschlag der Vorlage ist für sich keine Beschlusslage. In der Vorlage "
            f"Nr. 15/2 vom 02.02.2023{MARK} lautet er: „Dem wird zugestimmt.“",
        ),
        (
            f"{MINUTES}, TOP 2.1, Abstimmung (Empfehlung): „einstimmig“",
            f"Die {MINUTES} vermerkt unter TOP 2.1 als Abstimmung (Empfehlung): „einstimmig“",
        ),
        (
            f"{MINUTES}, TOP 2 (Beschluss): „Ja.“",
            f"Die {MINUTES} vermerkt unter TOP 2 als Beschluss: „Ja.“",
        ),
        (
            "Als Ergebnis ist auf der Drucksache Nr. 15/1 vermerkt: „Abgelehnt.“",
            "Auf der Drucksache Nr. 15/1 steht als Ergebnis: „Abgelehnt.“",
        ),
        (
            "Antrag Nr. 15/1 vom 01.02.2023, nach Angabe von CDU und SPD, Beschlussvorschlag: „Ja.“",
            "Nach Angabe von CDU und SPD (Antrag Nr. 15/1 vom 01.02.2023, Beschlussvorschlag): „Ja.“",
        ),
        (
            f"Vorlage Nr. 15/2 vom 02.02.2023{MARK}: „Es sind 3.“",
            f"In der Vorlage Nr. 15/2 vom 02.02.2023{MARK} heißt es: „Es sind 3.“",
        ),
        (
            "Als Argument dafür ist erfasst – nach Angabe von FDP, Antrag Nr. 15/1 vom 01.02.2023: "
            "„Es eilt.“",
            "Dafür spricht nach Angabe von FDP, Antrag Nr. 15/1 vom 01.02.2023: „Es eilt.“",
        ),
        (
            f"Als Argument dagegen ist erfasst – Herr Prasch (SPD), {MINUTES}: „Es kostet.“",
            f"Als Argument dagegen hält die {MINUTES} fest (Herr Prasch (SPD)): „Es kostet.“",
        ),
        (
            "Zu „Räder“ liegt vor: Vorlage Nr. 15/2 vom 02.02.2023, Dienststelle: Fachbereich 31.",
            "Zu „Räder“ liegt die Vorlage Nr. 15/2 vom 02.02.2023 vor. Dienststelle: Fachbereich 31.",
        ),
        ("Vorlage Nr. 15/2/1 vom 03.02.2023 ändert Vorlage Nr. 15/2.", None),
    ],
)
def test_a_sentence_of_the_house_says_who_does_what(text: str, expected: str | None) -> None:
    assert clearer(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Die Räder werden durch die Verwaltung bis zum 31.12.2024 bereitgestellt.",
            "Die Verwaltung stellt die Räder bis zum 31.12.2024 bereit.",
        ),
        (
            "Der Umbauplan wird von der Kämmerei nicht finanziert.",
            "Die Kämmerei finanziert den Umbauplan nicht.",
        ),
        # What would want another case, or may belong to the actor, stays.
        ("Der Mensch wird von der Verwaltung betreut.",) * 2,
        ("Die Räder und der Bau werden von der Verwaltung finanziert.",) * 2,
        ("Die Räder werden von der Verwaltung der Klinik geprüft.",) * 2,
        ("Die Räder werden von der Verwaltung beschlossen.",) * 2,
        (
            "Das Geld wurde zur Verfügung gestellt; die Frist ist einer Prüfung zu unterziehen.",
            "Das Geld wurde bereitgestellt. Die Frist ist zu prüfen.",
        ),
        ("Er sagt „zur Verfügung gestellt“.",) * 2,
    ],
)
def test_own_sentences_get_verbs_and_actors(text: str, expected: str) -> None:
    assert clearer_prose(text, whole) == expected


def test_no_phrase_touches_a_figure_or_a_name() -> None:
    known = phrases()
    for hard, easy in {**known.kuerzer, **known.klarer}.items():
        assert not any(char.isdigit() for char in hard + easy)
        assert "CDU" not in hard + easy
