"""What the sentences of a review are made of: words compared by their stems, one Befund."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from assistant.fundstelle import Ledger, paper_name
from assistant.records.fields import cite_number, short_name
from assistant.review.types import Befund, BefundArt, Severity
from index.german import Analysis, analyse, terms
from index.types import Document, Span
from ingest.expressions import find_expressions

_NOUN = re.compile(r"(?<![\w-])[A-ZÄÖÜ][\w‑-]{2,}")
_FRAME = """
Antrag Anträge Vorlage Vorlagen Anfrage Drucksache Niederschrift Sitzung Beschluss
Beschlüsse Nummer Punkt Tagesordnung Tagesordnungspunkt Verwaltung Verband Ausschuss
Landschaftsausschuss Landschaftsversammlung Ergänzungsvorlage Änderungsantrag Beratung
Fraktion Fraktionen Datum Jahr Jahre Höhe Euro Prozent Rahmen Grundlage Folge Januar Februar
März April Mai Juni Juli August September Oktober November Dezember Dieser Diese Dieses
Hierzu Danach Dabei Dazu Damit Zudem Nach Gemäß Laut Seit Für Bis Das Der Die Den Dem Ein
Eine Insgesamt Davon Auch Nur Sie Mit Von Bei Aus Als Haushaltsantrag Dringlichkeitsantrag
Beschlussvorschlag Begründung Stimmen Fassung Ziffer Absatz Fachausschuss Sachverhalt Anlass
Beschlusskontrolle Resolution
"""


@cache
def _frame() -> frozenset[str]:
    """What says nothing about a subject; read when it is first needed."""
    return frozenset(analyse(_FRAME).words)


def nouns(text: str) -> list[Analysis]:
    """What a text speaks of: its nouns without figures, parties to a paper and kinds of papers."""
    masked = masked_figures(text)
    found = [analyse(match[0]) for match in _NOUN.finditer(masked)]
    return [one for one in found if one.words and not set(one.words) <= _frame()]


def masked_figures(text: str) -> str:
    """A text with blanks in the place of every figure, date and number of a paper."""
    for expression in find_expressions(text):
        span = expression.span
        text = text[: span.start] + " " * len(span) + text[span.end :]
    return text


def share_held(wanted: Iterable[Analysis], text: str) -> float:
    """Which share of some words stands in a text, as words or as parts of compounds; 0 of none."""
    words = {one.words: one for one in wanted}.values()
    if not words:
        return 0.0
    held = set(terms(text))
    return sum(is_held(one, held) for one in words) / len(words)


def is_held(word: Analysis, held: set[str]) -> bool:
    """Whether a word, or every part of the compound that it is, stands among the terms."""
    return set(word.words) <= held or bool(word.parts and set(word.parts) <= held)


def named(paper: Document, ledger: Ledger) -> str:
    """The name of a paper, cited."""
    ledger.cite_name(paper)
    return paper_name(paper)


def numbered(paper: Document, ledger: Ledger) -> str:
    """Kind and number of a paper, cited."""
    cite_number(paper, ledger)
    return short_name(paper)


def befund(
    art: BefundArt,
    severity: Severity,
    span: Span,
    reason: str,
    ledger: Ledger | None = None,
    suggestion: str = "",
) -> Befund:
    """A Befund with what its ledger holds."""
    return Befund(
        art, severity, span, reason, suggestion, tuple(ledger.citations if ledger else ())
    )


def flat(text: str) -> str:
    """Words on one line."""
    return " ".join(text.split())
