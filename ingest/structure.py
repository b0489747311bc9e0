"""The sections of a paper: what an official cites by name, and who may see each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.types import Schutzstufe, Section, SectionKind, Span
from ingest.beratungsfolge import find_rows
from ingest.canonical import PlacedBlock
from ingest.headings import Heading, Line, Rank, find_headings, read_lines
from ingest.profile import Profile, detect_profile
from ingest.visibility import names_closed, read_declared

_OPEN = Schutzstufe.OEFFENTLICH
_CLOSED = Schutzstufe.NICHTOEFFENTLICH
_SIGNS = re.compile(
    r"(?:gez\.|i\. ?[VA]\.|In Vertretung|Im Auftrag|Mit freundlichen Grüßen|Hochachtungsvoll|"
    r"Unterschrift(?:en)?\b|Für die [\w-]*[Ff]raktion|Der (?:Direktor|Vorsitzende|Bürgermeister|"
    r"Landrat|Oberbürgermeister)|Die (?:Direktorin|Vorsitzende|Bürgermeisterin|Landrätin|"
    r"Oberbürgermeisterin)|(?:Stellv\. )?(?:Vorsitzende[r]?|Schriftführer(?:in)?"
    r"|Protokollführer(?:in)?"
    r"|(?:Ober)?[Bb]ürgermeister(?:in)?|Landesdirektor(?:in)?|Fraktionsvorsitzende[r]?|Ausschuss"
    r"vorsitzende[r]?|Schriftführung|Vorsitz|Sprecher(?:in)?)\b)"
)
_NAME = re.compile(
    r"(?:(?:Dr|Prof|Dipl|med|jur|h\. ?c)\.(?:-Ing\.)?\s*|(?:Frau|Herr)\s+)*"
    r"[A-ZÄÖÜ][\w’'-]+\.?(?:\s+(?:von|van|de|der|zu|zur|vom|[A-ZÄÖÜ]\.|[A-ZÄÖÜ][\w’'-]+)){1,3}"
    r"(?:\s*\([\w\s-]{1,20}\)|,\s*MdL)?"
)
_MAX_SIGNATURE_LINES = 10


def read_sections(
    text: str, blocks: Sequence[PlacedBlock] = (), profile: Profile | None = None
) -> tuple[Section, ...]:
    """The sections in order of the text, a parent before what lies in it.

    Together the sections of level 1 cover everything but white space. A text in which nothing
    opens a section is one section of kind TEXT.

    Args:
        text: canonical text.
        blocks: what the parser said about the lines; without them only known headings count.
        profile: words of the source system; found by the text itself where it is None.
    """
    if not text.strip():
        return ()
    profile = profile or detect_profile(text)
    lines = read_lines(text, blocks)
    headings = find_headings(text, lines, profile)
    headings = _with_signature(lines, headings)
    head_end = headings[0].span.start if headings else len(text)
    declared = read_declared(text, min(head_end, 4000))
    stufe = _OPEN if declared and declared.value else _CLOSED
    shut = declared is not None and not declared.value
    sections: list[Section] = []
    if not headings:
        end = len(text.rstrip())
        return (Section(SectionKind.TEXT, "", 1, Span(0, end), Span(0, 0), stufe),)
    if text[:head_end].strip():
        sections += _head(text, head_end, stufe, profile)
    sections += _nest(text, headings, stufe)
    if shut:
        sections = [replace(section, visibility=_CLOSED) for section in sections]
    return tuple(sections)


def sections_at(sections: Sequence[Section], span: Span) -> tuple[Section, ...]:
    """The sections that `span` lies in, outermost first."""
    return tuple(section for section in sections if section.span.contains(span))


def _head(text: str, end: int, stufe: Schutzstufe, profile: Profile) -> list[Section]:
    start = len(text) - len(text.lstrip())
    span = Span(start, len(text[:end].rstrip()))
    found = [Section(SectionKind.KOPF, "Kopf", 1, span, Span(start, start), stufe)]
    rows = find_rows(text, end, profile)
    if rows:
        covered = Span(rows[0].span.start, rows[-1].span.end)
        found.append(
            Section(
                SectionKind.BERATUNGSFOLGE,
                "Beratungsfolge",
                2,
                covered,
                Span(covered.start, covered.start),
                stufe,
            )
        )
    return found


@dataclass(slots=True)
class _Opened:
    heading: Heading
    level: int
    visibility: Schutzstufe
    end: int


def _nest(text: str, headings: Sequence[Heading], stufe: Schutzstufe) -> list[Section]:
    """Turns headings into sections: each runs to the next heading that is not below it."""
    by_number = _agenda_levels(headings, stufe)
    opened: list[_Opened] = []
    stack: list[_Opened] = []
    agenda_open = False
    for position, heading in enumerate(headings):
        if agenda_open and heading.kind is SectionKind.TOP and not heading.agenda:
            # The agenda is over; a part that it opened does not reach into the minutes proper.
            if not _part_since_agenda(headings, position):
                _close(text, stack, -1, heading.span.start)
            agenda_open = False
        agenda_open = agenda_open or heading.agenda
        _close(text, stack, heading.rank, heading.span.start)
        around = stack[-1].visibility if stack else stufe
        visibility = heading.visibility or around
        if heading.kind is SectionKind.TOP and not stack and heading.visibility is None:
            visibility = by_number.get(heading.number.split(".")[0], stufe)
        if names_closed(heading.title) or (
            heading.rank != Rank.PART and around is _CLOSED and stack
        ):
            visibility = _CLOSED
        if heading.kind is SectionKind.UNTERSCHRIFT and opened:
            visibility = _stricter(visibility, opened[-1].visibility)
        item = _Opened(heading, len(stack) + 1, visibility, len(text))
        opened.append(item)
        stack.append(item)
    _close(text, stack, -1, len(text))
    return [
        Section(
            item.heading.kind,
            item.heading.title,
            item.level,
            Span(item.heading.span.start, item.end),
            item.heading.span,
            item.visibility,
        )
        for item in opened
    ]


def _close(text: str, stack: list[_Opened], rank: int, at: int) -> None:
    end = len(text[:at].rstrip()) if stack and stack[-1].heading.rank >= rank else 0
    while stack and stack[-1].heading.rank >= rank:
        stack.pop().end = end


def _agenda_levels(headings: Sequence[Heading], stufe: Schutzstufe) -> dict[str, Schutzstufe]:
    """What the agenda's parts say about each item; closed where two parts hold one number."""
    levels: dict[str, Schutzstufe] = {}
    part: Schutzstufe | None = None
    for heading in headings:
        if heading.rank == Rank.PART:
            part = heading.visibility
        elif heading.agenda and part is not None:
            number = heading.number.split(".")[0]
            levels[number] = _stricter(part, levels.get(number, part))
    return levels


def _stricter(one: Schutzstufe, other: Schutzstufe) -> Schutzstufe:
    return _CLOSED if _CLOSED in (one, other) else _OPEN


def _part_since_agenda(headings: Sequence[Heading], position: int) -> bool:
    """Whether a part was opened between the agenda's last item and this heading."""
    for heading in reversed(headings[:position]):
        if heading.agenda:
            return False
        if heading.rank == Rank.PART:
            return True
    return False


def _with_signature(lines: Sequence[Line], headings: list[Heading]) -> list[Heading]:
    """Adds the section of the names under a paper, where its last lines are names."""
    taken = {heading.span.start for heading in headings}
    first: int | None = None
    names = 0
    for index in range(len(lines) - 1, max(-1, len(lines) - 1 - _MAX_SIGNATURE_LINES), -1):
        line = lines[index]
        sign, name = _SIGNS.match(line.text), _NAME.fullmatch(line.text)
        if line.span.start in taken or len(line.text) > 90 or not (sign or name):
            break
        first = index
        names += bool(name)
    if first in (None, 0) or not names:
        return headings
    assert first is not None
    start = lines[first].span.start
    kept = [heading for heading in headings if heading.span.start < start]
    here = Span(start, start)
    return [*kept, Heading(SectionKind.UNTERSCHRIFT, "Unterschrift", here, Rank.PART)]
