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


@pytest.mark.parametrize(("mandant", "other"), [("lvs", "LVN"), ("lvn", "LVS")])
def test_the_examples_can_be_read(mandant: str, other: str) -> None:
    rules = read_hausregeln(EXAMPLES, mandant)
    assert rules.kurz == mandant.upper()
    assert [k.kurz for k in rules.andere] == [other]
    assert len(rules.abschnitte) == 13


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
    ],
)
def test_a_broken_file_is_named_and_nothing_is_guessed(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "hausregeln-lvs.toml").write_bytes(content)
    with pytest.raises(SettingsInvalid, match=r"^Die Datei hausregeln-lvs\.toml im Datenverz"):
        read_hausregeln(tmp_path, "lvs")
