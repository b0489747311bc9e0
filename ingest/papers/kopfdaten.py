"""The header fields of a paper, read by rules; each keeps the words it was read from.

Only the head is read, and the sections that belong to it (Tagesordnungspunkt, Ergebnis). What the
Begründung says is never a header field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from index.types import (
    Beratung,
    Drucksachennummer,
    Ergebnis,
    Kopfdaten,
    Reading,
    Section,
    SectionKind,
    Span,
    TopBeschluss,
)
from ingest.expressions import find_dates, find_references
from ingest.papers.arten import ARTEN, SITTINGS, STATUTES, read_art, read_narrower_art
from ingest.papers.attendance import read_attendance
from ingest.papers.beratungsfolge import read_beratungsfolge
from ingest.papers.ergaenzung import read_wirkung
from ingest.papers.fraktionen import is_known_fraktion, normalise_fraktion, split_fraktionen
from ingest.papers.gremien import gremium_name, read_sitting
from ingest.papers.labels import read_labels
from ingest.papers.minutes import read_beschluesse
from ingest.papers.outcomes import read_outcome
from ingest.papers.profile import Profile, detect_profile
from ingest.papers.structure import head_end
from ingest.papers.title import read_title
from ingest.papers.visibility import read_declared
from ingest.papers.votes import read_votes

__all__ = [
    "ARTEN",
    "normalise_fraktion",
    "read_kopfdaten",
    "read_number",
    "read_outcome",
    "read_title",
]

_BEHIND = frozenset({SectionKind.BEGRUENDUNG, SectionKind.ZUSAMMENFASSUNG, SectionKind.TOP})
# A number behind one of these belongs to another paper ("Änderungsantrag zu Vorlage 15/200").
_OTHER_PAPER = re.compile(
    r"\b(?:zu|zur|zum|der|des|dem|den|auf|die|von|vom|mit|siehe|s\.|vgl\.|gem\.|gemäß|und)\s+\Z",
    re.I,
)
_FREE_NUMBER = re.compile(r"(?:[IVX]+/|[A-ZÄÖÜ]{1,8}[\s/]?)?\d[\w./-]*")
_YEAR_NUMBER = re.compile(
    r"^[ \t]*(?:DS|Drs\.?|Drucksache|Vorlage|Antrag|Anfrage)[ -]*(?:Nr\.?)?[ ]*"
    r"(?P<number>\d{1,4}/(?:19|20)\d{2}(?:\s*[,(–-]?\s*\d{1,2}\.\s?Ergänzung)?)",
    re.MULTILINE,
)
_ERGAENZUNG = re.compile(r"(?<=/)\d+\s*[,(–-]?\s*(\d{1,2})\.\s?Ergänzung")
_MOVED_BY = re.compile(
    r"^[ \t(]*(?:\w+er )?[\w-]*(?:[Aa]ntrag|[Aa]nfrage)\s+(?:der|von)\s+"
    r"(?P<who>(?:[Ff]raktion|[Gg]ruppe|[A-ZÄÖÜ][\w/’' -]{0,60}?[Ff]raktion)[^\n]{0,120}?)"
    r"(?=\s+(?:vom|zum|zur|zu|betreffend|in der|im|auf)\b|\s*[:()\n]|\Z)",
    re.MULTILINE,
)
_MOVES = re.compile(
    r"^[ \t]*Die (?P<who>(?:Fraktion(?:en)? )?[A-ZÄÖÜ][^\n.:]{1,80}?)"
    r" (?:stellt|stellen|beantragt|beantragen|fragt|fragen)\b",
    re.MULTILINE,
)
_MOVER_BEHIND_KIND = re.compile(
    r"^[ \t(]*(?:\w+er )?(?:Änderungs|Ergänzungs|Dringlichkeits|Prüf)?[Aa]ntrag[ ]?:[ \t]*"
    r"(?P<who>[^\n]{2,120}?)\)?[ \t]*$",
    re.MULTILINE,
)
_ACRONYM = re.compile(r"[A-ZÄÖÜ]{2,6}")
# A line that names nobody but the mover ("SPD-Ortschaftsratsfraktion").
_MOVER_ALONE = re.compile(
    r"^[ \t]*(?P<who>[^\n:;(),]{2,80}[Ff]raktion(?:en)?(?: [A-ZÄÖÜ][\w-]+)?)[ \t]*(?:,|$)",
    re.MULTILINE,
)
_MOTIONS = frozenset(
    {"Antrag", "Anfrage", "Änderungsantrag", "Ergänzungsantrag", "Dringlichkeitsantrag"}
)
_FASSUNG = re.compile(
    r"\b(?:in der (?:derzeit gültigen |geltenden )?Fassung|i\. ?d\. ?F\.|zuletzt geändert"
    r"|Fassung)\b"
    r"[^\n.;]{0,80}?\b(?:vom|am|vom:)\s+(?P<day>\d{1,2}\.\s?(?:\d{1,2}\.|\w+)\s?\d{4})",
    re.IGNORECASE,
)
# The enacting words of a statute name the Fassung of the law it rests on, not its own.
_OTHER_LAW = re.compile(r"§|\b[Aa]ufgrund\b|\bauf Grund\b|\bGesetz\b|\bGBl\b")
_FORM = re.compile(
    r"\b(?:Gremium|Ja|Nein|Ent\w{0,4}-|Ein\w{0,5}-|Enthaltung\w*|Einstimmig|abweichend\w*|lt\.|Beschluss-)",
    re.IGNORECASE,
)
_DATED = re.compile(r"[^\n:]{0,80}?\d{1,2}\.\s?(?:\d{1,2}\.|[A-Z]\w+)\s?\d{4}\s*[):,–-]*\s*(?=\S)")
_MAX_RECORD = 600
_MAX_FRONT = 12_000
_FURTHER_LINE = re.compile(r"\s*\n\s*(?P<line>\S(?:[^\n]*\S)?)")
_OPEN_END = re.compile(
    r"(?:[;,–-]|\b(?:und|oder|der|die|das|des|dem|den|für|von|in|im|zu|zur|zum))\Z"
)
_HEADER_CELL = re.compile(
    r"(?:Sitzungst|T)ermin|Datum|Zuständigkeit|Rolle|Status|TOP\b|Beratung", re.I
)
_MAX_MOVER = 50
_DAY_OF = re.compile(r"\b(?:vom|bis|seit|zum|ab)\s+\Z")
_LONG_LEAD = 30
_FILLED_IN = re.compile(r"(?<![\w@])\d{1,3}(?![\w@])|[☒✓✗]|\b[xX]\b")


def read_kopfdaten(
    text: str, sections: Sequence[Section], profile: Profile | None = None
) -> Kopfdaten:
    """Reads the header fields of a paper. What is not printed stays None or empty.

    Args:
        text: canonical text.
        sections: of this text, from `ingest.papers.structure.read_sections`.
        profile: words of the source system; found by the text itself where it is None.
    """
    profile = profile or detect_profile(text)
    end = head_end(text, sections)
    labels = read_labels(text, end, profile)
    art = read_art(text, end)
    sitting = art is not None and art.value in SITTINGS
    gremium, sitzung = read_sitting(text, end) if sitting else (None, None)
    folge = () if sitting else read_beratungsfolge(text, end, profile)
    nummer = None if sitting else _nummer(text, end, labels)
    subject = _tagesordnungspunkt(text, sections, labels)
    narrower = _narrower(text, art, nummer, subject)
    return Kopfdaten(
        art=narrower or art,
        nummer=nummer,
        datum=_datum(text, end, labels, folge, art),
        antragsteller=() if sitting else _antragsteller(text, end, labels, art),
        dienststelle=_words(text, labels.get("dienststelle")),
        gremium=gremium or _gremium(text, labels),
        sitzung=sitzung,
        tagesordnungspunkt=subject,
        fassung=_fassung(text, end, art),
        oeffentlich=read_declared(text, end, statute=art is not None and art.value in STATUTES),
        beratungsfolge=folge,
        ergebnis=None if sitting else _ergebnis(text, sections),
        beschluesse=_beschluesse(text, sections, gremium)
        if art and art.value == "Niederschrift"
        else (),
        bezeichnung=art if narrower else None,
        wirkung=read_wirkung(text, sections, nummer),
        teilnahme=read_attendance(text, _front_end(sections, len(text)))
        if art and art.value == "Niederschrift"
        else (),
    )


def _front_end(sections: Sequence[Section], end: int) -> int:
    """Where the minutes proper begin, with their first item."""
    tops = (section.span.start for section in sections if section.kind is SectionKind.TOP)
    return min(next(tops, end), _MAX_FRONT)


def read_number(words: str) -> Drucksachennummer | None:
    """The number of a paper that the words of its number field state."""
    for reference in find_references(words):
        rest = words[reference.span.end : reference.span.end + 1]
        if rest in {"/", "-"}:
            break  # only a part of the number was understood
        return reference.number
    free = _FREE_NUMBER.search(words)
    if free is None:
        return None
    added = _ERGAENZUNG.search(words, free.start())
    key = " ".join(free.group().split()).upper()
    return Drucksachennummer(f"{key}/{added[1]}" if added else key)


def _narrower(
    text: str,
    art: Reading[str] | None,
    nummer: Reading[Drucksachennummer] | None,
    subject: Reading[str] | None,
) -> Reading[str] | None:
    if art is None or nummer is None:
        return None
    return read_narrower_art(text, art, nummer.span.end, subject.span if subject else None)


def _beschluesse(
    text: str, sections: Sequence[Section], gremium: Reading[str] | None
) -> tuple[TopBeschluss, ...]:
    return read_beschluesse(text, sections, gremium.value if gremium else "")


def _words(text: str, span: Span | None) -> Reading[str] | None:
    return Reading(span.cut(text), span) if span is not None and len(span) else None


def _nummer(text: str, end: int, labels: Mapping[str, Span]) -> Reading[Drucksachennummer] | None:
    labelled = labels.get("nummer")
    if labelled is not None and any(char.isdigit() for char in labelled.cut(text)):
        reading = _number_in(text, labelled)
        if reading is not None:
            return reading
    for reference in find_references(text[:end]):
        line_start = text.rfind("\n", 0, reference.span.start) + 1
        before = text[line_start : reference.span.start]
        alone = text.rfind("\n", *_bounds(reference.span)) + 1
        if alone > line_start and _FREE_NUMBER.match(text, alone):
            # The word above belongs to the line above: the number stands for itself.
            return _number_in(text, Span(alone, reference.span.end))
        if reference.label is None and before.strip():
            continue
        if _OTHER_PAPER.search(before) or len(before.strip()) > 40:
            continue
        line_end = text.find("\n", reference.span.end)
        rest = Span(reference.span.start, line_end if line_end >= 0 else len(text))
        return _number_in(text, rest)
    by_year = _YEAR_NUMBER.search(text, 0, end)
    if by_year:
        return _number_in(text, Span(by_year.start("number"), by_year.end("number")))
    return None


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _number_in(text: str, span: Span) -> Reading[Drucksachennummer] | None:
    """The number at the beginning of `span`, with the words that state it."""
    words = span.cut(text)
    value = read_number(words)
    if value is None:
        return None
    end = len(words)
    for reference in find_references(words):
        end = reference.span.end
        break
    free = _FREE_NUMBER.search(words)
    start = 0
    if read_number(words[:end]) != value and free:
        start, end = free.span()
    cut = words[start:end].rstrip()
    if read_number(cut) != value:
        start, cut = 0, words.rstrip()
    return Reading(value, Span(span.start + start, span.start + start + len(cut)))


def _datum(
    text: str,
    end: int,
    labels: Mapping[str, Span],
    folge: Sequence[Beratung],
    art: Reading[str] | None,
) -> Reading[date] | None:
    """The labelled date; for others the first full date of the head that is no station's."""
    labelled = labels.get("datum")
    if labelled is not None:
        for reading in _days(text, labelled):
            return reading
    start = art.span.start if art and art.value in SITTINGS | STATUTES else 0
    statute = art is not None and art.value in STATUTES
    fassung = _FASSUNG.search(text, 0, end) if statute else None
    for reading in _days(text, Span(start, max(start, end))):
        if any(station.span.overlaps(reading.span) for station in folge):
            continue
        if _of_something_else(text, reading.span.start):
            continue
        if fassung and fassung.start("day") <= reading.span.start < fassung.end("day"):
            continue
        return reading
    if fassung:
        for reading in _days(text, Span(fassung.start("day"), fassung.end("day"))):
            return reading
    return None


def _of_something_else(text: str, start: int) -> bool:
    """Whether a day is part of the subject: "Nachtrag zum Bericht vom 07.10.2022"."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return (
        len(before) > _LONG_LEAD
        and _DAY_OF.search(before) is not None
        and read_art(before.lstrip()) is None
        and not re.match(r"\s*(?:Stand|Datum|Eingang)", before)
    )


def _days(text: str, span: Span) -> Iterator[Reading[date]]:
    for found in find_dates(span.cut(text)):
        if not found.value.startswith("--"):
            yield Reading(date.fromisoformat(found.value), found.span.shifted(span.start))


def _antragsteller(
    text: str, end: int, labels: Mapping[str, Span], art: Reading[str] | None
) -> tuple[Reading[str], ...]:
    labelled = labels.get("antragsteller")
    if labelled is None:
        moves = art is not None and art.value in _MOTIONS
        match = (
            _MOVED_BY.search(text, 0, end)
            or _known_mover(_MOVER_BEHIND_KIND, text, end)
            or (_known_mover(_MOVER_ALONE, text, end) if moves else None)
            or _moving_fraktion(text, end)
        )
        labelled = Span(match.start("who"), match.end("who")) if match else None
    return split_fraktionen(labelled.cut(text), labelled.start) if labelled is not None else ()


def _known_mover(pattern: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    for match in pattern.finditer(text, 0, end):
        names = [name.value for name in split_fraktionen(match["who"])]
        if any(len(name) > _MAX_MOVER for name in names):
            continue  # running text
        if any(map(is_known_fraktion, names)) or all(map(_ACRONYM.fullmatch, names)):
            return match
    return None


def _moving_fraktion(text: str, end: int) -> re.Match[str] | None:
    """The mover in the first line of the motion itself ("Die SPD-Fraktion beantragt")."""
    line_end = text.find("\n", end)
    match = _MOVES.search(text, 0, line_end if line_end >= 0 else len(text))
    return match if match and "raktion" in match["who"] else None


def _gremium(text: str, labels: Mapping[str, Span]) -> Reading[str] | None:
    words = _words(text, labels.get("gremium"))
    if words is None or find_dates(words.value) or _HEADER_CELL.match(words.value):
        return None
    return Reading(gremium_name(words.value), words.span)


def _tagesordnungspunkt(
    text: str, sections: Sequence[Section], labels: Mapping[str, Span]
) -> Reading[str] | None:
    for section in sections:
        if section.kind in _BEHIND:
            break
        if section.kind is SectionKind.TAGESORDNUNGSPUNKT:
            body = _first_paragraph(text, section)
            if body is not None:
                body = _with_broken_lines(text, body, section)
                return Reading(body.cut(text), body)
    return _words(text, labels.get("tagesordnungspunkt"))


def _with_broken_lines(text: str, body: Span, section: Section) -> Span:
    """A title with the lines that go on with it, where a parser left them apart."""
    for match in _FURTHER_LINE.finditer(text, body.end, section.span.end):
        if match.start() != body.end or len(body) + len(match.group()) > _MAX_RECORD:
            break
        if not (match["line"][0].islower() or _OPEN_END.search(body.cut(text))):
            break
        body = Span(body.start, match.end("line"))
    return body


def _first_paragraph(text: str, section: Section) -> Span | None:
    words = text[section.heading.end : section.span.end]
    stripped = words.strip()
    if not stripped:
        return None
    start = section.heading.end + len(words) - len(words.lstrip())
    return Span(start, start + len(stripped.split("\n\n")[0].rstrip()))


def _fassung(text: str, end: int, art: Reading[str] | None) -> Reading[str] | None:
    if art is None or art.value not in STATUTES:
        return None
    for match in _FASSUNG.finditer(text, 0, end):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if not _OTHER_LAW.search(line + match.group()):
            return Reading(match["day"], Span(match.start("day"), match.end("day")))
    return None


def _ergebnis(text: str, sections: Sequence[Section]) -> Ergebnis | None:
    """The recorded result. An empty field or an unfilled form is none."""
    for section in sections:
        if section.kind is SectionKind.TOP:
            return None
        if section.kind is not SectionKind.ERGEBNIS:
            continue
        outer = [s for s in sections if s is not section and s.span.contains(section.span)]
        if any(s.kind in _BEHIND for s in outer):
            continue
        body = _first_paragraph(text, section)
        if body is None or _is_empty_form(text[body.start : section.span.end]):
            continue
        dated = _dated_records(text, Span(body.start, section.span.end))
        if dated:
            return dated
        outcome = read_outcome(body.cut(text)[:_MAX_RECORD])
        words = _with_wording(text, body, section).cut(text)[:_MAX_RECORD].rstrip()
        columns = _FORM.findall(text[body.start : section.span.end][:300])
        if outcome is None and len(columns) > 2:
            continue  # the columns of a form
        span = Span(body.start, body.start + len(words))
        return Ergebnis(words, outcome, span, read_votes(words))
    return None


def _with_wording(text: str, body: Span, section: Section) -> Span:
    """The record with the wording behind its colon ("Mit folgendem Wortlaut beschlossen:")."""
    if not body.cut(text).endswith(":"):
        return body
    behind = re.compile(r"\s*\S(?:[^\n]|\n(?!\s*\n))*").match(text, body.end, section.span.end)
    return Span(body.start, len(text[: behind.end()].rstrip())) if behind else body


def _dated_records(text: str, body: Span) -> Ergebnis | None:
    """Several dated lines as one record, whose latest says what became of the paper."""
    records: list[tuple[date, Span]] = []
    for match in re.finditer(r"[^\n]+", body.cut(text)):
        line = match.group().strip()
        if not line:
            continue
        match_of = _DATED.match(line)
        day = (
            next((r.value for r in _days(line, Span(0, match_of.end()))), None)
            if match_of
            else None
        )
        if day is None:
            break
        start = body.start + match.start() + match.group().index(line[0])
        records.append((day, Span(start, start + len(line))))
    if len(records) < 2 or records[-1][1].end - records[0][1].start > _MAX_RECORD:
        return None
    # Of two lines of one day the later printed counts.
    latest = max(enumerate(records), key=lambda item: (item[1][0], item[0]))[1][1]
    span = Span(records[0][1].start, records[-1][1].end)
    words = latest.cut(text)
    return Ergebnis(span.cut(text), read_outcome(words), span, read_votes(words))


def _is_empty_form(words: str) -> bool:
    if not any(char.isalnum() for char in words):
        return True
    return len(_FORM.findall(words)) >= 3 and not _FILLED_IN.search(words)
