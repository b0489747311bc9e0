"""What differs between two wordings, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.begruendung.wording import Verbleib, Wortfolge, differing

B, E, N = Verbleib.BLEIBT, Verbleib.ENTFAELLT, Verbleib.NEU


@given(st.text(alphabet="ab .,\n", max_size=40), st.text(alphabet="ab .,\n", max_size=40))
def test_both_wordings_can_be_read_out_of_it(before: str, after: str) -> None:
    found = differing(before, after)
    assert "".join(one.text for one in found if one.verbleib is not N) == before
    assert "".join(one.text for one in found if one.verbleib is not E) == after


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Es gilt.", "Es gilt.", (Wortfolge("Es gilt.", B),)),
        ("", "Neu.", (Wortfolge("Neu.", N),)),
        ("Weg.", "", (Wortfolge("Weg.", E),)),
        (
            "Das kostet 12 Euro.",
            "Das kostet 13 Euro.",
            (
                Wortfolge("Das kostet ", B),
                Wortfolge("12", E),
                Wortfolge("13", N),
                Wortfolge(" Euro.", B),
            ),
        ),
    ],
)
def test_what_stays_goes_and_comes(
    before: str, after: str, expected: tuple[Wortfolge, ...]
) -> None:
    assert differing(before, after) == expected


def test_words_in_a_row_are_one_change_not_many() -> None:
    found = differing("Nach Prüfung im Haus wird empfohlen.", "Dies wird empfohlen.")
    assert [one.verbleib for one in found] == [E, N, B]
    assert (found[0].text, found[1].text) == ("Nach Prüfung im Haus", "Dies")
