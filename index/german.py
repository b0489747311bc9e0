"""German text → the terms it is found by; the same for what is stored and what is asked.

Whole words are stemmed (Snowball, which also lets ä/ae and ß/ss meet). The parts of compounds are
terms of their own, which count less than whole words. Numbers of papers, §§, dates and amounts
are one term each, in one spelling.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from index import compounds

# Raise it when the same text yields other terms than before: stores then renew their tables.
ANALYSIS = "de-1"

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jan jänner",
            "februar feb",
            "märz mrz",
            "april apr",
            "mai",
            "juni jun",
            "juli jul",
            "august aug",
            "september sep sept",
            "oktober okt",
            "november nov",
            "dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}

STOP_WORDS = frozenset(
    """
    ab aber all alle allem allen aller alles als also am an ander andere anderem anderen anderer
    anderes auch auf aus bei beim bin bis bist bzw da dabei dadurch dafür dagegen daher dahin damit
    danach daneben dann daran darauf daraus darf darin darüber darum das dasselbe daß dass davon
    dazu dein deine dem demselben den denen denn denselben der deren derer derselbe derselben des
    desselben dessen dich die dies diese dieselbe dieselben diesem diesen dieser dieses dir doch
    dort du durch dürfen ein eine einem einen einer eines einig einige einigem einigen einiger
    einiges einmal er es etwa etwas euch euer eure für gegen gewesen hab habe haben hat hatte hatten
    hätte hätten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in indem ins
    ist ja je jede jedem jeden jeder jedes jedoch jene jenem jenen jener jenes jetzt kann kein keine
    keinem keinen keiner keines können könnte könnten machen man manche manchem manchen mancher
    manches mein meine mich mir mit muss müssen musste nach nachdem nicht nichts noch nun nur ob
    oder ohne sehr sein seine seinem seinen seiner seines seit selbst sich sie sind so sodass
    sofern solche solchem solchen solcher solches soll sollen sollte sollten somit sondern sonst
    sowie sowohl über um und uns unser unsere unserem unseren unserer unter viel vom von vor
    während wann war warum waren warst was weg weil weiter welche welchem welchen welcher welches
    wem wen wenn wer werde werden wessen wie wieder wieso wieviel will wir wird wirst wo wobei
    wodurch wofür woher wohin wollen wollte womit worden worin wozu wurde wurden würde würden zu
    zum zur zwar zwischen gibt gab geht bitte gem gemäß laut sog usw z b d h u a nr
    """.split()  # noqa: SIM905
)
_STOPS = frozenset(word.replace("ß", "ss") for word in STOP_WORDS)

# "BürgerInnen", "Bürger*innen", "Bürger:in", "Bürger_innen", "Bürger/-innen", "Bürger(innen)"
_GENDERED = re.compile(r"(?<=[^\W\d_]{3})(?:[*:_·/]-?in(?:nen)?\b|\(-?in(?:nen)?\)|In(?:nen)?\b)")
_FEMALE = re.compile(r"(?<=..)(?<=er|or|ör|ur|nt|st|at|og|ag|zt)in(?:nen)?$")

_TOKEN = re.compile(
    r"""
    (?P<paragraph>(?:§{1,2}|\bparagra(?:f|ph)(?:en)?\b)\s*(?P<section>\d+[a-z]?)\b)
  | (?P<date>\b(?P<day>[0-3]?\d)\.\s?(?:(?P<month>[01]?\d)\.|(?P<name>[a-zä]{3,9})\.?\s)\s?
        (?P<year>(?:1[89]|20)\d\d)\b)
  | (?P<iso>\b(?:1[89]|20)\d\d-[01]\d-[0-3]\d\b)
  | (?P<number>\b(?=[a-z0-9/]*\d)[a-z0-9]+(?:/[a-z0-9]+)+(?:-\d+)?\b)
  | (?P<amount>\b\d{1,3}(?:\.\d{3})+(?:,\d+)?\b|\b\d+,\d+\b)
  | (?P<word>\w+(?:[-‐‑]\w+)*)
    """,
    re.VERBOSE,
)
_JOINTS = re.compile(r"[-‐‑]")
_ZEROS = re.compile(r"(?<![a-z0-9])0+(?=\d)")

_stemmers = threading.local()


@dataclass(frozen=True, slots=True)
class Analysis:
    """The terms of a text in order of appearance: whole words, and parts of compounds."""

    words: tuple[str, ...]
    parts: tuple[str, ...]


def analyse(text: str) -> Analysis:
    """Cuts a text into its terms; words that only bind others are left out."""
    words: list[str] = []
    parts: list[str] = []
    for word, word_parts in _tokens(text):
        words.append(word)
        parts.extend(word_parts)
    return Analysis(tuple(words), tuple(parts))


def terms(text: str) -> list[str]:
    """Every term a text is found by: its words, then the parts of its compounds."""
    analysis = analyse(text)
    return [*analysis.words, *analysis.parts]


def query_terms(text: str) -> list[str]:
    """The terms to look for, each once, in order."""
    return list(dict.fromkeys(terms(text)))


def _tokens(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each term that stands in the text, with the terms it is composed of."""
    text = unicodedata.normalize("NFC", text).replace("\u00ad", "")
    text = _GENDERED.sub("", text).casefold()
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup
        if found["word"]:
            yield from _word_tokens(found["word"])
        elif found["paragraph"]:
            yield f"§{found['section'].lstrip('0')}", ()
        elif found["date"]:
            yield from _date_tokens(found)
        elif found["iso"]:
            yield found["iso"], (found["iso"][:4],)
        elif found["number"]:
            yield _ZEROS.sub("", found["number"]), ()
        elif found["amount"]:
            yield found["amount"].replace(".", ""), ()
        else:
            raise AssertionError(f"unnamed token {kind}")


def _date_tokens(found: re.Match[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """One term for "3. Juni 2025" and "03.06.2025"; the year is a part of it."""
    month = int(found["month"]) if found["month"] else MONTHS.get(found["name"], 0)
    day, year = int(found["day"]), found["year"]
    if 1 <= month <= 12 and 1 <= day <= 31:
        yield f"{year}-{month:02}-{day:02}", (year,)
        return
    for word in re.findall(r"\w+", found["date"]):
        yield from _word_tokens(word)


def _word_tokens(word: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A word; for "KI-Kongress" its pieces and the whole written as one."""
    pieces = [piece for piece in _JOINTS.split(word.replace("_", "")) if piece]
    for piece in pieces:
        if piece not in _STOPS:
            yield _word(piece)
    if len(pieces) > 1 and not any(piece.isdigit() for piece in pieces):
        yield _stem("".join(pieces)), ()


@lru_cache(maxsize=131072)
def _word(word: str) -> tuple[str, tuple[str, ...]]:
    """The stem of a word and the stems of its parts, neighbouring parts joined too."""
    if word.isdigit():
        return word.lstrip("0") or "0", ()
    stem = _stem(word)
    pieces = compounds.split(word)
    starts: list[int] = []
    for piece in pieces:
        starts.append(word.index(piece, starts[-1] + 1 if starts else 0))
    parts: dict[str, None] = {}
    for length in range(1, len(pieces)):
        for first in range(len(pieces) - length + 1):
            last = first + length - 1
            # Cut from the word itself, so that "haushaltssatzung" keeps its linking s.
            parts[_stem(word[starts[first] : starts[last] + len(pieces[last])])] = None
    parts.pop(stem, None)
    return stem, tuple(parts)


@lru_cache(maxsize=131072)
def _stem(word: str) -> str:
    stemmer = getattr(_stemmers, "german", None)
    if stemmer is None:
        stemmer = _stemmers.german = snowballstemmer.stemmer("german")
    return str(stemmer.stemWord(_FEMALE.sub("", word))) or word
