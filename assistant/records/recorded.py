"""What became of one paper: the results and votes on record, each with the record it stands in."""

from __future__ import annotations

import re

from assistant.fundstelle import Ledger, paper_name
from assistant.records.fields import Written, cite_number
from assistant.records.vorgang import Result, deciding_station, is_recommendation, results
from assistant.types import Claim, Label
from assistant.understanding.question import Question
from assistant.understanding.words import fraktionen_in
from index.store import Store
from index.types import Access, Beratung, Document, Outcome
from ingest.expressions import Kind
from ingest.papers.outcomes import read_outcome

VOTE_DETAIL = re.compile(
    r"\b(?:gegen|dagegen|dafür|stimmen|enthaltung\w*|zustimmung|einstimmig\w*|ja|nein)\b",
    re.IGNORECASE,
)
VOTE_BY_WHOM = re.compile(r"\bgegen die|stimmen (?:von|der)|fraktion|gruppe|\(", re.IGNORECASE)
_ASKS_WHO = re.compile(r"\b(?:wer|wem|wessen|welche\w*|fraktion\w*)\b", re.IGNORECASE)
_YES_CHANGED = "Ja, mit Änderungen. "
_HOW_DID = re.compile(
    r"\bwie\s+(?:haben|hat|stimmten?)\s+(?P<who>.+?)\s+(?:zu[mr]?|über|beim?|gegen|für)\b",
    re.IGNORECASE,
)


def same_outcome(asserted: Outcome, recorded: Outcome | None) -> bool:
    """Whether a recorded outcome bears out an asserted one; decided with changes is decided."""
    positive = {Outcome.BESCHLOSSEN, Outcome.GEAENDERT}
    return asserted is recorded or (asserted in positive and recorded in positive)


def write_status(
    store: Store, access: Access, question: Question, document: Document, ledger: Ledger
) -> Written:
    """Every recorded result, the latest sitting first, and the note on the paper."""
    recorded = results(store, access, document)
    if not recorded:
        cite_number(document, ledger)
        return [], f"{paper_name(document)}: Ergebnis nicht erfasst."
    claims = [result_claim(question, document, result, ledger) for result in recorded]
    if all(result.from_minutes for result in recorded):
        return claims, "Ergebnisvermerk auf der Drucksache: nicht erfasst."
    station = deciding_station(document)
    if question.asks_for_body_or_day and station and not any(r.from_minutes for r in recorded):
        claims.append(_planned(document, station, ledger))
        return claims, "Nicht erfasst: Tag und Gremium der tatsächlichen Entscheidung."
    return claims, None


def result_claim(question: Question, document: Document, result: Result, ledger: Ledger) -> Claim:
    """One recorded result as a sentence that names its record."""
    quoted = " ".join(result.ergebnis.text.split())
    numbers = [ledger.cite(result.document, result.ergebnis.span), *cite_number(document, ledger)]
    if result.from_minutes:
        kopf = result.document.kopfdaten
        body = kopf.gremium.value if kopf.gremium else "Gremium"
        day = f" am {kopf.datum.value:%d.%m.%Y}" if kopf.datum else ""
        numbers += [
            ledger.cite_line(result.document, r.span) for r in (kopf.gremium, kopf.datum) if r
        ]
        role = " (empfehlend)" if is_recommendation(result) else ""
        if role and result.station:
            numbers.append(ledger.cite_line(document, result.station.span))
        text = f"Niederschrift {body}{day}{role}: „{quoted}“"
    else:
        said = _yes_or_no(question, result.ergebnis.outcome)
        text = f"{said}Laut Ergebnisvermerk: „{quoted}“"
        if said == _YES_CHANGED:  # the note says how it was changed, and need not say "changed"
            return Claim(text, Label.ABGELEITET, tuple(dict.fromkeys(numbers)))
    return Claim(text, Label.BELEGT, tuple(dict.fromkeys(numbers)))


def _yes_or_no(question: Question, recorded: Outcome | None) -> str:
    """The first word of an answer to "Wurde … beschlossen?"; empty for other questions."""
    asked = read_outcome(question.text)
    starts = re.match(r"\W*(?:wurde|ist|hat|haben|wurden|sind)\b", question.text, re.IGNORECASE)
    if asked is None or recorded is None or not starts:
        return ""
    if same_outcome(asked, recorded):
        return "Ja. " if asked is recorded else _YES_CHANGED
    if {asked, recorded} == {Outcome.BESCHLOSSEN, Outcome.ABGELEHNT}:
        return "Nein. "
    return ""


def _planned(document: Document, station: Beratung, ledger: Ledger) -> Claim:
    day = f" am {station.datum:%d.%m.%Y}" if station.datum else ""
    text = f"Zur Entscheidung vorgesehen war: {station.gremium}{day}."
    return Claim(text, Label.BELEGT, (ledger.cite_line(document, station.span),))


def write_vote(
    store: Store, access: Access, question: Question, document: Document, ledger: Ledger
) -> Written:
    """How was voted, where that is on record; by whom, where that is asked."""
    needed = VOTE_BY_WHOM if asks_who(question) else VOTE_DETAIL
    recorded = [r for r in results(store, access, document) if needed.search(r.ergebnis.text)]
    days = {e.value for e in question.expressions if e.kind is Kind.DATE}
    if days:
        recorded = [r for r in recorded if _sitting_day(r) in days]
    if not recorded:
        cite_number(document, ledger)
        return [], f"Zu {paper_name(document)} ist kein Stimmverhalten erfasst."
    return [result_claim(question, document, r, ledger) for r in recorded], None


def asks_who(question: Question) -> bool:
    """Whether a question about a vote asks who cast it, or how a Fraktion did."""
    voter = _HOW_DID.search(question.text)
    named = bool(voter and fraktionen_in(voter["who"]))
    return named or _ASKS_WHO.search(question.text) is not None


def _sitting_day(result: Result) -> str | None:
    """The day of the sitting that a result is from; None for a note on the paper."""
    datum = result.document.kopfdaten.datum
    return datum.value.isoformat() if result.from_minutes and datum else None
