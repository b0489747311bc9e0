"""Whether a rewritten paragraph says all that was said before, and nothing else.

Figures, days, amounts and references both ways; every quote word for word; outside of quotes every
word but the few that hold a sentence together. Negation, modality, outcome and who says something
are such words as may neither go nor come.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.begruendung.rewording.quoting import quotes_of, unquoted
from ingest.expressions import find_expressions

_DIGITS = re.compile(r"\d[\d.,/]*")
_WORDS = re.compile(r"[^\W\d_]+(?:[-*:][^\W\d_]+)*")
BINDING = frozenset(
    word.casefold()
    for word in """
    der die das des dem den ein eine einen einem einer eines und am im in zu zum zur für von vom als
    an auf unter mit bei sich hier darauf wurde ist sind hat haben steht lautet heißt es
    dieses diese diesen er argument argumente vorschlag vorschläge quelle quellen bezieht beziehen
    erfasst liegt vermerkt spricht hält fest trägt
    """.split()  # noqa: SIM905
)
"""Words of the house's own frames, which may go and come; none of them limits what is said."""


def losses(
    before: Sequence[str],
    after: str,
    *,
    exchanged: frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    """Names what a rewriting of paragraphs lost, added or turned, in German sentences.

    Args:
        before: the paragraphs that the new one stands for.
        after: its text.
        exchanged: words that may go and come, because a closed list exchanges them.
    """
    source = "\n".join(before)
    if _values(source) != _values(after) or _digits(source) != _digits(after):
        return ("Zahlen, Daten oder Nummern blieben nicht erhalten.",)
    if not _are_verbatim([q for text in before for q in quotes_of(text)], quotes_of(after)):
        return ("Ein wörtliches Zitat blieb nicht erhalten.",)
    held = [_words(unquoted(text)) for text in before]
    said = _words(unquoted(after))
    known = sum(held, Counter[str]())
    lost = {word for word in known if word not in said}
    if len(before) == 1:
        lost |= set(held[0] - said)
    added = set(said - known)
    for word in sorted((lost | added) - BINDING - exchanged):
        verb = "fehlt" if word in lost else "kam hinzu"
        return (f"Das Wort „{word}“ {verb} in der neuen Fassung.",)
    return ()


def _values(text: str) -> set[tuple[str, str]]:
    return {(e.kind.value, e.value) for e in find_expressions(text)}


def _digits(text: str) -> set[str]:
    return {found.rstrip(".,/") for found in _DIGITS.findall(text)}


def _words(text: str) -> Counter[str]:
    return Counter(word.casefold() for word in _WORDS.findall(text))


def _are_verbatim(held: Sequence[str], said: Sequence[str]) -> bool:
    """Whether the quotes are those held, each at least once, in one piece or cut into several."""
    rest = list(said)
    for quote in dict.fromkeys(held):
        run = next(
            (
                (first, end)
                for first in range(len(rest))
                for end in range(first + 1, len(rest) + 1)
                if " ".join(rest[first:end]) == quote
            ),
            None,
        )
        if run is None:
            return False
        del rest[run[0] : run[1]]
    return all(quote in held for quote in rest)
