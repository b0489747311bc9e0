"""Cuts a sentence into statements, where each of them says by itself what it says there.

Only where that is sure: at a semicolon, between results that minutes print below each other, and
before "und" between two main clauses. What hangs on a condition or a bracket stays in one piece.
"""

from __future__ import annotations

import re

from ingest.sentences import split_sentences

# Minutes print results in a column; on one line they run into each other.
_RESULT = re.compile(
    r",?\s+(?=(?:Ja|Nein|Enthaltung(?:en)?):\s?\d)"
    r"|(?:(?<=beschlossen)|(?<=angenommen)|(?<=abgelehnt))\s+(?=(?:Einstimmig|Mehrheitlich)\b)"
    r"|(?<=[a-zäöüß])\s+(?=[A-ZÄÖÜ][a-zäöüß-]*(?:ausschuss|versammlung|kommission|beirat) "
    r"\d{2}\.\d{2}\.\d{4}:)"
)
_SEMICOLON = re.compile(r";\s+")
_AND = re.compile(r",\s+(?=und\s+(?:der|die|das|es|sie|er|wir|[A-ZÄÖÜ][a-zäöüß]+)\s)")
_HANGING = re.compile(
    r"\b(?:wenn|falls|sofern|soweit|solange|sobald|ob|dass|daß|weil|da|obwohl|damit|während|nachdem|"
    r"bevor|ehe|bis|wie|indem|sodass)\b",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:ist|sind|war|waren|wäre|wären|sei|seien|hat|haben|hatte|hatten|habe|hätte|hätten|wird|"
    r"werden|werde|wurde|wurden|würde|würden|soll|sollen|solle|sollte|sollten|kann|können|könne|"
    r"konnte|konnten|muss|müssen|müsse|musste|mussten|darf|dürfen|dürfe|durfte|durften|will|"
    r"wollen|wolle|wollte|wollten)\b"
)
_MAY_END = re.compile(r"(?:,|;)\s+(?=(?:und|aber|doch|jedoch|denn)\s)")
_COMMA = re.compile(r",\s")


def statements(text: str) -> list[str]:
    """The statements of one or more sentences, in order, each in the words of the text."""
    found: list[str] = []
    for span in split_sentences(text):
        for piece in _RESULT.split(span.cut(text)):
            found += _at_semicolons(piece)
    return found


def _at_semicolons(text: str) -> list[str]:
    pieces: list[str] = []
    start = 0
    for match in _SEMICOLON.finditer(text):
        before, behind = text[start : match.start()], text[match.end() :]
        if ":" not in before and _is_statement(before) and _is_statement(behind.split(";")[0], 1):
            pieces.append(before)
            start = match.end()
    pieces.append(text[start:])
    return [part for piece in pieces for part in _at_and(piece)]


def _at_and(text: str) -> list[str]:
    """Two main clauses, where the only comma of the sentence is the one between them."""
    match = _AND.search(text)
    if match is None or len(_COMMA.findall(text)) != 1 or ":" in text or _HANGING.search(text):
        return [text]
    first, second = text[: match.start()], text[match.end() :]
    whole = _is_statement(first) and _is_statement(second)
    return [first, second] if whole else [text]


def _is_statement(text: str, verbs: int = 0) -> bool:
    """Whether no bracket or quotation is open and at least so many verbs are seen to be there.

    "Verkauft werden nicht: Häuser; Grundstücke" is an enumeration, whose second part says nothing.
    """
    closed = text.count("(") == text.count(")") and text.count("„") == text.count("“")
    return closed and len(_FINITE.findall(text)) >= verbs


def further_cuts(statement: str) -> list[str]:
    """A statement cut wherever whoever writes the sentences anew may end one.

    The part behind has a verb of its own, and nothing before it sets a condition or reports.
    """
    pieces: list[str] = []
    start = 0
    for match in _MAY_END.finditer(statement):
        before, behind = statement[start : match.start()], statement[match.end() :]
        hangs = ":" in statement[: match.start()] or _HANGING.search(statement[: match.start()])
        if not hangs and _is_statement(before) and _is_statement(behind, 1):
            pieces.append(before)
            start = match.end()
    return [*pieces, statement[start:]]
