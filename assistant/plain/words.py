"""The closed list of words that may be exchanged for easier ones."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_ONE = re.compile(r"(?<![\d.,])1(?:,0+)?\s\Z")


@dataclass(frozen=True, slots=True)
class WordList:
    """What may stand in the place of what.

    Attributes:
        always: an expression and its plain form, which fits wherever the first one does.
        pairs: the same and those that fit here and there, as (expression, plain form).
    """

    always: Mapping[str, str]
    pairs: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def word_list() -> WordList:
    """The list of the package."""
    found = tomllib.loads(files("assistant.plain").joinpath("woerter.toml").read_text("utf-8"))
    always: dict[str, str] = found["immer"]
    chosen = [(hard, easy) for hard, easier in found["wahlweise"].items() for easy in easier]
    return WordList(always, (*always.items(), ("Mio.", "Million"), *chosen))


def exchanged(text: str, but: frozenset[str] = frozenset()) -> str:
    """The text with every expression of `always` in its plain form, those in `but` aside."""
    return _pattern().sub(lambda m: m[0] if m[0] in but else _plain(m, text), text)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(word_list().always, key=len, reverse=True)
    parts = [re.escape(word).replace(r"\ ", r"\s?") for word in longest_first]
    return re.compile(rf"(?<![^\W\d])(?:{'|'.join(parts)})(?![\w-])", re.IGNORECASE)


def _plain(match: re.Match[str], text: str) -> str:
    found = match[0]
    key = re.sub(r"\.(?=\w)", ". ", found)
    plain = next(v for k, v in word_list().always.items() if k.casefold() == key.casefold())
    if plain == "Millionen" and _ONE.search(text[: match.start()]):
        plain = "Million"
    if found[0].isupper() and found[1:2].islower():
        plain = plain[0].upper() + plain[1:]
    # A full stop that also ended the sentence ends it still.
    ends = found.endswith(".") and not text[match.end() :].strip(" ”“)")
    glued = " " if match.start() and text[match.start() - 1].isdigit() else ""
    return f"{glued}{plain}{'.' if ends else ''}"
