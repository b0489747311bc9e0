"""Questions for the words of a §: which one, of which statute, in which Fassung. Rules only."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understanding.question import Question
from ingest.expressions import Kind, find_expressions

_STATUTE = re.compile(
    r"\b(?:[A-ZÄÖÜ][\w-]*)?(?:[oO]rdnung|[sS]atzung|[rR]ichtlinie|[gG]esetz)(?:en|es|s|n)?\b|\b(?:GO|go)\b(?!\s+NR?W)"
)
_PAR = re.compile(r"\bpar(?:agr)?\.\s*(?=\d)", re.IGNORECASE)
_ASKS_TEXT = re.compile(
    r"\b(?:was|wie)\b.{0,40}\b(?:regelt|steht|besagt|sagt|bestimmt|heißt|lautet)\b|"
    r"\bwortlaut\b|\btext (?:von|des|zu)\b|\binhalt\b|^\W*(?:zeige?n?|nenne)\b|\bregelt\b|"
    r"\b(?:gilt|gelten|gültig|in\s+kraft|geändert|aufgehoben|geltende\w*)\b",
    re.IGNORECASE,
)
_FILLERS = frozenset(
    "der die das des dem den von vom in im nach aus bitte mir und zu für".split()  # noqa: SIM905
)
_OPENERS = frozenset(
    """
    Was Wie Zeige Nenne Wortlaut Inhalt Text Fassung Gilt Gelten Ist Sind Wurde Wurden Hat Haben
    Wann Ab Seit Bis Welche Welcher Kraft
    """.split()  # noqa: SIM905
)
_SIGN = re.compile(r"§|Paragra(?:ph|f)", re.IGNORECASE)
_ABBREVIATED = re.compile(
    r"\s*(?:de[rsm]\s+|im\s+)?(?P<name>[A-ZÄÖÜ][a-zäöü]*(?:-?[A-ZÄÖÜ][a-zäöü]*)+(?:\s+(?:[IVX]+|NR?W)\b)?)"
)
"""A law by its short name behind the §: "§ 4 BauGB", "§ 2 LVerbO"."""
_OWNER = re.compile(
    r"\s+(?:de[rs]|für|von|vom)\s+(?P<words>(?:(?:die|das|den|der|des)\s+)?[A-ZÄÖÜ]\w+(?:\s+[A-ZÄÖÜ]\w+)*)"
)
_SHORT = {"GO": "Geschäftsordnung"}


@dataclass(frozen=True, slots=True)
class NormRequest:
    """A place in a statute, as asked for; `name` is "" where no statute is named.

    `paragraph` is "8" or "7a"; `year` is that of the Fassung; `topics` are the other nouns of the
    question; `owner` is whose statute it is said to be.
    """

    paragraph: str
    absatz: str
    name: str
    year: int | None
    topics: tuple[str, ...] = ()
    owner: str = ""

    def __str__(self) -> str:
        absatz = f" Abs. {self.absatz}" if self.absatz else ""
        return f"§ {self.paragraph}{absatz}"


def read_norm_request(question: Question) -> NormRequest | None:
    """The § whose words are asked for; None where something else is asked."""
    text = _PAR.sub("§ ", question.text)
    norms = [e for e in find_expressions(text) if e.kind is Kind.NORM]
    if len(norms) != 1 or question.numbers or not _SIGN.match(norms[0].span.cut(text)):
        return None
    named = _STATUTE.search(text)
    short = None if named else _ABBREVIATED.match(text, norms[0].span.end)
    rest = text[: norms[0].span.start] + " " + text[norms[0].span.end :]
    left = [w for w in re.findall(r"\w+", _STATUTE.sub(" ", rest)) if w.lower() not in _FILLERS]
    years = [int(e.value) for e in question.expressions if e.kind is Kind.YEAR]
    if not _ASKS_TEXT.search(text) and [w for w in left if not w.isdigit()]:
        return None
    owner = _OWNER.match(text, named.end()) if named else None
    paragraph, _, rest_of_norm = norms[0].value.partition("/")
    name = _SHORT.get(named[0].upper(), named[0]) if named else short["name"] if short else ""
    return NormRequest(
        paragraph=paragraph.lower(),
        absatz=rest_of_norm.partition("/")[0],
        name=name,
        year=years[0] if years else None,
        topics=tuple(w for w in left if w[0].isupper() and w not in _OPENERS),
        owner=owner["words"] if owner else "",
    )
