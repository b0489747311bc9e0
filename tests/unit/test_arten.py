"""The question set of kinds: its lists name papers that exist, its facts stand in the sources."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from assistant.types import AnswerStatus
from assistant.understanding.question import QuestionKind
from tests.unit.test_fragen import (
    ALL,
    BEISPIELE,
    FIELDS,
    TEXTS,
    WHYS,
    Question,
    alternatives,
    folded,
    read,
    stands_in,
)

ARTEN = read("arten.jsonl")
OWN = {source: text for source, text in TEXTS.items() if source.startswith("lvs/")}
MAY = {
    "before",
    "expected_kind",
    "expected_status",
    "expected_rows",
    "expected_apart",
    "why",
    "accepted_facts",
}
SAID_BY_THE_HOUSE = (
    "nicht erfasst",
    "niederschrift liegt nicht vor",
    "ergebnisvermerk auf der drucksache: nicht erfasst",
    "es wurde nichts geändert",
    "fehlgeschlagen 0",
    "7 textstellen",
    "dubletten: 0, alte fassungen: 0",
    "nichtöffentliche textstellen im öffentlichen index: 0",
    "schlecht gelesenen seiten: 0",
    "fragen ohne belegte antwort",
    "als fehlend ist niemand verzeichnet",
    "sitzungen ohne niederschrift (seit 01.01.2025): 4",
)


def test_the_set_has_every_kind_and_enough_that_cannot_be_answered() -> None:
    kinds = Counter(question["kind"] for question in ARTEN)
    assert kinds["liste"] >= 60 and kinds["paragraph"] >= 20 and kinds["folgefrage"] >= 15
    assert kinds["vorgang"] >= 20 and kinds["außerhalb"] >= 10 and kinds["voraussetzung"] >= 15
    assert kinds["nummer daneben"] >= 5 and kinds["anderer Mandant"] >= 4
    assert sum(not question["answerable"] for question in ARTEN) >= 40


def test_no_question_and_no_id_occurs_twice_or_in_another_set() -> None:
    ids = [question["id"] for question in ARTEN]
    asked = [folded(question.get("before", "") + question["text"]) for question in ARTEN]
    assert len(set(ids)) == len(ids) and len(set(asked)) == len(asked)
    others = {folded(question["text"]) for question in ALL}
    assert not others & set(asked)


@pytest.mark.parametrize("question", ARTEN, ids=lambda question: question["id"])
def test_a_question_has_its_fields(question: Question) -> None:
    assert set(question) >= FIELDS
    assert set(question) - FIELDS <= MAY
    assert question.get("expected_kind", "liste") in set(QuestionKind)
    assert question.get("expected_status", "answered") in set(AnswerStatus)
    if question["answerable"]:
        assert question["expected_facts"] or "expected_rows" in question
    else:
        assert question["why"] in WHYS and not question["expected_facts"]


@pytest.mark.parametrize("question", ARTEN, ids=lambda question: question["id"])
def test_every_paper_it_names_is_one_of_the_asking_mandant(question: Question) -> None:
    named = [*question["expected_sources"], *question.get("expected_rows", [])]
    for source in [*named, *question.get("expected_apart", [])]:
        assert source.startswith("lvs/") and (BEISPIELE / source).is_file()
    counted = set(question.get("expected_rows", []))
    assert not counted & set(question.get("expected_apart", []))


@pytest.mark.parametrize("question", ARTEN, ids=lambda question: question["id"])
def test_every_expected_fact_stands_in_a_paper_or_says_what_is_missing(question: Question) -> None:
    for fact in question["expected_facts"]:
        forms = alternatives(fact)
        missing = any(said in form for form in forms for said in SAID_BY_THE_HOUSE)
        assert missing or any(stands_in(form, text) for form in forms for text in OWN.values())


def test_a_near_miss_number_is_borne_by_no_paper_of_that_name() -> None:
    near = [question for question in ARTEN if question["kind"] == "nummer daneben"]
    for question in near:
        label, number = re.findall(
            r"(Antrag|Vorlage|Anfrage)?\s?(\d+/\d+(?:/\d+)?)", question["text"]
        )[0]
        headed = re.compile(rf"{label.casefold()} nr\. {re.escape(number)}(?![\d/])")
        assert not any(headed.search(text) for text in OWN.values()), question["id"]
