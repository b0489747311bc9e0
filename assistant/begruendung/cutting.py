"""Takes citations out of a draft, with every paragraph that holds their words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from assistant.begruendung.drafting import open_points, renumbered
from assistant.begruendung.paragraphs import to_check
from assistant.begruendung.types import Absatz, DraftSection, Entwurf, Herkunft

SHORTEST_QUOTE = 20
"""Characters from which on a quote that stands in a paragraph is taken for its words."""


def without(entwurf: Entwurf, gone: Collection[int], reason: str) -> Entwurf:
    """The draft without the citations of these numbers.

    A paragraph that names one, or holds the words of one, gives way to a placeholder that says
    `reason`. Words of the person who drafts stay: they are theirs. What is left is numbered anew.
    """
    if not gone:
        return entwurf
    words = {
        line
        for citation in entwurf.citations
        if citation.number in gone and len(line := _line(citation.quote)) >= SHORTEST_QUOTE
    }
    sections = [
        DraftSection(
            section.abschnitt,
            tuple(
                dict.fromkeys(
                    _kept(absatz, set(gone), words, _note(reason, section))
                    for absatz in section.absaetze
                )
            ),
        )
        for section in entwurf.abschnitte
    ]
    numbered, citations = renumbered(sections, entwurf.citations)
    return replace(entwurf, abschnitte=numbered, citations=citations, offen=open_points(numbered))


def _note(reason: str, section: DraftSection) -> str:
    office = section.abschnitt.zustaendig
    return f"{reason} – zuständig: {office}" if office else reason


def _kept(absatz: Absatz, gone: set[int], words: Collection[str], note: str) -> Absatz:
    if absatz.herkunft is Herkunft.EIGEN:
        return replace(absatz, citations=tuple(n for n in absatz.citations if n not in gone))
    line = _line(absatz.text)
    if gone.isdisjoint(absatz.citations) and not any(quote in line for quote in words):
        return absatz
    return to_check(note)


def _line(text: str) -> str:
    return " ".join(text.split())
