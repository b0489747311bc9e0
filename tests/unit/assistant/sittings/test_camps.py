"""Who stood where in one recorded vote."""

from __future__ import annotations

import pytest

from assistant.sittings.camps import camp_of, sides_of
from index.types import Ergebnis, Span, Stimmabgabe
from ingest.papers.outcomes import read_outcome
from ingest.papers.votes import read_votes

JA, NEIN, ENTHALTUNG = Stimmabgabe.JA, Stimmabgabe.NEIN, Stimmabgabe.ENTHALTUNG


def recorded(text: str) -> Ergebnis:
    return Ergebnis(text, read_outcome(text), Span(0, len(text)), read_votes(text))


@pytest.mark.parametrize(
    ("text", "ja", "nein", "enthaltung"),
    [
        (
            "mehrheitlich angenommen Ja: 10 (SPD, GRÜNE) Nein: 6 (CDU, Freie Wähler) "
            "Enthaltung: 1 (Bürgerbündnis Süderland)",
            "10 (SPD, GRÜNE)",
            "6 (CDU, Freie Wähler)",
            "1 (Bürgerbündnis Süderland)",
        ),
        (
            "mehrheitlich beschlossen Ja: 14, Nein: 1, Enthaltung: 0",
            "14 (ohne Angabe, wer)",
            "1 (ohne Angabe, wer)",
            "keine",
        ),
        ("einstimmig beschlossen", "alle abgegebenen (einstimmig)", "keine", "nicht verzeichnet"),
        ("einstimmig abgelehnt", "keine", "alle abgegebenen (einstimmig)", "nicht verzeichnet"),
        ("mehrheitlich beschlossen", "ohne Angabe, wer", "nicht verzeichnet", "nicht verzeichnet"),
        (
            "mehrheitlich abgelehnt gegen die Stimmen der SPD",
            "SPD",
            "ohne Angabe, wer",
            "nicht verzeichnet",
        ),
        (
            "mehrheitlich beschlossen gegen die Stimme des Bürgerbündnisses Süderland bei "
            "Enthaltung der Freien Wähler",
            "ohne Angabe, wer",
            "Bürgerbündnisses Süderland",
            "Freien Wähler",
        ),
        ("einstimmig ohne Enthaltungen", "alle abgegebenen (einstimmig)", "keine", "keine"),
        (
            "Die Vorlage wird zur Kenntnis genommen.",
            "nicht verzeichnet",
            "nicht verzeichnet",
            "nicht verzeichnet",
        ),
    ],
)
def test_each_side_is_told_as_far_as_it_is_recorded(
    text: str, ja: str, nein: str, enthaltung: str
) -> None:
    ergebnis = recorded(text)
    assert [camp_of(ergebnis, side).words for side in (JA, NEIN, ENTHALTUNG)] == [
        ja,
        nein,
        enthaltung,
    ]


def test_a_fraktion_is_found_on_the_side_that_names_it() -> None:
    ergebnis = recorded("mehrheitlich abgelehnt Ja: 2 (Bündnis 90/Die Grünen), Nein: 5 (CDU, FDP)")
    assert sides_of(ergebnis, "GRÜNE") == (JA,)
    assert sides_of(ergebnis, "CDU") == (NEIN,)
    assert sides_of(ergebnis, "SPD") == ()
    worded = recorded("einstimmig bei Enthaltung des Bürgerbündnisses Süderland")
    assert sides_of(worded, "Bürgerbündnis Süderland") == (ENTHALTUNG,)
