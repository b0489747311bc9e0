"""Where the quote of an exercise stands in the papers at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.learning.exercises import Quote, pattern_of
from index.store import Store
from index.types import Access, Span


@dataclass(frozen=True, slots=True)
class Place:
    """A document and the words in it."""

    document_id: str
    span: Span


def places_of(store: Store, access: Access, quotes: Sequence[Quote]) -> list[Place | None]:
    """The place of each quote; None where the paper is not here, or does not say so."""
    papers = {quote.paper for quote in quotes}
    held = {
        paper: document.id
        for document in store.documents(access, current_only=True)
        for paper in papers
        if document.source == paper or document.source.endswith(f"/{paper}")
    }
    return [_place(store, access, held.get(quote.paper), quote) for quote in quotes]


def _place(store: Store, access: Access, document_id: str | None, quote: Quote) -> Place | None:
    document = store.document(access, document_id) if document_id else None
    found = pattern_of(quote.words).search(document.text) if document else None
    return Place(document.id, Span(*found.span())) if document and found else None
