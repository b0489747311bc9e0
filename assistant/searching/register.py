"""The register as the search counts it: each valid paper with its value in each facet.

Held for as long as nothing is written that somebody may see.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from assistant.lists.decided import Decided, Minutes
from assistant.lists.fields import art_of, bodies_of, counted_as, is_decided_on, is_of, movers_of
from assistant.lists.phrase import KINDS
from assistant.searching.choice import MISSING, Facet
from index.german import analyse
from index.store import Store
from index.types import Access, DocumentSummary, Kopfdaten

MOST_HELD = 8
"""Registers of so many kinds of Access are held at once."""
MOST_TERMS_HELD = 500
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐‑](?=[^\W\d_])")
_UNKNOWN = frozenset({MISSING})


@dataclass(frozen=True, slots=True)
class Entry:
    """A valid paper: its values by facet, and the result that counts where one is on record."""

    paper: DocumentSummary
    values: Mapping[Facet, frozenset[str]]
    decided: Decided | None


@dataclass(frozen=True, slots=True)
class View:
    """All valid papers that one Access may see, at one moment.

    `as_of` is the day when a paper was read in last; None where there is none.
    """

    generation: int
    as_of: date | None
    entries: tuple[Entry, ...]
    by_id: Mapping[str, Entry]
    _holding: dict[str, frozenset[str]] = field(default_factory=dict)

    def holding(self, store: Store, access: Access, text: str) -> frozenset[str]:
        """Ids of the papers that hold every word of `text` somewhere; none where it has none."""
        found: frozenset[str] | None = None
        for term in terms_of(text):
            holding = self._holding.get(term)
            if holding is None:
                holding = store.documents_holding(access, term)
                if len(self._holding) >= MOST_TERMS_HELD:
                    self._holding.clear()
                self._holding[term] = holding
            found = holding if found is None else found & holding
        return (found or frozenset()) & self.by_id.keys()


def terms_of(text: str) -> tuple[str, ...]:
    """The term of each word that has to be there: whole words, no parts of compounds.

    Both halves of "KI-Kongress" have to be there, not the word written as one.
    """
    return tuple(dict.fromkeys(analyse(_HYPHEN.sub(" ", text)).words))


class Register:
    """Gives the view of an Access; makes it anew after a write. For several threads."""

    def __init__(self) -> None:
        """Holds nothing yet."""
        self._lock = threading.Lock()
        self._making = threading.Lock()
        self._views: dict[Access, View] = {}
        self._minutes = Minutes()

    def view(self, store: Store, access: Access) -> View:
        """What `access` may see now. Call it within a snapshot of the store."""
        generation = store.generation(access)
        if (held := self._held(access, generation)) is not None:
            return held
        with self._making:
            if (held := self._held(access, generation)) is not None:
                return held
            made = self._made(store, access, generation)
            with self._lock:
                self._views.pop(access, None)
                while len(self._views) >= MOST_HELD:
                    self._views.pop(next(iter(self._views)))
                self._views[access] = made
            return made

    def _held(self, access: Access, generation: int) -> View | None:
        with self._lock:
            held = self._views.get(access)
        return held if held is not None and held.generation == generation else None

    def _made(self, store: Store, access: Access, generation: int) -> View:
        papers = store.documents(access, current_only=True)
        decided = self._minutes.decided(store, access, papers)
        names = _body_names(papers)
        entries = tuple(
            Entry(paper, _values(paper.kopfdaten, decided.get(paper.id), names), found)
            for paper in papers
            for found in (decided.get(paper.id),)
        )
        latest = max((paper.ingested_at for paper in papers), default="")
        as_of = datetime.fromisoformat(latest).astimezone().date() if latest else None
        return View(generation, as_of, entries, {entry.paper.id: entry for entry in entries})


def _body_names(papers: Sequence[DocumentSummary]) -> dict[str, str]:
    """One spelling for each Gremium: the first in the register."""
    names: dict[str, str] = {}
    for paper in papers:
        for key, name in bodies_of(paper.kopfdaten).items():
            names.setdefault(key, name)
    return names


def _values(
    kopf: Kopfdaten, decided: Decided | None, names: Mapping[str, str]
) -> dict[Facet, frozenset[str]]:
    wahlperiode, datum = kopf.wahlperiode, kopf.datum
    return {
        Facet.ART: kinds_of(kopf) or _UNKNOWN,
        Facet.GREMIUM: frozenset(names[key] for key in bodies_of(kopf)) or _UNKNOWN,
        Facet.FRAKTION: movers_of(kopf) or _UNKNOWN,
        Facet.WAHLPERIODE: _UNKNOWN if wahlperiode is None else frozenset({str(wahlperiode)}),
        Facet.ERGEBNIS: _outcomes(kopf, decided),
        Facet.JAHR: _UNKNOWN if datum is None else frozenset({str(datum.value.year)}),
    }


def kinds_of(kopf: Kopfdaten) -> frozenset[str]:
    """The kinds that a list counts a paper under, in the plural; else the name of its own kind."""
    named = frozenset(name for name, arten in KINDS if is_of(kopf, arten))
    return named or frozenset(filter(None, (art_of(kopf),)))


def _outcomes(kopf: Kopfdaten, decided: Decided | None) -> frozenset[str]:
    """Nothing for papers that nobody decides on; what is not read counts as not on record."""
    if not is_decided_on(kopf):
        return frozenset()
    if decided is None or decided.ergebnis.outcome is None:
        return _UNKNOWN
    return frozenset(outcome.value for outcome in counted_as(decided.ergebnis.outcome))
