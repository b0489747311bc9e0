"""Who moves a paper: joint motions split into their Fraktionen, and one name for each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.types import Reading, Span

_KNOWN: tuple[tuple[str, str], ...] = (
    (
        "GRÜNE",
        r"(?:die\s+)?(?:bündnis\s*[’']?\s*90|b\s?[’'‘´`\u0301]?\s?90)?\s*[/,-]?\s*(?:die\s+)?grünen?n?|"
        r"bündnis\s*[’']?\s*90(?:\s*/\s*(?:die\s+)?grünen?)?",
    ),
    ("CDU", r"cdu"),
    ("CSU", r"csu"),
    ("SPD", r"spd"),
    ("FDP", r"(?:die\s+)?fdp|freie demokraten"),
    ("AfD", r"(?:die\s+)?afd|alternative für deutschland"),
    ("Die Linke", r"(?:die\s+)?linken?\.?|linksfraktion"),
    ("FREIE WÄHLER", r"(?:die\s+)?freien? wählern?|fw"),
    ("Die PARTEI", r"(?:die\s+)?partei"),
    ("Die FRAKTION", r"die fraktion"),
    ("Volt", r"volt(?: deutschland)?"),
    ("BSW", r"bsw|bündnis sahra wagenknecht"),
    ("ÖDP", r"ödp"),
    ("Piraten", r"(?:die\s+)?piraten(?:partei)?"),
    ("Tierschutzpartei", r"(?:die\s+)?tierschutz(?:partei)?"),
    ("UWG", r"uwg"),
    ("SSW", r"ssw"),
)
_COMPILED = tuple((name, re.compile(p, re.IGNORECASE)) for name, p in _KNOWN)
_BEFORE = re.compile(
    r"\s*(?:(?:die|der|den|von|durch)\s+)?(?:(?:Gemeinderats|Stadtrats|Rats|Kreistags|Ortschaftsrats|Ortsrats|Bezirks)?"
    r"(?:[Ff]raktion(?:en)?|[Gg]ruppen?)\b\s*)(?:(?:der|die|von)\s+(?=\S))?|\s*(?:der"
    r"|von(?: der)?)\s+"
)
_BEHIND = re.compile(
    r"[\s-]*(?:[-‑](?:(?:OR|GR|BV|KT|SR)[-‑]|[A-ZÄÖÜ]\w*?)?[Ff]raktion(?:en)?|"
    r"\b(?:(?!Links)[A-ZÄÖÜ]\w*?s)?[Ff]raktion(?:en)?|[-‑][Gg]ruppe)?"
    r"(?:\s+(?:in der|im|in|vom)\s.*|(?<=[Ff]raktion)\s+[A-ZÄÖÜ][\w-]+)?\s*\Z"
)
# Behind a known name and "und": a group with letters for a name, or a single member.
_SOMEBODY = re.compile(
    r"[A-ZÄÖÜ]{2,6}(?=[-,\s]|\Z)|(?:Einzel)?[A-ZÄÖÜ]?[a-zäöü]*(?:rat|rätin)\s+[A-ZÄÖÜ]"
)
_CERTAIN = re.compile(r"\s*[,;&+·|\t]\s*|\s+(?:sowie|u\.)\s+")
_PERHAPS = re.compile(r"\s*/\s*|\s+und\s+|\s+[-–]\s+")


def normalise_fraktion(name: str) -> str:
    """The one name under which spellings of a Fraktion are compared ("GRÜNE", "Die Linke").

    Names that are not known keep their words, without "Fraktion" around them.
    """
    words = " ".join(_inner(name).cut(name).split())
    for canonical, pattern in _COMPILED:
        if pattern.fullmatch(words):
            return canonical
    return words


def split_fraktionen(text: str, offset: int = 0) -> tuple[Reading[str], ...]:
    """The movers named in `text`, each as written; spans are shifted by `offset`.

    "Bündnis 90/DIE GRÜNEN" is one name. "und", "/" and a dash part names only where both sides
    are known ones, for associations bear such words in their names.
    """
    found: list[Reading[str]] = []
    for start, end in _pieces(text, _CERTAIN, 0, len(text)):
        for span in _split_known(text, start, end):
            inner = _inner(span.cut(text)).shifted(span.start)
            words = inner.cut(text)
            if words and any(char.isalpha() for char in words):
                found.append(Reading(words, inner.shifted(offset)))
    return tuple(found)


def _pieces(text: str, pattern: re.Pattern[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _split_known(text: str, start: int, end: int) -> list[Span]:
    """Parts at "und", "/" or a dash where a known name stands on either side of it."""
    for match in _PERHAPS.finditer(text, start, end):
        left, right = text[start : match.start()], text[match.end() : end]
        plural = (
            re.match(r"\s*(?:die |der )?Fraktionen\b", left) is not None and "/" not in match[0]
        )
        whole = text[start:end]
        if is_known_fraktion(whole) or not left.strip() or not right.strip():
            break
        if is_known_fraktion(left) and (plural or _starts_known(right)):
            return [Span(start, match.start()), *_split_known(text, match.end(), end)]
        if plural:
            return [Span(start, match.start()), *_split_known(text, match.end(), end)]
    return [Span(start, end)]


def is_known_fraktion(words: str) -> bool:
    """Whether words are a spelling of a Fraktion that every house has."""
    inner = " ".join(_inner(words).cut(words).split())
    return any(pattern.fullmatch(inner) for _, pattern in _COMPILED)


def _starts_known(words: str) -> bool:
    if _SOMEBODY.match(words.strip()):
        return True
    first = re.split(r"\s+und\s+|\s+[-–]\s+", words)[0]
    return is_known_fraktion(first) or is_known_fraktion(re.split(r"\s*/\s*", first)[0])


def _inner(words: str) -> Span:
    """The name without "Fraktion der" before and "-Fraktion" behind it."""
    before = _BEFORE.match(words)
    start = before.end() if before else 0
    behind = _BEHIND.search(words, start)
    end = behind.start() if behind else len(words)
    piece = words[start:end]
    if not piece.strip():
        start, end, piece = 0, len(words), words
    start += len(piece) - len(piece.lstrip(" \t:-–"))
    end = max(start, end - (len(piece) - len(piece.rstrip(" \t:-–"))))
    return Span(start, end)
