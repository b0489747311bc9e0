"""What is asked before anything is searched for: one lane for each kind that the records answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from assistant.amounts.answering import understood_of
from assistant.amounts.synonyms import ask_for_amounts
from assistant.lane import Asked, Lane, Taken
from assistant.lists.by_mover import answer_mover_count, read_mover_count
from assistant.lists.by_mover import understood_of as understood_of_movers
from assistant.lists.filters import filters_of
from assistant.lists.followup import list_asked_for
from assistant.lists.listing import answer_list
from assistant.lists.relative_term import with_number
from assistant.material.answering import answer_claim_check, answer_material
from assistant.records.bodies import bodies_on_record, running_term
from assistant.records.exact import Finding, answer_exactly
from assistant.records.named import answer_named
from assistant.records.norm_request import read_norm_request
from assistant.records.statute import answer_norm
from assistant.sittings.agenda import answer_agenda
from assistant.sittings.agenda_question import read_agenda_request
from assistant.sittings.agenda_question import understood_of as understood_of_agenda
from assistant.sittings.attendance import answer_attendance
from assistant.sittings.attendance_question import read_attendance_request
from assistant.sittings.attendance_question import understood_of as understood_of_attendance
from assistant.sittings.camps import SIDE_WORDS
from assistant.sittings.consultation import answer_consultation
from assistant.sittings.consultation_question import read_consultation
from assistant.sittings.day_list import answer_days, read_days
from assistant.sittings.day_list import understood_of as understood_of_days
from assistant.sittings.votes import answer_votes
from assistant.sittings.votes_question import read_votes_request
from assistant.stock.answering import answer_stock
from assistant.stock.answering import understood_of as understood_of_stock
from assistant.stock.order_request import read_order
from assistant.stock.orders import tell_order
from assistant.stock.request import read_stock_request
from assistant.today import today
from assistant.types import AnswerStatus
from assistant.understanding.followup import papers_of, understand_after
from assistant.understanding.question import Question, QuestionKind
from assistant.understanding.two_questions import two_questions
from index.store import Store
from index.types import Access

R = TypeVar("R")


def _out_of_scope(asked: Asked) -> Taken | None:
    problem = asked.question.scope_problem
    if not problem:
        return None
    finding = Finding(AnswerStatus.ABSTAINED, text=problem, objection=problem)
    return Taken(asked.question, finding)


def _material(asked: Asked) -> Taken | None:
    store, question = asked.parts.store, asked.question
    told = answer_material(store, asked.access, question, asked.before, asked.home)
    return Taken(*told, refers_to=papers_of(told[0])) if told else None


def _list(asked: Asked) -> Taken | None:
    request = list_asked_for(asked.parts.store, asked.access, asked.question, asked.before)
    if request is None:
        return None
    filters = filters_of(request)
    return Taken(
        replace(asked.question, kind=QuestionKind.LISTE),
        answer_list(asked.parts.store, asked.access, request),
        tuple(one.text for one in filters),
        (request.after,) if request.after else (),
        tuple(one.without for one in filters),
    )


def _movers(asked: Asked) -> Taken | None:
    store, access = asked.parts.store, asked.access
    text = with_number(asked.question.text, lambda: running_term(store, access))
    request = read_mover_count(text, lambda: bodies_on_record(store, access), today())
    if request is None or asked.question.numbers:
        return None
    question = replace(asked.question, kind=QuestionKind.LISTE)
    finding = answer_mover_count(store, access, request)
    return Taken(question, finding, tuple(understood_of_movers(request)))


def _norm(asked: Asked) -> Taken | None:
    request = read_norm_request(asked.question)
    if request is None:
        return None
    finding = answer_norm(asked.parts.store, asked.access, request)
    return Taken(replace(asked.question, kind=QuestionKind.NORM), finding)


def _amounts(asked: Asked) -> Taken | None:
    told = ask_for_amounts(asked.parts.store, asked.access, asked.question)
    if told is None:
        return None
    request, finding = told
    question = replace(asked.question, kind=QuestionKind.BETRAG)
    return Taken(question, finding, tuple(understood_of(request)))


def _consultation(asked: Asked) -> Taken | None:
    store, access = asked.parts.store, asked.access
    request = read_consultation(asked.question, lambda: bodies_on_record(store, access))
    if request is None:
        return None
    which = "die erste Sitzung" if request.first else "die letzte Sitzung"
    filters = [f"{which} zum Thema „{request.topic}“"]
    filters += [f"Gremium {request.body.name}"] if request.body.name else []
    filters += [f"Jahr {year}" for year in request.years]
    question = replace(asked.question, kind=QuestionKind.SITZUNG)
    return Taken(question, answer_consultation(store, access, request), tuple(filters))


def _days(asked: Asked) -> Taken | None:
    store, access = asked.parts.store, asked.access
    if asked.question.numbers:
        return None
    request = read_days(asked.question.text, lambda: bodies_on_record(store, access), today())
    if request is None:
        return None
    question = replace(asked.question, kind=QuestionKind.SITZUNG)
    return Taken(question, answer_days(store, access, request), tuple(understood_of_days(request)))


def _of_a_sitting(
    read: Callable[[Question, Callable[[], Iterable[str]]], R | None],
    answer: Callable[[Store, Access, R, date], Finding],
    understood: Callable[[R], list[str]],
) -> Lane:
    """A lane for one kind of question about a sitting."""

    def lane(asked: Asked) -> Taken | None:
        store, access = asked.parts.store, asked.access
        request = read(asked.question, lambda: bodies_on_record(store, access))
        if request is None:
            return None
        question = replace(asked.question, kind=QuestionKind.SITZUNG)
        return Taken(question, answer(store, access, request, today()), tuple(understood(request)))

    return lane


_agenda = _of_a_sitting(read_agenda_request, answer_agenda, understood_of_agenda)
_attendance = _of_a_sitting(read_attendance_request, answer_attendance, understood_of_attendance)


def _votes(asked: Asked) -> Taken | None:
    store, access = asked.parts.store, asked.access
    request = read_votes_request(asked.question, lambda: bodies_on_record(store, access))
    if request is None:
        return None
    filters = [f"Sitzung am {request.day:%d.%m.%Y}"] if request.day else []
    filters += [f"Gremium {request.body.name}"] if request.body.name else []
    filters += [f"Thema „{request.topic}“"] if request.words else []
    filters += [SIDE_WORDS[side] for side in request.sides]
    question = replace(asked.question, kind=QuestionKind.ABSTIMMUNG)
    return Taken(question, answer_votes(store, access, request), tuple(filters))


def _named(asked: Asked) -> Taken | None:
    told = answer_named(asked.parts.store, asked.question, asked.access)
    return Taken(*told, refers_to=papers_of(told[0])) if told else None


def _order(asked: Asked) -> Taken | None:
    request = read_order(asked.question)
    if request is None:
        return None
    finding = tell_order(asked.parts, asked.access, request)
    question = replace(asked.question, kind=QuestionKind.AUFTRAG)
    return Taken(question, finding, (f"{request.order.value} (nur Auskunft)",))


def _stock(asked: Asked) -> Taken | None:
    day = today()
    request = read_stock_request(
        asked.question, day, lambda: bodies_on_record(asked.parts.store, asked.access)
    )
    if request is None:
        return None
    return Taken(
        replace(asked.question, kind=QuestionKind.BESTAND),
        answer_stock(asked.parts, asked.access, request, day),
        tuple(understood_of_stock(request)),
    )


def _exactly(asked: Asked) -> Taken | None:
    finding = answer_exactly(asked.parts.store, asked.question, asked.access)
    return Taken(asked.question, finding) if finding else None


def _first_denied(asked: Asked) -> Taken | None:
    """Where the first of two questions takes for granted what is not so, the rest falls with it."""
    both = two_questions(asked.question.text)
    if both is None:
        return None
    told = answer_named(asked.parts.store, understand_after(both[0], asked.before), asked.access)
    if told is None or told[1].status is not AnswerStatus.ABSTAINED:
        return None
    return Taken(*told, refers_to=papers_of(told[0]))


def _claimed(asked: Asked) -> Taken | None:
    told = answer_claim_check(asked.parts, asked.access, asked.question)
    return Taken(*told) if told else None


SEARCHED: tuple[Lane, ...] = (_out_of_scope, _exactly)
"""What is asked even of a question that is to be searched for as it stands."""
# The first that takes a question answers it. What none takes is searched for.
LANES: tuple[Lane, ...] = (
    _out_of_scope,
    _order,
    _stock,
    _days,
    _material,
    _votes,
    _agenda,
    _attendance,
    _movers,
    _list,
    _norm,
    _amounts,
    _consultation,
    _named,
    _first_denied,
    _exactly,
    _claimed,
)
