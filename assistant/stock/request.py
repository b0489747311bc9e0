"""Questions of the admin about the stock, read by rules.

Every word of such a question has to be understood. One word too many ("der Archivsatzung", "im
Ausschuss") and it is a question about what the papers say, which other lanes answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.stock.period import Period, read_period
from assistant.understanding.bodies import read_body
from assistant.understanding.question import Question, references_in
from assistant.understanding.words import WordsLeft
from index.types import Drucksachennummer


class Topic(StrEnum):
    """What of the stock is asked for. Printed, so German."""

    CHANGES = "Neues, Geändertes und Fehlgeschlagenes"
    MISSING = "Warum etwas nicht gefunden wird"
    TWINS = "Dubletten und alte Fassungen"
    EXPOSURE = "Nichtöffentliches im öffentlichen Index"
    SCANS = "Schlecht gelesene Scans"
    SILENCE = "Unbeantwortete Fragen"
    MINUTES = "Sitzungen ohne Niederschrift"
    RESULTS = "Vergangene Beratungen ohne Ergebnis"


class Change(StrEnum):
    """What may have happened to a file. Printed, so German."""

    NEW = "neu"
    CHANGED = "geändert"
    FAILED = "fehlgeschlagen"


@dataclass(frozen=True, slots=True)
class StockRequest:
    """A question about the stock.

    Attributes:
        changes: for `Topic.CHANGES`, which of them.
        period: the days that are asked about; None where all are.
        kinds: of papers, where the question names some ("vorlage"); empty where all are meant.
        gremium: whose sittings are asked about; None where all are.
        number, label: for `Topic.MISSING`, of the paper that is missed.
    """

    topic: Topic
    changes: frozenset[Change] = frozenset()
    period: Period | None = None
    kinds: frozenset[str] = frozenset()
    gremium: str | None = None
    number: Drucksachennummer | None = None
    label: str | None = None


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_SPELT_OUT = (
    ("oeffentlich", "öffentlich"),
    ("aendert", "ändert"),
    ("aeltere", "ältere"),
    ("fruehere", "frühere"),
    ("ueberholt", "überholt"),
    ("moecht", "möcht"),
    ("vorueber", "vorüber"),
    ("antraege", "anträge"),
    ("pruefe", "prüfe"),
    ("schluessel", "schlüssel"),
)
_FILES = _words(
    r"(?:akten)?dokument(?:e|en|s)?|dateien?|unterlagen?|papiere?n?|pdfs?|schriftstücke?n?"
)
_NEW = _words(
    r"neue?[srnm]?|neu\s+(?:hinzu|dazu)gekommen\w*|hinzugekommen\w*|dazugekommen\w*|"
    r"hinzugefügt\w*|neuzugänge?n?|(?:neu\s+)?eingelesen\w*|importiert\w*|indexiert\w*|"
    r"indiziert\w*"
)
_READ_IN = _words(r"eingelesen\w*|importiert\w*|indexiert\w*|indiziert\w*")
_CHANGED = _words(r"geändert\w*|aktualisiert\w*|verändert\w*|änderungen")
_NOT_READ = re.compile(
    r"\bnicht\s+(?:\w+\s+)?(?:eingelesen|importiert|indexiert|gelesen|verarbeitet)(?:\s+werden)?\b|"
    r"\b(?:ein)?lesefehler\b|\bfehler(?:n)?\s+beim\s+(?:einlesen|import|indexieren)\b",
    re.IGNORECASE,
)
_FAILED = _words(
    r"fehlgeschlagen\w*|schief\s*gegangen|schief\s*gelaufen|hängen\s*geblieben|"
    r"abgewiesen\w*|(?:in\s+(?:der\s+)?)?quarantäne"
)
_BROKEN_OFF = _words(r"gescheitert\w*|abgebrochen\w*")
_AT_READING = _words(r"(?:beim|im|bei\s+dem|bei\s+der)\s+(?:letzten\s+)?(?:einlesen|import|lauf)")
_WHY_NOT = re.compile(
    r"\b(?:warum|wieso|weshalb)\b(?=.*\b(?:nicht\s+(?:\w+\s+)?(?:gefunden|zu\s+finden|auffindbar|"
    r"angezeigt|da|vorhanden|drin|enthalten|erfasst|verfügbar|auf|finden)|finde\w*\b.*\bnicht|"
    r"fehlt|unauffindbar))|"
    r"\b(?:finde|finden|findet)\b(?=.*\b(?:nicht|nirgends)\b)|"
    r"\b(?:wird|ist|sind)\b(?=.*\bnicht\s+(?:gefunden|zu\s+finden|auffindbar)\b)|"
    r"\bunauffindbar\b",
    re.IGNORECASE,
)
_NOT_FOUND = _words(
    r"nicht|nirgends|gefunden|zu\s+finden|auffindbar|unauffindbar|angezeigt|vorhanden|drin|"
    r"enthalten|erfasst|verfügbar|fehlt|finde[nt]?|index|suche|trefferliste|system|bestand|auf|da"
)
_TWINS = _words(
    r"du[bp]letten?|doubletten?|duplikate?n?|doppelte?[nrsm]?(?:\s+(?:eingelesen|abgelegt|"
    r"gespeichert|hochgeladen))?|mehrfach(?:e[nrs]?)?(?:\s+(?:eingelesen|abgelegt|gespeichert))?"
)
_OLD = _words(
    r"(?:alte|ältere|frühere|überholte|ersetzte|veraltete)[nrs]?"
    r"(?:\s+(?:fassung|version)(?:en)?)?|ersetzt|überholt|veraltet"
)
_VERSIONS = _words(
    r"(?:alte|ältere|frühere|überholte|ersetzte|veraltete)[nrs]?\s+(?:fassung|version)(?:en)?"
)
_CLOSED = _words(
    r"nicht[\s-]?öffentliche?[nrsm]?|vertrauliche?[nrsm]?|geheime?[nrsm]?|geschützte?[nrsm]?"
)
_PUBLIC_INDEX = _words(
    r"öffentliche?[nrsm]?\s+(?:teil\s+des\s+(?:such)?index|(?:such)?index(?:es)?|suche|bestand|"
    r"partition(?:en)?|vektor(?:index|bestand)|suchbestand)"
)
_CONTENTS = _words(
    r"material(?:ien)?|inhalte?n?|texte?n?|textstellen?|passagen?|vektor(?:en)?|stellen?|daten|"
    r"vorgänge?n?|tops?|tagesordnungspunkte?n?|etwas|geraten|gelandet|gelangt|enthalten|drin|"
    r"liegt|liegen|steht|stehen|prüfe[n]?|überprüfe[n]?|kontrolliere[n]?|ausgeschlossen|sicher|"
    r"nachweislich|nachweis|frei|sauber|findet|finden|befindet|befinden|sich|ob|versehentlich|"
    r"tatsächlich|garantiert|irgendwelche[sn]?|irgendwas"
)
_SCANS = _words(r"(?:ein)?gescannte?[nrs]?|scans?|ocr(?:-\w+)?|texterkennung|(?:schrift)?erkennung")
_BADLY = _words(
    r"schlechte?[nrsm]?|schlecht\s+(?:gelesen|lesbar|erkannt)\w*|unsicher\w*|mangelhaft\w*|"
    r"unlesbar\w*|nicht\s+(?:gut\s+|sicher\s+|richtig\s+)?(?:lesbar|gelesen|erkannt)\w*|"
    r"schwache?[nrs]?|ungelesen\w*|fehlerhafte?[nrs]?|niedrige?[nrs]?|geringe?[nrs]?|"
    r"qualität\w*|konfidenz|güte|misslungen\w*|probleme?n?"
)
_READ = _words(r"gelesen\w*|lesbar\w*|erkannt\w*|seiten?|sicherheit")
_QUESTIONS = _words(r"fragen|anfragen\s+an\s+das\s+system|nutzerfragen")
_UNANSWERED = re.compile(
    r"\b(?:unbeantwortet\w*|unbeantwortbar\w*|nicht\s+(?:\w+\s+)?beantwortet\w*|"
    r"nicht\s+beantworten|ohne\s+(?:eine\s+)?antwort|keine\s+antwort|offen\s*geblieben|"
    r"nicht\s+belegt\w*)\b",
    re.IGNORECASE,
)
_LEFT = _words(r"blieben?|geblieben|bleiben|bekamen|bekommen|gestellte?[nr]?|endeten|häufig|oft")
_SITTINGS = _words(r"(?:ausschuss)?sitzung(?:en)?|gremiensitzung(?:en)?")
_MINUTES = _words(r"nieders?chrift(?:en)?|(?:sitzungs)?protokolle?n?")
_LACKING = _words(
    r"keine?[nr]?|fehlt|fehlen|fehlende?[nr]?|ohne|nicht(?:\s+(?:vor|da|erfasst|eingelesen))?|"
    r"steht\s+aus|stehen\s+aus|ausstehend\w*|aus|vor|vorliegt|vorliegen|liegt|liegen|dazu|leer"
)
_GAP = _words(r"keine?[nr]?|fehlt|fehlen|fehlende?[nr]?|ohne|nicht|steht|stehen|ausstehend\w*|leer")
_MISSED = _words(r"fehlen|fehlt|stehen|fehlende")
_STILL = _words(
    r"vergangene?[nr]?|zurückliegende?[nr]?|abgehaltene?[nr]?|bisherige?[nr]?|steht|stehen"
)
_PAPERS = _words(
    r"drucksachen?|vorlagen?|anträgen?|papieren?|vorgängen?|beratungen|tops?|"
    r"tagesordnungspunkten?|beschlüssen?"
)
_KINDS = ((_words(r"vorlagen?"), "vorlage"), (_words(r"anträgen?"), "antrag"))
_RESULT = _words(r"ergebnis(?:se)?|beschlussergebnis(?:se)?|ergebnisvermerke?")
_PAST = re.compile(
    r"\b(?:vorbei|vorüber|gelaufen|vergangen\w*|zurückliegend\w*|stattgefunden|"
    r"schon\s+(?:war|waren)|gewesen)\b",
    re.IGNORECASE,
)
_SUBCLAUSE = _words(
    r"obwohl|obgleich|wo|dass|deren|dessen|schon|längst|bereits|erfasst\w*|vermerkt\w*|eingetragen\w*"
)
_FILLERS = frozenset(
    """
    aktuell alle allen aller alles also auch auflisten auflistung bei beim bisher bitte bräuchte
    brauche da dank danke das davon dem den denn der derzeit des die diese dir dort du eben eigene
    eigenen eigentlich ein eine einem einen einer einmal erstelle es etwa freundlichen geben gerade
    gerne gern gib gibt gibts grüßen guten habe haben hallo hat hatte hätte heraus hier hin ich im
    in index insgesamt ist jetzt können kannst könnten könntest liebe lieber liste listen mal mir
    mit möchte momentan morgen nenne nennen noch nun nur oder schon sehr sein sich sie sind so sowie
    system tag team überblick überhaupt übersicht um und uns unser unsere unserem unseren unserer
    verzeichnis vielen vom von vorhanden war waren was welche welchem welchen welcher welches wer
    werden wie wieviel wieviele viele wir wird wissen worden wurde wurden würde zeig zeige zeigen zu
    zum zur zurzeit damen herren geehrte kollegen administration admin bestand datenbestand
    für moin bleibt ergab gab konnte konnten liegt liegen warum wieso weshalb
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to ask: each of `needs` stands in the question, of `may` any may.

    What is looked for in `looks` only has to stand there; the words are taken out by the others.
    """

    topic: Topic
    needs: tuple[re.Pattern[str], ...]
    may: tuple[re.Pattern[str], ...] = ()
    looks: tuple[re.Pattern[str], ...] = ()


_FORMS: tuple[_Form, ...] = (
    _Form(Topic.EXPOSURE, (_PUBLIC_INDEX, _CLOSED), (_CONTENTS, _FILES)),
    _Form(Topic.RESULTS, (_RESULT, _PAST), (_PAPERS, _SITTINGS, _SUBCLAUSE, _LACKING), (_GAP,)),
    _Form(Topic.MINUTES, (_SITTINGS, _MINUTES), (_LACKING, _STILL, _SUBCLAUSE), (_GAP,)),
    _Form(
        Topic.MINUTES, (_MINUTES,), (_LACKING, _STILL), (_words(r"fehlen|fehlt|stehen|fehlende"),)
    ),
    _Form(Topic.SILENCE, (_QUESTIONS, _UNANSWERED), (_LEFT,)),
    _Form(Topic.SCANS, (_SCANS, _BADLY), (_FILES, _READ, _SUBCLAUSE)),
    _Form(Topic.SCANS, (_words(r"seiten"), _BADLY, _READ), (_FILES,)),
    _Form(Topic.TWINS, (_TWINS,), (_FILES, _OLD)),
    _Form(Topic.TWINS, (_VERSIONS, _FILES), (_OLD,)),
    _Form(Topic.TWINS, (_FILES, _words("ersetzt|überholt|veraltete?")), (_OLD,)),
)


_YEAR = re.compile(
    r"\b(?P<w>seit|ab)?\s*(?:(?:im|in|aus|von)\s+)?(?:(?:dem\s+)?Jahr(?:e|es)?\s+)?"
    r"(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_OF_SITTINGS = frozenset({Topic.MINUTES, Topic.RESULTS})
_IN_TIME = frozenset({Topic.SILENCE, Topic.MINUTES, Topic.RESULTS})
"""What a form may ask for in a period; days in a question for anything else are left over."""


def read_stock_request(
    question: Question, today: date, bodies: Callable[[], Iterable[str]] = tuple
) -> StockRequest | None:
    """What of the stock is asked for; None where the question is none of the admin's.

    `bodies` gives the names of the Gremien on record.
    """
    text = " ".join(question.text.split())
    for spelt, umlaut in _SPELT_OUT:
        text = re.sub(spelt, umlaut, text, flags=re.IGNORECASE)
    if question.numbers:
        return _read_missing(text, question)
    for form in _FORMS:
        reader = WordsLeft(text)
        if not all(look.search(text) for look in form.looks):
            continue
        if not all(_take_all(reader, pattern) for pattern in form.needs):
            continue
        period = read_period(reader, today) if form.topic in _IN_TIME else None
        if period is None and form.topic in _OF_SITTINGS:
            period = _read_year(reader)
        gremium = read_body(reader, bodies()) if form.topic in _OF_SITTINGS else None
        for pattern in form.may:
            _take_all(reader, pattern)
        if _is_understood(reader):
            return StockRequest(form.topic, period=period, kinds=_kinds(text), gremium=gremium)
    return _read_changes(text, today)


def _read_missing(text: str, question: Question) -> StockRequest | None:
    """Reads "Warum wird Vorlage 15/2345/1 nicht gefunden?"."""
    references = references_in(text)
    if len(references) != 1 or not _WHY_NOT.search(text):
        return None
    reader = WordsLeft(text)
    reader.blank(references[0].span.start, references[0].span.end)
    _take_all(reader, _WHY_NOT)
    _take_all(reader, _NOT_FOUND)
    _take_all(reader, _words(r"antrag|vorlage|anfrage|drucksache|dokument|nr|nummer|werden"))
    if not _is_understood(reader):
        return None
    return StockRequest(Topic.MISSING, number=question.numbers[0], label=question.labels[0])


def _read_changes(text: str, today: date) -> StockRequest | None:
    """Reads "Welche Dokumente sind seit gestern neu, geändert oder fehlgeschlagen?".

    What became of files is a matter of the stock. Without a word for them, or for the reading in,
    days of late are needed: "Was ist neu?" may mean anything.
    """
    reader = WordsLeft(text)
    period = read_period(reader, today)
    found: set[Change] = set()
    if _take_all(reader, _NOT_READ) | _take_all(reader, _FAILED):
        found.add(Change.FAILED)
    plain = bool(found)
    by_reading = bool(_READ_IN.search(reader.left))
    if _take_all(reader, _NEW):
        found.add(Change.NEW)
    if _take_all(reader, _CHANGED):
        found.add(Change.CHANGED)
    if _take_all(reader, _BROKEN_OFF):
        found.add(Change.FAILED)
    if not found:
        return None
    files = _take_all(reader, _FILES)
    if by_reading:
        files |= _take_all(reader, _PAPERS)
    plain |= _take_all(reader, _AT_READING)
    settled = plain or by_reading or period is not None
    if not settled or not (files or plain or period is not None) or not _is_understood(reader):
        return None
    return StockRequest(Topic.CHANGES, frozenset(found), period, _kinds(text))


def _read_year(reader: WordsLeft) -> Period | None:
    """Takes a year out of what is left: "2023", "seit 2020"."""
    found = reader.take(_YEAR)
    if found is None:
        return None
    year = int(found["year"])
    return Period(date(year, 1, 1), None if found["w"] else date(year, 12, 31))


def _kinds(text: str) -> frozenset[str]:
    """The kinds of papers that are named, in the singular."""
    return frozenset(kind for pattern, kind in _KINDS if pattern.search(text))


def _take_all(reader: WordsLeft, pattern: re.Pattern[str]) -> bool:
    """Takes every occurrence out; whether there was one."""
    taken = False
    while reader.take(pattern):
        taken = True
    return taken


def _is_understood(reader: WordsLeft) -> bool:
    """Whether nothing is left but words that ask for nothing."""
    return set(re.findall(r"[^\W_]+", reader.left.lower())) <= _FILLERS
