"""Questions for a first visit, made of the papers at hand."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.wire.status import number_of
from index.types import DocumentSummary


def examples_from(documents: Sequence[DocumentSummary]) -> tuple[str, ...]:
    """Questions that the papers at hand answer: one about a result, an applicant, a subject."""
    antraege = _valid(documents, "Antrag")
    decided = results_of(documents)
    signed = [entry for entry in antraege if entry.kopfdaten.antragsteller]
    asked = (
        ("Wurde der Antrag {} beschlossen?", decided),
        ("Wer hat den Antrag {} gestellt?", signed),
        ("Worum geht es in der Vorlage {}?", _valid(documents, "Vorlage")),
    )
    return tuple(question.format(number_of(papers[-1])) for question, papers in asked if papers)


def results_of(documents: Sequence[DocumentSummary]) -> list[DocumentSummary]:
    """The Anträge whose result is recorded."""
    return [entry for entry in _valid(documents, "Antrag") if entry.kopfdaten.ergebnis]


def _valid(documents: Sequence[DocumentSummary], art: str) -> list[DocumentSummary]:
    """The valid papers of an art that bear a number."""
    return [
        entry
        for entry in documents
        if entry.superseded_by is None
        and number_of(entry) is not None
        and entry.kopfdaten.art is not None
        and entry.kopfdaten.art.value == art
    ]
