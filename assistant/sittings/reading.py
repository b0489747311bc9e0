"""What questions about sittings have in common: the Gremium they name and what is left as topic."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.understanding.bodies import is_short_for, read_body
from assistant.understanding.words import WordsLeft
from index.german import STOP_WORDS

_LEAD = r"(?:im|in\s+der|des|der|vom|beim|am|dem)"
_CAPITALS = re.compile(r"(?<![\w/-])[A-ZÄÖÜ]{2,4}(?![\w/-])")
_LED = re.compile(rf"\b{_LEAD}\s+\Z", re.IGNORECASE)
_BODY_WORD = re.compile(
    rf"\b{_LEAD}\s+(?P<name>[A-ZÄÖÜ][\w-]*(?:ausschuss(?:es)?|kommission|beirat(?:e?s)?|"
    r"versammlung|ältestenrat(?:e?s)?))(?![\w-])"
)
_WORD = re.compile(r"\w[\w/-]*")


@dataclass(frozen=True, slots=True)
class BodyNamed:
    """The Gremium that a question names.

    Attributes:
        name: as on record; None where none is named or none is known by that name.
        unknown: the name that was not understood, as typed.
        choices: the Gremien that it may stand for, where these are several.
    """

    name: str | None = None
    unknown: str = ""
    choices: tuple[str, ...] = ()

    @property
    def problem(self) -> str:
        """Why nothing can be looked up, in German; "" where it can."""
        if self.choices:
            return f"„{self.unknown}“ kann heißen: {'; '.join(self.choices)}. Was ist gemeint?"
        return f"Ein Gremium „{self.unknown}“ ist nicht erfasst." if self.unknown else ""


def take_body(reader: WordsLeft, bodies: Iterable[str]) -> BodyNamed:
    """Takes the Gremium out of the words that are left.

    A few capitals count only behind "im", "des" and the like: "über KI" is no Kommission.
    """
    names = sorted(set(bodies))
    hidden = WordsLeft(
        _CAPITALS.sub(
            lambda m: m[0] if _LED.search(reader.left[: m.start()]) else "_" * len(m[0]),
            reader.left,
        )
    )
    name = read_body(hidden, names)
    for at, (now, before) in enumerate(zip(hidden.left, hidden.text, strict=True)):
        if now != before:
            reader.blank(at, at + 1)
    if name is not None:
        return BodyNamed(name)
    if found := reader.take(_BODY_WORD):
        choices = tuple(name for name in names if is_short_for(found["name"], name))
        return BodyNamed(unknown=found["name"], choices=choices)
    return BodyNamed()


def topic_left(reader: WordsLeft, frame: frozenset[str]) -> tuple[str, ...]:
    """The words that are left and belong neither to the frame nor bind others."""
    return tuple(
        word
        for word in _WORD.findall(reader.left)
        if word.lower() not in frame and word.lower() not in STOP_WORDS
    )
