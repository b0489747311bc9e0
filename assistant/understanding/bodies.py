"""Short names of Gremien: "LA" for the Landschaftsausschuss, "Umweltausschuss" for a longer one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.understanding.words import WordsLeft
from index import compounds
from index.german import analyse, terms

SHORT_NAME = re.compile(
    r"(?<![\w/-])(?:[A-ZÄÖÜ]{2,4}|[A-ZÄÖÜ][\wäöüß-]*(?:ausschuss|kommission|beirat)(?:e?s)?)(?![\w/-])"
)
"""What may be the short name of a Gremium: a few capitals, or a word with its kind at the end."""

_LEAD = r"(?:(?:im|in|des|der|vom|am|dem|zum|an)\s+)*"
_SHORTEST_PREFIX = 5
"""Letters; "digital" is short for "Digitalisierung", "amt" is not for "Amtlichkeit"."""


def body_meant(short: str, names: Iterable[str]) -> str | None:
    """The one body that a short name stands for; None where there is none, or several.

    Capitals are the first letters of the words of a name, and of the parts of a compound. A word
    is short for a name that holds all of its parts.
    """
    meant = {name for name in names if is_short_for(short, name)}
    return meant.pop() if len(meant) == 1 else None


def is_short_for(short: str, name: str) -> bool:
    """Whether a short name may stand for a body."""
    if short.isupper():
        return short in _initials(name)
    parts = analyse(short).parts
    held = terms(name)
    return len(parts) > 1 and all(
        part in held
        or (len(part) >= _SHORTEST_PREFIX and any(term.startswith(part) for term in held))
        for part in parts
    )


def _initials(name: str) -> set[str]:
    """The first letters of a name: of its words in capitals, and of the parts of the one word."""
    words = [word for word in re.findall(r"\w+", name) if word[0].isupper()]
    if len(words) == 1:
        return {"".join(part[0] for part in compounds.split(words[0].casefold())).upper()}
    return {"".join(word[0] for word in words).upper()}


def read_body(reader: WordsLeft, bodies: Iterable[str]) -> str | None:
    """Takes the Gremium on record that is named, its genitive included; the longest name wins.

    A short name counts where only one Gremium on record can be meant.
    """
    names = set(bodies)
    for name in sorted(names, key=lambda n: (-len(n), n)):
        words = r"\s+".join(re.escape(word) + r"(?:e?s|n)?" for word in name.split())
        if reader.take(re.compile(rf"\b{_LEAD}{words}(?!\w)", re.IGNORECASE)):
            return name
    for short in SHORT_NAME.findall(reader.left):
        if meant := body_meant(short, names):
            reader.take(re.compile(rf"\b(?i:{_LEAD}){re.escape(short)}(?!\w)"))
            return meant
    return None
