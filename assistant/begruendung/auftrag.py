"""An Auftrag as a file, and the papers that it could rest on where it names none."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from assistant.begruendung.types import Auftrag, Quelle
from assistant.errors import InputInvalid
from assistant.fundstelle import Ledger
from assistant.material.orders import draft_topic
from assistant.material.precedent_question import topic_request
from assistant.material.precedents import (
    find_precedents,
    precedents_among,
    table_of,
    write_precedents,
)
from assistant.records.exact import Finding
from assistant.types import AnswerStatus, Claim, Label
from index.store import Store
from index.types import Access, Document
from ingest.expressions import find_references

LARGEST_BYTES = 200_000
_FIELDS: Mapping[str, tuple[type, str]] = {
    "titel": (str, "ein Text in Anführungszeichen"),
    "stichpunkte": (list, "eine Liste von Texten"),
    "beschlussvorschlag": (str, "ein Text in Anführungszeichen"),
    "quellen": (list, "eine Liste von Nummern in Anführungszeichen"),
    "oeffentlich": (bool, "true oder false"),
    "bearbeitung": (str, "ein Text in Anführungszeichen"),
}
_AT_LINE = re.compile(r"at line (\d+)")
_PICK = (
    "Ohne gewählte Quellen wird nichts entworfen. Bitte wählen Sie aus und tragen Sie die Nummern "
    "unter »quellen« in den Auftrag ein. Vorgeschlagen wird nach Wörtern des Titels, von allen "
    "Urhebern und mit jedem Ergebnis gleichermaßen; ein Antrag ist keine Beschlusslage."
)
_NONE = (
    "Der Auftrag nennt keine Quellen, und zu den Wörtern seines Titels ist keine Drucksache "
    "erfasst. Bitte tragen Sie Nummern unter »quellen« ein oder ändern Sie den Titel."
)


def read_auftrag(path: Path, mandant: str) -> Auftrag:
    """The Auftrag in a TOML file.

    Raises:
        InputInvalid: there is no such file, or a field of it is unknown, missing or of a wrong
            kind; the sentence names field and line.
    """
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise InputInvalid(f"»{path.name}« ist zu groß für einen Auftrag.")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputInvalid(f"»{path}« lässt sich nicht lesen: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InputInvalid(f"»{path.name}« ist kein Text in UTF-8.") from error
    return parse_auftrag(text, mandant, path.name)


def parse_auftrag(text: str, mandant: str, name: str = "Auftrag") -> Auftrag:
    """The Auftrag in a text; `name` is what an error calls it.

    Raises:
        InputInvalid: as for `read_auftrag`.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        where = f"Zeile {at[1]}" if at else "am Ende"
        raise InputInvalid(
            f"»{name}«, {where}: kein gültiges TOML. Erwartet wird je Feld eine Zeile wie "
            '»titel = "…"«.'
        ) from error
    for key, value in values.items():
        _check(key, value, text, name)
    titel = _plain(values.get("titel", ""))
    if not titel:
        raise InputInvalid(f"»{name}«: Das Feld »titel« fehlt oder ist leer.")
    return Auftrag(
        titel=titel,
        mandant=mandant,
        stichpunkte=tuple(filter(None, map(_plain, values.get("stichpunkte", [])))),
        quellen=tuple(dict.fromkeys(_quelle(q, text, name) for q in values.get("quellen", []))),
        beschlussvorschlag=values.get("beschlussvorschlag", "").strip(),
        oeffentlich=values.get("oeffentlich", True),
        bearbeitung=_plain(values.get("bearbeitung", "")),
    )


def _check(key: str, value: Any, text: str, name: str) -> None:
    if key not in _FIELDS:
        known = ", ".join(_FIELDS)
        raise InputInvalid(
            f"»{name}«, {_line(key, text)}: Das Feld »{key}« gibt es nicht. Möglich sind: {known}."
        )
    kind, german = _FIELDS[key]
    right = isinstance(value, kind)
    if right and kind is list:
        right = all(isinstance(one, str) for one in value)
    if not right:
        raise InputInvalid(f"»{name}«, {_line(key, text)}: Das Feld »{key}« muss {german} sein.")


def _quelle(written: str, text: str, name: str) -> Quelle:
    found = find_references(written)
    if len(found) != 1:
        raise InputInvalid(
            f"»{name}«, {_line('quellen', text)}: »{written}« im Feld »quellen« ist keine "
            "Drucksachennummer. Erwartet wird etwa »Antrag 15/211«."
        )
    return Quelle(found[0].number, found[0].label or "")


def _line(key: str, text: str) -> str:
    lines = (
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if re.match(rf"\s*\[*[\s\"']*{re.escape(key)}\b", line)
    )
    number = next(lines, None)
    return f"Zeile {number}" if number else "ohne Zeile"


def _plain(text: str) -> str:
    return " ".join(text.split())


def proposed_sources(store: Store, access: Access, auftrag: Auftrag) -> Finding:
    """The papers on the title's words, decided and rejected, of all Fraktionen, to pick from.

    Those that hold all words of the title; where none does, those that hold the most of them.
    """
    papers = papers_on_title(store, access, auftrag.titel)
    if not papers:
        return Finding(AnswerStatus.ABSTAINED, text=_NONE, objection=_NONE)
    found, ledger = precedents_among(store, access, papers), Ledger()
    told = write_precedents(found, ledger)
    claims = (Claim(_PICK, Label.ABGELEITET, ()), *told)
    text = "\n".join(claim.text for claim in claims)
    table, cited = table_of(found, ledger), tuple(ledger.citations)
    return Finding(AnswerStatus.CLARIFY, claims, cited, text, table=table)


def papers_on_title(
    store: Store, access: Access, title: str, least: float | None = None
) -> list[Document]:
    """The papers that hold the words of a title; where none holds all, those with the most.

    With `least`, all that hold this share of its words.
    """
    today = date.today()
    held: dict[str, int] = {}
    papers: dict[str, Document] = {}
    requests = [topic_request(word, today) for word in title_words(title)]
    searched = [request for request in requests if request.topic_terms]
    for request in searched:
        for paper in find_precedents(store, access, request).papers:
            papers[paper.id] = paper
            held[paper.id] = held.get(paper.id, 0) + 1
    wanted = max(held.values(), default=0) if least is None else least * len(searched)
    return [paper for key, paper in papers.items() if held[key] >= wanted]


def title_words(title: str) -> list[str]:
    """The words of a title that say what it is about: its nouns and names, each once."""
    words = re.findall(r"\w[\w-]+", draft_topic(title))
    return list(dict.fromkeys(word for word in words if word[0].isupper()))
