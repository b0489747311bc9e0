"""A search is its address: the same either way, and nonsense in it is as if it were not there."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.searching.choice import MOST_VALUES, Choice, Facet, Order, read_choice

_WORDS = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=30)


@given(
    text=_WORDS | st.just(""),
    values=st.dictionaries(st.sampled_from(Facet), st.sets(_WORDS, min_size=1, max_size=4)),
    order=st.none() | st.sampled_from(Order),
    page=st.integers(1, 9999),
)
def test_an_address_is_read_into_the_same_search(
    text: str, values: dict[Facet, set[str]], order: Order | None, page: int
) -> None:
    choice = Choice(text, {facet: tuple(sorted(v)) for facet, v in values.items()}, order, page)
    again = read_choice(parse_qsl(choice.address(page=page)))
    assert (again.text, again.values, again.page) == (text, choice.values, page)
    assert again.sorted_by is choice.sorted_by
    assert again.address(page=page) == choice.address(page=page)


@pytest.mark.parametrize(
    "pairs",
    [
        [("seite", "-1"), ("seite", "x"), ("seite", "99999999999")],
        [("sortierung", "zufall")],
        [("farbe", "rot"), ("art", ""), ("jahr", "   "), ("gremium", "x" * 201)],
    ],
)
def test_what_an_address_states_wrongly_is_left_out(pairs: list[tuple[str, str]]) -> None:
    assert read_choice(pairs) == Choice()


def test_values_are_bounded_and_each_stands_once() -> None:
    pairs = [("jahr", str(year % 100)) for year in range(300)]
    assert len(read_choice(pairs).of(Facet.JAHR)) == MOST_VALUES


def test_relevance_needs_words() -> None:
    assert Choice(order=Order.RELEVANZ).sorted_by is Order.NEU
    assert Choice("Rad").sorted_by is Order.RELEVANZ
    assert Choice("Rad", order=Order.ALT).sorted_by is Order.ALT


def test_a_chip_takes_one_value_out_and_goes_back_to_the_first_page() -> None:
    choice = Choice("Rad", {Facet.JAHR: ("2022", "2023")}, page=3)
    assert choice.without(Facet.JAHR, "2022") == Choice("Rad", {Facet.JAHR: ("2023",)})
