"""Whether a draft gives orders to the administration of another body corporate."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.hausregeln import Koerperschaft
from assistant.review.prose import prose_sentences, quoted
from assistant.review.types import Befund, BefundArt, Reviewed, Severity
from index.types import Document, SectionKind, Span

_ORDERED = r"(?:beauftragt|angewiesen|verpflichtet|aufgefordert|angehalten)"
_HEAD = r"(?:Verwaltung(?:en)?|(?:Landes)?[Dd]irektor(?:in)?|Behördenleitung|Dienststellen?)"
_WITH = re.compile(
    r"\b(?:mit|bei|an|durch|von|gegenüber|neben|statt|anstelle|analog|wie)\s+(?:der|dem|den|die)\s+"
    r"(?:[a-zäöüß]+en\s+)?\Z"
)
_OPENING = re.compile(r"\W*(?:\d+\W+)?(?:[DdIi]ie\s+|[Dd]er\s+)?")
_PROPOSALS = frozenset({SectionKind.BESCHLUSSVORSCHLAG, SectionKind.BESCHLUSS})
_ORDER_TO = r"\b(?:Auftrag|Weisung|Arbeitsauftrag)\s+an\s+(?:die|den)\s+"
_OBLIGED = (
    r"(?:[DdIi]e[rmn]|[Dd]ie)\s+{whom}[^,.;]{{0,12}}?\s(?:"
    rf"(?:wird|werden)\s[^,.;]{{{{0,80}}}}?{_ORDERED}\b|ha(?:t|ben)\s[^,.;]{{{{0,120}}}}?\bzu\s[a-zäöüß]+en\b)"
)
"""The other body itself is ordered, or "hat … zu berichten"."""
_ITS_OWN = (
    r"{named}[^.]{{0,120}}?\b(?:seine|ihre|dessen|deren)\s+Verwaltung\s+(?:wird|werden)\s"
    rf"[^,.;]{{{{0,60}}}}?{_ORDERED}\b"
)


def check(reviewed: Reviewed) -> Iterator[Befund]:
    """A Prüfhinweis, with the rule and what it rests on, for each sentence that orders so."""
    document = reviewed.document
    own = _name(reviewed.rules.name, reviewed.rules.kurz)
    for span in _sentences(document):
        sentence = span.cut(document.text)
        for other in reviewed.rules.andere:
            found = _order_to(other, sentence, proposal=_is_proposal(document, span))
            if found is None:
                continue
            place = found.shifted(span.start)
            if any(words.contains(place) for words in quoted(document)):
                continue
            yield Befund(
                BefundArt.KOERPERSCHAFT,
                Severity.WARNUNG,
                place,
                f"Prüfhinweis: {other.regel} (Quelle: {other.quelle}.)".replace("..)", ".)"),
                _request(found.cut(sentence), other, joint=bool(own and own.search(sentence))),
            )
            break


def _sentences(document: Document) -> list[Span]:
    """The prose and, whatever their form, the lines of proposals."""
    found = list(prose_sentences(document))
    for section in document.sections:
        if section.kind in _PROPOSALS and not any(section.span.contains(span) for span in found):
            start = max(section.heading.end, section.span.start)
            found.append(Span(start, section.span.end))
    return sorted(found)


def _is_proposal(document: Document, span: Span) -> bool:
    return any(s.kind in _PROPOSALS and s.span.contains(span) for s in document.sections)


def _order_to(other: Koerperschaft, sentence: str, *, proposal: bool) -> Span | None:
    named = _named(other)
    administration = (
        rf"(?:{_HEAD}\s+(?:des|der|vom|von)\s+(?:[^,.;:]{{0,80}}?\b)?{named}|{named}-?Verwaltung)"
    )
    for match in re.finditer(administration, sentence):
        if _WITH.search(sentence[: match.start()]):
            continue
        start, behind = match.start(), sentence[match.end() :]
        passive = re.match(
            rf"[^,.;]{{0,90}}?\b(?:wird|werden)\b[^,.;]{{0,60}}?\b{_ORDERED}\b", behind
        )
        if passive:
            return Span(start, match.end() + passive.end())
        inverted = re.match(rf"[^,.;]{{0,40}}?\b{_ORDERED}\b", behind)
        before = re.search(
            r"\b(?:wird|werden|beauftrag(?:t|en)|verpflichtet|fordert|weist)\s[^,.;:]{0,120}\Z",
            sentence[:start],
        )
        if before and (inverted or not before.group().startswith(("wird", "werden"))):
            return Span(before.start(), match.end() + (inverted.end() if inverted else 0))
        must = re.match(r"[^,.;]{0,30}?\b(?:soll(?:en)?|ha(?:t|ben)|muss|müssen)\b", behind)
        if must and proposal and _OPENING.fullmatch(sentence[:start]):
            return Span(start, match.end() + must.end())
    for pattern in (
        _ORDER_TO + administration,
        _OBLIGED.format(whom=f"(?:{administration}|{named})"),
        _ITS_OWN.format(named=named),
    ):
        nominal = re.search(pattern, sentence)
        if nominal and not _WITH.search(sentence[: nominal.start()]):
            return Span(*nominal.span())
    return None


def _named(other: Koerperschaft) -> str:
    """A pattern for name and short name, inflected, with or without hyphens."""
    words = [re.escape(word) for word in re.split(r"[\s-]+", other.name) if word]
    whole = r"[\s-]+".join([words[0] + r"(?:e?s)?", *words[1:]]) if words else ""
    return "(?:" + "|".join(filter(None, (whole, re.escape(other.kurz)))) + r")(?![\w])"


def _name(name: str, kurz: str) -> re.Pattern[str] | None:
    held = "|".join(re.escape(word) for word in (name.split(" ")[-1], kurz) if word)
    return re.compile(rf"\b(?:{held})\b") if held else None


def _request(words: str, other: Koerperschaft, *, joint: bool) -> str:
    """The same as a request, where only the other one is addressed."""
    if joint or " und " in words:
        return (
            "Die eigene Verwaltung wird beauftragt; die Verwaltung des "
            f"{other.kurz} wird gebeten, sich zu beteiligen."
        )
    if words.startswith("beauftrag"):
        return re.sub(r"\Abeauftrag(t|en)", r"bitt\1", words).replace("bittt", "bittet", 1)
    asked = re.sub(rf"\b{_ORDERED}\b", "gebeten", words)
    return asked if asked != words else ""
