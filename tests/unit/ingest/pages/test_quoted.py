"""The words of a quote are found among the letters of a page, or not marked at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pages.quoted import Letters, folded, locate

WORDS = st.lists(
    st.sampled_from(["die", "der", "Straße", "öffentlich", "Beschluss", "18", "2018", "1.518"]),
    min_size=1,
    max_size=40,
)


def marked(printed: str, text: str, quote: str, at: int | None = None) -> str:
    """The printed signs from the first to the last letter of each place, parted by bars."""
    start = text.index(quote) if at is None else at
    page, read = Letters.of(printed), Letters.of(text)
    cuts = [read.range_of(n, n)[0] for n in range(start, start + len(quote)) if text[n] in "\n\t"]
    places = locate(page, read, read.range_of(start, start + len(quote)), cuts)
    return "|".join(
        printed[page.origins[p.page] : page.origins[p.page + p.length - 1] + 1] for p in places
    )


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("Die Verwal-\ntung prüft das.", "Die Verwaltung prüft das."),
        ("Die  Verwaltung\nprüft das.", "Die Verwaltung prüft das."),
        ("Die ﬁnale Fassung", "Die finale Fassung"),
        ("Die Verwal\u00adtung", "Die Verwaltung"),
        ("ge\u0308ndert u\u0308ber", "gëndert über"),
        ("STRASSE", "Straße"),
        ("B e s c h l u s s", "Beschluss"),
    ],
)
def test_how_a_page_prints_makes_no_difference(printed: str, text: str) -> None:
    found = marked(f"Davor {printed} danach", f"Davor {text} danach", text)
    assert folded(found) == folded(text)


def test_a_number_is_not_marked_within_another_one() -> None:
    assert marked("2018 und 1.518 Plätze", "2018 und 18 Plätze und 1.518", "18", 9) == ""
    assert marked("2018 und 18 Plätze", "2018 und 18 Plätze", "18", 9) == "18"


def test_the_words_around_tell_which_of_two_places_is_meant() -> None:
    text = "Antrag A wird abgelehnt. Antrag B wird abgelehnt."
    second = text.rindex("wird")
    printed = "Antrag B wird abgelehnt. Antrag A wird abgelehnt."
    page, read = Letters.of(printed), Letters.of(text)
    (place,) = locate(page, read, read.range_of(second, len(text)))
    assert page.origins[place.page] == printed.index("wird")


def test_where_nothing_tells_nothing_is_marked() -> None:
    assert marked("Ja Nein Ja Nein Ja", "Nein Ja", "Ja") == ""
    assert marked("Ganz anderes steht hier", "Der Antrag wird abgelehnt", "abgelehnt") == ""


def test_of_like_lines_the_one_in_the_same_order_is_marked() -> None:
    text = "Ja. Nein. Ja. Nein. Ja. Nein."
    page, read = Letters.of(text), Letters.of(text)
    for start in (0, 10, 20):
        (place,) = locate(page, read, read.range_of(start, start + 2))
        assert page.origins[place.page] == start
    other = Letters.of("Ja. Nein. Nein. Ja. Ja. Nein.")
    assert locate(other, read, read.range_of(10, 12)) == []


def test_where_a_page_begins_is_a_place_of_its_own() -> None:
    text = "Antrag 15/95 in der Sitzung: Antrag 15/95 liegt vor"
    printed = "Antrag 15/95 Seite 1 in der Sitzung: Antrag 15/95 liegt vor"
    assert marked(printed, text, "Antrag 15/95", 0) == "Antrag 15/95"
    page, read = Letters.of(printed), Letters.of(text)
    (place,) = locate(page, read, read.range_of(0, 12))
    assert place.page == 0


def test_of_a_quote_that_the_page_cuts_up_the_pieces_are_found() -> None:
    printed = "Spalte eins sagt dies. Fußnote dazu. Spalte zwei sagt das."
    text = "Spalte eins sagt dies. Spalte zwei sagt das.\nFußnote dazu."
    quote = "Spalte eins sagt dies. Spalte zwei sagt das."
    found = marked(printed, text, quote)
    assert found == "Spalte eins sagt dies|Spalte zwei sagt das"


def test_the_half_of_a_word_that_the_next_page_begins_with_is_left_out() -> None:
    assert marked("wie die Ver-", "wie die Verwaltung", "die Verwaltung") == "die"


def test_cells_are_found_beside_each_other_though_their_words_stand_elsewhere_too() -> None:
    text = "Jahr\tPlätze\n2022\t18\n2023\t18\n2024\t18"
    assert marked(text, text, "2023\t18") == "2023\t18"
    assert marked(text.replace("2023\t18", "2023 * 18"), text, "2023\t18") == "2023 * 18"


@given(WORDS, st.data())
def test_the_place_found_bears_the_letters_asked_for(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    printed = text.replace(" ", "\n")
    page, read = Letters.of(printed), Letters.of(text)
    wanted = read.range_of(start, end)
    for place in locate(page, read, wanted):
        assert place.page == place.text  # the page prints the text in the same order
        assert wanted[0] <= place.text and place.text + place.length <= wanted[1]


@given(st.text(max_size=60))
def test_folding_is_of_single_signs(text: str) -> None:
    letters = Letters.of(text)
    assert len(letters.origins) == len(letters.text) == len(letters.loose) - 1
    assert "".join(folded(sign) for sign in text) == letters.text
