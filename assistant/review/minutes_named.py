"""References of a draft to minutes: which sitting, of whom, on which day, and which item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.fundstelle import Ledger
from assistant.review.sentences import Sentence
from assistant.review.stock import Stock
from assistant.review.types import Befund, BefundArt, Severity
from assistant.review.wording import befund, flat, named
from assistant.understanding.bodies import read_body
from assistant.understanding.words import WordsLeft
from index.types import Document, Reading, SectionKind, Span
from ingest.expressions import Kind, find_expressions

_MINUTES = re.compile(
    r"\b(?:Niederschrift|Protokoll)\w*\s+(?:(?:über|zu|zur|der|die|des|von)\s+)*"
    r"(?:(?P<number>\d{1,3})\.\s+)?(?P<rest>Sitzung\b[^;()]{0,160}|[^;()]{0,160})"
)
_SITTING = re.compile(r"\b(?P<number>\d{1,3})\.\s+(?P<rest>Sitzung\s+(?:des|der)\s[^;()]{3,160})")
_TOP = re.compile(r"\b(?:TOP|Tagesordnungspunkt|Punkt)\s+(?P<top>\d{1,2}(?:\.\d{1,2})*)")


def minutes_of(stock: Stock, sentence: Sentence) -> list[Document]:
    """The minutes on record that a sentence names by their day, and by their body if it does."""
    match = _MINUTES.search(sentence.words) or _SITTING.search(sentence.words)
    if match is None:
        return []
    days = {e.value for e in sentence.expressions if e.kind is Kind.DATE}
    held = [paper for paper in stock.minutes() if str(_day(paper)) in days]
    body = _body_named(stock, match["rest"])
    return [paper for paper in held if _body(paper) == body] if body else held


def _body_named(stock: Stock, words: str) -> str | None:
    """Whose sitting it was: the body that stands before the day."""
    day = next((e for e in find_expressions(words) if e.kind is Kind.DATE), None)
    return read_body(WordsLeft(words[: day.span.start] if day else words), stock.bodies())


def check_minutes(stock: Stock, sentence: Sentence) -> Iterator[Befund]:
    """What a sentence says of a sitting, held against the minutes on record."""
    match = _MINUTES.search(sentence.words) or _SITTING.search(sentence.words)
    if match is None:
        return
    body = _body_named(stock, match["rest"])
    days = [
        (date.fromisoformat(e.value), e.span)
        for e in sentence.expressions
        if e.kind is Kind.DATE
        and e.value[0] != "-"
        and match.start("rest") <= e.span.start - sentence.span.start < match.end("rest")
    ]
    if body is None or not days:
        return
    number = match["number"]
    day, place = days[0]
    own = [paper for paper in stock.minutes() if _body(paper) == body]
    on_day = [paper for paper in own if _day(paper) == day]
    if on_day:
        if number and all(_number(paper) not in ("", number) for paper in on_day):
            span = Span(*match.span("number")).shifted(sentence.span.start)
            yield _other_number(span, on_day[0])
        yield from _items(sentence, on_day)
        return
    yield from _other_day(stock, place, body, day, number, own)


def _other_number(span: Span, paper: Document) -> Befund:
    ledger = Ledger()
    reason = f"Die Sitzung trägt eine andere Nummer: Erfasst ist die {named(paper, ledger)}."
    return befund(BefundArt.VERWEIS, Severity.FEHLER, span, reason, ledger, _number(paper))


def _other_day(
    stock: Stock, place: Span, body: str, day: date, number: str | None, own: Sequence[Document]
) -> Iterator[Befund]:
    ledger = Ledger()
    same_number = [paper for paper in own if number and _number(paper) == number]
    if same_number and len(same_number) == 1:
        paper = same_number[0]
        reason = f"Das Datum der Sitzung stimmt nicht: Erfasst ist die {named(paper, ledger)}."
        recorded = _day(paper)
        suggestion = f"{recorded:%d.%m.%Y}" if recorded else ""
        yield befund(BefundArt.VERWEIS, Severity.FEHLER, place, reason, ledger, suggestion)
        return
    others = [paper for paper in stock.minutes() if _day(paper) == day]
    if others:
        listed = "; ".join(named(paper, ledger) for paper in others)
        reason = f"An diesem Tag ist die Sitzung eines anderen Gremiums erfasst: {listed}."
        yield befund(BefundArt.VERWEIS, Severity.FEHLER, place, reason, ledger)
        return
    if _planned(stock, body, day):
        return
    reason = f"Eine Sitzung am {day:%d.%m.%Y} ({body}) ist nicht erfasst."
    near = sorted(own, key=lambda paper: abs((_day(paper) or date.min) - day))[:1]
    if near:
        reason += f" Nächste erfasste Niederschrift: {named(near[0], ledger)}."
    yield befund(BefundArt.VERWEIS, Severity.WARNUNG, place, reason, ledger)


def _planned(stock: Stock, body: str, day: date) -> bool:
    """Whether a Beratungsfolge or an invitation plans this sitting."""
    for entry in stock.entries():
        kopf = entry.kopfdaten
        if any(s.datum == day and flat(s.gremium) == body for s in kopf.beratungsfolge):
            return True
        if kopf.gremium and kopf.gremium.value == body and kopf.datum and kopf.datum.value == day:
            return True
    return False


def _items(sentence: Sentence, papers: Sequence[Document]) -> Iterator[Befund]:
    """An item that the minutes lack, or that is about another paper than the sentence names."""
    match = _TOP.search(sentence.words)
    if match is None:
        return
    span = Span(*match.span()).shifted(sentence.span.start)
    tops = {top: place for paper in papers for top, place in _tops(paper)}
    ledger = Ledger()
    if match["top"] not in tops:
        listed = named(papers[0], ledger)
        reason = f"Einen Tagesordnungspunkt {match['top']} verzeichnet die {listed} nicht."
        yield befund(BefundArt.VERWEIS, Severity.FEHLER, span, reason, ledger)
        return
    named_here = {r.number for r in sentence.references}
    for paper in papers:
        decided = paper.kopfdaten.beschluesse
        here = {n for b in decided if _under(b.top, match["top"]) for n in b.drucksachen}
        other = [b for b in decided if named_here & set(b.drucksachen)]
        if here and named_here and not here & named_here and other:
            ledger.cite(paper, other[0].span)
            reason = (
                f"{', '.join(map(str, sorted(named_here, key=str)))} steht in der "
                f"{named(paper, ledger)} unter Tagesordnungspunkt {other[0].top}, nicht "
                f"{match['top']}."
            )
            suggestion = match[0].replace(match["top"], other[0].top)
            yield befund(BefundArt.VERWEIS, Severity.FEHLER, span, reason, ledger, suggestion)


def _under(top: str, item: str) -> bool:
    return top == item or top.startswith(f"{item}.")


def _tops(paper: Document) -> Iterator[tuple[str, Span]]:
    for section in paper.sections:
        number = re.match(r"(?:TOP|Punkt|Zu)?\s*(\d+(?:\.\d+)*)", section.title)
        if section.kind is SectionKind.TOP and number:
            yield number[1], section.span


def _body(paper: Document) -> str:
    return _value(paper.kopfdaten.gremium)


def _number(paper: Document) -> str:
    return _value(paper.kopfdaten.sitzung)


def _value(reading: Reading[str] | None) -> str:
    return reading.value if reading else ""


def _day(paper: Document) -> date | None:
    return paper.kopfdaten.datum.value if paper.kopfdaten.datum else None
