"""The header fields of a paper, read by rules; each keeps the words it was read from.

Only the head is read, and the sections that belong to it (Tagesordnungspunkt, Ergebnis). What the
Begründung says is never a header field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.types import (
    Drucksachennummer,
    Kopfdaten,
    Reading,
    Section,
    SectionKind,
    Span,
    TopBeschluss,
)
from ingest.expressions import find_dates
from ingest.papers.arten import SITTINGS, STATUTES, read_art, read_narrower_art
from ingest.papers.attendance import read_attendance
from ingest.papers.beratungsfolge import read_beratungsfolge
from ingest.papers.days import read_fassung, read_paper_date
from ingest.papers.ergaenzung import read_wirkung
from ingest.papers.gremien import gremium_name, read_sitting
from ingest.papers.labels import read_labels
from ingest.papers.minutes import read_beschluesse
from ingest.papers.movers import read_movers
from ingest.papers.number import paper_number
from ingest.papers.profile import Profile, detect_profile
from ingest.papers.result import read_ergebnis
from ingest.papers.structure import head_end
from ingest.papers.subject import read_subject
from ingest.papers.visibility import read_declared

_MAX_FRONT = 12_000
_HEADER_CELL = re.compile(
    r"(?:Sitzungst|T)ermin|Datum|Zuständigkeit|Rolle|Status|TOP\b|Beratung", re.I
)


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
    nummer = None if sitting else paper_number(text, end, labels)
    subject = read_subject(text, sections, labels)
    narrower = _narrower(text, art, nummer, subject)
    return Kopfdaten(
        art=narrower or art,
        nummer=nummer,
        datum=read_paper_date(text, end, labels, folge, art),
        antragsteller=() if sitting else read_movers(text, end, labels, art),
        dienststelle=_words(text, labels.get("dienststelle")),
        gremium=gremium or _gremium(text, labels),
        sitzung=sitzung,
        tagesordnungspunkt=subject,
        fassung=read_fassung(text, end, art),
        oeffentlich=read_declared(text, end, statute=art is not None and art.value in STATUTES),
        beratungsfolge=folge,
        ergebnis=None if sitting else read_ergebnis(text, sections),
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


def _gremium(text: str, labels: Mapping[str, Span]) -> Reading[str] | None:
    words = _words(text, labels.get("gremium"))
    if words is None or find_dates(words.value) or _HEADER_CELL.match(words.value):
        return None
    return Reading(gremium_name(words.value), words.span)
