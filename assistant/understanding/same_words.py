"""Whether a text holds the words of a topic, or others that clerks use for them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from index.german import analyse

Way = tuple[str, ...]
"""One word or expression of a topic as typed, and behind it all that means the same."""


@lru_cache(maxsize=1)
def groups() -> tuple[Way, ...]:
    """The groups of the package's list, each one meaning."""
    found = tomllib.loads(
        files("assistant.understanding").joinpath("gleichbedeutend.toml").read_text("utf-8")
    )
    return tuple(tuple(group) for group in found["gruppen"])


def ways_to_say(words: Sequence[str]) -> tuple[Way, ...]:
    """Each word of a topic with its equals; words that are one expression stay together.

    Of ("künstliche", "Intelligenz", "Schule") the first is ("künstliche Intelligenz", "KI").
    """
    return _ways(tuple(words))


@lru_cache(maxsize=256)
def _ways(words: tuple[str, ...]) -> tuple[Way, ...]:
    found: list[Way] = []
    at = 0
    while at < len(words):
        length = next((n for n in range(_longest(), 1, -1) if _is_known(words[at : at + n])), 1)
        said = " ".join(words[at : at + length])
        found.append((said, *same_as(said)))
        at += length
    return tuple(found)


def holds(ways: Sequence[Way], held: Collection[str]) -> bool:
    """Whether search terms hold every word of a topic in one of its ways; False for no topic."""
    return bool(ways) and all(any(stands(other, held) for other in way) for way in ways)


def is_held(word: str, held: Collection[str]) -> bool:
    """Whether a word stands there, all that it is composed of, or one that means the same."""
    return any(stands(other, held) for other in (word, *same_as(word)))


def stands(words: str, held: Collection[str]) -> bool:
    """Whether each of some words stands among search terms, or all that it is composed of."""
    terms = set(held)
    for piece in re.split(r"[-‐‑\s]+", words):
        analysis = analyse(piece)
        if set(analysis.words) <= terms:
            continue
        if not analysis.parts or not set(analysis.parts) <= terms:
            return False
    return True


def same_as(word: str) -> Iterator[str]:
    """Other expressions of the same meaning; inflected forms are known by their stem."""
    stem = analyse(word).words
    for group in groups():
        if any(analyse(other).words == stem for other in group):
            yield from (other for other in group if analyse(other).words != stem)


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(len(other.split()) for group in groups() for other in group)


def _is_known(words: Sequence[str]) -> bool:
    stem = analyse(" ".join(words)).words
    return len(words) > 1 and any(
        analyse(other).words == stem for group in groups() for other in group
    )
