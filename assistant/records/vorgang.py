"""What the files record about one number: its papers, its results, its neighbours."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.store import Store
from index.types import (
    Access,
    Beratung,
    Document,
    DocumentSummary,
    Drucksachennummer,
    Ergebnis,
    Span,
    TopBeschluss,
)
from ingest.expressions import find_dates, find_references
from ingest.papers.fraktionen import normalise_fraktion

NEAR_LIMIT = 4
_ANY_PAPER = ("drucksache", "drs", "ds")
_RECOMMENDS = re.compile(
    r"\b(?:empfiehlt|empfehlen)\b|\b(?:wird|werden)\b[^.]{0,80}\bempfohlen\b", re.IGNORECASE
)
_ART_STEMS = ("antr", "vorl", "anfrage", "resolution")


@dataclass(frozen=True, slots=True)
class Papers:
    """The valid papers under one number, those of another art, and numbers that look alike."""

    number: Drucksachennummer
    found: tuple[Document, ...]
    other_art: tuple[Document, ...]
    near: tuple[Drucksachennummer, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One recorded result. `beschluss` and `station` are known for results from minutes only."""

    document: Document
    ergebnis: Ergebnis
    beschluss: TopBeschluss | None = None
    station: Beratung | None = None

    @property
    def from_minutes(self) -> bool:
        """Whether a Niederschrift records it, not a note on the paper."""
        return self.beschluss is not None


def look_up(store: Store, access: Access, number: Drucksachennummer, label: str | None) -> Papers:
    """Finds the valid papers that bear `number`; `label` ("Antrag") narrows to one art."""
    valid = [s for s in store.by_number(access, number) if s.superseded_by is None]
    documents = [d for s in valid if (d := store.document(access, s.id)) is not None]
    found = tuple(d for d in documents if may_be_called(d, label))
    others = tuple(d for d in documents if not may_be_called(d, label))
    near = () if found else near_numbers(store.numbers(access), number)
    return Papers(number, found, others, near)


def may_be_called(document: Document | DocumentSummary, label: str | None) -> bool:
    """Whether a paper may be called by `label` (lower case)."""
    kopf = document.kopfdaten
    return art_fits((kopf.art.value if kopf.art else "", kopf.benennung), label)


def art_fits(names: Sequence[str], label: str | None) -> bool:
    """Whether a paper of these kinds may be called by `label` (lower case); no kind fits all."""
    if label is None or not names or label.rstrip(".").startswith(_ANY_PAPER):
        return True
    stem = next((stem for stem in _ART_STEMS if stem in label.replace("ä", "a")), None)
    return stem is None or any(stem in name.lower().replace("ä", "a") for name in names)


def near_numbers(
    known: Sequence[Drucksachennummer], number: Drucksachennummer
) -> tuple[Drucksachennummer, ...]:
    """Known numbers that a typing error or a wrong Wahlperiode away from `number`."""
    scored = []
    for other in known:
        if other.key == number.key:
            continue
        distance = _edits(other.key, number.key)
        if number.nummer is not None and other.nummer == number.nummer:
            distance = min(distance, 1)
        if distance <= 1 or other.stem == number.stem:
            scored.append((distance, other.key, other))
    return tuple(other for _, _, other in sorted(scored, key=lambda s: s[:2])[:NEAR_LIMIT])


def _edits(a: str, b: str) -> int:
    """Levenshtein distance with swapped neighbours counted as one edit."""
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, start=1):
        row = [i]
        for j, y in enumerate(b, start=1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def results(store: Store, access: Access, document: Document) -> list[Result]:
    """Every recorded result of a paper, minutes of the latest sitting first, then its own note."""
    number = document.kopfdaten.nummer
    found: list[Result] = []
    if number is not None:
        ids = dict.fromkeys(m.document_id for m in store.mentions(access, number.value))
        for minutes_id in ids:
            minutes = store.document(access, minutes_id)
            if minutes is None or minutes.id == document.id:
                continue
            for beschluss in minutes.kopfdaten.beschluesse:
                if beschluss.ergebnis and _concerns(beschluss, minutes, document):
                    station = station_of(document, minutes)
                    found.append(Result(minutes, beschluss.ergebnis, beschluss, station))
    found.sort(key=lambda r: _day(r.document), reverse=True)
    if document.kopfdaten.ergebnis:
        found.append(Result(document, document.kopfdaten.ergebnis))
    return found


def _concerns(beschluss: TopBeschluss, minutes: Document, document: Document) -> bool:
    """Whether an item of minutes is about this paper, not another art's paper of that number."""
    number = document.kopfdaten.nummer
    if number is None or number.value not in beschluss.drucksachen:
        return False
    return concerns(document, labels_in(minutes, beschluss, number.value))


def labels_in(
    minutes: Document, beschluss: TopBeschluss, number: Drucksachennummer
) -> frozenset[str]:
    """What an item of minutes calls the paper of a number ("antrag"); empty where nothing."""
    around = [s.span for s in minutes.sections if s.span.contains(beschluss.span)]
    for item in sorted(around, key=len):
        labels = frozenset(
            reference.label.lower()
            for reference in find_references(item.cut(minutes.text))
            if reference.number == number and reference.label
        )
        if labels:
            return labels
    return frozenset()


def concerns(paper: Document | DocumentSummary, labels: Collection[str]) -> bool:
    """Whether a paper may be the one that minutes call so; without a label it may be any."""
    return not labels or any(may_be_called(paper, label) for label in labels)


def _day(document: Document) -> str:
    return document.kopfdaten.datum.value.isoformat() if document.kopfdaten.datum else ""


def station_of(
    document: Document | DocumentSummary, minutes: Document | DocumentSummary
) -> Beratung | None:
    """The station of the Beratungsfolge that the minutes are of."""
    if minutes.kopfdaten.datum is None:
        return None
    day = minutes.kopfdaten.datum.value
    return next((b for b in document.kopfdaten.beratungsfolge if b.datum == day), None)


def is_recommendation(result: Result) -> bool:
    """Whether the body that voted only recommends, by the paper's own Beratungsfolge.

    Where that does not name the sitting, the words of the Beschluss tell.
    """
    if result.beschluss and not (result.station and result.station.rolle):
        return recommends(result.document, result.beschluss)
    return role_recommends(result.station.rolle if result.station else None)


def role_recommends(rolle: str | None) -> bool:
    """Whether a body of this role in the Beratungsfolge only recommends."""
    said = (rolle or "").lower()
    return "empfehl" in said or "vorberat" in said


def recommends(minutes: Document, beschluss: TopBeschluss) -> bool:
    """Whether the words of a Beschluss recommend it to another body."""
    return _RECOMMENDS.search(beschluss.span.cut(minutes.text)) is not None


def deciding_station(document: Document) -> Beratung | None:
    """The last station whose role is to decide, as planned; None where none is named."""
    deciding = [
        b
        for b in document.kopfdaten.beratungsfolge
        if b.rolle
        and re.search(r"beschluss|entscheidung", b.rolle, re.IGNORECASE)
        and not re.search(r"empfehl|vorberat", b.rolle, re.IGNORECASE)
    ]
    return deciding[-1] if deciding else None


def wrong_premise(document: Document, question: str) -> tuple[str, Span] | None:
    """A date or Antragsteller that the question ascribes to the paper and its header denies.

    Returns the German objection and the span that shows what the header says instead.
    """
    kopf = document.kopfdaten
    given = re.search(r"\d/\d+(?:/\d+)?\W{0,3}\s*vom\s+([\d.]+\s?\w*\s?\d*)", question)
    if given and kopf.datum:
        days = [e.value for e in find_dates(given.group(1)) if not e.value.startswith("--")]
        if days and kopf.datum.value.isoformat() not in days:
            said = "Die Drucksache trägt ein anderes Datum, als die Frage annimmt"
            return f"{said}: {kopf.datum.value:%d.%m.%Y}.", kopf.datum.span
    if kopf.antragsteller:
        own = {normalise_fraktion(a.value) for a in kopf.antragsteller}
        claimed = applicants_claimed(question)
        if claimed and not claimed & own:
            first, last = kopf.antragsteller[0].span, kopf.antragsteller[-1].span
            span = Span(first.start, max(first.end, last.end))
            names = ", ".join(" ".join(a.value.split()) for a in kopf.antragsteller)
            said = "Als Antragsteller ist jemand anderes erfasst, als die Frage annimmt"
            return f"{said}: {names.rstrip('.')}.", span
    return None


_FRAKTION = (
    r"(?P<name>CDU|SPD|FDP|AfD|GRÜNEN?|Grünen?|Bündnis 90/\s?D[iI][eE] G[rR][üÜ][nN][eE][nN]|"
    r"D[iI][eE] L[iI][nN][kK][eE]n?\.?|Linken?\b\.?|LINKEN?\b|Freien? Wählern?|FREIEN? WÄHLERN?|"
    r"FW|Die FRAKTION|BSW|Volt)"
)
_CLAIMED = re.compile(
    rf"\bAntrag(?:s|es)? (?:\S+ ){{0,3}}(?:der|von)\s+(?:Fraktion\s+)?{_FRAKTION}"
    rf"|\b(?:hat|haben|wollte[n]?|will|forderte|fordert|beantragte|begründet[e]?|"
    rf"stellte)\s+(?:die|der)?\s*(?:Fraktion\s+)?"
    rf"{_FRAKTION.replace('?P<name>', '?P<name2>')}(?:-Fraktion)?\b",
)


_VOTING = re.compile(r"(?<!be)stimmt(?:en?)?\b|\benthalten\b", re.IGNORECASE)


def applicants_claimed(question: str) -> set[str]:
    """The Fraktionen that a question says a motion is from, normalised; not those that voted."""
    voting = _VOTING.search(question) is not None
    found = list(_CLAIMED.finditer(question))
    names = (m.group("name") or ("" if voting else m.group("name2")) for m in found)
    return {normalise_fraktion(name) for name in names if name}
