"""What differs between two wordings of a paragraph, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class Verbleib(StrEnum):
    """What became of some words."""

    BLEIBT = "bleibt"
    ENTFAELLT = "entfaellt"
    NEU = "neu"


@dataclass(frozen=True, slots=True)
class Wortfolge:
    """Words in a row of which the same became."""

    text: str
    verbleib: Verbleib


def differing(before: str, after: str) -> tuple[Wortfolge, ...]:
    """Both wordings in one: left out, taken as it stands and new.

    Without what is new it is `before`, without what is left out it is `after`.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found: list[Wortfolge] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found.append(Wortfolge("".join(old[a:b]), Verbleib.BLEIBT))
            continue
        if b > a:
            found.append(Wortfolge("".join(old[a:b]), Verbleib.ENTFAELLT))
        if d > c:
            found.append(Wortfolge("".join(new[c:d]), Verbleib.NEU))
    return tuple(_without_islands(found))


def _without_islands(found: list[Wortfolge]) -> Iterator[Wortfolge]:
    """A blank alone between changes belongs to them: less is marked, and it reads better."""
    out, come = "", ""
    for at, one in enumerate(found):
        if one.verbleib is Verbleib.ENTFAELLT:
            out += one.text
        elif one.verbleib is Verbleib.NEU:
            come += one.text
        elif one.text.isspace() and (out or come) and at + 1 < len(found):
            out, come = out + one.text, come + one.text
        else:
            yield from _changed(out, come)
            out, come = "", ""
            yield one
    yield from _changed(out, come)


def _changed(out: str, come: str) -> Iterator[Wortfolge]:
    if out:
        yield Wortfolge(out, Verbleib.ENTFAELLT)
    if come:
        yield Wortfolge(come, Verbleib.NEU)
