"""Tables as words: which row a place lies in, and what it says with all that heads it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from index.types import Cell, Document, Row, Span, Table
from ingest import units


def table_at(document: Document, offset: int) -> Table | None:
    """The table that a place in the text lies in, header rows included."""
    index = bisect_right(document.tables, offset, key=lambda table: table.span.start) - 1
    if index < 0:
        return None
    table = document.tables[index]
    return table if offset < table.span.end else None


def row_at(document: Document, offset: int) -> Row | None:
    """The row of a table's body that a place lies in."""
    table = table_at(document, offset)
    if table is None:
        return None
    index = bisect_right(table.rows, offset, key=lambda row: row.span.start) - 1
    if index < 0 or offset >= table.rows[index].span.end:
        return None
    return table.rows[index]


def in_header(document: Document, offset: int) -> bool:
    """Whether a place lies in a row of column headings."""
    table = table_at(document, offset)
    return table is not None and any(s.start <= offset < s.end for s in table.header)


def reading_of(document: Document, span: Span) -> str:
    """A row, or the cells of it that `span` covers, in words; "" where `span` lies in no row.

    "Gesamtergebnisplan; Zeile: Personalaufwendungen; Ansatz 2024: 358.900 T€". The unit stands
    behind its figure, wherever the table prints it.
    """
    table, row = table_at(document, span.start), row_at(document, span.start)
    if table is None or row is None:
        return ""
    parts = [caption_of(document, table), row_name(document, table, row)]
    covered = [cell for cell in row.cells if cell.span.overlaps(span)]
    parts += [cell_words(document, table, cell) for cell in covered or row.cells]
    return "; ".join(part for part in parts if part)


def caption_of(document: Document, table: Table) -> str:
    """The caption on one line, without its colon and the unit."""
    if table.caption is None:
        return ""
    return units.without_unit(_line(document, table.caption)).rstrip(" :")


def row_name(document: Document, table: Table, row: Row) -> str:
    """What heads a row: "Zeile: Personalaufwendungen", "Jahr: 2022"."""
    if not row.heading:
        return ""
    words = heading_of(document, row)
    first = row.heading[0].cut(document.text)
    named = column_heading(document, table, 0) if units.is_value(first) and not row.under else ""
    return f"{named}: {words}" if named else f"Zeile: {words}"


def heading_of(document: Document, row: Row) -> str:
    """The row heading on one line, behind the headings it stands under."""
    own = " ".join(_line(document, span) for span in row.heading)
    above = " ".join(_line(document, span).rstrip(":") for span in row.under)
    return f"{above}, {own}" if above else own


def column_heading(document: Document, table: Table, column: int) -> str:
    """The headings above a column on one line, without the unit; "" where there are none."""
    spans = table.columns[column] if column < len(table.columns) else ()
    words = (units.without_unit(_line(document, span)) for span in spans)
    return " ".join(word for word in words if not units.is_unit_line(word))


def value_of(document: Document, cell: Cell) -> str:
    """What a cell holds, its unit behind it."""
    words = _line(document, cell.span)
    if cell.unit is None or cell.span.contains(cell.unit.span):
        return words
    return f"{words} {cell.unit.value}"


def cell_words(document: Document, table: Table, cell: Cell) -> str:
    """A cell with its column heading: "Ansatz 2024: 358.900 T€"."""
    heading = column_heading(document, table, cell.column)
    value = value_of(document, cell)
    return f"{heading}: {value}" if heading else value


def heading_lines(document: Document, offset: int) -> tuple[str, ...]:
    """Caption and column headings of the table in whose body a place lies, else nothing."""
    table = table_at(document, offset)
    if table is None or row_at(document, offset) is None:
        return ()
    caption = () if table.caption is None else (_line(document, table.caption),)
    first = table.header[0].start if table.header else offset
    header = (span.cut(document.text) for span in table.header if span.start <= first + 2000)
    return (*caption, *dict.fromkeys(header))


def whole_rows(document: Document, spans: Iterable[Span]) -> Iterator[Span]:
    """The given spans in order, those that begin within one row of a table as that row."""
    last: Span | None = None
    for span in spans:
        table = table_at(document, span.start)
        row = row_at(document, span.start)
        here = row.span if row else None
        if table is not None and here is None:
            here = next((s for s in table.header if s.start <= span.start < s.end), None)
        if here is None:
            yield span
        elif here != last:
            yield here
        last = here


def _line(document: Document, span: Span) -> str:
    return " ".join(span.cut(document.text).split())
