"""The recorded result of a paper. An empty field or an unfilled form is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from index.types import (
    Ergebnis,
    Section,
    SectionKind,
    Span,
)
from ingest.papers.days import days_in
from ingest.papers.outcomes import read_outcome
from ingest.papers.subject import BEHIND, MAX_RECORD, first_paragraph
from ingest.papers.vote_record import read_vote

_FORM = re.compile(
    r"\b(?:Gremium|Ja|Nein|Ent\w{0,4}-|Ein\w{0,5}-|Enthaltung\w*|Einstimmig|abweichend\w*|lt\.|Beschluss-)",
    re.IGNORECASE,
)
_DATED = re.compile(r"[^\n:]{0,80}?\d{1,2}\.\s?(?:\d{1,2}\.|[A-Z]\w+)\s?\d{4}\s*[):,–-]*\s*(?=\S)")
_FILLED_IN = re.compile(r"(?<![\w@])\d{1,3}(?![\w@])|[☒✓✗]|\b[xX]\b")


def read_ergebnis(text: str, sections: Sequence[Section]) -> Ergebnis | None:
    """The recorded result. An empty field or an unfilled form is none."""
    for section in sections:
        if section.kind is SectionKind.TOP:
            return None
        if section.kind is not SectionKind.ERGEBNIS:
            continue
        outer = [s for s in sections if s is not section and s.span.contains(section.span)]
        if any(s.kind in BEHIND for s in outer):
            continue
        body = first_paragraph(text, section)
        if body is None or _is_empty_form(text[body.start : section.span.end]):
            continue
        dated = _dated_records(text, Span(body.start, section.span.end))
        if dated:
            return dated
        outcome = read_outcome(body.cut(text)[:MAX_RECORD])
        words = _with_wording(text, body, section).cut(text)[:MAX_RECORD].rstrip()
        columns = _FORM.findall(text[body.start : section.span.end][:300])
        if outcome is None and len(columns) > 2:
            continue  # the columns of a form
        span = Span(body.start, body.start + len(words))
        return Ergebnis(words, outcome, span, read_vote(words, outcome))
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
            next((r.value for r in days_in(line, Span(0, match_of.end()))), None)
            if match_of
            else None
        )
        if day is None:
            break
        start = body.start + match.start() + match.group().index(line[0])
        records.append((day, Span(start, start + len(line))))
    if len(records) < 2 or records[-1][1].end - records[0][1].start > MAX_RECORD:
        return None
    # Of two lines of one day the later printed counts.
    latest = max(enumerate(records), key=lambda item: (item[1][0], item[0]))[1][1]
    span = Span(records[0][1].start, records[-1][1].end)
    words = latest.cut(text)
    outcome = read_outcome(words)
    return Ergebnis(span.cut(text), outcome, span, read_vote(words, outcome))


def _is_empty_form(words: str) -> bool:
    if not any(char.isalnum() for char in words):
        return True
    return len(_FORM.findall(words)) >= 3 and not _FILLED_IN.search(words)
