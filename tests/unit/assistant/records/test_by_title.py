"""Papers that a question names by their subject: one, several, none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import answer_question
from assistant.types import Answer, AnswerStatus, Label, Reference
from assistant.wiring import Parts
from index.types import Access, Drucksachennummer, Schutzstufe
from tests.sample_records import ANTRAG, antrag, make_parts, stored

OPERATOR = Access.operator("lvs")
PUBLIC = Access(frozenset({"lvs"}), frozenset({Schutzstufe.OEFFENTLICH}))


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    wired = make_parts(tmp_path)
    yield wired
    wired.store.close()


def ask(parts: Parts, text: str, access: Access = OPERATOR) -> Answer:
    return answer_question(parts, text, access, use_generator=False)


def test_the_one_paper_that_fits_is_named_and_its_status_told(parts: Parts) -> None:
    answer = ask(parts, "Wurde der Antrag zu den Leihrädern angenommen?")
    assert answer.kind == "status" and answer.status is AnswerStatus.ANSWERED
    assert [(claim.text, claim.label) for claim in answer.claims] == [
        (
            "Nach Titel und Betreff ist gemeint: Antrag Nr. 15/12 vom 14.03.2023, „Leihräder für "
            "Museumsgäste“.",
            Label.ABGELEITET,
        ),
        (
            "Ja. Laut Ergebnisvermerk: „Entsprechend Beschlussvorschlag beschlossen.“",
            Label.BELEGT,
        ),
    ]
    quotes = {citation.number: citation.quote for citation in answer.citations}
    assert [quotes[n] for n in answer.claims[0].citations] == [
        "Antrag Nr. 15/12",
        "Datum: 14.03.2023",
        "Leihräder für Museumsgäste",
    ]
    assert answer.reference == Reference(("Antrag 15/12",), "status")


@pytest.mark.parametrize(
    "text",
    [
        "Was wurde aus den Leihrädern für die Gäste?",
        "Wie ist der Antrag der SPD zu den Leihrädern ausgegangen?",
        "Hat die Landschaftsversammlung den Leihrädern zugestimmt?",
        "Wie ging der Antrag von 2023 zu den Mieträdern aus?",
    ],
)
def test_mover_body_year_and_other_words_for_it_lead_to_the_same_paper(
    parts: Parts, text: str
) -> None:
    answer = ask(parts, text)
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.reference == Reference(("Antrag 15/12",), "status")


@pytest.mark.parametrize(
    "text",
    [
        "Wurde der Antrag zu den Leihrädern für Schulen angenommen?",
        "Wurde die Vorlage zu den Leihrädern angenommen?",
        "Wurde der Antrag aus der 14. Wahlperiode zu den Leihrädern angenommen?",
        "Wurde der Antrag von 2021 zu den Leihrädern angenommen?",
        "Hat der Schulausschuss die Leihräder abgelehnt?",
    ],
)
def test_a_word_that_does_not_fit_leaves_the_question_open(parts: Parts, text: str) -> None:
    assert ask(parts, text).kind == "offen"


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        (
            "Wer hat den Antrag zu den Leihrädern gestellt?",
            "antragsteller",
            "Antragsteller von Antrag Nr. 15/12: CDU, SPD.",
        ),
        (
            "Wann wurde der Antrag zu den Leihrädern eingebracht?",
            "datum",
            "Antrag Nr. 15/12 trägt das Datum 14.03.2023.",
        ),
        (
            "In welchem Ausschuss wurde der Antrag zu den Leihrädern beraten?",
            "beratungsfolge",
            "Vorgesehene Beratung: Kulturausschuss, 20.04.2023, empfehlender Beschluss.",
        ),
    ],
)
def test_mover_day_and_stations_are_told_of_what_is_called_a_paper(
    parts: Parts, text: str, kind: str, said: str
) -> None:
    answer = ask(parts, text)
    assert answer.kind == kind and answer.status is AnswerStatus.ANSWERED
    assert answer.claims[0].text.startswith("Nach Titel und Betreff ist gemeint: Antrag Nr. 15/12")
    assert answer.claims[1].text == said


def test_who_did_something_else_is_asked_of_no_paper(parts: Parts) -> None:
    assert ask(parts, "Wer hat die Leihräder gestellt?").kind == "offen"


def test_a_wrong_mover_is_corrected(parts: Parts) -> None:
    answer = ask(parts, "Wurde der Antrag der FDP zu den Leihrädern angenommen?")
    assert answer.status is AnswerStatus.ABSTAINED
    assert answer.abstained_because == (
        "Antrag 15/12 „Leihräder für Museumsgäste“: Als Antragsteller ist jemand anderes erfasst, "
        "als die Frage annimmt: CDU, SPD."
    )


def test_several_papers_are_asked_back_and_none_is_guessed(parts: Parts) -> None:
    text = ANTRAG.replace("15/12", "15/13").replace("Museumsgäste", "Beschäftigte")
    parts.store.add([stored(antrag(text=text, nummer=13))])
    answer = ask(parts, "Was wurde aus den Leihrädern?")
    assert answer.kind == "status" and answer.status is AnswerStatus.CLARIFY
    assert answer.claims == ()
    assert answer.abstained_because == (
        "Die Worte der Frage passen auf mehrere Drucksachen: Antrag 15/13 „Leihräder für "
        "Museumsgäste“; Antrag 15/12 „Leihräder für Museumsgäste“. Welche ist gemeint?"
    )


def test_a_closed_paper_is_not_named_to_whom_it_is_closed(parts: Parts) -> None:
    question = "Wurde der Ankauf eines Grundstücks beschlossen?"
    known = ask(parts, question)
    assert known.kind == "status"
    assert "Vorlage Nr. 15/12 vom 02.02.2023: Ergebnis nicht erfasst." in known.text
    hidden = ask(parts, question, PUBLIC)
    assert hidden.kind == "offen"
    assert str(Drucksachennummer.of(15, 12)) not in hidden.text
