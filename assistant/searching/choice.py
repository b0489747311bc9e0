"""What somebody looks for: words, chosen values of each facet, order, page. It is its address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import urlencode

LONGEST_TEXT = 500
MOST_VALUES = 60
LONGEST_VALUE = 200
MOST_PAGES = 100_000
MISSING = "nicht-erfasst"
"""The value of papers whose field is not on record."""


class Facet(StrEnum):
    """A header field that the search counts by; the value is its name in the address."""

    ART = "art"
    GREMIUM = "gremium"
    FRAKTION = "fraktion"
    WAHLPERIODE = "wahlperiode"
    ERGEBNIS = "ergebnis"
    JAHR = "jahr"


class Order(StrEnum):
    """How the list is sorted; the value is its name in the address."""

    RELEVANZ = "relevanz"
    NEU = "neu"
    ALT = "alt"
    NUMMER = "nummer"


@dataclass(frozen=True, slots=True)
class Choice:
    """A search as it stands in the address. Values of one facet are alternatives."""

    text: str = ""
    values: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    order: Order | None = None
    page: int = 1

    @property
    def sorted_by(self) -> Order:
        """The order that holds: by relevance where there are words, else newest first."""
        if self.order is None or (self.order is Order.RELEVANZ and not self.text):
            return Order.RELEVANZ if self.text else Order.NEU
        return self.order

    @property
    def restricts(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.text) or any(self.values.values())

    def of(self, facet: Facet) -> tuple[str, ...]:
        """The chosen values of a facet."""
        return self.values.get(facet, ())

    def without(self, facet: Facet, value: str) -> Choice:
        """The same, from its first page, without one value."""
        left = tuple(one for one in self.of(facet) if one != value)
        return replace(self, values={**self.values, facet: left}, page=1)

    def address(self, *, page: int = 1) -> str:
        """The query of its address, in one order; values that say nothing are left out."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(facet.value, value) for facet in Facet for value in self.of(facet)]
        if self.order is not None and self.order is not replace(self, order=None).sorted_by:
            pairs.append(("sortierung", self.order.value))
        if page > 1:
            pairs.append(("seite", str(page)))
        return urlencode(pairs)


def read_choice(pairs: Sequence[tuple[str, str]]) -> Choice:
    """The search that an address states; what it states wrongly is as if it were not there."""
    text, order, page = "", None, 1
    values: dict[Facet, list[str]] = {}
    for name, given in pairs:
        value = " ".join(given.split())
        if name == "q":
            text = value[:LONGEST_TEXT]
        elif name == "sortierung":
            order = next((one for one in Order if one.value == value), None)
        elif name == "seite":
            number = int(value) if value.isdecimal() and len(value) < 7 else 1
            page = min(max(number, 1), MOST_PAGES)
        elif name in frozenset(Facet) and 0 < len(value) <= LONGEST_VALUE:
            chosen = values.setdefault(Facet(name), [])
            if value not in chosen and len(chosen) < MOST_VALUES:
                chosen.append(value)
    return Choice(text, {facet: tuple(sorted(values[facet])) for facet in values}, order, page)
