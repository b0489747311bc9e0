"""The question sets ask about documents that exist, for facts that stand in them."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
EVAL = ROOT / "tests" / "eval"
BEISPIELE = ROOT / "beispiele"
FIELDS = {
    "id",
    "text",
    "kind",
    "answerable",
    "expected_sources",
    "expected_facts",
    "forbidden_facts",
}
WHYS = {
    "false_premise",
    "wrong_mandant",
    "absent_vote",
    "near_miss_number",
    "absent_fact",
    "future",
    "opinion",
}
Question = dict[str, Any]


def read(name: str) -> list[Question]:
    lines = (EVAL / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


FRAGEN = read("fragen.jsonl")
ENTWICKLUNG = read("entwicklung.jsonl")
ALL = FRAGEN + ENTWICKLUNG
ANSWERABLE = [question for question in ALL if question["answerable"]]


def source_texts() -> dict[str, str]:
    """Rendered path → the words of its source, marks and line breaks taken out."""
    texts = {}
    for path in sorted((BEISPIELE / "quellen").glob("lv[sn]-*.md")):
        _, header, body = path.read_text(encoding="utf-8").split("---\n", 2)
        target = re.search(r"^ziel: (.+)$", header, re.MULTILINE)
        assert target is not None
        texts[target[1].strip()] = folded(body.replace("**", ""))
    return texts


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).casefold()


def stands_in(fact: str, text: str) -> bool:
    """Whether a fact stands in a text, a figure as a whole figure: "58" is not in "1.058"."""
    before = r"(?<!\d)(?<!\d[.,])" if fact[0].isdigit() else ""
    after = r"(?![.,]?\d)" if fact[-1].isdigit() else ""
    return re.search(before + re.escape(fact) + after, text) is not None


TEXTS = source_texts()


def alternatives(fact: str | list[str]) -> list[str]:
    return [folded(text) for text in ([fact] if isinstance(fact, str) else fact)]


def test_the_measurement_has_fifty_open_thirty_exact_and_forty_unanswerable_questions() -> None:
    answerable = [question for question in FRAGEN if question["answerable"]]
    assert len(FRAGEN) == 120
    assert Counter(question["kind"] == "offen" for question in answerable) == {True: 50, False: 30}


def test_the_development_set_has_eighty_open_forty_exact_and_sixty_unanswerable_questions() -> None:
    answerable = [question for question in ENTWICKLUNG if question["answerable"]]
    assert len(ENTWICKLUNG) == 180
    assert Counter(question["kind"] == "offen" for question in answerable) == {True: 80, False: 40}


def test_a_figure_is_not_found_inside_a_longer_one() -> None:
    assert stands_in("58", "es sind 58 stellen.")
    assert not any(stands_in("58", text) for text in ("1.058", "58.000", "158", "0,58"))


def test_no_question_and_no_id_occurs_twice() -> None:
    assert len({question["id"] for question in ALL}) == 300
    assert len({folded(question["text"]) for question in ALL}) == 300


@pytest.mark.parametrize("question", ALL, ids=lambda question: question["id"])
def test_a_question_has_its_fields(question: Question) -> None:
    extra = set(question) - FIELDS
    assert set(question) >= FIELDS
    if question["answerable"]:
        assert question["expected_sources"] and question["expected_facts"]
        assert extra <= {"expected_status"}
    else:
        assert question["expected_sources"] == question["expected_facts"] == []
        assert question["why"] in WHYS
        assert extra <= {"why", "accepted_facts"}


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question["id"])
def test_every_expected_source_is_a_document_of_the_asking_mandant(question: Question) -> None:
    for source in question["expected_sources"]:
        assert source.startswith("lvs/")
        assert (BEISPIELE / source).is_file()


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question["id"])
def test_every_expected_source_carries_every_expected_fact(question: Question) -> None:
    if question["kind"] == "mehrdeutig":
        return
    for fact in question["expected_facts"]:
        if "nicht erfasst" in fact:
            continue
        for source in question["expected_sources"]:
            forms = alternatives(fact)
            assert any(stands_in(form, TEXTS[source]) for form in forms), (fact, source)


@pytest.mark.parametrize(
    "question",
    [
        question
        for question in ANSWERABLE
        if any("nicht erfasst" in f for f in question["expected_facts"])
    ],
    ids=lambda question: question["id"],
)
def test_a_paper_whose_result_is_said_to_be_missing_has_none(question: Question) -> None:
    for source in question["expected_sources"]:
        assert "ergebnis:" not in TEXTS[source]


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question["id"])
def test_no_fact_is_both_expected_and_forbidden(question: Question) -> None:
    for fact in question["expected_facts"]:
        for form in alternatives(fact):
            assert not any(folded(bad) in form for bad in question["forbidden_facts"])


def test_what_the_other_mandant_knows_stands_in_no_document_of_the_asking_one() -> None:
    own = " ".join(text for source, text in TEXTS.items() if source.startswith("lvs/"))
    foreign = [q for q in ALL if q.get("why") == "wrong_mandant"]
    assert len(foreign) == 15
    for word in ("herdenschutz", "deichmuseum", "plattdeutsch", "livestream", "sielhaven"):
        assert word not in own


def test_a_near_miss_number_is_named_nowhere() -> None:
    numbers = [
        number
        for question in ALL
        if question.get("why") == "near_miss_number"
        for number in re.findall(r"\d{2}/\d+(?:/\d+)?", question["text"])
    ]
    assert len(numbers) == 15
    for number in numbers:
        exact = re.compile(rf"(?<!\d){re.escape(number)}(?![\d/])")
        assert not any(exact.search(text) for text in TEXTS.values()), number
