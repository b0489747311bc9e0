"""Whether a rendering in other words says what its sentence says: nothing lost, nothing added.

Stricter than `straying`, which lets a sentence leave words out. Here every word, figure and mark of
the sentence has to come again in its order; words may only be exchanged for those that a closed
list puts in their place, and a line may only end where a statement does. So figures, dates, names,
outcomes, negation and modality survive by construction, whoever wrote the rendering. The checks of
`citations` are asked as well, for they read values and not letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.checking.citations import check_claim
from ingest.expressions import find_expressions

Pairs = Sequence[tuple[str, str]]
"""Expressions and what may stand in their place."""

_TOKEN = re.compile(r"\w+|[^\w\s]")
_WEAK = frozenset(".,;:„“”\"'")
"""Marks that part words and say nothing else; within a figure the figure's value holds them."""
_JOINING = "und"


def rendering_problems(
    statements: Sequence[str], lines: Sequence[str], pairs: Pairs
) -> tuple[str, ...]:
    """Names what a rendering lost, added or turned.

    Args:
        statements: the sentence, cut where a line may end.
        lines: its rendering, a sentence each.
        pairs: the only words that may be exchanged, from left to right.

    Returns:
        A German sentence for what was seen first; empty where the rendering says the same.
    """
    if not _is_parted(statements, lines, pairs):
        return ("Der Wortlaut weicht vom Satz ab.",)
    source, text = " ".join(statements), " ".join(lines)
    if _values(source) != _values(text):
        return ("Zahlen, Daten oder Nummern weichen vom Satz ab.",)
    return check_claim(text, [source], [easy for _, easy in pairs])


def _is_parted(statements: Sequence[str], lines: Sequence[str], pairs: Pairs) -> bool:
    """Whether each line is one or more of the statements, in order, and none is left."""
    held = [_tokens(statement) for statement in statements]
    exchanges = [(_tokens(hard), _tokens(easy)) for hard, easy in pairs]
    first = 0
    for line in lines:
        said = _tokens(line)
        behind = next(
            (
                end
                for end in range(first + 1, len(held) + 1)
                if _says(said, _joined(held[first:end]), exchanges)
                or (first and _says(said, _unjoined(_joined(held[first:end])), exchanges))
            ),
            None,
        )
        if behind is None:
            return False
        first = behind
    return first == len(held)


def _says(
    said: Sequence[str],
    held: Sequence[str],
    exchanges: Sequence[tuple[Sequence[str], Sequence[str]]],
) -> bool:
    """Whether two rows of words are one, but for exchanged ones."""
    places = {(0, 0)}
    seen: set[tuple[int, int]] = set()
    while places:
        at = places.pop()
        if at in seen:
            continue
        seen.add(at)
        i, j = at
        if i == len(said) and j == len(held):
            return True
        if i < len(said) and j < len(held) and said[i] == held[j]:
            places.add((i + 1, j + 1))
        for hard, easy in exchanges:
            if list(held[j : j + len(hard)]) == list(hard) and list(
                said[i : i + len(easy)]
            ) == list(easy):
                places.add((i + len(easy), j + len(hard)))
    return False


def _tokens(text: str) -> list[str]:
    """Words and marks in small letters; an expression in figures is one token, as it is written."""
    found: list[str] = []
    for match in _TOKEN.finditer(text):
        if match[0] not in _WEAK or _is_within_figure(text, match.start()):
            found.append(match[0].casefold())
    return found


def _is_within_figure(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()


def _joined(parts: Sequence[Sequence[str]]) -> list[str]:
    return [token for part in parts for token in part]


def _unjoined(tokens: Sequence[str]) -> Sequence[str]:
    """The words without the "und" that tied them to the statement before."""
    return tokens[1:] if tokens[:1] == [_JOINING] else tokens


def _values(text: str) -> list[tuple[str, str]]:
    return [(e.kind.value, e.value) for e in find_expressions(text)]
