"""A Mandant's own rules, the pattern where there are none, a clear error where they are broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import SettingsInvalid
from assistant.hausregeln import Gender, read_hausregeln

EXAMPLES = Path(__file__).resolve().parents[3] / "beispiele" / "mandanten"


def test_without_a_file_the_pattern_holds(tmp_path: Path) -> None:
    rules = read_hausregeln(tmp_path, "lvs")
    assert rules == read_hausregeln(None, "lvn")
    assert (rules.name, rules.andere, rules.gender) == ("", (), Gender.PAAR)
    assert [a.schluessel for a in rules.abschnitte if a.pflicht] == [
        "beschlussvorschlag",
        "anlass",
        "sachverhalt",
        "rechtsgrundlage",
        "bewertung",
        "finanzen",
        "inklusion",
        "gleichstellung",
        "klima",
        "beratungsfolge",
    ]
    assert len({a.schluessel for a in rules.abschnitte}) == len(rules.abschnitte) == 13


@pytest.mark.parametrize(
    ("mandant", "other"), [("lvs", "LVN"), ("lvn", "LVS"), ("lvr", "LWL"), ("lwl", "LVR")]
)
def test_the_examples_can_be_read(mandant: str, other: str) -> None:
    rules = read_hausregeln(EXAMPLES, mandant)
    assert rules.kurz == mandant.upper()
    assert [k.kurz for k in rules.andere] == [other]
    assert len(rules.abschnitte) == 13
    assert all(abschnitt.zustaendig for abschnitt in rules.abschnitte)


def test_the_two_examples_differ_in_sections_offices_style_and_finance_entries() -> None:
    south, north = read_hausregeln(EXAMPLES, "lvs"), read_hausregeln(EXAMPLES, "lvn")
    assert (south.gender, north.gender) == (Gender.PAAR, Gender.STERN)
    assert (south.zustaendig("finanzen"), north.zustaendig("finanzen")) == (
        "Kämmerei",
        "Finanzabteilung",
    )
    assert north.zustaendig("gibt es nicht") == ""
    keys = [{a.schluessel for a in rules.abschnitte} for rules in (south, north)]
    assert keys[0] ^ keys[1] == {"datenschutz", "zusammenfassung"}
    assert [f.name for f in south.finanzangaben][:2] == ["Produktgruppe", "Gesamtkosten"]
    assert [f.name for f in north.finanzangaben][:2] == ["Teilbudget", "Kosten insgesamt"]
    assert north.finanzangaben[0].pattern.search("Das TEILBUDGETS trägt es")
    assert not north.finanzangaben[0].pattern.search("Hauptteilbudget")


def test_style_words_are_the_mandants_where_it_has_a_file_and_lists_left_out_the_patterns() -> None:
    pattern = read_hausregeln(EXAMPLES, "lvs").stilwoerter
    own = read_hausregeln(EXAMPLES, "lvn").stilwoerter
    assert "Deichsterben" in own.kampagne and "Deichsterben" not in pattern.kampagne
    assert own.superlative == pattern.superlative and "einzigartig*" in own.superlative
    assert pattern == read_hausregeln(None, "lvn").stilwoerter


@pytest.mark.parametrize("content", [b'kampagne = "eins"', b"kampagne = [1]", b"\xff"])
def test_a_broken_list_of_words_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "stilwoerter-lvs.toml").write_bytes(content)
    with pytest.raises(SettingsInvalid, match=r"^Die Datei stilwoerter-lvs\.toml im Datenverz"):
        read_hausregeln(tmp_path, "lvs")


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Beschlussvorschlag:", "beschlussvorschlag"),
        ("3. Finanzielle Auswirkungen", "finanzen"),
        ("KOSTEN", "finanzen"),
        ("  Anlass   und Auftrag ", "anlass"),
    ],
)
def test_a_heading_is_known_by_each_of_its_names(heading: str, key: str) -> None:
    found = read_hausregeln(None, "lvs").abschnitt(heading)
    assert found is not None
    assert found.schluessel == key


@pytest.mark.parametrize("heading", ["", "Beschlussvorschlag der Fraktion", "Kostenstelle"])
def test_other_headings_are_none(heading: str) -> None:
    assert read_hausregeln(None, "lvs").abschnitt(heading) is None


@pytest.mark.parametrize(
    "content",
    [
        b"name = ",
        b"\xff",
        b'gender = "laut"',
        b"name = 3",
        b'abschnitt = "keiner"',
        b'[[abschnitt]]\ntitel = "ohne Schluessel"',
        b'[[andere_koerperschaft]]\nname = "X"',
        b'[[finanzangabe]]\nname = "X"\nwoerter = []',
        b'[[finanzangabe]]\nname = "X"\nwoerter = ["("]',
    ],
)
def test_a_broken_file_is_named_and_nothing_is_guessed(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "hausregeln-lvs.toml").write_bytes(content)
    with pytest.raises(SettingsInvalid, match=r"^Die Datei hausregeln-lvs\.toml im Datenverz"):
        read_hausregeln(tmp_path, "lvs")
