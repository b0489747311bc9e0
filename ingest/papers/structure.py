"""The sections of a paper: what an official cites by name, and who may see each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.types import Schutzstufe, Section, SectionKind, Span
from ingest.blocks import BlockKind
from ingest.canonical import PlacedBlock
from ingest.papers.arten import SITTINGS, STATUTES, read_art
from ingest.papers.beratungsfolge import find_rows
from ingest.papers.heading import Heading, Line, Rank, read_lines
from ingest.papers.headings import find_headings
from ingest.papers.outcomes import is_vote_line, read_outcome
from ingest.papers.profile import Profile, detect_profile
from ingest.papers.visibility import names_closed, read_declared, settle

_OPEN = Schutzstufe.OEFFENTLICH
_CLOSED = Schutzstufe.NICHTOEFFENTLICH
_SIGNS = re.compile(
    r"(?:gez\.|Für (?:die Niederschrift|das Protokoll)\b|i\. ?[VA]\.|In Vertretung|Im Auftrag|"
    r"Mit freundlichen Grüßen|Hochachtungsvoll|"
    r"Unterschrift(?:en)?\b|Für die [\w-]*[Ff]raktion|Der (?:Direktor|Vorsitzende|Bürgermeister|"
    r"Landrat|Oberbürgermeister)|Die (?:Direktorin|Vorsitzende|Bürgermeisterin|Landrätin|"
    r"Oberbürgermeisterin)|(?:Stellv\. )?(?:Vorsitzende[r]?|Schriftführer(?:in)?"
    r"|Protokollführer(?:in)?"
    r"|(?:Ober)?[Bb]ürgermeister(?:in)?|Landesdirektor(?:in)?|Fraktionsvorsitzende[r]?|Ausschuss"
    r"vorsitzende[r]?|Schriftführung|Vorsitz|Sprecher(?:in)?)\b)"
)
_SIGNED = re.compile(
    r"(?:In Vertretung|Im Auftrag|I\. ?[VA]\.|Mit freundlichen Grüßen),?", re.IGNORECASE
)
_NAME = re.compile(
    r"(?:(?:Dr|Prof|Dipl|med|jur|h\. ?c)\.(?:-Ing\.)?\s*|(?:Frau|Herr)\s+)*"
    r"[A-ZÄÖÜ][\w’'-]+\.?(?:\s+(?:von|van|de|der|zu|zur|vom|[A-ZÄÖÜ]\.|[A-ZÄÖÜ][\w’'-]+)){1,3}"
    r"(?:\s*\([\w\s-]{1,20}\)|,\s*MdL)?"
)
_MAX_SIGNATURE_LINES = 10
_PROSE_CHARS = 160  # no field of a head is that long
# Of a word, not of an ordinal or an abbreviation: a subject may name "9. Juni" and "Nr. 12".
_SENTENCE_END = re.compile(r"[a-zäöüß]{3,}[.](?:\s+[A-ZÄÖÜ]|\Z)")
_VOTE_CHARS = 250
_MAX_HEAD_CHARS = 4000
# Some systems print the subject above the Beratungsfolge.
_OF_HEAD = frozenset({SectionKind.KOPF, SectionKind.BERATUNGSFOLGE, SectionKind.TAGESORDNUNGSPUNKT})


def read_sections(
    text: str,
    blocks: Sequence[PlacedBlock] = (),
    profile: Profile | None = None,
    *,
    stated: bool | None = None,
) -> tuple[Section, ...]:
    """The sections in order of the text, a parent before what lies in it.

    Together the sections of level 1 cover everything but white space. A text in which nothing
    opens a section is one section of kind TEXT.

    Args:
        text: canonical text.
        blocks: what the parser said about the lines; without them only known headings count.
        profile: words of the source system; found by the text itself where it is None.
        stated: whether the paper is public by what is stated beside it.
    """
    if not text.strip():
        return ()
    profile = profile or detect_profile(text)
    lines = read_lines(text, blocks)
    headings = find_headings(text, lines, profile)
    headings = _with_signature(lines, _with_inner_signatures(lines, headings))
    art = read_art(text)
    if art is not None and art.value in SITTINGS:
        headings = _with_debate(lines, headings)
    elif art is not None:
        headings = _proposals(text, _with_prose(lines, headings))
    sections_begin = (h.span.start for h in headings if not (h.agenda and h.number))
    head_end = next(sections_begin, len(text))
    statute = art is not None and art.value in STATUTES
    declared_within = min(head_end or _MAX_HEAD_CHARS, _MAX_HEAD_CHARS)
    declared = read_declared(text, declared_within, statute=statute)
    public = settle(declared, text[:declared_within], stated)
    stufe = _OPEN if public else _CLOSED
    shut = public is False
    sections: list[Section] = []
    if head_end == len(text):
        end = len(text.rstrip())
        return (Section(SectionKind.TEXT, "", 1, Span(0, end), Span(0, 0), stufe),)
    if text[:head_end].strip():
        sitting = art is not None and art.value in SITTINGS
        sections += _head(text, head_end, stufe, None if sitting else profile)
    sections += _nest(text, headings, stufe)
    if shut:
        sections = [replace(section, visibility=_CLOSED) for section in sections]
    return tuple(sections)


def sections_at(sections: Sequence[Section], span: Span) -> tuple[Section, ...]:
    """The sections that `span` lies in, outermost first."""
    return tuple(section for section in sections if section.span.contains(span))


def head_end(text: str, sections: Sequence[Section]) -> int:
    """Where the head ends: before the first section that is not a part of it."""
    for section in sections:
        if section.kind not in _OF_HEAD:
            return min(section.span.start or _MAX_HEAD_CHARS, _MAX_HEAD_CHARS, len(text))
    return min(len(text), _MAX_HEAD_CHARS)


def _head(text: str, end: int, stufe: Schutzstufe, profile: Profile | None) -> list[Section]:
    start = len(text) - len(text.lstrip())
    span = Span(start, len(text[:end].rstrip()))
    found = [Section(SectionKind.KOPF, "Kopf", 1, span, Span(start, start), stufe)]
    rows = find_rows(text, end, profile) if profile else []
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
            listed = headings[position - 1].kind is SectionKind.TOP or text[
                headings[position - 1].span.end : heading.span.start
            ].strip(" \n:")
            if listed and not _part_since_agenda(headings, position):
                _close(text, stack, -1, heading.span.start)
            agenda_open = False
        agenda_open = agenda_open or heading.agenda
        if heading.agenda and heading.number:
            continue  # one line of the list; the item itself comes later
        _close(text, stack, heading.rank, heading.span.start)
        around = stack[-1].visibility if stack else stufe
        visibility = heading.visibility or around
        if heading.kind is SectionKind.TOP and not stack and heading.visibility is None:
            unlisted = _CLOSED if _CLOSED in by_number.values() else stufe
            visibility = by_number.get(heading.number.split(".")[0], unlisted)
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
        elif heading.agenda and heading.number and part is not None:
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


def _with_inner_signatures(lines: Sequence[Line], headings: list[Heading]) -> list[Heading]:
    """Adds the names under the first part of a paper ("In Vertretung"), before its next heading."""
    starts = sorted(heading.span.start for heading in headings)
    found = list(headings)
    for index, line in enumerate(lines):
        if not _SIGNED.fullmatch(line.text):
            continue
        until = next((start for start in starts if start > line.span.start), None)
        behind = [x for x in lines[index + 1 :] if until is not None and x.span.start < until]
        if 0 < len(behind) <= 4 and all(len(x.text) < 70 for x in behind):
            here = Span(line.span.start, line.span.start)
            found.append(Heading(SectionKind.UNTERSCHRIFT, "Unterschrift", here, Rank.NAMED))
    return sorted(found, key=lambda heading: heading.span)


def _with_prose(lines: Sequence[Line], headings: list[Heading]) -> list[Heading]:
    """Ends a head at the first paragraph of prose behind it, where no heading does."""
    end = headings[0].span.start if headings else lines[-1].span.end + 1
    for line in lines[1:]:
        if line.span.start >= end:
            break
        prose = len(line.text) >= _PROSE_CHARS and _SENTENCE_END.search(line.text)
        if prose and line.kind is not BlockKind.TABLE_ROW:
            return [_untitled(line), *headings]
    return headings


def _with_debate(lines: Sequence[Line], headings: Sequence[Heading]) -> list[Heading]:
    """Ends the record of a vote in minutes before the debate that is printed behind it."""
    found: list[Heading] = []
    for heading, following in _followed(headings):
        found.append(heading)
        if heading.kind is not SectionKind.ERGEBNIS:
            continue
        until = following.span.start if following else lines[-1].span.end
        body = [x for x in lines if heading.span.end <= x.span.start < until]
        begun = any(x.span.start < heading.span.end < x.span.end for x in lines)
        for line in body if begun else body[1:]:
            if is_vote_line(line.text):
                continue
            if line.after_blank and (
                len(line.text) > _VOTE_CHARS or read_outcome(line.text) is None
            ):
                found.append(_untitled(line))
                break
    return found


def _followed(headings: Sequence[Heading]) -> Iterator[tuple[Heading, Heading | None]]:
    """Each heading with the one behind it."""
    return zip(headings, [*headings[1:], None], strict=False)


def _untitled(line: Line) -> Heading:
    return Heading(SectionKind.TEXT, "", Span(line.span.start, line.span.start), Rank.NAMED)


def _proposals(text: str, headings: Sequence[Heading]) -> list[Heading]:
    """In papers that are still to be decided "Beschluss" heads a proposal, or a short record."""
    found: list[Heading] = []
    for heading, following in _followed(headings):
        if heading.kind is SectionKind.BESCHLUSS:
            body = text[heading.span.end : following.span.start if following else None].strip()
            record = len(body) < _VOTE_CHARS and read_outcome(body) is not None
            proposed = re.search(
                r"\b(?:beschließt|beschließen|möge|nimmt|stimmt|erklärt|erteilt|Antrag an)\b", body
            )
            recorded = record and not proposed
            kind = SectionKind.ERGEBNIS if recorded else SectionKind.BESCHLUSSVORSCHLAG
            heading = replace(heading, kind=kind)
        found.append(heading)
    return found


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
