"""Follow-ups to a list: "Und der CDU?", "Und 2016?", "Nur die abgelehnten."

What is carried over are the filters of the list before. A follow-up puts others in their place;
every word of it has to be a filter or a filler.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from assistant.lists.opening import plainly
from assistant.lists.relative_term import with_number
from assistant.lists.request import (
    ART,
    TOGETHER,
    UNDECIDED,
    ListRequest,
    read_arten,
    read_list_request,
    read_term,
    read_topic,
    take_outcome,
    topic_terms,
)
from assistant.lists.vote_question import take_votes
from assistant.lists.words import FILLERS, WORD
from assistant.records.bodies import bodies_on_record, running_term
from assistant.today import today
from assistant.types import Reference
from assistant.understanding.bodies import read_body
from assistant.understanding.period import read_period
from assistant.understanding.question import Question
from assistant.understanding.words import WordsLeft, take_fraktionen
from index.store import Store
from index.types import Access

LONGEST = 14
_GOES_ON = re.compile(
    r"\A\W*(?:und|nur|davon|darunter|auch|sowie|aber|jetzt|welche|wie\s*viele|nun|bitte|dasselbe|"
    r"das\s+gleiche|noch\s+einmal|nochmal)\b|\b(?:davon|darunter|hiervon|daraus)\b",
    re.IGNORECASE,
)
# Begins like a follow-up and may as well be a question of its own.
_MAY_STAND_ALONE = re.compile(r"\A\W*(?:welche|wie\s*viele|jetzt|nun|bitte)\b", re.IGNORECASE)
_NARROWS = re.compile(r"\b(?:davon|darunter|hiervon|daraus|nur)\b", re.IGNORECASE)
_COUNTS = re.compile(r"\bwie\s*viele\b", re.IGNORECASE)
_MORE_FILLERS = frozenset(
    """
    nur davon darunter hiervon daraus auch sowie aber jetzt welche welcher wie viele wieviele nun
    dasselbe gleiche noch einmal nochmal für zum zur bei beim mit sieht es ist waren sind dann
    diejenigen jene solche denen dazu
    """.split()  # noqa: SIM905
)


def list_asked_for(
    store: Store, access: Access, question: Question, before: Reference | None
) -> ListRequest | None:
    """The list of papers that a question asks for, on its own or after the list before it."""
    if question.numbers or question.scope_problem:
        return None
    bodies = partial(bodies_on_record, store, access)
    listed = before.listed if before else ""
    text = with_number(question.text, partial(running_term, store, access))
    return list_after(text, listed, bodies, today()) or read_list_request(text, bodies, today())


def list_after(
    text: str, listed: str, bodies: Callable[[], Iterable[str]], today: date
) -> ListRequest | None:
    """The list before with the filters that a follow-up changes; None where it is none.

    `listed` is the list before, as `phrase_of` writes it. It comes from a client: what cannot be
    read as a list is no list.
    """
    text = plainly(text)
    if not listed or len(text.split()) > LONGEST or not _GOES_ON.search(text):
        return None
    known: list[str] = list(bodies())
    if _MAY_STAND_ALONE.match(text) and not _NARROWS.search(text) and ART.search(text):
        own = read_list_request(text, lambda: known, today)
        if own is not None and not own.not_understood:
            return None
    before = read_list_request(listed, lambda: known, today)
    if before is None or before.not_understood:
        return None
    reader = WordsLeft(text)
    changes = _changes(reader, before, known, today)
    if not changes or not _is_used_up(reader.left):
        return None
    counting = _COUNTS.search(text) is not None
    return replace(before, **changes, counting=counting, after=listed)


def _changes(
    reader: WordsLeft, before: ListRequest, bodies: list[str], today: date
) -> dict[str, Any]:
    """The fields of a list that a follow-up names, with their new values."""
    changes: dict[str, Any] = {}
    if votes := take_votes(reader):
        changes["votes"] = votes
    narrows = _NARROWS.search(reader.text) is not None
    if art := reader.take(ART):
        changes |= {"arten": read_arten(reader, art), "art_words": art[0]}
    together = bool(reader.take(TOGETHER))
    if (term := read_term(reader)) is not None:
        changes["wahlperiode"] = term
        changes |= {} if narrows else {"first": None, "last": None}
    first, last = read_period(reader, today)
    if first or last:
        changes |= {"first": first, "last": last}
        changes |= {} if narrows or term is not None else {"wahlperiode": None}
    if body := read_body(reader, bodies):
        changes["gremium"] = body
    undecided = bool(reader.take(UNDECIDED))
    outcome, negated = take_outcome(reader)
    if undecided or outcome is not None:
        changes |= {"undecided": undecided, "outcome": outcome, "negated": negated}
    if fraktionen := take_fraktionen(reader):
        joined = together or (len(fraktionen) > 1 and " und " in reader.text[1:])
        if narrows and before.fraktionen:
            fraktionen, joined = tuple(dict.fromkeys((*before.fraktionen, *fraktionen))), True
        changes |= {"fraktionen": fraktionen, "together": joined}
    if topic := read_topic(reader):
        changes |= {"topic": topic, "topic_terms": topic_terms(topic)}
    return changes


def _is_used_up(left: str) -> bool:
    return all(word.lower() in FILLERS | _MORE_FILLERS for word in WORD.findall(left))
