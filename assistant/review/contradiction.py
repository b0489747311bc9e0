"""WIDERSPRUCH: what a draft says became of a paper, against what is on record.

Outcome, body, day and vote are compared one by one. A motion without a recorded result is never
what was decided; that something is not recorded is said as just that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.fundstelle import Ledger
from assistant.records.recorded import same_outcome
from assistant.records.vorgang import Result
from assistant.review.course import Course, body_of, course_of, day_of, days_in
from assistant.review.outcome_claim import OutcomeClaim, claims_of
from assistant.review.sentences import sentences_of
from assistant.review.stock import Stock
from assistant.review.types import Befund, BefundArt, Reviewed, Severity
from assistant.review.vote_claim import asserts_vote, read_claimed, records_vote, vote_problem
from assistant.review.wording import befund, flat, named, nouns, numbered, share_held
from index.types import Document, Outcome
from ingest.papers.outcomes import read_outcome

_POSITIVE = frozenset({Outcome.BESCHLOSSEN, Outcome.GEAENDERT})
_UNCHANGED = re.compile(
    r"\b(?:unverändert|ungeändert|wie beantragt|ohne Änderung(?:en)?|antragsgemäß"
    r"|entsprechend (?:dem|ihrem) (?:Antrag|Beschlussvorschlag))\b",
    re.IGNORECASE,
)
_DECIDED = re.compile(r"\b(?:beschlossen|beschloss|Beschluss|entschieden)\b")
_LISTED = re.compile(r"\b\d{2}\.\d{2}\.\d{4}\s*:")
_RECOMMENDED = re.compile(r"\bemp(?:fohlen|fahl|fiehlt|fehl\w*)|\bvorberaten\b", re.IGNORECASE)
_ITEM = 0.4
"""Share of a clause's nouns that an item of minutes holds which it is about."""


def check(reviewed: Reviewed) -> Iterator[Befund]:
    """Every statement on the course of a paper that the record contradicts or does not bear out."""
    stock = Stock(reviewed)
    for sentence in sentences_of(reviewed.document):
        for claim in claims_of(stock, sentence):
            yield from _check_claim(stock, claim)


def _check_claim(stock: Stock, claim: OutcomeClaim) -> Iterator[Befund]:
    papers = [
        paper for r in claim.references for paper in stock.named(r) or stock.bearing(r.number)
    ]
    if papers:
        found = [_against_papers(stock, claim, course_of(stock, paper)) for paper in papers]
        if all(one is not None for one in found) and found[0] is not None:
            yield found[0]
        return
    results = _of_numbers(stock, claim) if claim.references else _of_item(stock, claim)
    if results:
        found_one = (
            _other_outcome(claim, results)
            or _day_of_minutes(claim, results)
            or _other_vote(claim, results)
        )
        if found_one is not None:
            yield found_one


def _against_papers(stock: Stock, claim: OutcomeClaim, course: Course) -> Befund | None:
    results = _relevant(claim, course)
    if _noted_on_day(claim, course.results) and not any(day_of(r) == claim.day for r in results):
        results = [r for r in course.results if _noted_on_day(claim, [r])]
    return (
        (_other_outcome(claim, results) if results else _no_result(claim, course))
        or _other_body(claim, course, known=claim.body in stock.bodies())
        or _other_day(claim, course)
        or (_other_vote(claim, _on_the_whole(claim, results)) if results else None)
    )


def _on_the_whole(claim: OutcomeClaim, results: Sequence[Result]) -> Sequence[Result]:
    """The votes on the paper itself, not on a part of it that the clause does not speak of."""
    whole = [r for r in results if r.beschluss is None or not r.beschluss.gegenstand]
    return whole or results


def _relevant(claim: OutcomeClaim, course: Course) -> list[Result]:
    """The results of the body and day that are named, else all of them."""
    results = list(course.own_results or course.results)
    for of_kind in (
        lambda r: claim.body and body_of(r) == claim.body,
        lambda r: claim.day and day_of(r) == claim.day,
    ):
        chosen = [result for result in results if of_kind(result)]
        results = chosen or results
    if claim.body and not any(body_of(r) == claim.body for r in results):
        notes = [r for r in results if not r.from_minutes]
        results = notes or [r for r in course.results if not r.from_minutes] or results
    return results


def _of_numbers(stock: Stock, claim: OutcomeClaim) -> list[Result]:
    """The votes that minutes record on papers which are not on record themselves."""
    numbers = {reference.number for reference in claim.references}
    found = [
        Result(minutes, decided.ergebnis, decided)
        for minutes in stock.minutes()
        for decided in minutes.kopfdaten.beschluesse
        if decided.ergebnis is not None and numbers & set(decided.drucksachen)
    ]
    on_day = [result for result in found if day_of(result) == claim.day]
    return on_day or found


def _day_of_minutes(claim: OutcomeClaim, results: Sequence[Result]) -> Befund | None:
    """Another day than that of the one sitting whose minutes tell the same of the paper."""
    if claim.day is None or claim.day_place is None or claim.outcome is None:
        return None
    days = {day for result in results if (day := day_of(result)) is not None}
    if len(days) != 1 or claim.day in days:
        return None
    ledger = Ledger()
    name = named(results[0].document, ledger)
    ledger.cite(results[0].document, results[0].ergebnis.span)
    reason = f"Dieses Ergebnis ist für einen anderen Tag erfasst: {name}."
    place, suggestion = claim.day_place, _single(days)
    return befund(BefundArt.WIDERSPRUCH, Severity.WARNUNG, place, reason, ledger, suggestion)


def _of_item(stock: Stock, claim: OutcomeClaim) -> list[Result]:
    """The votes under the item of a sitting that a clause without a number is about."""
    wanted = nouns(claim.words)
    if claim.body is None or claim.day is None or len(wanted) < 2:
        return []
    found: list[tuple[float, Result]] = []
    for minutes in stock.minutes():
        kopf = minutes.kopfdaten
        if not (kopf.datum and kopf.datum.value == claim.day and kopf.gremium):
            continue
        if flat(kopf.gremium.value) != claim.body:
            continue
        for decided in kopf.beschluesse:
            if decided.ergebnis is not None and not decided.gegenstand:
                words = f"{decided.titel}\n{decided.span.cut(minutes.text)}"
                share = share_held(wanted, words)
                found.append((share, Result(minutes, decided.ergebnis, decided)))
    best = max((share for share, _ in found), default=0.0)
    return [result for share, result in found if share == best] if best >= _ITEM else []


def _other_outcome(claim: OutcomeClaim, results: Sequence[Result]) -> Befund | None:
    if claim.outcome is None:
        return None
    recorded = [result for result in results if result.ergebnis.outcome is not None]
    if not recorded or (_RECOMMENDED.search(claim.words) and not recorded[0].from_minutes):
        return None
    changed = [r for r in recorded if r.ergebnis.outcome is Outcome.GEAENDERT]
    if changed and len(changed) == len(recorded) and _UNCHANGED.search(claim.words):
        return _recorded_otherwise(claim, changed[0], "Beschlossen wurde mit Änderungen")
    if any(same_outcome(claim.outcome, result.ergebnis.outcome) for result in recorded):
        return None
    noted = _noted_on_day(claim, results)
    if noted and any(same_outcome(claim.outcome, outcome) for outcome in noted):
        return None
    return _recorded_otherwise(claim, recorded[0], "Das Ergebnis ist anders erfasst")


def _noted_on_day(claim: OutcomeClaim, results: Sequence[Result]) -> list[Outcome]:
    """What the notes on a paper say of one day, where they list several sittings."""
    return [
        outcome
        for result in results
        for line in result.ergebnis.text.splitlines()
        if _LISTED.search(line)
        and claim.day in days_in(line)
        and (outcome := read_outcome(line)) is not None
    ]


def _recorded_otherwise(claim: OutcomeClaim, result: Result, lead: str) -> Befund:
    ledger = Ledger()
    ledger.cite(result.document, result.ergebnis.span)
    name = named(result.document, ledger)
    reason = f"{lead}. {name}: „{flat(result.ergebnis.text)}“"
    return befund(BefundArt.WIDERSPRUCH, Severity.FEHLER, claim.place, reason, ledger)


def _no_result(claim: OutcomeClaim, course: Course) -> Befund | None:
    """A decision told of a paper of which no result is on record."""
    if claim.outcome is None or _RECOMMENDED.search(claim.words):
        return None
    told = [
        document
        for document, span in course.told
        if _tells_decision(document, span.cut(document.text), claim.outcome)
    ]
    if told:
        return None
    ledger = Ledger()
    name = named(course.paper, ledger)
    if course.paper.kopfdaten.antragsteller and claim.outcome in _POSITIVE:
        reason = f"Zu {name} ist kein Ergebnis erfasst; Beschlusslage ist er damit nicht."
        return befund(BefundArt.WIDERSPRUCH, Severity.FEHLER, claim.place, reason, ledger)
    reason = f"Zu {name} ist kein Ergebnis erfasst."
    return befund(BefundArt.WIDERSPRUCH, Severity.WARNUNG, claim.place, reason, ledger)


def _tells_decision(document: Document, words: str, asserted: Outcome) -> bool:
    art = document.kopfdaten.art
    if art is not None and art.value == "Beschlusskontrolle":
        return asserted in _POSITIVE
    told = read_outcome(words)
    return told is not None and same_outcome(asserted, told)


def _other_body(claim: OutcomeClaim, course: Course, *, known: bool) -> Befund | None:
    if claim.body is None or not course.stations:
        return None
    ledger = Ledger()
    deciding = course.deciding()
    if not course.knows(claim.body):
        listed = "; ".join(course.cite_station(s, ledger) for s in course.stations)
        reason = (
            f"Mit {numbered(course.paper, ledger)} war nach den erfassten Unterlagen nicht "
            f"befasst: {claim.body}. Beratungsfolge: {listed}."
        )
        place = claim.body_place or claim.place
        severity = Severity.FEHLER if known else Severity.WARNUNG
        return befund(BefundArt.WIDERSPRUCH, severity, place, reason, ledger)
    station = course.of(claim.body)
    if station is None or claim.outcome not in _POSITIVE or not _DECIDED.search(claim.words):
        return None
    recommends = re.search(r"empfehl|vorberat", station.rolle or "", re.IGNORECASE)
    if not recommends or _RECOMMENDED.search(claim.words) or claim.several_bodies:
        return None
    if any(
        flat(s.gremium) == claim.body and "empfehl" not in (s.rolle or "") for s in course.stations
    ):
        return None
    stated = course.cite_station(station, ledger)
    reason = f"Dieses Gremium hat zu {numbered(course.paper, ledger)} nur empfohlen: {stated}."
    if deciding is not None:
        reason += f" Zur Entscheidung vorgesehen: {course.cite_station(deciding, ledger)}."
    place = claim.body_place or claim.place
    return befund(BefundArt.WIDERSPRUCH, Severity.FEHLER, place, reason, ledger)


def _other_day(claim: OutcomeClaim, course: Course) -> Befund | None:
    if claim.day is None or claim.day_place is None:
        return None
    days = course.days_of(claim.body) if claim.body and not claim.several_bodies else course.days()
    if not days or claim.day in days:
        return None
    ledger = Ledger()
    stations = [
        s for s in course.stations if claim.body is None or flat(s.gremium) == claim.body
    ] or list(course.stations)
    listed = "; ".join(course.cite_station(s, ledger) for s in stations)
    listed = listed or ", ".join(f"{day:%d.%m.%Y}" for day in sorted(days))
    reason = (
        f"Der Tag der Entscheidung über {numbered(course.paper, ledger)} ist anders erfasst: "
        f"{listed}."
    )
    for result in course.results:
        if day_of(result) in days:
            named(result.document, ledger)
    suggestion = _single(days)
    return befund(
        BefundArt.WIDERSPRUCH, Severity.FEHLER, claim.day_place, reason, ledger, suggestion
    )


def _single(days: set[date]) -> str:
    return f"{next(iter(days)):%d.%m.%Y}" if len(days) == 1 else ""


def _other_vote(claim: OutcomeClaim, results: Sequence[Result]) -> Befund | None:
    if not asserts_vote(claim.words):
        return None
    claimed = read_claimed(claim.words, claim.outcome)
    if claimed is None:
        return None
    counted = [result for result in results if records_vote(result)]
    if not counted:
        ledger = Ledger()
        ledger.cite(results[0].document, results[0].ergebnis.span)
        name = named(results[0].document, ledger)
        reason = (
            f"Wie abgestimmt wurde, ist nicht erfasst. {name}: „{flat(results[0].ergebnis.text)}“"
        )
        return befund(BefundArt.WIDERSPRUCH, Severity.WARNUNG, claim.place, reason, ledger)
    found = vote_problem(claimed, counted)
    if found is None:
        return None
    result, problem = found
    return _recorded_otherwise(claim, result, f"Die Abstimmung ist anders erfasst ({problem})")
