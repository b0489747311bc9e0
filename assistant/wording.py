"""Whether a drafted sentence may stand in place of its quote, or the quote had better stand itself.

A small model likes to cut the answer out of a sentence: "15 Testpersonen." of "Hinzu kommen 15
Testpersonen." Every word of it is in the quote, and it says something else.
"""

from __future__ import annotations

import re

from index.types import Span
from ingest.expressions import Kind, find_expressions

_WORD = re.compile(r"\w+")
_CLAUSE_END = re.compile(r"[,;:]\s|[–—]\s|\.\s")
_FIGURES = frozenset({Kind.MONEY, Kind.PERCENT, Kind.NUMBER, Kind.DATE, Kind.MONTH, Kind.YEAR})
_BEFORE = 40
_QUALIFIERS = {
    name: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)
    for name, pattern in {
        "mindestens": r"mindestens|wenigstens|mehr als|über|ab|frühestens|nicht weniger als",
        "höchstens": r"höchstens|maximal|bis|unter|weniger als|nicht mehr als|spätestens|begrenzt",
        "zusätzlich": r"weiter\w*|zusätzlich\w*|hinzu\w*|ferner|noch",
        "um": r"um",
        "je": r"je|jeweils|pro",
        "davon": r"davon|darunter|darin|hiervon",
        "statt": r"statt|anstatt|anstelle|bisher\w*|ursprünglich\w*|früher\w*",
        "rund": r"rund|etwa|circa|ca|ungefähr|knapp|fast|nahezu|voraussichtlich\w*|geschätzt\w*",
    }.items()
}

PARTS = re.compile(
    "|".join(_QUALIFIERS[name].pattern for name in ("zusätzlich", "um", "davon", "statt")),
    re.IGNORECASE,
)
"""Words before a figure that is a part of the whole, or comes on top of it."""


def falls_short(sentence: str, quote: str) -> bool:
    """Whether a sentence is a mere piece of its quote, or leaves out what limits a figure."""
    return _is_excerpt(sentence, quote) or bool(lost_qualifiers(sentence, quote))


def _is_excerpt(sentence: str, quote: str) -> bool:
    said, held = _WORD.findall(sentence.lower()), _WORD.findall(quote.lower())
    if not 0 < len(said) < len(held):
        return False
    return any(held[i : i + len(said)] == said for i in range(len(held) - len(said) + 1))


def lost_qualifiers(sentence: str, quote: str) -> tuple[str, ...]:
    """What the quote says of a figure ("mindestens", "weitere") and the sentence leaves out."""
    said = {name for name, pattern in _QUALIFIERS.items() if pattern.search(sentence)}
    values = {e.value for e in find_expressions(sentence) if e.kind in _FIGURES}
    lost: dict[str, None] = {}
    for expression in find_expressions(quote):
        if expression.kind in _FIGURES and expression.value in values:
            before = clause_before(quote, expression.span)
            lost |= {n: None for n, p in _QUALIFIERS.items() if n not in said and p.search(before)}
    return tuple(lost)


def clause_before(text: str, figure: Span) -> str:
    """The words in front of a figure, as far as they belong to its clause and lie near."""
    return _CLAUSE_END.split(text[max(0, figure.start - _BEFORE) : figure.start])[-1]
