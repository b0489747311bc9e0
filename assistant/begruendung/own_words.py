"""The words of the person who drafts: they stand as theirs, and what in them needs a look is said.

A figure, day, reference or quote that the sources lack, put in another context, give otherwise or
have replaced gets a placeholder behind the words. The words themselves are not touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.begruendung.paragraphs import Material, name_of, own, to_check, words_at
from assistant.begruendung.types import Absatz
from assistant.checking.citations import same_value
from assistant.fundstelle import paper_name
from assistant.hausregeln import Abschnitt
from assistant.material.treated import items_of
from assistant.records.vorgang import results, wrong_premise
from index.german import query_terms
from index.types import Document, Span
from ingest.expressions import Expression, Kind, find_expressions
from ingest.papers.table_reading import reading_of, row_at
from ingest.sentences import split_sentences

DEFAULT_SECTION = "sachverhalt"
QUOTED = re.compile(r"„([^„“”]+)[“”]|\"([^\"]+)\"|»([^«»]+)«")
_HEADED = re.compile(r"([^:]{3,60}):\s+(.+)", re.DOTALL)
_MIN_SHARED = 2
"""Words that a place has to share with a point to speak of the same thing, another value aside."""


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence or row of the sources; `words` with its headings, on one line."""

    document: Document
    span: Span
    words: str
    expressions: tuple[Expression, ...]
    terms: frozenset[str]
    outdated: bool


def section_of(point: str, material: Material) -> tuple[str, str]:
    """The key of the section that a point belongs to, and its words: "Zeitplan: ab Juni"."""
    headed = _HEADED.match(point)
    section = material.rules.abschnitt(headed[1]) if headed else None
    if headed and section:
        return section.schluessel, headed[2]
    keys = [s.schluessel for s in material.rules.abschnitte]
    return (DEFAULT_SECTION if DEFAULT_SECTION in keys else keys[0]), point


def write_own(material: Material, section: Abschnitt, places: Sequence[Place]) -> Iterator[Absatz]:
    """The points that belong to a section, each with what is to be looked at."""
    for point in material.auftrag.stichpunkte:
        key, words = section_of(point, material)
        if key == section.schluessel:
            yield own(words)
            yield from doubts(material, words, places)


def places_of(material: Material) -> list[Place]:
    """Every sentence and row of the sources, of what replaced them, and of their minutes."""
    found: dict[tuple[str, Span], Place] = {}
    for paper in material.papers:
        for document in (paper, *material.supplements.later(paper)):
            _gather(material, document, Span(0, len(document.text)), found)
        for minutes, item in items_of(material.store, material.access, paper):
            _gather(material, minutes, item.span, found)
        for result in results(material.store, material.access, paper):
            if result.beschluss is not None:
                _gather(material, result.document, result.beschluss.span, found)
                _gather(material, result.document, result.ergebnis.span, found)
    return list(found.values())


def _gather(
    material: Material, document: Document, within: Span, found: dict[tuple[str, Span], Place]
) -> None:
    for sentence in split_sentences(within.cut(document.text)):
        span = sentence.shifted(within.start)
        row = row_at(document, span.start)
        span = row.span if row else span
        if (document.id, span) in found:
            continue
        words = words_at(document, span)
        said = f"{words} {reading_of(document, span)}" if row else words
        found[document.id, span] = Place(
            document,
            span,
            words,
            tuple(find_expressions(said)),
            frozenset(query_terms(said)),
            material.supplements.outdated(document, span),
        )


def doubts(material: Material, words: str, places: Sequence[Place]) -> Iterator[Absatz]:
    """A placeholder for each thing in the words that the sources do not bear out as it stands."""
    subject = _subject(words)
    for expression in find_expressions(words):
        yield from _doubt(material, words, expression, subject, places)
    for quoted in QUOTED.finditer(words):
        quote = " ".join(next(filter(None, quoted.groups())).split())
        if len(quote.split()) > 1 and not any(quote in place for place in _texts(places)):
            yield to_check(f"Zitat „{quote}“ – steht so in keiner Quelle des Auftrags")
    for paper in material.papers:
        yield from _wrong_header(material, paper, words)


def _texts(places: Sequence[Place]) -> Iterator[str]:
    for document in {place.document.id: place.document for place in places}.values():
        yield " ".join(document.text.split())


def _subject(words: str) -> frozenset[str]:
    """The words of a point without its figures."""
    for expression in reversed(find_expressions(words)):
        words = f"{words[: expression.span.start]} {words[expression.span.end :]}"
    return frozenset(query_terms(words))


def _doubt(
    material: Material,
    words: str,
    expression: Expression,
    subject: frozenset[str],
    places: Sequence[Place],
) -> Iterator[Absatz]:
    said = " ".join(expression.span.cut(words).split())
    if expression.kind is Kind.REFERENCE:
        if not _is_known(expression, material, places):
            yield to_check(f"„{said}“ – weder Quelle des Auftrags noch in einer Quelle genannt")
        return
    holding = [p for p in places if any(same_value(expression, e) for e in p.expressions)]
    other = [p for p in places if p not in holding and _has_kind(expression, p)]
    nearest = max(holding, key=lambda p: (not p.outdated, len(p.terms & subject)), default=None)
    shared = len(nearest.terms & subject) if nearest else 0
    against = max(other, key=lambda p: (len(p.terms & subject), not p.outdated), default=None)
    more = len(against.terms & subject) if against else 0
    if nearest is not None and nearest.outdated and shared:
        later = material.supplements.later(nearest.document)[-1]
        cited = [_cite(material, nearest), *material.ledger.cite_name(later)]
        yield to_check(f"„{said}“ – überholt, siehe {paper_name(later)}", cited)
    elif against is not None and more >= _MIN_SHARED and more > shared:
        cited = [_cite(material, against), *material.ledger.cite_name(against.document)]
        name = name_of(against.document)
        yield to_check(f"„{said}“ – die Quelle sagt anderes: {name}: „{against.words}“", cited)
    elif nearest is None:
        yield to_check(f"„{said}“ – steht in keiner Quelle des Auftrags")
    elif not shared:
        cited = [_cite(material, nearest), *material.ledger.cite_name(nearest.document)]
        name = name_of(nearest.document)
        yield to_check(f"„{said}“ – steht in {name} in anderem Zusammenhang", cited)


def _cite(material: Material, place: Place) -> int:
    return material.ledger.cite(place.document, place.span)


def _has_kind(expression: Expression, place: Place) -> bool:
    return any(e.kind is expression.kind for e in place.expressions)


def _is_known(expression: Expression, material: Material, places: Sequence[Place]) -> bool:
    chosen = {quelle.nummer.key for quelle in material.auftrag.quellen}
    named = any(same_value(expression, e) for place in places for e in place.expressions)
    return expression.value in chosen or named


def _wrong_header(material: Material, paper: Document, words: str) -> Iterator[Absatz]:
    """A day or mover that the words ascribe to a source and its header denies."""
    number = paper.kopfdaten.nummer
    named = [e.value for e in find_expressions(words) if e.kind is Kind.REFERENCE]
    if number is None or named != [number.value.key]:
        return
    wrong = wrong_premise(paper, words)
    if wrong is not None:
        _, span = wrong
        cited = [material.ledger.cite_line(paper, span), *material.ledger.cite_name(paper)]
        yield to_check(f"{paper_name(paper)} sagt anderes: „{words_at(paper, span)}“", cited)
