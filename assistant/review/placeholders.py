"""What was left open in a draft: placeholders, dots, boxes that nobody ticked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.review.quotation import quotations
from assistant.review.types import Befund, BefundArt, Reviewed, Severity
from index.types import Checkbox, CheckState, Span

_MISSING = re.compile(
    r"\[\s*Angabe(?:n)?\s+fehl(?:t|en)\s*:?\s*(?P<what>[^\]\n–]{0,200}?)\s*"
    r"(?:[–-]\s*zuständig\s*:\s*(?P<who>[^\]\n]{1,120}?)\s*)?\]",
    re.IGNORECASE,
)
_TO_CHECK = re.compile(
    r"\[\s*(?:zu\s+)?prüfen\s*:?\s*(?P<what>[^\]\n]{0,300}?)\s*\]", re.IGNORECASE
)
_BRACKETED = re.compile(
    r"\[\s*(?:bitte|hier|noch|folgt|ergänzen|einfügen|offen|Datum|Betrag|Name|Ort|Nummer|Nr\.?|Text"
    r"|Aktenzeichen|Gremium|Zahl)\b[^\]\n]{0,120}\]|<\s*(?:bitte|hier|Datum|Betrag|Name|Ort|Nummer"
    r"|Text)\b[^<>\n]{0,80}>",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"(?<![\w.,])(?:X{2}(?:[.,/]X{2,4})+|X{2,}/X{2,}|\d{1,2}/X{2,})(?:\.\d{2,4})?(?!\w)"
    r"|(?<![\w/])X{2}(?!\w)(?!\.\s+(?:Wahlperiode|Jahrhundert|Nachtrag|Ergänzung|Sitzung))"
    r"|(?<![\w/])X{3,}(?!\w)"
    r"|\bTO[ -]?DO\b|\bt\.?\s?b\.?\s?d\.?(?!\w)|\bTBD\b|\?{3,}|#{3,}(?!\s)"
    r"|\bLorem ipsum\b"
)
_DOTS = re.compile(
    r"(?:…|\.{3,})[ ]?[./]?[ ]?(?:…|\.{2,})(?:[ ]?[./][ ]?(?:\d{2,4}|…|\.{2,}))?"
    r"|_{3,}|\b\d{1,2}/[ ]?(?:…|\.{3,})"
    r"|(?<=:)[ \t]*(?:…|\.{3,})[ \t]*(?=\n|\Z)"
    r"|\b(?:am|vom|zum|bis|Nr\.|von)\s(?:…|\.{3,})(?=\s)"
    r"|(?:…|\.{3,})\s?(?=(?:€|Euro|EUR|T€)(?!\w))"
)
_UNNAMED = re.compile(r"(?<![\w.])(?<!ü\. )(?<!über )N\.\s?N\.?(?!\w)")


def check(reviewed: Reviewed) -> Iterator[Befund]:
    """Every placeholder once, and every group of boxes that leaves the choice open."""
    text = reviewed.document.text
    yield from _written(text)
    quotes = quotations(text)
    boxes = tuple(
        box
        for box in reviewed.document.checkboxes
        if not any(quote.contains(box.mark) for quote in quotes)
    )
    for group in _groups(text, boxes):
        if len(group) > 1 and all(box.state is CheckState.LEER for box in group):
            choices = ", ".join(f"„{box.label.cut(text).strip()}“" for box in group[:4])
            choices += " …" if len(group) > 4 else ""
            yield Befund(
                BefundArt.PLATZHALTER,
                Severity.WARNUNG,
                Span(group[0].mark.start, group[-1].label.end),
                f"Von den Kästchen ist keines angekreuzt ({choices}).",
            )


def without_placeholders(text: str) -> str:
    """A text without its placeholders."""
    for pattern in (_MISSING, _TO_CHECK, _BRACKETED, _MARKED, _DOTS, _UNNAMED):
        text = pattern.sub(" ", text)
    return text


def _written(text: str) -> Iterator[Befund]:
    taken: list[Span] = []
    for pattern, severity in (
        (_MISSING, Severity.FEHLER),
        (_TO_CHECK, Severity.WARNUNG),
        (_BRACKETED, Severity.FEHLER),
        (_MARKED, Severity.FEHLER),
        (_DOTS, Severity.FEHLER),
        (_UNNAMED, Severity.HINWEIS),
    ):
        for match in pattern.finditer(text):
            span = _trimmed(text, match)
            if not any(span.overlaps(other) for other in taken):
                taken.append(span)
                yield Befund(BefundArt.PLATZHALTER, severity, span, _reason(pattern, match))


def _reason(pattern: re.Pattern[str], match: re.Match[str]) -> str:
    words = " ".join(match.group().split())
    if pattern is _MISSING:
        what = match["what"].strip() or "ohne Stichwort"
        who = f" Zuständig: {match['who']}." if match["who"] else ""
        return f"Eine Angabe fehlt noch: {what}.{who}"
    if pattern is _TO_CHECK:
        return f"Noch zu prüfen: {match['what'].strip() or 'ohne Stichwort'}."
    if pattern is _UNNAMED:
        return "„N. N.“: Hier ist noch niemand benannt."
    return f"Der Platzhalter „{words}“ ist noch offen."


def _trimmed(text: str, match: re.Match[str]) -> Span:
    words = match.group()
    start = match.start() + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _groups(text: str, boxes: tuple[Checkbox, ...]) -> list[list[Checkbox]]:
    """Boxes that offer one choice: those of a line, or lines below one another with one each."""
    lines: list[list[Checkbox]] = []
    for box in boxes:
        if lines and "\n" not in text[lines[-1][-1].mark.end : box.mark.start]:
            lines[-1].append(box)
        else:
            lines.append([box])
    groups: list[list[Checkbox]] = []
    for line in lines:
        alone = len(line) == 1 and groups and _one_each(text, groups[-1])
        if alone and not text[groups[-1][-1].label.end : line[0].mark.start].strip(" \t\n·•-*"):
            groups[-1] += line
        else:
            groups.append(list(line))
    return groups


def _one_each(text: str, group: list[Checkbox]) -> bool:
    return all("\n" in text[one.mark.end : other.mark.start] for one, other in pairwise(group))
