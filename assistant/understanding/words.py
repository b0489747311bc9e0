"""The words of a question while filters are taken out of them; names of Fraktionen among them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.papers.fraktionen import normalise_fraktion

PARTY = (
    r"(?:CDU|CSU|SPD|FDP|AfD|(?:(?:Bündnis\s*|B\s?)90\s*/\s*(?:Die\s+)?)?GRÜNE[NR]?|"
    r"Die\s+Linken?\.?|Linken?\b|Linksfraktion|Freien?\s+Wählern?|FW|(?-i:[Dd]ie\s+FRAKTION)|"
    r"Die\s+PARTEI|BSW|Volt|ÖDP|UWG|Piraten|Bürgerbündnis(?:ses)?\s+[A-ZÄÖÜ]\w+)"
)
"""A pattern for the names of Fraktionen; read without regard to case."""
_FRAKTION = re.compile(rf"\b{PARTY}(?:-?(?:Fraktion|Gruppe|Anträge[n]?))?(?!\w)", re.IGNORECASE)
_PARTY_ONLY = re.compile(rf"^{PARTY}", re.IGNORECASE)


@dataclass(slots=True)
class WordsLeft:
    """What is left of a question while its filters are taken out of it."""

    text: str
    left: str = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.text

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Finds the pattern in what is left and blanks it."""
        found = pattern.search(self.left)
        if found:
            self.blank(found.start(), found.end())
        return found

    def blank(self, start: int, end: int) -> None:
        """Takes the code points from `start` up to `end` out; the others keep their places."""
        self.left = self.left[:start] + " " * (end - start) + self.left[end:]


def take_fraktionen(reader: WordsLeft) -> tuple[str, ...]:
    """Takes every Fraktion out of what is left; their normalised names, each once."""
    names: list[str] = []
    while found := reader.take(_FRAKTION):
        party = _PARTY_ONLY.match(found[0])
        assert party is not None
        names.append(fraktion_name(party[0]))
    return tuple(dict.fromkeys(names))


def fraktionen_in(words: str) -> tuple[str, ...]:
    """The normalised names of the Fraktionen that stand in some words, each once."""
    return take_fraktionen(WordsLeft(words))


def fraktion_name(name: str) -> str:
    """The name that Fraktionen are compared by, out of its genitive: "Bürgerbündnis Süderland"."""
    name = re.sub(r"(?i)\AB\s?90\b", "Bündnis 90", name)
    return re.sub(r"(?i)(?<=bündnis)ses\b", "", normalise_fraktion(name))
