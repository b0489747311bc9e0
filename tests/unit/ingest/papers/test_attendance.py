"""Who was there, as the front of minutes lists them."""

from __future__ import annotations

from index.types import Teilnahme
from ingest.papers.attendance import read_attendance

LIST = """Protokoll der Sitzung

Es sind anwesend:
Herr Enno Wittkamp, Vorsitzender
Herr Gerold Pannhorst als Vertreter für Frau Wiebke Lünstroth
Frau Dr. Almut Isenhage ab 9:45 Uhr
Vennemark, Theo (bis TOP 7)

CDU-Fraktion
Ilse Drostmann, Markus Ahlenbrink (für Dr. Ralf Siebenhorn), Gisela Ohrdorf

Es fehlen entschuldigt:
Frau Wiebke Lünstroth

Teilnehmer der Verwaltung:
Herr Hajo Brüggenkort, Leiter Fachbereich Finanzen, Bau

Tagesordnung:
1. Eröffnung durch Herrn Enno Wittkamp
"""


def test_each_person_is_listed_with_what_is_said_of_them() -> None:
    found = read_attendance(LIST, len(LIST))
    said = [(t.name, t.gruppe, t.rolle, t.vertritt, t.ab, t.bis, t.anwesend) for t in found]
    assert said == [
        ("Enno Wittkamp", "", "Vorsitzender", "", "", "", True),
        ("Gerold Pannhorst", "", "", "Wiebke Lünstroth", "", "", True),
        ("Dr. Almut Isenhage", "", "", "", "9:45 Uhr", "", True),
        ("Theo Vennemark", "", "", "", "", "TOP 7", True),
        ("Ilse Drostmann", "CDU", "", "", "", "", True),
        ("Markus Ahlenbrink", "CDU", "", "Dr. Ralf Siebenhorn", "", "", True),
        ("Gisela Ohrdorf", "CDU", "", "", "", "", True),
        ("Wiebke Lünstroth", "", "", "", "", "", False),
        (
            "Hajo Brüggenkort",
            "Teilnehmer der Verwaltung",
            "Leiter Fachbereich Finanzen, Bau",
            "",
            "",
            "",
            True,
        ),
    ]
    assert all(t.name.split()[-1] in t.span.cut(LIST) for t in found)


def test_a_paper_without_a_list_has_nobody() -> None:
    text = "Niederschrift\n\nHerr Ott eröffnet die Sitzung.\n\nCDU\n"
    assert read_attendance(text, len(text)) == ()


def test_nobody_behind_the_end_is_read() -> None:
    found = read_attendance(LIST, LIST.index("CDU"))
    assert [t.name for t in found][-1] == "Theo Vennemark"
    assert all(isinstance(t, Teilnahme) for t in found)
