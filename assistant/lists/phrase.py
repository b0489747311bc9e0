"""A list's filters as a question: what the next question may take up and change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from assistant.lists.request import ANTRAEGE, VORLAGEN, ListRequest, read_list_request
from assistant.lists.vote_question import Camp, Side
from assistant.today import today
from index.types import Outcome

KINDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("Anträge", ANTRAEGE),
    ("Vorlagen", VORLAGEN),
    ("Haushaltsanträge", frozenset({"Haushaltsantrag"})),
    ("Änderungsanträge", frozenset({"Änderungsantrag"})),
    ("Ergänzungsanträge", frozenset({"Ergänzungsantrag"})),
    ("Dringlichkeitsanträge", frozenset({"Dringlichkeitsantrag"})),
    ("Ergänzungsvorlagen", frozenset({"Ergänzungsvorlage"})),
    ("Mitteilungsvorlagen", frozenset({"Mitteilungsvorlage"})),
    ("Anfragen", frozenset({"Anfrage"})),
    ("Beantwortungen", frozenset({"Beantwortung"})),
    ("Resolutionen", frozenset({"Resolution"})),
    ("Niederschriften", frozenset({"Niederschrift"})),
    ("Einladungen", frozenset({"Einladung"})),
    ("Beschlusskontrollen", frozenset({"Beschlusskontrolle"})),
    ("Satzungen", frozenset({"Satzung", "Änderungssatzung"})),
    ("Richtlinien", frozenset({"Richtlinie"})),
    ("Geschäftsordnungen", frozenset({"Geschäftsordnung"})),
)
OUTCOME_WORDS = {
    Outcome.BESCHLOSSEN: "beschlossen",
    Outcome.GEAENDERT: "mit Änderungen beschlossen",
    Outcome.ABGELEHNT: "abgelehnt",
    Outcome.ZURUECKGEZOGEN: "zurückgezogen",
    Outcome.ABGESETZT: "abgesetzt",
    Outcome.VERTAGT: "vertagt",
    Outcome.VERWIESEN: "verwiesen",
    Outcome.KENNTNIS: "zur Kenntnis genommen",
}
_CAMPS = {
    Side.OVERRULED: "gegen die Stimmen der {}",
    Side.CARRYING: "mit den Stimmen der {}",
    Side.ABSTAINED: "bei Enthaltung der {}",
    Side.NO: "hat die {} dagegen gestimmt",
    Side.YES: "hat die {} dafür gestimmt",
}


def phrase_of(request: ListRequest) -> str:
    """The filters of a list as a question that is read into the same list; "" where none is.

    It is built from what was understood and holds none of the words that were typed, but those
    of the topic.
    """
    phrase = " ".join(" ".join(_parts(request)).split()).replace(" ,", ",")
    bodies = [request.gremium] if request.gremium else []
    again = read_list_request(phrase, lambda: bodies, today())
    return phrase if again is not None and _same(again, request) else ""


def _same(one: ListRequest, other: ListRequest) -> bool:
    return replace(one, art_words="", counting=False) == replace(
        other, art_words="", counting=False
    )


def _parts(request: ListRequest) -> Iterator[str]:
    yield "Alle"
    several = len(request.fraktionen) > 1
    if several and request.together:
        yield "gemeinsamen"
    yield ", ".join(kinds_of(request.arten))
    if request.fraktionen:
        yield "der " + (" und der " if request.together else " oder der ").join(request.fraktionen)
    if request.wahlperiode is not None:
        yield f", in der {request.wahlperiode}. Wahlperiode"
    if request.gremium:
        yield f", im {request.gremium}"
    yield _period(request.first, request.last)
    if request.undecided:
        yield ", ohne Ergebnis"
    elif request.outcome is not None:
        yield f", {'nicht ' if request.negated else ''}{OUTCOME_WORDS[request.outcome]}"
    yield from _vote(request)
    if request.topic:
        yield f", zum Thema {request.topic}"


def kinds_of(arten: frozenset[str]) -> list[str]:
    """The kinds of paper in the plural, the wider ones first; "Drucksachen" for all."""
    left, names = set(arten), []
    for name, kinds in KINDS:
        if kinds <= left:
            names.append(name)
            left -= kinds
    return names or ["Drucksachen"]


def _period(first: date | None, last: date | None) -> str:
    if first and last:
        return f", zwischen dem {first:%d.%m.%Y} und dem {last:%d.%m.%Y}"
    if first:
        return f", seit dem {first:%d.%m.%Y}"
    return f", bis zum {last:%d.%m.%Y}" if last else ""


def _vote(request: ListRequest) -> Iterator[str]:
    votes = request.votes
    if votes.unanimous is not None:
        yield f", {'' if votes.unanimous else 'nicht '}einstimmig"
    if votes.opposed is not None:
        yield f", {'mit' if votes.opposed else 'ohne'} Gegenstimmen"
    if votes.abstained is not None:
        yield f", {'mit' if votes.abstained else 'ohne'} Enthaltungen"
    yield from (f", {_camp(camp)}" for camp in votes.camps)


def _camp(camp: Camp) -> str:
    return _CAMPS[camp.side].format((" und " if camp.together else " oder ").join(camp.fraktionen))
