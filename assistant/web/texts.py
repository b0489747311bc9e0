"""All words of the surface, in German and English: `texte/<language>/<page>.toml`.

Answers, notes and quotes are not among them: those are in the language of the papers.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "texte"
LANGUAGES = ("de", "en")
DEFAULT = "de"


class Texts:
    """The words of one language by key: `texts("fragen.titel")`.

    A text with a count has two forms, `key.eins` and `key.viele`; which is taken depends on `n`.
    """

    def __init__(self, words: Mapping[str, str], language: str) -> None:
        """Takes the words by key."""
        self._words = words
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key with its places filled.

        Raises:
            KeyError: there is no such text.
        """
        if key not in self._words and "n" in values:
            key += ".eins" if values["n"] == 1 else ".viele"
        text = self._words[key]
        return text.format(**values) if values else text

    @property
    def words(self) -> Mapping[str, str]:
        """Every text as it is written, by key."""
        return self._words


@cache
def texts_in(language: str) -> Texts:
    """The words of a language; of the default one where the language is not known."""
    known = language if language in LANGUAGES else DEFAULT
    words: dict[str, str] = {}
    for path in sorted((FOLDER / known).glob("*.toml")):
        words.update(_flat(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))))
    return Texts(words, known)


def _flat(prefix: str, table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(f"{prefix}.{key}", value)
        else:
            yield f"{prefix}.{key}", str(value)
