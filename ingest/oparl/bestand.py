"""What is known of one body: its objects by kind and id, and its Wahlperioden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from ingest.oparl.objects import Item, Json, listed, words


@dataclass(frozen=True, slots=True)
class Terms:
    """The Wahlperioden of a body, by their days."""

    terms: tuple[tuple[str, date, date | None], ...] = ()

    def at(self, day: date | None) -> str | None:
        """The name of the Wahlperiode that `day` falls into."""
        if day is None:
            return None
        for name, first, last in self.terms:
            if first <= day and (last is None or day <= last):
                return name
        return None


@dataclass(slots=True)
class Bestand:
    """All objects of a body by kind and id. `fetch` brings one that is only referred to."""

    fetch: Callable[[str, str], Json | None]
    terms: Terms = Terms()
    known: dict[str, dict[str, Json | None]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, items: Iterable[Item]) -> None:
        """Takes in objects; deleted ones are known to be none."""
        for item in items:
            self.known[item.kind][item.id] = None if item.deleted else item.fields

    def all(self, kind: str) -> list[tuple[str, Json]]:
        """The objects of a kind that are there, by id."""
        found = self.known[kind].items()
        return sorted((id_, fields) for id_, fields in found if fields is not None)

    def get(self, kind: str, id_: str | None) -> Json | None:
        """One object, fetched where it is only referred to; None where there is none."""
        if id_ is None:
            return None
        if id_ not in self.known[kind]:
            self.known[kind][id_] = self.fetch(kind, id_)
        return self.known[kind][id_]


def read_terms(body: Json) -> Terms:
    """The Wahlperioden that a body lists."""
    terms = []
    for entry in listed(body.get("legislativeTerm")):
        if isinstance(entry, dict):
            name, first = words(entry.get("name")), day_of(words(entry.get("startDate")))
            if name and first:
                terms.append((name, first, day_of(words(entry.get("endDate")))))
    return Terms(tuple(terms))


def day_of(text: str | None) -> date | None:
    """The day of an ISO date or date-time, as the council's own clock shows it."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
