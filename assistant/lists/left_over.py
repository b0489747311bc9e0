"""What of a question for a list was not understood, and whether it has to be said.

Many questions begin like one for a list and ask for something else: "Welche Anträge muss die
Verwaltung ablehnen?", "Wie viele Anträge wurden beim Amt gestellt?". They stay open questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.lists.vote_question import speaks_of_votes
from assistant.lists.words import FILLERS, WORD

_NOT_ABOUT_PAPERS = re.compile(
    r"\b(?:werden|wird|muss|müssen|kann|können|darf|dürfen|soll(?:en|te|ten)?|will|wollen"
    r"|braucht|brauchen|benötigt|gelten|gilt|dieser|jener)\b",
    re.IGNORECASE,
)
_MERELY_ASKING = re.compile(r"^\W*(?:gibt|gab|wurden?|sind|ist)\b", re.IGNORECASE)
_COMMANDING = re.compile(
    r"^\W*(?:bitte\s+)?(?:alle|sämtliche|liste|eine|übersicht|aufstellung|zeig|nenn|gib|geben"
    r"|such|find|ich|wir)",
    re.IGNORECASE,
)
_SINGULAR = re.compile(
    r"(?:antrag|antrags|vorlage|anfrage|resolution|niederschrift|protokoll|einladung|kontrolle)\Z",
    re.IGNORECASE,
)
# What citizens and firms hand in or write bears the same name.
_OTHERS_TOO = re.compile(r"\A(?:antr[aä]g|anfrage|protokoll)", re.IGNORECASE)
_RULES_AND_SUCH = re.compile(
    r"\A(?:(?:änderungs)?satzung|richtlinie|geschäftsordnung|drucksache|dokument|papier|unterlage"
    r"|einladung|tagesordnung)",
    re.IGNORECASE,
)
_BODY = re.compile(r"\w*(?:ausschuss|ausschusses|versammlung|kommission|beirat)\b", re.IGNORECASE)
_ADJECTIVE = re.compile(r"[a-zäöü]{3,}(?:e|en|er)")
_BEFORE = frozenset("die der das den dem alle aller sämtliche sämtlichen mir uns bitte".split())  # noqa: SIM905
NO_BESCHLUESSE = (
    "Keine Liste: Beschlüsse werden nicht für sich gezählt. Gezählt werden die Drucksachen, über "
    "die beschlossen wurde, etwa: „Welche Drucksachen wurden einstimmig beschlossen?“"
)
_FILTERS = (
    "Filter gibt es für Art, Antragsteller, Wahlperiode, Zeitraum, Gremium, Ergebnis, Abstimmung "
    "(„einstimmig“, „mehrheitlich“, „mit Gegenstimmen“, „bei Enthaltungen“, „gegen die Stimmen der "
    "…-Fraktion“) und „zum Thema …“."
)


def not_understood(text: str, left: str) -> str:
    """The sentence that says which words were not understood; `left` is `text` with gaps."""
    pieces = list(_pieces(text, left))
    quoted = ", ".join(f"„{piece}“" for piece in pieces)
    if not pieces:
        return ""
    return f"Keine Liste: {quoted} wurde nicht verstanden. {_FILTERS}"


def _pieces(text: str, left: str) -> Iterator[str]:
    """Runs of words left over, with the fillers between two of them, as typed."""
    start = end = -1
    for match in WORD.finditer(left):
        if match[0].lower() in FILLERS:
            continue
        gap = left[end : match.start()] if end >= 0 else ""
        same_run = end >= 0 and gap == text[end : match.start()] and "," not in gap
        if not same_run:
            if end >= 0:
                yield text[start:end]
            start = match.start()
        end = match.end()
    if end >= 0:
        yield text[start:end]


def asks_for_papers(
    text: str,
    art: str,
    before: Sequence[str],
    *,
    left: str,
    restricted: bool,
    decided: bool,
    counting: bool,
) -> bool:
    """Whether a question with words left over plainly asks for a list of papers.

    Args:
        text: the question.
        art: its word for the kind of paper.
        before: the words left between its opening and that word.
        left: the question with gaps for what was understood.
        restricted: whether a Fraktion, a Gremium or a Wahlperiode was understood.
        decided: whether an outcome was understood.
        counting: whether it begins "Wie viele".
    """
    if _SINGULAR.search(art) or _NOT_ABOUT_PAPERS.search(text):
        return False
    if any(word.lower() not in _BEFORE and not _ADJECTIVE.fullmatch(word) for word in before):
        return False
    if speaks_of_votes(text):
        return True
    if (restricted or _BODY.search(left)) and not _RULES_AND_SUCH.match(art):
        return True
    if _MERELY_ASKING.search(text) or _RULES_AND_SUCH.match(art):
        return False
    if counting:
        return not _OTHERS_TOO.match(art)
    return decided or bool(_COMMANDING.search(text)) or not _OTHERS_TOO.match(art)
