"""What two councils' own registers say about their papers, beside the text of the papers.

Only what a paper prints can be read in it: a value of the register that its first page does not
show is not expected of the reader.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.types import Document
from ingest.papers.fraktionen import normalise_fraktion

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
HEAD_CHARS = 2500
ARTEN = {
    "Antrag": {"Antrag", "Haushaltsantrag", "Dringlichkeitsantrag", "Resolution"},
    "Beschlussvorlage": {"Vorlage", "Ergänzungsvorlage"},
    "Informationsvorlage": {"Mitteilungsvorlage"},
    "Mitteilungsvorlage": {"Mitteilungsvorlage"},
    "Stellungnahme zum Antrag": {"Stellungnahme"},
    "Stellungnahme zur Anfrage": {"Stellungnahme"},
    "Änderungsantrag": {"Änderungsantrag"},
    "Ergänzungsantrag": {"Ergänzungsantrag"},
    "Anfrage": {"Anfrage"},
    "Niederschrift": {"Niederschrift"},
    "Bekanntmachung": {"Bekanntmachung"},
}
MOVED = {"Antrag", "Anfrage", "Änderungsantrag", "Ergänzungsantrag"}
_MEETING = re.compile(r"\S+ (?P<gremium>.+?) \((?P<nr>\d+)\. Sitzung\), ")
_EARLIER = re.compile(r"\d{2}\.\d{2}\.\d{4}")

Json = Any


@dataclass(frozen=True, slots=True)
class Paper:
    """One text and what the register says of it.

    Attributes:
        name: for the report.
        expected: field to the values that the register names and the paper prints.
        possible: field to all values that would be right, the printed ones among them.
    """

    name: str
    text: str
    expected: dict[str, frozenset[str]]
    possible: dict[str, frozenset[str]]


def lines(name: str) -> Iterator[Json]:
    with gzip.open(CORPUS / name, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def close(words: str) -> str:
    """Letters and figures alone: blanks and hyphens of the page's edge say nothing."""
    return re.sub(r"[\W_]+", "", words).casefold()


def german(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{day}.{month}.{year}"


def karlsruhe() -> Iterator[Paper]:
    """Each file of the city's papers with the register's number, dates, bodies and movers."""
    known = json.loads((CORPUS / "ris_karlsruhe" / "paper_submitters.json").read_text("utf-8"))
    for paper in lines("ris_karlsruhe/papers_2024_2026.jsonl.gz"):
        movers = [known["factions"][key] for key in known["papers"].get(paper["paper"], [])]
        for file in paper["files"]:
            if file["doctype"] in ARTEN:
                yield _of_karlsruhe(paper, file, movers)


def _of_karlsruhe(paper: Json, file: Json, movers: list[str]) -> Paper:
    head = file["text"][:HEAD_CHARS]
    doctype, sitting = file["doctype"], file["doctype"] == "Niederschrift"
    stations = [
        (body, c["date"]) for c in paper["consultations"] for body in c["committee"] if c["date"]
    ]
    found: dict[str, set[str]] = {"art": ARTEN[doctype]}
    # The kind of a file was guessed by those who gathered them: it counts where the register's
    # kind of the paper says the same, or where it is one that no register has.
    if doctype != paper["paperType"] and not (
        doctype.startswith(("Stellungnahme", "Niederschrift"))
        or (doctype in MOVED and paper["paperType"].startswith("Änderungs"))
    ):
        del found["art"]
    found["titel"] = {close(paper["name"])}
    if sitting:
        early = head[:400]
        found["datum"] = {day for _, day in stations}
        found["gremium"] = {close(body) for body, day in stations if _prints_day(early, day)}
        found["drucksachen"] = {paper["reference"]}
        expected = dict(found)
        expected["datum"] = {d for d in found["datum"] if _prints_day(early, d)}
        expected["gremium"] = set() if len(found["gremium"]) != 1 else found["gremium"]
        expected["drucksachen"] = found["drucksachen"] if paper["reference"] in head else set()
        del expected["titel"], found["titel"]
    else:
        before = head.split("Gremien")[0]
        found["nummer"] = {paper["reference"]}
        found["datum"] = {paper["date"]}
        found["beratungsfolge"] = {f"{close(body)} {day}" for body, day in stations}
        found["antragsteller"] = {_mover(m) for m in movers} if doctype in MOVED else set()
        expected = dict(found)
        expected["nummer"] = found["nummer"] if paper["reference"] in head else set()
        expected["datum"] = found["datum"] if german(paper["date"]) in before else set()
        # Other files of the paper have movers of their own.
        expected["antragsteller"] = {m for m in found["antragsteller"] if m in close(before)}
        expected["beratungsfolge"] = {
            f"{close(body)} {day}"
            for body, day in stations
            if german(day) in head and close(body) in close(head)
        }
        expected["titel"] = found["titel"] if close(paper["name"]) in close(head) else set()
    return Paper(
        f"{paper['paper']}/{file['file_id']}",
        file["text"],
        {name: frozenset(values) for name, values in expected.items() if values},
        {name: frozenset(values) for name, values in found.items() if values},
    )


def _prints_day(words: str, iso: str) -> bool:
    months = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
    year, month, day = (int(part) for part in iso.split("-"))
    return german(iso) in words or f"{day}. {months.split()[month - 1]} {year}" in words


def _mover(name: str) -> str:
    return close(normalise_fraktion(name))


def nordstemmen() -> Iterator[Paper]:
    """Each document of the municipality with the register's number, kind and sitting."""
    for row in lines("ris_nordstemmen/documents.jsonl.gz"):
        if row["doctype"] not in ARTEN:
            continue
        text = "\f".join(page["text"] for page in row["pages"])
        head = text[:HEAD_CHARS]
        found: dict[str, set[str]] = {"art": set(ARTEN[row["doctype"]])}
        expected = found
        if row["kind"] == "meeting":
            match = _MEETING.match(row["title"])
            found["datum"] = {row["date"]}
            found["gremium"] = {close(match["gremium"])} if match else set()
            expected = dict(found)
            expected["datum"] = found["datum"] if _prints_day(head, row["date"]) else set()
            printed = match is not None and close(match["gremium"]) in close(head)
            expected["gremium"] = found["gremium"] if printed else set()
        else:
            found["nummer"] = {_key_by_year(row["reference"])} if row["reference"] else set()
            found["titel"] = {close(row["title"].partition(": ")[2])} - {""}
            expected = dict(found)
            printed = all(title in close(head) for title in found["titel"])
            expected["titel"] = found["titel"] if printed else set()
        yield Paper(
            row["doc_id"],
            text,
            {name: frozenset(values) for name, values in expected.items() if values},
            {name: frozenset(values) for name, values in found.items() if values},
        )


def _key_by_year(reference: str) -> str:
    """ "DS 9/2020 1. Ergänzung" is "9/2020/1"."""
    return re.sub(r"\s+(\d+)\. Ergänzung", r"/\1", reference.removeprefix("DS "))


def read_fields(document: Document) -> dict[str, frozenset[str]]:
    """What our reader says, in the shape of `Paper.expected`."""
    kopf = document.kopfdaten
    art = kopf.bezeichnung if kopf.art and kopf.art.value not in _PLAIN else kopf.art
    found = {
        "art": {(art or kopf.art).value} if kopf.art else set(),  # type: ignore[union-attr]
        "nummer": {kopf.nummer.value.key} if kopf.nummer else set(),
        "datum": {kopf.datum.value.isoformat()} if kopf.datum else set(),
        "gremium": {close(kopf.gremium.value)} if kopf.gremium else set(),
        "titel": {close(document.title)},
        "antragsteller": {
            _mover(part) for reading in kopf.antragsteller for part in _joint(reading.value)
        },
        "beratungsfolge": {
            f"{close(b.gremium)} {b.datum}"
            for b in kopf.beratungsfolge
            # The register holds public stations only.
            if b.datum and not re.search(r"\bN\b", b.span.cut(document.text))
        },
        "drucksachen": {n.key for b in kopf.beschluesse for n in b.drucksachen},
    }
    return {name: frozenset(values) for name, values in found.items()}


_PLAIN = {values for group in ARTEN.values() for values in group}


def _joint(name: str) -> list[str]:
    """The register lists the parts of a joint Fraktion ("FW|FÜR")."""
    return [part for part in re.split(r"\s*[/|]\s*", name) if part] if "90" not in name else [name]


@dataclass(slots=True)
class Tally:
    """Counts for each field: right, read, expected; and the first few faults."""

    right: Counter[str]
    read: Counter[str]
    expected: Counter[str]
    faults: dict[str, list[str]]

    def add(self, paper: Paper, found: dict[str, frozenset[str]]) -> None:
        for name, expected in paper.expected.items():
            said, possible = found[name], paper.possible[name]
            if name == "art":
                hit = len(said & possible)
                self.right[name] += hit
                self.read[name] += len(said)
                self.expected[name] += 1
                missed = set() if hit else expected
            else:
                if name in {"gremium", "titel"}:
                    said = frozenset(_settled(value, possible) for value in said)
                if name == "drucksachen":
                    said &= possible  # minutes decide on other papers too
                self.right[name] += len(expected & said)
                # A value that is right but that we could not see on the page counts for nothing.
                self.read[name] += len(said - (possible - expected))
                self.expected[name] += len(expected)
                missed = expected - said
            if missed or said - possible:
                self.faults.setdefault(name, []).append(
                    f"{paper.name}: {sorted(said)} statt {sorted(expected)}"
                )

    def rows(self) -> list[tuple[str, float, float, int]]:
        """Field, precision, recall, number of expected values."""
        return [
            (n, self.right[n] / max(1, self.read[n]), self.right[n] / total, total)
            for n, total in sorted(self.expected.items())
        ]


def _settled(value: str, possible: frozenset[str]) -> str:
    """The register's name where ours is that and more ("Rat der Gemeinde Nordstemmen")."""
    longer = (name for name in possible if value.startswith(name) and len(value) < 2 * len(name))
    return next(longer, "rat" if value.startswith("ratder") and "rat" in possible else value)


def tally() -> Tally:
    return Tally(Counter(), Counter(), Counter(), {})
