"""Which sitting a question means: by its day, by its number, the last or the next of a Gremium."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from assistant.sittings.reading import BodyNamed, take_body
from assistant.understanding.question import Question
from assistant.understanding.words import WordsLeft
from ingest.expressions import Kind

_LAST = re.compile(
    r"\b(?:letzte[nr]?|jüngste[nr]?|vorige[nr]?|vergangene[nr]?)\s+(?:Sitzung|Tagung)\b"
    r"|\bzuletzt\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\b(?:nächste[nr]?|kommende[nr]?|bevorstehende[nr]?)\s+(?:Sitzung|Tagung)\b", re.IGNORECASE
)
_ORDINAL = re.compile(r"(?<![\d.])(?P<number>\d{1,3})\.\s+Sitzung\b", re.IGNORECASE)


class Which(Enum):
    """Which sitting is meant where neither day nor number says so."""

    LAST = "letzte"
    NEXT = "nächste"


@dataclass(frozen=True, slots=True)
class SittingMeant:
    """A sitting as a question names it; of day, number and which at most one is there."""

    body: BodyNamed
    day: date | None = None
    number: int | None = None
    which: Which | None = None

    @property
    def is_named(self) -> bool:
        """Whether the question says which one of all sittings of the Gremium."""
        return bool(self.day or self.number or self.which)

    @property
    def words(self) -> list[str]:
        """What was understood, in German."""
        found = [f"Sitzung am {self.day:%d.%m.%Y}"] if self.day else []
        found += [f"{self.number}. Sitzung"] if self.number else []
        found += [f"{self.which.value} Sitzung"] if self.which else []
        return found + ([f"Gremium {self.body.name}"] if self.body.name else [])


def take_sitting(
    reader: WordsLeft, question: Question, bodies: Callable[[], Iterable[str]]
) -> SittingMeant | None:
    """Takes the sitting out of the words that are left.

    None where the question names a time that is no day, or more than one sitting.
    """
    ordinal = reader.take(_ORDINAL)
    dates = [
        e
        for e in question.expressions
        if e.kind in (Kind.DATE, Kind.MONTH, Kind.YEAR)
        and not (ordinal and ordinal.start() <= e.span.start < ordinal.end())
    ]
    if any(e.kind is not Kind.DATE or e.value.startswith("--") for e in dates):
        return None
    for one in dates:
        reader.blank(one.span.start, one.span.end)
    last, following = reader.take(_LAST), reader.take(_NEXT)
    if len(dates) + sum(sign is not None for sign in (ordinal, last, following)) > 1:
        return None
    return SittingMeant(
        take_body(reader, bodies()),
        day=date.fromisoformat(dates[0].value) if dates else None,
        number=int(ordinal["number"]) if ordinal else None,
        which=Which.LAST if last else Which.NEXT if following else None,
    )
