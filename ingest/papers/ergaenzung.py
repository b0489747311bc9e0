"""What an Ergänzungsvorlage does to the paper it belongs to: replaces, amends or adds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.types import Drucksachennummer, Reading, Section, SectionKind, Span, Wirkung
from ingest.expressions import Expression, find_expressions, find_references
from ingest.sentences import split_sentences

# The base paper by name, where its number is not repeated.
_BASE = re.compile(
    r"\b(?:Ausgangs|Ursprungs|Grund|Haupt)vorlage\b|\bursprünglichen?r? (?:Vorlage|Beschlussvorschl"
    r"|Antrag)|\bVorlage\s+(?:ohne|zur?)\s+Ergänzung\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:nicht|kein\w*|weder)\b[^,;]{0,40}"
    r"(?:ersetz|geändert|ändert|ergänz|angepasst|neu gefasst)|\b(?:ersetzt|ändert|ergänzt)\b"
    r"[^,;]{0,60}\bnicht\b",
    re.IGNORECASE,
)
# Part of the paper is exchanged: that amends, though the verb is "ersetzt". A whole new
# Beschlussvorschlag replaces.
_PART_REPLACED = re.compile(
    r"\b(?:Angaben?|Wort|Worte|Wörter|Zahl|Zahlen|Betrag|Beträge|Satz|Sätze|Absatz|Absätze|Ziffern?"
    r"|Punkte?|Zeilen?|Seiten?|Tabellen?|Spalten?)\b.*\b(?:ersetzt|neu gefasst|ausgetauscht)\b"
    r"|\b(?:ersetzt|ersetzen)\b.{0,40}\b(?:Angaben?|Wort|Satz|Absatz|Ziffern?|Punkte?|Seiten?"
    r"|Tabellen?)\b",
    re.IGNORECASE | re.DOTALL,
)
_REPLACED = re.compile(
    r"\bersetz(?:t|en)\b|\btritt an die Stelle\b|\bhinfällig\b|\bgegenstandslos\b"
    r"|\bwird (?:hiermit |hierdurch )?zurückgezogen\b",
    re.IGNORECASE,
)
_AMENDED = re.compile(
    r"\b(?:ge)?ändert\b|\babgeändert\b|\bneu gefasst\b|\bangepasst\b|\bkorrigiert\b|\bberichtigt\b"
    r"|\baktualisiert\b|\bfolgende Fassung\b",
    re.IGNORECASE,
)
_SECTIONS = (
    (re.compile(r"\bBeschluss(?:vorschl|entw)\w+", re.IGNORECASE), SectionKind.BESCHLUSSVORSCHLAG),
    (re.compile(r"\bBegründung\b", re.IGNORECASE), SectionKind.BEGRUENDUNG),
    (
        re.compile(r"\b[Ff]inanzielle\w* Auswirkungen\b|\bFinanzierung\w*"),
        SectionKind.FINANZEN,
    ),
)
_ORDER = re.compile(
    r"\b(?:wird|werden|ist|sind)\b(?P<old>(?:(?!\b(?:wird|werden|ist|sind)\b).){0,200}?)"
    r"\bdurch\b(?P<new>.{0,300}?)\b(?:ersetzt|ausgetauscht|und (?=.{0,200}\bersetzt))\b",
    re.IGNORECASE | re.DOTALL,
)
_ADDED = re.compile(
    r"\bergänz(?:t|en)\b|\bin Ergänzung\b|\bergänzend(?:e)?\s+(?:zu[rm]?)\b|\bhinzugefügt\b"
    r"|\bangefügt\b|\bzusätzlich zu[rm]?\b",
    re.IGNORECASE,
)


def read_wirkung(
    text: str, sections: Sequence[Section], nummer: Reading[Drucksachennummer] | None
) -> Reading[Wirkung] | None:
    """What the paper says it does to the one whose number it extends, with the sentence.

    The Beschlussvorschlag decides before the rest of the text. None where the paper is no
    Ergänzung, says nothing, or says two different things in one place.
    """
    if nummer is None or not nummer.value.ergaenzung:
        return None
    deciding = [s.span for s in sections if s.kind is SectionKind.BESCHLUSSVORSCHLAG]
    for places in (deciding, [Span(0, len(text))]):
        found = [r for place in places for r in _readings(text, place, nummer.value)]
        if found:
            return found[0] if len({reading.value for reading in found}) == 1 else None
    return None


def replaced_sections(order: str) -> frozenset[SectionKind]:
    """The sections that a sentence with "ersetzt" takes the place of; none: the whole paper."""
    return frozenset(kind for pattern, kind in _SECTIONS if pattern.search(order))


def exchanged(text: str) -> list[tuple[list[Expression], list[Expression]]]:
    """What "wird die Angabe „5 €“ durch die Angabe „6 €“ ersetzt" takes out and puts in.

    The expressions' spans count from the start of `text`.
    """
    return [
        (_within(text, match.span("old")), _within(text, match.span("new")))
        for match in _ORDER.finditer(text)
    ]


def _within(text: str, place: tuple[int, int]) -> list[Expression]:
    start, end = place
    return [e for e in find_expressions(text) if start <= e.span.start and e.span.end <= end]


def _readings(text: str, place: Span, own: Drucksachennummer) -> Iterator[Reading[Wirkung]]:
    for sentence in split_sentences(place.cut(text)):
        span = sentence.shifted(place.start)
        words = span.cut(text)
        if not _names_base(words, own) or _NEGATED.search(words):
            continue
        wirkung = _wirkung(words)
        if wirkung is not None:
            yield Reading(wirkung, span)


def _names_base(words: str, own: Drucksachennummer) -> bool:
    return bool(_BASE.search(words)) or any(
        reference.number.stem == own.stem and reference.number != own
        for reference in find_references(words)
    )


def _wirkung(words: str) -> Wirkung | None:
    if _PART_REPLACED.search(words) or _AMENDED.search(words):
        return Wirkung.AENDERT
    if _REPLACED.search(words):
        return Wirkung.ERSETZT
    return Wirkung.ERGAENZT if _ADDED.search(words) else None
