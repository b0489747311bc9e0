"""How votes are counted, in the words that councils record them in."""

from __future__ import annotations

import pytest

from index.types import Abstimmung, Stimmabgabe, Stimmen
from ingest.papers.outcomes import read_outcome
from ingest.papers.vote_record import read_vote
from ingest.papers.votes import is_table_line, read_votes, vote_table_end

JA, NEIN, ENTHALTUNG = Stimmabgabe.JA, Stimmabgabe.NEIN, Stimmabgabe.ENTHALTUNG


@pytest.mark.parametrize(
    ("record", "ja", "nein", "enthaltungen", "einstimmig"),
    [
        ("einstimmig beschlossen", None, None, None, True),
        ("18 Ja-Stimmen/1Nein-Stimme/2 Enthaltungen/ja", 18, 1, 2, None),
        ("6 Ja/3 Nein/1 Enth./geänd. Antrag", 6, 3, 1, None),
        ("mit einer Ja- und sechs Nein-Stimmen gegen den Antrag", 1, 6, None, None),
        ("Einstimmige Zustimmung (37 Ja)", 37, None, None, True),
        ("einstimmig bei drei Stimmenthaltungen genehmigt", None, None, 3, True),
        ("ohne Gegenstimme bei einer Stimmenthaltung", None, 0, 1, None),
        ("Ja 14 Nein 3 Enthaltung 2", 14, 3, 2, None),
        ("Ja: 14, Nein: 3", 14, 3, None, None),
        ("vertagt, Ja: 14", 14, None, None, None),
        ("mit 21 Ja-Stimmen zu 4 Nein-Stimmen bei 1 Enthaltung", 21, 4, 1, None),
        ("mehrheitlich bei 9 Ja-Stimmen. 4 Nein-Stimmen und 5 Enthaltungen", 9, 4, 5, False),
        ("mit 5 Ja- Stimmen und 3 Nein- Stimmen", 5, 3, None, None),
        ("gegen eine Stimme bei zwei Enthaltungen", None, 1, 2, None),
        ("13 dafür, 2 dagegen", 13, 2, None, None),
        ("8 Stimmen dafür, 1 Stimme dagegen, 1 Enthaltung", 8, 1, 1, None),
    ],
)
def test_figures_are_read_as_printed_and_nothing_is_inferred(
    record: str,
    ja: int | None,
    nein: int | None,
    enthaltungen: int | None,
    einstimmig: bool | None,
) -> None:
    assert read_votes(record) == Abstimmung(ja, nein, enthaltungen, einstimmig)


@pytest.mark.parametrize(
    ("record", "stimmen"),
    [
        (
            "Mehrheitlich gegen die CDU-Fraktion bei Enthaltung der FDP-Fraktion und Herrn T.",
            [("CDU", NEIN, None), ("FDP", ENTHALTUNG, None), ("Herrn T.", ENTHALTUNG, None)],
        ),
        (
            "dafür: 52 (OB, CDU, SPD), dagegen: 17 (AfD)",
            [("OB", JA, None), ("CDU", JA, None), ("SPD", JA, None), ("AfD", NEIN, None)],
        ),
        (
            "Zustimmung: CDU (11), SPD (9)\nAblehnung: FDP (3)\nEnthaltung: Die Linke (2)",
            [
                ("CDU", JA, 11),
                ("SPD", JA, 9),
                ("FDP", NEIN, 3),
                ("Die Linke", ENTHALTUNG, 2),
            ],
        ),
        (
            "Mit den Stimmen von CDU und SPD gegen die Stimmen der GRÜNEN angenommen.",
            [("CDU", JA, None), ("SPD", JA, None), ("GRÜNEN", NEIN, None)],
        ),
        (
            "Fraktion\tJa\tNein\tEnthaltung\nCDU\t5\t0\t0\nSPD\t4\t-\t1\nGesamt\t9\t0\t1",
            [("CDU", JA, 5), ("SPD", JA, 4), ("SPD", ENTHALTUNG, 1)],
        ),
    ],
)
def test_who_voted_how_is_read(
    record: str, stimmen: list[tuple[str, Stimmabgabe, int | None]]
) -> None:
    vote = read_votes(record)
    assert vote is not None
    assert vote.stimmen == tuple(Stimmen(*one) for one in stimmen)


@pytest.mark.parametrize(
    "record",
    ["Der Ausschuss nimmt zur Kenntnis", "Keine Abstimmung", "Dagegen gibt es keine Einwände.", ""],
)
def test_what_counts_nothing_is_no_vote(record: str) -> None:
    assert read_votes(record) is None


def test_a_table_of_votes_ends_with_its_last_row() -> None:
    table = "mehrheitlich\n\nFraktion\tJa\tNein\nCDU\t8\t2\nGesamt\t8\t2"
    assert vote_table_end(f"{table}\n\nHerr Ott verlässt den Saal.") == len(table)
    assert vote_table_end("Herr Ott fragt nach.") == 0
    assert is_table_line("CDU\t8\t2") and not is_table_line("Die CDU hat 8 Sitze.")


@pytest.mark.parametrize(
    ("record", "stimmen"),
    [
        (
            "mehrheitlich abgelehnt mit den Stimmen von CDU und FDP gegen die Stimmen der SPD",
            [("CDU", NEIN, None), ("FDP", NEIN, None), ("SPD", JA, None)],
        ),
        (
            "Der Antrag wird gegen die Stimmen der SPD bei Enthaltung der GRÜNEN abgelehnt.",
            [("SPD", JA, None), ("GRÜNEN", ENTHALTUNG, None)],
        ),
        ("bei Gegenstimmen der AfD abgelehnt", [("AfD", JA, None)]),
        ("abgelehnt, Ja: 2 (SPD), Nein: 9 (CDU)", [("SPD", JA, None), ("CDU", NEIN, None)]),
        ("mehrheitlich abgelehnt (dafür: FDP)", [("FDP", JA, None)]),
        ("gegen die Stimmen der SPD beschlossen", [("SPD", NEIN, None)]),
        ("mehrheitlich gegen die Stimmen der SPD folgenden Beschluss", [("SPD", NEIN, None)]),
        (
            "Antrag der SPD abgelehnt, Vorlage gegen die Stimmen der SPD angenommen",
            [("SPD", NEIN, None)],
        ),
    ],
)
def test_who_voted_with_a_rejection_voted_against_the_motion(
    record: str, stimmen: list[tuple[str, Stimmabgabe, int | None]]
) -> None:
    vote = read_vote(record, read_outcome(record))
    assert vote is not None
    assert vote.stimmen == tuple(Stimmen(*one) for one in stimmen)


@pytest.mark.parametrize(
    ("record", "ja", "nein", "enthaltungen"),
    [
        ("mit 25 zu 18 Stimmen angenommen", 25, 18, None),
        ("mit 12 gegen 3 Stimmen beschlossen", 12, 3, None),
        ("mit zwölf gegen drei Stimmen beschlossen", 12, 3, None),
        ("Der Rat lehnt den Antrag mit 20 gegen 15 Stimmen ab.", 15, 20, None),
        ("fand mit 5 zu 9 Stimmen keine Mehrheit", 5, 9, None),
        ("mit 12:3 Stimmen bei 2 Enthaltungen beschlossen", 12, 3, 2),
        ("bei Stimmengleichheit abgelehnt (7:7)", 7, 7, None),
        ("gegen 3 Stimmen abgelehnt", 3, None, None),
        ("gegen 3 Stimmen beschlossen", None, 3, None),
        ("9 Stimmen für den Antrag, 12 Stimmen gegen den Antrag, 1 Enthaltung", 9, 12, 1),
        ("stimmt mit 9 Stimmen für und 4 Stimmen gegen die Vorlage", 9, 4, None),
        ("einstimmig beschlossen (12:30)", None, None, None),
    ],
)
def test_the_larger_half_of_two_had_its_way(
    record: str, ja: int | None, nein: int | None, enthaltungen: int | None
) -> None:
    vote = read_vote(record, read_outcome(record)) or Abstimmung()
    assert (vote.ja, vote.nein, vote.enthaltungen) == (ja, nein, enthaltungen)


def test_two_halves_without_an_outcome_say_nothing_of_yes_and_no() -> None:
    assert read_vote("mit 12 zu 3 Stimmen", None) is None
