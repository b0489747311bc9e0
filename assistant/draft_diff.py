"""Differences between two versions of a draft as a person reads them: word by word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.begruendung.whose import whose
from assistant.begruendung.wording import Wortfolge, differing
from assistant.wire.entwurf import AbsatzWire
from assistant.wire.kept import AenderungWire


@dataclass(frozen=True, slots=True)
class Aenderungsbild:
    """A paragraph that differs, with its words side by side.

    `wessen_vorher` and `wessen_nachher` say whose words they are, "" where there are none.
    """

    aenderung: AenderungWire
    worte: tuple[Wortfolge, ...]
    wessen_vorher: str
    wessen_nachher: str


def pictured(changes: Iterable[AenderungWire]) -> tuple[Aenderungsbild, ...]:
    """Each change with what became of its words."""
    return tuple(
        Aenderungsbild(
            change,
            differing(_text(change.vorher), _text(change.nachher)),
            _whose(change.vorher),
            _whose(change.nachher),
        )
        for change in changes
    )


def _text(absatz: AbsatzWire | None) -> str:
    return absatz.text if absatz else ""


def _whose(absatz: AbsatzWire | None) -> str:
    return whose(absatz.text, absatz.herkunft) if absatz else ""
