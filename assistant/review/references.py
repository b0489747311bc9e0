"""VERWEIS: references of a draft to papers that are not on record, or that are recorded otherwise.

Not on record is not "does not exist": the sentence says "nicht erfasst". The draft's own number,
and numbers that it announces for later, are no reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.fundstelle import Ledger
from assistant.records.fields import short_name
from assistant.review.minutes_named import check_minutes
from assistant.review.reference_subject import (
    meant_instead,
    other_movers,
    other_movers_told,
    other_subject,
)
from assistant.review.sentences import Sentence, sentences_of
from assistant.review.stock import Stock, fits
from assistant.review.types import Befund, BefundArt, Reviewed, Severity
from assistant.review.wording import befund, named, numbered
from index.types import Document, Reading, Span
from ingest.expressions import Expression, Kind, Reference, find_expressions, find_references

_FOREIGN_BODY = 70
_TELLS_OF_OTHERS = frozenset(
    {
        "Niederschrift",
        "Einladung",
        "Beschlusskontrolle",
        "Richtlinie",
        "Satzung",
        "Geschäftsordnung",
        "Haushaltsplan",
    }
)
_ANNOUNCED = re.compile(
    r"\b(?:wird|werden|soll|folgt|künftig\w*|demnächst)\b[^.;]{0,120}\b(?:vorgelegt|vorlegen|folgt"
    r"|eingebracht|nachgereicht|nachgeliefert|vorbereitet)\b|\b(?:folgt|wird vorbereitet)\b",
    re.IGNORECASE,
)
_MOVERS = (
    r"(?:\s*,?\s*\([^()]{1,80}\)|\s+(?:der|von|des)\s+[^.;:„()]{2,60}?|\s*,|\s+„[^“”]{3,200}[“”]"
    r"|\s+(?:zu[mr]?|über|betreffend)\s+[^.;:„()]{3,90}?)?"
)
_DATED = re.compile(rf"{_MOVERS}\s*,?\s*\(?(?:vom|v\.|aus dem|aus)\s+(?P<when>[^;:()„]{{4,40}})")
_DATED_BEFORE = re.compile(
    r"(?:antrag\w*|vorlage|anfrage|resolution)\s+(?:der [\w /-]{2,40} )?vom\s+"
    r"(?P<when>[^;:„]{6,30}?)"
    r"\s*[,(–-]*\s*(?:Drucksache|Drs\.|Vorlage|Antrag|Anfrage)?[\s-]*(?:Nr\.?)?\s*\Z",
    re.IGNORECASE,
)
# "die Niederschrift vom", "beschlossen vom": a day that is not the paper's.
_OTHER_DAY = re.compile(
    r"\b(?:beschl\w+|sitzung\w*|niederschrift\w*|fassung|stand|hat|wurde|ist|wird|sind|haben)\b",
    re.IGNORECASE,
)


def check(reviewed: Reviewed) -> Iterator[Befund]:
    """Every reference of the draft that the records do not bear out."""
    stock = Stock(reviewed)
    own = reviewed.document.kopfdaten.nummer
    for sentence in sentences_of(reviewed.document):
        for reference in sentence.references:
            if own is not None and reference.number == own.value:
                continue
            if _is_foreign(reviewed, sentence, reference):
                continue
            found = _check_one(stock, sentence, reference)
            if found is not None:
                yield found
        yield from check_minutes(stock, sentence)


def _is_foreign(reviewed: Reviewed, sentence: Sentence, reference: Reference) -> bool:
    """Whether another body corporate is named with the number."""
    start = reference.span.start - sentence.span.start
    around = sentence.words[max(0, start - _FOREIGN_BODY) : start + _FOREIGN_BODY]
    names = [name for body in reviewed.rules.andere for name in (body.name, body.kurz) if name]
    return any(re.search(rf"\b{re.escape(name)}(?:e?s)?\b", around) for name in names)


def _check_one(stock: Stock, sentence: Sentence, reference: Reference) -> Befund | None:
    bearing = stock.bearing(reference.number)
    if not bearing:
        return _not_recorded(stock, sentence, reference)
    papers = stock.named(reference)
    if not papers:
        return _other_kind(reference, bearing, _fitting(stock, sentence, reference))
    for problem in (_other_day, other_movers, other_subject):
        found = problem(stock, sentence, reference, papers)
        if found is not None:
            return found
    return None


def _not_recorded(stock: Stock, sentence: Sentence, reference: Reference) -> Befund | None:
    known = {number.wahlperiode for number in stock.numbers()}
    number = reference.number
    if reference.label is None and (number.wahlperiode is None or number.wahlperiode not in known):
        return None
    if _ANNOUNCED.search(sentence.words):
        return None
    known_otherwise = _known_from_minutes(stock, reference)
    if known_otherwise is not None:
        document, span, label = known_otherwise
        if _same_kind(label, reference.label):
            return other_movers_told(sentence, reference, document, span)
        ledger = Ledger()
        ledger.cite_line(document, span)
        where = named(document, ledger)
        reason = (
            f"{where} verzeichnet unter der Nummer {number} eine andere Art von Drucksache: "
            f"„{span.cut(document.text)}“."
        )
        return _befund(Severity.FEHLER, reference, reason, ledger, f"{label} Nr. {number}")
    ledger = Ledger()
    reason = f"{_label(reference)} {number} ist nicht erfasst."
    meant = _fitting(stock, sentence, reference)
    if meant is not None:
        reason += f" Gemeint sein kann {named(meant, ledger)}{_about(meant, ledger)}."
        return _befund(Severity.FEHLER, reference, reason, ledger, short_name(meant))
    near = [paper for paper in stock.near(number) if fits(paper, reference.label)]
    if near:
        names = "; ".join(f"{named(paper, ledger)}{_about(paper, ledger)}" for paper in near)
        reason += f" Ähnliche Nummern: {names}."
    elif reference.label is None:
        return None
    return _befund(Severity.WARNUNG, reference, reason, ledger)


def _label(reference: Reference) -> str:
    return f"{reference.label} Nr." if reference.label else "Drucksache"


def _befund(
    severity: Severity, reference: Reference, reason: str, ledger: Ledger, suggestion: str = ""
) -> Befund:
    return befund(BefundArt.VERWEIS, severity, reference.span, reason, ledger, suggestion)


def _about(paper: Document, ledger: Ledger) -> str:
    """The subject of a paper in brackets, cited."""
    subject = paper.kopfdaten.tagesordnungspunkt
    if subject is None:
        return ""
    ledger.cite(paper, subject.span)
    return f" („{' '.join(subject.value.split())}“)"


def _fitting(stock: Stock, sentence: Sentence, reference: Reference) -> Document | None:
    """The paper with a near number whose day or subject the sentence states."""
    near = [paper for paper in stock.near(reference.number) if fits(paper, reference.label)]
    days = [when for when, _ in _days(sentence, reference)]
    dated = [paper for paper in near if any(_is_of(paper, day) for day in days)]
    if len(dated) == 1:
        return dated[0]
    return meant_instead(sentence, reference, (), near)


def _known_from_minutes(stock: Stock, reference: Reference) -> tuple[Document, Span, str] | None:
    """Where minutes or an invitation name a paper that is not stored, with its kind."""
    for document, span in stock.mentioned(reference.number):
        art = document.kopfdaten.art
        # Of a sitting with a closed part the head may be hidden, the open items are not.
        if art is not None and art.value not in _TELLS_OF_OTHERS:
            continue
        for found in find_references(span.cut(document.text)):
            if found.number == reference.number and found.label:
                return document, span, found.label
    return None


def _same_kind(recorded: str, said: str | None) -> bool:
    stems = ("vorl", "antr", "anfr", "resol")
    kinds = [
        next((s for s in stems if s in word.lower().replace("ä", "a")), "")
        for word in (recorded, said or "")
    ]
    return not all(kinds) or kinds[0] == kinds[1]


def _other_kind(
    reference: Reference, bearing: tuple[Document, ...], meant: Document | None
) -> Befund:
    ledger = Ledger()
    listed = " und ".join(named(paper, ledger) for paper in bearing)
    about = "".join(_about(paper, ledger) for paper in bearing) if len(bearing) == 1 else ""
    reason = (
        f"{_label(reference)} {reference.number} ist nicht erfasst. "
        f"Unter dieser Nummer ist erfasst: {listed}{about}."
    )
    suggestion = short_name(bearing[0])
    if meant is not None:
        reason += f" Gemeint sein kann auch {numbered(meant, ledger)}{_about(meant, ledger)}."
        suggestion = ""
    return _befund(Severity.FEHLER, reference, reason, ledger, suggestion)


def _other_day(
    stock: Stock, sentence: Sentence, reference: Reference, papers: tuple[Document, ...]
) -> Befund | None:
    """A day that the draft gives to the paper, and the paper does not bear."""
    recorded: list[tuple[Document, Reading[date]]] = [
        (paper, paper.kopfdaten.datum) for paper in papers if paper.kopfdaten.datum
    ]
    stated = _days(sentence, reference)
    if not recorded or not stated:
        return None
    if any(_is_of(paper, day) for paper, _ in recorded for day, _ in stated):
        return None
    ledger = Ledger()
    days = " und ".join(f"{numbered(p, ledger)} den {d.value:%d.%m.%Y}" for p, d in recorded)
    for paper, day in recorded:
        ledger.cite_line(paper, day.span)
    reason = f"Das Datum stimmt nicht: Als Datum trägt {days}."
    same_day = [
        paper
        for paper in stock.near(reference.number)
        if fits(paper, reference.label) and any(_is_of(paper, d) for d, _ in stated)
    ]
    if same_day:
        names = ", ".join(f"{named(p, ledger)}{_about(p, ledger)}" for p in same_day)
        reason += f" Mit diesem Datum ist erfasst: {names}."
    suggestion = f"{recorded[0][1].value:%d.%m.%Y}" if len(recorded) == 1 and not same_day else ""
    return befund(BefundArt.VERWEIS, Severity.FEHLER, stated[0][1], reason, ledger, suggestion)


def _is_of(paper: Document, stated: Expression) -> bool:
    """Whether a stated day, month or year is the paper's."""
    datum = paper.kopfdaten.datum
    if datum is None:
        return False
    key = datum.value.isoformat()
    return (
        key.endswith(stated.value[1:]) if stated.value[0] == "-" else key.startswith(stated.value)
    )


def _days(sentence: Sentence, reference: Reference) -> list[tuple[Expression, Span]]:
    """The day that stands as the paper's behind its number, or before it."""
    words, offset = sentence.words, sentence.span.start
    start, end = reference.span.start - offset, reference.span.end - offset
    following = [
        r.span.start - offset for r in sentence.references if r.span.start > reference.span.start
    ]
    limit = min(following, default=len(words))
    behind = _DATED.match(words[:limit], end)
    if behind is not None and _OTHER_DAY.search(words[end : behind.start("when")]):
        behind = None
    before = _DATED_BEFORE.search(words[:start])
    for found in (behind, before):
        if found is None:
            continue
        first = next(iter(_dates(found["when"])), None)
        if first is not None and first.span.start < 9:
            return [(first, first.span.shifted(offset + found.start("when")))]
    return []


def _dates(words: str) -> list[Expression]:
    kinds = (Kind.DATE, Kind.MONTH, Kind.YEAR)
    return [e for e in find_expressions(words) if e.kind in kinds]
