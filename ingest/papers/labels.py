"""Header fields printed as a label and its value ("Datum: 24.10.2023")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from index.types import Span
from ingest.papers.profile import Profile

_VALUE_ENDS = re.compile(r"\t| \| | · |\n|\s{3,}")
_GAP = re.compile(r"[ \t|]*")
# "Beginn der Sitzung: 18 Uhr" is no label "Sitzung": a word of the same phrase stands before it.
_INSIDE = re.compile(r"(?:^|\s)(?:[a-zäöü]+\.?|[A-ZÄÖÜ]\w*-)[ ]+\Z")
_NEXT_LINE = re.compile(r"\s*\n\s*")


@cache
def _pattern(words: tuple[str, ...], bare: bool) -> re.Pattern[str]:
    """A label with its colon anywhere, or alone in the first cell of a row.

    With `bare` a label at the beginning of a line counts without either.
    """
    names = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
    return re.compile(
        rf"(?:(?<![\w/-])(?P<a>{names})\.?(?:\([\w/]+\))?\s?:"
        rf"|^[ \t]*(?P<b>{names})\.?[ ]*(?:\t|\|)"
        + (rf"|^[ \t]*(?P<c>{names})\.?[ ]+(?=[A-ZÄÖÜ\d]))" if bare else r"|(?P<c>(?!)))"),
        re.IGNORECASE | re.MULTILINE,
    )


@cache
def _all_words(labels: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[str, ...]:
    words = {word for _, group in labels for word in group}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def read_labels(text: str, end: int, profile: Profile) -> Mapping[str, Span]:
    """The value of each field whose label stands before `end`: name of the field to its span.

    A value ends with its cell or line, or where the next label begins; behind an empty label it
    is the next line. The first value of a field counts, but for a Dienststelle labelled with
    that very word: "Verantwortlich: Dez. 1" is less.
    """
    groups = tuple(sorted((name, words) for name, words in profile.labels.items()))
    pattern = _pattern(_all_words(groups), profile.bare_labels)
    fields = {word.lower(): name for name, words in groups for word in words}
    for name in ("tagesordnungspunkt", "antragsteller", "dienststelle"):
        fields.update({word.lower(): name for word in profile.labels.get(name, ())})
    matches = [
        m for m in pattern.finditer(text, 0, end) if not _INSIDE.search(text[: m.start()][-40:])
    ]
    found: dict[str, Span] = {}
    settled: set[str] = set()
    for index, match in enumerate(matches):
        limit = matches[index + 1].start() if index + 1 < len(matches) else end
        words = " ".join((match["a"] or match["b"] or match["c"]).lower().split())
        name = fields.get(words, "")
        span = _value(text, match.end(), limit)
        own = name == "dienststelle" and words == name and name not in settled
        if name and (name not in found or own) and len(span):
            found[name] = span
            settled.update({name} if own else ())
    return found


def _value(text: str, start: int, limit: int) -> Span:
    gap = _GAP.match(text, start, limit)
    start = gap.end() if gap else start
    if start < limit and text[start] == "\n":
        following = _NEXT_LINE.match(text, start, limit)
        start = following.end() if following else start
    stop = _VALUE_ENDS.search(text, start, limit)
    end = stop.start() if stop else limit
    words = text[start:end]
    return Span(start, start + len(words.rstrip(" \t,;·|")))
