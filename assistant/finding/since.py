"""What came after a found paper: its Ergänzungen, what amended a statute, what was decided."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.finding.demands import FIGURES
from assistant.records.amendments import Amendments
from assistant.records.supplements import Supplements
from assistant.records.vorgang import Result, results
from assistant.understanding.question import Question
from index.store import Store
from index.types import Access, Document, SectionKind, Span


@dataclass(frozen=True, slots=True)
class Since:
    """Knows, for one question, what became of the papers that search has found."""

    store: Store
    access: Access
    supplements: Supplements
    amendments: Amendments

    @classmethod
    def of(cls, store: Store, access: Access) -> Since:
        """Nothing is read before it is asked for."""
        return cls(store, access, Supplements(store, access), Amendments(store, access))

    def later(self, document: Document) -> tuple[Document, ...]:
        """The papers that add to this one, amend it or take its place, earliest first each."""
        return self.supplements.later(document) + self.amendments.followers(document)

    def outdated(self, document: Document, span: Span, question: Question) -> bool:
        """Whether something else stands today in the place of the words at `span`."""
        figures = bool(FIGURES & set(question.wanted))
        return self.supplements.outdated(
            document, span, figures=figures
        ) or self.amendments.outdated(document, span, question)

    def results(self, document: Document, span: Span) -> tuple[Result, ...]:
        """What became of a proposal at `span`; nothing for other words, or where none is known."""
        if not is_proposal(document, span):
            return ()
        return tuple(results(self.store, self.access, document))


def is_proposal(document: Document, span: Span) -> bool:
    """Whether words are what a numbered paper proposes to decide."""
    return document.kopfdaten.nummer is not None and any(
        section.kind is SectionKind.BESCHLUSSVORSCHLAG and section.span.contains(span)
        for section in document.sections
    )
