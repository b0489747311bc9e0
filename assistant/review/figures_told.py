"""What is said of a figure that the stock states otherwise, or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.fundstelle import Ledger
from assistant.review.matching import Figure, Said
from assistant.review.sentences import Sentence
from assistant.review.types import Befund, BefundArt, Severity
from assistant.review.wording import befund, flat, named
from index.types import Document, Span
from ingest.expressions import Kind

_MOST_LISTED = 12
_MANY = 3
"""A count or two of its own has every draft."""


def other_value(sentence: Sentence, figure: Figure, said: Said, instead: str) -> Befund:
    """A paper gives another value for the same thing."""
    ledger = Ledger()
    ledger.cite_with_head(said.document, said.span, said.text)
    name = named(said.document, ledger)
    reason = (
        f"„{figure.words}“ steht so nicht im Bestand. {name} nennt einen anderen Wert: "
        f"„{flat(said.span.cut(said.document.text))}“"
    )
    place = _place(sentence, figure)
    return befund(BefundArt.ANGABE, Severity.FEHLER, place, reason, ledger, instead)


def without_source(
    sentence: Sentence, figures: Sequence[Figure], papers: Sequence[Document]
) -> Befund:
    """A sentence that names papers states what none of them says: its reader is misled."""
    ledger = Ledger()
    first, last = _place(sentence, figures[0]), _place(sentence, figures[-1])
    listed = " und ".join(f"„{figure.words}“" for figure in figures)
    verb = "ist" if len(figures) == 1 else "sind"
    looked = ", ".join(named(paper, ledger) for paper in papers[:3])
    reason = (
        f"{listed} {verb} ohne Fundstelle: Weder die genannte Drucksache noch der übrige "
        f"Bestand enthält die Angabe. Durchgesehen: {looked}."
    )
    return befund(BefundArt.ANGABE, Severity.WARNUNG, Span(first.start, last.end), reason, ledger)


def is_worth_a_line(figures: Sequence[Figure]) -> bool:
    """Whether figures that a draft gives as its own are told: amounts always, counts if many."""
    amounts = any(figure.expression.kind is not Kind.NUMBER for figure in figures)
    return amounts or len({figure.words for figure in figures}) >= _MANY


def without_any_source(figures: Sequence[tuple[Sentence, Figure]]) -> Befund:
    """The figures of a draft that no paper bears out and that it gives as its own: once for all.

    Whoever drafts knows them from elsewhere; one line says which they are.
    """
    words = list(dict.fromkeys(_with_noun(sentence, figure) for sentence, figure in figures))
    listed = ", ".join(f"„{one}“" for one in words[:_MOST_LISTED])
    more = f" und {len(words) - _MOST_LISTED} weitere" if len(words) > _MOST_LISTED else ""
    if len(words) == 1:
        reason = f"Diese Angabe ist im Bestand ohne Fundstelle: {listed}."
    else:
        reason = f"Diese {len(words)} Angaben sind im Bestand ohne Fundstelle: {listed}{more}."
    reason += " Sind es eigene Angaben der Dienststelle, ist nichts zu tun."
    return befund(BefundArt.ANGABE, Severity.HINWEIS, _place(*figures[0]), reason)


def _place(sentence: Sentence, figure: Figure) -> Span:
    return figure.expression.span.shifted(sentence.span.start)


def _with_noun(sentence: Sentence, figure: Figure) -> str:
    """A figure with the word behind it, so that it is known in a list."""
    behind = sentence.words[figure.expression.span.end :].split(maxsplit=1)
    noun = behind[0].strip(".,;:()") if behind and figure.counted else ""
    return f"{figure.words} {noun}".strip()
