"""A document falls into parts that lose nothing, and every place stands in one of them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assistant.viewing.parts import AIM_CHARACTERS, MOST_CHARACTERS, part_at, parts_of
from index.types import Document, Kopfdaten, Schutzstufe, Section, SectionKind, Span


def paper(text: str, cuts: tuple[int, ...] = (), pages: tuple[Span, ...] = ()) -> Document:
    starts = [0, *cuts]
    ends = [*cuts, len(text)]
    return Document(
        id="a" * 64,
        mandant="lvs",
        source="akten/a.txt",
        media_type="text/plain",
        title="Titel",
        text=text,
        pages=pages,
        sections=tuple(
            Section(
                SectionKind.TEXT,
                f"Teil {number}",
                1,
                Span(start, end),
                Span(start, start),
                Schutzstufe.OEFFENTLICH,
            )
            for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)
        ),
        kopfdaten=Kopfdaten(),
        visibility=Schutzstufe.OEFFENTLICH,
    )


@given(
    st.lists(st.integers(1, 40_000), max_size=12),
    st.sampled_from(["ein Wort\n\n", "einwort", "zwei Worte, und mehr als das. ", "ä\n"]),
)
def test_parts_are_the_whole_text_and_none_is_too_long(lengths: list[int], words: str) -> None:
    length = sum(lengths)
    text = (words * (length // len(words) + 1))[:length]
    cuts = tuple(sum(lengths[:n]) for n in range(1, len(lengths)))
    parts = parts_of(paper(text, cuts))
    assert "".join(part.span.cut(text) for part in parts) == text
    assert all(len(part.span) <= MOST_CHARACTERS for part in parts)
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))
    for part in parts:
        if part.span:
            assert part_at(parts, part.span.start) == part
            assert part_at(parts, part.span.end - 1) == part


def test_short_sections_stay_together_and_a_part_is_named_by_its_first() -> None:
    text = "a" * (AIM_CHARACTERS * 3)
    third = AIM_CHARACTERS // 3
    cuts = tuple(range(third, len(text), third))
    parts = parts_of(paper(text, cuts))
    assert len(parts) == 3
    assert [part.title for part in parts] == ["Teil 1", "Teil 4", "Teil 7"]
    assert parts_of(paper("kurz", (2,))) == (replace(parts[0], span=Span(0, 4), title="Teil 1"),)


def test_pages_are_the_parts_where_there_are_pages_and_an_empty_one_holds_no_place() -> None:
    pages = (Span(0, 4), Span(6, 6), Span(6, 10))
    parts = parts_of(paper("eins\n\nzwei", (), pages))
    assert [part.span for part in parts] == list(pages)
    assert part_at(parts, 6).number == 3
    assert part_at(parts, 5).number == 1
