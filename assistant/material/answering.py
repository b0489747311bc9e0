"""One door for the questions of those who draft: which of them it is, and its answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant.material.precedent_question import read_precedent_question
from assistant.material.precedents import answer_precedents
from assistant.records.exact import Finding
from assistant.records.vorgang import look_up
from assistant.types import Reference
from assistant.understanding.question import Question, QuestionKind
from index.store import Store
from index.types import Access, Document

Told = tuple[Question, Finding]
"""The question as it was taken, and its answer."""


def answer_material(
    store: Store, access: Access, question: Question, before: Reference | None
) -> Told | None:
    """What a drafter gets for a question; None for every question of another sort.

    `before` is what the question may refer to, from the answer before.
    """
    return _precedents(store, access, question)


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
