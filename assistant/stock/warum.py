"""Why something is not found under a number: every document that bears it, and its state."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.records.register import read_number
from assistant.records.vorgang import near_numbers
from assistant.stock.bestand import state_of
from index.life import Depublication, Pending, Zustand
from index.store import Store
from index.types import (
    Access,
    DocumentSummary,
    Drucksachennummer,
    QuarantineEntry,
    Schutzstufe,
)
from ingest.expressions import find_references


@dataclass(frozen=True, slots=True)
class Holding:
    """One document that bears the number, with what decides whether it is found.

    `passages` by Schutzstufe; `sources` are its files, the first one first.
    """

    document: DocumentSummary
    state: Zustand
    passages: dict[Schutzstufe, int]
    sources: tuple[str, ...]
    depublication: Depublication | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is known about a number that somebody misses."""

    number: Drucksachennummer
    holdings: tuple[Holding, ...]
    refused: tuple[QuarantineEntry, ...]
    waiting: tuple[Pending, ...]
    mentioned_in: tuple[DocumentSummary, ...]
    near: tuple[Drucksachennummer, ...]
    erased: int


def explain(store: Store, access: Access, text: str) -> Explanation:
    """Gathers what the store has under a number, what was refused, and what looks alike.

    Raises:
        InputInvalid: `text` names no number.
    """
    number = read_number(text)
    holdings = [_held(store, access, paper) for paper in store.by_number(access, number)]
    for item in store.depublished(access):
        own = item.entry.kopfdaten.nummer
        if own is not None and own.value == number:
            holdings.append(
                Holding(
                    item.entry,
                    Zustand.DEPUBLIZIERT,
                    {},
                    _sources(store, access, item.entry),
                    item,
                )
            )
    ids = {holding.document.id for holding in holdings}
    mentions = [m for m in store.mentions(access, number) if m.document_id not in ids]
    summaries = store.summaries(access, list({m.document_id for m in mentions}))
    known = store.numbers(access)
    return Explanation(
        number=number,
        holdings=tuple(holdings),
        refused=tuple(e for e in store.quarantined(access) if _named(e.path, number)),
        waiting=tuple(e for e in store.pending(access) if _named(e.path, number)),
        mentioned_in=tuple(sorted(summaries.values(), key=lambda s: s.source)),
        near=near_numbers(known, number),
        erased=len([d for d in store.deletions(access) if not d.lifted]),
    )


def _held(store: Store, access: Access, paper: DocumentSummary) -> Holding:
    passages: dict[Schutzstufe, int] = {}
    for passage in store.passages(access, paper.id):
        passages[passage.visibility] = passages.get(passage.visibility, 0) + 1
    return Holding(paper, state_of(paper), passages, _sources(store, access, paper))


def _sources(store: Store, access: Access, paper: DocumentSummary) -> tuple[str, ...]:
    further = [s.source for s in store.sources(access, paper.id) if s.source != paper.source]
    return (paper.source, *dict.fromkeys(further))


def _named(path: str, number: Drucksachennummer) -> bool:
    """Whether a file's name states the number: "antrag-15-148.pdf", "15_148/scan.pdf"."""
    spelled = path.replace("\\", "/").rsplit("/", 2)[-2:]
    for part in spelled:
        stem = part.rsplit(".", 1)[0]
        if any(found.number == number for found in find_references(stem)):
            return True
        figures = [int(piece) for piece in _figures(stem)]
        wanted = [number.wahlperiode, number.nummer]
        if number.ergaenzung is not None:
            wanted.append(number.ergaenzung)
        width = len(wanted)
        for at in range(len(figures) - width + 1):
            if figures[at : at + width] == wanted and (
                number.ergaenzung is not None or len(figures) == at + width
            ):
                return True
    return False


def _figures(stem: str) -> list[str]:
    kept = "".join(sign if sign.isdecimal() else " " for sign in stem)
    return [piece for piece in kept.split() if len(piece) < 9]
