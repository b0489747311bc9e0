from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ingest.begleitdaten import Begleitdaten, Station
from ingest.errors import SidecarInvalid
from ingest.sidecar import is_sidecar, read_sidecar

MANDANT = "lvs"
STATED = {
    "nummer": "15/148",
    "art": "Antrag",
    "titel": "Bäume an Alleen",
    "datum": "2023-10-24",
    "antragsteller": ["CDU", "SPD"],
    "dienststelle": "Dezernat 3",
    "beratungsfolge": [
        {"gremium": "Umweltausschuss", "datum": "07.11.2023", "rolle": "Vorberatung"},
        {"gremium": "Kreistag", "ergebnis": "einstimmig beschlossen"},
    ],
    "ergebnis": "beschlossen",
    "sichtbarkeit": "öffentlich",
    "mandant": "lvs",
}
TOML = """
nummer = "15/148"
art = "Antrag"
titel = "Bäume an Alleen"
datum = 2023-10-24
antragsteller = ["CDU", "SPD"]
dienststelle = "Dezernat 3"
ergebnis = "beschlossen"
sichtbarkeit = "öffentlich"
mandant = "lvs"

[[beratungsfolge]]
gremium = "Umweltausschuss"
datum = 2023-11-07
rolle = "Vorberatung"

[[beratungsfolge]]
gremium = "Kreistag"
ergebnis = "einstimmig beschlossen"
"""


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "antrag.pdf"
    path.write_text("Bäume spenden Schatten.")
    return path


@pytest.mark.parametrize("name", ["antrag.pdf.json", "antrag.json", "antrag.pdf.toml"])
def test_all_fields_are_read_from_either_format(name: str, paper: Path) -> None:
    text = TOML if name.endswith("toml") else "\ufeff" + json.dumps(STATED)
    paper.with_name(name).write_text(text, encoding="utf-8")
    assert read_sidecar(paper, MANDANT) == Begleitdaten(
        herkunft=f"Angaben aus der Begleitdatei {name}",
        art="Antrag",
        nummer="15/148",
        titel="Bäume an Alleen",
        datum=date(2023, 10, 24),
        antragsteller=("CDU", "SPD"),
        dienststelle="Dezernat 3",
        beratungsfolge=(
            Station("Umweltausschuss", date(2023, 11, 7), "Vorberatung"),
            Station("Kreistag", ergebnis="einstimmig beschlossen"),
        ),
        ergebnis="beschlossen",
        oeffentlich=True,
    )


def test_a_file_without_a_sidecar_has_no_statements(paper: Path) -> None:
    paper.with_name("anderes.pdf.json").write_text("{}")
    assert read_sidecar(paper, MANDANT) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "kein gültiges JSON"),
        ("[" * 100_000, "kein gültiges JSON"),
        ("[]", "kein Objekt"),
        ('{"sichtbar": "nein"}', "kennt das Feld „sichtbar“ nicht. Möglich sind: nummer, art"),
        ('{"sichtbarkeit": "intern"}', "„öffentlich“ oder „nichtöffentlich“"),
        ('{"sichtbarkeit": true}', "„öffentlich“ oder „nichtöffentlich“"),
        ('{"mandant": "lvn"}', "gilt für den Mandanten „lvn“, eingelesen wird für „lvs“"),
        ('{"datum": "gestern"}', "im Feld „datum“ ein Datum"),
        ('{"datum": "2023-13-45"}', "im Feld „datum“ ein Datum"),
        ('{"datum": 2023}', "im Feld „datum“ ein Datum"),
        ('{"nummer": 15}', "im Feld „nummer“ einen Text"),
        ('{"nummer": " "}', "im Feld „nummer“ einen Text"),
        ('{"antragsteller": [1]}', "Liste von Texten"),
        ('{"beratungsfolge": "Kreistag"}', "Liste von Objekten"),
        ('{"beratungsfolge": [{"datum": "2023-01-01"}]}', "ohne „gremium“"),
        ('{"beratungsfolge": [{"gremium": "K", "wann": "morgen"}]}', "das Feld „wann“ nicht"),
        (" " * 300_000, "größer als 256 KiB"),
    ],
)
def test_an_error_in_it_is_said_in_one_german_sentence(text: str, words: str, paper: Path) -> None:
    paper.with_name("antrag.pdf.json").write_text(text)
    with pytest.raises(SidecarInvalid) as caught:
        read_sidecar(paper, MANDANT)
    assert words in str(caught.value)
    assert "antrag.pdf.json" in str(caught.value)


def test_another_encoding_is_an_error(paper: Path) -> None:
    paper.with_name("antrag.pdf.json").write_bytes('{"titel": "Bäume"}'.encode("latin-1"))
    with pytest.raises(SidecarInvalid, match="UTF-8"):
        read_sidecar(paper, MANDANT)


def test_two_sidecars_of_one_file_are_an_error(paper: Path) -> None:
    paper.with_name("antrag.pdf.json").write_text("{}")
    paper.with_name("antrag.toml").write_text("")
    with pytest.raises(SidecarInvalid, match=r"„antrag.pdf.json“ und „antrag.toml“"):
        read_sidecar(paper, MANDANT)


def test_a_sidecar_that_fits_two_files_is_an_error(paper: Path) -> None:
    paper.with_name("antrag.docx").write_text("x")
    paper.with_name("antrag.json").write_text("{}")
    with pytest.raises(SidecarInvalid, match="passt zu mehreren"):
        read_sidecar(paper, MANDANT)


def test_only_a_file_with_a_neighbour_is_a_sidecar(paper: Path) -> None:
    for name in ("antrag.pdf.json", "antrag.toml", "daten.json"):
        paper.with_name(name).write_text("{}")
    beside = {path.name for path in paper.parent.iterdir() if is_sidecar(path)}
    assert beside == {"antrag.pdf.json", "antrag.toml"}
