"""Orders that a question cannot carry out, read by rules: delete, release, rebuild the index."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.understanding.question import Question
from index.types import Drucksachennummer
from ingest.expressions import find_dates


class Order(StrEnum):
    """What is ordered. Printed, so German."""

    DELETE = "Löschen"
    RELEASE = "Freigeben"
    REINDEX = "Index neu bauen oder umschalten"


@dataclass(frozen=True, slots=True)
class OrderRequest:
    """An order. `named` are the words for what it is about, `top` the item of
    an agenda, `day` its sitting's where one is named.
    """

    order: Order
    named: str = ""
    numbers: tuple[Drucksachennummer, ...] = ()
    labels: tuple[str | None, ...] = ()
    top: str = ""
    day: date | None = None


_POLITE = (
    r"(?:(?:hallo|guten\s+(?:tag|morgen)|liebe\w*\s+\w+)\W+)?(?:bitte\s+)?"
    r"(?:(?:ich\s+(?:möchte|will|muss)|wir\s+(?:möchten|wollen|müssen)|(?:kannst|könntest)\s+du|"
    r"(?:können|könnten|würden)\s+sie)\s+(?:mir\s+|uns\s+)?(?:bitte\s+)?)?"
)
_HOW = r"(?:wie\s+(?:kann\s+(?:ich|man)|können\s+wir)\s+|wie\s+(?=\w+e\s+ich\b))"
_DELETE = re.compile(
    rf"\A\W*(?:{_HOW}|{_POLITE})(?:(?:lösche|entferne|tilge|vernichte)n?\b(?:\s+(?:sie|ich))?"
    r"(?P<after>.+)|(?P<before>.+?)\s+(?:vollständig\s+|endgültig\s+|wieder\s+)?"
    r"(?:löschen|zu\s+löschen|entfernen)\W*\Z)",
    re.IGNORECASE,
)
_RELEASE = re.compile(
    rf"\A\W*(?:{_HOW}|{_POLITE})(?:"
    r"(?:gib|gebt|geben\s+sie|gebe\s+ich)\s+(?P<given>.+?)\s+frei\b|"
    r"(?P<named>.+?)\s+(?:freigeben|veröffentlichen|öffentlich\s+(?:machen|stellen))\b|"
    r"(?:mach(?:e|en\s+sie)?|stell(?:e|en\s+sie)?)\s+(?P<made>.+?)\s+öffentlich\b|"
    r"veröffentliche(?:n\s+sie)?\s+(?P<published>.+))",
    re.IGNORECASE,
)
# What stands before "löschen" names a thing; with such a verb it tells of somebody.
_TELLS = re.compile(
    r"\b(?:will|wollen|soll|sollen|sollte|sollten|muss|müssen|darf|dürfen|kann|können|möchte|"
    r"möchten|wird|werden|lässt|lassen|fordert|verlangt|schlägt)\b",
    re.IGNORECASE,
)
_RELEASED = re.compile(
    r"\A\W*(?:wer|wann|wurden?|ist|sind|auf\s+welcher\s+grundlage)\b.*\bfreigegeben\b",
    re.IGNORECASE,
)
_TOP = re.compile(r"\b(?:TOP|Tagesordnungspunkt|Punkt)\s*(\d+(?:\.\d+)*)", re.IGNORECASE)
_CLOSED = re.compile(
    r"\b(?:nicht[\s-]?öffentlich\w*|TOP|Tagesordnungspunkt|Dokument|Datei|Niederschrift|"
    r"(?:verborgen|gesperrt)\w*)\b",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"\b(?:(?:akten)?dokument\w*|datei\w*|\w*antrag|\w*anträge|\w*vorlagen?|anfrage\w*|"
    r"niederschrift\w*|protokoll\w*|drucksache\w*|einladung\w*|resolution\w*|papiere?|"
    r"\S+\.(?:pdf|docx?|odt|rtf|html?|txt|md|eml|msg|png|jpe?g|tiff?|zip)|[0-9a-f]{6,64})\b",
    re.IGNORECASE,
)
# A draft or the talk with this house is no paper on record.
_OF_A_DRAFT = re.compile(
    r"\b(?:absatz|absätze|satz|sätze|zeilen?|wort|worte|wörter|entwurf\w*|formulierung\w*|verlauf|"
    r"antwort|frage|überschrift\w*)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\A\W*(?:darf|dürfen|muss|müssen|soll|sollen|sollte|wird|werden|wurden?|wer|was|wann|warum|"
    r"welche\w*|wie\s+(?:lange|oft|viele)|ist|sind|hat|haben)\b",
    re.IGNORECASE,
)
_MODEL = re.compile(
    r"\b(?:embedding|einbettungs|embedder|such)[\s-]?modell\w*|\b(?:such)?index\b|"
    r"\bgeneration(?:en)?\b|\breindex\w*",
    re.IGNORECASE,
)
_REBUILD = re.compile(
    r"\b(?:baue?n?|erstelle?n?|erzeuge?n?)\b.*\b(?:neu|auf|um)\b|\bneu\s+(?:auf)?bauen\b|"
    r"\bneu\s+aufzubauen\b|\breindex\w*|\bneu\s+indexieren\b|\bindexiere\b.*\bneu\b|"
    r"\bschalte?n?\b.*\b(?:um|zurück)\b|\b(?:um|zurück)(?:zu)?schalten\b|"
    r"\bwechs(?:le|el|ele|eln)\b|\btausche?n?\b.*\baus\b",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s+(?:einschließlich|samt|inklusive|inkl\.?|mit\s+(?:allen\s+)?(?:vektoren|nachweis)|"
    r"und\s+(?:alle\s+)?(?:seine|ihre|die)?\s*vektoren|aus\s+dem\s+(?:index|bestand|system)|"
    r"[–-]\s).*\Z",
    re.IGNORECASE,
)
_LONGEST = 30


def read_order(question: Question) -> OrderRequest | None:
    """What is ordered; None where the question orders nothing of the kind."""
    text = " ".join(question.text.split())
    for spelt, umlaut in (("loesch", "lösch"), ("Loesch", "Lösch"), ("oeffentl", "öffentl")):
        text = text.replace(spelt, umlaut)
    if len(text.split()) > _LONGEST:
        return None
    if _MODEL.search(text) and _REBUILD.search(text) and not _ASKS.search(text):
        return OrderRequest(Order.REINDEX)
    if found := _DELETE.search(text):
        about = found["after"] or found["before"] or ""
        tells = _ASKS.search(text) or _TELLS.search(found["before"] or "")
        if not tells and (_PAPER.search(about) or question.numbers):
            return _about(Order.DELETE, about, question)
    return _read_release(text, question)


def _read_release(text: str, question: Question) -> OrderRequest | None:
    found = _RELEASE.search(text)
    about = next(filter(None, found.groups()), "") if found else ""
    if found and _TELLS.search(found["named"] or ""):
        return None
    if not about and _RELEASED.search(text):
        about = text
    elif _ASKS.search(text):
        return None
    if not about or not (_TOP.search(about) or _CLOSED.search(about)):
        return None
    return _about(Order.RELEASE, about, question)


def _about(order: Order, words: str, question: Question) -> OrderRequest | None:
    if _OF_A_DRAFT.search(words):
        return None
    top = _TOP.search(words)
    named = re.sub(r"(?i)\bbitte\b", "", _TAIL.sub("", words)).strip(" .!?,:")
    item = top[1] if top else ""
    return OrderRequest(order, named, question.numbers, question.labels, item, _day(words))


def _day(words: str) -> date | None:
    """The one whole date among the words."""
    found = set()
    for expression in find_dates(words):
        try:
            found.add(date.fromisoformat(expression.value))
        except ValueError:
            continue
    return found.pop() if len(found) == 1 else None
