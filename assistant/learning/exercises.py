"""The exercises "Finde den Fehler": answers of which exactly one sentence is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a paper. `paper` is the end of the path it is kept under."""

    place: str
    paper: str
    words: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer.

    Attributes:
        quote: the one that it stands beside.
        carried_by: words of the quote that bear the sentence out, or that contradict it.
        wrong_words: its words that the quote contradicts; "" where it is right.
    """

    text: str
    quote: Quote
    carried_by: str
    wrong_words: str

    @property
    def is_wrong(self) -> bool:
        """Whether this is the one to be found."""
        return bool(self.wrong_words)


@dataclass(frozen=True, slots=True)
class Exercise:
    """A question, its answer, and what is to be learnt. `number` counts from 1."""

    number: int
    topic: str
    question: str
    quotes: tuple[Quote, ...]
    sentences: tuple[Sentence, ...]
    rule: str
    reason: str

    @property
    def wrong(self) -> int:
        """The number of the wrong sentence, from 1."""
        return next(n for n, one in enumerate(self.sentences, start=1) if one.is_wrong)

    def quote_number(self, sentence: Sentence) -> int:
        """Which of the quotes a sentence stands beside, from 1."""
        return self.quotes.index(sentence.quote) + 1


@cache
def all_exercises() -> tuple[Exercise, ...]:
    """Those that come with the program, in their order."""
    text = files("assistant.learning").joinpath("uebungen.toml").read_text("utf-8")
    return read_exercises(tomllib.loads(text))


def read_exercises(values: Mapping[str, Any]) -> tuple[Exercise, ...]:
    """The exercises of a file.

    Raises:
        ValueError: not exactly one sentence of an exercise is wrong, or words are not where they
            are said to be.
    """
    return tuple(_exercise(number, one) for number, one in enumerate(values["uebung"], start=1))


def _exercise(number: int, one: Mapping[str, Any]) -> Exercise:
    quotes = tuple(
        Quote(quote["fundstelle"], quote["papier"], quote["wortlaut"].strip())
        for quote in one["beleg"]
    )
    sentences = tuple(
        Sentence(said["text"], quotes[said["beleg"] - 1], said["steht"], said.get("gesagt", ""))
        for said in one["satz"]
    )
    _check(number, sentences)
    return Exercise(
        number, one["thema"], one["frage"], quotes, sentences, one["regel"], one["warum"]
    )


def _check(number: int, sentences: tuple[Sentence, ...]) -> None:
    if sum(sentence.is_wrong for sentence in sentences) != 1:
        raise ValueError(f"exercise {number}: not exactly one sentence is wrong")
    for sentence in sentences:
        if sentence.carried_by not in sentence.quote.words:
            raise ValueError(f"exercise {number}: »{sentence.carried_by}« is not in its quote")
        if sentence.wrong_words not in sentence.text:
            raise ValueError(f"exercise {number}: »{sentence.wrong_words}« is not in its sentence")


def pattern_of(words: str) -> re.Pattern[str]:
    """Finds a quote in a text whose lines and cells are parted otherwise."""
    return re.compile(r"[\s|]+".join(map(re.escape, words.replace("|", " ").split())))
