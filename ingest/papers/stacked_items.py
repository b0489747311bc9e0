"""Items of minutes that are called up together: several headings, one debate, one record.

Punkt 14: Rahmenplan                   Vorlage: 2019/0211
Punkt 14.1: Rahmenplan                 Änderungsantrag: GRÜNE, Vorlage: 2019/0211/1
Beschluss: …
Abstimmungsergebnis:
Beschlussvorlage: zugestimmt            ← of 14
Änderungsantrag GRÜNE: abgelehnt        ← of 14.1
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.types import Section, SectionKind
from ingest.papers.fraktionen import normalise_fraktion, split_fraktionen

_MAX_LINES = 8
_MAX_LINE = 200
_NUMBERED = re.compile(r"(?:TOP|Punkt|Pkt\.?|zu)\s*(?P<nr>\d{1,2}(?:\.\d{1,2})*)", re.IGNORECASE)
_CHANGE = re.compile(r"(?P<kind>Änderungs|Ergänzungs|Zusatz|Erweiterungs)antr[aä]g")
_MOTION = re.compile(r"\b(?:Antrag|Anfrage)\b")
_MOVER = re.compile(
    r"(?:antrag|antrags|anträge)\b[ \t]*(?:der|des|von|:)?[ \t]*(?P<who>[^\n:(]{2,80})",
    re.IGNORECASE,
)


def items_called_with(text: str, sections: Sequence[Section], index: int) -> tuple[Section, ...]:
    """The item at `index` behind those directly above it that have no words of their own."""
    found = [sections[index]]
    first = _number(sections[index]).split(".")[0]
    for above in reversed(sections[:index]):
        if above.kind is not SectionKind.TOP or _number(above).split(".")[0] != first:
            break
        between = text[above.heading.end : found[0].span.start]
        lines = [line.strip() for line in between.splitlines() if line.strip()]
        if len(lines) > _MAX_LINES or any(
            len(line) > _MAX_LINE or line.endswith((".", "!", "?")) for line in lines
        ):
            break
        found.insert(0, above)
    return tuple(found)


def item_of(text: str, items: Sequence[Section], label: str) -> Section:
    """Which of several items a vote is about, by what its record calls its subject."""
    named = _NUMBERED.match(label)
    if named:
        return next((item for item in items if _number(item) == named["nr"]), items[0])
    change = _CHANGE.search(label)
    if change or (_MOTION.search(label) and _movers(label)):
        kind = change.group() if change else "ntrag"
        movers = _movers(label)
        fitting = [item for item in items if kind in _front(text, items, item)]
        ours = [item for item in fitting if movers and movers <= _movers(_front(text, items, item))]
        if ours or len(fitting) == 1:
            return (ours or fitting)[0]
    return items[0]


def _number(section: Section) -> str:
    words = section.title.split(" ", 2)
    return words[1] if len(words) > 1 else ""


def _front(text: str, items: Sequence[Section], item: Section) -> str:
    """The heading of an item with the lines below it."""
    starts = [other.span.start for other in items if other.span.start > item.span.start]
    end = min(starts, default=min(item.heading.end + 300, item.span.end))
    return text[item.heading.start : end].split("\nBeschluss")[0]


def _movers(words: str) -> set[str]:
    found: set[str] = set()
    for match in _MOVER.finditer(words):
        found |= {normalise_fraktion(name.value) for name in split_fraktionen(match["who"])}
    return found
