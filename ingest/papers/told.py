"""Decisions that the running text of minutes reports in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.types import Ergebnis, Section, SectionKind, Span
from ingest.papers.gremien import BODY, gremium_name
from ingest.papers.outcomes import read_outcome
from ingest.papers.vote_record import result_at
from ingest.sentences import split_sentences

_NO_DECISION = re.compile(
    r"\bvorstehende[ns]? (?:Protokoll|Niederschrift)|\bWahl\b.{0,40}\bange?no?m"
    r"|\bnimmt die Wahl an\b|\b(?:[Ii]ch|[Ww]ir|uns|Ihnen|mir)\b|(?<=\w )\bSie\b"
)
VOTE = re.compile(
    r"\b(?:einstimmig\w*|mehrheitlich\w*|einvernehmlich|(?:ja|nein|gegen)-?\s?stimmen?"
    r"|enthaltung(?:en)?|"
    r"stimmenmehrheit|abstimmung\w*)\b|\bja\s*:\s*\d|\bdafür\s*:\s*\d",
    re.IGNORECASE,
)
"""A word that counts votes or says how a vote went."""
_DECIDES = re.compile(
    rf"\b(?:Der|Die|der|die) (?P<body>{BODY})[^.;]{{0,60}}\b(?:beschließt|beschloss|lehnt"
    rf"|stimmt|nimmt|"
    r"vertagt|verweist|genehmigt|billigt)\b"
    rf"|\b(?:beschließt|beschloss|lehnt|stimmt|nimmt|vertagt|verweist|genehmigt|billigt) "
    rf"(?:der|die) "
    rf"(?P<after>{BODY})"
    r"|\b(?:wurde|wurden)\b[^.;]{0,120}\b(?:beschlossen|abgelehnt|vertagt|verwiesen"
    r"|angenommen|genehmigt|"
    r"zurückgestellt|zur Kenntnis genommen)\b"
    r"|\b(?:wird|wurde|ist)\b[^.;]{0,120}\b(?:zurückgezogen|abgesetzt|vertagt|verwiesen"
    r"|zurückgestellt)\b"
    r"|\bzieht\b[^.;]{0,80}\bzurück\b"
    r"|\b(?:wird|werden)\b[^.;]{0,80}\bzur Kenntnis genommen\b"
)
_APPROVED_LATER = re.compile(r"^[ \t]*Genehmigungsvermerk\b", re.MULTILINE)
_VOTE_CUT = re.compile(
    r"\b(?:einstimmig|mehrheitlich)\b.{0,40}\b(?:bei|mit|gegen|und)(?:\s(?:eine?r?|zwei|drei|\d+))?\Z"
)
MAX_VOTE = 700


def told_decisions(
    text: str, top: Section, own: Sequence[Section], gremium: str
) -> Iterator[tuple[Span, Ergebnis]]:
    """Decisions that the running text of a TOP reports in a sentence."""
    inner = [s.span for s in own if s.kind is not SectionKind.TEXT]
    body = body_span(text, top)
    told_until = 0
    note = _APPROVED_LATER.search(text, body.start, body.end)
    if note:
        body = Span(body.start, note.start())
    for span in _whole_sentences(text, body):
        words = span.cut(text)
        if any(other.overlaps(span) for other in inner) or len(words) > MAX_VOTE:
            continue
        if span.start < told_until or _NO_DECISION.search(words) or not _tells(words, gremium):
            continue
        if read_outcome(words) is not None:
            wording = _wording_behind(text, span, body.end) or span
            told_until = wording.end
            yield wording, result_at(text, span)


def _whole_sentences(text: str, body: Span) -> Iterator[Span]:
    """The sentences of a body; one that the end of a line broke goes on in the next piece."""
    pieces = [piece.shifted(body.start) for piece in split_sentences(body.cut(text))]
    taken = False
    for piece, following in zip(pieces, [*pieces[1:], None], strict=False):
        if taken:
            taken = False
            continue
        if following and _VOTE_CUT.search(piece.cut(text)):
            taken = True
            piece = Span(piece.start, following.end)
        yield piece


def _wording_behind(text: str, span: Span, end: int) -> Span | None:
    """The paragraph behind "… fasst einstimmig folgenden Beschluss:"."""
    if not span.cut(text).endswith(":"):
        return None
    match = re.compile(r"\s*(\S(?:[^\n]|\n(?!\s*\n))*)").match(text, span.end, end)
    return Span(*match.span(1)) if match else None


def _tells(words: str, gremium: str) -> bool:
    """Whether a sentence reports a vote, or a decision of the body whose minutes these are.

    "Der Rat beschließt …" in the minutes of a committee is what it recommends to the Rat.
    """
    if VOTE.search(words):
        return True
    match = _DECIDES.search(words)
    if match is None:
        return False
    body = match["body"] or match["after"]
    return body is None or not gremium or gremium_name(body).lower() in gremium.lower()


def body_span(text: str, section: Section) -> Span:
    """The words of a section without its heading; nothing of a longer debate behind them."""
    start = max(section.heading.end, section.span.start)
    words = text[start : section.span.end]
    lead = len(words) - len(words.lstrip())
    return Span(start + lead, max(start + lead, start + len(words.rstrip())))
