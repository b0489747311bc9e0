"""Recorded votes against what a list asks of them, on records as minutes print them."""

from __future__ import annotations

import pytest

from assistant.lists.vote_fit import abstained, fits_vote, opposed, unanimous, vote_cell
from assistant.lists.vote_question import Camp, Side, VoteFilter
from index.types import Ergebnis, Span
from ingest.papers.vote_record import read_ergebnis_of

COUNTED = "mehrheitlich beschlossen\nJa: 8 (CDU, SPD), Nein: 3 (GRÜNE), Enthaltung: 1 (FDP)"
REJECTED = "mehrheitlich abgelehnt\nJa: 2 (Die Linke.), Nein: 10 (CDU, SPD)\nEnthaltung: 1 (FDP)"


def record(words: str) -> Ergebnis:
    return read_ergebnis_of(words, Span(0, len(words)))


@pytest.mark.parametrize(
    ("words", "one_voice", "against", "abstentions"),
    [
        ("einstimmig beschlossen", True, False, None),
        ("einstimmig abgelehnt", True, False, None),
        ("Einstimmig bei Enthaltung der Freien Wähler.", True, False, True),
        ("Einstimmig bei Enthaltung des Bürgerbündnisses Süderland.", True, False, True),
        ("mehrheitlich beschlossen", False, None, None),
        (COUNTED, False, True, True),
        (REJECTED, False, True, True),
        ("beschlossen, Ja: 12, Nein: 0, Enthaltung: 0", True, False, False),
        ("beschlossen, Ja: 12, Nein: 0, Enthaltung: 2", None, False, True),
        ("beschlossen bei 2 Gegenstimmen", False, True, None),
        ("gegen 3 Stimmen abgelehnt", False, True, None),
        ("abgelehnt bei 3 Gegenstimmen", False, True, None),
        ("Entsprechend Beschlussvorschlag beschlossen.", None, None, None),
    ],
)
def test_a_record_says_yes_no_or_nothing(
    words: str, one_voice: bool | None, against: bool | None, abstentions: bool | None
) -> None:
    ergebnis = record(words)
    assert (unanimous(ergebnis), opposed(ergebnis), abstained(ergebnis)) == (
        one_voice,
        against,
        abstentions,
    )


@pytest.mark.parametrize(
    ("words", "side", "name", "fits"),
    [
        (COUNTED, Side.OVERRULED, "GRÜNE", True),
        (COUNTED, Side.OVERRULED, "CDU", False),
        (COUNTED, Side.OVERRULED, "AfD", False),
        (COUNTED, Side.CARRYING, "SPD", True),
        (COUNTED, Side.ABSTAINED, "FDP", True),
        (REJECTED, Side.OVERRULED, "Die Linke", True),
        (REJECTED, Side.OVERRULED, "CDU", False),
        (REJECTED, Side.NO, "CDU", True),
        (REJECTED, Side.YES, "Die Linke", True),
        ("Abgelehnt gegen die Stimmen der SPD-Fraktion.", Side.OVERRULED, "SPD", True),
        ("Abgelehnt gegen die Stimmen der SPD-Fraktion.", Side.YES, "SPD", True),
        ("Abgelehnt gegen die Stimmen der SPD-Fraktion.", Side.NO, "SPD", False),
        ("einstimmig beschlossen", Side.OVERRULED, "CDU", False),
        ("einstimmig beschlossen", Side.ABSTAINED, "CDU", None),
        ("mehrheitlich beschlossen", Side.OVERRULED, "CDU", None),
        (
            "mehrheitlich beschlossen gegen die Stimme des Bürgerbündnisses Süderland bei "
            "Enthaltung der Freien Wähler",
            Side.OVERRULED,
            "Bürgerbündnis Süderland",
            True,
        ),
        (
            "mehrheitlich beschlossen gegen die Stimme des Bürgerbündnisses Süderland bei "
            "Enthaltung der Freien Wähler",
            Side.OVERRULED,
            "FREIE WÄHLER",
            False,
        ),
        ("Entsprechend Beschlussvorschlag beschlossen.", Side.OVERRULED, "CDU", None),
    ],
)
def test_who_stood_where_is_told_from_the_record(
    words: str, side: Side, name: str, fits: bool | None
) -> None:
    assert fits_vote(record(words), VoteFilter(camps=(Camp(side, (name,)),))) is fits


def test_all_or_one_of_several_have_to_have_stood_there() -> None:
    both = Camp(Side.CARRYING, ("CDU", "GRÜNE"))
    either = Camp(Side.CARRYING, ("CDU", "GRÜNE"), together=False)
    assert fits_vote(record(COUNTED), VoteFilter(camps=(both,))) is False
    assert fits_vote(record(COUNTED), VoteFilter(camps=(either,))) is True


def test_one_part_that_does_not_fit_outweighs_one_that_is_not_on_record() -> None:
    wanted = VoteFilter(unanimous=False, abstained=True)
    assert fits_vote(record("einstimmig beschlossen"), wanted) is False
    assert fits_vote(record("mehrheitlich beschlossen"), wanted) is None


def test_the_vote_is_one_cell() -> None:
    assert vote_cell(record(COUNTED)) == (
        "nicht einstimmig; Ja 8, Nein 3, Enthaltungen 1; Ja: CDU, SPD; Nein: GRÜNE; Enthaltung: FDP"
    )
    assert vote_cell(record("beschlossen")) == ""
