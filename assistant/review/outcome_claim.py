"""What a draft says became of a paper: outcome, body and day, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.review.quotation import masked
from assistant.review.sentences import Sentence
from assistant.review.stock import Stock
from assistant.review.vote_claim import asserts_vote
from assistant.understanding.bodies import read_body
from assistant.understanding.words import WordsLeft
from index.types import Outcome, Span
from ingest.expressions import Kind, Reference
from ingest.papers.gremien import gremium_name
from ingest.papers.outcomes import read_outcome

_PARTICIPLE = (
    r"(?:(?:mit|un)?beschlossen|abgelehnt|zurückgezogen|zurückgenommen|vertagt|verwiesen|überwiesen"
    r"|angenommen|zugestimmt|gebilligt|verabschiedet|bewilligt|genehmigt|abgesetzt|empfohlen"
    r"|beauftragt|zurückgestellt|Kenntnis genommen)"
)
_PAST = re.compile(
    rf"\b(?:wurden?|worden|hat|haben|hatten?|ist|sind|war|waren)\b[^;]*\b{_PARTICIPLE}\b"
    rf"|\b{_PARTICIPLE}\b[^;]*\b(?:wurden?|worden|hat|haben|hatten?|ist|sind|war)\b"
    r"|\b(?:beschloss|lehnte|stimmte|vertagte|verwies|billigte|nahm|zog|beauftragte|empfahl)\b"
    r"|(?<!keine )\bBeschlusslage\b|\bbeschlossene[nrsm]?\b|\bBeschluss(?:es)? vom\b"
)
_ORDERED = re.compile(
    r"(?<!keine )\bBeschlusslage\b|\bbeauftragte?\b|\bbeschlossene[nrsm]?\b"
    r"|\bBeschluss(?:es)? vom\b"
)
_CLAUSE = re.compile(
    r";|,\s+(?=während\b|wohingegen\b|hingegen\b"
    r"|(?:der|die|den)\s+(?:Antrag|Vorlage|Resolution)\b"
    r"(?![^,;]*\b(?:zuzustimmen|anzunehmen|abzulehnen|zu\s\w+en)\b))"
    r"|\s+und\s+(?=(?:der|die|den)\s+(?:Antrag|Vorlage|Resolution)\b|am\s+\d)"
    r"|,\s+(?=(?:dass|damit|wonach|weil|um)\b)"
)
_PART = re.compile(r"\b(?:Änderungs|Ergänzungs)antr[aä]g\w*|\bPrüfauftr\w+|\bMaßgabe\b")
_ANAPHORA = re.compile(
    r"\b(?:[Dd](?:er|en|em|ieser|iesem|iesen))\s+(?:gemeinsamen?\s+)?Antrag\b"
    r"|\b[Dd](?:ie|er|iese|ieser)\s+(?:Vorlage|Resolution|Bericht)\b|\A(?:Er|Sie) (?:wurde|ist)\b"
    r"|\b(?:hat|haben|wurde) (?:ihn|ihm|ihr|sie|diesen|diesem)\b"
)
_FUTURE = re.compile(
    r"\b(?:soll\w*|möge|zu beschließen|wird gebeten|vorgesehen|würde|noch (?:nicht|zu))\b"
)
_AS_SOURCE = re.compile(
    r"\b(?:nach|laut|in|zufolge|aus)\s+(?:(?:der|dem|den|dieser|diesem)\s+)?\Z", re.IGNORECASE
)
# A committee that no paper on record was before.
_UNKNOWN_BODY = re.compile(r"\b(?!Fach|Unter|Haupt)[A-ZÄÖÜ][\wäöüß-]+ausschuss(?:es)?\b")
_WORDS_OF_OTHERS = 5
"""So many words between quotation marks are told, not said."""
_DAY_LEAD = re.compile(r"\b(?:am|vom|den)\s*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OutcomeClaim:
    """One statement on the course of a paper.

    Attributes:
        place: the clause in the draft.
        references: the papers it is about; empty where it names none.
        outcome: what it says became of them; None where it only says how was voted, or when.
        several_bodies: whether more bodies than `body` are named, so that nobody can say whose the
            day is.
    """

    place: Span
    words: str
    references: tuple[Reference, ...]
    outcome: Outcome | None
    body: str | None
    body_place: Span | None
    several_bodies: bool
    day: date | None
    day_place: Span | None


def claims_of(stock: Stock, sentence: Sentence) -> Iterator[OutcomeClaim]:
    """The statements that a sentence makes."""
    if sentence.in_table or sentence.in_note:
        return
    said = masked(sentence.words, _WORDS_OF_OTHERS)
    for clause in _clauses(said):
        words = clause.cut(said)
        if not (_PAST.search(words) or asserts_vote(words)) or _FUTURE.search(words):
            continue
        place = clause.shifted(sentence.span.start)
        own = tuple(r for r in sentence.references if place.contains(r.span))
        if not own and _ANAPHORA.search(words):
            own = sentence.before
        outcome = read_outcome(words)
        if outcome is None and _ORDERED.search(words):
            outcome = Outcome.BESCHLOSSEN
        bodies = _bodies(stock, words)
        if _is_of_part(words, own) or (not bodies and _is_source(words, own, place.start)):
            continue
        day = _day(sentence, place, own)
        body_place = _place(words, bodies[0], place.start) if bodies else None
        yield OutcomeClaim(
            place=place,
            words=words,
            references=own,
            outcome=outcome,
            body=bodies[0] if bodies else None,
            body_place=body_place,
            several_bodies=len(bodies) > 1,
            day=day[0] if day else None,
            day_place=day[1] if day else None,
        )


def _clauses(words: str) -> Iterator[Span]:
    start = 0
    for match in _CLAUSE.finditer(words):
        yield Span(start, match.start())
        start = match.end()
    yield Span(start, len(words))


def _is_of_part(words: str, references: tuple[Reference, ...]) -> bool:
    """Whether an amendment without a number of its own is what was voted on."""
    part = _PART.search(words)
    if part is None or part[0] == "Maßgabe":
        return False
    return not any("nderung" in (r.label or "") for r in references)


def _is_source(words: str, references: tuple[Reference, ...], offset: int) -> bool:
    """Whether every paper is only named as the source of what somebody else did."""
    here = [r.span.start - offset for r in references if r.span.start >= offset]
    return bool(here) and all(_AS_SOURCE.search(words[:start]) for start in here)


def _bodies(stock: Stock, words: str) -> list[str]:
    """The bodies that some words name, in the order of the words."""
    reader, found = WordsLeft(words), list[str]()
    while (body := read_body(reader, stock.bodies())) is not None and body not in found:
        found.append(body)
    found += [gremium_name(match[0]) for match in _UNKNOWN_BODY.finditer(reader.left)]
    return sorted(found, key=lambda body: _position(words, body))


def _position(words: str, body: str) -> int:
    found = _named(words, body)
    return found.start() if found else len(words)


def _named(words: str, body: str) -> re.Match[str] | None:
    pattern = r"\s+".join(re.escape(word) + r"(?:e?s|n)?" for word in body.split())
    return re.search(rf"\b{pattern}", words, re.IGNORECASE)


def _place(words: str, body: str, offset: int) -> Span | None:
    found = _named(words, body)
    return Span(*found.span()).shifted(offset) if found else None


def _day(
    sentence: Sentence, clause: Span, references: tuple[Reference, ...]
) -> tuple[date, Span] | None:
    """The first day behind "am" or "vom" that is not the date of a paper."""
    for expression in sentence.expressions:
        if expression.kind is not Kind.DATE or expression.value[0] == "-":
            continue
        if not clause.contains(expression.span):
            continue
        before = sentence.words[: expression.span.start - sentence.span.start]
        if not _DAY_LEAD.search(before):
            continue
        if _is_of_paper(sentence, expression.span, references):
            continue
        return date.fromisoformat(expression.value), expression.span
    return None


def _is_of_paper(sentence: Sentence, span: Span, references: tuple[Reference, ...]) -> bool:
    """Whether a day stands right behind the number of a paper, or between its kind and number."""
    offset = sentence.span.start
    before = sentence.words[: span.start - offset]
    for reference in references:
        if reference.span.end <= span.start:
            between = sentence.words[reference.span.end - offset : span.start - offset]
            if re.fullmatch(
                r"(?:\s*\([^()]*\)|\s+(?:der|von|zu[mr]?|über)\s[^.;:]{2,70})?\s*,?\s*\(?vom\s*",
                between,
            ):
                return "eschluss" not in between
    return bool(
        re.search(
            r"(?:[Aa]ntrag\w*|[Vv]orlage|[Aa]nfrage|Resolution|Niederschrift)\s+vom\s*\Z", before
        )
    )
