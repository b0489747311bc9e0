"""Answers from tables: a row as evidence, and no amount without its row, its column and its unit.

A row alone says nothing ("Lernmittel | 842.000 | 860.000"); what is weighed, shown to the generator
and compared with its sentences is the row's reading in words. Pure, no model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from index.german import analyse, terms
from index.types import Cell, Document, Passage, Row, Span, Table
from ingest.expressions import Expression, Kind, find_expressions
from ingest.papers.table_reading import (
    caption_of,
    column_heading,
    heading_of,
    in_header,
    reading_of,
    row_at,
    table_at,
    value_of,
    whole_rows,
)
from ingest.sentences import split_sentences
from ingest.units import is_value

_AMOUNTS = frozenset({Kind.MONEY, Kind.PERCENT, Kind.NUMBER})
_FRAME = (
    "hoch viel viele groß teuer beträgt betragen betrug gab gibt hatte kostet kosten Betrag "
    "Höhe liegt lag veranschlagt vorgesehen geplant angesetzt Tabelle"
)
_MIN_NAMED = 0.5
"""Share of a row heading's words that a sentence must name, beside being clear which row it is."""
_TOTAL = re.compile(r"\b(?:(?:gesamt)?summen?|gesamt\w*|insgesamt|zusammen|total)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d][\w-]*")
_NOUN = re.compile(r"(?<=\s)[„\"]?[A-ZÄÖÜ][\w-]+")
_MAX_NAME = 80
_HEAD_GAP = 80

Name = TypeVar("Name", int, Span)
Place = tuple[Document, Span]
"""A document and the span of a row in it."""


@cache
def _frame() -> frozenset[str]:
    """What a question about an amount says beside its subject; read when it is first needed."""
    return frozenset(terms(_FRAME))


def pieces(document: Document, passage: Passage) -> Iterator[Span]:
    """The sentences of a passage; a row of a table is one, a row of headings none."""
    sentences = (s.shifted(passage.span.start) for s in split_sentences(passage.text))
    for span in whole_rows(document, sentences):
        if not in_header(document, span.start):
            start, end = max(span.start, passage.span.start), min(span.end, passage.span.end)
            yield Span(start, end)


def place_in_table(document: Document, span: Span) -> list[str]:
    """Table, row and column that a span lies in: "Tabelle „…“", "Zeile „…“", "Spalte „…“"."""
    table = table_at(document, span.start)
    if table is None or not table.span.contains(span):
        return []
    caption = caption_of(document, table)
    parts = [f"Tabelle „{_short(caption)}“" if caption else "Tabelle"]
    row = row_at(document, span.start)
    if row is None:
        return parts if in_header(document, span.start) else []
    if not row.span.contains(span):
        return parts
    name = heading_of(document, row)
    parts += [f"Zeile „{_short(name)}“"] if name else []
    cell = next((cell for cell in row.cells if cell.span.contains(span)), None)
    heading = column_heading(document, table, cell.column) if cell else ""
    return [*parts, f"Spalte „{_short(heading)}“"] if heading else parts


def head_spans(document: Document, row_span: Span) -> list[Span]:
    """What must be quoted with a row: its column headings and the caption that names the unit."""
    table, row = table_at(document, row_span.start), row_at(document, row_span.start)
    if table is None or row is None:
        return []
    above = [span for span in table.header if span.start < row.span.start]
    upper = [span for span in above if span.end <= table.rows[0].span.start] or above[:1]
    header = Span(upper[0].start, upper[-1].end) if upper else None
    caption = table.caption
    if caption is None:
        return [header] if header else []
    if header is None:
        units = (cell.unit for cell in row.cells if cell.unit)
        return [caption] if any(caption.contains(unit.span) for unit in units) else []
    if 0 <= header.start - caption.end <= _HEAD_GAP:
        return [Span(caption.start, header.end)]
    return [caption, header]


def amount_problems(claim: str, places: Sequence[Place]) -> tuple[str, ...]:
    """Names each amount of `claim` from a cited row that lacks its row, its column or its unit.

    Args:
        claim: one sentence.
        places: what it cites; places outside of tables say nothing here.

    Returns:
        A German sentence for each; empty where no amount comes from a table.
    """
    rows = _rows(places)
    if not rows:
        return ()
    stated: list[_Stated] = []
    for expression in find_expressions(claim):
        if expression.kind in _AMOUNTS:
            found = [_Stated(expression, row, cell) for row, cell in _cells_with(expression, rows)]
            right = [s for s in found if _same_unit(expression, s.cell, s.row.document)]
            words = expression.span.cut(claim).strip()
            if found and not right:
                return (f"Die Tabelle gibt zu „{words}“ eine andere Einheit an.",)
            named_row = [s for s in right if s.row.is_named(claim)]
            if right and not named_row:
                return (f"Der Satz sagt nicht, für welche Zeile der Tabelle „{words}“ gilt.",)
            named = [s for s in named_row if s.row.column_is_named(s.cell.column, claim)]
            if right and not named:
                return (f"Der Satz sagt nicht, für welche Spalte der Tabelle „{words}“ gilt.",)
            stated += named[:1]
    if _crossed(claim, [(s.expression, s.row.column_key(s.cell.column)) for s in stated]) or (
        _crossed(claim, [(s.expression, s.row.key(rows)) for s in stated])
    ):
        return ("Der Satz ordnet die Beträge anderen Zeilen oder Spalten zu als die Tabelle.",)
    return ()


def stated_cell(claim: str, place: Place) -> Span | None:
    """The only cell of a row whose figure `claim` states; None where there are more or none."""
    rows = _rows([place])
    found = {
        cell.span
        for expression in find_expressions(claim)
        if expression.kind in _AMOUNTS
        for _, cell in _cells_with(expression, rows)
    }
    return found.pop() if len(found) == 1 else None


def completed(claim: str, places: Sequence[Place]) -> str:
    """The sentence where each of its amounts has row, column and unit, else the row in words.

    "" where the amounts do not lead to one cell: such a sentence is not to be shown.
    """
    if not amount_problems(claim, places):
        return claim
    cells = [place for place in places if stated_cell(claim, place)]
    return f"{restated(claim, cells[0])}." if len(cells) == 1 else ""


def restated(claim: str, place: Place) -> str:
    """The row in words in place of a bare figure: only the cell that `claim` states, if it is one.

    "" where the place lies in no table.
    """
    return _said(place, stated_cell(claim, place))


def replied(question: str, place: Place) -> str:
    """The row in words as a reply: only the cell in the column that `question` names, if it does.

    "" where the place lies in no table.
    """
    return _said(place, asked_cell(question, place))


def _said(place: Place, cell: Span | None) -> str:
    document, span = place
    words = reading_of(document, cell or span)
    return f"{words[0].upper()}{words[1:]}" if words else ""


def asked_cell(question: str, place: Place) -> Span | None:
    """The cell of a row in the only column that `question` names, None where it names none."""
    for row in _rows([place]):
        columns = row.columns_named(question)
        cells = [cell.span for cell in row.row.cells if cell.column in columns]
        return cells[0] if len(cells) == 1 else None
    return None


def is_asked(question: str, place: Place, context: str) -> bool:
    """Whether a question asks for just this row: it names row and column and nothing else.

    `context` are the title and the headings around the table, which may hold words of the
    question too; words that only frame it ("wie hoch", "kostet") need not stand anywhere.
    """
    for row in _rows([place]):
        columns = row.value_columns()
        clear = len(columns) == 1 or (len(columns) > 1 and asked_cell(question, place) is not None)
        held = set(terms(f"{context}\n{reading_of(*place)}"))
        return clear and row.is_named(question) and _words(question) - _frame() <= held
    return False


def holds_nouns(question: str, around: str) -> bool:
    """Whether all nouns of a question occur around a row, so that a bare figure may answer it."""
    held = set(terms(around))
    for match in _NOUN.finditer(question):
        analysis = analyse(match[0])
        if set(analysis.words) <= _frame() | held:
            continue
        if not analysis.parts or not set(analysis.parts) <= held:
            return False
    return True


def speaks_to(question: str, claim: str, places: Sequence[Place]) -> bool:
    """Whether what `claim` states lies in the rows and columns that `question` names.

    True where the question names none of the table, and for places outside of tables.
    """
    for place in places:
        for row in _rows([place]):
            if row.another_is_asked(question) or row.is_part_of_total(question):
                return False
            asked = row.columns_named(question)
            stated = {c.column for e in find_expressions(claim) for _, c in _cells_with(e, [row])}
            if (
                len(asked) < len(row.value_columns())
                and stated
                and not stated & set(asked or stated)
            ):
                return False
    return True


@dataclass(frozen=True, slots=True)
class _Place:
    """A cited row with its table."""

    document: Document
    table: Table
    row: Row

    def is_named(self, claim: str) -> bool:
        """Whether `claim` says which row of the table it speaks of, and not of another one too."""
        if _TOTAL.fullmatch(heading_of(self.document, self.row)) and _TOTAL.search(claim):
            return True
        held = self._named_words(self.row, claim)
        others = (other for other in self.table.rows if other is not self.row and other.cells)
        return bool(held) and not any(
            self._named_words(other, claim) and held <= _words(heading_of(self.document, other))
            for other in others
        )

    def _named_words(self, row: Row, claim: str) -> frozenset[str]:
        """The words of a row's heading that `claim` holds; none where its own are too few."""
        own = _words(" ".join(span.cut(self.document.text) for span in row.heading))
        if len(_named(own, claim)) < max(1, _MIN_NAMED * len(own)):
            return frozenset()
        return _named(_words(heading_of(self.document, row)), claim)

    def column_is_named(self, column: int, claim: str) -> bool:
        """Whether `claim` says which of several columns of figures it speaks of."""
        columns = self.value_columns()
        if len(columns) < 2:
            return True
        held = _named(self._column_words(column), self._without_names(claim))
        rivals = (self._column_words(other) for other in columns if other != column)
        return bool(held) and not any(held <= rival for rival in rivals)

    def columns_named(self, question: str) -> list[int]:
        """The columns of figures that a question names, where there is more than one.

        A year in the question counts more than other words.
        """
        columns = self.value_columns()
        named = [c for c in columns if len(columns) > 1 and self.column_is_named(c, question)]
        years = {e.value for e in find_expressions(question) if e.kind is Kind.YEAR}
        return [c for c in named if self._column_words(c) & years] or named

    def another_is_asked(self, question: str) -> bool:
        """Whether a question names another row of the table and not this one."""
        if self._named_words(self.row, question):
            return False
        return any(self._named_words(other, question) for other in self.table.rows if other.cells)

    def is_part_of_total(self, question: str) -> bool:
        """Whether the row is a summand that the question does not name, in a table with a sum."""
        own = heading_of(self.document, self.row)
        names_nothing = _words(question) <= _frame()
        if names_nothing or _TOTAL.search(own) or _named(_words(own), question):
            return False
        headings = (heading_of(self.document, row) for row in self.table.rows if row.cells)
        return any(_TOTAL.search(heading) for heading in headings)

    def column_key(self, column: int) -> _Key:
        """What tells a column from the other columns of figures."""
        columns = self.value_columns()
        return _key(column, {other: self._column_words(other) for other in columns})

    def key(self, rows: Sequence[_Place]) -> _Key:
        """What tells this row from the other cited ones."""
        words = {r.row.span: _words(heading_of(r.document, r.row)) for r in rows}
        return _key(self.row.span, words)

    def value_columns(self) -> list[int]:
        """The columns in which some cell is a figure."""
        text = self.document.text
        found = {
            cell.column
            for row in self.table.rows
            for cell in row.cells
            if is_value(cell.span.cut(text))
        }
        return sorted(found)

    def _without_names(self, claim: str) -> str:
        """A sentence without the words of caption and row: "Jahresergebnis" names no "Ergebnis"."""
        caption, row = caption_of(self.document, self.table), heading_of(self.document, self.row)
        words = _words(f"{caption}\n{row}")
        return _WORD.sub(lambda m: "" if _words(m[0]) & words else m[0], claim)

    def _column_words(self, column: int) -> frozenset[str]:
        return _words(column_heading(self.document, self.table, column))


@dataclass(frozen=True, slots=True)
class _Stated:
    """An amount of a sentence and the cell that holds it."""

    expression: Expression
    row: _Place
    cell: Cell


_Key = tuple[frozenset[str], frozenset[str]]
"""Words that only this row or column bears, and words that only another one bears."""


def _key(own: Name, words: Mapping[Name, frozenset[str]]) -> _Key:
    here = words.get(own, frozenset())
    rest: frozenset[str] = frozenset().union(*(w for k, w in words.items() if k != own))
    return (here - rest, rest - here)


def _rows(places: Sequence[Place]) -> list[_Place]:
    found: list[_Place] = []
    for document, span in places:
        table, row = table_at(document, span.start), row_at(document, span.start)
        if table is not None and row is not None:
            found.append(_Place(document, table, row))
    return found


def _cells_with(expression: Expression, rows: Sequence[_Place]) -> Iterator[tuple[_Place, Cell]]:
    """The cells whose figure the expression states, whatever its unit."""
    for row in rows:
        for cell in row.row.cells:
            bare = find_expressions(cell.span.cut(row.document.text))
            whole = find_expressions(value_of(row.document, cell))
            if any(held.value == expression.value for held in (*bare, *whole)):
                yield row, cell


def _same_unit(expression: Expression, cell: Cell, document: Document) -> bool:
    held = [e for e in find_expressions(value_of(document, cell)) if e.value == expression.value]
    return any(e.kind is expression.kind or e.kind is Kind.YEAR for e in held)


def _words(heading: str) -> frozenset[str]:
    return frozenset(analyse(heading).words)


def _named(words: frozenset[str], claim: str) -> frozenset[str]:
    """Those of the words that a sentence holds, as a word or as a part of a compound."""
    return words & frozenset(terms(claim))


def _crossed(claim: str, amounts: Sequence[tuple[Expression, _Key]]) -> bool:
    """Whether an amount stands nearer to the name of another row or column than to its own.

    "2023: 20 € und 2024: 30 €" and "von 20 € auf 30 €, 2023 und 2024" are both in order.
    """
    taken = [expression.span for expression, _ in amounts]
    places = [
        (match.start(), frozenset(terms(match.group())))
        for match in re.finditer(r"\w[\w-]*", claim)
        if not any(span.start <= match.start() < span.end for span in taken)
    ]
    order: list[bool] = []
    named_in_turn = [
        next((i for i, (_, key) in enumerate(amounts) if words & key[0]), None)
        for _, words in places
    ]
    turns = list(dict.fromkeys(index for index in named_in_turn if index is not None))
    for expression, (own, others) in amounts:
        near_own = [_distance(expression.span, at) for at, words in places if words & own]
        near_other = [_distance(expression.span, at) for at, words in places if words & others]
        if near_own and near_other:
            order.append(min(near_own) <= min(near_other))
    return not all(order) and turns != list(range(len(amounts)))


def _distance(span: Span, at: int) -> int:
    return span.start - at if at < span.start else at - span.end


def _short(name: str) -> str:
    return name if len(name) <= _MAX_NAME else name[: name.rfind(" ", 0, _MAX_NAME)] + " …"
