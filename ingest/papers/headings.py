"""Which lines of a paper open a section, and how high each stands above the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.types import Schutzstufe, SectionKind, Span
from ingest.blocks import BlockKind
from ingest.papers.agenda import marked_tops, read_tops
from ingest.papers.arten import SITTINGS, read_art
from ingest.papers.heading import Heading, Line, Rank
from ingest.papers.profile import Profile
from ingest.papers.provision_headings import LEADER, read_paragraphs
from ingest.papers.visibility import part_visibility, turns

_EARLY = 600
_PAREN = re.compile(r"\s*\((?:nicht[\s-]*)?öffentlich\w*\)\s*\Z", re.IGNORECASE)
_NUMBERING = re.compile(
    r"(?:[IVX]{1,5}|[A-Za-z]|\d{1,2}(?:\.\d{1,2})*)[.)]\s+(?=\S)|\d{1,2}\s+(?=[A-ZÄÖÜ])"
)
_DIVISION = re.compile(
    r"(?:(?:[IVX]+|\d{1,2}|[A-Z])\.?\s*)?(?:(?:Erster|Zweiter|Dritter|Vierter|Fünfter|Sechster|"
    r"Siebter|Achter|Neunter|Zehnter)\s+)?(?:Abschnitt|Teil|Kapitel|Titel|Unterabschnitt)\b"
    r"\s*(?:[IVX\d]+|[A-Z](?=\b))?\.?\s*[:–-]?\s*(?:[A-ZÄÖÜ(].*)?"
)
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
# Names that a chapter within the Begründung may bear as well.
_OFTEN_NESTED = frozenset({SectionKind.BEGRUENDUNG, SectionKind.TEXT, SectionKind.FINANZEN})
_LONGER = re.compile(r"(.{5,40}?)\s+(?:der|des|auf|zu|zur|zum|für|nach|Nr\.|\()")
# "Abstimmungsergebnis zum Änderungsantrag: abgelehnt"; no "Ergebnis zum 31.12.: 5 Mio. €".
_VOTE_ON = re.compile(
    r"(?P<head>(?:Abstimmung(?:sergebnis)?|Beratungsergebnis|Beschluss))"
    r"\s+(?:zu[mr]?|über)\s+[^\W\d].*",
    re.IGNORECASE,
)


def find_headings(text: str, lines: Sequence[Line], profile: Profile) -> list[Heading]:
    """The headings of a paper in order. Parser headings of unknown name are among them."""
    art = read_art(text)
    kind_of_paper = art.value if art else ""
    sitting = kind_of_paper in SITTINGS
    tops = read_tops(lines) if sitting else marked_tops(lines)
    paragraphs = read_paragraphs(lines, kind_of_paper)
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
    if not _DIVISION.fullmatch(line.text) or LEADER.search(line.text):
        return None
    return Heading(SectionKind.TEXT, line.text, line.span, Rank.DIVISION)
