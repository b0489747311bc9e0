"""What was understood of a question for a list: its filters, each with the list without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.lists.phrase import OUTCOME_WORDS, phrase_of
from assistant.lists.request import ListRequest
from assistant.lists.topics import RULE
from assistant.lists.vote_question import NO_VOTES, vote_words
from index.types import Outcome

_WIDER = ("Antrag", "Vorlage")


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter in German; `without` is the list without it as a question, "" where none is."""

    text: str
    without: str = ""


def filters_of(request: ListRequest) -> list[Filter]:
    """What was understood, in German, one filter each; the kind of paper first."""
    return [Filter(_kind(request)), *_restricting(request)]


def _kind(request: ListRequest) -> str:
    kind = request.art_words[:1].upper() + request.art_words[1:]
    arten = ", ".join(sorted(request.arten))
    wider = [name for name in _WIDER if name in request.arten]
    if wider:
        arten += f"; auch was als {' oder '.join(wider)} nummeriert ist"
    if not request.arten and request.needs_result:
        return f"{kind} (ohne Niederschriften und Einladungen)"
    return f"{kind} ({arten})" if arten else kind


def _restricting(request: ListRequest) -> Iterator[Filter]:
    if request.fraktionen:
        joined = (" und " if request.together else " oder ").join(request.fraktionen)
        text = f"Antragsteller {joined}" + (" gemeinsam" if request.together else "")
        yield _filter(text, replace(request, fraktionen=(), together=False))
    if request.wahlperiode is not None:
        yield _filter(f"{request.wahlperiode}. Wahlperiode", replace(request, wahlperiode=None))
    if request.gremium:
        yield _filter(f"Gremium {request.gremium}", replace(request, gremium=None))
    if request.first or request.last:
        first = f"ab {request.first:%d.%m.%Y}" if request.first else ""
        last = f"bis {request.last:%d.%m.%Y}" if request.last else ""
        text = " ".join(["Datum", *filter(None, (first, last))])
        yield _filter(text, replace(request, first=None, last=None))
    decided = replace(request, undecided=False, outcome=None, negated=False)
    if request.undecided:
        yield _filter("ohne erfasstes Ergebnis", decided)
    elif request.outcome is not None:
        words = OUTCOME_WORDS[request.outcome]
        words += ", auch mit Änderungen" if request.outcome is Outcome.BESCHLOSSEN else ""
        yield _filter(f"Ergebnis {'ein anderes als ' if request.negated else ''}{words}", decided)
    for words in vote_words(request.votes):
        yield _filter(words, replace(request, votes=NO_VOTES))
    if request.topic:
        yield _filter(RULE.format(request.topic), replace(request, topic="", topic_terms=()))


def _filter(text: str, without: ListRequest) -> Filter:
    return Filter(text, phrase_of(without))
