"""One door for the questions of those who draft: which of them it is, and its answer."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.finding.retriever import Searchable
from assistant.hausregeln import read_hausregeln
from assistant.material.arguments import answer_arguments
from assistant.material.assertion import answer_assertion, read_assertion
from assistant.material.chronicle import answer_sachverhalt
from assistant.material.drafter_question import asks_for_one_side, read_drafter_kind, read_order
from assistant.material.finances import answer_finances
from assistant.material.objectives import answer_objectives
from assistant.material.orders import answer_order
from assistant.material.precedent_question import read_precedent_question
from assistant.material.precedents import answer_precedents
from assistant.material.which_paper import papers_asked
from assistant.records.exact import Finding
from assistant.records.named import answer_named
from assistant.records.vorgang import look_up
from assistant.types import Reference
from assistant.understanding.question import Question, QuestionKind, understand
from index.store import Store
from index.types import Access, Document

_ENDED = re.compile(
    r"(?P<what>(?:der|die|das|ein\w*)\s.+?)\s+(?P<outcome>(?:nicht\s+)?(?:beschlossen|angenommen|"
    r"abgelehnt|zurückgezogen|vertagt|verwiesen))\s+(?:wurde|worden\s+ist|ist|war)\Z",
    re.IGNORECASE,
)
"""A statement of what became of a paper: it is looked up, not searched for."""
Told = tuple[Question, Finding]
"""The question as it was taken, and its answer."""
_EXAMPLES = {
    QuestionKind.SACHVERHALT: "Fasse die Beratungsfolge zu Vorlage 15/148 als Sachverhalt zusammen",
    QuestionKind.ARGUMENTE: "Nenne Argumente dafür und dagegen aus den Beratungen zu Antrag 15/148",
    QuestionKind.FINANZEN: "Formuliere die finanziellen Auswirkungen zu Vorlage 15/148",
    QuestionKind.ZIELRICHTUNG: "Welche Zielrichtungen berührt die Vorlage 15/148?",
}


def answer_material(
    store: Store,
    access: Access,
    question: Question,
    before: Reference | None,
    home: Path | None = None,
) -> Told | None:
    """What a drafter gets for a question; None for every question of another sort.

    `before` is what the question may refer to, from the answer before; `home` may hold what a
    Mandant configures.
    """
    kind = read_drafter_kind(question.text)
    if kind is not None:
        return _of_papers(store, access, replace(question, kind=kind), before, home)
    order = read_order(question.text)
    if order is not None:
        finding = answer_order(store, access, order, question, before)
        return replace(question, kind=QuestionKind.ENTWURF), finding
    return _precedents(store, access, question)


def answer_claim_check(parts: Searchable, access: Access, question: Question) -> Told | None:
    """Whether a statement stands in the files; None for a question that makes none."""
    statement = read_assertion(question.text)
    if statement is None:
        return None
    ended = _ENDED.match(statement)
    if ended is not None:
        asked = understand(f"Wurde {ended['what']} {ended['outcome']}?")
        named = answer_named(parts.store, asked, access)
        if named is not None:
            return named
    finding = answer_assertion(parts, access, statement)
    return replace(question, kind=QuestionKind.BEHAUPTUNG), finding


def _of_papers(
    store: Store, access: Access, question: Question, before: Reference | None, home: Path | None
) -> Told | None:
    example = _EXAMPLES[question.kind]
    question, papers = papers_asked(store, access, question, before, example)
    if isinstance(papers, Finding):
        nothing_fits = not question.numbers and not papers.nearest
        return None if nothing_fits and asks_for_one_side(question.text) else (question, papers)
    match question.kind:
        case QuestionKind.SACHVERHALT:
            return question, answer_sachverhalt(store, access, question, papers)
        case QuestionKind.ARGUMENTE:
            return question, answer_arguments(store, access, papers)
        case QuestionKind.FINANZEN:
            rules = read_hausregeln(home, papers[0].mandant)
            return question, answer_finances(store, access, papers, rules)
        case _:
            return question, answer_objectives(store, access, papers, home)


def _precedents(store: Store, access: Access, question: Question) -> Told | None:
    request = read_precedent_question(question, date.today())
    if request is None:
        return None
    about = _paper(store, access, question) if not request.topic_terms else None
    finding = answer_precedents(store, access, request, about)
    return replace(question, kind=QuestionKind.PRAEZEDENZ), finding


def _paper(store: Store, access: Access, question: Question) -> Document | None:
    """The paper that a question names, where it is one."""
    for number, label in zip(question.numbers, question.labels, strict=True):
        found = look_up(store, access, number, label).found
        if len(found) == 1:
            return found[0]
    return None
