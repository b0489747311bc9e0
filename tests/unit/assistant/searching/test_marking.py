"""What is marked of a text, and where a snippet is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.searching.marking import SNIPPET_CHARACTERS, marked_in, snippet_of
from assistant.searching.register import terms_of
from index.types import Passage, Schutzstufe, Span


def marks(text: str, query: str) -> list[str]:
    return [span.cut(text) for span in marked_in(text, frozenset(terms_of(query)))]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Die Räder, ein Leihrad.", "Rad", ["Räder", "Leihrad"]),
        ("Vollständig barrierefreier Umbau", "barrierefrei", ["barrierefreier"]),
        ("Straßen und STRASSE", "Straße", ["Straßen", "STRASSE"]),
        ("ein KI-gestützter Versuch", "KI", ["KI"]),
        ("Antrag Nr. 15/0211 der SPD", "15/211", ["15/0211"]),
        ("Beginn am 3. Juni 2025 im Haus", "03.06.2025", ["3. Juni 2025"]),
        ("nach § 5 Absatz 2", "§5", ["§ 5"]),
        ("Die Bürger:innen", "Bürger", ["Bürger:innen"]),
        ("Freiheit allein", "Barrierefreiheit", []),
    ],
)
def test_marked_is_what_the_term_analysis_reads_as_the_word(
    text: str, query: str, expected: list[str]
) -> None:
    assert marks(text, query) == expected


def passage(text: str, start: int = 100) -> Passage:
    span = Span(start, start + len(text))
    return Passage("d:0", "d", 0, span, text, ("", "Begründung"), (3, 4), Schutzstufe.OEFFENTLICH)


def test_a_snippet_is_cut_where_most_words_stand() -> None:
    text = "Das Rad. " + "Anderes steht hier. " * 40 + "Rad und Museum und Rad. Ende."
    snippet = snippet_of(passage(text), frozenset(terms_of("Rad Museum")))
    assert [piece.text for piece in snippet.pieces if piece.marked] == ["Rad", "Museum", "Rad"]
    assert (snippet.begins, snippet.ends, snippet.page) == (False, True, 3)
    assert snippet.section == "Begründung"
    assert snippet.place.shifted(0).cut(" " * 100 + text) == "Rad und Museum und Rad"


@given(
    st.text(st.sampled_from("ab Rad\n.,-ß§"), max_size=900), st.sampled_from(["Rad", "ab", "zz"])
)
def test_the_pieces_are_the_words_of_the_document(text: str, query: str) -> None:
    document = " " * 100 + text
    snippet = snippet_of(passage(text), frozenset(terms_of(query)))
    assert "".join(piece.text for piece in snippet.pieces) == snippet.span.cut(document)
    assert snippet.span.contains(snippet.place)
    assert len(snippet.span) <= SNIPPET_CHARACTERS
