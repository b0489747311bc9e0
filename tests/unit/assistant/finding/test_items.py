"""Minutes answer for a paper with the words of its own item alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.finding.items import ItemsOfPapers
from index.store import Store
from index.types import (
    Access,
    Document,
    Drucksachennummer,
    Kopfdaten,
    Mention,
    Schutzstufe,
    Section,
    SectionKind,
    Span,
)
from tests.sample_records import antrag, document, find, make_parts, read, stored

OPERATOR = Access.operator("lvs")
TEXT = """Niederschrift
TOP 1 Leihräder
Antrag Nr. 15/12
Die Räder kosten 48.000 Euro.
TOP 2 Ladesäulen
Der Strom kostet 0,42 Euro.
"""


def minutes() -> Document:
    tops = ("TOP 1 Leihräder", "TOP 2 Ladesäulen")
    starts = [find(TEXT, top) for top in tops]
    ends = [starts[1].start, len(TEXT)]
    sections = tuple(
        Section(SectionKind.TOP, top, 1, Span(s.start, end), s, Schutzstufe.OEFFENTLICH)
        for top, s, end in zip(tops, starts, ends, strict=True)
    )
    kopf = Kopfdaten(art=read(TEXT, "Niederschrift", "Niederschrift"))
    paper = document(TEXT, "m.txt", "lvs", Schutzstufe.OEFFENTLICH, kopf, "Niederschrift")
    return replace(paper, sections=sections)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = make_parts(tmp_path).store
    paper = minutes()
    number = Drucksachennummer.of(15, 12)
    mention = Mention(paper.id, number, find(TEXT, "15/12"))
    opened.add([stored(paper, [mention])])
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("words", "may"), [("Die Räder kosten 48.000 Euro.", True), ("Der Strom kostet", False)]
)
def test_only_the_item_that_names_the_paper_answers_for_it(
    store: Store, words: str, may: bool
) -> None:
    items = ItemsOfPapers(store, OPERATOR, [Drucksachennummer.of(15, 12)])
    assert items.may_answer(minutes(), find(TEXT, words)) is may


def test_without_a_number_everything_may_answer(store: Store) -> None:
    assert ItemsOfPapers(store, OPERATOR, []).may_answer(minutes(), find(TEXT, "Der Strom"))


def test_the_paper_itself_may_answer_everywhere(store: Store) -> None:
    paper = antrag()
    items = ItemsOfPapers(store, OPERATOR, [Drucksachennummer.of(15, 12)])
    assert items.may_answer(paper, find(paper.text, "Viele Gäste"))
