"""The amounts of one kind that a table holds, a row through its years or a column through them.

Pure, no model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.amounts.request import PERIOD, Stage, period_key, stems
from index.types import Cell, Document, Row, Span, Table
from ingest import units
from ingest.expressions import Kind, find_expressions
from ingest.papers.table_reading import caption_of, column_heading, heading_of, value_of

_IN_BRACKETS = re.compile(r"\([^()]*\)")
_NUMBERING = re.compile(r"^\d+(?:\.\d+)*\.?\s+(?=\S)")
_TOTAL = "gesamt insgesamt zusammen"
_NEUTRAL = (
    "Jahr Haushaltsjahr HJ HHJ Betrag Beträge Wert Höhe vorläufig vorläufiges vorl Stand in EUR"
)
_STAGES = (
    (Stage.ERGEBNIS, re.compile(r"\b(?:\w*[Ee]rgebnis(?:se)?|Ist|IST)\b")),
    (Stage.PLANUNG, re.compile(r"\b\w*planung(?:en)?\b", re.IGNORECASE)),
    (Stage.ANSATZ, re.compile(r"\b(?:\w*[Aa]ns[aä]tze?|\w*ANSATZ|Soll|SOLL|Plan)\b")),
)
_AMOUNT = re.compile(
    r"[-–−+]?\s?\d{1,3}(?:[.\u00a0\u202f]\d{3})+(?:,\d+)?(?!\d)\s?(?P<a>[^\d\n]{0,24})"
    r"|[-–−+]?\s?\d+(?:,\d+)?\s?(?P<b>[^\d\n]{0,24})"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An amount: its cell, and the stage and period that head it (None, "" for neither).

    `rest` are the words of the column heading beside these.
    """

    row: Row
    cell: Cell
    column: str
    period: str
    stage: Stage | None
    rest: frozenset[str]

    @property
    def unit(self) -> str:
        """What the amount counts in; "" where the table names no unit."""
        return self.cell.unit.value if self.cell.unit else ""


@dataclass(frozen=True, slots=True)
class Series:
    """The amounts of one heading in one table.

    `words` are the stems that name it; `by_row` says whether the heading is that of rows.
    """

    document: Document
    table: Table
    name: str
    words: frozenset[str]
    by_row: bool
    entries: tuple[Entry, ...]

    @property
    def caption(self) -> str:
        """The caption of the table without its numbering."""
        return _NUMBERING.sub("", caption_of(self.document, self.table))

    @property
    def table_name(self) -> str:
        """How a sentence names the table: "Tabelle „Gesamtergebnisplan“"."""
        return f"Tabelle „{self.caption}“" if self.caption else ""

    @property
    def key(self) -> frozenset[str]:
        """What two tables of the same kind share: the words of their captions."""
        return needed(self.caption)


def needed(heading: str) -> frozenset[str]:
    """The stems that name a heading: no brackets, no figures, no mere "gesamt"."""
    bare = PERIOD.sub(" ", _IN_BRACKETS.sub(" ", heading))
    words = frozenset(word for word in stems(bare) if not word.isdigit())
    return words - stems(_TOTAL) or words


def may_name(line: str, words: frozenset[str]) -> bool:
    """Whether some cell of a printed row is named by these words."""
    return any(own and own <= words for own in map(needed, line.split("\t")))


def series_of(document: Document, table: Table, words: frozenset[str]) -> Iterator[Series]:
    """The series of a table that these words name."""
    rows = [row for row in table.rows if row.cells]
    yearly = [row for row in rows if units.is_period(_own_heading(document, row))]
    if len(yearly) > 1:
        yield from _by_column(document, table, yearly, words)
    rest = [row for row in rows if row not in yearly]
    yield from _by_row(document, table, rest, words)


def _own_heading(document: Document, row: Row) -> str:
    return " ".join(" ".join(span.cut(document.text).split()) for span in row.heading)


def _by_column(
    document: Document, table: Table, rows: Sequence[Row], words: frozenset[str]
) -> Iterator[Series]:
    for column in range(1, len(table.columns)):
        heading = column_heading(document, table, column)
        if not needed(heading) or not needed(heading) <= words:
            continue
        cells = [(row, c) for row in rows for c in row.cells if c.column == column]
        entries = tuple(
            Entry(row, cell, heading, _period(heading_of(document, row)), None, frozenset())
            for row, cell in cells
            if _is_amount(document, cell)
        )
        if entries:
            yield Series(document, table, heading, needed(heading), False, entries)


def _by_row(
    document: Document, table: Table, rows: Sequence[Row], words: frozenset[str]
) -> Iterator[Series]:
    """A series for each row; rows that differ by the year in their heading are one."""
    found: dict[tuple[frozenset[str], tuple[Span, ...]], Series] = {}
    for row in rows:
        own = _own_heading(document, row)
        key = (needed(own), row.under)
        if not key[0] or not key[0] <= words:
            continue
        year = _period(own)
        entries = tuple(
            entry if entry.period or not year else replace(entry, period=year)
            for cell in row.cells
            if _is_amount(document, cell)
            for entry in [_entry(document, table, row, cell)]
        )
        if not entries:
            continue
        known = found.get(key) if year else None
        name = heading_of(document, row)
        series = Series(document, table, name, key[0], True, entries)
        if known is not None:
            series = replace(known, entries=(*known.entries, *entries))
        elif key in found:  # the same heading twice: nobody can tell which is meant
            series = replace(series, entries=())
        found[key] = series
    yield from (series for series in found.values() if series.entries)


def _entry(document: Document, table: Table, row: Row, cell: Cell) -> Entry:
    heading = column_heading(document, table, cell.column)
    stages = [(stage, found) for stage, names in _STAGES if (found := names.search(heading))]
    stage, rest = (stages[0][0], heading) if len(stages) == 1 else (None, heading)
    for _, found in stages[:1] if stage else ():
        rest = f"{heading[: found.start()]} {heading[found.end() :]}"
    return Entry(row, cell, heading, _period(heading), stage, needed(rest) - stems(_NEUTRAL))


def _period(heading: str) -> str:
    """The one period that a heading names; "" for none, several, or a day."""
    if any(e.kind in (Kind.DATE, Kind.MONTH) for e in find_expressions(heading)):
        return ""
    found = {period_key(match[0]) for match in PERIOD.finditer(heading)}
    return found.pop() if len(found) == 1 else ""


def _is_amount(document: Document, cell: Cell) -> bool:
    words = " ".join(cell.span.cut(document.text).split())
    return units.is_value(words) and _AMOUNT.fullmatch(words) is not None


def said(series: Series, entry: Entry) -> str:
    """An entry in words: "Lernmittel, Tabelle „Schulen“, Ansatz 2024: 875.000 €"."""
    return f"{place_of(series, entry)}: {value_of(series.document, entry.cell)}"


def place_of(series: Series, entry: Entry) -> str:
    """What tells an entry: row, table, column."""
    row = heading_of(series.document, entry.row)
    name, label = (row, entry.column) if series.by_row else (entry.column, f"Jahr {row}")
    return ", ".join(filter(None, (name, series.table_name, label)))
