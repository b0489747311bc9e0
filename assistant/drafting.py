"""Sentences of the generator's own, where a house lets it write: evidence and question in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from assistant.finding.choosing import ABSTENTION, numbered
from assistant.types import Evidence
from models.generator import Generator, Refusal

MAX_SENTENCES = 4
MAX_SENTENCE_CHARACTERS = 260
MAX_TOKENS = 200
_SOURCE_WORD = re.compile(r"[\s(]*\bQuellen?\b[\s:.]*$")
MAX_CHARACTERS = MAX_SENTENCES * (MAX_SENTENCE_CHARACTERS + len("A [1][2]. "))
"""What a draft that keeps to the grammar cannot exceed; one that goes on is cut there."""
_SENTENCE = re.compile(r"(?P<body>[^\[\]]++)(?P<sources>(?:\[\d\])+)\.?")


@dataclass(frozen=True, slots=True)
class Drafted:
    """A sentence as the generator wrote it, and the numbers of the evidence it names."""

    text: str
    sources: tuple[int, ...]


def ignore(_refusal: float) -> None:
    """Listens to nothing."""


def system_prompt() -> str:
    """The fixed prefix; the same bytes for every question, so that it stays in the cache."""
    return files("assistant").joinpath("prompts/antwort.txt").read_text(encoding="utf-8").strip()


def prompt_hash() -> str:
    """Identifies prompt and grammar in an answer's record."""
    return hashlib.sha256((system_prompt() + grammar(5)).encode()).hexdigest()[:16]


def grammar(sources: int) -> str:
    """GBNF: the abstention, or up to four sentences that each end in one or two source numbers."""
    more = MAX_SENTENCES - 1
    return (
        f'root ::= "{ABSTENTION}" | sentence (" " sentence){{0,{more}}}\n'
        f"sentence ::= first rest{{8,{MAX_SENTENCE_CHARACTERS}}} source source?\n"
        "first ::= [A-ZÄÖÜ0-9„§]\n"
        "rest ::= [^\\[\\]\\n\\r<>]\n"
        f'source ::= " "? "[" [1-{max(sources, 1)}] "]"\n'
    )


def draft_sentences(
    generator: Generator,
    question: str,
    evidence: Sequence[Evidence],
    *,
    cancelled: Callable[[], bool],
    hear: Callable[[float], None] = ignore,
) -> Iterator[Drafted]:
    """Streams the generator's sentences, each as soon as its source number is complete.

    Yields nothing where the generator abstains; `hear` is told how likely it was to. A generator
    that never stops is cut and its call closed.
    """
    buffer = ""
    room = MAX_CHARACTERS
    pieces = generator.generate(
        system_prompt(),
        numbered(question, evidence),
        grammar=grammar(len(evidence)),
        max_tokens=MAX_TOKENS,
        cancelled=cancelled,
        refusal=Refusal(ABSTENTION, hear),
    )
    for piece in pieces:
        buffer += piece[:room]
        room -= max(len(piece), 1)
        while (match := _SENTENCE.match(buffer)) and match.end() < len(buffer):
            if buffer[match.end()] in "[.":
                break
            yield _drafted(match)
            buffer = buffer[match.end() :]
        if room <= 0:
            break
    if match := _SENTENCE.match(buffer):
        yield _drafted(match)


def _drafted(match: re.Match[str]) -> Drafted:
    numbers = (int(n) for n in re.findall(r"\[(\d)\]", match.group("sources")))
    words = " ".join(match.group("body").split())
    body = _SOURCE_WORD.sub("", words).strip(" ,;:(")
    return Drafted(body, tuple(dict.fromkeys(numbers)))
