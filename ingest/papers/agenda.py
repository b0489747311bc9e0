"""The items of minutes and invitations: lines that call themselves a TOP, and numbered ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.types import Schutzstufe, SectionKind, Span
from ingest.blocks import BlockKind
from ingest.papers.heading import Heading, Line, Rank
from ingest.papers.outcomes import read_outcome
from ingest.papers.provision_headings import title_behind
from ingest.papers.visibility import part_visibility
from ingest.papers.votes import read_votes

MAX_TITLE = 250
_TOP = re.compile(
    r"(?:zu[mr]?\s+)?(?:TOP|Tagesordnungspunkt|(?:Punkt|Pkt\.?)(?=\s*\d))\s*(?:Nr\.?\s*)?"
    r"(?P<nr>(?:[ÖN]\s*)?\d{1,2}(?:\.\d{1,2})*)(?![\d/])\.?[a-z]?(?P<of>\s+der\s+Tagesordnung)?"
    r"(?P<sep>\s*[:.–-])?\s*(?P<title>.*)"
    r"|zu\s+(?P<short>(?:[ÖN]\s*)?\d{1,2}(?:\.\d{1,2})*)\s*[.:)]\s*"
    r"(?P<rest>[A-ZÄÖÜ„].*)",
    re.IGNORECASE,
)
_PLAIN_TOP = re.compile(r"(?P<nr>(?:[ÖN]\s*)?\d{1,2}(?:\.\d{1,2})*)\.?[)]?\s+(?P<title>[^\s\d].*)")
_RECORD = re.compile(r"(?:Beschluss|Beschlüsse|Abstimmung(?:sergebnis)?|Ergebnis)\s*:?")


def marked_tops(lines: Sequence[Line]) -> dict[int, Heading]:
    """Lines that call themselves a TOP, by index."""
    found: dict[int, Heading] = {}
    numbers: set[str] = set()
    latest: tuple[int, ...] = ()
    recorded = False
    for index, line in enumerate(lines):
        recorded = recorded or _RECORD.fullmatch(line.text) is not None
        if part_visibility(line.text) is not None:
            numbers.clear()  # another part may count anew
        match = _TOP.fullmatch(line.text) if len(line.text) <= 2 * MAX_TITLE else None
        if match is None:
            continue
        number = (match["nr"] or match["short"]).replace(" ", "")
        title = (match["title"] if match["nr"] else match["rest"]) or ""
        span = line.span
        if not title and index + 1 < len(lines):
            title, span = title_behind(line, lines[index + 1])
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
    words = " ".join(f"TOP {number} {title}".split())[:MAX_TITLE]
    rank = min(Rank.TOP + depth, Rank.PARAGRAPH - 1)
    return Heading(SectionKind.TOP, words, span, rank, number, closed, agenda)


def read_tops(lines: Sequence[Line]) -> dict[int, Heading]:
    """The items of minutes or an invitation, by the index of their line.

    Where items call themselves TOP, bare numbers are the agenda before them or lists among them.
    """
    marked = marked_tops(lines)
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
        match = _PLAIN_TOP.fullmatch(line.text) if len(line.text) <= MAX_TITLE else None
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
