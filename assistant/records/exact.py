"""The exact lane: questions about a numbered paper, answered from its parsed fields alone.

No model, no search. Every sentence cites the header or the record it was read from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.certainty import marked, name_is_uncertain
from assistant.fundstelle import Ledger, paper_name
from assistant.records.absent import (
    MinuteEntry,
    arten_of,
    entries_of,
    entry_claim,
    write_absent,
)
from assistant.records.case import write_bodies, write_case
from assistant.records.departure import write_departure
from assistant.records.fields import (
    Writer,
    Written,
    cite_number,
    cite_title,
    write_applicants,
    write_date,
    write_office,
    write_proposal,
    write_publicity,
    write_subject,
)
from assistant.records.recorded import result_claim, same_outcome, write_status, write_vote
from assistant.records.supplements import later_effects
from assistant.records.vorgang import (
    Papers,
    look_up,
    results,
    wrong_premise,
)
from assistant.types import AnswerStatus, AnswerTable, Citation, Claim, Label
from assistant.understanding.question import Question, QuestionKind, asks_if_valid
from index.store import Store
from index.types import (
    Access,
    Document,
    Drucksachennummer,
    Mention,
)

MOST_NAMING = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """What the exact lane found for one question; `objection` where it cannot be answered.

    `listed` are the filters of a list, as in `Reference`.
    """

    status: AnswerStatus
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    text: str = ""
    objection: str | None = None
    nearest: tuple[Citation, ...] = ()
    notes: tuple[str, ...] = ()
    table: AnswerTable | None = None
    listed: str = ""


def answer_exactly(
    store: Store, question: Question, access: Access, *, by_title: bool = False
) -> Finding | None:
    """Answers a question about numbered papers; None where it needs the text of the papers.

    `by_title` says that the question named its paper by other words than the number: the answer
    then begins with the paper that was taken.

    A number that nobody bears, an ambiguous one, or a premise that the header denies is answered
    here for every kind of question, the open one included.
    """
    if not question.numbers:
        return None
    ledger = Ledger()
    claims: list[Claim] = []
    objections: list[str] = []
    for number, label in zip(question.numbers, question.labels, strict=True):
        told = _tell(store, access, question, look_up(store, access, number, label), label, ledger)
        if isinstance(told, Finding):
            return told
        claims += told[0]
        objections += told[1].split("\n") if told[1] else []
    if question.kind is QuestionKind.OFFEN and not objections:
        return None
    if by_title and claims:
        claims = [_taken_claim(store, access, question, ledger), *claims]
    claims = [ledger.state(claim) for claim in claims]
    if claims:
        apart = "\n" if question.kind in _BY_LINE else " "
        text = apart.join([*(claim.text for claim in claims), *objections])
        cited, notes = tuple(ledger.citations), tuple(dict.fromkeys(objections))
        return Finding(AnswerStatus.ANSWERED, tuple(claims), cited, text, notes=notes)
    nearest = tuple(ledger.citations)
    reason = " ".join(dict.fromkeys(objections))
    return _silent(reason, nearest)


def _taken_claim(store: Store, access: Access, question: Question, ledger: Ledger) -> Claim:
    """Which paper was taken for the one that the words of a question name, with its title."""
    number, label = question.numbers[0], question.labels[0]
    papers = look_up(store, access, number, label)
    if papers.found:
        document = papers.found[0]
        subject = document.kopfdaten.tagesordnungspunkt
        title = " ".join((subject.value if subject else document.title).split())
        cited = (*ledger.cite_name(document), *cite_title(document, ledger))
        text = f"Nach Titel und Betreff ist gemeint: {paper_name(document)}, „{title}“."
        return Claim(text, Label.ABGELEITET, tuple(dict.fromkeys(cited)))
    entry = entries_of(store, access, number, label)[0]
    cited = entry_claim(entry, ledger).citations
    text = f"Nach dem Titel ist gemeint: {entry.name}, „{entry.beschluss.titel}“."
    return Claim(text, Label.ABGELEITET, cited)


def _tell(
    store: Store,
    access: Access,
    question: Question,
    papers: Papers,
    label: str | None,
    ledger: Ledger,
) -> Finding | Written:
    """What is on record of one number; a Finding where that ends the matter."""
    if not papers.found:
        entries = entries_of(store, access, papers.number, label)
        if not entries:
            return _unknown(store, access, papers, label)
        if len(arten_of(entries)) > 1:
            return _several_absent(entries)
        return write_absent(store, access, question, entries, ledger)
    if len(papers.found) > 1:
        return _ambiguous(papers)
    document = papers.found[0]
    denied = _denied(store, access, question, document)
    if denied is not None:
        return denied
    if question.kind is QuestionKind.OFFEN:
        return [], None
    claims, objection = _WRITERS[question.kind](store, access, question, document, ledger)
    if question.kind in _TOUCHED:
        effects = list(later_effects(store, access, document, ledger))
        if not effects and asks_if_valid(question.text):
            text = f"Keine erfasste Drucksache ersetzt, ändert oder ergänzt {paper_name(document)}."
            effects = [Claim(text, Label.ABGELEITET, cite_number(document, ledger))]
        if claims:
            return [*claims, *effects], objection
        objection = "\n".join(filter(None, (objection, *(effect.text for effect in effects))))
    if not claims and not ledger.citations:
        cite_number(document, ledger)
    return claims, objection


def _headers(documents: Sequence[Document]) -> tuple[Citation, ...]:
    ledger = Ledger()
    for document in documents:
        cite_number(document, ledger)
    return tuple(ledger.citations)


def _unknown(store: Store, access: Access, papers: Papers, label: str | None) -> Finding:
    wanted = f"{label.capitalize()} " if label else ""
    text = f"{wanted}{papers.number} ist nicht erfasst."
    if papers.other_art:
        names = "; ".join(paper_name(d) for d in papers.other_art)
        text += f" Unter dieser Nummer ist erfasst: {names}."
    elif entries := arten_of(entries_of(store, access, papers.number, None)):
        ledger = Ledger()
        said = "; ".join(f"{e.name} ({entry_claim(e, ledger).text})" for e in entries)
        text += f" In den Niederschriften steht unter dieser Nummer: {said}."
        return _silent(text, tuple(ledger.citations))
    elif named := _naming(store, access, papers.number):
        ledger = Ledger()
        for mention, document in named:
            ledger.cite_line(document, mention.span)
        names = "; ".join(dict.fromkeys(paper_name(document) for _, document in named))
        text += f" Genannt wird die Nummer in: {names}."
        return _silent(text, tuple(ledger.citations))
    elif papers.near:
        near = (marked(str(n), _misread(store, access, n)) for n in papers.near)
        text += " Ähnliche erfasste Nummern: " + ", ".join(near) + "."
    return _silent(text, _headers(papers.other_art))


def _silent(text: str, nearest: tuple[Citation, ...]) -> Finding:
    return Finding(AnswerStatus.ABSTAINED, text=text, objection=text, nearest=nearest)


def _naming(
    store: Store, access: Access, number: Drucksachennummer
) -> list[tuple[Mention, Document]]:
    """Where a number is named that no paper bears: one place in each of a few papers."""
    first: dict[str, Mention] = {}
    for mention in store.mentions(access, number):
        first.setdefault(mention.document_id, mention)
    found = ((m, store.document(access, m.document_id)) for m in first.values())
    return [(mention, document) for mention, document in found if document][:MOST_NAMING]


def _misread(store: Store, access: Access, number: Drucksachennummer) -> bool:
    """Whether a number is known from uncertain pages alone."""
    bearers = store.by_number(access, number)
    return bool(bearers) and all(name_is_uncertain(bearer) for bearer in bearers)


def _ambiguous(papers: Papers) -> Finding:
    names = "; ".join(paper_name(d) for d in papers.found)
    text = f"Unter {papers.number} sind mehrere Drucksachen erfasst: {names}. Welche ist gemeint?"
    return Finding(AnswerStatus.CLARIFY, text=text, objection=text, nearest=_headers(papers.found))


def _several_absent(entries: Sequence[MinuteEntry]) -> Finding:
    ledger = Ledger()
    said = [
        f"{entry.name} (Niederschrift {entry.sitting})"
        for entry in arten_of(entries)
        if entry_claim(entry, ledger)
    ]
    text = (
        f"Unter {entries[0].number} verzeichnen die Niederschriften mehrere Drucksachen: "
        f"{'; '.join(said)}. Welche ist gemeint?"
    )
    cited = tuple(ledger.citations)
    return Finding(AnswerStatus.CLARIFY, text=text, objection=text, nearest=cited)


def _denied(store: Store, access: Access, question: Question, document: Document) -> Finding | None:
    """What the question takes for granted and the record does not bear out."""
    premise = wrong_premise(document, question.text)
    ledger = Ledger()
    if premise is not None:
        text, span = premise
        ledger.cite_line(document, span)
    elif question.asserted is not None:
        recorded = results(store, access, document)
        if any(same_outcome(question.asserted, r.ergebnis.outcome) for r in recorded):
            return None
        if recorded:
            said = [result_claim(question, document, result, ledger).text for result in recorded]
            text = " ".join(["Ein anderes Ergebnis ist erfasst, als die Frage annimmt.", *said])
        else:
            text = f"{paper_name(document)}: Ergebnis nicht erfasst."
            cite_number(document, ledger)
    else:
        return None
    return _silent(text, tuple(ledger.citations))


_BY_LINE = (QuestionKind.VORGANG, QuestionKind.ABWEICHUNG)
_TOUCHED = (
    QuestionKind.STATUS,
    QuestionKind.ABSTIMMUNG,
    QuestionKind.BESCHLUSSVORSCHLAG,
    QuestionKind.ABWEICHUNG,
)
"""Kinds of questions whose answer a later paper of the same number may turn."""
_WRITERS: dict[QuestionKind, Writer] = {
    QuestionKind.STATUS: write_status,
    QuestionKind.ABSTIMMUNG: write_vote,
    QuestionKind.DATUM: write_date,
    QuestionKind.ANTRAGSTELLER: write_applicants,
    QuestionKind.DIENSTSTELLE: write_office,
    QuestionKind.BERATUNGSFOLGE: write_bodies,
    QuestionKind.BETREFF: write_subject,
    QuestionKind.BESCHLUSSVORSCHLAG: write_proposal,
    QuestionKind.ABWEICHUNG: write_departure,
    QuestionKind.OEFFENTLICHKEIT: write_publicity,
    QuestionKind.VORGANG: write_case,
}
