"""Whether two texts are the same, or two states of the same paper."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import PurePath

from index.types import Document

TWIN_CHARS = 120
"""Letters and digits below which an equal text says nothing: cover sheets, empty forms."""

VERSION_LIKENESS = 0.4
"""Share of word triples in common from which two papers of one number are versions of each other.
Among the samples, papers of the same kind and different numbers reach 0.29 (a Vorlage and its
Ergänzung), those of different subjects 0.19; a paper whose Beschlussvorschlag is wholly rewritten
keeps at least 0.62 (41 papers)."""

_WORD = re.compile(r"\w+")
_ENCLOSURE = re.compile(r"(?:^|[^a-zäöü])(?:anlagen?|anhang|anh|anl|appendix)(?:[^a-zäöü]|$)")


def fingerprint(document: Document) -> str:
    """A mark that documents of the same words, number and visibility share.

    Empty where too little was read to tell: a short text, or a page without any.
    """
    if any(not page.cut(document.text).strip() for page in document.pages):
        return ""
    words = " ".join(_words(document.text))
    if len(words) < TWIN_CHARS:
        return ""
    kopf = document.kopfdaten
    levels = {section.visibility.value for section in document.sections}
    parts = (
        words,
        document.visibility.value,
        ",".join(sorted(levels)),
        kopf.benennung,
        kopf.nummer.value.key if kopf.nummer else "",
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def likeness(one: str, other: str) -> float:
    """How much of the shorter text's word triples the longer one has, between 0 and 1."""
    first, second = _triples(one), _triples(other)
    if not first or not second:
        return float(_words(one) == _words(other))
    return len(first & second) / min(len(first), len(second))


def is_version(earlier: Document, later: Document) -> bool:
    """Whether `later` is another state of the paper `earlier`, whose kind and number it bears.

    The same path decides for, an enclosure's name on one side only decides against; else the
    texts do.
    """
    if earlier.source == later.source:
        return True
    if _is_enclosure(earlier.source) != _is_enclosure(later.source):
        return False
    return likeness(earlier.text, later.text) >= VERSION_LIKENESS


def _is_enclosure(source: str) -> bool:
    return bool(_ENCLOSURE.search(PurePath(source).stem.lower().replace("_", " ")))


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _triples(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[at : at + 3]) for at in range(len(words) - 2)}
