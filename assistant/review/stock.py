"""What a draft is held against: the papers of its own Mandant, without the draft itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from assistant.records.supplements import Supplements, family
from assistant.records.vorgang import Result, art_fits, near_numbers, results
from assistant.review.types import Reviewed
from assistant.tables import pieces
from index.types import (
    Access,
    Document,
    DocumentSummary,
    Drucksachennummer,
    SearchHit,
    Span,
)
from ingest.expressions import Reference

T = TypeVar("T")

Place = tuple[Document, Span]
"""Words of a stored paper."""
MOST_PLACES = 20_000
"""Of so many places it is kept what one check read there."""


class Stock:
    """Looks up, for one check of one draft, what is on record; each thing once."""

    def __init__(self, reviewed: Reviewed) -> None:
        self._store = reviewed.store
        self._draft = reviewed.document
        self.access = _own_mandant(reviewed.access, reviewed.document.mandant)
        self._supplements = Supplements(self._store, self.access)
        self._known: dict[tuple[str, str], object] = {}
        self._places: dict[tuple[object, str, Span], object] = {}

    def _once(self, kind: str, key: str, find: Callable[[], T]) -> T:
        if (kind, key) not in self._known:
            self._known[kind, key] = find()
        return self._known[kind, key]  # type: ignore[return-value]

    def once_at(self, place: Place, read: Callable[[Place], T]) -> T:
        """What `read` finds at a place, the same one for every sentence of the draft."""
        key = (read, place[0].id, place[1])
        if key in self._places:
            return self._places[key]  # type: ignore[return-value]
        found = read(place)
        if len(self._places) < MOST_PLACES:
            self._places[key] = found
        return found

    def document(self, document_id: str) -> Document | None:
        """A stored paper; None for the draft itself."""
        return self._once("paper", document_id, lambda: self._read(document_id))

    def _read(self, document_id: str) -> Document | None:
        found = self._store.document(self.access, document_id)
        return None if found is None or self._is_draft(found) else found

    def _is_draft(self, paper: Document | DocumentSummary) -> bool:
        own, other = self._draft.kopfdaten, paper.kopfdaten
        if paper.id == self._draft.id:
            return True
        if own.nummer is None or other.nummer is None or own.nummer.value != other.nummer.value:
            return False
        return art_fits((other.benennung,), own.benennung.lower() or None)

    def is_of_draft(self, paper: Document) -> bool:
        """Whether a paper bears the draft's own number with another Ergänzung, or with none."""
        own, other = self._draft.kopfdaten, paper.kopfdaten
        if own.nummer is None or other.nummer is None or not fits(paper, own.benennung or None):
            return False
        return own.nummer.value.stem == other.nummer.value.stem

    def numbers(self) -> list[Drucksachennummer]:
        """Every number on record."""
        return self._once("numbers", "", lambda: self._store.numbers(self.access))

    def bearing(self, number: Drucksachennummer) -> tuple[Document, ...]:
        """The valid papers that bear a number, whatever their kind."""

        def find() -> tuple[Document, ...]:
            entries = self._store.by_number(self.access, number)
            valid = [entry.id for entry in entries if entry.superseded_by is None]
            return tuple(d for d in map(self.document, valid) if d is not None)

        return self._once("number", number.key, find)

    def named(self, reference: Reference) -> tuple[Document, ...]:
        """The papers that a reference can mean; those of another kind only if it names none."""
        return tuple(d for d in self.bearing(reference.number) if fits(d, reference.label))

    def near(self, number: Drucksachennummer) -> tuple[Document, ...]:
        """The papers whose numbers are easily mistaken for one."""
        found = near_numbers(self.numbers(), number)
        return tuple(document for other in found for document in self.bearing(other))

    def mentioned(self, number: Drucksachennummer) -> list[Place]:
        """Where stored papers name a number."""

        def find() -> list[Place]:
            return [
                (document, mention.span)
                for mention in self._store.mentions(self.access, number)
                if (document := self.document(mention.document_id)) is not None
            ]

        return self._once("mentions", number.key, find)

    def minutes_naming(self, references: Sequence[Reference]) -> list[Document]:
        """The minutes that tell of papers, stored or not."""
        named = [document for r in references for document, _ in self.mentioned(r.number)]
        told = [d for d in named if d.kopfdaten.art and d.kopfdaten.art.value == "Niederschrift"]
        return list({document.id: document for document in told}.values())

    def results(self, document: Document) -> list[Result]:
        """Every recorded result of a paper, minutes first."""
        return self._once(
            "results", document.id, lambda: results(self._store, self.access, document)
        )

    def family(self, document: Document) -> tuple[Document, ...]:
        """The other papers of the same number."""

        def find() -> tuple[Document, ...]:
            others = family(self._store, self.access, document)
            return tuple(other for other in others if not self._is_draft(other))

        return self._once("family", document.id, find)

    def later(self, document: Document) -> tuple[Document, ...]:
        """The Ergänzungen that follow a paper, earliest first."""
        return tuple(o for o in self._supplements.later(document) if not self._is_draft(o))

    def outdated(self, document: Document, span: Span) -> bool:
        """Whether a later paper puts something else in the place of the words at `span`."""
        return bool(self.later(document)) and self._supplements.outdated(document, span)

    def entries(self) -> list[DocumentSummary]:
        """The register of valid papers."""
        return self._once(
            "entries", "", lambda: self._store.documents(self.access, current_only=True)
        )

    def minutes(self) -> list[Document]:
        """Every Niederschrift on record."""

        def find() -> list[Document]:
            ids = [
                entry.id
                for entry in self.entries()
                if entry.kopfdaten.art and entry.kopfdaten.art.value == "Niederschrift"
            ]
            return [document for document in map(self.document, ids) if document is not None]

        return self._once("minutes", "", find)

    def bodies(self) -> tuple[str, ...]:
        """Every Gremium that papers and minutes name, longest name first."""

        def find() -> tuple[str, ...]:
            names: set[str] = set()
            for entry in self.entries():
                kopf = entry.kopfdaten
                names |= {" ".join(station.gremium.split()) for station in kopf.beratungsfolge}
                names |= {kopf.gremium.value} if kopf.gremium else set()
            return tuple(sorted(names, key=lambda name: (-len(name), name)))

        return self._once("bodies", "", find)

    def hits(self, text: str, k: int) -> list[tuple[Document, SearchHit]]:
        """The passages nearest to some words, with their papers."""
        found = self._store.keyword_search(self.access, text, k)
        return [
            (document, hit)
            for hit in found
            if (document := self.document(hit.passage.document_id)) is not None
        ]

    def sentences(self, document: Document) -> Sequence[Span]:
        """Every sentence and every row of a table of a paper."""

        def find() -> list[Span]:
            passages = self._store.passages(self.access, document.id)
            found = (span for passage in passages for span in pieces(document, passage))
            return list(dict.fromkeys(found))

        return self._once("sentences", document.id, find)

    def sentences_of_hits(self, text: str, k: int) -> Iterator[Place]:
        """The sentences of the passages nearest to some words."""
        for document, hit in self.hits(text, k):
            yield from ((document, span) for span in pieces(document, hit.passage))


def fits(document: Document, label: str | None) -> bool:
    """Whether a paper may be called by a word ("Vorlage"); no word fits all."""
    kopf = document.kopfdaten
    names = tuple(name for name in (kopf.art.value if kopf.art else "", kopf.benennung) if name)
    return art_fits(names, label.lower() if label else None)


def _own_mandant(access: Access, mandant: str) -> Access:
    """What may be seen of the draft's own Mandant; all where the draft belongs to none of them."""
    if mandant not in access.mandanten:
        return access
    return Access(frozenset({mandant}), access.stufen)
