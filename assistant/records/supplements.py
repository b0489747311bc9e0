"""Ergänzungen: what a later paper of the same number replaces, amends or adds.

A quote from a paper that was replaced is true and its answer wrong. So what a later paper took the
place of is no evidence, and what is cited beside it comes with the sentence that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.fundstelle import Ledger, innermost, paper_name
from assistant.records.fields import cite_number, short_name
from assistant.types import Claim, Label
from index.german import terms
from index.store import Store
from index.types import Access, Document, DocumentSummary, Row, SectionKind, Span, Table, Wirkung
from ingest.expressions import Expression, Kind, find_expressions
from ingest.papers.ergaenzung import exchanged, replaced_sections
from ingest.papers.table_reading import column_heading, heading_of, row_at, table_at, value_of

_COUNTERS = ("antrag", "vorlage", "anfrage")
_EFFECT = {
    Wirkung.ERSETZT: "ersetzt",
    Wirkung.AENDERT: "ändert",
    Wirkung.ERGAENZT: "ergänzt",
}
_DONE = {
    Wirkung.ERSETZT: "ersetzt durch",
    Wirkung.AENDERT: "geändert durch",
    Wirkung.ERGAENZT: "ergänzt durch",
}
_COMPARED = frozenset({Kind.MONEY, Kind.DATE, Kind.PERCENT, Kind.NUMBER, Kind.YEAR, Kind.MONTH})
_COUNTED_NOUN = re.compile(r"\W{0,3}([A-ZÄÖÜ][\w-]{2,})")

Value = tuple[Kind, str, str]
"""Kind and value of an expression; of a bare number also the stem of what it counts."""
Field = tuple[str, str]
"""Row and column heading of a cell, as stems."""


def family(store: Store, access: Access, document: Document) -> tuple[Document, ...]:
    """The other valid papers of the same number: its Ergänzungen, and what it extends."""
    entries = family_entries(store, access, document)
    others = (store.document(access, entry.id) for entry in entries)
    return tuple(other for other in others if other is not None)


def later_papers(store: Store, access: Access, entry: DocumentSummary) -> tuple[str, ...]:
    """The Ergänzungen that follow a paper, in words: "ersetzt durch Vorlage Nr. 15/1640/1"."""
    entries = family_entries(store, access, entry)
    return tuple(told_effect(other) for other in entries if _extension(other) > _extension(entry))


def is_later(other: Document | DocumentSummary, paper: Document | DocumentSummary) -> bool:
    """Whether a paper of the same number follows another one."""
    return _extension(other) > _extension(paper)


def told_effect(later: DocumentSummary) -> str:
    """What a later paper does to the one it extends: "ersetzt durch Vorlage Nr. 15/1640/1"."""
    effect = later.kopfdaten.wirkung
    return f"{_DONE[effect.value] if effect else 'dazu gehört'} {paper_name(later)}"


def family_entries(
    store: Store, access: Access, paper: Document | DocumentSummary
) -> list[DocumentSummary]:
    """The other valid papers of the same number, those without Ergänzung first."""
    own = paper.kopfdaten.nummer
    if own is None:
        return []
    others = [
        entry
        for entry in store.by_stem(access, own.value)
        if entry.superseded_by is None
        and entry.mandant == paper.mandant
        and entry.kopfdaten.nummer is not None
        and entry.kopfdaten.nummer.value.key != own.value.key
        and _counted_alike(entry, paper)
    ]
    return sorted(others, key=_extension)


def _counted_alike(one: DocumentSummary, other: Document | DocumentSummary) -> bool:
    """Whether two papers draw their numbers from one counter: motions, Vorlagen, inquiries."""
    names = [paper.kopfdaten.benennung.casefold() for paper in (one, other)]
    return any(all(stem in name for name in names) for stem in _COUNTERS)


def _extension(document: Document | DocumentSummary) -> int:
    nummer = document.kopfdaten.nummer
    return (nummer.value.ergaenzung or 0) if nummer else 0


def effect_claim(document: Document, other: Document, ledger: Ledger) -> Claim:
    """How two papers of one number stand to each other, with the sentence that says so."""
    first, second = sorted((document, other), key=_extension, reverse=True)
    effect = first.kopfdaten.wirkung
    if effect:
        numbers = [*ledger.cite_name(first), *cite_number(second, ledger)]
        numbers.append(ledger.cite_line(first, effect.span))
        text = f"{paper_name(first)} {_EFFECT[effect.value]} {short_name(second)}."
    else:
        numbers = ledger.cite_name(other)
        text = f"Dazu gehört {paper_name(other)}."
    return Claim(text, Label.BELEGT, tuple(dict.fromkeys(numbers)))


def later_effects(store: Store, access: Access, document: Document, ledger: Ledger) -> list[Claim]:
    """What each Ergänzung that follows a paper does to it."""
    later = Supplements(store, access).later(document)
    return [effect_claim(document, other, ledger) for other in later]


@dataclass(slots=True)
class Supplements:
    """Knows, for one question, the later papers of each paper that search has found."""

    store: Store
    access: Access
    _later: dict[str, tuple[Document, ...]] = field(default_factory=dict)
    _changes: dict[tuple[str, str], _Change] = field(default_factory=dict)

    def later(self, document: Document) -> tuple[Document, ...]:
        """The Ergänzungen that follow a paper, earliest first."""
        if document.id not in self._later:
            own = _extension(document)
            others = family(self.store, self.access, document)
            self._later[document.id] = tuple(o for o in others if _extension(o) > own)
        return self._later[document.id]

    def outdated(self, document: Document, span: Span, *, figures: bool = True) -> bool:
        """Whether a later paper puts something else in the place of the words at `span`.

        `figures` says whether another figure in the same sentence is enough.
        """
        return any(
            change.takes_place(span) or (figures and change.takes_figures(span))
            for change in (self._change(document, later) for later in self.later(document))
        )

    def _change(self, document: Document, later: Document) -> _Change:
        key = (document.id, later.id)
        if key not in self._changes:
            self._changes[key] = _Change(document, later)
        return self._changes[key]


class _Change:
    """What one later paper leaves of an earlier one."""

    def __init__(self, earlier: Document, later: Document) -> None:
        self._earlier = earlier
        effect = later.kopfdaten.wirkung
        self._sections: frozenset[SectionKind] = frozenset()
        self._whole = False
        self._values: frozenset[Value] = frozenset()
        self._fields: dict[Field, frozenset[str]] = {}
        if effect is None or effect.value is Wirkung.ERGAENZT:
            return
        if effect.value is Wirkung.ERSETZT:
            self._sections = replaced_sections(effect.span.cut(later.text))
            self._whole = not self._sections
        self._values = _taken_out(earlier, later, effect.span)
        self._fields = dict(_fields(later))

    def takes_place(self, span: Span) -> bool:
        """Whether the paper or the section around `span` was replaced as a whole."""
        section = innermost(self._earlier, span)
        return self._whole or (section is not None and section.kind in self._sections)

    def takes_figures(self, span: Span) -> bool:
        """Whether a figure at `span` stands in the later paper with another value."""
        text = span.cut(self._earlier.text)
        return bool(self._values & set(_values(text))) or self._is_other_value(span)

    def _is_other_value(self, span: Span) -> bool:
        """Whether the words are a row that the later paper prints with other values."""
        table, row = table_at(self._earlier, span.start), row_at(self._earlier, span.start)
        if table is None or row is None:
            return False
        said = dict(_row_fields(self._earlier, table, row))
        return any(self._fields.get(name, values) != values for name, values in said.items())


def _taken_out(earlier: Document, later: Document, order: Span) -> frozenset[Value]:
    """The values of the earlier paper that the section with the order exchanges."""
    section = innermost(later, order)
    new = section.span.cut(later.text) if section else later.text
    named = exchanged(new)
    out = {_value(new, e) for old, _ in named for e in old}
    kinds = {section.kind} if section else set()
    replaced = "\n".join(s.span.cut(earlier.text) for s in earlier.sections if s.kind in kinds)
    held = set(_values(new)) - out
    for value in _values(replaced) if not named else ():
        kind, _, counted = value
        if value not in held and any((k, c) == (kind, counted) for k, _, c in held):
            out.add(value)
    return frozenset(out)


def _values(text: str) -> Iterator[Value]:
    for expression in find_expressions(text):
        if expression.kind in _COMPARED and not _is_bare(text, expression):
            yield _value(text, expression)


def _value(text: str, expression: Expression) -> Value:
    return expression.kind, expression.value, _counted(text, expression)


def _counted(text: str, expression: Expression) -> str:
    if expression.kind is not Kind.NUMBER:
        return ""
    noun = _COUNTED_NOUN.match(text, expression.span.end)
    return next(iter(terms(noun[1])), "") if noun else ""


def _is_bare(text: str, expression: Expression) -> bool:
    return expression.kind is Kind.NUMBER and not _counted(text, expression)


def _fields(document: Document) -> Iterator[tuple[Field, frozenset[str]]]:
    for table in document.tables:
        for row in table.rows:
            yield from _row_fields(document, table, row)


def _row_fields(
    document: Document, table: Table, row: Row
) -> Iterator[tuple[Field, frozenset[str]]]:
    name = " ".join(terms(heading_of(document, row)))
    for cell in row.cells:
        column = " ".join(terms(column_heading(document, table, cell.column)))
        said = value_of(document, cell)
        values = frozenset(e.value for e in find_expressions(said)) or frozenset(terms(said))
        if name and values:
            yield (name, column), values
