"""How much of a text reads like words: the score that every page carries."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]{2,}")
_LONE = re.compile(r"(?<!\S)[^\W\d_](?!\S)")
_ODD = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_VOWEL = re.compile(r"[aeiouyäöü]", re.IGNORECASE)


def soundness(text: str) -> float:
    """How much of a text reads like words, 0 to 1; about 0.95 for clean German."""
    solid = len("".join(text.split()))
    if not solid:
        return 0.0
    lettered = sum(len(word) for word in _WORD.findall(text) if _VOWEL.search(word))
    letters = sum(character.isalpha() for character in text)
    odd = 10 * len(_ODD.findall(text))
    lone = len(_LONE.findall(text))
    return max(0.0, (lettered - odd - lone) / max(1, letters)) if letters else 0.5
