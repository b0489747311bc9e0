"""How a vote was counted: for, against, abstained, and by which Fraktion, as the record prints it.

"18 Ja-Stimmen/1 Nein-Stimme/2 Enthaltungen", "dafür: 52 (CDU, SPD)", "gegen die CDU-Fraktion bei
Enthaltung der FDP-Fraktion", "Zustimmung: CDU (11)", or a table of Fraktionen. Nothing is inferred:
what a record does not count stays None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.types import Abstimmung, Stimmabgabe, Stimmen
from ingest.papers.fraktionen import is_known_fraktion, split_fraktionen
from ingest.papers.vote_ratio import NUMBER, figure, take_ratio

_JA, _NEIN, _ENTHALTUNG = Stimmabgabe.JA, Stimmabgabe.NEIN, Stimmabgabe.ENTHALTUNG
_SUFFIX = r"(?:\s?[-–]?\s?[Ss]timmen?\b|(?=\W|\Z))"
# "9 Stimmen für den Antrag, 12 Stimmen gegen die Vorlage", but not "gegen die Stimmen der SPD".
_THE_PAPER = r"(?=\s+(?:den|die|das)\s+[\w-]*(?:[Aa]ntrag|[Vv]orlage|[Bb]eschluss|[Vv]orschlag))"
_CAMPS: tuple[tuple[Stimmabgabe, str], ...] = (
    (_ENTHALTUNG, r"(?:stimm)?enthaltung(?:en)?\b|enth\.|enthalten\b"),
    (
        _NEIN,
        rf"nein{_SUFFIX}|(?:gegen|nein)-?\s?stimmen?\b|(?:stimmen?\s+)?dagegen\b"
        rf"|ablehnungen\b|ablehnung(?=\s*:)|stimmen?\s+gegen{_THE_PAPER}",
    ),
    (
        _JA,
        rf"ja{_SUFFIX}|(?:stimmen?\s+)?dafür\b|für-?\s?stimmen?\b|zustimmungen\b"
        rf"|zustimmung(?=\s*:)|stimmen?\s+für(?:{_THE_PAPER}|(?=\s+und\s+\d))",
    ),
)
_LABEL = "|".join(f"(?P<{camp.value}>{pattern})" for camp, pattern in _CAMPS)
_COUNTED = re.compile(
    rf"(?:(?<!\w)(?<!\d[/.,])(?P<before>{NUMBER})\s*[-–x]?\s*)?\b(?:{_LABEL})"
    r"(?=(?:\s*[:=]?\s*(?P<after>\d{1,3}|keine?)\b)?)",
    re.IGNORECASE,
)
# "gegen die (Stimmen der) CDU", "mit den Stimmen von CDU und SPD".
_BY = re.compile(
    r"\b(?P<nein>gegen (?:die |den |das |eine |\d+ )?(?:Stimmen? (?:der|des|von|aus der)\s)?)"
    r"|\b(?P<ja>(?:mit|bei|durch) (?:den |die )?(?:Stimmen?|Zustimmung) (?:der|des|von)\s)",
    re.IGNORECASE,
)
_WHOSE = re.compile(r"\s+(?:der|des|von|aus der|aus den Reihen der|durch|seitens der?)\s+(?=\S)")
_IN_PAREN = re.compile(r"\s*\((?P<who>[^()]{2,240}(?:\(\d{1,3}\)[^()]{0,120})*)\)")
_AFTER_COLON = re.compile(r"\s*:\s*(?=[A-ZÄÖÜ„])")
_LIST_ENDS = re.compile(
    r"[;\n]|(?<!\b[A-ZÄÖÜ])\.(?=\s+[A-ZÄÖÜ]|\s*\Z)"
    r"|,?\s+(?:und\s+)?(?:bei|gegen|mit|sowie bei|ohne)\s|\s+(?:und|sowie)\s+(?=\d|ein\w*\s)"
    r"|\s+(?:folgend\w*|d(?:en|ie|as|em|er)\s+(?=[\w-]*(?:[Bb]eschluss|[Vv]orlage|[Aa]ntrag)))"
    r"|,\s*(?=\d+\s|ein\w*\s)|\s+(?:einstimmig|mehrheitlich|abgelehnt|angenommen"
    r"|beschlossen|zugestimmt|ab|zu|an)\b",
)
_OWN_COUNT = re.compile(r"\s*\((\d{1,3})\)\s*\Z|\s+(\d{1,3})\s*\Z|\A(\d{1,3})\s*x?\s+(?=\D)")
_PERSON = re.compile(
    r"(?:Herrn?|Frau|Ratsherrn?|Ratsfrau|Stadtr[aä]t\w*|Abg\.|Abgeordnete\w*|OB|BM"
    r"|(?:Ober)?[Bb]ürgermeister\w*|Landr[aä]t\w*|Gruppe)\b"
)
_NOT_WHO = re.compile(
    r"\A(?:davon|je|laut|lt\.|siehe|vgl\.|\d|Ja|Nein|Enth|Stimm|geheim|offen|per)", re.IGNORECASE
)
_OTHER_SIDE = {_JA: _NEIN, _NEIN: _JA}
_OPPOSED = re.compile(r"gegen-?\s?stimm", re.IGNORECASE)
_UNANIMOUS = re.compile(r"(?<!nicht )\beinstimmig", re.IGNORECASE)
_BY_MAJORITY = re.compile(
    r"\bmehrheitlich|(?<!keine )(?<!keiner )\b(?:Stimmen)?mehrheit\b", re.IGNORECASE
)
_TOTAL = re.compile(r"(?:gesamt|summe|insgesamt|zusammen|stimmen)\b", re.IGNORECASE)
_ROW = re.compile(r"\S.*?(?:[\s|:]+(?:\d{1,3}|[-–]))+\s*")
_HEADER_WITHIN = 6
_MAX_RECORD = 1200


@dataclass(slots=True)
class _Count:
    ja: int | None = None
    nein: int | None = None
    enthaltung: int | None = None

    def take(self, camp: Stimmabgabe, number: int) -> None:
        """The first number of a camp counts; a record repeats itself further on."""
        if getattr(self, camp.value) is None:
            setattr(self, camp.value, number)


def read_votes(record: str, *, carried: bool | None = None) -> Abstimmung | None:
    """The count that a record of one vote states; None where it counts nothing and nobody.

    Args:
        record: its words.
        carried: whether what was voted on was agreed to, where that is known. Of "12 zu 3 Stimmen"
            and "gegen die Stimmen der SPD" nobody else can say who voted Yes: a motion that is
            rejected against the votes of the SPD had these votes.
    """
    record = record[:_MAX_RECORD]
    count = _Count()
    if carried is not None:
        record, count.ja, count.nein = take_ratio(record, carried=carried)
    record = _closed_up(record)
    by_table = _table(record)
    if by_table is not None:
        return by_table
    found: dict[tuple[str, Stimmabgabe], Stimmen] = {}
    for camp, number, who in _camps(record, turned=carried is False):
        if number is not None:
            count.take(camp, number)
        for one in who:
            found.setdefault((one.wer, one.abgabe), one)
    einstimmig = None
    if _UNANIMOUS.search(record):
        einstimmig = True
    elif _BY_MAJORITY.search(record):
        einstimmig = False
    if einstimmig is None and count == _Count() and not found:
        return None
    return Abstimmung(count.ja, count.nein, count.enthaltung, einstimmig, tuple(found.values()))


def vote_table_end(record: str) -> int:
    """Where the table of votes ends that begins within the first lines of a record; 0 without."""
    at = 0
    header_seen = rows = 0
    for number, line in enumerate(record.splitlines(keepends=True)):
        bare = line.strip()
        if header_seen and bare and not _ROW.fullmatch(bare.replace("|", " ").strip()):
            break
        if not header_seen and number > _HEADER_WITHIN:
            return 0
        header_seen = header_seen or len(_header_of(bare)) > 1
        at += len(line)
        rows += bool(header_seen and bare)
    return len(record[:at].rstrip()) if rows > 1 else 0


def is_table_line(line: str) -> bool:
    """Whether a line is the header or a row of a table of votes."""
    if len(_header_of(line)) > 1:
        return "\t" in line
    numbers = re.findall(r"\t(?:\d{1,3}|[-–])(?=\t|\Z)", line.rstrip())
    return len(numbers) > 1 and _ROW.fullmatch(line.strip()) is not None


def _header_of(line: str) -> list[Stimmabgabe]:
    """The camps that a line without figures names, in order."""
    if any(char.isdigit() for char in line):
        return []
    return [
        next(c for c, _ in _CAMPS if m.groupdict().get(c.value)) for m in _COUNTED.finditer(line)
    ]


def _closed_up(record: str) -> str:
    """The record without the hyphens of line ends: "Ja- Stimmen", "1Nein"."""
    record = re.sub(r"(?<=\w)-\s+(?=[Ss]timm)", "-", record)
    record = re.sub(rf"\bgegen ({NUMBER}) Stimmen?\b", r"bei \1 Gegenstimmen", record)
    record = re.sub(r"(?<=[a-zäöü])-[ \n]+(?=[a-zäöüß]{2})(?!und |oder )", "", record)
    return re.sub(r"(?<=\d)(?=(?:Ja|Nein|Enth))", " ", record)


def _camps(record: str, *, turned: bool) -> Iterator[tuple[Stimmabgabe, int | None, list[Stimmen]]]:
    """Each mention of a camp with its number and its members.

    `turned`: who is said to have voted with or against a decision stood on the other side of the
    motion that it rejects.
    """
    marks = sorted(
        [*_COUNTED.finditer(record), *_BY.finditer(record)], key=lambda m: (m.start(), -m.end())
    )
    figures_first = _figures_first([m for m in marks if m.re is _COUNTED])
    taken = 0
    for index, mark in enumerate(marks):
        if mark.start() < taken:
            continue
        camp = next(c for c, _ in _CAMPS if mark.groupdict().get(c.value))
        limit = next(
            (m.start() for m in marks[index + 1 :] if m.start() >= mark.end()), len(record)
        )
        if mark.re is _BY:
            side = _OTHER_SIDE.get(camp, camp) if turned else camp
            who = _listed(record[mark.end() : limit], side, strict=True)
            if who:
                taken = mark.end()
                yield side, None, who
            continue
        number = _number(mark, figures_first)
        behind = mark.end() if figures_first or mark["after"] is None else mark.end("after")
        opposed = turned and number is None and _OPPOSED.match(mark.group())
        if opposed:
            camp = _JA
        who = _members(record, behind, max(limit, behind), camp)
        if number is not None or who:
            yield camp, number, who


def _figures_first(marks: list[re.Match[str]]) -> bool:
    """Whether numbers stand before their words ("14 Ja") and not behind ("Ja 14")."""
    return bool(marks) and marks[0]["before"] is not None


def _number(mark: re.Match[str], figures_first: bool) -> int | None:
    words = mark["before"] if figures_first else mark["after"]
    if words is None:
        return None
    return figure(words)


def _members(record: str, start: int, limit: int, camp: Stimmabgabe) -> list[Stimmen]:
    """Who stands behind a camp: in brackets, behind a colon, or "der CDU-Fraktion"."""
    bracket = _IN_PAREN.match(record, start)
    if bracket is not None:
        return _listed(bracket["who"], camp, strict=False)
    colon = _AFTER_COLON.match(record, start, limit)
    if colon is not None:
        return _listed(record[colon.end() : limit], camp, strict=True)
    whose = _WHOSE.match(record, start, limit)
    if whose is not None:
        return _listed(record[whose.end() : limit], camp, strict=True)
    return []


def _listed(words: str, camp: Stimmabgabe, *, strict: bool) -> list[Stimmen]:
    """The names in a list. `strict`: running text may follow, so only what is surely a name."""
    if strict:
        end = _LIST_ENDS.search(words)
        words = words[: end.start()] if end else words
    words = re.sub(r"(?:\s|,|\b(?:und|sowie|bei|mit)\b)+\Z", "", words)
    found: list[Stimmen] = []
    for reading in split_fraktionen(words):
        for name in re.split(r"\s+und\s+(?=Herr|Frau|OB\b)", reading.value):
            one = _one(name.strip(" ,;:"), camp)
            if one is not None and (not strict or _is_somebody(one.wer)):
                found.append(one)
    return found


def _one(name: str, camp: Stimmabgabe) -> Stimmen | None:
    own = _OWN_COUNT.search(name)
    zahl = None
    if own is not None:
        zahl = int(own[1] or own[2] or own[3])
        name = (name[: own.start()] + name[own.end() :]).strip(" ,.")
    name = re.sub(r"\A(?:der|die|des|den|dem|von)\s+(?=[A-ZÄÖÜ])(?!\w*\s*Linke)", "", name)
    name = re.sub(r"(?:[-‑]| )?[Ff]raktion\Z|\A[Ff]raktion (?:der |die )?(?=[A-ZÄÖÜ])", "", name)
    name = name.strip(" ,;:").removesuffix("…").strip(" ,")
    if name.endswith(")") and "(" not in name:
        name = name.rstrip(")")  # "(dafür: FDP)"
    if not name or len(name) > 60 or _NOT_WHO.match(name) or not name[0].isupper():
        return None
    return Stimmen(name, camp, zahl)


def _is_somebody(name: str) -> bool:
    return is_known_fraktion(name) or _PERSON.match(name) is not None or name.isupper()


def _table(record: str) -> Abstimmung | None:
    """A table of Fraktionen: a header of camps, a row of numbers for each name."""
    lines = [line.strip() for line in record.splitlines() if line.strip()]
    for index, line in enumerate(lines):
        camps = _header_of(line)
        if len(camps) < 2:
            continue
        rows = list(_rows(lines[index + 1 :], camps))
        if not rows:
            continue
        count = _Count()
        stimmen: list[Stimmen] = []
        for name, numbers in rows:
            total = _TOTAL.match(name) is not None
            for camp, number in zip(camps, numbers, strict=True):
                if total:
                    count.take(camp, number)
                elif number:
                    stimmen.append(Stimmen(name, camp, number))
        einstimmig = True if _UNANIMOUS.search(record) else None
        if einstimmig is None and _BY_MAJORITY.search(record):
            einstimmig = False
        return Abstimmung(count.ja, count.nein, count.enthaltung, einstimmig, tuple(stimmen))
    return None


def _rows(lines: list[str], camps: list[Stimmabgabe]) -> Iterator[tuple[str, list[int]]]:
    cells = r"\s+".join([r"(\d{1,3}|[-–])"] * len(camps))
    for line in lines:
        match = re.fullmatch(rf"(\S.*?)[\s|:]+{cells}\s*\|?", line.replace("|", " ").strip())
        if match is None:
            return
        numbers = [int(cell) if cell.isdecimal() else 0 for cell in match.groups()[1:]]
        yield match[1].strip(), numbers
