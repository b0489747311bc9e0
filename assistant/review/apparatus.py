"""What stands in a draft beside its own words: footnotes, and the annex of a draft of this house.

An annex is known by its heading together with the columns of its table, whoever saved the file
since; a footnote by the raised number that its paragraph begins with and that the text before it
bears.
"""

from __future__ import annotations

import re

from assistant.review.types import Befund, BefundArt
from index.types import Document, Span

_ANNEXES = {
    "Offene Punkte": re.compile(r"Nr\.\s+Offene Angabe\s+Erledigt"),
    "Mitzeichnung": re.compile(r"Stelle\s+Name\s+Datum\s+Vermerk"),
    "Quellenblatt": re.compile(r"Nr\.\s+Fundstelle\s+Zitat\s+Dokument|Angabe\s+Wert\s+Tag\s"),
}
"""The headings of our own export, each with the column headings that stand below it."""
_NOTE = re.compile(r"^(?P<mark>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)[ \t]+\S[^\n]*", re.MULTILINE)
_OF_NOTES = frozenset(
    {BefundArt.VERWEIS, BefundArt.ZITAT, BefundArt.PLATZHALTER, BefundArt.NICHTOEFFENTLICH}
)
"""What is told of a footnote: it names and quotes papers, it says nothing of its own."""


def annexes(draft: Document) -> tuple[Span, ...]:
    """The lists that our own export puts behind a draft."""
    return tuple(
        section.span
        for section in draft.sections
        if (columns := _ANNEXES.get(section.title.strip(" :.")))
        and columns.search(section.span.cut(draft.text))
    )


def footnotes(draft: Document) -> tuple[Span, ...]:
    """The paragraphs that are footnotes."""
    return tuple(
        Span(*match.span())
        for match in _NOTE.finditer(draft.text)
        if match["mark"] in draft.text[: match.start()]
    )


def is_of_draft(befund: Befund, annexed: tuple[Span, ...], notes: tuple[Span, ...]) -> bool:
    """Whether a finding is about words that the draft itself has to answer for."""
    if not len(befund.span):
        return True
    if any(span.overlaps(befund.span) for span in annexed):
        return False
    return befund.art in _OF_NOTES or not any(span.contains(befund.span) for span in notes)
