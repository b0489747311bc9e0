"""Which of the numbered quotes answer the question? The generator is asked once, for numbers.

It writes a few tokens and no sentence, so nothing it says can be wrong in words; see decision 0024.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from importlib.resources import files

from assistant.types import Evidence
from models.generator import Generator, Refusal

ABSTENTION = "KEINE ANGABE"
MOST_CHOSEN = 2
MAX_TOKENS = 12
LONGEST_CHOICE = 60
"""So many characters, or pieces, are read of a generator that does not stop."""


def choosing_prefix() -> str:
    """The fixed prefix; the same bytes for every question, so that it stays in the cache."""
    return files("assistant").joinpath("prompts/auswahl.txt").read_text(encoding="utf-8").strip()


def choosing_hash() -> str:
    """Identifies prompt and grammar in an answer's record."""
    return hashlib.sha256((choosing_prefix() + grammar(5)).encode()).hexdigest()[:16]


def grammar(sources: int) -> str:
    """GBNF: the abstention, or one or two numbers of sources."""
    return f'root ::= "{ABSTENTION}" | source source?\nsource ::= "[" [1-{max(sources, 1)}] "]"\n'


def numbered(question: str, evidence: Sequence[Evidence]) -> str:
    """The part of a prompt that belongs to one question: quotes by number, then the question."""
    lines = [
        f"[{item.number}] {' '.join(item.words.replace(chr(9), ' | ').split())}"
        for item in evidence
    ]
    return "Quellen:\n" + "\n".join(lines) + f"\n\nFrage: {' '.join(question.split())}"


def choose(
    generator: Generator,
    question: str,
    evidence: Sequence[Evidence],
    *,
    cancelled: Callable[[], bool],
    hear: Callable[[float], None],
) -> list[Evidence]:
    """The evidence that the generator names, the best first; none where it abstains.

    `hear` is told how likely it was to abstain, by a generator that can tell.

    Raises:
        ModelError: the generator failed.
    """
    said, room = "", LONGEST_CHOICE
    for piece in generator.generate(
        choosing_prefix(),
        numbered(question, evidence),
        grammar=grammar(len(evidence)),
        max_tokens=MAX_TOKENS,
        cancelled=cancelled,
        refusal=Refusal(ABSTENTION, hear),
    ):
        said += piece[:room]
        room -= max(len(piece), 1)
        if room <= 0:
            break
    held = {item.number: item for item in evidence}
    numbers = dict.fromkeys(int(n) for n in re.findall(r"\[(\d{1,3})\]", said))
    return [held[number] for number in numbers if number in held][:MOST_CHOSEN]
