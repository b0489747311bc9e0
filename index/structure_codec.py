"""What was read in a document beside its sections and header fields, as JSON and back.

Long budgets have tens of thousands of cells, so rows are flat lists and units are written once a
table. A missing key means that an older program stored the document: nothing was read then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from index.codec import read_span, read_spans, write_span, write_spans
from index.types import (
    Cell,
    Checkbox,
    CheckState,
    Document,
    Geltung,
    Inkrafttreten,
    Provision,
    Reading,
    Row,
    Span,
    Table,
)

Json = Any


@dataclass(frozen=True, slots=True)
class Structure:
    """The parts of a document that this module stores."""

    tables: tuple[Table, ...] = ()
    provisions: tuple[Provision, ...] = ()
    geltung: Geltung | None = None
    checkboxes: tuple[Checkbox, ...] = ()


def write_structure(document: Document) -> Json:
    """The structure of a document as an object; what is empty is left out."""
    found = {
        "tables": [_write_table(table) for table in document.tables],
        "provisions": [
            [p.paragraph, p.absatz, write_span(p.span), write_spans(p.saetze)]
            for p in document.provisions
        ],
        "geltung": None if document.geltung is None else _write_geltung(document.geltung),
        "checkboxes": [
            [write_span(box.mark), write_span(box.label), box.state.value]
            for box in document.checkboxes
        ],
    }
    return {name: value for name, value in found.items() if value}


def read_structure(value: Json) -> Structure:
    """The inverse of `write_structure`."""
    geltung = value.get("geltung")
    return Structure(
        tables=tuple(_read_table(item) for item in value.get("tables", ())),
        provisions=tuple(
            Provision(str(paragraph), str(absatz), read_span(span), read_spans(saetze))
            for paragraph, absatz, span, saetze in value.get("provisions", ())
        ),
        geltung=None if geltung is None else _read_geltung(geltung),
        checkboxes=tuple(
            Checkbox(read_span(mark), read_span(label), CheckState(state))
            for mark, label, state in value.get("checkboxes", ())
        ),
    )


def _write_geltung(geltung: Geltung) -> Json:
    return {
        "f": _write_day(geltung.fassung),
        "g": _write_day(geltung.geaendert),
        "i": [
            [item.datum.isoformat() if item.datum else None, write_span(item.span)]
            for item in geltung.inkrafttreten
        ],
    }


def _read_geltung(value: Json) -> Geltung:
    return Geltung(
        _read_day(value["f"]),
        _read_day(value["g"]),
        tuple(
            Inkrafttreten(date.fromisoformat(day) if day else None, read_span(span))
            for day, span in value["i"]
        ),
    )


def _write_day(day: Reading[date] | None) -> Json:
    return None if day is None else [day.value.isoformat(), write_span(day.span)]


def _read_day(value: Json) -> Reading[date] | None:
    return None if value is None else Reading(date.fromisoformat(value[0]), read_span(value[1]))


def _write_table(table: Table) -> Json:
    units: dict[Reading[str] | None, int] = {None: -1}
    for row in table.rows:
        for cell in row.cells:
            units.setdefault(cell.unit, len(units) - 1)
    return {
        "s": write_span(table.span),
        "c": write_span(table.caption) if table.caption is not None else None,
        "o": [write_spans(spans) for spans in table.columns],
        "h": write_spans(table.header),
        "u": [[unit.value, *write_span(unit.span)] for unit in units if unit is not None],
        "r": [
            [
                write_span(row.span),
                write_spans(row.heading),
                write_spans(row.under),
                [[c.span.start, c.span.end, c.column, units[c.unit]] for c in row.cells],
            ]
            for row in table.rows
        ],
    }


def _read_table(value: Json) -> Table:
    units = [Reading(str(name), Span(start, end)) for name, start, end in value["u"]]
    return Table(
        span=read_span(value["s"]),
        caption=read_span(value["c"]) if value["c"] is not None else None,
        columns=tuple(read_spans(spans) for spans in value["o"]),
        header=read_spans(value["h"]),
        rows=tuple(
            Row(
                read_span(span),
                read_spans(heading),
                tuple(
                    Cell(Span(start, end), column, units[unit] if unit >= 0 else None)
                    for start, end, column, unit in cells
                ),
                read_spans(under),
            )
            for span, heading, under, cells in value["r"]
        ),
    )
