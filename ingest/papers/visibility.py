"""What a paper says about its own publicity. Silence means closed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.types import Reading, Schutzstufe, Section, Span

_CLOSED = re.compile(r"\bnicht[\s-]*öffentlich", re.IGNORECASE)
_BOTH = re.compile(
    r"\böffentliche[nrs]?\s*(?:Teil\s*)?(?:und|/|sowie|u\.)\s*(?:die |der )?"
    r"nicht[\s-]*öffentliche[nrs]?\b",
    re.IGNORECASE,
)
_DECLARED = re.compile(
    r"^[ \t]*(?P<alone>öffentlich)[ \t]*$"
    r"|(?:^|[·|\t(;,–-])[ \t]*(?P<cell>öffentlich)[ \t]*(?=$|[·|\t);,–-])"
    r"|\b(?:status|öffentlichkeitsstatus|beratungsart|öffentlichkeit)[ \t]*:[ \t]*"
    r"(?P<status>öffentlich|ö)\b"
    r"|\b(?:in|der|die|einer|eine) (?:\d+\. )?(?P<sitting>öffentliche[rn]?)(?= (?:\d+\. )?"
    r"(?:[\w-]*sitzung|beratung))"
    r"|^[ \t]*(?:\w+ ){0,3}(?P<kind>öffentliche[rs]?)(?= (?:\d+\. )?[\w-]*(?:vorlage"
    r"|sitzung|antrag|"
    r"niederschrift|protokoll|bekanntmachung)\b)",
    re.IGNORECASE | re.MULTILINE,
)
# Of the statute itself: not of the law it rests on, and not "… tritt am Tag nach ihrer
# Bekanntmachung in Kraft", which announces a publication and is none.
_PUBLISHED = re.compile(
    r"\b(?:diese|die|der|das)\s+(?:vorstehende[nrs]?\s+|obige[nrs]?\s+)?[\w-]*(?:satzung|richtlinien?"
    r"|ordnung)\s(?:[^.;\n]{0,80}\s)?(?:wird|wurde|ist)\s(?:(?!nicht\b)[^.;\n]){0,80}"
    r"(?:bekannt\s?(?:gemacht|gegeben)|veröffentlicht|verkündet)\b"
    r"|^[ \t]*(?:Bekanntmachungsanordnung|(?:Öffentliche )?Bekanntmachung der [^\n]{3,80})[ \t]*$"
    r"|^[ \t]*(?:Veröffentlicht|Bekannt\s?gemacht|Verkündet)(?: am [^\n]{6,20})?"
    r"(?: im [\w-]*(?:blatt|Anzeiger)\b[^\n]{0,80})"
    r"|^[ \t]*Amtsblatt\b[^\n]{0,60}\bNr\.? ?\d+",
    re.IGNORECASE | re.MULTILINE,
)
_PART = re.compile(
    r"(?:[A-Z]{1,3}|\d{1,2})?[.)]?\s*(?:fortsetzung des |wiederaufnahme des )?"
    r"(?P<closed>nicht[\s-]*)?öffentliche[rns]?\s+(?:teil|sitzung|tagesordnung"
    r"|sitzungsteil|beratung)"
    r"s?(?:\s*\(fortsetzung\))?\s*:?",
    re.IGNORECASE,
)
_EXCLUSION = re.compile(
    r"\böffentlichkeit\b[^.]{0,60}\b(?:wird|wurde|ist|war)\b[^.]{0,60}\bausgeschlossen"
    r"|\b(?:wird|wurde|ist)\b[^.]{0,30}\böffentlichkeit\b[^.]{0,60}\bausgeschlossen",
    re.IGNORECASE,
)
_RESTORED = re.compile(r"\böffentlichkeit\b[^.]{0,80}\bwieder\s?hergestellt", re.IGNORECASE)


def read_declared(text: str, head_end: int, *, statute: bool = False) -> Reading[bool] | None:
    """What the head declares for the whole paper; None where it is silent or says both.

    A statute is public too where its text says that it was published.
    """
    head = _BOTH.sub(" ", text[:head_end])
    if head != text[:head_end]:
        return None  # the parts of such minutes say it, each for itself
    closed = _CLOSED.search(head)
    public = _DECLARED.search(_CLOSED.sub(lambda match: " " * len(match.group()), head))
    if closed and public:
        return None
    if closed:
        return Reading(False, Span(closed.start(), closed.end()))
    if public:
        group = next(name for name, value in public.groupdict().items() if value)
        return Reading(True, Span(public.start(group), public.end(group)))
    published = _PUBLISHED.search(text) if statute else None
    return Reading(True, Span(published.start(), published.end())) if published else None


def settle(declared: Reading[bool] | None, head: str, stated: bool | None) -> bool | None:
    """Whether a paper is public by what it declares and what is stated beside it.

    The stricter of both holds. A statement opens only what the head of the paper does not call
    closed in any way; None where both are silent.
    """
    if stated is False:
        return False
    if declared is not None:
        return declared.value
    return None if stated is None else not names_closed(head)


def part_visibility(line: str) -> Schutzstufe | None:
    """The level that a heading like "Nichtöffentlicher Teil" begins, or None for other lines."""
    match = _PART.fullmatch(line.split("\t")[0].strip())
    if match is None:
        return None
    return Schutzstufe.NICHTOEFFENTLICH if match["closed"] else Schutzstufe.OEFFENTLICH


def turns(line: str) -> Schutzstufe | None:
    """The level from this line on, where minutes report that the public left or came back."""
    if _RESTORED.search(line):
        return Schutzstufe.OEFFENTLICH
    if _EXCLUSION.search(line):
        return Schutzstufe.NICHTOEFFENTLICH
    return None


def names_closed(heading: str) -> bool:
    """Whether a heading itself says that what follows is not public."""
    return bool(_CLOSED.search(heading))


def file_visibility(sections: Iterable[Section]) -> Schutzstufe:
    """The level of a file as a whole: open as soon as one of its sections is."""
    if any(section.visibility is Schutzstufe.OEFFENTLICH for section in sections):
        return Schutzstufe.OEFFENTLICH
    return Schutzstufe.NICHTOEFFENTLICH
