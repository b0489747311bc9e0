"""Rechtsgrundlage and Bewertung: what the sources quote of law, and who said what for and against.

Nothing is weighed, recommended or put into other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.begruendung.occasion import movers_of
from assistant.begruendung.paragraphs import (
    Material,
    borne,
    claimed_by,
    derived,
    missing,
    name_of,
    outdated_mark,
    words_at,
)
from assistant.begruendung.types import Absatz
from assistant.fundstelle import paper_name
from assistant.hausregeln import Abschnitt
from assistant.material.arguments import Argument, Side, find_arguments
from index.types import Document, SectionKind, Span
from ingest.expressions import Kind, find_expressions
from ingest.papers.table_reading import row_at
from ingest.sentences import split_sentences

MOST_OF_A_SIDE = 8
"""Of each side of each paper; the same for whoever speaks."""
MOST_NORMS = 8
_NO_LAW = frozenset({SectionKind.KOPF, SectionKind.BERATUNGSFOLGE, SectionKind.UNTERSCHRIFT})
_NO_ARGUMENT = re.compile(
    r"(?:Frau|Herrn?|Die|Der)\s[^,.;:]{1,60}?\s(?:"
    r"(?:begründe\w*|wirbt\s+für|warb\s+für|erläuter\w*|dankt\w*)\s[^,;:]*"
    r"|(?:unterstütz\w*|begrüß\w*)\s+(?:den|die|das)\s+(?:gemeinsamen\s+)?"
    r"(?:\w*[Aa]ntrag|\w*[Vv]orlage|\w*[Vv]orschlag|Vorhaben))\."
)
"""That somebody spoke, without a word of what was said or why."""
_GROUP = re.compile(r" \(([^()]+)\)$")
_LEADS = {
    Side.FOR: ("Als Argument dafür ist erfasst", "Als Argumente dafür sind erfasst"),
    Side.AGAINST: ("Als Argument dagegen ist erfasst", "Als Argumente dagegen sind erfasst"),
    Side.UNSORTED: ("Ohne Zuordnung ist erfasst", "Ohne Zuordnung ist erfasst"),
}
_NOTHING = {
    Side.FOR: "Ein Argument dafür ist zu den Quellen nicht erfasst; das heißt nicht, dass es "
    "keines gibt.",
    Side.AGAINST: "Ein Argument dagegen ist zu den Quellen nicht erfasst; das heißt nicht, dass es "
    "keines gibt.",
}


def write_law(material: Material, section: Abschnitt) -> Iterator[Absatz]:
    """The sentences of the sources that name a provision, and a placeholder for what holds."""
    for paper in material.papers:
        movers = ", nach Angabe der Antragsteller" if paper.kopfdaten.antragsteller else ""
        for span in _with_norm(paper)[:MOST_NORMS]:
            mark, later = outdated_mark(material, paper, span)
            numbers = [material.ledger.cite(paper, span), *material.ledger.cite_name(paper)]
            text = f"{paper_name(paper)}{movers}{mark}: „{words_at(paper, span)}“"
            yield borne(text, [*numbers, *later])
    yield missing("geltende Rechtsgrundlage und Zuständigkeit", section)


def _with_norm(paper: Document) -> list[Span]:
    out = [part.span for part in paper.sections if part.kind in _NO_LAW]
    found = []
    for span in split_sentences(paper.text):
        if any(other.overlaps(span) for other in out) or row_at(paper, span.start):
            continue
        if any(e.kind is Kind.NORM for e in find_expressions(span.cut(paper.text))):
            found.append(span)
    return found


def write_weighing(material: Material, section: Abschnitt) -> Iterator[Absatz]:
    """Arguments by side with who says them, then what the user has to say of the alternatives."""
    arguments = [
        argument
        for paper in material.papers
        for argument in find_arguments(material.store, material.access, paper)
    ]
    told = {(a.document.id, a.span): a for a in arguments if not _is_bare(a)}
    arguments = list(told.values())
    for side in Side:
        of_side = [argument for argument in arguments if argument.side is side]
        yield from _of_side(material, side, of_side)
    yield missing("Bewertung durch die Verwaltung", section)
    yield missing("geprüfte Alternativen", section)
    yield missing("Alternative „keine Maßnahme“ und ihre Folgen", section)


def _is_bare(argument: Argument) -> bool:
    return _NO_ARGUMENT.fullmatch(words_at(argument.document, argument.span)) is not None


def _of_side(material: Material, side: Side, arguments: Sequence[Argument]) -> Iterator[Absatz]:
    if not arguments:
        if side in _NOTHING:
            yield derived(_NOTHING[side])
        return
    shown: dict[str, int] = {}
    kept = []
    for argument in arguments:
        shown[argument.document.id] = shown.get(argument.document.id, 0) + 1
        if shown[argument.document.id] <= MOST_OF_A_SIDE:
            kept.append(argument)
    for (_, who), of_one in groupby(kept, key=lambda one: (one.document.id, one.who)):
        yield _arguments(material, list(of_one), who)
    if any(count > MOST_OF_A_SIDE for count in shown.values()):
        yield derived(f"{side.value} stehen weitere Aussagen in denselben Papieren.")


def _arguments(material: Material, arguments: Sequence[Argument], who: str) -> Absatz:
    """What one speaker, or the movers of one paper, said of one side in a row."""
    first, ledger = arguments[0], material.ledger
    document, numbers, quotes = first.document, list[int](), []
    for span in _joined(document, [argument.span for argument in arguments]):
        mark, later = outdated_mark(material, document, span)
        numbers += [ledger.cite(document, span), *later]
        quotes.append(f"„{words_at(document, span)}“{mark}")
    for argument in arguments:
        numbers += [ledger.cite_line(document, place) for place in argument.named]
    if who:
        numbers += _group(material, first)
    movers = movers_of(document)
    who = f"{claimed_by(movers)}, " if movers else f"{who}, " if who else ""
    lead = _LEADS[first.side][len(arguments) > 1]
    text = f"{lead} – {who}{name_of(document)}: {' '.join(quotes)}"
    return borne(text, [*numbers, *ledger.cite_name(document)])


def _joined(document: Document, spans: Sequence[Span]) -> list[Span]:
    """Sentences that follow each other on a line as one quote: a quote in them may span both."""
    found: list[Span] = []
    for span in spans:
        between = document.text[found[-1].end : span.start] if found else "\n"
        if between.strip() or "\n" in between:
            found.append(span)
        else:
            found[-1] = Span(found[-1].start, span.end)
    return found


def _group(material: Material, argument: Argument) -> list[int]:
    """Cites the heading in the list of those present that a speaker stands under."""
    named = _GROUP.search(argument.who)
    if named is None or not argument.named:
        return []
    start = argument.document.text.rfind(named[1], 0, argument.named[-1].start)
    span = Span(start, start + len(named[1])) if start >= 0 else None
    return [material.ledger.cite(argument.document, span)] if span else []
