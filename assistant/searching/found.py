"""The papers that a search leaves, in order, each with the words it was found by.

Counted are the papers that hold every word, so that counts, CSV and saved searches say the same
however often one looks. What is only near in meaning is named apart and not counted.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.finding.retriever import Searchable, search
from assistant.searching.choice import Choice, Order
from assistant.searching.facets import Narrowed, narrow
from assistant.searching.marking import Piece, Snippet, pieces_of, snippet_of
from assistant.searching.register import Entry, View, terms_of
from index.german import query_terms
from index.types import Access, Drucksachennummer, Filters, SearchHit

PAGE = 20
RANKED = 200
"""So many passages are put in order by wording and meaning together."""
MOST_NEAR = 5
MOST_SNIPPETS = 2
HITS_FOR_SNIPPETS = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """A paper of the list with its subject; without words in the search it has no snippets."""

    entry: Entry
    subject: tuple[Piece, ...]
    snippets: tuple[Snippet, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a search with the counts of the whole.

    Attributes:
        entries: every paper of the list in order.
        hits: those of the page.
        near: papers that lack a word and are near in meaning; only beside the first page.
        held: how many papers hold the words, whatever the facets leave of them.
    """

    choice: Choice
    narrowed: Narrowed
    entries: tuple[Entry, ...]
    hits: tuple[Hit, ...]
    near: tuple[Hit, ...]
    held: int

    @property
    def pages(self) -> int:
        """How many pages the list has; at least one."""
        return max(1, -(-len(self.entries) // PAGE))


def matching(parts: Searchable, view: View, access: Access, choice: Choice) -> Narrowed:
    """The papers that hold every word and fit every facet, in no order."""
    entries: Sequence[Entry] = view.entries
    if choice.text:
        holding = view.holding(parts.store, access, choice.text)
        entries = [entry for entry in entries if entry.paper.id in holding]
    return narrow(entries, choice)


def ordered(entries: Sequence[Entry], order: Order) -> list[Entry]:
    """The entries by a field; those without it last."""
    if order is Order.NUMMER:
        return sorted(entries, key=_by_number)
    sign = 1 if order is Order.ALT else -1
    return sorted(entries, key=lambda entry: _by_day(entry, sign))


def _by_day(entry: Entry, sign: int) -> tuple[bool, int, tuple[object, ...]]:
    datum = entry.paper.kopfdaten.datum
    return (datum is None, sign * datum.value.toordinal() if datum else 0, _by_number(entry))


def _by_number(entry: Entry) -> tuple[bool, int, int, int, str, str]:
    reading = entry.paper.kopfdaten.nummer
    if reading is None:
        return True, 0, 0, 0, "", entry.paper.source
    number: Drucksachennummer = reading.value
    known = (number.wahlperiode or 0, number.nummer or 0, number.ergaenzung or 0)
    return False, -known[0], *known[1:], number.key, entry.paper.source


def find(parts: Searchable, view: View, access: Access, choice: Choice) -> Found:
    """One page of what a choice finds. Call it within a snapshot of the store."""
    narrowed = matching(parts, view, access, choice)
    held = sum(1 for _ in view.holding(parts.store, access, choice.text)) if choice.text else 0
    near: list[Hit] = []
    hits: dict[str, list[SearchHit]] = {}
    if choice.sorted_by is Order.RELEVANZ:
        hits = _ranked(parts, view, access, choice)
        left = {entry.paper.id: entry for entry in narrowed.entries}
        first = [left.pop(id_) for id_ in hits if id_ in left]
        entries = [*first, *ordered(list(left.values()), Order.NEU)]
        if choice.page == 1:
            near = _near(view, narrowed, choice, hits)
    else:
        entries = ordered(narrowed.entries, choice.sorted_by)
    start = PAGE * (choice.page - 1)
    shown = entries[start : start + PAGE]
    told = tuple(_told(parts, access, choice.text, shown, hits))
    return Found(choice, narrowed, tuple(entries), told, tuple(near), held)


def _ranked(
    parts: Searchable, view: View, access: Access, choice: Choice
) -> dict[str, list[SearchHit]]:
    """The best passages by paper, the best paper first; of the papers that the facets leave."""
    only = None
    if any(choice.values.values()):
        allowed = narrow(view.entries, choice).entries
        only = Filters(document_ids=frozenset(entry.paper.id for entry in allowed))
    found, _ = search(parts, choice.text, access, RANKED, only)
    hits: dict[str, list[SearchHit]] = {}
    for hit in found:
        hits.setdefault(hit.passage.document_id, []).append(hit)
    return hits


def _near(
    view: View, narrowed: Narrowed, choice: Choice, hits: dict[str, list[SearchHit]]
) -> list[Hit]:
    counted = {entry.paper.id for entry in narrowed.entries}
    wanted = frozenset(query_terms(choice.text))
    others = (id_ for id_ in hits if id_ in view.by_id and id_ not in counted)
    return [
        Hit(
            view.by_id[id_],
            _subject(view.by_id[id_], wanted),
            (snippet_of(hits[id_][0].passage, wanted),),
        )
        for id_ in islice(others, MOST_NEAR)
    ]


def _told(
    parts: Searchable,
    access: Access,
    text: str,
    shown: Sequence[Entry],
    ranked: dict[str, list[SearchHit]],
) -> list[Hit]:
    """The papers with their snippets: the passages with the words, the best first."""
    if not text:
        return [Hit(entry, _subject(entry, ())) for entry in shown]
    only = Filters(document_ids=frozenset(entry.paper.id for entry in shown))
    by_words: dict[str, list[SearchHit]] = {}
    for hit in parts.store.keyword_search(access, text, HITS_FOR_SNIPPETS, only) if shown else ():
        by_words.setdefault(hit.passage.document_id, []).append(hit)
    wanted = frozenset(terms_of(text))
    told = []
    for entry in shown:
        id_ = entry.paper.id
        best = by_words.get(id_) or ranked.get(id_, [])
        cut = [snippet_of(hit.passage, wanted) for hit in best[: 2 * MOST_SNIPPETS]]
        speaking = [snippet for snippet in cut if any(p.marked for p in snippet.pieces)]
        subject = _subject(entry, wanted)
        if not any(piece.marked for piece in subject):
            speaking = speaking or cut[:1]
        told.append(Hit(entry, subject, tuple(speaking[:MOST_SNIPPETS])))
    return told


def _subject(entry: Entry, wanted: Collection[str]) -> tuple[Piece, ...]:
    """What the paper is about, else its title, with the wanted words marked."""
    subject = entry.paper.kopfdaten.tagesordnungspunkt
    words = subject.value if subject else entry.paper.title
    return pieces_of(" ".join(words.split()), wanted)
