"""Which questions ask for precedents, and on which topic."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.material.precedent_question import read_precedent_question
from assistant.understanding.question import understand

TODAY = date(2025, 6, 30)

ASKED = {
    "Welche Präzedenzfälle gibt es für Facharbeitskreise?": "Facharbeitskreise",
    "Welche Präzedenzfälle gibt es für Facharbeitskreise (z. B. „Nachhaltige Entwicklung“)?": "Facharbeitskreise",
    "Präzedenzfälle Leihräder": "Leihräder",
    "präzedenzfall leihräder?": "leihräder",
    "Gibt es Präzendenzfälle zum Thema Leihräder?": "Leihräder",
    "Nenne mir bitte die Präzedenzfälle zu Leihrädern.": "Leihrädern",
    "Ich brauche Vergleichsfälle zur Dachbegrünung": "Dachbegrünung",
    "Gab es schon einmal Anträge zu Leihrädern?": "Leihrädern",
    "Gab es schon mal einen Antrag zu Leihrädern": "Leihrädern",
    "Gab es früher bereits Vorlagen zum Thema Leihräder?": "Leihräder",
    "Gibt es schon Beschlüsse zur Barrierefreiheit?": "Barrierefreiheit",
    "Gibt es bereits einen Beschluss zum mobilen Arbeiten?": "mobilen Arbeiten",
    "Haben wir schon einmal einen Beschluss zu Leihrädern gefasst?": "Leihrädern",
    "Hatten wir schon Entscheidungen über Leihräder?": "Leihräder",
    "Liegen bereits Beschlüsse zu Leihrädern vor?": "Leihrädern",
    "Gab es in der Vergangenheit Initiativen zur Tarifbindung?": "Tarifbindung",
    "Wurde so etwas früher schon beschlossen oder abgelehnt?": "",
    "Wurde so etwas wie Leihräder schon einmal beantragt?": "Leihräder",
    "Wurde etwas Ähnliches wie die Leihräder jemals abgelehnt?": "Leihräder",
    "Wurde zu Leihrädern früher schon etwas beschlossen?": "Leihrädern",
    "Wurde über Leihräder schon einmal beraten?": "Leihräder",
    "Hat die Landschaftsversammlung zur Tarifbindung schon einmal entschieden?": "Tarifbindung",
    "Welche früheren Beschlüsse gibt es zu Leihrädern?": "Leihrädern",
    "Zeige frühere Entscheidungen zur Tarifbindung": "Tarifbindung",
    "Welche vergleichbaren Anträge gab es zu Leihrädern?": "Leihrädern",
    "Wie wurde früher über Leihräder entschieden?": "Leihräder",
    "Guten Tag, welche Präzedenzfälle haben wir für die Tarifbindung?": "Tarifbindung",
}
OTHERS = (
    "Wurde der Antrag 15/148 schon einmal vertagt?",
    "Was ist ein Präzedenzfall?",
    "Wie viele Anträge gab es zu Leihrädern?",
    "Welche Anträge gab es zu Leihrädern?",
    "Wann wurde zuletzt über Leihräder beraten?",
    "Warum wurden frühere Anträge zu Leihrädern abgelehnt?",
    "Gab es schon einmal eine Störung im Rechenzentrum?",
    "Wurde der Umzug schon beschlossen?",
    "Wurde der Antrag zum Umzug abgelehnt?",
    "Welche Miete zahlt der Verband für die frühere Grundschule?",
    "Steht bei der Vorlage 15/2480 schon ein Ergebnis?",
    "Gab es 2018 Anträge der Linken?",
    "Wer hat früher über Leihräder entschieden?",
    "Was wurde aus dem Antrag zu den Leihrädern?",
    "Gibt es Haushaltsanträge?",
    "Ist der Neubau schon fertig?",
    "Wer ist für die Leihräder zuständig?",
)


@pytest.mark.parametrize(("text", "topic"), ASKED.items())
def test_a_question_for_precedents_is_read_with_its_topic(text: str, topic: str) -> None:
    request = read_precedent_question(understand(text), TODAY)
    assert request is not None
    assert request.topic == topic


@pytest.mark.parametrize("text", OTHERS)
def test_other_questions_ask_for_no_precedent(text: str) -> None:
    assert read_precedent_question(understand(text), TODAY) is None


def test_a_period_and_a_fraktion_restrict_and_are_no_topic() -> None:
    request = read_precedent_question(
        understand("Welche Präzedenzfälle der SPD gibt es seit 2015 für Leihräder?"), TODAY
    )
    assert request is not None
    assert (request.topic, request.fraktionen) == ("Leihräder", ("SPD",))
    assert request.first == date(2015, 1, 1)
