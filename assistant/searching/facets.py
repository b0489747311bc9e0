"""How many papers each value of each facet has, beside what is chosen in the other facets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.lists.phrase import OUTCOME_WORDS
from assistant.searching.choice import MISSING, Choice, Facet
from assistant.searching.register import Entry

_OUTCOMES = [outcome.value for outcome in OUTCOME_WORDS]


@dataclass(frozen=True, slots=True)
class Counted:
    """A value of a facet with the number of papers that it would leave."""

    value: str
    count: int
    chosen: bool

    @property
    def is_missing(self) -> bool:
        """Whether it stands for papers whose field is not on record."""
        return self.value == MISSING


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The papers that a choice leaves, and the values of each facet in their order."""

    entries: tuple[Entry, ...]
    facets: Mapping[Facet, tuple[Counted, ...]]


def narrow(entries: Iterable[Entry], choice: Choice) -> Narrowed:
    """Leaves the papers that fit every facet; a facet's own choice does not change its counts."""
    chosen = {facet: frozenset(choice.of(facet)) for facet in Facet if choice.of(facet)}
    counts: dict[Facet, Counter[str]] = {facet: Counter() for facet in Facet}
    left = []
    for entry in entries:
        failed = [
            facet for facet, wanted in chosen.items() if wanted.isdisjoint(entry.values[facet])
        ]
        if not failed:
            left.append(entry)
            for facet, counter in counts.items():
                counter.update(entry.values[facet])
        elif len(failed) == 1:
            counts[failed[0]].update(entry.values[failed[0]])
    facets = {
        facet: _in_order(facet, counter, chosen.get(facet, frozenset()))
        for facet, counter in counts.items()
    }
    return Narrowed(tuple(left), facets)


def _in_order(facet: Facet, counter: Counter[str], chosen: frozenset[str]) -> tuple[Counted, ...]:
    """The most frequent first, years and Wahlperioden latest first; what is missing last.

    A chosen value stays, even where no paper has it any more: it can then be let go of.
    """
    names = counter.keys() | chosen

    def place(name: str) -> tuple[bool, int, str]:
        if facet in (Facet.JAHR, Facet.WAHLPERIODE):
            rank = -int(name) if name.isdecimal() else 0
        elif facet is Facet.ERGEBNIS:
            rank = _OUTCOMES.index(name) if name in _OUTCOMES else len(_OUTCOMES)
        else:
            rank = -counter[name]
        return name == MISSING, rank, name.casefold()

    return tuple(Counted(name, counter[name], name in chosen) for name in sorted(names, key=place))
