"""The papers to choose from: what each says, and what became of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.begruendung.choice import LONGEST_SAID, Lager, candidates, said_at
from index.types import Document, Ergebnis, Outcome
from tests.sample_records import ANTRAG, anfrage, antrag, find, stored
from tests.unit.assistant.begruendung.kept import OPERATOR, House, house

REJECTED = "Abgelehnt bei fünf Stimmen dafür und zwanzig dagegen"


def rejected() -> Document:
    text = ANTRAG.replace("15/12", "15/88").replace(
        "Entsprechend Beschlussvorschlag beschlossen", REJECTED
    )
    whole = text.replace(REJECTED, f"{REJECTED}. Entsprechend Beschlussvorschlag beschlossen")
    paper = antrag("lvs", whole, 88)
    span = find(whole, f"{REJECTED}.")
    kopf = replace(paper.kopfdaten, ergebnis=Ergebnis(span.cut(whole), Outcome.ABGELEHNT, span))
    return replace(paper, kopfdaten=kopf)


@pytest.fixture
def kept(tmp_path: Path) -> House:
    return house(tmp_path)


def test_each_paper_says_what_it_asks_for_and_how_it_ended(kept: House) -> None:
    (found,) = candidates(kept.store, OPERATOR, [antrag()])
    assert (found.quelle, found.lager) == ("Antrag 15/12", Lager.BESCHLOSSEN)
    assert found.urheber == ("CDU", "SPD")
    assert found.gegenstand == "Leihräder für Museumsgäste"
    assert found.sagt is not None and found.ergebnis is not None
    assert found.sagt.quote.startswith("Die Verwaltung stellt an drei Museen")
    assert found.sagt.quote == found.sagt.span.cut(antrag().text)
    assert found.ergebnis.quote == "Entsprechend Beschlussvorschlag beschlossen."


def test_papers_stand_by_their_result_alone(kept: House) -> None:
    found = candidates(kept.store, OPERATOR, [anfrage(), antrag()])
    assert [(one.quelle, one.lager) for one in found] == [
        ("Antrag 15/12", Lager.BESCHLOSSEN),
        ("Anfrage 15/21", Lager.OFFEN),
    ]
    assert found[1].ergebnis is None
    assert found[1].sagt is not None and found[1].sagt.quote.endswith("an den Museen?")


def test_of_long_words_whole_sentences_are_shown() -> None:
    sentence = "Die Verwaltung stellt an drei Museen des Landschaftsverbandes Leihräder bereit."
    paper = antrag("lvs", ANTRAG.replace(sentence, " ".join([sentence] * 12)))
    span = said_at(paper)
    assert span is not None
    said = span.cut(paper.text)
    assert len(said) <= LONGEST_SAID and said.endswith("bereit.") and said.count(sentence) > 1


def test_a_rejected_paper_is_offered_beside_an_adopted_one(kept: House) -> None:
    kept.store.add([stored(rejected())])
    found = candidates(kept.store, OPERATOR, [rejected(), antrag()])
    assert [one.lager for one in found] == [Lager.BESCHLOSSEN, Lager.ABGELEHNT]
    assert found[1].ergebnis is not None and found[1].ergebnis.quote == f"{REJECTED}."
