"""Every sample is read field by field as its source says.

The expected readings in `kopfdaten/*.json` follow the sources in `beispiele/quellen` and their
list of facts, not the program. A kind that a paper itself does not print (Kenntnisnahmevorlage)
is not expected. White space counts as one blank; `wortlaut` is what was decided on.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from index.types import Document, Drucksachennummer, SectionKind, TopBeschluss
from ingest.blocks import Parsed
from ingest.document import read_document
from ingest.formats.docx import parse_docx
from ingest.formats.html import parse_html
from ingest.formats.pdf import parse_pdf
from ingest.formats.text import parse_text
from ingest.intake import take_in

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "beispiele"
EXPECTED = sorted((HERE / "kopfdaten").glob("*.json"))
PARSERS = {".pdf": parse_pdf, ".docx": parse_docx, ".html": parse_html}
SCALARS = (
    "art", "bezeichnung", "nummer", "datum", "dienststelle", "gremium", "sitzung",
    "tagesordnungspunkt", "fassung", "oeffentlich",
)  # fmt: skip
FIELDS = (*SCALARS, "antragsteller", "beratungsfolge", "ergebnis", "outcome", "abschnitte")
OF_BESCHLUSS = (
    "top", "titel", "gegenstand", "drucksachen", "wortlaut", "ergebnis", "outcome", "schutzstufe"
)  # fmt: skip
# Sections that every official cites; those between them carry no common name.
CITED = frozenset(SectionKind) - {
    SectionKind.KOPF,
    SectionKind.BERATUNGSFOLGE,
    SectionKind.TEXT,
    SectionKind.UNTERSCHRIFT,
    SectionKind.ANLAGE,
}
GOAL = 0.98

Json = Any


def one_line(words: str) -> str:
    return " ".join(words.split())


@cache
def read(file: str) -> Document:
    path = SAMPLES / file
    intake = take_in(path)
    parsed: Parsed = PARSERS.get(path.suffix, parse_text)(intake.data)
    return read_document(intake, parsed, file.split("/")[0])


def plain(value: object) -> Json:
    if isinstance(value, Drucksachennummer):
        return value.key
    if isinstance(value, bool) or value is None:
        return value
    return one_line(str(value))


def readings(document: Document) -> dict[str, Json]:
    """What was read, in the shape of the expected files."""
    kopf, text = document.kopfdaten, document.text
    found: dict[str, Json] = {"datei": Path(document.source).relative_to(SAMPLES).as_posix()}
    for name in SCALARS:
        reading = getattr(kopf, name)
        found[name] = plain(reading.value) if reading else None
    found["antragsteller"] = [one_line(r.value) for r in kopf.antragsteller]
    found["beratungsfolge"] = [[b.gremium, plain(b.datum), b.rolle] for b in kopf.beratungsfolge]
    result = kopf.ergebnis
    found["ergebnis"] = one_line(result.text) if result else None
    found["outcome"] = plain(result.outcome) if result else None
    found["abschnitte"] = sections(document)
    found["beschluesse"] = [beschluss(item, text) for item in kopf.beschluesse]
    return found


def sections(document: Document) -> Json:
    sitting = any(s.kind is SectionKind.TOP for s in document.sections)
    kinds = CITED & {SectionKind.TOP, SectionKind.BESCHLUSS, SectionKind.ERGEBNIS}
    return [
        [s.kind.value, s.title]
        for s in document.sections
        if s.kind in (kinds if sitting else CITED) and not s.title.startswith(("Frage ", "Antwort"))
    ]


def beschluss(item: TopBeschluss, text: str) -> Json:
    return {
        "top": item.top,
        "titel": item.titel,
        "gegenstand": item.gegenstand,
        "drucksachen": [number.key for number in item.drucksachen],
        "ergebnis": one_line(item.ergebnis.text) if item.ergebnis else None,
        "outcome": plain(item.ergebnis.outcome) if item.ergebnis else None,
        "schutzstufe": item.visibility.value,
        "wortlaut": one_line(item.span.cut(text)),
    }


def statements(expected: Json) -> Counter[tuple[str, str]]:
    """Each single thing a reading states, so that two readings can be counted against each other.

    A vote is known by its place among the votes of its item.
    """
    found: Counter[tuple[str, str]] = Counter()
    for name in FIELDS:
        value = expected[name]
        for item in value if isinstance(value, list) else [value]:
            if item is not None:
                found[name, json.dumps(item, ensure_ascii=False)] += 1
    places: Counter[str] = Counter()
    for item in expected["beschluesse"]:
        place = f"{item['top']}.{places[item['top']]}"
        places[item["top"]] += 1
        for name in OF_BESCHLUSS:
            said = json.dumps([place, item[name]], ensure_ascii=False)
            found[f"beschluss.{name}", said] += 1
    return found


def load(path: Path) -> Json:
    return json.loads(path.read_text("utf-8"))


def test_the_expected_readings_are_not_rewritten_in_this_run(
    request: pytest.FixtureRequest,
) -> None:
    assert request.config.getoption("--golden-update", False) is False


def test_samples_of_every_kind_and_format_are_expected() -> None:
    files = [load(path)["datei"] for path in EXPECTED]
    assert len(files) == len(set(files)) >= 20
    assert {Path(file).suffix for file in files} == {".pdf", ".docx", ".html", ".md", ".txt"}
    assert len({load(path)["art"] for path in EXPECTED}) >= 12


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_a_sample_is_read_as_its_source_says(path: Path, request: pytest.FixtureRequest) -> None:
    expected = load(path)
    found = readings(read(expected["datei"]))
    if request.config.getoption("--golden-update", False):
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
        pytest.fail("Neu geschrieben; jetzt gegen die Quelle prüfen.")
    assert found == expected


def test_precision_and_recall_of_every_field_reach_the_goal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    right: Counter[str] = Counter()
    read_in_all: Counter[str] = Counter()
    true_in_all: Counter[str] = Counter()
    for path in EXPECTED:
        expected = load(path)
        truth, said = statements(expected), statements(readings(read(expected["datei"])))
        for counts, total in (
            (truth & said, right), (said, read_in_all), (truth, true_in_all)
        ):  # fmt: skip
            for (name, _), number in counts.items():
                total[name] += number
    rows = [
        (name, right[name] / max(1, read_in_all[name]), right[name] / true, true)
        for name, true in sorted(true_in_all.items())
    ]
    with capsys.disabled():
        print(f"\n{'Feld':<26}{'Genauigkeit':>12}{'Ausbeute':>10}{'Anzahl':>8}")
        for name, precision, recall, true in rows:
            print(f"{name:<26}{precision:>12.3f}{recall:>10.3f}{true:>8}")
    assert set(read_in_all) <= set(true_in_all)
    assert [row for row in rows if min(row[1:3]) < GOAL] == []
