"""How a draft reads: long sentences, piled nouns, passives in a row, campaign words, gender."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.hausregeln import Gender, Stilwoerter
from assistant.review.prose import prose_sentences, quoted
from assistant.review.types import Befund, BefundArt, Reviewed, Severity
from index.types import Document, Span

MOST_WORDS = 30
MOST_A_PAGE = 3
CHARS_A_PAGE = 2500
"""A page of print, for drafts that have none."""


def _split_words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD = re.compile(r"[A-Za-zÄÖÜäöüß][\w-]*|\d[\d.,]*")
_NOMINAL = r"[A-ZÄÖÜ][a-zäöüß]{3,}(?:ung|heit|keit|tion|ität|schaft|nahme|legung|gabe)(?:en|s)?"
_EVERYDAY = _split_words(
    """verwaltung verwaltungen landschaftsversammlung versammlung sitzung sitzungen leitung
    leitungen abteilung satzung ordnung einrichtung einrichtungen behinderung behinderungen vorlage
    beratung geschäftsordnung hauptsatzung landesregierung bundesregierung regierung zeitung
    kommission fraktion fraktionen wohnung wohnungen ausstellung ausstellungen gesellschaft
    wirtschaft mitgliedschaft aufgabe ausgabe leistung leistungen körperschaft region station
    position gesundheit mannschaft fachtagung tagung veranstaltung veranstaltungen lösung zahlung"""
)
_LINKED = re.compile(
    rf"(?:{_NOMINAL}\s+(?:(?:der|des|zur|zum|einer|eines|von)\s+)(?:[a-zäöüß]+(?:en|er|es)\s+)?)"
    rf"{{2,}}{_NOMINAL}"
)
_MOST_NOMINAL = 6
_PASSIVE = re.compile(
    r"\b(?:wird|werden|wurden?|worden)\b(?=[^.;]*\b(?:ge\w+|\w+(?:be|ver|er|ent|zer)\w*|be\w+|ver\w+"
    r"|er\w+|ent\w+|zer\w+|\w+ge\w+|\w+ier)(?:t|en)\b)"
    r"|\b(?:\w*ge\w+|be\w+|ver\w+|er\w+|ent\w+|zer\w+|\w+ier)(?:t|en)\s+(?:wird|werden|wurden?)\b"
)
_PASSIVES_IN_A_ROW = 4
_FIELD = re.compile(r"(?:\A|;)\s*[A-ZÄÖÜ][\w-]+:\s")
_FIELDS_OF_A_ROW = 3
"""So many "Frist: …; Sachstand: …" are a row of a table written out."""
_NAMED_SO = re.compile(r"(?:Satzung|Gesetz|Verordnung|Richtlinie|Ordnung)\s+(?:zur|über)\b")
_FORMS: tuple[tuple[Gender, str, re.Pattern[str]], ...] = (
    (Gender.STERN, "Genderstern", re.compile(r"\b(?P<stem>[A-ZÄÖÜ]\w+)\*in(?P<many>nen)?\b")),
    (
        Gender.DOPPELPUNKT,
        "Doppelpunkt",
        re.compile(r"\b(?P<stem>[A-ZÄÖÜ]\w+):in(?P<many>nen)?\b"),
    ),
    (
        Gender.PAAR,
        "Paarform",
        re.compile(
            r"\b(?P<stem>[A-ZÄÖÜ]\w{2,}?)in(?P<many>nen)?\s+(?:und|oder)\s+"
            r"(?:der |die |den |dem )?(?P=stem)(?:e?[nrs]|en)?\b"
        ),
    ),
)
_NEITHER = (
    ("Unterstrich", re.compile(r"\b(?P<stem>[A-ZÄÖÜ][a-zäöüß]+)_in(?P<many>nen)?\b")),
    ("Schrägstrich", re.compile(r"\b(?P<stem>[A-ZÄÖÜ][a-zäöüß]+)/-?in(?P<many>nen)?\b")),
    ("Binnen-I", re.compile(r"\b(?P<stem>[A-ZÄÖÜ][a-zäöüß]+)In(?P<many>nen)?\b")),
)
_STYLE = {
    Gender.PAAR: "die Paarform (»Bürgerinnen und Bürger«)",
    Gender.STERN: "den Genderstern (»Bürger*innen«)",
    Gender.DOPPELPUNKT: "den Doppelpunkt (»Bürger:innen«)",
    Gender.NEUTRAL: "neutrale Bezeichnungen (»Beschäftigte«)",
}


def check(reviewed: Reviewed) -> Iterator[Befund]:
    """At most a few Hinweise a page, the worst first."""
    document = reviewed.document
    found = [*_sentences(document), *_words(reviewed), *_gender(reviewed)]
    kept: dict[int, int] = {}
    for _, befund in sorted(found, key=lambda one: (-one[0], one[1].span)):
        page = _page(document, befund.span)
        if kept.setdefault(page, 0) < MOST_A_PAGE:
            kept[page] += 1
            yield befund


def _page(document: Document, span: Span) -> int:
    for number, page in enumerate(document.pages):
        if page.start <= span.start < page.end:
            return number
    return span.start // CHARS_A_PAGE


def _hint(weight: float, span: Span, reason: str, suggestion: str = "") -> tuple[float, Befund]:
    return weight, Befund(BefundArt.LESBARKEIT, Severity.HINWEIS, span, reason, suggestion)


def _sentences(document: Document) -> Iterator[tuple[float, Befund]]:
    quotes = quoted(document)
    passives: list[Span] = []
    for span in prose_sentences(document):
        own = _unquoted(document.text, span, quotes)
        words = len(_WORD.findall(own))
        if len(_FIELD.findall(own)) >= _FIELDS_OF_A_ROW:
            continue
        if words > MOST_WORDS:
            reason = f"Der Satz hat {words} Wörter; ab {MOST_WORDS + 1} liest er sich schwer."
            yield _hint(words / MOST_WORDS, span, reason)
        else:
            yield from _pile(own, span)
        if _PASSIVE.search(own):
            passives.append(span)
            continue
        yield from _passives(passives)
        passives = []
    yield from _passives(passives)


def _unquoted(text: str, span: Span, quotes: Sequence[Span]) -> str:
    """The sentence with blanks where others are quoted."""
    words = list(span.cut(text))
    for quote in quotes:
        for at in range(max(quote.start, span.start), min(quote.end, span.end)):
            words[at - span.start] = " "
    return "".join(words)


def _pile(own: str, span: Span) -> Iterator[tuple[float, Befund]]:
    linked = _LINKED.search(own)
    if linked and not _NAMED_SO.match(linked.group()):
        yield _hint(
            1.2,
            Span(*linked.span()).shifted(span.start),
            "Mehrere Hauptwörter hängen aneinander; Verben machen den Satz leichter.",
        )
        return
    nouns = [
        word for word in re.findall(rf"\b{_NOMINAL}\b", own) if word.casefold() not in _EVERYDAY
    ]
    if len(nouns) >= _MOST_NOMINAL:
        reason = f"Der Satz häuft Hauptwörter ({', '.join(nouns[:3])} …)."
        yield _hint(1.1, span, reason)


def _passives(spans: Sequence[Span]) -> Iterator[tuple[float, Befund]]:
    if len(spans) >= _PASSIVES_IN_A_ROW:
        yield _hint(
            1.0,
            Span(spans[0].start, spans[-1].end),
            f"{len(spans)} Sätze nacheinander stehen im Passiv; sie sagen nicht, wer handelt.",
        )


@lru_cache(maxsize=8)
def _lists(words: Stilwoerter) -> tuple[tuple[str, re.Pattern[str]], ...]:
    named = (("kampagne", words.kampagne), ("superlative", words.superlative))
    return tuple((name, _any_of(held)) for name, held in named if held)


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    either = (
        r"\s+".join(re.escape(piece) for piece in word.rstrip("*").split())
        + (r"[\w-]*" if word.endswith("*") else "")
        for word in words
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(either)})(?!\w)", re.IGNORECASE)


def _words(reviewed: Reviewed) -> Iterator[tuple[float, Befund]]:
    document = reviewed.document
    quotes = quoted(document)
    for name, pattern in _lists(reviewed.rules.stilwoerter):
        for match in pattern.finditer(document.text):
            span = Span(*match.span())
            if any(quote.contains(span) for quote in quotes):
                continue
            if name == "kampagne":
                reason = f"„{match.group()}“ ist ein Kampfwort und gehört nicht in ein Papier."
                reason = reason.replace("ein Papier", "ein Papier der Verwaltung")
            else:
                reason = f"„{match.group()}“ ist eine Steigerung, die sich nicht belegen lässt."
            yield _hint(2.0, span, reason)


def _gender(reviewed: Reviewed) -> Iterator[tuple[float, Befund]]:
    """Once for each unlike style, at its first place."""
    document, wanted = reviewed.document, reviewed.rules.gender
    quotes = quoted(document)
    styles = [(name, pattern) for style, name, pattern in _FORMS if style is not wanted]
    for name, pattern in [*styles, *_NEITHER]:
        found = [
            match
            for match in pattern.finditer(document.text)
            if not any(quote.contains(Span(*match.span())) for quote in quotes)
        ]
        if found:
            times = f" ({len(found)} Stellen)" if len(found) > 1 else ""
            yield _hint(
                1.5,
                Span(*found[0].span()),
                f"Der Entwurf schreibt mit {name}{times}; die Hausregeln verlangen "
                f"{_STYLE[wanted]}.",
                _restyled(found[0], wanted),
            )


def _restyled(match: re.Match[str], wanted: Gender) -> str:
    """The same in the wanted style, where that needs no knowledge of the word's forms."""
    stem, many = match["stem"], match["many"]
    if not many or not stem.endswith(("er", "or", "ant", "ent")):
        return ""
    if wanted is Gender.PAAR and stem.endswith("er"):
        return f"{stem}innen und {stem}"
    sign = {Gender.STERN: "*", Gender.DOPPELPUNKT: ":"}.get(wanted)
    return f"{stem}{sign}innen" if sign else ""
