from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Outcome
from ingest.papers.outcomes import is_vote_line, read_outcome

RECORDS = [
    ("Entsprechend dem Vorschlag der Verwaltung beschlossen.", Outcome.BESCHLOSSEN),
    ("Beschluss: lt. Beschlussvorschlag", Outcome.BESCHLOSSEN),
    ("einstimmig", Outcome.BESCHLOSSEN),
    ("Mehrheitlich gegen die Fraktion A bei Enthaltung von B und Herrn K.", Outcome.BESCHLOSSEN),
    ("ungeändert beschlossen", Outcome.BESCHLOSSEN),
    ("unverändert beschlossen", Outcome.BESCHLOSSEN),
    ("Der Ausschuss stimmt der Vorlage zu.", Outcome.BESCHLOSSEN),
    ("mehrheitlich beschlossen bei 3 Ablehnungen", Outcome.BESCHLOSSEN),
    ("dafür: 40 (A, B), dagegen: 12 (C)", Outcome.BESCHLOSSEN),
    ("14 Ja-Stimmen, 3 Nein-Stimmen", Outcome.BESCHLOSSEN),
    ("geändert beschlossen", Outcome.GEAENDERT),
    ("Beschlossen, ergänzt um den Prüfauftrag des Ausschusses", Outcome.GEAENDERT),
    ("einstimmig mit der Maßgabe, dass berichtet wird", Outcome.GEAENDERT),
    ("unter der Maßgabe beschlossen, dass berichtet wird", Outcome.GEAENDERT),
    ("in geänderter Fassung beschlossen", Outcome.GEAENDERT),
    ("in der geänderten Fassung beschlossen", Outcome.GEAENDERT),
    ("Mit folgendem Wortlaut einstimmig beschlossen:", Outcome.GEAENDERT),
    ("in ungeänderter Fassung beschlossen", Outcome.BESCHLOSSEN),
    ("in geänderter Form einstimmig beschlossen", Outcome.GEAENDERT),
    ("mit folgender Ergänzung beschlossen", Outcome.GEAENDERT),
    ("Abweichend vom Beschlussvorschlag beschlossen", Outcome.GEAENDERT),
    ("einstimmig abgelehnt", Outcome.ABGELEHNT),
    ("Der Rat lehnt den Antrag bei zwei Enthaltungen ab.", Outcome.ABGELEHNT),
    ("mehrheitliche Ablehnung", Outcome.ABGELEHNT),
    ("nicht beschlossen", Outcome.ABGELEHNT),
    ("Beschluss: mehrheitlich abgelehnt. Wie Antrag. dagegen: 20", Outcome.ABGELEHNT),
    ("Ja: 4, Nein: 9", Outcome.ABGELEHNT),
    ("Der Rat beschließt einstimmig, den Antrag abzulehnen.", Outcome.ABGELEHNT),
    ("Der Ausschuss empfiehlt mehrheitlich, dem Antrag nicht zu folgen.", Outcome.ABGELEHNT),
    ("beschließt, dem Antrag nicht zuzustimmen", Outcome.ABGELEHNT),
    ("Der Rat beschließt, die Ausnahme vom Verbot abzulehnen.", Outcome.BESCHLOSSEN),
    ("Die Zustimmung wird versagt.", Outcome.ABGELEHNT),
    ("Der Ausschuss beschließt einstimmig, die Vorlage zu vertagen.", Outcome.VERTAGT),
    ("Der Rat beschließt, die Beratung der Vorlage zurückzustellen.", Outcome.VERTAGT),
    ("Der Rat beschließt, Mittel für das nächste Jahr zurückzustellen.", Outcome.BESCHLOSSEN),
    ("beschließt, die Vorlage in den Bauausschuss zu verweisen", Outcome.VERWIESEN),
    ("Es wird beschlossen, den Punkt von der Tagesordnung abzusetzen.", Outcome.ABGESETZT),
    ("ablehnend zur Kenntnis genommen", Outcome.KENNTNIS),
    ("Die Mitteilung wird zur Kenntnis genommen.", Outcome.KENNTNIS),
    ("einstimmig vertagt, Ja: 14", Outcome.VERTAGT),
    ("Der Antrag wird in den Finanzausschuss verwiesen.", Outcome.VERWIESEN),
    ("Der Punkt wurde von der Tagesordnung abgesetzt.", Outcome.ABGESETZT),
    ("Die Fraktion zieht den Antrag zurück, er wird nicht abgelehnt.", Outcome.ZURUECKGEZOGEN),
    ("Zustimmung: A (11)", None),
    ("Über den Antrag wurde noch nicht beschlossen.", None),
    ("Ein Beschluss wurde nicht gefasst.", None),
    ("Der Antrag auf Vertagung wurde abgelehnt.", None),
    ("Die Änderung der Satzung betrifft § 4.", None),
    ("Der Antrag, die Vorlage zu vertagen, wird mehrheitlich abgelehnt.", None),
    ("TOP 5.1: Erledigt durch Zustimmung zu TOP 5.2 (keine Abstimmung)", None),
    ("durch den Beschluss zu 4.1 erledigt", None),
    ("Ja: 7, Nein: 7", None),
    ("siehe Anlage", None),
    ("", None),
]


@pytest.mark.parametrize(("words", "outcome"), RECORDS)
def test_the_words_of_a_record_give_its_outcome(words: str, outcome: Outcome | None) -> None:

    assert read_outcome(words) is outcome


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("Ja: 10 (SPD, GRÜNE)", True),
        ("Enthaltung: keine", True),
        ("dafür: 2, dagegen: 5", True),
        ("3 Gegenstimmen", True),
        ("bei Enthaltung der Freien Wähler", True),
        ("Einstimmig.", True),
        ("Herr Prasch verlässt die Sitzung.", False),
        ("Mit Applaus wird Frau A verabschiedet.", False),
        ("Ja, sagt Herr B, das sei richtig.", False),
    ],
)
def test_lines_that_count_a_vote_are_told_from_debate(line: str, counts: bool) -> None:
    assert is_vote_line(line) is counts


@given(st.permutations(["zurückgezogen", "abgesetzt", "vertagt", "abgelehnt", "zur Kenntnis"]))
def test_the_earlier_rule_wins_whatever_the_order_of_the_words(words: list[str]) -> None:
    assert read_outcome(", ".join(words)) is Outcome.ZURUECKGEZOGEN
    assert read_outcome(", ".join(w for w in words if w != "zurückgezogen")) is Outcome.ABGESETZT


@pytest.mark.parametrize(
    "words",
    [
        "Ohne weitere Aussprache beschließt der Rat einstimmig den Kauf der Leiter.",
        "ohne Gegenstimme beschlossen",
        "ohne Aussprache angenommen",
    ],
)
def test_a_vote_without_debate_or_opposition_is_no_rejection(words: str) -> None:
    assert read_outcome(words) is Outcome.BESCHLOSSEN
