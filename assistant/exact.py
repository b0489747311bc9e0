"""The exact lane: questions about a numbered paper, answered from its parsed fields alone.

No model, no search. Every sentence cites the header or the record it was read from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.certainty import marked, name_is_uncertain
from assistant.fundstelle import Ledger, paper_name
from assistant.question import Question, QuestionKind
from assistant.types import AnswerStatus, Citation, Claim, Label
from assistant.vorgang import (
    Papers,
    Result,
    deciding_station,
    is_recommendation,
    look_up,
    results,
    wrong_premise,
)
from index.store import Store
from index.types import (
    Access,
    Beratung,
    Document,
    Drucksachennummer,
    Outcome,
    SectionKind,
    Span,
)
from ingest.expressions import Kind
from ingest.papers.outcomes import read_outcome

MAX_PROPOSAL = 1200
_VOTE_DETAIL = re.compile(
    r"\b(?:gegen|dagegen|dafür|stimmen|enthaltung\w*|zustimmung|einstimmig\w*|ja|nein)\b",
    re.IGNORECASE,
)
_VOTE_BY_WHOM = re.compile(r"\bgegen die|stimmen (?:von|der)|fraktion|gruppe|\(", re.IGNORECASE)
_ASKS_WHO = re.compile(r"\b(?:wer|wessen|welche\w*|fraktion\w*)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the exact lane found for one question; `objection` where it cannot be answered."""

    status: AnswerStatus
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    text: str = ""
    objection: str | None = None
    nearest: tuple[Citation, ...] = ()


def answer_exactly(store: Store, question: Question, access: Access) -> Finding | None:
    """Answers a question about numbered papers; None where it needs the text of the papers.

    A number that nobody bears, an ambiguous one, or a premise that the header denies is answered
    here for every kind of question, the open one included.
    """
    if not question.numbers:
        return None
    ledger = Ledger()
    claims: list[Claim] = []
    objections: list[str] = []
    open_question = question.kind is QuestionKind.OFFEN
    for number, label in zip(question.numbers, question.labels, strict=True):
        papers = look_up(store, access, number, label)
        if not papers.found:
            return _unknown(store, access, papers, label)
        if len(papers.found) > 1:
            return _ambiguous(papers)
        document = papers.found[0]
        denied = _denied(store, access, question, document)
        if denied is not None:
            return denied
        if not open_question:
            written, objection = _WRITERS[question.kind](store, access, question, document, ledger)
            claims += written
            objections += [objection] if objection else []
    if open_question:
        return None
    claims = [ledger.state(claim) for claim in claims]
    if claims:
        text = " ".join([*(claim.text for claim in claims), *objections])
        return Finding(AnswerStatus.ANSWERED, tuple(claims), tuple(ledger.citations), text)
    nearest = tuple(ledger.citations) or _headers(papers.found)
    reason = " ".join(dict.fromkeys(objections))
    return Finding(AnswerStatus.ABSTAINED, text=reason, objection=reason, nearest=nearest)


def _headers(documents: Sequence[Document]) -> tuple[Citation, ...]:
    ledger = Ledger()
    for document in documents:
        _cite_number(document, ledger)
    return tuple(ledger.citations)


def _cite_number(document: Document, ledger: Ledger) -> tuple[int, ...]:
    nummer = document.kopfdaten.nummer
    return (ledger.cite_line(document, nummer.span),) if nummer else ()


def _unknown(store: Store, access: Access, papers: Papers, label: str | None) -> Finding:
    wanted = f"{label.capitalize()} " if label else ""
    text = f"{wanted}{papers.number} ist nicht erfasst."
    if papers.other_art:
        names = "; ".join(paper_name(d) for d in papers.other_art)
        text += f" Unter dieser Nummer ist erfasst: {names}."
    elif papers.near:
        near = (marked(str(n), _misread(store, access, n)) for n in papers.near)
        text += " Ähnliche erfasste Nummern: " + ", ".join(near) + "."
    nearest = _headers(papers.other_art)
    return Finding(AnswerStatus.ABSTAINED, text=text, objection=text, nearest=nearest)


def _misread(store: Store, access: Access, number: Drucksachennummer) -> bool:
    """Whether a number is known from uncertain pages alone."""
    bearers = store.by_number(access, number)
    return bool(bearers) and all(name_is_uncertain(bearer) for bearer in bearers)


def _ambiguous(papers: Papers) -> Finding:
    names = "; ".join(paper_name(d) for d in papers.found)
    text = f"Unter {papers.number} sind mehrere Drucksachen erfasst: {names}. Welche ist gemeint?"
    return Finding(AnswerStatus.CLARIFY, text=text, objection=text, nearest=_headers(papers.found))


def _denied(store: Store, access: Access, question: Question, document: Document) -> Finding | None:
    """What the question takes for granted and the record does not bear out."""
    premise = wrong_premise(document, question.text)
    ledger = Ledger()
    if premise is not None:
        text, span = premise
        ledger.cite_line(document, span)
    elif question.asserted is not None:
        recorded = results(store, access, document)
        if any(_same_outcome(question.asserted, r.ergebnis.outcome) for r in recorded):
            return None
        if recorded:
            text = "Ein anderes Ergebnis ist erfasst, als die Frage annimmt."
            for result in recorded:
                ledger.cite(result.document, result.ergebnis.span)
        else:
            text = f"{paper_name(document)}: Ergebnis nicht erfasst."
            _cite_number(document, ledger)
    else:
        return None
    return Finding(
        AnswerStatus.ABSTAINED, text=text, objection=text, nearest=tuple(ledger.citations)
    )


def _same_outcome(asserted: Outcome, recorded: Outcome | None) -> bool:
    positive = {Outcome.BESCHLOSSEN, Outcome.GEAENDERT}
    return asserted is recorded or (asserted in positive and recorded in positive)


Written = tuple[list[Claim], str | None]
Writer = Callable[[Store, Access, Question, Document, Ledger], Written]


def _status(
    store: Store, access: Access, question: Question, document: Document, ledger: Ledger
) -> Written:
    recorded = results(store, access, document)
    if not recorded:
        _cite_number(document, ledger)
        return [], f"{paper_name(document)}: Ergebnis nicht erfasst."
    claims = [_result_claim(question, document, result, ledger) for result in recorded]
    if all(result.from_minutes for result in recorded):
        return claims, "Ergebnisvermerk auf der Drucksache: nicht erfasst."
    station = deciding_station(document)
    if question.asks_for_body_or_day and station and not any(r.from_minutes for r in recorded):
        claims.append(_planned(document, station, ledger))
        return claims, "Nicht erfasst: Tag und Gremium der tatsächlichen Entscheidung."
    return claims, None


def _result_claim(question: Question, document: Document, result: Result, ledger: Ledger) -> Claim:
    quoted = " ".join(result.ergebnis.text.split())
    numbers = [ledger.cite(result.document, result.ergebnis.span), *_cite_number(document, ledger)]
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
        text = f"{_yes_or_no(question, result.ergebnis.outcome)}Laut Ergebnisvermerk: „{quoted}“"
    return Claim(text, Label.BELEGT, tuple(dict.fromkeys(numbers)))


def _yes_or_no(question: Question, recorded: Outcome | None) -> str:
    """The first word of an answer to "Wurde … beschlossen?"; empty for other questions."""
    asked = read_outcome(question.text)
    starts = re.match(r"\W*(?:wurde|ist|hat|haben|wurden|sind)\b", question.text, re.IGNORECASE)
    if asked is None or recorded is None or not starts:
        return ""
    if _same_outcome(asked, recorded):
        return "Ja. " if asked is recorded else "Ja, mit Änderungen. "
    if {asked, recorded} == {Outcome.BESCHLOSSEN, Outcome.ABGELEHNT}:
        return "Nein. "
    return ""


def _planned(document: Document, station: Beratung, ledger: Ledger) -> Claim:
    day = f" am {station.datum:%d.%m.%Y}" if station.datum else ""
    text = f"Zur Entscheidung vorgesehen war: {station.gremium}{day}."
    return Claim(text, Label.BELEGT, (ledger.cite_line(document, station.span),))


def _vote(
    store: Store, access: Access, question: Question, document: Document, ledger: Ledger
) -> Written:
    needed = _VOTE_BY_WHOM if _ASKS_WHO.search(question.text) else _VOTE_DETAIL
    recorded = [r for r in results(store, access, document) if needed.search(r.ergebnis.text)]
    days = {e.value for e in question.expressions if e.kind is Kind.DATE}
    if days:
        recorded = [r for r in recorded if _sitting_day(r) in days]
    if not recorded:
        _cite_number(document, ledger)
        return [], f"Zu {paper_name(document)} ist kein Stimmverhalten erfasst."
    return [_result_claim(question, document, r, ledger) for r in recorded], None


def _sitting_day(result: Result) -> str | None:
    """The day of the sitting that a result is from; None for a note on the paper."""
    datum = result.document.kopfdaten.datum
    return datum.value.isoformat() if result.from_minutes and datum else None


def _date(
    store: Store, access: Access, question: Question, document: Document, ledger: Ledger
) -> Written:
    datum = document.kopfdaten.datum
    numbers = _cite_number(document, ledger)
    if datum is None:
        return [], f"Zu {paper_name(document)} ist kein Datum erfasst."
    cited = (ledger.cite_line(document, datum.span), *numbers)
    text = f"{_short_name(document)} trägt das Datum {datum.value:%d.%m.%Y}."
    return [Claim(text, Label.BELEGT, cited)], None


def _short_name(document: Document) -> str:
    kopf = document.kopfdaten
    return (
        f"{kopf.benennung or 'Drucksache'} Nr. {kopf.nummer.value}"
        if kopf.nummer
        else document.title
    )


def _applicants(
    store: Store, access: Access, question: Question, document: Document, ledger: Ledger
) -> Written:
    numbers = _cite_number(document, ledger)
    applicants = document.kopfdaten.antragsteller
    if not applicants and document.kopfdaten.dienststelle:
        return _office(store, access, question, document, ledger)
    if not applicants:
        return [], f"Zu {paper_name(document)} ist kein Antragsteller erfasst."
    cited = tuple(ledger.cite_line(document, a.span) for a in applicants)
    names = ", ".join(" ".join(a.value.split()) for a in applicants)
    text = f"Antragsteller von {_short_name(document)}: {names.rstrip('.')}."
    return [Claim(text, Label.BELEGT, tuple(dict.fromkeys((*cited, *numbers))))], None


def _office(
    store: Store, access: Access, question: Question, document: Document, ledger: Ledger
) -> Written:
    numbers = _cite_number(document, ledger)
    office = document.kopfdaten.dienststelle
    if office is None:
        return [], f"Zu {paper_name(document)} ist keine Dienststelle erfasst."
    cited = (ledger.cite_line(document, office.span), *numbers)
    text = f"Dienststelle von {_short_name(document)}: {' '.join(office.value.split())}."
    return [Claim(text, Label.BELEGT, cited)], None


def _bodies(
    store: Store, access: Access, question: Question, document: Document, ledger: Ledger
) -> Written:
    stations = document.kopfdaten.beratungsfolge
    if not stations:
        _cite_number(document, ledger)
        return [], f"Zu {paper_name(document)} ist keine Beratungsfolge erfasst."
    asked = question.text.lower()
    named = [s for s in stations if s.gremium.lower() in asked]
    claims = []
    for station in named or stations:
        day = f", {station.datum:%d.%m.%Y}" if station.datum else ""
        role = f", {station.rolle}" if station.rolle else ""
        text = f"Vorgesehene Beratung: {station.gremium}{day}{role}."
        claims.append(Claim(text, Label.BELEGT, (ledger.cite_line(document, station.span),)))
    return claims, None


def _subject(
    store: Store, access: Access, question: Question, document: Document, ledger: Ledger
) -> Written:
    numbers = _cite_number(document, ledger)
    subject = document.kopfdaten.tagesordnungspunkt
    if subject is None:
        return _proposal(store, access, question, document, ledger)
    text = f"Gegenstand von {_short_name(document)}: „{' '.join(subject.value.split())}“"
    claims = [Claim(text, Label.BELEGT, (ledger.cite(document, subject.span), *numbers))]
    proposal, _ = _proposal(store, access, question, document, ledger)
    return claims + proposal, None


def _proposal(
    store: Store, access: Access, question: Question, document: Document, ledger: Ledger
) -> Written:
    for section in document.sections:
        if section.kind is SectionKind.BESCHLUSSVORSCHLAG:
            body = _body(
                document, Span(max(section.heading.end, section.span.start), section.span.end)
            )
            if len(body):
                quoted = " ".join(body.cut(document.text).split())
                text = f"Beschlussvorschlag im Wortlaut: „{quoted}“"
                return [Claim(text, Label.BELEGT, (ledger.cite(document, body),))], None
    _cite_number(document, ledger)
    return [], f"Zu {paper_name(document)} ist kein Beschlussvorschlag erfasst."


def _body(document: Document, span: Span) -> Span:
    """`span` without surrounding blanks, cut behind a paragraph where it is very long."""
    text = document.text
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] == ":"):
        start += 1
    if end - start > MAX_PROPOSAL:
        cut = text.rfind("\n", start, start + MAX_PROPOSAL)
        end = cut if cut > start else start + MAX_PROPOSAL
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _public(
    store: Store, access: Access, question: Question, document: Document, ledger: Ledger
) -> Written:
    numbers = _cite_number(document, ledger)
    declared = document.kopfdaten.oeffentlich
    if declared is None:
        return (
            [],
            f"Zu {paper_name(document)} ist nicht vermerkt, ob die Drucksache öffentlich ist.",
        )
    cited = (ledger.cite_line(document, declared.span), *numbers)
    text = f"{_short_name(document)} ist als „{declared.span.cut(document.text)}“ gekennzeichnet."
    return [Claim(text, Label.BELEGT, cited)], None


def _case(
    store: Store, access: Access, question: Question, document: Document, ledger: Ledger
) -> Written:
    claims: list[Claim] = []
    gaps: list[str] = []
    for writer in (_subject, _date, _applicants, _bodies, _status):
        written, objection = writer(store, access, question, document, ledger)
        claims += written
        if objection and writer is _status:
            gaps.append(objection)
    return claims, " ".join(gaps) or None


_WRITERS: dict[QuestionKind, Writer] = {
    QuestionKind.STATUS: _status,
    QuestionKind.ABSTIMMUNG: _vote,
    QuestionKind.DATUM: _date,
    QuestionKind.ANTRAGSTELLER: _applicants,
    QuestionKind.DIENSTSTELLE: _office,
    QuestionKind.BERATUNGSFOLGE: _bodies,
    QuestionKind.BETREFF: _subject,
    QuestionKind.BESCHLUSSVORSCHLAG: _proposal,
    QuestionKind.OEFFENTLICHKEIT: _public,
    QuestionKind.VORGANG: _case,
}
