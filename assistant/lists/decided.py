"""What became of every paper at once: the same results as `records.vorgang` finds one by one.

Looking each paper up would read every document of the register; here only the minutes are read,
each once, and what their items say is held as long as they stay as they are.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.records.vorgang import concerns, labels_in, recommends, role_recommends, station_of
from index.store import Store
from index.types import (
    Access,
    Beratung,
    Document,
    DocumentSummary,
    Drucksachennummer,
    Ergebnis,
    TopBeschluss,
)


@dataclass(frozen=True, slots=True)
class Decided:
    """The result that counts of one paper, and the document that records it."""

    ergebnis: Ergebnis
    source: DocumentSummary


@dataclass(frozen=True, slots=True)
class _Item:
    """What one item of minutes records of its papers; `labels` by number, see `labels_in`."""

    minutes: DocumentSummary
    beschluss: TopBeschluss
    ergebnis: Ergebnis
    recommends: bool
    labels: tuple[tuple[Drucksachennummer, frozenset[str]], ...]


class Minutes:
    """Knows the items of all minutes that somebody may see. May be used by several threads."""

    def __init__(self) -> None:
        """Has read nothing yet."""
        self._lock = threading.Lock()
        self._held: dict[tuple[Access, str], tuple[_Item, ...]] = {}

    def decided(
        self, store: Store, access: Access, register: Sequence[DocumentSummary]
    ) -> dict[str, Decided]:
        """The result that counts, by id, of each paper of a register that has one.

        `register` holds all valid papers that `access` may see.
        """
        items = self._by_number(store, access, register)
        found: dict[str, Decided] = {}
        for paper in register:
            decided = _decided(paper, items)
            if decided is not None:
                found[paper.id] = decided
        return found

    def _by_number(
        self, store: Store, access: Access, register: Sequence[DocumentSummary]
    ) -> dict[str, list[_Item]]:
        """Every item by the keys of its papers, the latest sitting first."""
        now: dict[tuple[Access, str], tuple[_Item, ...]] = {}
        for summary in register:
            if not any(b.ergebnis and b.drucksachen for b in summary.kopfdaten.beschluesse):
                continue
            key = (access, summary.id)
            held = self._held.get(key)
            if held is None or held[0].minutes != summary:
                document = store.document(access, summary.id)
                held = tuple(_items(document, summary)) if document else ()
            if held:
                now[key] = held
        with self._lock:
            # What is not in the register any more must not linger.
            others = {key: held for key, held in self._held.items() if key[0] != access}
            self._held = {**others, **now}
        found: dict[str, list[_Item]] = {}
        for held in sorted(now.values(), key=lambda items: _day(items[0].minutes), reverse=True):
            for item in held:
                for number, _ in item.labels:
                    found.setdefault(number.key, []).append(item)
        return found


def _items(document: Document, summary: DocumentSummary) -> Iterator[_Item]:
    for beschluss in document.kopfdaten.beschluesse:
        if beschluss.ergebnis and beschluss.drucksachen:
            labels = tuple(
                (number, labels_in(document, beschluss, number))
                for number in dict.fromkeys(beschluss.drucksachen)
            )
            recommending = recommends(document, beschluss)
            yield _Item(summary, beschluss, beschluss.ergebnis, recommending, labels)


def _decided(paper: DocumentSummary, items: dict[str, list[_Item]]) -> Decided | None:
    kopf = paper.kopfdaten
    number = kopf.nummer.value if kopf.nummer else None
    for item in items.get(number.key, ()) if number else ():
        labels = next(labels for other, labels in item.labels if other == number)
        if item.minutes.id == paper.id or not concerns(paper, labels):
            continue
        if not _is_recommendation(item, station_of(paper, item.minutes)):
            return Decided(item.ergebnis, item.minutes)
    return Decided(kopf.ergebnis, paper) if kopf.ergebnis else None


def _is_recommendation(item: _Item, station: Beratung | None) -> bool:
    return role_recommends(station.rolle) if station and station.rolle else item.recommends


def _day(document: DocumentSummary) -> str:
    return document.kopfdaten.datum.value.isoformat() if document.kopfdaten.datum else ""
