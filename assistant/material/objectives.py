"""Which Zielrichtungen a paper may touch on: its sentences, to be judged by whoever ticks the box.

Words from a file lead to the sentences; nothing is ticked, and that no word was found says nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from assistant.errors import SettingsInvalid
from assistant.fundstelle import Ledger, paper_name
from assistant.records.exact import Finding
from assistant.records.fields import cite_number
from assistant.records.supplements import Supplements
from assistant.types import AnswerStatus, AnswerTable, Claim, Label
from index.store import Store
from index.types import Access, Document, SectionKind, Span
from ingest.sentences import split_sentences

COLUMNS = ("Drucksache", "Zielrichtung", "Stellen", "Fundstelle der ersten")
MOST_EACH = 3
_NONE = "keine"
_READ = frozenset(
    {
        SectionKind.BESCHLUSSVORSCHLAG,
        SectionKind.BEGRUENDUNG,
        SectionKind.ZUSAMMENFASSUNG,
        SectionKind.TAGESORDNUNGSPUNKT,
        SectionKind.ANTWORT,
        SectionKind.TEXT,
    }
)


@dataclass(frozen=True, slots=True)
class Zielrichtung:
    """One of them with what leads to sentences that may touch on it."""

    name: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Aktionsplan:
    """The plan's name and its Zielrichtungen in their order."""

    name: str
    ziele: tuple[Zielrichtung, ...]


def read_aktionsplan(home: Path | None, mandant: str) -> Aktionsplan:
    """The list of a Mandant, from `zielrichtungen-MANDANT.toml` in the home, else the pattern.

    Raises:
        SettingsInvalid: the Mandant's file is there and cannot be read.
    """
    own = home / f"zielrichtungen-{mandant}.toml" if home else None
    if own is None or not own.is_file():
        return _parsed(
            files("assistant.material").joinpath("zielrichtungen.toml").read_text("utf-8")
        )
    try:
        return _parsed(own.read_text(encoding="utf-8"))
    except (
        OSError,
        UnicodeDecodeError,
        tomllib.TOMLDecodeError,
        KeyError,
        TypeError,
        re.error,
    ) as e:
        raise SettingsInvalid(
            f"Die Datei {own.name} im Datenverzeichnis ist nicht lesbar ({type(e).__name__}). "
            f"Erwartet "
            "werden »plan« und je [[zielrichtung]] »name« und »woerter«."
        ) from None


def _parsed(text: str) -> Aktionsplan:
    found = tomllib.loads(text)
    return Aktionsplan(
        found["plan"],
        tuple(
            Zielrichtung(
                entry["name"],
                re.compile(rf"\b(?:{'|'.join(entry['woerter'])})\b", re.IGNORECASE),
            )
            for entry in found["zielrichtung"]
        ),
    )


def answer_objectives(
    store: Store, access: Access, papers: Sequence[Document], home: Path | None
) -> Finding:
    """The sentences of each paper and its Ergänzungen that may touch on a Zielrichtung."""
    ledger = Ledger()
    claims: list[Claim] = []
    rows: list[tuple[str, str, str, str]] = []
    supplements = Supplements(store, access)
    later = [other for paper in papers for other in supplements.later(paper)]
    names: dict[str, bool] = {}
    for paper in {document.id: document for document in (*papers, *later)}.values():
        plan = read_aktionsplan(home, paper.mandant)
        claims += _write(paper, plan, ledger, rows)
        for _, name, count, _ in rows[-len(plan.ziele) :]:
            names[name] = names.get(name, False) or count != _NONE
    claims += _without([name for name, touched in names.items() if not touched])
    claims = [ledger.state(claim) for claim in claims]
    text = "\n".join(claim.text for claim in claims)
    note = (
        "Angekreuzt wird nichts: Die Zuordnung ist ein Vorschlag nach Suchwörtern, zu prüfen von "
        "der "
        "Dienststelle, die die Vorlage verantwortet. Bezeichnungen und Suchwörter kommen aus "
        "einer Datei "
        "(zielrichtungen-MANDANT.toml) und sind mit dem geltenden Aktionsplan abzugleichen."
    )
    cited = tuple(ledger.citations)
    table = AnswerTable(COLUMNS, tuple(rows))
    return Finding(AnswerStatus.ANSWERED, tuple(claims), cited, text, notes=(note,), table=table)


def _write(
    document: Document, plan: Aktionsplan, ledger: Ledger, rows: list[tuple[str, str, str, str]]
) -> Iterator[Claim]:
    sentences = list(_sentences(document))
    found = {
        ziel.name: [s for s in sentences if ziel.pattern.search(s.cut(document.text))]
        for ziel in plan.ziele
    }
    touched = [name for name, spans in found.items() if spans]
    head = (
        f"Ob {paper_name(document)} eine Zielrichtung berührt ({plan.name}), entscheidet ein "
        f"Mensch. "
        f"Vorschlag zum Prüfen: Stellen zu {len(touched)} von {len(found)} Zielrichtungen."
    )
    yield Claim(head, Label.ABGELEITET, cite_number(document, ledger))
    for name, spans in found.items():
        first = ""
        for span in spans[:MOST_EACH]:
            quoted = " ".join(span.cut(document.text).split())
            number = ledger.cite(document, span)
            first = first or ledger.citations[number - 1].fundstelle
            text = f"Vorschlag zum Prüfen, {name}: „{quoted}“"
            yield Claim(text, Label.BELEGT, (number,))
        rows.append((paper_name(document), name, str(len(spans)) if spans else _NONE, first))


def _without(names: Sequence[str]) -> Iterator[Claim]:
    """Which Zielrichtungen no word led to, and what that does not say."""
    if names:
        text = (
            f"Keine Stelle mit den Suchwörtern gefunden zu: {', '.join(names)}. Das sagt nicht, "
            "dass sie nicht berührt sind."
        )
        yield Claim(text, Label.ABGELEITET, ())


def _sentences(document: Document) -> Iterator[Span]:
    """The sentences of the paper's text, none of its header or signature."""
    seen: set[Span] = set()
    for section in document.sections:
        if section.kind not in _READ:
            continue
        start = max(section.heading.end, section.span.start)
        for sentence in split_sentences(Span(start, section.span.end).cut(document.text)):
            span = sentence.shifted(start)
            if span not in seen and len(span.cut(document.text).split()) > 2:
                seen.add(span)
                yield span
