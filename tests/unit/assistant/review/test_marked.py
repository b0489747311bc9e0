"""The text of a draft in pieces that findings speak of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.review.marked import marked_lines
from index.types import Span

TEXT = "Begründung\n\n  Der Antrag 15/12 wurde abgelehnt.\nDie Kosten sind offen.\n"


def span_of(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def test_lines_are_cut_where_a_finding_begins_and_ends() -> None:
    lines = marked_lines(TEXT, [span_of("Antrag 15/12")])
    assert [[s.text for s in line.stuecke] for line in lines] == [
        ["Begründung"],
        ["Der ", "Antrag 15/12", " wurde abgelehnt."],
        ["Die Kosten sind offen."],
    ]
    assert [s.befunde for s in lines[1].stuecke] == [(), (0,), ()]
    assert [s.beginnt for s in lines[1].stuecke] == [(), (0,), ()]


def test_of_findings_that_overlap_each_is_reached_once() -> None:
    spans = [span_of("Der Antrag 15/12"), span_of("15/12 wurde abgelehnt.\nDie Kosten")]
    pieces = [s for line in marked_lines(TEXT, spans) for s in line.stuecke]
    assert [(s.text, s.befunde) for s in pieces] == [
        ("Begründung", ()),
        ("Der Antrag ", (0,)),
        ("15/12", (0, 1)),
        (" wurde abgelehnt.", (1,)),
        ("Die Kosten", (1,)),
        (" sind offen.", ()),
    ]
    assert [n for s in pieces for n in s.beginnt] == [0, 1]


def test_what_is_missing_marks_nothing() -> None:
    (line, *_) = marked_lines(TEXT, [Span(len(TEXT), len(TEXT)), Span(3, 3)])
    assert [(s.text, s.befunde) for s in line.stuecke] == [("Begründung", ())]


def test_of_a_long_text_only_lines_near_a_finding_are_shown() -> None:
    text = "\n".join(f"Zeile {n}." for n in range(100))
    start = text.index("Zeile 50.")
    lines = marked_lines(text, [Span(start, start + 5)], longest=100)
    assert ["".join(s.text for s in line.stuecke) for line in lines] == [
        f"Zeile {n}." for n in range(48, 53)
    ]
    assert [line.luecke for line in lines] == [True, False, False, False, False]


@given(
    st.text(alphabet="ab \n", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4),
)
def test_the_pieces_are_the_text_but_for_blanks(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = [Span(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in pairs]
    shown = "".join(s.text for line in marked_lines(text, spans) for s in line.stuecke)
    assert "".join(shown.split()) == "".join(text.split())
