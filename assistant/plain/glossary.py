"""Words of administration that an answer uses, explained in sentences of our own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what it means."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class _Entry:
    term: Term
    match: re.Pattern[str]
    unless: re.Pattern[str] | None


def glossary() -> tuple[Term, ...]:
    """All entries, in the order of the file."""
    return tuple(entry.term for entry in _entries())


def terms_in(sentences: Iterable[str]) -> tuple[Term, ...]:
    """The entries whose word some sentence uses in the meaning explained, each once."""
    texts = list(sentences)
    return tuple(
        entry.term
        for entry in _entries()
        if any(
            entry.match.search(text) and not (entry.unless and entry.unless.search(text))
            for text in texts
        )
    )


@lru_cache(maxsize=1)
def _entries() -> tuple[_Entry, ...]:
    found = tomllib.loads(files("assistant.plain").joinpath("begriffe.toml").read_text("utf-8"))
    return tuple(
        _Entry(
            Term(entry["name"], entry["text"]),
            re.compile(entry["match"]),
            re.compile(entry["unless"]) if "unless" in entry else None,
        )
        for entry in found["begriff"]
    )
