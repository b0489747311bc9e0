"""What a paper is about, in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.types import Kopfdaten, Reading, Section, Span
from ingest.papers.arten import SITTINGS, STATUTES, read_art
from ingest.papers.structure import head_end

_MAX_TITLE = 300
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
        telling = (line for line in lines if len(line) >= _TELLING_CHARS)
        return _short(next(telling, max(lines[:4], key=len)))
    if art:
        number = f" Nr. {kopfdaten.nummer.value}" if kopfdaten.nummer else ""
        return art.value + number
    return _short(next((line.strip() for line in text.splitlines() if line.strip()), ""))


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


def _candidates(text: str, end: int, kopfdaten: Kopfdaten) -> Iterator[str]:
    """Lines of the head that are none of its fields, behind its kind and number first."""
    k = kopfdaten
    read = (k.art, k.nummer, k.datum, k.dienststelle, k.oeffentlich, *k.antragsteller)
    spans = [r.span for r in read if r is not None] + [b.span for b in k.beratungsfolge]
    after = max((r.span.end for r in (kopfdaten.art, kopfdaten.nummer) if r is not None), default=0)
    for match in re.finditer(r"[^\n]+", text[:end]):
        line, span = match.group().strip(), Span(match.start(), match.end())
        if match.start() < after or len(line) < 8 or line.endswith(":"):
            continue
        if any(s.overlaps(span) for s in spans) or _FORM_OR_ADDRESS.search(line):
            continue
        if re.match(r"[\w/ .-]{2,30}:\s", line) or not _LETTERS.search(line):
            continue
        if _BODY_LINE.match(line) and kopfdaten.beratungsfolge:
            continue
        yield line


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _MAX_TITLE else words[: _MAX_TITLE - 1].rsplit(" ", 1)[0] + " …"
