"""Statutes by §, Absatz and Satz, with their Fassung and entry into force."""

from __future__ import annotations

from datetime import date

from index.types import Document, Span
from ingest.papers.provisions import provision_at
from tests.unit.ingest.table_papers import read

SATZUNG = """\
Satzung über die Nutzung der Hallen

vom 03.03.2020, in der Fassung vom 05.05.2022, zuletzt geändert durch Satzung vom 7. Juni 2023

Auf Grund des Gesetzes vom 01.01.2001, zuletzt geändert am 02.02.2002, wird beschlossen:

§ 1 Zweck

(1) Die Hallen dienen allen. Sie sind werktags geöffnet; ausgenommen sind:
a) Feiertage,
b) die Ferien.
(2) Näheres regelt § 2 Abs. 1.

§ 2 Gebühren

Die Nutzung ist frei.

§ 3 Inkrafttreten

(1) Diese Satzung tritt am 1. April 2020 in Kraft. Gleichzeitig tritt die Satzung vom 04.04.2004 außer Kraft.
(2) § 2 tritt am Tage nach der Bekanntmachung in Kraft.
"""
DOCUMENT = read(SATZUNG.encode())


def at(words: str, document: Document = DOCUMENT) -> Span:
    start = document.text.index(words)
    return Span(start, start + len(words))


def test_each_absatz_is_a_provision_and_a_list_belongs_to_its_sentence() -> None:
    found = [(p.paragraph, p.absatz, len(p.saetze)) for p in DOCUMENT.provisions]
    assert found == [
        ("§ 1", "1", 2), ("§ 1", "2", 1), ("§ 2", "", 1), ("§ 3", "1", 2), ("§ 3", "2", 1),
    ]  # fmt: skip
    second = DOCUMENT.provisions[0].saetze[1].cut(DOCUMENT.text)
    assert second.startswith("Sie sind") and second.endswith("b) die Ferien.")


def test_a_place_over_two_sentences_or_outside_names_no_satz() -> None:
    both = Span(at("Die Hallen").start, at("die Ferien").end)
    found = provision_at(DOCUMENT, both)
    assert found is not None and found[1] is None
    assert provision_at(DOCUMENT, at("Satzung über")) is None


def test_fassung_last_change_and_entry_into_force_are_read_with_their_places() -> None:
    geltung = DOCUMENT.geltung
    assert geltung is not None and geltung.fassung is not None and geltung.geaendert is not None
    assert geltung.fassung.value == date(2022, 5, 5)
    assert geltung.geaendert.value == date(2023, 6, 7)
    assert geltung.geaendert.span.cut(DOCUMENT.text) == "7. Juni 2023"
    assert [(i.datum, i.span.cut(DOCUMENT.text)) for i in geltung.inkrafttreten] == [
        (date(2020, 4, 1), "Diese Satzung tritt am 1. April 2020 in Kraft"),
        (None, "§ 2 tritt am Tage nach der Bekanntmachung in Kraft"),
    ]


def test_the_change_of_another_law_is_not_the_change_of_this_one() -> None:
    text = SATZUNG.replace(", zuletzt geändert durch Satzung vom 7. Juni 2023", "")
    geltung = read(text.encode()).geltung
    assert geltung is not None and geltung.geaendert is None


def test_a_paper_that_is_no_statute_has_no_geltung() -> None:
    text = "Antrag Nr. 15/3\n\nBegründung:\n\nDie Satzung tritt am 01.01.2024 in Kraft.\n"
    assert read(text.encode()).geltung is None
