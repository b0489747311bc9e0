"""What a question demands of the words that answer it: its names, its years, its kind of answer.

A question for an amount is answered by no sentence without one, a question about 2023 by no
passage that never speaks of that year. Decided without a model.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from assistant.finding.retriever import Searchable
from assistant.understanding.question import Question
from assistant.understanding.wanted import Wanted
from assistant.understanding.words import fraktionen_in
from index.compounds import is_known, is_listed, split
from index.german import analyse, terms
from index.types import Access, Span
from ingest.expressions import MONTHS, Kind, find_expressions
from ingest.papers.fraktionen import normalise_fraktion

RARE_SHARE = 0.03
"""A word in fewer of the passages than this is taken for particular to a matter."""
FEW_SHARE = 0.01
"""A thing that more passages than this speak of may be called otherwise in others. With 0.03, and
without the last parts of compounds, 43 instead of 40 of the 120 questions of the development set
that can be answered are left unanswered."""

_VOTE_WORDS = re.compile(
    r"\b(?:gegenstimme\w*|ja-?stimme\w*|nein-?stimme\w*|dagegen|dafür|enthaltung\w*|"
    r"einstimmig\w*|mehrheitlich|"
    r"mit den stimmen|gegen die stimmen?|stimmenmehrheit|ja:|nein:)",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?:Frau|Herrn?)\s+(?:Dr\.\s+|Prof\.\s+)*([A-ZÄÖÜ][\wäöüß]+)")
_CAPITALISED = re.compile(r"\b[A-ZÄÖÜ][\wäöüß]+")
_PLACE = re.compile(r"\b(?:in|aus|nach|bei|beim|Landschaftsverbands?)\s+([A-ZÄÖÜ][\wäöüß]{3,})")
_INSIDE = re.compile(r"\b(?:in|aus|nach|Landschaftsverbands?)\s+([A-ZÄÖÜ][\wäöüß]{3,})")
_APPOSITION = re.compile(r"(?<=[a-zäöüß] )[A-ZÄÖÜ][\wäöüß]+\s+(?=([A-ZÄÖÜ][\wäöüß]{3,}))")
_DEFINITE = re.compile(
    r"\b(?i:der|die|das|des|dem|den|vom|zum|zur|beim)\s+(?:[a-zäöüß]+e[nrsm]?\s+){0,2}"
    r"([A-ZÄÖÜ][\wäöüß]+(?:-[\wäöüß]+)*)"
)
_MEASURED = re.compile(
    r"\b(?i:wie\s+\w+|was|welches?)\s+(?i:ist|sind|war|waren|wird)\s+(?:der|die|das)\s+"
    r"(?:[a-zäöüß]+\s+){0,2}[A-ZÄÖÜ][\wäöüß-]+(?=\s+(?:für|de[rs]|vom?|in|im|an|am|bei|beim|je|pro|zu[mr]?)\b)"
)
_TIMES = frozenset([*MONTHS, "anfang", "mitte", "ende", "beginn", "sommer", "herbst", "winter"])
_PARTIES = frozenset(["CDU", "CSU", "SPD", "FDP", "BSW", "UWG", "ÖDP"])
_WHY = re.compile(
    r"\b(?:warum|weshalb|wieso|weswegen|wozu|aus welche[mn] (?:grund|gründen)|mit welcher "
    r"begründung)\b",
    re.IGNORECASE,
)
# Words before a figure that is a part of the whole, or comes on top of it.
_PART = re.compile(
    r"\b(?:weiter\w*|zusätzlich\w*|hinzu\w*|ferner|noch|um|davon|darunter|darin|hiervon|statt|"
    r"anstatt|anstelle|bisher\w*|ursprünglich\w*|früher\w*)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:]\s|[–—]\s|\.\s")
_NEAR = 40
_ENDING, _SHORTEST_BEGINNING = 2, 4
_SHARE = re.compile(r"\b(?:hälfte|drittel|viertel|fünftel|zehntel)\w*", re.IGNORECASE)
_MEASURE = re.compile(
    r"\b(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|halb|ganz|mehr)"
    r"(?:tägig|wöchig|monatig|jährig|stündig|malig|fach|mal)\w*|\b(?:einmal|jährlich|monatlich|täglich|"
    r"wöchentlich|halbjährlich|vierteljährlich|unbefristet)\w*|"
    r"\b(?:ein|eine|einen|einem|einer|eines)\s+(?:Jahr|Monat|Woche|Tag|Stunde|halbe\w*)\w*",
    re.IGNORECASE,
)
FIGURES = frozenset({Wanted.MONEY, Wanted.PERCENT, Wanted.NUMBER, Wanted.DATE})
"""What is wanted where a question asks for a figure or a day."""
_WANTED_KINDS: Mapping[Wanted, frozenset[Kind]] = {
    Wanted.MONEY: frozenset({Kind.MONEY}),
    Wanted.PERCENT: frozenset({Kind.PERCENT, Kind.NUMBER}),
    Wanted.NUMBER: frozenset({Kind.NUMBER, Kind.PERCENT, Kind.MONEY}),
    Wanted.DATE: frozenset({Kind.DATE, Kind.MONTH, Kind.YEAR}),
    Wanted.NORM: frozenset({Kind.NORM}),
}


def particular_words(parts: Searchable, question: str, access: Access) -> tuple[str, ...]:
    """What an answer has to speak of: names in the question and what it takes to be there.

    Names are unknown words, acronyms, people, places that few passages name.
    """
    own = {mandant.upper() for mandant in access.mandanten}
    named = dict.fromkeys(_PERSON.findall(question))
    for word in _CAPITALISED.findall(question):
        if normalise_fraktion(word) != word or word in _PARTIES:
            continue
        acronym = word.isupper() and 3 <= len(word) <= 6
        if word not in own and (acronym or (len(word) >= 4 and not is_known(word.casefold()))):
            named[word] = None
    for fraktion in fraktionen_in(question):
        if not any(parts.store.document_frequency(access, terms(fraktion)[:1]).values()):
            named[fraktion] = None
    for place in (*_PLACE.findall(question), *_APPOSITION.findall(question)):
        if place.lower() in _TIMES or is_known(place.casefold()):
            continue
        found = parts.store.document_frequency(access, terms(place)[:1])
        if max(found.values(), default=0) < RARE_SHARE * parts.store.status(access).passages:
            named[place] = None
    for place in (*_INSIDE.findall(question), *_APPOSITION.findall(question)):
        if is_listed(place.casefold()) or place.lower() in _TIMES:
            continue
        if not any(parts.store.document_frequency(access, terms(place)[:1]).values()):
            named[place] = None
    for thing in presupposed(question):
        if thing.lower() not in _TIMES and not fraktionen_in(thing) and thing not in own:
            found = parts.store.document_frequency(access, list(analyse(thing).words))
            if max(found.values(), default=0) < FEW_SHARE * parts.store.status(access).passages:
                named[thing] = None
    return tuple(named)


def presupposed(question: str) -> tuple[str, ...]:
    """The things that a question takes to be there: "das Depot", not "ein Depot", each once.

    What is measured of a thing ("wie hoch ist die Miete für das Depot") may be called otherwise.
    """
    return tuple(dict.fromkeys(_DEFINITE.findall(_MEASURED.sub("", question))))


def is_named(thing: str, held: AbstractSet[str]) -> bool:
    """Whether words hold a thing: itself or, of a compound, each of its parts in some form.

    Args:
        thing: as it stands in the question; of one with a hyphen a piece will do.
        held: the terms of the words, see `index.german`.
    """
    if set(analyse(thing).words) & held:
        return True
    pieces = split(thing.casefold())
    return bool(pieces) and all(_holds_form(piece, held) for piece in pieces)


def _holds_form(piece: str, held: AbstractSet[str]) -> bool:
    """Whether terms hold a word or one that differs from it only at the end: Museum, Museen."""
    return any(
        term == word
        or (
            abs(len(term) - len(word)) <= _ENDING
            and term.startswith(word[: max(len(word) - _ENDING, _SHORTEST_BEGINNING)])
        )
        for word in analyse(piece).words
        for term in held
    )


def asks_why(question: Question) -> bool:
    """Whether a question asks for a reason, which no record of an outcome gives."""
    return bool(_WHY.search(question.text))


def meets(question: Question, wanted: Wanted, text: str) -> bool:
    """Whether `text` holds what is wanted, of the one of whom it is wanted.

    How somebody voted stands only in a sentence that names them.
    """
    if not carries(wanted, text):
        return False
    if wanted is not Wanted.VOTE:
        return True
    voters = set(_PERSON.findall(question.text))
    return all(re.search(rf"\b{re.escape(voter)}", text) for voter in voters)


def tells_only_a_part(question: Question, text: str) -> bool:
    """Whether each wanted figure of a sentence is a part of, or an addition to, the one asked for.

    "Hinzu kommen 15 Testpersonen" does not say how many there are.
    """
    kinds = frozenset[Kind]().union(*(_WANTED_KINDS.get(w, frozenset()) for w in question.wanted))
    figures = [e for e in find_expressions(text) if e.kind in kinds]
    if not FIGURES & set(question.wanted) or _PART.search(question.text):
        return False
    return bool(figures) and all(_PART.search(_clause_before(text, e.span)) for e in figures)


def _clause_before(text: str, figure: Span) -> str:
    """The words in front of a figure, as far as they belong to its clause and lie near."""
    return _CLAUSE_END.split(text[max(0, figure.start - _NEAR) : figure.start])[-1]


def carries(wanted: Wanted, text: str) -> bool:
    """Whether `text` holds an expression of the kind that the question wants."""
    if wanted is Wanted.VOTE:
        return bool(_VOTE_WORDS.search(text))
    if wanted is Wanted.NUMBER and (_MEASURE.search(text) or _SHARE.search(text)):
        return True
    if wanted is Wanted.PERCENT and _SHARE.search(text):
        return True
    kinds = _WANTED_KINDS.get(wanted)
    return kinds is None or any(e.kind in kinds for e in find_expressions(text))


def unnamed(
    question: Question, particular: Sequence[str], around: str, said: str = ""
) -> list[str]:
    """The names, years, days and norms of the question that `around` does not speak of.

    Of a compound the last part will do in `said`, the sentence itself: "die Sammlung" for the
    "Spielzeugsammlung". Further away such a part stands by chance.
    """
    held, spoken = set(terms(around)), set(terms(said))
    missing = [
        word
        for word in particular
        if not is_named(word, held)
        and not any(_holds_form(piece, spoken) for piece in split(word.casefold())[-1:])
    ]
    values = [e.value for e in find_expressions(around)]
    for expression in question.expressions:
        value = expression.value
        if expression.kind not in (Kind.NUMBER, Kind.PERCENT, Kind.MONEY) and not any(
            v == value or v.startswith((value + "-", value + "/")) for v in values
        ):
            missing.append(expression.span.cut(question.text).strip())
    return missing
