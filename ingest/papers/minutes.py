"""What a Niederschrift records: the Beschluss and vote of each TOP, and the papers it concerns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from index.types import (
    Drucksachennummer,
    Schutzstufe,
    Section,
    SectionKind,
    Span,
    TopBeschluss,
)
from ingest.expressions import find_references
from ingest.papers.decisions import (
    ITEM_ITSELF,
    ITEM_WHOLLY,
    Decision,
    read_decisions,
)
from ingest.papers.fraktionen import is_known_fraktion, split_fraktionen
from ingest.papers.stacked_items import item_of, items_called_with
from ingest.papers.told import MAX_VOTE

_PAPER_LINE = re.compile(
    r"(?:Vorlage|Drucksache|Antrag|Anfrage|DS\b|Drs|\(|hier:|[\w-]+(?:vorlage|antrag)\b)"
)
_IN_BRACKETS = re.compile(r"\((?:DS|Drs|Drucksache|Vorlage|Antrag|Anfrage)\b")
_PART_OF_ITEM = re.compile(
    r"(?:[Zz]u )?[a-h]\)|(?:Punkt|Ziffer|Ziff\.|Nr\.|Nummer|Abs(?:atz|\.)|Teil|Buchstabe)(?!\w)"
)
_TO_VOTE = re.compile(
    r"[^.\n]*(?:Nr\.[^.\n]*)*(?:\bzur (?:Ab|Schluss)stimmung\b|\babgestimmt\b|\bAbstimmung über\b)"
    r"[^.\n]*"
)
# "Änderungsantrag zum Antrag Nr. 15/211" is not the Antrag.
_CHANGES = re.compile(
    r"(?:Änderungs|Ergänzungs)antr\w+\s+(?:de[rs] [^\n]{0,40} )?(?:zu[mr]?|auf)\s+\Z"
)
_NEXT_ITEM = re.compile(r"(?:zu )?(?:TOP|Punkt|Pkt\.?|Tagesordnungspunkt)\s*(?:[ÖN] ?)?\d", re.I)
_NAMES = re.compile(r"(?:[A-ZÄÖÜ][\w|/.-]*(?:\s+(?!Nr)|\Z)){1,4}")
# "Finanzbericht Nr. 2/2019" is no paper of the council.
_REPORT = re.compile(r"(?<!age )(?<!rag )(?<!DS )\bNr\.\s*\Z")
_MAX_PAPER_LINE = 160
_MAX_FRONT_LINES = 6


def read_beschluesse(
    text: str, sections: Sequence[Section], gremium: str = ""
) -> tuple[TopBeschluss, ...]:
    """What each TOP records, in order. A TOP that records nothing gives no entry.

    Several votes under one TOP (an Änderungsantrag, then the motion) give an entry each; a vote
    on the item above, recorded under the item below, counts for the item above.
    `gremium` is the body whose minutes these are.
    """
    found: list[TopBeschluss] = []
    for index, section in enumerate(sections):
        if section.kind is not SectionKind.TOP:
            continue
        above = _item_above(sections, index)
        end = section.heading.end
        together = items_called_with(text, sections, index)
        decisions = list(
            read_decisions(
                text, _without_items_below(sections, index), _own_sections(sections, index), gremium
            )
        )
        places = Counter(item_of(text, together, made.subject).span for made in decisions)
        for made in decisions:
            item, subject = section, made.subject
            if len(together) > 1:
                item, subject = _of_those(text, together, subject)
                if places[item.span] > 1:
                    subject = made.subject  # several motions under one item
            elif above and _puts_to_vote(text[end : made.start], _papers(text, above)):
                item, subject = above, ""
            end = made.end
            found.append(_entry(text, item, subject, made, section.visibility))
    return tuple(found)


def _of_those(text: str, items: Sequence[Section], subject: str) -> tuple[Section, str]:
    """The item that a vote is about, where several were called up together, and its subject."""
    item = item_of(text, items, subject)
    if subject and item is not items[0]:
        return item, ""
    if item is items[0] and not _papers(text, item):
        item = next((other for other in items if _papers(text, other)), item)
    return item, subject


def _entry(
    text: str, item: Section, subject: str, made: Decision, visibility: Schutzstufe
) -> TopBeschluss:
    top, titel = _top_and_title(item)
    papers = _papers(text, item)
    named = tuple(dict.fromkeys(r.number for r in find_references(subject)))
    if named and set(named) <= set(papers):
        papers, subject = named, ""
    elif (
        re.fullmatch(rf"(?:TOP|Punkt|Pkt\.?|[Zz]u)\s*{re.escape(top)}", subject)
        or ITEM_WHOLLY.fullmatch(subject)
        or (ITEM_ITSELF.match(subject) and not _movers_named(subject))
    ):
        subject = ""
    elif subject and not _PART_OF_ITEM.match(subject):
        papers = named
    return TopBeschluss(top, titel, papers, made.span, made.ergebnis, visibility, subject)


def _movers_named(subject: str) -> bool:
    """Whether a subject names its mover: "Antrag SPD" is one of several motions."""
    rest = re.sub(r"\A\w+[ :]*", "", subject)
    if _NAMES.fullmatch(rest):
        return True
    return any(is_known_fraktion(name.value) for name in split_fraktionen(rest))


def _item_above(sections: Sequence[Section], index: int) -> Section | None:
    inner = sections[index].span
    tops = (s for s in sections[:index] if s.kind is SectionKind.TOP and s.span.contains(inner))
    return next(reversed(list(tops)), None)


def _puts_to_vote(words: str, papers: Sequence[Drucksachennummer]) -> bool:
    """Whether the chair, in the last words before a vote, puts one of these papers to it."""
    sentences = list(_TO_VOTE.finditer(words[-MAX_VOTE:]))
    if not sentences:
        return False
    named = [r.number for r in find_references(sentences[-1].group())]
    return any(n in papers for n in named) or (
        not named and re.search(r"[Hh]auptantrag", sentences[-1].group()) is not None
    )


def _own_sections(sections: Sequence[Section], index: int) -> list[Section]:
    """The sections within a TOP that do not belong to a TOP below it."""
    outer = sections[index]
    inner = [s for s in sections[index + 1 :] if outer.span.contains(s.span)]
    tops = [s for s in inner if s.kind is SectionKind.TOP]
    return [s for s in inner if not any(top.span.contains(s.span) for top in tops)]


def _without_items_below(sections: Sequence[Section], index: int) -> Section:
    """A TOP up to the first TOP that lies in it."""
    outer = sections[index]
    for section in sections[index + 1 :]:
        if not outer.span.contains(section.span):
            break
        if section.kind is SectionKind.TOP:
            return replace(outer, span=Span(outer.span.start, section.span.start))
    return outer


def _top_and_title(section: Section) -> tuple[str, str]:
    words = section.title.split(" ", 2)
    number = words[1] if len(words) > 1 else ""
    return number, words[2] if len(words) > 2 else ""


def _papers(text: str, section: Section) -> tuple[Drucksachennummer, ...]:
    """The numbers in the heading of a TOP and in the lines that name its papers."""
    words = section.heading.cut(text)
    behind = text[section.heading.end : section.span.end]
    for count, match in enumerate(re.finditer(r"\s*\n\s*([^\n]+)", behind)):
        line = match[1].strip()
        if _NEXT_ITEM.match(line):
            break
        if _PAPER_LINE.match(line) or _IN_BRACKETS.search(line):
            words += f"\n{line}" if len(line) <= _MAX_PAPER_LINE else ""
        elif count >= _MAX_FRONT_LINES or not _goes_on_title(line):
            break
    numbers = (
        r.number
        for r in find_references(words)
        if not _CHANGES.search(words[: r.span.start])
        and not (r.label is None and _REPORT.search(words[: r.span.start]))
    )
    return tuple(dict.fromkeys(numbers))


def _goes_on_title(line: str) -> bool:
    """Whether a line below the heading is still a part of it: a long title, who moves."""
    return len(line) <= _MAX_PAPER_LINE and not line.endswith((".", ":", "!", "?"))
