"""Does one quote answer the question? Asked of the generator, one quote at a time.

The small model answers from near texts when it drafts, but tells an answering sentence from a near
one fairly well when it is shown one alone and asked for yes or no. What counts is how much it leans
to either side, not the word it says.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from importlib.resources import files
from itertools import islice

from assistant.types import Evidence
from models.generator import Generator, Refusal

YES, NO = "Ja", "Nein"
_GRAMMAR = f'root ::= "{YES}" | "{NO}"'
_LONGEST_TITLE = 120
_CERTAIN = 6.0
"""What a bare word counts, from a generator that cannot tell how sure it is."""


def judging_prefix() -> str:
    """The fixed prefix with its examples; the same bytes for every question."""
    return files("assistant").joinpath("prompts/pruefung.txt").read_text(encoding="utf-8").strip()


def judging_hash() -> str:
    """Identifies the prompt in an answer's record."""
    return hashlib.sha256(judging_prefix().encode()).hexdigest()[:16]


def leaning(
    generator: Generator, question: str, evidence: Evidence, *, cancelled: Callable[[], bool]
) -> float:
    """How much the generator leans to "this quote answers the question".

    Returns the log odds of "Ja" against "Nein"; 0 where it was cancelled.

    Raises:
        ModelError: the generator failed.
    """
    heard: list[float] = []
    pieces = generator.generate(
        judging_prefix(),
        _prompt(question, evidence),
        grammar=_GRAMMAR,
        max_tokens=1,
        cancelled=cancelled,
        refusal=Refusal(NO, heard.append),
    )
    said = "".join(islice(pieces, len(NO)))
    if heard:
        no = min(max(heard[0], 1e-6), 1 - 1e-6)
        return math.log((1 - no) / no)
    if not said:
        return 0.0
    return _CERTAIN if said.startswith(YES[0]) else -_CERTAIN


def _prompt(question: str, evidence: Evidence) -> str:
    title = evidence.document.title[:_LONGEST_TITLE]
    quote = " ".join(evidence.words.replace("\t", " | ").split())
    return (
        f"Frage: {' '.join(question.split())}\n"
        f"Auszug aus „{title}“: {quote}\n"
        "Steht die Antwort im Auszug?"
    )
