"""What a Mandant demands of its papers: their sections, what it cannot order, how it writes.

From `hausregeln-MANDANT.toml` in the home, else from the pattern in the package.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Any

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
class Hausregeln:
    """The rules of one Mandant. `name` and `kurz` are "" where only the pattern is there."""

    name: str
    kurz: str
    gender: Gender
    abschnitte: tuple[Abschnitt, ...]
    andere: tuple[Koerperschaft, ...]

    def abschnitt(self, heading: str) -> Abschnitt | None:
        """The section that a heading begins."""
        return next((a for a in self.abschnitte if a.is_headed(heading)), None)


def read_hausregeln(home: Path | None, mandant: str) -> Hausregeln:
    """The rules of a Mandant.

    Raises:
        SettingsInvalid: its file is there and is no such file.
    """
    pattern = tomllib.loads(files("assistant").joinpath("hausregeln.toml").read_text("utf-8"))
    own = home / f"hausregeln-{mandant}.toml" if home else None
    if own is None or not own.is_file():
        return _parsed(pattern)
    try:
        return _parsed({**pattern, **tomllib.loads(own.read_text(encoding="utf-8"))})
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise SettingsInvalid(
            f"Die Datei {own.name} im Datenverzeichnis ist nicht lesbar ({type(error).__name__}). "
            "Ein Beispiel liegt unter beispiele/mandanten."
        ) from None


def _parsed(values: Mapping[str, Any]) -> Hausregeln:
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
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _list(value: object) -> Sequence[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value
