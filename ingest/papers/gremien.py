"""The body whose sitting it is, by name, and the number of the sitting."""

from __future__ import annotations

import re

from index.types import (
    Reading,
    Span,
)

BODY = (
    r"(?:[A-ZÄÖÜ][\w-]*(?:ausschu(?:ss|ß)|rat|versammlung|kommission|vorstand|tag"
    r"|vertretung|beirat)"
    r"(?:e?s)?\b|Rat(?:e?s)?\b|Ausschu(?:ss|ß)(?:es)?\b|Kommission\b|Beirat(?:e?s)?\b)"
)
_SITTING = re.compile(
    r"(?P<nr>(?:\d{1,3}|[IVX]+)\.)?\s*(?P<how>(?:(?:nicht)?öffentliche[rn]?"
    r"|gemeinsame[rn]?|außerordentliche[rn]?|"
    r"konstituierende[rn]?|ordentliche[rn]?"
    r"|und)\s+)*(?P<word>[A-ZÄÖÜ]?[a-zäöü]*[Ss]itzung)\s+(?:(?:des|der)\s+)?"
    r"(?P<gremium>[A-ZÄÖÜ](?:[^\n(]|\n+(?=(?:und|für|sowie|zur|zum|des|der(?!\s+\d))\s))*?)"
    r"(?=\s+der\s+\d+\.\s+Wahlperiode|\s+(?:am|vom|um|\d|statt|findet|tritt|lädt|–|-)\s*|\s*,\s*(?:den|dem|am|vom|\d|im|in|um)\b"
    r"|\s+[A-ZÄÖÜ]\w+(?:, \w+)?:\s|\s*[(\n·|]|\s*\Z)",
)
_SITTING_NUMBER = re.compile(
    r"(?<![\d.])(?P<nr>\d{1,3})\.\s+(?:\w+\s+)?[A-ZÄÖÜ]?[a-zäöü]*[Ss]itzung\b"
)
_BODY_LINE = re.compile(rf"^[ \t]*(?P<gremium>{BODY}[^\n:.]{{0,80}})$", re.MULTILINE)
_PLACE = re.compile(
    r"\s(?:im|in)\s.*(?:haus|saal|raum|zimmer|aula|straße|gebäude|schule)\b.*\Z", re.I
)
_GENITIVE = re.compile(
    r"\A(?:(?P<adjective>[A-ZÄÖÜ][a-zäöü-]+)en\s+)?(?P<word>[\w-]*?(?:ausschuss|ausschuß"
    r"|rat|vorstand|tag|beirat))"
    r"(?:es|s|ses)\b",
    re.IGNORECASE,
)


def read_sitting(text: str, end: int) -> tuple[Reading[str] | None, Reading[str] | None]:
    """The body and the number of its sitting ("19.") that the head before `end` names."""
    head = text[:end]
    match = _SITTING.search(head)
    gremium: Reading[str] | None = None
    number: Reading[str] | None = None
    if match:
        gremium = _body(head, match.start("gremium"), match.end("gremium"))
        if match["nr"]:
            number = Reading(match["nr"].rstrip("."), Span(match.start("nr"), match.end("nr") - 1))
    else:
        line = _BODY_LINE.search(head)
        if line:
            gremium = _body(head, line.start("gremium"), line.end("gremium"))
    if number is None:
        alone = _SITTING_NUMBER.search(head)
        if alone:
            number = Reading(alone["nr"], Span(alone.start("nr"), alone.end("nr")))
    return gremium, number


def gremium_name(words: str) -> str:
    """The name of a body in the nominative: "Landschaftsausschusses" is "Landschaftsausschuss"."""
    words = " ".join(words.split())
    match = _GENITIVE.match(words)
    if match is None:
        return words
    before = f"{match['adjective']}er " if match["adjective"] else ""
    return before + match["word"] + words[match.end() :]


def _body(text: str, start: int, end: int) -> Reading[str]:
    words = _PLACE.sub("", text[start:end]).rstrip(" ,;")
    return Reading(gremium_name(words), Span(start, start + len(words)))
