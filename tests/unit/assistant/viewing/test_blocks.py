"""The text of a part as headings, lines and tables; nothing of it is lost, the mark is exact."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.viewing.blocks import Block, BlockKind, blocks_of
from index.types import Document, Kopfdaten, Schutzstufe, Section, SectionKind, Span, Table

TEXT = "Kopf\nzweite Zeile\n\nFinanzen\n\nJahr\tBetrag\n2022\t5 €\n\nUnter\nPunkt\n\nZuletzt"


def paper(text: str = TEXT, deep: int = 2) -> Document:
    def section(title: str, level: int) -> Section:
        start = text.index(title)
        heading = Span(start, start + len(title))
        kind = SectionKind.TEXT
        return Section(kind, title, level, heading, heading, Schutzstufe.OEFFENTLICH)

    named = [("Finanzen", 1), ("Unter", deep), ("Zuletzt", 1)]
    head = text.find("Jahr")
    span = Span(max(head, 0), max(head, 0) + 11)
    return Document(
        id="a" * 64,
        mandant="lvs",
        source="akten/a.txt",
        media_type="text/plain",
        title="Titel",
        text=text,
        pages=(),
        sections=tuple(section(*one) for one in named if one[0] in text),
        kopfdaten=Kopfdaten(),
        visibility=Schutzstufe.OEFFENTLICH,
        tables=(Table(span, None, (), (span,), ()),) if head >= 0 else (),
    )


def words(blocks: list[Block], marked: bool | None = None) -> str:
    groups = [cell for block in blocks for row in block.rows for cell in row.cells]
    groups += [block.pieces for block in blocks]
    pieces = [piece for group in groups for piece in group]
    return "".join(p.text for p in pieces if marked is None or p.marked is marked)


def letters(text: str) -> list[str]:
    return sorted(sign for sign in text if not sign.isspace())


def test_headings_lines_and_tables_are_told_apart() -> None:
    blocks = blocks_of(paper(), Span(0, len(TEXT)))
    kinds = [(block.kind, block.level, block.follows, block.columns) for block in blocks]
    assert kinds == [
        (BlockKind.LINE, 0, False, 0),
        (BlockKind.LINE, 0, True, 0),
        (BlockKind.HEADING, 3, False, 0),
        (BlockKind.TABLE, 0, False, 2),
        (BlockKind.HEADING, 4, False, 0),
        (BlockKind.LINE, 0, False, 0),
        (BlockKind.HEADING, 3, False, 0),
    ]
    assert [row.heads for row in blocks[3].rows] == [True, False]
    assert [cell[0].text for cell in blocks[3].rows[1].cells] == ["2022", "5 €"]


def test_an_outline_never_leaves_a_level_out() -> None:
    start = TEXT.index("Unter")
    blocks = blocks_of(paper(deep=5), Span(start, len(TEXT)))
    assert [block.level for block in blocks if block.level] == [3, 3]
    assert [b.level for b in blocks_of(paper(deep=5), Span(0, len(TEXT))) if b.level] == [3, 4, 3]


@given(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT)))
def test_the_marked_pieces_are_the_words_asked_for(start: int, length: int) -> None:
    mark = Span(start, min(len(TEXT), start + length))
    blocks = blocks_of(paper(), Span(0, len(TEXT)), mark)
    assert letters(words(blocks)) == letters(TEXT)
    assert letters(words(blocks, marked=True)) == letters(mark.cut(TEXT))


@given(st.text(st.sampled_from("a\t\n <&"), max_size=60))
def test_no_word_of_any_text_is_lost(text: str) -> None:
    assert letters(words(blocks_of(paper(text), Span(0, len(text))))) == letters(text)
