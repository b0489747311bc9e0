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
from assistant.fundstelle import innermost, paper_name
from assistant.hausregeln import Abschnitt
from assistant.material.treated import items_of
from assistant.records.vorgang import look_up, results, wrong_premise
from index.german import query_terms
from index.types import Document, SectionKind, Span
from ingest.expressions import Expression, Kind, find_expressions, find_references
from ingest.papers.table_reading import reading_of, row_at
from ingest.sentences import split_sentences

DEFAULT_SECTION = "sachverhalt"
PLANNED = frozenset({"beschlussvorschlag", "zeitplan", "beratungsfolge"})
"""Sections whose days are this paper's own."""
_DAYS = frozenset({Kind.DATE, Kind.MONTH, Kind.YEAR})
QUOTED = re.compile(r"„([^„“”]+)[“”]|\"([^\"]+)\"|»([^«»]+)«")
_HEADED = re.compile(r"([^:]{3,60}):\s+(.+)", re.DOTALL)
_ENUMERATION = re.compile(r"^\(?(?:\d{1,2}|[a-z])[.)]\s+")
_HEADERS = frozenset({SectionKind.KOPF, SectionKind.BERATUNGSFOLGE})
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
    is_header: bool


def section_of(point: str, material: Material) -> tuple[str, str]:
    """The key of the section that a point belongs to, and its words: "Zeitplan: ab Juni"."""
    headed = _HEADED.match(point)
    section = material.rules.abschnitt(headed[1]) if headed else None
    keys = [s.schluessel for s in material.rules.abschnitte]
    if headed and section:
        return section.schluessel, headed[2]
    if headed and headed[1].casefold() in keys:
        return headed[1].casefold(), headed[2]
    return (DEFAULT_SECTION if DEFAULT_SECTION in keys else keys[0]), point


def write_own(material: Material, section: Abschnitt, places: Sequence[Place]) -> Iterator[Absatz]:
    """The points that belong to a section, each with what is to be looked at."""
    for point in material.auftrag.stichpunkte:
        key, words = section_of(point, material)
        if key == section.schluessel:
            yield own(words)
            own_days = section.schluessel in PLANNED
            yield from doubts(material, words, places, own_days=own_days)


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
        words, part = words_at(document, span), innermost(document, span)
        said = f"{words} {reading_of(document, span)}" if row else words
        found[document.id, span] = Place(
            document,
            span,
            words,
            tuple(find_expressions(said)),
            frozenset(query_terms(said)),
            material.supplements.outdated(document, span),
            part is None or part.kind in _HEADERS,
        )


def doubts(
    material: Material, words: str, places: Sequence[Place], *, own_days: bool = False
) -> Iterator[Absatz]:
    """A placeholder for each thing in the words that the sources do not bear out as it stands.

    `own_days`: the words plan; their days are this paper's, which those of another cannot deny.
    """
    words = _ENUMERATION.sub("", words)
    subject = _subject(words)
    for expression in find_expressions(words):
        if not (own_days and expression.kind in _DAYS):
            yield from _doubt(material, words, expression, subject, places)
        elif not any(_holds(expression, place) for place in places):
            yield from _doubt(material, words, expression, subject, ())
    for quoted in QUOTED.finditer(words):
        quote = " ".join(next(filter(None, quoted.groups())).split())
        if len(quote.split()) > 1 and not any(quote in place for place in _texts(places)):
            yield to_check(f"Zitat „{quote}“ – steht so in keiner Quelle des Auftrags")
    yield from _wrong_header(material, words)


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
    holding = [place for place in places if _holds(expression, place)]
    valid = [place for place in holding if not place.outdated]
    shared = max((len(place.terms & subject) for place in valid), default=0)
    replaced = max(
        (p for p in holding if p.outdated), key=lambda p: len(p.terms & subject), default=None
    )
    against = max(
        (p for p in places if p not in holding and _may_deny(expression, p)),
        key=lambda p: len(p.terms & subject),
        default=None,
    )
    more = len(against.terms & subject) if against else 0
    if replaced is not None and not shared and against is not None:
        # Of words that a later paper took the place of, only that paper says what holds.
        later = material.supplements.later(replaced.document)
        more = more if against.document.id in {other.id for other in later} else 0
    if against is not None and more >= _MIN_SHARED and more > shared:
        cited = [_cite(material, against), *material.ledger.cite_name(against.document)]
        name = name_of(against.document)
        yield to_check(f"„{said}“ – die Quelle sagt anderes: {name}: „{against.words}“", cited)
    elif replaced is not None and not shared:
        last = material.supplements.later(replaced.document)[-1]
        cited = [_cite(material, replaced), *material.ledger.cite_name(last)]
        yield to_check(f"„{said}“ – überholt, siehe {paper_name(last)}", cited)
    elif not holding:
        yield to_check(f"„{said}“ – steht in keiner Quelle des Auftrags")
    elif not shared and len(subject) >= _MIN_SHARED:
        cited = [_cite(material, valid[0]), *material.ledger.cite_name(valid[0].document)]
        name = name_of(valid[0].document)
        yield to_check(f"„{said}“ – steht in {name} in anderem Zusammenhang", cited)


def _holds(expression: Expression, place: Place) -> bool:
    return any(same_value(expression, e) for e in place.expressions)


def _cite(material: Material, place: Place) -> int:
    return material.ledger.cite(place.document, place.span)


def _may_deny(expression: Expression, place: Place) -> bool:
    """Whether a place gives another value of the same kind; what was planned denies nothing."""
    same_kind = any(e.kind is expression.kind for e in place.expressions)
    return same_kind and not place.outdated and not place.is_header


def _is_known(expression: Expression, material: Material, places: Sequence[Place]) -> bool:
    chosen = {quelle.nummer.key for quelle in material.auftrag.quellen}
    named = any(same_value(expression, e) for place in places for e in place.expressions)
    return expression.value in chosen or named


def _wrong_header(material: Material, words: str) -> Iterator[Absatz]:
    """A day or mover that the words ascribe to the one paper they name, and its header denies."""
    named = find_references(words)
    if len(named) != 1:
        return
    label = named[0].label.lower() if named[0].label else None
    for paper in look_up(material.store, material.access, named[0].number, label).found:
        wrong = wrong_premise(paper, words)
        if wrong is not None:
            _, span = wrong
            cited = [material.ledger.cite_line(paper, span), *material.ledger.cite_name(paper)]
            held = words_at(paper, span)
            yield to_check(f"{paper_name(paper)} – dort steht: „{held}“", cited)
