"""Sentences that begin alike, told as one."""

from __future__ import annotations

import pytest

from assistant.begruendung.rewording.joining import joined, joint_of
from assistant.begruendung.rewording.shorter import MOST_CHARACTERS, runs, shorter
from assistant.begruendung.types import Absatz, Herkunft

MINUTES = "Niederschrift über die 7. Sitzung des Kulturausschusses am 16.02.2023"
VERWALTUNG = f"Ohne Zuordnung ist erfasst – Frau Tönnsing (Verwaltung), {MINUTES}"
SPD = f"Ohne Zuordnung ist erfasst – Herr Hövel (SPD), {MINUTES}"


def belegt(*texts: str, herkunft: Herkunft = Herkunft.BELEGT) -> list[Absatz]:
    return [Absatz(text, herkunft, (1,)) for text in texts]


def told(*texts: str, points: bool = False) -> str:
    joints = [joint for text in texts if (joint := joint_of(text)) is not None]
    assert len(joints) == len(texts)
    assert len({joint.key for joint in joints}) == 1
    return joined(joints, points=points)


def test_arguments_of_one_motion_are_told_under_one_lead() -> None:
    lead = "ist erfasst – nach Angabe von CDU, SPD und FDP, Antrag Nr. 15/1 vom 01.02.2023"
    assert told(f"Als Argument dafür {lead}: „A.“", f"Als Argument dafür {lead}: „B.“") == (
        "Als Argumente dafür sind erfasst (nach Angabe von CDU, SPD und FDP, Antrag Nr. 15/1 vom "
        "01.02.2023): „A.“; „B.“"
    )
    against = joint_of(f"Als Argument dagegen {lead}: „B.“")
    in_favour = joint_of(f"Als Argument dafür {lead}: „A.“")
    assert against and in_favour and against.key != in_favour.key


def test_each_speaker_keeps_what_they_said() -> None:
    texts = (f"{VERWALTUNG}: „A.“", f"{VERWALTUNG}: „B.“", f"{SPD}: „C.“", f"{VERWALTUNG}: „D.“")
    assert told(*texts) == (
        f"Ohne Zuordnung sind erfasst ({MINUTES}): Frau Tönnsing (Verwaltung): „A.“, „B.“; "
        "Herr Hövel (SPD): „C.“; Frau Tönnsing (Verwaltung): „D.“"
    )
    assert told(*texts, points=True).splitlines()[1:3] == [
        "– Frau Tönnsing (Verwaltung): „A.“",
        "– Frau Tönnsing (Verwaltung): „B.“",
    ]


def test_words_without_a_speaker_are_never_put_under_one() -> None:
    unnamed = joint_of(f"Ohne Zuordnung ist erfasst – {MINUTES}: „A.“")
    named = joint_of(f"{SPD}: „B.“")
    assert unnamed and named and unnamed.key != named.key


def test_words_that_are_outdated_stay_a_paragraph_of_their_own() -> None:
    mark = " (überholt, siehe Vorlage Nr. 15/2/1 vom 03.02.2023)"
    lead = "Als Argument dafür ist erfasst – Vorlage Nr. 15/2 vom 02.02.2023"
    assert joint_of(f"{lead}: „A.“") is not None
    assert joint_of(f"{lead}: „A.“{mark}") is None


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            (
                "Für den 01.02.2023 war die Beratung vorgesehen: Kulturausschuss (Beschluss).",
                "Für den 02.02.2023 war die Beratung vorgesehen: Ausschuss für Klima.",
            ),
            "Die Beratung war vorgesehen: Kulturausschuss am 01.02.2023 (Beschluss); Ausschuss für "
            "Klima am 02.02.2023.",
        ),
        (
            (
                "Niederschrift liegt nicht vor: Kulturausschuss am 01.02.2023.",
                "Niederschrift liegt nicht vor: Ausschuss für Klima am 02.02.2023.",
            ),
            "Niederschrift liegt nicht vor: Kulturausschuss am 01.02.2023; Ausschuss für Klima am "
            "02.02.2023.",
        ),
        (
            (
                "Für Antrag Nr. 15/1 war vorgesehen: Kulturausschuss, 01.02.2023, Beschluss.",
                "Für Antrag Nr. 15/1 war vorgesehen: Sozialausschuss, 02.02.2023.",
            ),
            "Für Antrag Nr. 15/1 war vorgesehen: Kulturausschuss, 01.02.2023, Beschluss; "
            "Sozialausschuss, 02.02.2023.",
        ),
        (
            (
                f"Zu Antrag Nr. 15/1 vermerkt die {MINUTES}, TOP 2, als Beschluss: „A“",
                f"Zu Antrag Nr. 15/1 vermerkt die {MINUTES}, TOP 2, als Abstimmung (Beschluss): „B“",
            ),
            f"Zu Antrag Nr. 15/1 vermerkt die {MINUTES}, TOP 2, als Beschluss: „A“; als Abstimmung "
            "(Beschluss): „B“",
        ),
        (
            (
                f"{MINUTES}, TOP 2 (Empfehlung): „A“",
                f"{MINUTES}, TOP 2, Abstimmung (Empfehlung): „B“",
            ),
            f"{MINUTES}, TOP 2: Empfehlung: „A“; Abstimmung (Empfehlung): „B“",
        ),
        (
            (
                "Vorlage Nr. 15/2 vom 02.02.2023: Bau: 300 €",
                "Vorlage Nr. 15/2 vom 02.02.2023: Summe: 400 €",
            ),
            "Vorlage Nr. 15/2 vom 02.02.2023: Bau: 300 €; Summe: 400 €",
        ),
        (
            (
                "Vorschlag zum Prüfen, Leichte Sprache: „A“ (Antrag Nr. 15/1)",
                "Vorschlag zum Prüfen, Leichte Sprache: „B“ (Antrag Nr. 15/1)",
            ),
            "Vorschläge zum Prüfen, Leichte Sprache (Antrag Nr. 15/1): „A“; „B“",
        ),
        (
            ("Darauf bezieht sich Antrag Nr. 15/1.", "Darauf bezieht sich Vorlage Nr. 15/2."),
            "Darauf beziehen sich: Antrag Nr. 15/1; Vorlage Nr. 15/2.",
        ),
        (
            ("Quelle: Antrag Nr. 15/1, „A“.", "Quelle: Vorlage Nr. 15/2, „B“."),
            "Quellen: Antrag Nr. 15/1, „A“; Vorlage Nr. 15/2, „B“.",
        ),
    ],
)
def test_what_introduces_them_is_said_once(texts: tuple[str, ...], expected: str) -> None:
    assert told(*texts) == expected


def test_only_neighbours_of_one_origin_are_joined_and_planned_sittings_apart_from_gaps() -> None:
    planned = "Für den 0{}.02.2023 war die Beratung vorgesehen: Kulturausschuss."
    gap = "Niederschrift liegt nicht vor: Kulturausschuss am 0{}.02.2023."
    texts = [planned.format(1), gap.format(1), planned.format(2), gap.format(2)]
    origins = [Herkunft.BELEGT, Herkunft.ABGELEITET] * 2
    absaetze = [Absatz(t, h, (1,)) for t, h in zip(texts, origins, strict=True)]
    assert [run.places for run in runs(absaetze)] == [(0, 2), (1, 3)]
    between = [absaetze[0], *belegt("Etwas anderes."), absaetze[2]]
    assert list(runs(between)) == []
    assert list(runs(belegt(planned.format(1), planned.format(2), herkunft=Herkunft.EIGEN))) == []


def test_a_joined_paragraph_does_not_grow_without_end() -> None:
    texts = [f"{SPD}: „{'Wort ' * 50}{n}.“" for n in range(6)]
    assert [run.places for run in runs(belegt(*texts), MOST_CHARACTERS)] == [(0, 1), (2, 3), (4, 5)]
    assert [run.places for run in runs(belegt(*texts))] == [(0, 1, 2, 3, 4, 5)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Die Frist wird zum jetzigen Zeitpunkt geprüft.",
            "Die Frist wird derzeit geprüft.",
        ),
        (
            "Aufgrund der Tatsache, dass das Dach undicht ist, wird saniert.",
            "Weil das Dach undicht ist, wird saniert.",
        ),
        (
            "Die Kosten steigen, wie bereits erwähnt, um 3 Prozent.",
            "Die Kosten steigen um 3 Prozent.",
        ),
        ("Das Land hat bekanntlich zugestimmt.", "Das Land hat zugestimmt."),
        ("Bekanntlich hat das Land zugestimmt.", "Bekanntlich hat das Land zugestimmt."),
        ("Das ist bekanntlich.", "Das ist bekanntlich."),
        ("Er sagt „zum jetzigen Zeitpunkt“ nichts.", "Er sagt „zum jetzigen Zeitpunkt“ nichts."),
        ("[prüfen: zum jetzigen Zeitpunkt]", "[prüfen: zum jetzigen Zeitpunkt]"),
    ],
)
def test_long_phrases_take_their_short_form_outside_of_quotes(text: str, expected: str) -> None:
    assert shorter(text) == expected
