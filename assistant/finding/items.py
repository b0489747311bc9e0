"""Which words of minutes are about the papers that a question names: those of their items."""

from __future__ import annotations

from collections.abc import Sequence

from index.store import Store
from index.types import Access, Document, Drucksachennummer, SectionKind, Span


class ItemsOfPapers:
    """The items of minutes and agendas in which one of some papers is named.

    What was said under another item answers no question about them, however near its words are.
    """

    def __init__(self, store: Store, access: Access, numbers: Sequence[Drucksachennummer]) -> None:
        self._numbers = frozenset(numbers)
        self._named: dict[str, list[Span]] = {}
        for number in numbers:
            for mention in store.mentions(access, number):
                self._named.setdefault(mention.document_id, []).append(mention.span)

    def may_answer(self, document: Document, span: Span) -> bool:
        """Whether the words may be about the papers; always so where there are no items."""
        nummer = document.kopfdaten.nummer
        named = self._named.get(document.id)
        if not named or (nummer is not None and nummer.value in self._numbers):
            return True
        items = [section for section in document.sections if section.kind is SectionKind.TOP]
        if not items:
            return True
        about = [
            max(holding, key=lambda section: section.level).span
            for mention in named
            if (holding := [item for item in items if item.span.contains(mention)])
        ]
        return any(item.overlaps(span) for item in about)
