"""The exercises are true to the sample papers, and exactly one sentence of each is wrong."""

from __future__ import annotations

import re
from typing import Any

import pytest

from assistant.checking.citations import supported_figures
from assistant.learning.exercises import Exercise, all_exercises, pattern_of, read_exercises
from tests.running import ROOT

SOURCES = ROOT / "beispiele" / "quellen"
EXERCISES = pytest.mark.parametrize("exercise", all_exercises(), ids=lambda one: str(one.number))


def words_of(paper: str) -> str:
    """The text of the source that a paper is rendered from, without what only marks it up."""
    found = [
        text
        for path in sorted(SOURCES.glob("*.md"))
        if f"\nziel: {paper}\n" in (text := path.read_text("utf-8"))
    ]
    assert len(found) == 1, paper
    plain = re.sub(r"^\|[-|]+\|$", "", found[0].replace("**", ""), flags=re.MULTILINE)
    return re.sub(r"^#+ ", "", plain, flags=re.MULTILINE)


def stems(text: str) -> set[str]:
    return {word[:5].lower() for word in re.findall(r"\w{5,}", text)}


def test_there_are_ten_with_different_rules_and_papers() -> None:
    exercises = all_exercises()
    assert [one.number for one in exercises] == list(range(1, 11))
    assert len({one.rule for one in exercises}) == 10
    assert len({one.wrong for one in exercises}) == 3, "the wrong one stands at the same place"


@EXERCISES
def test_every_quote_stands_word_for_word_in_its_source(exercise: Exercise) -> None:
    for quote in exercise.quotes:
        assert pattern_of(quote.words).search(words_of(quote.paper)), quote.words
        assert (ROOT / "beispiele" / quote.paper).is_file()
        assert any(sentence.quote == quote for sentence in exercise.sentences) or (
            "KI-Systeme" in exercise.reason
        )


@EXERCISES
def test_one_sentence_is_wrong_and_its_quote_says_otherwise(exercise: Exercise) -> None:
    (wrong,) = (sentence for sentence in exercise.sentences if sentence.is_wrong)
    assert exercise.sentences[exercise.wrong - 1] == wrong
    assert wrong.wrong_words not in wrong.quote.words
    assert wrong.carried_by not in wrong.text


@EXERCISES
def test_the_other_sentences_are_borne_out_by_theirs(exercise: Exercise) -> None:
    for sentence in exercise.sentences:
        if not sentence.is_wrong:
            figures = set(re.findall(r"\d[\d./]*\d|\d", sentence.text))
            assert supported_figures(sentence.text, [sentence.quote.words]), sentence.text
            assert all(figure in sentence.quote.words for figure in figures), sentence.text
            assert figures or stems(sentence.text) & stems(sentence.carried_by), sentence.text


def given(*sentences: dict[str, Any]) -> dict[str, Any]:
    quote = {"fundstelle": "Antrag", "papier": "a.pdf", "wortlaut": "Der Antrag ist abgelehnt."}
    told = {"thema": "T", "frage": "F?", "regel": "R", "warum": "W"}
    return {"uebung": [{**told, "beleg": [quote], "satz": list(sentences)}]}


RIGHT = {"text": "Er ist abgelehnt.", "beleg": 1, "steht": "abgelehnt"}
WRONG = {**RIGHT, "text": "Er ist beschlossen.", "gesagt": "beschlossen"}


@pytest.mark.parametrize(
    "sentences",
    [
        (RIGHT,),
        (WRONG, WRONG),
        (RIGHT, {**WRONG, "gesagt": "vertagt"}),
        (WRONG, {**RIGHT, "steht": "vertagt"}),
    ],
)
def test_an_exercise_that_does_not_add_up_is_refused(sentences: tuple[dict[str, Any], ...]) -> None:
    assert read_exercises(given(RIGHT, WRONG))[0].wrong == 2
    with pytest.raises(ValueError, match="exercise 1"):
        read_exercises(given(*sentences))
