"""Which questions ask for the last sitting on a matter, or for the votes of a sitting."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.sittings.consultation_question import ConsultationRequest, read_consultation
from assistant.sittings.reading import BodyNamed
from assistant.sittings.votes_question import VotesRequest, read_votes_request
from assistant.understanding.question import understand
from index.types import Stimmabgabe

BODIES = (
    "Landschaftsausschuss",
    "Schulausschuss",
    "Kommission Inklusion",
    "Ausschuss für Digitalisierung und Verwaltung",
    "Ausschuss für Umwelt und Klimaschutz",
    "Ausschuss für Bau und Vergabe",
    "Ausschuss für Bau und Verkehr",
)
LA, DIGITAL, UMWELT = BODIES[0], BODIES[3], BODIES[4]
JA, NEIN, ENTHALTUNG = Stimmabgabe.JA, Stimmabgabe.NEIN, Stimmabgabe.ENTHALTUNG


def consultation(text: str) -> ConsultationRequest | None:
    return read_consultation(understand(text), lambda: BODIES)


def votes(text: str) -> VotesRequest | None:
    return read_votes_request(understand(text), lambda: BODIES)


@pytest.mark.parametrize(
    ("text", "topic", "body", "first"),
    [
        ("Wann wurde zuletzt über KI beraten?", "KI", None, False),
        ("wann zuletzt KI beraten", "KI", None, False),
        ("Wann wurde zulezt über die Archivpflege beratten?", "Archivpflege", None, False),
        (
            "Wann wurde das letzte Mal über Künstliche Intelligenz gesprochen?",
            "Künstliche Intelligenz",
            None,
            False,
        ),
        (
            "In welcher Sitzung ging es zuletzt um die Fahrzeugflotte?",
            "Fahrzeugflotte",
            None,
            False,
        ),
        (
            "Wann war das Thema Inklusion das letzte Mal auf der Tagesordnung?",
            "Inklusion",
            None,
            False,
        ),
        ("Wann stand Inklusion zuletzt auf der Tagesordnung?", "Inklusion", None, False),
        (
            "Wann hat sich der Schulausschuss zuletzt mit der Schülerbeförderung befasst?",
            "Schülerbeförderung",
            "Schulausschuss",
            False,
        ),
        (
            "Wann befasste sich der LA zuletzt mit dem Wissensassistenten?",
            "Wissensassistenten",
            LA,
            False,
        ),
        (
            "Wann wurde im Schulausschuss zuletzt über Ferienbetreuung beraten?",
            "Ferienbetreuung",
            "Schulausschuss",
            False,
        ),
        (
            "Wann ist das Thema Barrierefreiheit zum ersten Mal beraten worden?",
            "Barrierefreiheit",
            None,
            True,
        ),
        (
            "Wann war die Dachbegrünung zum letzten Mal Thema im Umweltausschuss?",
            "Dachbegrünung",
            UMWELT,
            False,
        ),
        ("Letzte Beratung zum Fuhrparkkonzept?", "Fuhrparkkonzept", None, False),
        ("Letzte Sitzung zum Thema KI", "KI", None, False),
        (
            "Wann haben wir zuletzt über die Landschaftsumlage beraten?",
            "Landschaftsumlage",
            None,
            False,
        ),
        ("In welcher Sitzung wurde erstmals über KI beraten?", "KI", None, True),
        (
            "Können Sie mir bitte sagen, wann zuletzt über die Kulturförderung beraten wurde?",
            "Kulturförderung",
            None,
            False,
        ),
        (
            "Ich wüsste gern, wann das Job-Coaching zuletzt auf der Tagesordnung stand.",
            "Job-Coaching",
            None,
            False,
        ),
        ("Wann kam das Sozialticket zuletzt auf die Tagesordnung?", "Sozialticket", None, False),
        (
            "Wann wurde über die Telefonanlage zum letzten mal gesprochen?",
            "Telefonanlage",
            None,
            False,
        ),
        (
            "Bei welcher Sitzung wurde zuletzt das Thema Archivpflege behandelt?",
            "Archivpflege",
            None,
            False,
        ),
        (
            "Wann ging es im Schulausschuss das letzte Mal um Tarifbindung?",
            "Tarifbindung",
            "Schulausschuss",
            False,
        ),
        ("In welchem Ausschuss wurde zuletzt über KI beraten?", "KI", None, False),
        (
            "Wann wurde letztmalig über die Übertragung der Sitzungen diskutiert?",
            "Übertragung",
            None,
            False,
        ),
        (
            "Wann tauchte das Thema KI erstmals auf der Tagesordnung des Digitalausschusses auf?",
            "KI",
            DIGITAL,
            True,
        ),
        ("Wann war KI zuletzt TOP im LA?", "KI", LA, False),
        (
            "Wann ging es das letzte Mal um das Fuhrparkkonzept 2032?",
            "Fuhrparkkonzept 2032",
            None,
            False,
        ),
    ],
)
def test_the_last_or_first_sitting_is_asked_for_in_many_ways(
    text: str, topic: str, body: str | None, first: bool
) -> None:
    request = consultation(text)
    assert request is not None
    assert (request.topic, request.body, request.first, request.years) == (
        topic,
        BodyNamed(body),
        first,
        (),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Wann wurde der Antrag 15/148 zuletzt beraten?",
        "Wann wurde der Antrag zur Fahrzeugflotte zuletzt beraten?",
        "Wann hat der Landschaftsausschuss zuletzt getagt?",
        "Wann fand die letzte Sitzung des Landschaftsausschusses statt?",
        "Wann wurde die Archivsatzung zuletzt geändert?",
        "Wann wurde zuletzt über die Satzung beraten und beschlossen?",
        "Wie hoch waren zuletzt die Personalaufwendungen?",
        "Wie viele Sitzungen gab es zuletzt zum Thema KI?",
        "Warum wurde zuletzt über KI beraten?",
        "Was wurde zuletzt zu KI beraten?",
        "Wer hat zuletzt über KI gesprochen?",
        "Wann wird das nächste Mal über KI beraten?",
        "Wann wurde über KI beraten?",
        "Wann wurde vor 2020 zuletzt über KI beraten?",
        "Wann wurde in der 14. Wahlperiode zuletzt über KI beraten?",
        "Wann hat das Museum zuletzt geöffnet?",
        "Welche Vorlagen wurden zuletzt im Schulausschuss beraten?",
        "Wann wurde zuletzt und zum ersten Mal über KI beraten?",
    ],
)
def test_other_questions_for_days_and_sittings_are_left_alone(text: str) -> None:
    assert consultation(text) is None


def test_years_and_bodies_that_are_not_known_are_understood_too() -> None:
    request = consultation("Wann wurde 2023 zuletzt im Verkehrsrat über KI beraten?")
    assert (
        request is not None
        and request.years == (2023,)
        and request.words
        == (
            "Verkehrsrat",
            "KI",
        )
    )
    request = consultation("Wann wurde im Finanzausschuss zuletzt über KI beraten?")
    assert request is not None
    assert request.body.problem == "Ein Gremium „Finanzausschuss“ ist nicht erfasst."
    request = consultation("Wann wurde im Bauausschuss zuletzt über KI beraten?")
    assert request is not None
    assert request.body.problem == (
        "„Bauausschuss“ kann heißen: Ausschuss für Bau und Vergabe; Ausschuss für Bau und "
        "Verkehr. Was ist gemeint?"
    )


@pytest.mark.parametrize(
    ("text", "body", "sides"),
    [
        ("Wer hat im Landschaftsausschuss am 26.10.2023 dagegen gestimmt?", LA, (NEIN,)),
        ("Wie wurde am 26.10.2023 im Digitalausschuss abgestimmt?", DIGITAL, ()),
        ("Gab es im Umweltausschuss am 26.10.2023 Gegenstimmen?", UMWELT, (NEIN,)),
        ("Gab es am 26.10.2023 im Umweltausschuss Enthaltungen?", UMWELT, (ENTHALTUNG,)),
        ("Wer hat sich im LA am 26.10.2023 enthalten?", LA, (ENTHALTUNG,)),
        ("Wer stimmte am 26.10.2023 im Landschaftsausschuss dagegen?", LA, (NEIN,)),
        (
            "Welche Fraktionen haben am 26. Oktober 2023 im Landschaftsausschuss mit Nein gestimmt?",
            LA,
            (NEIN,),
        ),
        ("Abstimmungen im Landschaftsausschuss am 26.10.2023", LA, ()),
        ("Abstimmungsergebnisse der Sitzung des LA vom 26.10.2023", LA, ()),
        ("Wie haben die Fraktionen im Schulausschuss am 26.10.2023 abgestimmt?", BODIES[1], ()),
        ("Wer war am 26.10.2023 im LA dagegen?", LA, (NEIN,)),
        ("Hat im LA am 26.10.2023 jemand dagegen gestimmt?", LA, (NEIN,)),
        ("Hat sich am 26.10.2023 im LA jemand enthalten?", LA, (ENTHALTUNG,)),
        (
            "Gab es in der Sitzung des LA vom 26.10.2023 Gegenstimmen oder Enthaltungen?",
            LA,
            (NEIN, ENTHALTUNG),
        ),
        ("Mit welchen Mehrheiten wurde am 26.10.2023 im LA abgestimmt?", LA, ()),
        ("Wurde am 26.10.2023 im LA alles einstimmig beschlossen?", LA, ()),
        (
            "Bitte nennen Sie mir die Gegenstimmen im Digitalausschuss am 26.10.2023.",
            DIGITAL,
            (NEIN,),
        ),
        ("Wie viele Gegenstimmen gab es am 26.10.2023 im LA?", LA, (NEIN,)),
        ("Wie ist am 26.10.2023 abgestimmt worden?", None, ()),
        ("Wer hat am 26.10.2023 zugestimmt?", None, (JA,)),
        ("Wer enthielt sich am 26.10.2023 im Umweltausschuss?", UMWELT, (ENTHALTUNG,)),
        ("Stimmverhalten im LA am 26.10.2023 bitte", LA, ()),
        ("Wie verliefen die Abstimmungen im LA am 26.10.2023?", LA, ()),
        ("Gab es Enthaltungen im LA (26.10.2023)?", LA, (ENTHALTUNG,)),
        ("Wer stimmte am 26.10.2023 mit Ja?", None, (JA,)),
        ("Welche Beschlüsse hat der Landschaftsausschuss am 26.10.2023 gefasst?", LA, ()),
        ("Welche Beschlüsse fasste der LA am 26.10.2023?", LA, ()),
        ("Was wurde am 26.10.2023 im LA beschlossen?", LA, ()),
    ],
)
def test_the_votes_of_a_day_are_asked_for_in_many_ways(
    text: str, body: str | None, sides: tuple[Stimmabgabe, ...]
) -> None:
    assert votes(text) == VotesRequest(date(2023, 10, 26), BodyNamed(body), sides, (), ())


def test_a_fraktion_and_a_matter_restrict_what_is_told() -> None:
    assert votes("Wie hat die SPD am 26.10.2023 im LA gestimmt?") == VotesRequest(
        date(2023, 10, 26), BodyNamed(LA), (), ("SPD",), ()
    )
    assert votes("Wer war am 26.10.2023 im LA gegen den Umzug?") == VotesRequest(
        date(2023, 10, 26), BodyNamed(LA), (NEIN,), (), ("Umzug",)
    )
    assert votes("Wer hat am 26.10.2023 gegen den Umzug der Verwaltung gestimmt?") == VotesRequest(
        date(2023, 10, 26), BodyNamed(), (NEIN,), (), ("Umzug", "Verwaltung")
    )


@pytest.mark.parametrize(
    "text",
    [
        "Wie endete die Abstimmung über die Fahrzeugflotte im Umweltausschuss?",
        "Wie ging die Abstimmung über die Fahrzeugflotte im Umweltausschuss aus?",
        "Was kam bei der Abstimmung über die Fahrzeugflotte im Umweltausschuss heraus?",
        "Ergebnis der Abstimmung zur Fahrzeugflotte im Umweltausschuss",
    ],
)
def test_the_vote_of_a_body_on_a_matter_needs_no_day(text: str) -> None:
    assert votes(text) == VotesRequest(None, BodyNamed(UMWELT), (), (), ("Fahrzeugflotte",))


@pytest.mark.parametrize(
    "text",
    [
        "Wer hat am 26.10.2023 gegen den Antrag 15/224 gestimmt?",
        "Wer war am 26.10.2023 im Landschaftsausschuss anwesend?",
        "Was wurde am 26.10.2023 im LA beraten?",
        "Alle Anträge, die am 26.10.2023 gegen die Stimmen der CDU abgelehnt wurden",
        "Wie oft hat die CDU 2023 dagegen gestimmt?",
        "Warum hat die CDU am 26.10.2023 im LA dagegen gestimmt?",
        "Wer hat am 26.10.2023 die Sitzung geleitet?",
        "Welche Vorlage wurde am 26.10.2023 vertagt?",
        "Wie stimmte Frau Meier am 26.10.2023?",
        "Wie wurde zwischen dem 26.10.2023 und dem 21.03.2024 abgestimmt?",
        "Wie wurde vor dem 26.10.2023 abgestimmt?",
        "Wird am 26.10.2023 abgestimmt?",
        "Sind Enthaltungen nach § 12 der Geschäftsordnung zulässig?",
        "Zählen Enthaltungen am Ende mit?",
        "Wie endete die Abstimmung über die Fahrzeugflotte?",
        "Wie wurde im Oktober 2023 abgestimmt?",
        "Welche Beschlüsse hat der Landschaftsausschuss gefasst?",
        "Was wurde zur Fahrzeugflotte beschlossen?",
        "Welche Drucksachen wurden am 26.10.2023 einstimmig beschlossen?",
    ],
)
def test_other_questions_for_votes_and_days_are_left_alone(text: str) -> None:
    assert votes(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Wer hat im Landschaftsausschuss dagegen gestimmt?",
        "Wer hat dagegen gestimmt?",
        "Wie wurde abgestimmt?",
        "Welche Fraktionen haben sich im Schulausschuss enthalten?",
    ],
)
def test_a_vote_that_nothing_names_is_asked_back(text: str) -> None:
    request = votes(text)
    assert request is not None
    assert request.names_no_vote


@pytest.mark.parametrize(
    "text", ["Wer hat gegen die Tarifbindung gestimmt?", "Wie hat die SPD zum Umzug gestimmt?"]
)
def test_a_vote_on_a_matter_is_no_vote_of_nothing(text: str) -> None:
    assert votes(text) is None
