from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InputInvalid
from assistant.excerpt import CONTEXT_CHARACTERS, excerpt
from index.types import Document, Kopfdaten, Schutzstufe, Span


def paper(text: str, pages: tuple[Span, ...] = ()) -> Document:
    return Document(
        id="a" * 64,
        mandant="lvs",
        source="akten/a.txt",
        media_type="text/plain",
        title="Titel",
        text=text,
        pages=pages,
        sections=(),
        kopfdaten=Kopfdaten(),
        visibility=Schutzstufe.OEFFENTLICH,
    )


@given(st.text(st.sampled_from("aß\n 😀"), min_size=1, max_size=40), st.integers(1, 200), st.data())
def test_before_quote_and_after_are_one_stretch_of_the_text(
    piece: str, times: int, data: st.DataObject
) -> None:
    text = piece * times
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    shown = excerpt(paper(text), start, end)
    first = start - len(shown.before)
    whole = shown.before + shown.quote + shown.after
    assert shown.quote == text[start:end]
    assert whole == text[first : first + len(whole)]
    assert len(shown.before) <= CONTEXT_CHARACTERS and len(shown.after) <= CONTEXT_CHARACTERS
    assert shown.begins == (first == 0)
    assert shown.ends == (first + len(whole) == len(text))


def test_the_page_is_named_only_where_there_are_pages() -> None:
    text = "eins\nzwei\n"
    assert excerpt(paper(text), 5, 9).page is None
    assert excerpt(paper(text, (Span(0, 5), Span(5, 10))), 5, 9).page == 2


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 2), (0, 11), (11, 12)])
def test_a_range_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(InputInvalid):
        excerpt(paper("zehn Zeich"), start, end)
