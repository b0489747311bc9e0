"""Where the stock states a figure for the thing that a sentence of a draft speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.checking.citations import same_value
from assistant.fundstelle import innermost
from assistant.review.stock import Place
from assistant.review.wording import is_held, nouns
from assistant.tables import head_spans
from index.german import Analysis, analyse, terms
from index.types import Document, SectionKind, Span
from ingest.expressions import Expression, Kind, find_expressions
from ingest.papers.table_reading import caption_of, heading_of, row_at, table_at, value_of

AMOUNTS = frozenset({Kind.MONEY, Kind.PERCENT, Kind.NUMBER})
_COUNTED = re.compile(
    r"(?:\s+von(?:\s+insgesamt)?\s+[\d.]+)?\W{0,2}(?:[a-zäöüß][\w-]*\s+){0,2}?(?P<noun>[A-ZÄÖÜ][\w-]{2,})|\W{0,2}(?P<word>[a-zäöü]{4,})"
)
_ORDINAL = re.compile(r"\.\s")
_ROUGH = re.compile(
    r"\b(?:rund|etwa|circa|ca\.?|knapp|ungefähr|gut|fast|nahezu|annähernd|über|mehr als)\s*\Z"
)
_LARGE = 1000
_FEW = 100
"""Below it some two counts of a long paper always add up."""
_ROUGHLY = Decimal("0.05")
_CHANGE = re.compile(
    r"\b(?:mehr|weniger|Differenz|Mehr\w+|Minder\w+|zusätzlich\w*|zusammen|insgesamt|Summe|um"
    r"|steig\w+|stieg\w*|erhöh\w+|sink\w+|sank\w*|Unterschied|Hälfte|doppelt|Drittel)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a sentence, with what it counts: the noun behind it, as stems."""

    expression: Expression
    words: str
    counted: tuple[str, ...]
    rough: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What a stored sentence, or a row with its headings, states."""

    document: Document
    span: Span
    text: str
    figures: tuple[Figure, ...]
    is_row: bool = False

    def states(self, figure: Figure) -> bool:
        """Whether the same value stands here, for the same thing where it is counted."""
        return any(same_figure(figure, held) for held in self.figures)

    def holds_value(self, figure: Figure) -> bool:
        """Whether the same value stands here, whatever it counts."""
        return any(_same(figure, held) for held in self.figures)


def figures_in(text: str, kinds: Iterable[Kind] = AMOUNTS) -> tuple[Figure, ...]:
    """The figures of a text; spans count in it. Bare numbers count only with what they count."""
    wanted = set(kinds)
    found: list[Figure] = []
    for expression in find_expressions(text):
        if expression.kind not in wanted:
            continue
        counted = _counted(text, expression) if expression.kind is Kind.NUMBER else ()
        small = expression.kind is Kind.NUMBER and Decimal(expression.value) < _LARGE
        if small and not counted and expression.value.isdigit():
            continue
        if expression.kind is Kind.NUMBER and _ORDINAL.match(text, expression.span.end):
            continue
        rough = _ROUGH.search(text[max(0, expression.span.start - 20) : expression.span.start])
        words = expression.span.cut(text).strip()
        found.append(Figure(expression, words, counted, rough is not None))
    return tuple(found)


def _counted(text: str, expression: Expression) -> tuple[str, ...]:
    match = _COUNTED.match(text, expression.span.end)
    return analyse(match["noun"] or match["word"]).words if match else ()


def said_at(place: Place, kinds: Iterable[Kind]) -> Said:
    """What stands at a place of a paper; of a row, with its headings and units."""
    document, span = place
    table, row = table_at(document, span.start), row_at(document, span.start)
    if table is None or row is None:
        text = span.cut(document.text)
        return Said(document, span, text, figures_in(text, kinds))
    values = "; ".join(value_of(document, cell) for cell in row.cells)
    heads = " ".join(head.cut(document.text) for head in head_spans(document, span))
    caption = caption_of(document, table)
    text = f"{heading_of(document, row)}: {values}"
    bare = tuple(_cell_figures(heading_of(document, row), values, kinds))
    return Said(document, row.span, f"{text}\n{heads}\n{caption or ''}", bare, is_row=True)


def _cell_figures(heading: str, values: str, kinds: Iterable[Kind]) -> Iterable[Figure]:
    """The figures of a row; what its cells count they say themselves, or their headings."""
    wanted = set(kinds)
    counted = {f.expression.span: f.counted for f in figures_in(values, wanted)}
    for expression in find_expressions(values):
        if expression.kind in wanted:
            held = counted.get(expression.span, ())
            yield Figure(expression, expression.span.cut(values).strip(), held, False)
    for expression in find_expressions(heading):
        if expression.kind in wanted & {Kind.DATE}:
            yield Figure(expression, expression.span.cut(heading).strip(), (), False)


def head_days(paper: Document) -> set[str]:
    """The days that the head of a paper gives: its own, and those of its Beratungsfolge."""
    kopf = paper.kopfdaten
    days = {station.datum for station in kopf.beratungsfolge if station.datum}
    days |= {kopf.datum.value} if kopf.datum else set()
    return {day.isoformat() for day in days}


def is_body(paper: Document, span: Span) -> bool:
    """Whether words stand behind the head of a paper: its fields count nothing."""
    section = innermost(paper, span)
    return section is None or section.kind not in (SectionKind.KOPF, SectionKind.BERATUNGSFOLGE)


def same_figure(one: Figure, other: Figure) -> bool:
    """Whether two figures say the same of the same thing."""
    if one.counted and other.counted and not alike(one.counted, other.counted):
        return False
    kinds = {one.expression.kind, other.expression.kind}
    if kinds == {Kind.NUMBER, Kind.PERCENT}:
        return False
    return _same(one, other)


def _same(one: Figure, other: Figure) -> bool:
    if same_value(one.expression, other.expression):
        return True
    if not (one.rough or other.rough) or one.expression.kind is not other.expression.kind:
        return False
    if one.expression.kind not in AMOUNTS:
        return False
    here, there = Decimal(one.expression.value), Decimal(other.expression.value)
    return abs(here - there) <= _ROUGHLY * max(here, there)


def swapped_digits(one: Figure, other: Figure) -> bool:
    """Whether two values have the same digits in another order: 3.210 and 3.120."""
    if one.expression.kind is not other.expression.kind or one.expression.kind not in AMOUNTS:
        return False
    here, there = (
        "".join(filter(str.isdigit, f.expression.value)).strip("0") for f in (one, other)
    )
    return len(here) > 1 and here != there and sorted(here) == sorted(there)


def alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two nouns name one thing: the same stem, or one the last part of the other."""
    if set(one) & set(other):
        return True
    return any(
        len(short) > 3 and long.endswith(short)
        for first in one
        for second in other
        for short, long in ((first, second), (second, first))
    )


def is_reckoned(sentence: str, figure: Figure, places: Sequence[Said]) -> bool:
    """Whether a figure is the sum or difference of two that stand in the sources."""
    if figure.expression.kind not in AMOUNTS or not _CHANGE.search(sentence):
        return False
    value = Decimal(figure.expression.value)
    if figure.expression.kind is Kind.NUMBER and value < _FEW:
        return False
    held = {
        Decimal(f.expression.value)
        for place in places
        for f in place.figures
        if f.expression.kind is figure.expression.kind
    }
    return any(value - one in held or value + one in held for one in held if one != value)


def thing_of(words: str, figure: Figure, around: int = 160) -> list[Analysis]:
    """What a figure speaks of: the nouns of its clause, the counted one too."""
    start = figure.expression.span.start
    low = max(words.rfind(mark, 0, start) for mark in (";", ":", " – ", "\n"))
    high = min((i for m in (";", "\n") if (i := words.find(m, start)) >= 0), default=len(words))
    clause = words[max(low, start - around, 0) : min(high, start + around)]
    return list({one.words: one for one in nouns(clause)}.values())


def share_of(thing: Sequence[Analysis], text: str) -> tuple[float, int]:
    """Which share of a thing's words, and how many of them, a text holds."""
    if not thing:
        return 0.0, 0
    held = set(terms(text))
    count = sum(is_held(one, held) for one in thing)
    return count / len(thing), count
