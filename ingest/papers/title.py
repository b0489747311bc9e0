"""What a paper is about, in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.types import Kopfdaten, Reading, Section, Span
from ingest.papers.arten import SITTINGS, STATUTES, read_art
from ingest.papers.structure import head_end

_MAX_TITLE = 300
_SHORT_SUBJECT = 13
_FULL_LINE = 60  # what goes on in the next line fills its own
_OPEN_LINE = re.compile(r"(?:[,;:–-]|\b(?:und|der|die|das|des|dem|den|für|von|in|im|zu|zur|zum))\Z")
_PART_OF_STATION = re.compile(
    r"(?:Beratung\b|(?:[Bb]e)?schluss|fassung\b|Einstimmig|Mehrheitlich|lt\.|Stimmen\b"
    r"|\d+ ?(?:-|\b)(?:Ja|Nein|Gegen|Enthaltung))|.*[Ss]timmen?\Z|\d\. Ergänzung\Z"
    r"|.*\bEnthaltung(?:en)?\Z"
)
_MOVER = re.compile(r"[Ff]raktion(?: [A-ZÄÖÜ][\w-]+)?\)?\Z")
_TELLING_CHARS = 25  # a shorter line rarely says what a paper is about
_BODY_LINE = re.compile(
    r"\w*(?:ausschuss|fraktion)\b|(?:Rats)?[Gg]ruppe\b|(?:Orts)?[Rr]at\b", re.IGNORECASE
)
_LETTERS = re.compile(r"[A-Za-zÄÖÜäöüß]{3,}")
_FORM_OR_ADDRESS = re.compile(
    r"\b(?:Telefon|Tel\.|Fax|E-?Mail|Aktenzeichen|Az\.|Postfach|Internet|www\."
    r"|Seite \d+)\b|[☐☒□]|@|\d{5} [A-Z]"
    r"|Recyclingpapier|Beratungsfolge\b|Gremi(?:um|en)\b.*\bTermin|Stand\s*:|^Seite \d"
)


def read_title(text: str, sections: Sequence[Section], kopfdaten: Kopfdaten) -> str:
    """What a paper is about, in its own words; its kind and number where it does not say."""
    art = kopfdaten.art
    if kopfdaten.tagesordnungspunkt and not (art and art.value in SITTINGS):
        return _short(kopfdaten.tagesordnungspunkt.value)
    end = head_end(text, sections)
    if art and art.value in SITTINGS | STATUTES | {"Haushaltsplan", "Beschlusskontrolle"}:
        return _short(_paragraph_at(text, _own_title(text, art, end), end))
    lines = list(_candidates(text, end, kopfdaten))
    if lines:
        return _short(_whole(text, lines, _chosen(lines, kopfdaten)))
    if art:
        number = f" Nr. {kopfdaten.nummer.value}" if kopfdaten.nummer else ""
        return art.value + number
    return _short(next((line.strip() for line in text.splitlines() if line.strip()), ""))


def _chosen(lines: Sequence[Span], kopfdaten: Kopfdaten) -> int:
    """Which line says what the paper is about, by its place in `lines`.

    Where a Beratungsfolge is printed the subject stands right before or right behind it, however
    short; elsewhere short lines are names of offices and places.
    """
    if kopfdaten.beratungsfolge:
        first = kopfdaten.beratungsfolge[0].span.start
        behind = [n for n, span in enumerate(lines) if span.start > first]
        if lines[0].end <= first or not behind:
            return 0
        # A single word below the rows is what is left of a body's name.
        return next((n for n in behind if len(lines[n]) >= _SHORT_SUBJECT), behind[0])
    longest = max(range(min(4, len(lines))), key=lambda n: len(lines[n]))
    return next((n for n, span in enumerate(lines) if len(span) >= _TELLING_CHARS), longest)


def _whole(text: str, lines: Sequence[Span], chosen: int) -> str:
    """The line with those that go on with it."""
    words = lines[chosen].cut(text)
    for last, span in zip(lines[chosen:], lines[chosen + 1 :], strict=False):
        following = span.cut(text)
        full = len(last) >= _FULL_LINE or _OPEN_LINE.search(words) or following[0].islower()
        if not full or text[last.end : span.start].strip() or len(words) > _MAX_TITLE:
            break
        words = f"{words} {following}"
    return words


def _own_title(text: str, art: Reading[str], end: int) -> int:
    """Where the kind stands: not in a line of the page's edge that the title itself follows."""
    line_end = text.find("\n", art.span.start)
    if line_end >= 0 and " · " in text[art.span.start : line_end]:
        again = read_art(text[line_end : max(end, line_end + _MAX_TITLE)])
        if again and again.value == art.value:
            return line_end + again.span.start
    return art.span.start


def _paragraph_at(text: str, start: int, end: int) -> str:
    """The line at `start`, with the next where it is only the name of the kind of paper."""
    end = end if end > start else start + _MAX_TITLE
    lines = [line.strip() for line in text[start:end].split("\n") if line.strip()][:2]
    return " ".join(lines if len(lines[0]) < _TELLING_CHARS else lines[:1]) if lines else ""


def _candidates(text: str, end: int, kopfdaten: Kopfdaten) -> Iterator[Span]:
    """Lines of the head that are none of its fields, behind its kind and number first."""
    k = kopfdaten
    read = (k.art, k.nummer, k.datum, k.dienststelle, k.oeffentlich, *k.antragsteller)
    spans = [r.span for r in read if r is not None] + [b.span for b in k.beratungsfolge]
    after = max((r.span.end for r in (kopfdaten.art, kopfdaten.nummer) if r is not None), default=0)
    for match in re.finditer(r"[^\n]+", text[:end]):
        line, span = match.group().strip(), Span(match.start(), match.end())
        if match.start() < after or len(line) < 8:
            continue
        if line.endswith(":") and len(line) < _TELLING_CHARS:
            continue
        if any(s.overlaps(span) for s in spans) or _FORM_OR_ADDRESS.search(line):
            continue
        labelled = re.match(r"[\w/ .-]{2,30}:\s", line) and len(line) < _FULL_LINE
        if labelled or not _LETTERS.search(line):
            continue
        if _BODY_LINE.match(line) and kopfdaten.beratungsfolge:
            continue
        if _MOVER.search(line) or _PART_OF_STATION.match(line):
            continue
        office = k.dienststelle and not text[k.dienststelle.span.end : match.start()].strip()
        if office and " " not in line:
            continue  # the rest of its name
        start = match.start() + match.group().index(line[0])
        yield Span(start, start + len(line))


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _MAX_TITLE else words[: _MAX_TITLE - 1].rsplit(" ", 1)[0] + " …"
