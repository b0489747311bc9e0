"""Which lines of a paper open a section, and how high each stands above the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from index.types import Schutzstufe, SectionKind, Span
from ingest.blocks import BlockKind
from ingest.canonical import PlacedBlock
from ingest.papers.arten import SITTINGS, STATUTES, read_art
from ingest.papers.outcomes import read_outcome
from ingest.papers.profile import Profile
from ingest.papers.visibility import part_visibility, turns
from ingest.papers.votes import read_votes

_MAX_TITLE = 250
_EARLY = 600
_LINE = re.compile(r"[^\n]+")
_BLANK = re.compile(r"\n[ \t]*\n")
_PAREN = re.compile(r"\s*\((?:nicht[\s-]*)?öffentlich\w*\)\s*\Z", re.IGNORECASE)
_NUMBERING = re.compile(
    r"(?:[IVX]{1,5}|[A-Za-z]|\d{1,2}(?:\.\d{1,2})*)[.)]\s+(?=\S)|\d{1,2}\s+(?=[A-ZÄÖÜ])"
)
_TOP = re.compile(
    r"(?:zu[mr]?\s+)?(?:TOP|Tagesordnungspunkt|(?:Punkt|Pkt\.?)(?=\s*\d))\s*(?:Nr\.?\s*)?"
    r"(?P<nr>(?:[ÖN]\s*)?\d{1,2}(?:\.\d{1,2})*)(?![\d/])\.?[a-z]?(?P<of>\s+der\s+Tagesordnung)?"
    r"(?P<sep>\s*[:.–-])?\s*(?P<title>.*)"
    r"|zu\s+(?P<short>(?:[ÖN]\s*)?\d{1,2}(?:\.\d{1,2})*)\s*[.:)]\s*"
    r"(?P<rest>[A-ZÄÖÜ„].*)",
    re.IGNORECASE,
)
_PLAIN_TOP = re.compile(r"(?P<nr>(?:[ÖN]\s*)?\d{1,2}(?:\.\d{1,2})*)\.?[)]?\s+(?P<title>[^\s\d].*)")
_PARAGRAPH = re.compile(
    r"(?:§{1,2}|Art(?:ikel|\.)(?=\s*\d))\s*(?P<nr>\d+(?:\s?[a-z])?)\b(?P<dot>\."
    r"(?!\s*\d))?[ \t]*(?:[-–:][ \t]*)?"
    r"(?P<title>.*)"
)
_NOT_A_TITLE = re.compile(
    r"[a-zäöü]|(?:Abs|Absatz|Satz|Nr|Nummer|Ziffer|Ziff|Buchst)\b|[,;/]|und\b|\(\d+\)\s*\S"
)
_DIVISION = re.compile(
    r"(?:(?:[IVX]+|\d{1,2}|[A-Z])\.?\s*)?(?:(?:Erster|Zweiter|Dritter|Vierter|Fünfter|Sechster|"
    r"Siebter|Achter|Neunter|Zehnter)\s+)?(?:Abschnitt|Teil|Kapitel|Titel|Unterabschnitt)\b"
    r"\s*(?:[IVX\d]+|[A-Z](?=\b))?\.?\s*[:–-]?\s*(?:[A-ZÄÖÜ(].*)?"
)
_RECORD = re.compile(r"(?:Beschluss|Beschlüsse|Abstimmung(?:sergebnis)?|Ergebnis)\s*:?")
_FRAGE = re.compile(
    r"(?:(?P<a>\d{1,2})\.\s*Frage|Frage\s+(?P<b>\d{1,2}))\s*(?P<end>[:.–-]|\Z)", re.IGNORECASE
)
_ANTWORT = re.compile(
    r"(?:Antwort\s+(?:zu|auf)\s+(?:Frage\s+|Nr\.\s*)?(?P<a>\d{1,2})|Zu\s+(?:Frage\s+"
    r"|Nr\.\s*|Ziffer\s+)"
    r"(?P<b>\d{1,2})|zu\s+(?P<c>\d{1,2})(?=\s*[.:)]))\s*(?P<end>[.):–-]+|\Z)",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"(?P<nr>\d{1,2})[.)]\s+(?P<title>.*\?)\s*\Z")
_MOTION = re.compile(
    r"\b(?:beantragt|beantragen|stellt(?: hiermit)? (?:folgenden |den )Antrag)[^.:]{0,60}:\s*\Z"
    r"|\b(?:möge|wolle|mögen|wollen)\b[^.]{0,60}\bbeschließen\s*:?\s*\Z"
)
# What an item of minutes deals with, printed large below its title.
_PAPER = re.compile(r"[\w-]*(?:[Vv]orlage|[Aa]ntrag|[Aa]nfrage|Drucksache|Resolution)\b.*\d+/\d+")
_LEADER = re.compile(r"(?:\.\s?){4,}\s*\d+\s*\Z|\t\d+\s*\Z|…+\s*\d+\s*\Z")


# Names that a chapter within the Begründung may bear as well.
_OFTEN_NESTED = frozenset({SectionKind.BEGRUENDUNG, SectionKind.TEXT, SectionKind.FINANZEN})


_LONGER = re.compile(r"(.{5,40}?)\s+(?:der|des|auf|zu|zur|zum|für|nach|Nr\.|\()")


# "Abstimmungsergebnis zum Änderungsantrag: abgelehnt"; no "Ergebnis zum 31.12.: 5 Mio. €".
_VOTE_ON = re.compile(
    r"(?P<head>(?:Abstimmung(?:sergebnis)?|Beratungsergebnis|Beschluss))"
    r"\s+(?:zu[mr]?|über)\s+[^\W\d].*",
    re.IGNORECASE,
)


class Rank(IntEnum):
    """A heading closes every open section whose rank is not above its own."""

    PART = 0
    DIVISION = 1
    TOP = 3
    PARAGRAPH = 9
    NAMED = 10
    FRAGE = 11
    ANTWORT = 12
    PLAIN = 13


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with what the parser said about it."""

    span: Span
    text: str
    kind: BlockKind | None
    level: int
    after_blank: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A line, or the beginning of one, that opens a section.

    `number` is the printed number of a TOP ("4.2"); `visibility` is what the heading itself
    declares; `agenda` marks an item of the Tagesordnung at the front of minutes.
    """

    kind: SectionKind
    title: str
    span: Span
    rank: int
    number: str = ""
    visibility: Schutzstufe | None = None
    agenda: bool = False


def read_lines(text: str, blocks: Sequence[PlacedBlock]) -> list[Line]:
    """The lines of `text` without surrounding blanks, each with its block's kind and level."""
    by_start = {block.span.start: block for block in blocks}
    lines: list[Line] = []
    last_end = 0
    for match in _LINE.finditer(text):
        words = match.group().strip()
        if not words:
            continue
        start = match.start() + match.group().index(words[0])
        block = by_start.get(match.start()) or by_start.get(start)
        after_blank = not lines or _BLANK.search(text, last_end, start) is not None
        span = Span(start, start + len(words))
        kind, level = (block.kind, block.level) if block else (None, 0)
        lines.append(Line(span, words, kind, level, after_blank))
        last_end = span.end
    return lines


def find_headings(text: str, lines: Sequence[Line], profile: Profile) -> list[Heading]:
    """The headings of a paper in order. Parser headings of unknown name are among them."""
    art = read_art(text)
    kind_of_paper = art.value if art else ""
    sitting = kind_of_paper in SITTINGS
    tops = _read_tops(lines) if sitting else _marked_tops(lines)
    paragraphs = _read_paragraphs(lines, kind_of_paper)
    asks = kind_of_paper in {"Anfrage", "Beantwortung", "Stellungnahme"}
    found: list[tuple[Heading, Line]] = []
    for index, line in enumerate(lines):
        if found and line.span.start < found[-1][0].span.end:
            continue  # the title of the heading above
        heading = (
            tops.get(index)
            or paragraphs.get(index)
            or _part(line, sitting)
            or _question(line, asks)
            or _named(line, profile, early=not found and line.span.start < _EARLY)
            or _division(line, bool(paragraphs))
            or _motion(line)
        )
        if heading is None and line.kind is BlockKind.HEADING and not _PAPER.match(line.text):
            heading = Heading(SectionKind.TEXT, line.text.rstrip(" :"), line.span, Rank.PLAIN)
        if heading is not None:
            found.append((heading, line))
    return list(_settle_plain_ranks(found))


def _settle_plain_ranks(found: Sequence[tuple[Heading, Line]]) -> Iterator[Heading]:
    """Places parser headings of unknown name by their level; drops those above the first name."""
    known = [line.level for h, line in found if h.rank != Rank.PLAIN and line.level]
    reference = min(known, default=0)
    started = False
    any_known = any(h.rank != Rank.PLAIN for h, _ in found)
    for heading, line in found:
        if heading.rank != Rank.PLAIN:
            started = True
            nested = heading.rank == Rank.NAMED and heading.kind in _OFTEN_NESTED
            if nested and reference and line.level > reference:
                heading = replace(heading, rank=Rank.PLAIN + line.level)
            yield heading
        elif started or not any_known or line.span.start > 4 * _EARLY:
            if line.level < reference:
                rank = int(Rank.DIVISION) + 1
            elif line.level == reference and reference:
                rank = int(Rank.NAMED)
            else:
                rank = Rank.PLAIN + line.level
            yield Heading(heading.kind, heading.title, heading.span, rank)


def _part(line: Line, sitting: bool) -> Heading | None:
    visibility = part_visibility(line.text)
    if visibility is None and sitting and len(line.text) < 160:
        visibility = turns(line.text)
    if visibility is None:
        return None
    title = line.text.split("\t")[0].rstrip(" :.")
    return Heading(SectionKind.TEXT, title, line.span, Rank.PART, visibility=visibility)


def _named(line: Line, profile: Profile, *, early: bool) -> Heading | None:
    """A heading known by name, alone on its line or with a colon and the text behind it."""
    words, colon, rest = line.text.partition(":")
    offset = 0
    numbering = _NUMBERING.match(words)
    if numbering:
        offset = numbering.end()
    name = _PAREN.sub("", words[offset:]).strip()
    if len(name) > 80:
        return None
    kind = _kind_of(name, profile)
    if kind is None and ((colon and not rest.strip()) or line.kind is BlockKind.HEADING):
        longer = _LONGER.match(name)  # "Begründung der Vorlage Nr. 3/4:"
        kind = _kind_of(longer[1], profile) if longer else None
    vote = _VOTE_ON.fullmatch(name) if colon else None
    if kind is None and vote:
        kind = _kind_of(vote["head"], profile)
    if kind is None:
        return None
    if (rest.strip() or (not colon and early)) and name != "Beantwortung" and read_art(name):
        return None  # the paper itself or its mover ("Anfrage: SPD"), not a part of it
    if not colon and line.kind in {BlockKind.LIST_ITEM, BlockKind.TABLE_ROW}:
        return None
    if colon and rest.strip() and (offset or line.kind is BlockKind.TABLE_ROW):
        return None
    end = line.span.start + len(words) + len(colon)
    rank: int = Rank.NAMED
    if kind is SectionKind.TEXT and name.lower() == "tagesordnung":
        rank = Rank.DIVISION
    elif kind is SectionKind.ANTWORT and name.lower() in {"antwort", "antworten"}:
        rank = Rank.ANTWORT
    elif kind is SectionKind.TEXT and rest.strip():
        return None  # "Frist: 31.12." is a field, not a section
    closed = Schutzstufe.NICHTOEFFENTLICH if "nichtöff" in words.lower() else None
    span = Span(line.span.start, end)
    return Heading(kind, words.strip(), span, rank, "", closed, rank == Rank.DIVISION)


def _kind_of(name: str, profile: Profile) -> SectionKind | None:
    known = profile.headings.get(" ".join(name.lower().split()))
    if known is None and "/" in name and len(name) < 60:
        kinds = [profile.headings.get(part.strip().lower()) for part in name.split("/")]
        known = kinds[-1] if None not in kinds else None
    return known


def _question(line: Line, asks: bool) -> Heading | None:
    for pattern, kind, rank, name in (
        (_FRAGE, SectionKind.FRAGE, Rank.FRAGE, "Frage"),
        (_ANTWORT, SectionKind.ANTWORT, Rank.ANTWORT, "Antwort zu"),
    ):
        match = pattern.match(line.text)
        if match and (asks or match["end"].startswith(":")):
            number = match["a"] or match["b"] or match.groupdict().get("c")
            span = Span(line.span.start, line.span.start + match.end())
            title = f"Frage {number}" if kind is SectionKind.FRAGE else f"{name} Frage {number}"
            return Heading(kind, title, span, rank, number or "")
    match = _QUESTION.match(line.text) if asks else None
    if match:
        return Heading(
            SectionKind.FRAGE, f"Frage {match['nr']}", line.span, Rank.FRAGE, match["nr"]
        )
    return None


def _motion(line: Line) -> Heading | None:
    """The line that leads to the wording moved ("Der Rat möge beschließen:")."""
    if len(line.text) > 200 or not _MOTION.search(line.text):
        return None
    return Heading(SectionKind.BESCHLUSSVORSCHLAG, "Antragstext", line.span, Rank.NAMED)


def _division(line: Line, statute: bool) -> Heading | None:
    if not statute or len(line.text) > 120 or line.text.endswith((".", ";", ",")):
        return None
    if not _DIVISION.fullmatch(line.text) or _LEADER.search(line.text):
        return None
    return Heading(SectionKind.TEXT, line.text, line.span, Rank.DIVISION)


def _marked_tops(lines: Sequence[Line]) -> dict[int, Heading]:
    """Lines that call themselves a TOP, by index."""
    found: dict[int, Heading] = {}
    numbers: set[str] = set()
    latest: tuple[int, ...] = ()
    recorded = False
    for index, line in enumerate(lines):
        recorded = recorded or _RECORD.fullmatch(line.text) is not None
        if part_visibility(line.text) is not None:
            numbers.clear()  # another part may count anew
        match = _TOP.fullmatch(line.text) if len(line.text) <= 2 * _MAX_TITLE else None
        if match is None:
            continue
        number = (match["nr"] or match["short"]).replace(" ", "")
        title = (match["title"] if match["nr"] else match["rest"]) or ""
        span = line.span
        if not title and index + 1 < len(lines):
            title, span = _title_behind(line, lines[index + 1])
        again = recorded and number in numbers and _key(number) <= latest
        if _is_record(title) or again:
            continue  # "TOP 9.1: mehrheitlich abgelehnt (12 Ja, 19 Nein)" below the item itself
        separated = bool(match["sep"] or match["short"] or line.kind is BlockKind.HEADING)
        if not separated and (title.endswith((".", ";", ",")) or title[:1].islower()):
            continue  # "Punkt 4 der Tagesordnung wird abgesetzt." is a sentence
        found[index] = _top(number, title, span)
        numbers.add(number)
        latest, recorded = _key(number), False
    return found


def _key(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.lstrip("ÖN").split("."))


def _is_record(title: str) -> bool:
    """Whether what stands behind the number of an item is a vote on it and not its name."""
    counted = read_outcome(title) is not None and read_votes(title) is not None
    return counted or title.casefold().startswith("keine abstimmung")


def _top(number: str, title: str, span: Span, *, agenda: bool = False) -> Heading:
    depth = number.count(".")
    closed = Schutzstufe.NICHTOEFFENTLICH if number.startswith("N") else None
    words = " ".join(f"TOP {number} {title}".split())[:_MAX_TITLE]
    rank = min(Rank.TOP + depth, Rank.PARAGRAPH - 1)
    return Heading(SectionKind.TOP, words, span, rank, number, closed, agenda)


def _read_tops(lines: Sequence[Line]) -> dict[int, Heading]:
    """The items of minutes or an invitation, by the index of their line.

    Where items call themselves TOP, bare numbers are the agenda before them or lists among them.
    """
    marked = _marked_tops(lines)
    agenda_end = min(marked, default=len(lines)) if len(marked) > 1 else len(lines)
    plain = _plain_tops(lines[:agenda_end])
    if len(marked) > 1:
        return {index: replace(item, agenda=True) for index, item in plain.items()} | marked
    if marked and min(marked) < min(plain, default=0):
        return marked  # an extract with one item: bare numbers behind it count its Beschluss
    return plain | marked if len(plain) > 1 else marked


def _plain_tops(lines: Sequence[Line]) -> dict[int, Heading]:
    """Lines numbered 1, 2, 2.1, 3 … in unbroken order; a second run is the minutes proper."""
    found: dict[int, Heading] = {}
    last: tuple[int, ...] = ()
    refused: tuple[int, ...] = ()
    runs, after_part = 0, False
    for index, line in enumerate(lines):
        if part_visibility(line.text) is not None:
            after_part = True
            continue
        match = _PLAIN_TOP.fullmatch(line.text) if len(line.text) <= _MAX_TITLE else None
        if match is None or (line.kind is BlockKind.TABLE_ROW and line.text.count("\t") > 2):
            continue
        number = match["nr"].replace(" ", "")
        key = tuple(int(part) for part in number.lstrip("ÖN").split("."))
        restarts = key[0] == 1 and len(key) == 1 and last != () and (runs < 2 or after_part)
        extract = not last and line.kind is BlockKind.HEADING  # need not begin with item 1
        if not (_follows(last, key) or restarts or extract) or (refused and _follows(refused, key)):
            refused = key
            continue
        if not last or (restarts and not after_part):
            runs += 1
        last, refused, after_part = key, (), False
        title = match["title"].split("\t")[0]  # the cell behind it names the papers
        found[index] = _top(number, title, line.span, agenda=runs < 2)
    if runs < 2:
        return {index: replace(item, agenda=False) for index, item in found.items()}
    return found


def _follows(last: tuple[int, ...], key: tuple[int, ...]) -> bool:
    """Whether item `key` comes right behind `last`: its child, its sibling, or its uncle's."""
    if not last:
        return key == (1,)
    if key == (*last, 1):
        return True
    return any(key == (*last[:d], last[d] + 1) for d in range(len(last)))


def _read_paragraphs(lines: Sequence[Line], kind_of_paper: str) -> dict[int, Heading]:
    """Headings like "§ 4 Gebühren", by line; a line "§ 4" takes the short line behind it along."""
    found: dict[int, Heading] = {}
    for index, line in enumerate(lines):
        match = _PARAGRAPH.fullmatch(line.text)
        if match is None or len(line.text) > 160 or _LEADER.search(line.text):
            continue
        title = match["title"].strip()
        marked = line.kind is BlockKind.HEADING
        if (_NOT_A_TITLE.match(title) and not marked) or (
            title.endswith((".", ";", ",", ":")) and len(title) > 40
        ):
            continue
        label = line.text[: match.start("title")].rstrip(" \t:–-.")
        span = line.span
        if not title and index + 1 < len(lines):
            title, span = _title_behind(line, lines[index + 1])
        found[index] = Heading(
            SectionKind.PARAGRAPH, f"{label} {title}".strip(), span, Rank.PARAGRAPH, match["nr"]
        )
    if kind_of_paper in STATUTES:
        return _without_contents(found)
    numbers = [heading.number for heading in found.values()]
    return found if len(numbers) > 1 and len(set(numbers)) == len(numbers) else {}


def _title_behind(line: Line, following: Line) -> tuple[str, Span]:
    words = following.text
    if len(words) > 120 or words.endswith((".", ";", ",", ":")) or _NOT_A_TITLE.match(words):
        return "", line.span
    if _PARAGRAPH.fullmatch(words) or words[:1] in "-–•" or words[:1].isdigit():
        return "", line.span
    return words, Span(line.span.start, following.span.end)


def _without_contents(found: dict[int, Heading]) -> dict[int, Heading]:
    """Leaves out the table of contents: items without a body whose number comes again."""
    last_of = {heading.number: index for index, heading in found.items()}
    return {
        index: heading
        for index, heading in found.items()
        if last_of[heading.number] == index or index + 1 not in found
    }
