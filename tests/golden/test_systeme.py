"""Papers of differing council systems are read field by field, and minutes vote by vote.

Each paper lies in `systeme/` as a source, rendered here by the tools of `beispiele/`, and beside
it what it says, written by hand from the source: US dates, glued cells, Sperrschrift, broken
tables, numbers by year and by Kürzel, several votes under one item.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from index.types import Document, SectionKind
from ingest.document import read_document
from ingest.formats.docx import parse_docx
from ingest.formats.html import parse_html
from ingest.formats.pdf import parse_pdf
from ingest.formats.text import parse_text
from ingest.intake import Intake
from ingest.papers.fraktionen import normalise_fraktion
from tests.unit.test_beispiele import rendern

HERE = Path(__file__).parent / "systeme"
EXPECTED = sorted(HERE.glob("*.json"))
MINUTES = [path for path in EXPECTED if '"art": "Niederschrift"' in path.read_text("utf-8")]
PARSERS = {".pdf": parse_pdf, ".docx": parse_docx, ".html": parse_html, ".txt": parse_text}
CITED = {
    SectionKind.TAGESORDNUNGSPUNKT,
    SectionKind.BESCHLUSSVORSCHLAG,
    SectionKind.ERGEBNIS,
    SectionKind.FINANZEN,
    SectionKind.ZUSAMMENFASSUNG,
    SectionKind.BEGRUENDUNG,
    SectionKind.FRAGE,
}
GOAL = 0.98

Json = Any


@cache
def read(name: str) -> Document:
    quelle = rendern.read_quelle(HERE / f"{name}.md")
    data = rendern.render(quelle)
    intake = Intake(quelle.ziel, data, sha256(data).hexdigest(), "")
    return read_document(intake, PARSERS[Path(quelle.ziel).suffix](data), "lvs")


def readings(document: Document) -> dict[str, Json]:
    """What was read, in the shape of the expected files."""
    kopf = document.kopfdaten
    kind = kopf.bezeichnung or kopf.art
    sitting = kopf.art is not None and kopf.art.value == "Niederschrift"
    return {
        "art": kind.value if kind else None,
        "nummer": kopf.nummer.value.key if kopf.nummer else None,
        "datum": kopf.datum.value.isoformat() if kopf.datum else None,
        "dienststelle": kopf.dienststelle.value if kopf.dienststelle else None,
        "antragsteller": [reading.value for reading in kopf.antragsteller],
        "gremium": kopf.gremium.value if kopf.gremium else None,
        "sitzung": kopf.sitzung.value if kopf.sitzung else None,
        "oeffentlich": kopf.oeffentlich.value if kopf.oeffentlich else None,
        "beratungsfolge": [
            [b.gremium, b.datum.isoformat() if b.datum else None, b.rolle]
            for b in kopf.beratungsfolge
        ],
        "outcome": kopf.ergebnis.outcome if kopf.ergebnis else None,
        "abschnitte": [
            [s.title.split(" ")[1], s.visibility.value] if sitting else s.kind.value
            for s in document.sections
            if s.kind in ({SectionKind.TOP} if sitting else CITED)
        ],
        "beschluesse": [
            [
                b.top,
                b.gegenstand,
                [number.key for number in b.drucksachen],
                b.ergebnis.outcome if b.ergebnis else None,
                b.visibility.value,
                *_vote(b.ergebnis.abstimmung if b.ergebnis else None),
            ]
            for b in kopf.beschluesse
        ],
        "teilnahme": [
            [t.name, t.gruppe, t.rolle, t.vertritt, t.ab, t.bis, t.anwesend] for t in kopf.teilnahme
        ],
    }


def _vote(vote: Json) -> list[Json]:
    if vote is None:
        return [None, []]
    named = [
        " ".join(str(part) for part in (s.abgabe, normalise_fraktion(s.wer), s.zahl) if part)
        for s in vote.stimmen
    ]
    return [[vote.ja, vote.nein, vote.enthaltungen, vote.einstimmig], named]


VOTE_FIELDS = ("top", "gegenstand", "drucksachen", "outcome", "schutzstufe", "zahlen", "fraktionen")


def statements(found: dict[str, Json]) -> Iterator[tuple[str, str]]:
    """Each single thing a reading states; a vote is known by its place under its item."""
    places: Counter[str] = Counter()
    for name, value in found.items():
        for item in value if isinstance(value, list) else [value]:
            if item is None:
                continue
            if name != "beschluesse":
                yield name, json.dumps(item, ensure_ascii=False)
                continue
            place = f"{item[0]}.{places[item[0]]}"
            places[item[0]] += 1
            for field, part in zip(VOTE_FIELDS, item, strict=True):
                for one in part if field == "fraktionen" else [part]:
                    yield f"beschluss.{field}", json.dumps([place, one], ensure_ascii=False)


def load(path: Path) -> dict[str, Json]:
    loaded: dict[str, Json] = json.loads(path.read_text("utf-8"))
    return loaded


def test_there_are_twenty_papers_in_four_formats_and_ten_minutes_among_them() -> None:
    suffixes = Counter(
        Path(rendern.read_quelle(path.with_suffix(".md")).ziel).suffix for path in EXPECTED
    )
    assert len(EXPECTED) >= 20
    assert len(MINUTES) >= 10
    assert set(suffixes) == set(PARSERS)
    assert min(suffixes.values()) >= 4


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_a_paper_is_read_as_its_source_says(path: Path) -> None:
    assert readings(read(path.stem)) == load(path)


def test_precision_and_recall_of_every_field_reach_the_goal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    true: Counter[str] = Counter()
    for path in EXPECTED:
        expected = Counter(statements(load(path)))
        found = Counter(statements(readings(read(path.stem))))
        for counts, total in ((expected & found, right), (found, said), (expected, true)):
            for (name, _), number in counts.items():
                total[name] += number
    rows = [(n, right[n] / max(1, said[n]), right[n] / true[n], true[n]) for n in sorted(true)]
    with capsys.disabled():
        print(f"\n{'Feld':<26}{'Genauigkeit':>12}{'Ausbeute':>10}{'Anzahl':>8}")
        for name, precision, recall, number in rows:
            print(f"{name:<26}{precision:>12.3f}{recall:>10.3f}{number:>8}")
    assert set(said) <= set(true)
    assert [row for row in rows if min(row[1:3]) < GOAL] == []
