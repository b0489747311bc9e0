"""Who was at a sitting: the list at the front of minutes, as printed.

Names stand one a line or parted by commas, below their Fraktion, with what else is said of them:
"für X" and "als Vertreter für X", "ab 9:45 Uhr", "bis TOP 7", "beratendes Mitglied". Those who are
listed as missing are read as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from index.types import Span, Teilnahme

_OPENS = re.compile(
    r"(?:es (?:sind|waren) )?(?:anwesend|anwesenheit|teilnehmende|teilnehmer(?:innen)?"
    r"|teilnehmerliste|anwesenheitsliste|anwesende(?: mitglieder)?|mitglieder)\b[^\n,]{0,40}?:?\Z",
    re.IGNORECASE,
)
# These say which part of those present follows.
_PART_OF_THEM = re.compile(r"(?:teilnehm\w+|mitglieder) (?=\w)", re.IGNORECASE)
_MISSING = re.compile(
    r"(?:es )?(?:fehlt|fehlen|fehlend|abwesend|entschuldigt|nicht anwesend|verhindert)\b"
    r"|\bfehlen(?:de)? |\bentschuldigt\Z",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"(?:tagesordnung|öffentliche[rn]? teil|öffentliche sitzung|nichtöffentliche|beratungspunkte"
    r"|protokoll(?:text)?:?\Z|verlauf|(?:zu )?(?:punkt|top|tagesordnungspunkt)\b|beginn|ende\b"
    r"|ort\b|der vorsitzende|die vorsitzende|1\.\s|ö ?1\b)",
    re.IGNORECASE,
)
_GROUP_WORD = re.compile(
    r"(?:fraktion|gruppe|verwaltung|mitglied|gäste|gast\b|presse|schriftführ|protokoll|vorsitz"
    r"|teilnehm|sachkundige|beratend|ortsrat|ausschuss|vertreter|beirat|zuhör)",
    re.IGNORECASE,
)
_TITLE = (
    r"(?:(?:Herrn?|Frau|Dr\.|Prof\.|Dipl\.-\w+\.?|Ratsherrn?|Ratsfrau|Ratsmitglied"
    r"|Stadtr[aä]t\w*|Abg\.|RM|AM|KTA)\s+)*"
)
_WORD = r"(?:(?:von|van|de|der|zu|zur|vom|Graf|Freiherr|Freifrau)\s+)*[A-ZÄÖÜ][\w’'.-]*"
_NAME = re.compile(rf"(?P<title>{_TITLE})(?P<name>{_WORD}(?:\s+{_WORD}){{0,3}})")
_DEPUTY = re.compile(
    r"(?:\b(?:als )?(?:Vertreter(?:in)?|Vertretung|i\.\s?V\.)\s*(?:für|von)?|\bfür|\bvertritt)\s+"
    rf"(?P<who>{_TITLE}{_WORD}(?:\s+{_WORD}){{0,3}})"
)
_WHEN = r"(?P<when>\d{1,2}[:.]\d{2}(?:\s*Uhr)?|(?:TOP|Punkt)\s*[\d.]*\d)"
_SINCE = re.compile(rf"\b(?:ab|seit)\s+{_WHEN}")
_UNTIL = re.compile(rf"\bbis\s+{_WHEN}")
_EXCUSED = re.compile(r"\b(?:entschuldigt|fehlt|abwesend)\b", re.IGNORECASE)
_PARTS = re.compile(r"[,;](?![^()]*\))")
_SURNAME_FIRST = re.compile(
    r"(?P<last>[A-ZÄÖÜ][\w’'-]+), (?P<first>(?:Dr\. )?[A-ZÄÖÜ][\w-]+)"
    r"(?P<about>(?:\s+\(|\s+(?:ab|bis|für)\b|\t).*|)"
)
_MAX_LINE = 600
_MAX_LISTED = 200


def read_attendance(text: str, end: int) -> tuple[Teilnahme, ...]:
    """The list of those present, and missing, before `end` of minutes; empty where none is."""
    found: list[Teilnahme] = []
    group, present, reading = "", True, False
    for match in re.finditer(r"[^\n]+", text[:end]):
        line = match.group().strip(" \t*_#-–•")
        start = match.start() + match.group().index(line) if line else 0
        if not line or len(line) > _MAX_LINE or len(found) >= _MAX_LISTED:
            continue
        label, colon, rest = line.partition(":")
        label = label.strip()
        if _MISSING.match(label) and len(label) < 60:
            reading, present, group = True, False, ""
            line, start = rest.strip(), start + len(line) - len(rest.lstrip())
        elif _OPENS.match(label) and (colon or not rest) and not _is_name(label):
            reading, present = True, True
            group = label if _PART_OF_THEM.match(label) else ""
            line, start = rest.strip(), start + len(line) - len(rest.lstrip())
        elif reading and _ENDS.match(line) and not _is_name(line):
            if found:
                break
            continue
        elif reading and _is_group(label, colon):
            group, present = _group_name(label), present and not _MISSING.search(label)
            line, start = rest.strip(), start + len(line) - len(rest.lstrip())
        if reading and line:
            found += _entries(line, start, group, present)
    return tuple(found)


def _is_name(words: str) -> bool:
    return re.match(r"(?:Herr|Frau)\s", words) is not None


def _is_group(label: str, colon: str) -> bool:
    """Whether a line, or what stands before its colon, is a heading over names."""
    if _is_name(label) or len(label) > 70 or "," in label:
        return False
    if colon:
        return True
    known = _GROUP_WORD.search(label) is not None and not _TITLED.match(label)
    party = re.sub(r"[^\w]", "", label)
    return known or party.isupper() or _PARTY.fullmatch(label) is not None


_TITLED = re.compile(rf"{_WORD}\s+{_WORD}\s*\(")
_PARTY = re.compile(
    r"(?:CDU|CSU|SPD|FDP|AfD|UWG|BSW|ÖDP|Volt|GRÜNE|(?:Bündnis\s*90\s*/\s*)?Die (?:Grünen|Linke\.?)"
    r"|Die PARTEI|Freie Wähler|[A-ZÄÖÜ]\w*(?:bündnis|bund|liste|initiative)\b.*)",
    re.IGNORECASE,
)
_FRAKTION = re.compile(r"[-‑]?\s?[Ff]raktion\Z|\A[Ff]raktion\s+(?:der\s+|die\s+)?(?=[A-ZÄÖÜ])")


def _group_name(label: str) -> str:
    return _FRAKTION.sub("", label.rstrip(": ")).strip()


def _entries(line: str, start: int, group: str, present: bool) -> Iterator[Teilnahme]:
    """The people named in one line; words behind a comma may be about the one before."""
    turned = _SURNAME_FIRST.fullmatch(line)
    if turned and not _NOT_PERSON.match(turned["first"]):
        one = _person(f"{turned['first']} {turned['last']}{turned['about']}", start, group, present)
        if one is not None:
            yield replace(one, span=Span(start, start + len(line)))
        return
    pieces: list[tuple[int, str]] = []
    begin = 0
    for part in [*_PARTS.finditer(line), None]:
        stop = part.start() if part else len(line)
        piece = line[begin:stop]
        if pieces and not _starts_person(piece.strip(), pieces[-1][1]):
            at = pieces[-1][0]
            pieces[-1] = (at, line[at:stop])
        elif piece.strip():
            pieces.append((begin + len(piece) - len(piece.lstrip()), piece.strip()))
        begin = part.end() if part else stop
    for at, piece in pieces:
        one = _person(piece, start + at, group, present)
        if one is not None:
            yield one


def _starts_person(piece: str, before: str) -> bool:
    """Whether a piece behind a comma is another person and not a word about the one before."""
    if _is_name(piece):
        return True
    if before.startswith(("Herr", "Frau")):
        return False
    match = _NAME.match(piece)
    return match is not None and " " in match["name"] and _NOT_PERSON.match(piece) is None


_NOT_PERSON = re.compile(
    r"(?:Leiter|Amt|Fach|Dezern|Ratsgruppe|Betreuer|stellv|Protokoll|Schrift|Vorsitz|Büro|Stab"
    r"|Abteilung)",
    re.IGNORECASE,
)


def _person(piece: str, start: int, group: str, present: bool) -> Teilnahme | None:
    match = _NAME.match(piece)
    if (
        match is None
        or _NOT_PERSON.match(piece)
        or (piece.endswith((".", "!", "?")) and len(piece) > 60)
    ):
        return None
    titled = re.search(r"Dr\.|Prof\.", match["title"])
    name = (f"{titled[0]} " if titled else "") + " ".join(match["name"].split())
    if " " not in match["name"] and not match["title"]:
        return None
    about = piece[match.end() :]
    deputy, since, until = _DEPUTY.search(about), _SINCE.search(about), _UNTIL.search(about)
    for known in (deputy, since, until):
        about = about.replace(known.group(), " ") if known else about
    missing = _EXCUSED.search(about) is not None
    rolle = " ".join(re.sub(r"[()\t;|]+", " ", _EXCUSED.sub(" ", about)).split()).strip(" ,-–")
    return Teilnahme(
        name.rstrip("."),
        Span(start, start + len(piece)),
        present and not missing,
        group,
        rolle,
        _bare(deputy["who"]) if deputy else "",
        since["when"] if since else "",
        until["when"] if until else "",
    )


def _bare(words: str) -> str:
    """A name without Herr and Frau; "Herrn Dr. Meier" is "Dr. Meier"."""
    return re.sub(r"\A(?:(?:Herrn?|Frau|Ratsherrn?|Ratsfrau)\s+)+", "", " ".join(words.split()))
