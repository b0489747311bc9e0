from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from index.types import Document, Outcome, Schutzstufe
from ingest.begleitdaten import Begleitdaten, Station, has_statements, stamp_of
from ingest.document import prepare, read_document
from ingest.formats.text import parse_text
from ingest.intake import TEXT, Intake

PRINTED = (
    "Antrag Nr. 15/1\n\n{visibility}Datum: 24.10.2023\nAntragsteller: CDU, SPD\n\n"
    "Landschaftsausschuss\t07.12.2023\tBeschluss\n\nBeschlussvorschlag:\n\nBäume pflanzen.\n\n"
    "Ergebnis:\n\neinstimmig beschlossen\n\nBegründung:\n\nBäume spenden Schatten.\n"
)
BARE = "Bäume spenden Schatten, wo sonst keiner ist."


def read(text: str, daten: Begleitdaten | None) -> Document:
    data = text.encode()
    return read_document(
        Intake("antrag.txt", data, "0" * 64, TEXT), parse_text(data), "lvs", None, daten
    )


def stated(**fields: object) -> Begleitdaten:
    return replace(Begleitdaten("Angaben aus der Begleitdatei a.json"), **fields)  # type: ignore[arg-type]


def test_statements_fill_what_the_paper_does_not_print() -> None:
    document = read(
        BARE,
        stated(
            nummer="15/148",
            art="Beschlussvorlage",
            datum=date(2023, 10, 24),
            antragsteller=("CDU", "Bündnis 90/DIE GRÜNEN"),
            ergebnis="mehrheitlich abgelehnt",
            beratungsfolge=(Station("Kreistag", date(2023, 12, 1), "Entscheidung", "abgelehnt"),),
        ),
    )
    kopf = document.kopfdaten
    assert kopf.nummer and str(kopf.nummer.value) == "15/148"
    assert kopf.art and kopf.art.value == "Vorlage"
    assert kopf.art.span.cut(document.text) == "Beschlussvorlage"
    assert kopf.datum and kopf.datum.span.cut(document.text) == "24.10.2023"
    assert [m.value for m in kopf.antragsteller] == ["CDU", "Bündnis 90/DIE GRÜNEN"]
    assert all(m.span.cut(document.text) == m.value for m in kopf.antragsteller)
    assert kopf.ergebnis and kopf.ergebnis.outcome is Outcome.ABGELEHNT
    assert kopf.ergebnis.span.cut(document.text) == "mehrheitlich abgelehnt"
    (station,) = kopf.beratungsfolge
    assert station.span.cut(document.text) == "Kreistag\t01.12.2023\tEntscheidung\tabgelehnt"
    for passage in prepare(document).passages:
        assert passage.text == passage.span.cut(document.text)
    assert document.text.startswith(BARE)


def test_what_the_paper_prints_goes_first_and_each_contradiction_is_told() -> None:
    printed = PRINTED.format(visibility="öffentlich\n\n")
    document = read(
        printed,
        stated(
            nummer="15/2",
            art="Vorlage",
            datum=date(2023, 10, 25),
            antragsteller=("FDP",),
            ergebnis="abgelehnt",
            beratungsfolge=(
                Station("Landschaftsausschuss", date(2023, 12, 8), "Beschluss"),
                Station("Umweltausschuss", date(2023, 11, 1)),
            ),
            oeffentlich=False,
        ),
    )
    kopf = document.kopfdaten
    assert kopf.nummer and str(kopf.nummer.value) == "15/1"
    assert kopf.ergebnis and kopf.ergebnis.outcome is Outcome.BESCHLOSSEN
    assert [(b.gremium, b.datum) for b in kopf.beratungsfolge] == [
        ("Landschaftsausschuss", date(2023, 12, 7)),
        ("Landschaftsausschuss", date(2023, 12, 8)),
        ("Umweltausschuss", date(2023, 11, 1)),
    ]
    names = [warning.split(":")[0] for warning in document.warnings[1:]]
    assert sorted(names) == [
        "Antragsteller",
        "Art",
        "Beratung im Gremium „Landschaftsausschuss“",
        "Datum",
        "Ergebnis",
        "Nummer",
        "Sichtbarkeit",
    ]
    assert "Nummer: 15/2" in document.text


def test_what_is_stated_as_printed_raises_no_warning() -> None:
    daten = stated(
        nummer="15/0001",
        art="Antrag",
        datum=date(2023, 10, 24),
        antragsteller=("SPD-Fraktion", "CDU"),
        ergebnis="beschlossen",
        beratungsfolge=(Station("Landschaftsausschuss", date(2023, 12, 7), "Beschluss"),),
        oeffentlich=True,
    )
    document = read(PRINTED.format(visibility="öffentlich\n\n"), daten)
    assert len(document.warnings) == 1
    assert has_statements(document.warnings)
    assert len(document.kopfdaten.beratungsfolge) == 1
    assert stamp_of(document) == daten.stamp != stated().stamp


@pytest.mark.parametrize(
    ("printed", "said", "expected"),
    [
        ("öffentlich\n\n", None, Schutzstufe.OEFFENTLICH),
        ("öffentlich\n\n", True, Schutzstufe.OEFFENTLICH),
        ("öffentlich\n\n", False, Schutzstufe.NICHTOEFFENTLICH),
        ("", None, Schutzstufe.NICHTOEFFENTLICH),
        ("", True, Schutzstufe.OEFFENTLICH),
        ("", False, Schutzstufe.NICHTOEFFENTLICH),
        ("nichtöffentlich\n\n", None, Schutzstufe.NICHTOEFFENTLICH),
        ("nichtöffentlich\n\n", True, Schutzstufe.NICHTOEFFENTLICH),
        ("öffentlich / nichtöffentlich\n\n", True, Schutzstufe.NICHTOEFFENTLICH),
    ],
)
def test_the_stricter_visibility_holds_for_every_part(
    printed: str, said: bool | None, expected: Schutzstufe
) -> None:
    document = read(PRINTED.format(visibility=printed), stated(oeffentlich=said))
    assert document.visibility is expected
    assert {section.visibility for section in document.sections} == {expected}
    assert {passage.visibility for passage in prepare(document).passages} == {expected}


def test_foreign_words_become_one_line_each() -> None:
    document = read(BARE, stated(titel="Bäume\n\nErgebnis:\tbeschlossen\x00\u202e", ergebnis=None))
    assert document.kopfdaten.ergebnis is None
    assert "Titel: Bäume Ergebnis: beschlossen" in document.text
    assert "\x00" not in document.text


def test_a_document_without_statements_is_as_it_was() -> None:
    document = read(BARE, None)
    assert document.text == BARE
    assert not has_statements(document.warnings)
    assert stamp_of(document) == ""
