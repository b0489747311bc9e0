"""Shorter: what neighbours begin with is said once, long phrases take their short form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.begruendung.rewording.joining import STATIONS, Joint, joined, joint_of
from assistant.begruendung.rewording.phrases import shortened
from assistant.begruendung.rewording.quoting import outside
from assistant.begruendung.types import Absatz, Herkunft

MOST_CHARACTERS = 600
"""Of quotes and values in a joined paragraph; a longer one is no easier to read than several."""


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbours that become one paragraph. `places` are theirs, from 0."""

    places: tuple[int, ...]
    joints: tuple[Joint, ...]

    def text(self, *, points: bool) -> str:
        """The paragraph that stands for them."""
        return joined(self.joints, points=points)


def runs(absaetze: Sequence[Absatz], most: int | None = None) -> Iterator[Run]:
    """The neighbours among paragraphs that can be joined; of stations and gaps each apart.

    `most` is how many characters of their own a joined paragraph may hold; None for any number.
    """
    joints = [_joint(absatz) for absatz in absaetze]
    first = 0
    while first < len(joints):
        end = first + 1
        while end < len(joints) and _belong(joints[first], joints[end]):
            end += 1
        by_key: dict[tuple[str, ...], list[int]] = {}
        for place in range(first, end):
            joint = joints[place]
            if joint is not None:
                by_key.setdefault(joint.key, []).append(place)
        for of_key in by_key.values():
            for places in _parted(of_key, absaetze, most):
                if len(places) > 1:
                    yield Run(tuple(places), tuple(j for p in places if (j := joints[p])))
        first = end


def _parted(
    places: Sequence[int], absaetze: Sequence[Absatz], most: int | None
) -> Iterator[list[int]]:
    """The places in rows whose items are not longer than `most` together."""
    row: list[int] = []
    length = 0
    for place in places:
        joint = _joint(absaetze[place])
        own = len(joint.item) if joint else 0
        if row and most is not None and length + own > most:
            yield row
            row, length = [], 0
        row.append(place)
        length += own
    yield row


def _joint(absatz: Absatz) -> Joint | None:
    ours = absatz.herkunft in (Herkunft.BELEGT, Herkunft.ABGELEITET)
    return joint_of(absatz.text) if ours else None


def _belong(one: Joint | None, other: Joint | None) -> bool:
    if one is None or other is None:
        return False
    return one.key == other.key or one.key[0] == other.key[0] == STATIONS


def shorter(text: str) -> str:
    """A paragraph with long phrases in their short form; its quotes as they are."""
    return outside(text, shortened)
