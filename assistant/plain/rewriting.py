"""The generator's part of Einfache Sprache: one sentence in, short sentences out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from importlib.resources import files

from models.generator import Generator

MOST_LINES = 6
MOST_CHARACTERS = 220
MAX_TOKENS = 220
LONGEST = 600
"""Characters of a statement that is worth a try; what is longer does not come back in one piece."""
_ROOM = MOST_LINES * (MOST_CHARACTERS + 2)
_AGAIN = "Schreibe noch näher am Wortlaut. Verwende nur Wörter aus dem Satz.\n"


def rewriting_prompt() -> str:
    """The fixed prefix; the same bytes for every sentence, so that it stays in the cache."""
    return files("assistant").joinpath("prompts/einfach.txt").read_text(encoding="utf-8").strip()


def rewriting_hash() -> str:
    """Identifies prompt and grammar in the record."""
    return hashlib.sha256((rewriting_prompt() + grammar()).encode()).hexdigest()[:16]


def grammar() -> str:
    """GBNF: up to six lines, each a sentence with its full stop."""
    return (
        f'root ::= line ("\\n" line){{0,{MOST_LINES - 1}}}\n'
        f'line ::= first rest{{4,{MOST_CHARACTERS}}} "."\n'
        "first ::= [A-ZÄÖÜ0-9§]\n"
        "rest ::= [^\\[\\]\\n\\r<>]\n"
    )


def rewritten(
    generator: Generator, statement: str, *, again: bool, cancelled: Callable[[], bool]
) -> Sequence[str]:
    """What the generator makes of a statement, a sentence a line; nobody has checked it.

    `again` asks a second time, to keep closer to the words. A generator that never stops is cut
    and its call closed.

    Raises:
        ModelError: the generator failed.
    """
    said = ""
    room = _ROOM
    pieces = generator.generate(
        rewriting_prompt(),
        f"{_AGAIN if again else ''}Satz: {' '.join(statement.split())}",
        grammar=grammar(),
        max_tokens=MAX_TOKENS,
        cancelled=cancelled,
    )
    try:
        for piece in pieces:
            said += piece[:room]
            room -= max(len(piece), 1)
            if room <= 0:
                break
    finally:
        close = getattr(pieces, "close", None)
        if close is not None:
            close()
    return [line for part in said.splitlines() if (line := " ".join(part.split()))]
