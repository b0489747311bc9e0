"""What minutes record, where one item holds several votes."""

from __future__ import annotations

from index.types import Outcome, TopBeschluss
from ingest.papers.kopfdaten import read_kopfdaten
from ingest.papers.structure import read_sections

HEAD = "Niederschrift über die 9. Sitzung des Schulausschusses am 08.06.2016\n\n"
BESCHLOSSEN, ABGELEHNT = Outcome.BESCHLOSSEN, Outcome.ABGELEHNT


def votes(body: str) -> list[TopBeschluss]:
    text = HEAD + body
    found = read_kopfdaten(text, read_sections(text)).beschluesse
    for item in found:
        assert item.ergebnis is None or item.ergebnis.span.cut(text) == item.ergebnis.text
    return list(found)


def summary(body: str) -> list[tuple[str, str, list[str], Outcome | None]]:
    return [
        (v.top, v.gegenstand, [n.key for n in v.drucksachen], v.ergebnis and v.ergebnis.outcome)
        for v in votes(body)
    ]


def test_a_vote_on_an_amendment_is_its_own_and_none_of_the_paper() -> None:
    body = """Punkt 1
Umbau

Vorlage Nr. 14/1120

Abstimmungsergebnis zum Änderungsantrag: mehrheitlich abgelehnt

Ja: 3, Nein: 8

Beschluss (empfehlend):

Der Ausschuss empfiehlt, zuzustimmen.

Abstimmungsergebnis: einstimmig beschlossen

Punkt 2
Verschiedenes

Nichts."""
    assert summary(body) == [
        ("1", "Änderungsantrag", [], ABGELEHNT),
        ("1", "", ["14/1120"], BESCHLOSSEN),
    ]
    first = votes(body)[0]
    assert first.ergebnis and first.ergebnis.text == "mehrheitlich abgelehnt\n\nJa: 3, Nein: 8"


def test_a_vote_on_the_item_itself_keeps_its_papers() -> None:
    body = """Punkt 1
Umbau

Vorlage Nr. 14/1120

Beschluss:

Der Umbau wird beschlossen.

Abstimmungsergebnis zur Vorlage Nr. 14/1120: einstimmig beschlossen

Punkt 2
Verschiedenes

Nichts."""
    assert summary(body) == [("1", "", ["14/1120"], BESCHLOSSEN)]


def test_the_motion_voted_on_under_its_amendment_counts_for_the_motion() -> None:
    body = """Punkt 2
Assistent

Antrag Nr. 15/211 CDU

Debatte.

Punkt 2.1
Änderungsantrag zum Antrag Nr. 15/211

Antrag Nr. 15/224 FDP

Beschluss:

Dem Änderungsantrag Nr. 15/224 wird zugestimmt.

Abstimmungsergebnis: mehrheitlich angenommen

Sodann stellt der Vorsitzende den so geänderten Antrag Nr. 15/211 zur Abstimmung.

Beschluss:

Der Assistent wird erprobt.

Abstimmungsergebnis: geändert beschlossen

Punkt 3
Verschiedenes

Nichts."""
    assert summary(body) == [
        ("2.1", "", ["15/224"], BESCHLOSSEN),
        ("2", "", ["15/211"], Outcome.GEAENDERT),
    ]


def test_the_record_of_a_vote_ends_before_the_debate() -> None:
    body = """Punkt 1
Umbau

Beschluss:

Der Umbau wird beschlossen.

Abstimmungsergebnis: einstimmig beschlossen

Herr Prasch verlässt die Sitzung.

Punkt 2
Verschiedenes

Nichts."""
    (vote,) = votes(body)
    assert vote.ergebnis and vote.ergebnis.text == "einstimmig beschlossen"


def test_a_paper_taken_note_of_in_a_sentence_is_recorded() -> None:
    body = """Punkt 1
Klimabilanz

Vorlage Nr. 15/766

Herr A berichtet. Die Vorlage wird zur Kenntnis genommen.

Punkt 2
Verschiedenes

Nichts."""
    assert summary(body) == [("1", "", ["15/766"], Outcome.KENNTNIS)]


def test_an_item_without_words_and_a_vote_cut_by_a_line_end_are_read() -> None:
    body = """Punkt 1
Eröffnung

Punkt 2
Protokoll

Das Protokoll wird einstimmig bei zwei

Enthaltungen genehmigt.

Punkt 3
Radweg
Antrag Nr. 15/3

Der Änderungsantrag von Herrn Ott wird mit 3 Ja-Stimmen und 8 Nein-Stimmen abgelehnt.

Punkt 4
Verschiedenes

Nichts."""
    first, second = votes(body)
    assert first.ergebnis and first.ergebnis.abstimmung
    assert (first.top, first.ergebnis.abstimmung.enthaltungen) == ("2", 2)
    assert (second.gegenstand, second.drucksachen) == ("Änderungsantrag", ())


def test_items_called_together_keep_their_own_records() -> None:
    body = """Punkt 5: Regionalplan
Vorlage 15/40

Punkt 5.1: Regionalplan
Änderungsantrag: GRÜNE
Vorlage 15/41

Beschluss:

1. Der Plan wird beschlossen.

Abstimmungsergebnis:

Vorlage: mehrheitlich zugestimmt (9 Ja, 2 Nein)
Änderungsantrag GRÜNE: mehrheitlich abgelehnt (3 Ja, 8 Nein)
Die Vorsitzende ruft den Punkt auf und verweist auf die Beratung im Ausschuss.
"""
    assert summary(body) == [
        ("5", "", ["15/40"], BESCHLOSSEN),
        ("5.1", "", ["15/41"], ABGELEHNT),
    ]


def test_votes_on_several_motions_before_the_decision_are_none_of_the_paper() -> None:
    body = """TOP 3 Haushaltssatzung
Vorlage: 14/300

TOP 3.1 Änderungsanträge zum Haushalt

Antrag der CDU-Fraktion: Sportförderung um 50.000 € erhöhen

Abstimmungsergebnis: 20 Ja-Stimmen, 22 Nein-Stimmen

Antrag der FDP-Fraktion: eine Stelle streichen

Abstimmungsergebnis: mehrheitlich abgelehnt

Beschluss:

Der Rat beschließt die Haushaltssatzung.

Abstimmungsergebnis: einstimmig beschlossen

TOP 4 Verschiedenes

Nichts."""
    assert summary(body) == [
        ("3.1", "Antrag der CDU-Fraktion", [], ABGELEHNT),
        ("3.1", "Antrag der FDP-Fraktion", [], ABGELEHNT),
        ("3", "", ["14/300"], BESCHLOSSEN),
    ]
    assert votes(body)[2].span.cut(HEAD + body) == "Der Rat beschließt die Haushaltssatzung."


def test_a_decision_told_behind_votes_on_amendments_is_read() -> None:
    body = """Punkt 1
Museen
Vorlage Nr. 14/1712

Abstimmung über den Änderungsantrag der SPD-Fraktion:

mehrheitlich abgelehnt

Der Ausschuss fasst mehrheitlich gegen die Stimmen der SPD folgenden empfehlenden Beschluss:

„Der Förderung wird zugestimmt.“

Punkt 2
Verschiedenes

Nichts."""
    assert summary(body) == [
        ("1", "Änderungsantrag der SPD-Fraktion", [], ABGELEHNT),
        ("1", "", ["14/1712"], BESCHLOSSEN),
    ]
    vote = votes(body)[1].ergebnis
    assert vote is not None and vote.abstimmung is not None
    assert [(one.wer, one.abgabe.value) for one in vote.abstimmung.stimmen] == [("SPD", "nein")]


def test_votes_on_the_points_of_a_paper_are_told_apart() -> None:
    body = """Punkt 1
Resolution
Vorlage Nr. 14/460

Es wird getrennt abgestimmt.

Punkt a: einstimmig angenommen

Ziffer 2: abgelehnt bei 10 Ja-Stimmen und 33 Nein-Stimmen

Punkt 2
Verschiedenes

Nichts."""
    assert summary(body) == [
        ("1", "Punkt a", ["14/460"], BESCHLOSSEN),
        ("1", "Ziffer 2", ["14/460"], ABGELEHNT),
    ]


def test_the_count_below_a_rejection_in_the_words_of_the_motion_is_read() -> None:
    body = """TOP 1 Radweg

Beschluss: mehrheitlich abgelehnt

Wie Antrag

dafür: 5 (SPD, Grüne)

dagegen: 9 (CDU)

TOP 2 Verschiedenes

Nichts."""
    [vote] = votes(body)
    assert vote.ergebnis is not None and vote.ergebnis.abstimmung is not None
    assert vote.ergebnis.outcome is ABGELEHNT
    assert (vote.ergebnis.abstimmung.ja, vote.ergebnis.abstimmung.nein) == (5, 9)
