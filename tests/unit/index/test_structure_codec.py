from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import codec, structure_codec
from index.errors import StoreDamaged
from index.types import (
    Cell,
    Checkbox,
    CheckState,
    Document,
    Geltung,
    Inkrafttreten,
    Kopfdaten,
    Provision,
    Reading,
    Row,
    Schutzstufe,
    Span,
    Table,
)

places = st.tuples(st.integers(0, 500), st.integers(0, 500))
spans = places.map(lambda pair: Span(min(pair), max(pair)))
units = st.none() | st.builds(Reading, st.sampled_from(["€", "T€", "%"]), spans)
several = st.lists(spans, max_size=2).map(tuple)
cells = st.lists(st.builds(Cell, spans, st.integers(0, 9), units), max_size=3).map(tuple)
rows = st.lists(st.builds(Row, spans, several, cells, several), max_size=3).map(tuple)
columns = st.lists(several, max_size=3).map(tuple)
tables = st.builds(Table, spans, st.none() | spans, columns, several, rows)
EMPTY = Document(
    "a", "lvs", "a.txt", "text/plain", "", "", (), (), Kopfdaten(), Schutzstufe.OEFFENTLICH
)


@given(st.lists(tables, max_size=2).map(tuple))
def test_tables_survive_the_round_trip(found: tuple[Table, ...]) -> None:
    written = codec.dump(structure_codec.write_structure(replace(EMPTY, tables=found)))
    assert codec.load(written, structure_codec.read_structure).tables == found


days = st.none() | st.builds(Reading, st.dates(), spans)
rules = st.lists(st.builds(Inkrafttreten, st.none() | st.dates(), spans), max_size=2).map(tuple)
words = st.text(max_size=5)


@given(
    st.lists(st.builds(Provision, words, words, spans, several), max_size=2).map(tuple),
    st.none() | st.builds(Geltung, days, days, rules),
    st.lists(st.builds(Checkbox, spans, spans, st.sampled_from(CheckState)), max_size=2).map(tuple),
)
def test_provisions_and_boxes_survive_the_round_trip(
    provisions: tuple[Provision, ...], geltung: Geltung | None, boxes: tuple[Checkbox, ...]
) -> None:
    document = replace(EMPTY, provisions=provisions, geltung=geltung, checkboxes=boxes)
    written = codec.dump(structure_codec.write_structure(document))
    read = codec.load(written, structure_codec.read_structure)
    assert (read.provisions, read.geltung, read.checkboxes) == (provisions, geltung, boxes)


def test_a_document_stored_by_an_older_program_has_no_tables() -> None:
    assert codec.load("{}", structure_codec.read_structure) == structure_codec.Structure()
    assert structure_codec.write_structure(EMPTY) == {}


@pytest.mark.parametrize(
    "text", ['{"tables":[{}]}', '{"tables":3}', "[]", '{"tables":[{"s":[1]}]}']
)
def test_a_damaged_table_raises_one_error(text: str) -> None:
    with pytest.raises(StoreDamaged, match="nicht lesbar"):
        codec.load(text, structure_codec.read_structure)
