"""The closed lists of phrases that may be exchanged in a draft, and the exchange."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from assistant.checking.fidelity import rendering_problems
from assistant.plain.words import word_list

_ENDS = (".", "!", "?", ":", "“")


@dataclass(frozen=True, slots=True)
class Phrases:
    """What may stand for what.

    Attributes:
        kuerzer, klarer: a phrase and what takes its place.
        weg: what may fall away within a sentence; `einschub` with the commas around it.
        taetig: a participle and its verb, with the prefix that goes to the end where it has one.
    """

    kuerzer: Mapping[str, str]
    klarer: Mapping[str, str]
    weg: Sequence[str]
    einschub: Sequence[str]
    taetig: Mapping[str, Sequence[str]]


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """The lists of the package."""
    where = files("assistant.begruendung.rewording").joinpath("phrases.toml")
    found = tomllib.loads(where.read_text("utf-8"))
    return Phrases(
        found["kuerzer"],
        found["klarer"],
        found["weg"]["woerter"],
        found["einschub"]["woerter"],
        found["taetig"],
    )


def shortened(text: str) -> str:
    """The text with long phrases in their short form and without words that say nothing."""
    text = _exchanged(text, phrases().kuerzer)
    for words in phrases().weg:
        # At the head of a clause the verb would be left in the wrong place.
        text = re.sub(rf"(?<=[\w)] ){re.escape(words)} (?=\w)", "", text)
    for words in phrases().einschub:
        text = re.sub(rf"(?<=\w), {re.escape(words)}, (?=\w)", " ", text)
    return text


def verbal(text: str) -> str:
    """The text with nouns that hide a verb made verbs again."""
    return _exchanged(text, phrases().klarer)


def _exchanged(text: str, pairs: Mapping[str, str]) -> str:
    for phrase, plain in pairs.items():
        for hard, easy in ((phrase, plain), (_capital(phrase), _capital(plain))):
            text = re.sub(rf"(?<![\w-]){re.escape(hard)}(?![\w-])", easy, text)
    return text


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def phrase_problems(statements: Sequence[str], lines: Sequence[str]) -> tuple[str, ...]:
    """What an exchange of phrases lost, added or turned, in German sentences."""
    known = phrases()
    pairs = [*known.kuerzer.items(), *known.klarer.items(), *word_list().pairs]
    pairs += [(words, "") for words in (*known.weg, *known.einschub)]
    return rendering_problems(statements, lines, pairs)


def as_sentence(text: str) -> str:
    """A statement that begins with a capital letter and ends as a sentence does."""
    closed = text if text.endswith(_ENDS) else f"{text.rstrip(' ,;')}."
    return _capital(closed)


@lru_cache(maxsize=1)
def phrase_words() -> frozenset[str]:
    """Every word of the lists, in small letters."""
    known = phrases()
    texts = [*known.kuerzer, *known.klarer, *known.weg, *known.einschub, *known.taetig]
    texts += [*known.kuerzer.values(), *known.klarer.values()]
    texts += [part for verb in known.taetig.values() for part in verb]
    verbs = {"wird", "werden", "durch"}
    return frozenset(re.findall(r"\w+", " ".join(texts).casefold())) | verbs | easy_words()


@lru_cache(maxsize=1)
def easy_words() -> frozenset[str]:
    """Every word that Einfache Sprache may exchange or put in, in small letters."""
    texts = [word for pair in word_list().pairs for word in pair]
    return frozenset(re.findall(r"\w+", " ".join(texts).casefold()))
