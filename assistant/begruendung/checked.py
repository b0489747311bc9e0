"""The last look at a draft: what a sentence of ours states must stand in its citations.

Figures, days, amounts, references and quotes; a paragraph that fails gives way to a placeholder.
Words of the user are theirs and were looked at where they were taken in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.begruendung.paragraphs import to_check
from assistant.begruendung.types import Absatz, DraftSection, Herkunft
from assistant.checking.citations import supported_figures
from assistant.checking.orders import is_order
from assistant.types import Citation
from ingest.expressions import find_expressions

REPLACED = "Angabe ohne tragenden Beleg entfernt"
_QUOTE = re.compile(r"„([^„“]*)“")
_OURS = frozenset({Herkunft.BELEGT, Herkunft.ABGELEITET})


def checked_sections(
    sections: Sequence[DraftSection], citations: Sequence[Citation]
) -> tuple[tuple[DraftSection, ...], int]:
    """The sections with nothing unborne in them, and how many paragraphs gave way."""
    quotes = {citation.number: citation.quote for citation in citations}
    replaced = 0
    kept = []
    for section in sections:
        paragraphs: list[Absatz] = []
        for absatz in section.absaetze:
            cited = [quotes[n] for n in absatz.citations]
            held = _unquoted(absatz, cited)
            if any(True for _ in problems(held, cited)):
                replaced += 1
                office = section.abschnitt.zustaendig
                held = to_check(f"{REPLACED} – zuständig: {office}" if office else REPLACED)
            paragraphs.append(held)
        kept.append(replace(section, absaetze=tuple(dict.fromkeys(paragraphs))))
    return tuple(kept), replaced


def problems(absatz: Absatz, quotes: Sequence[str]) -> Iterator[str]:
    """What a paragraph of ours states that its citations do not; a German sentence each."""
    if absatz.herkunft not in _OURS:
        return
    if absatz.herkunft is Herkunft.BELEGT and not quotes:
        yield "Der Absatz nennt keine Quelle."
    if find_expressions(absatz.text) and not supported_figures(absatz.text, quotes):
        yield "Eine Angabe steht nicht im Beleg."
    held = [_line(quote) for quote in quotes]
    for quoted in _QUOTE.findall(absatz.text):
        if not any(_line(quoted) in quote for quote in held):
            yield "Ein Zitat steht nicht wörtlich im Beleg."
    if is_order(absatz.text):
        yield "Der Absatz richtet sich an eine Maschine."


def _unquoted(absatz: Absatz, quotes: Sequence[str]) -> Absatz:
    """A row of a table, told with its headings, is no quote: it loses its quotation marks.

    Only where every word of it stands in the citations.
    """
    if absatz.herkunft is not Herkunft.BELEGT:
        return absatz
    held = [_line(quote) for quote in quotes]
    words = set(re.findall(r"\w+", " ".join(held)))

    def plain(match: re.Match[str]) -> str:
        said = _line(match[1])
        verbatim = any(said in quote for quote in held)
        known = set(re.findall(r"\w+", said)) <= words
        return match[0] if verbatim or not known else match[1]

    return replace(absatz, text=_QUOTE.sub(plain, absatz.text))


def _line(text: str) -> str:
    return " ".join(text.split())
