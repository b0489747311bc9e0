"""What a Mandant demands of its papers: their sections, what it cannot order, how it writes.

From `hausregeln-MANDANT.toml` and `stilwoerter-MANDANT.toml` in the home, else from the patterns in
the package.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from assistant.errors import SettingsInvalid


class Gender(StrEnum):
    """How a Mandant names women and men."""

    PAAR = "paar"
    STERN = "stern"
    DOPPELPUNKT = "doppelpunkt"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Abschnitt:
    """A section of a Vorlage.

    Attributes:
        pflicht: whether a Vorlage may not go out without it.
        auch: other headings for the same section.
        zustaendig: who has to say what is missing there.
    """

    schluessel: str
    titel: str
    pflicht: bool
    auch: tuple[str, ...]
    zustaendig: str

    def is_headed(self, heading: str) -> bool:
        """Whether a heading is this section's, numbering and colon aside."""
        plain = " ".join(heading.split()).strip(" :.").casefold()
        plain = plain.lstrip("0123456789. )")
        return plain in {title.casefold() for title in (self.titel, *self.auch)}


@dataclass(frozen=True, slots=True)
class Koerperschaft:
    """Another body corporate, whose administration takes no orders from here.

    `regel` is the sentence that a reader is told, `quelle` what it rests on.
    """

    name: str
    kurz: str
    regel: str
    quelle: str


@dataclass(frozen=True, slots=True)
class Finanzangabe:
    """A statement that a section on financial effects has to make, and what speaks of it."""

    name: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Stilwoerter:
    """Words that do not belong into a paper; a star at the end stands for any ending."""

    kampagne: tuple[str, ...]
    superlative: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hausregeln:
    """The rules of one Mandant. `name` and `kurz` are "" where only the pattern is there."""

    name: str
    kurz: str
    gender: Gender
    abschnitte: tuple[Abschnitt, ...]
    andere: tuple[Koerperschaft, ...]
    finanzangaben: tuple[Finanzangabe, ...]
    stilwoerter: Stilwoerter

    def zustaendig(self, schluessel: str) -> str:
        """Who has to say what is missing in the section of that key; "" where nobody is named."""
        named = (a.zustaendig for a in self.abschnitte if a.schluessel == schluessel)
        return next(named, "")

    def abschnitt(self, heading: str) -> Abschnitt | None:
        """The section that a heading begins."""
        return next((a for a in self.abschnitte if a.is_headed(heading)), None)


def read_hausregeln(home: Path | None, mandant: str) -> Hausregeln:
    """The rules of a Mandant.

    Raises:
        SettingsInvalid: its file is there and is no such file.
    """
    stil = _read("stilwoerter", home, mandant, _stilwoerter)
    return _read("hausregeln", home, mandant, lambda values: _parsed(values, stil))


T = TypeVar("T")


def _read(name: str, home: Path | None, mandant: str, parse: Callable[[Mapping[str, Any]], T]) -> T:
    """A Mandant's file over the pattern of that name; what it leaves out is the pattern's."""
    pattern = tomllib.loads(files("assistant").joinpath(f"{name}.toml").read_text("utf-8"))
    own = home / f"{name}-{mandant}.toml" if home else None
    if own is None or not own.is_file():
        return parse(pattern)
    try:
        return parse({**pattern, **tomllib.loads(own.read_text(encoding="utf-8"))})
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError, re.error) as error:
        raise SettingsInvalid(
            f"Die Datei {own.name} im Datenverzeichnis ist nicht lesbar ({type(error).__name__}). "
            "Ein Beispiel liegt unter beispiele/mandanten."
        ) from None


def _stilwoerter(values: Mapping[str, Any]) -> Stilwoerter:
    return Stilwoerter(*(tuple(map(_text, _list(values[n]))) for n in ("kampagne", "superlative")))


def _parsed(values: Mapping[str, Any], stil: Stilwoerter) -> Hausregeln:
    return Hausregeln(
        name=_text(values["name"]),
        kurz=_text(values["kurz"]),
        gender=Gender(values["gender"]),
        abschnitte=tuple(
            Abschnitt(
                schluessel=_text(one["schluessel"]),
                titel=_text(one["titel"]),
                pflicht=bool(one["pflicht"]),
                auch=tuple(map(_text, _list(one.get("auch", [])))),
                zustaendig=_text(one.get("zustaendig", "")),
            )
            for one in _list(values["abschnitt"])
        ),
        andere=tuple(
            Koerperschaft(*(_text(one[key]) for key in ("name", "kurz", "regel", "quelle")))
            for one in _list(values.get("andere_koerperschaft", []))
        ),
        finanzangaben=tuple(
            Finanzangabe(_text(one["name"]), _any_of(list(map(_text, _list(one["woerter"])))))
            for one in _list(values["finanzangabe"])
        ),
        stilwoerter=stil,
    )


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    if not words:
        raise ValueError
    return re.compile(rf"\b(?:{'|'.join(words)})", re.IGNORECASE)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _list(value: object) -> Sequence[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value
