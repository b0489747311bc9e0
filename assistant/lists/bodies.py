"""The Gremium that a question for a list names, in full or for short."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.understanding.bodies import SHORT_NAME, body_meant
from assistant.understanding.words import WordsLeft

_LEAD = r"(?:(?:im|in|des|der|vom|am|dem|zum|an)\s+)*"


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
