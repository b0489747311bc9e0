"""Who has signed a draft: each Stelle with its state, a name and a day, for one version of it.

A signature holds for the version that was read. When the draft has other words later, it is shown
as given for an earlier one, and the Stelle is asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.begruendung.numbered import append, draft_folder, numbers, read
from assistant.begruendung.versions import Version
from assistant.errors import InputInvalid
from assistant.hausregeln import Hausregeln

MITZEICHNUNG = "mitzeichnung"


class Zeichen(StrEnum):
    """How a Stelle signed; printed, so German."""

    MITGEZEICHNET = "mitgezeichnet"
    MIT_AUFLAGEN = "mit Auflagen mitgezeichnet"
    ABGELEHNT = "nicht mitgezeichnet"


class Stand(StrEnum):
    """Where a Stelle is with the draft as it is now; printed, so German."""

    OFFEN = "offen"
    UEBERHOLT = "galt einer früheren Fassung"
    GEZEICHNET = "gezeichnet"


@dataclass(frozen=True, slots=True)
class Mitzeichnung:
    """One signature.

    Attributes:
        fassung: number of the version that was signed.
        vermerk: what the Stelle wants changed or noted, or "".
        schnitte: how often words had been cut out of the version by then, see `Version`.
    """

    stelle: str
    zeichen: Zeichen
    name: str
    tag: date
    fassung: int
    vermerk: str = ""
    schnitte: int = 0


@dataclass(frozen=True, slots=True)
class Zeile:
    """A Stelle, where it is, and its last signature; None before it signed at all."""

    stelle: str
    stand: Stand
    letzte: Mitzeichnung | None


_FILE = TypeAdapter(Mitzeichnung)


def stellen(rules: Hausregeln) -> tuple[str, ...]:
    """Who has to sign by the rules of a Mandant, each once, in the order of the sections."""
    named = dict.fromkeys(" ".join(a.zustaendig.split()) for a in rules.abschnitte)
    return tuple(stelle for stelle in named if stelle)


def standing(
    rules: Hausregeln, signed: Sequence[Mitzeichnung], versions: Sequence[Version]
) -> tuple[Zeile, ...]:
    """Where each Stelle is with the last version; its last signature counts.

    Args:
        rules: say which Stellen there are. One that signed unasked follows them.
        signed: in the order of signing.
        versions: of the draft, the first one first. One that brings back earlier words takes the
            signatures for those words; one that words were cut out of loses its own.
    """
    words_of = {version.number: version.words_of for version in versions}
    now = (versions[-1].words_of, versions[-1].schnitte) if versions else None
    last = {one.stelle: one for one in signed}
    return tuple(
        Zeile(stelle, _stand(one, words_of, now), one)
        for stelle in dict.fromkeys([*stellen(rules), *last])
        for one in [last.get(stelle)]
    )


def _stand(
    one: Mitzeichnung | None, words_of: dict[int, int], now: tuple[int, int] | None
) -> Stand:
    if one is None:
        return Stand.OFFEN
    signed = (words_of.get(one.fassung), one.schnitte)
    return Stand.GEZEICHNET if signed == now else Stand.UEBERHOLT


def is_complete(lines: Sequence[Zeile]) -> bool:
    """Whether every Stelle signed the last version and none refused or set conditions."""
    return bool(lines) and all(
        line.stand is Stand.GEZEICHNET
        and line.letzte is not None
        and line.letzte.zeichen is Zeichen.MITGEZEICHNET
        for line in lines
    )


def sign(home: Path, mandant: str, name: str, mitzeichnung: Mitzeichnung) -> None:
    """Keeps a signature; earlier ones of the same Stelle stay readable.

    Raises:
        InputInvalid: it lacks Stelle or name, says nothing though it refuses or sets conditions,
            is for a version that is not there, or cannot be written.
    """
    folder = draft_folder(home, mandant, name)
    if not (mitzeichnung.stelle.strip() and mitzeichnung.name.strip()):
        raise InputInvalid("Zur Mitzeichnung gehören die Stelle und der Name, bitte beide angeben.")
    if mitzeichnung.zeichen is not Zeichen.MITGEZEICHNET and not mitzeichnung.vermerk.strip():
        raise InputInvalid(
            "Wer Auflagen macht oder nicht mitzeichnet, sagt bitte im Vermerk, weshalb."
        )
    if mitzeichnung.fassung not in numbers(folder, "fassung"):
        raise InputInvalid(f"Fassung {mitzeichnung.fassung} von »{name}« gibt es nicht.")
    append(folder, MITZEICHNUNG, _FILE.dump_json(mitzeichnung, indent=1) + b"\n")


def signatures(home: Path, mandant: str, name: str) -> tuple[Mitzeichnung, ...]:
    """Every signature under a draft, in the order of signing.

    Raises:
        InputInvalid: a file is there that is none.
    """
    folder = draft_folder(home, mandant, name)
    try:
        return tuple(
            _FILE.validate_json(read(folder, MITZEICHNUNG, number))
            for number in numbers(folder, MITZEICHNUNG)
        )
    except ValidationError:
        raise InputInvalid(
            f"Eine Mitzeichnung zu »{name}« ist beschädigt und lässt sich nicht lesen."
        ) from None
