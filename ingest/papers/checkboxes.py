"""Boxes of forms: ticked, empty, or unknown where the file does not show which.

Parsers write form fields and signs of symbol fonts as the box they print; here they are read.
"""

from __future__ import annotations

import re

from index.types import Checkbox, CheckState, Span

_TICKED = "☑☒🗹🗷⌧"
_EMPTY = "☐□❏❐❑❒▢◻"
# A tick without a box may be a bullet; a black square or a sign of an unknown font may be either.
_UNCLEAR = "✓✔✗✘■▣◼\ufffd"
_MARK = re.compile(
    rf"(?P<ticked>[{_TICKED}]|\[[xX✓✔✗]\](?!\())"
    rf"|(?P<empty>[{_EMPTY}]|\[\s?\](?!\())"
    rf"|(?P<unclear>[{_UNCLEAR}\uf000-\uf0ff])"
)
# "( ) ja (x) nein", typed on a typewriter. "(x)" is a box only in a paper with empty ones.
_ROUND_EMPTY = re.compile(r"(?<!\S)\([ \t]{1,4}\)(?!\S)")
_WITH_ROUND = re.compile(
    rf"(?P<ticked>[{_TICKED}]|\[[xX✓✔✗]\](?!\()|(?<!\S)\([ \t]?[xX][ \t]?\)(?!\S))"
    rf"|(?P<empty>[{_EMPTY}]|\[\s?\](?!\()|(?<!\S)\([ \t]{{1,4}}\)(?!\S))"
    rf"|(?P<unclear>[{_UNCLEAR}\uf000-\uf0ff])"
)
_MAX_LABEL = 200


def read_checkboxes(text: str) -> tuple[Checkbox, ...]:
    """The boxes of a text, each with the words behind it on its line, or else before it.

    A sign that may be a bullet is a box only beside a sure one on its line, and its state unknown.
    """
    found: list[Checkbox] = []
    start = 0
    pattern = _WITH_ROUND if _ROUND_EMPTY.search(text) else _MARK
    for line in text.splitlines(keepends=True):
        found += _in_line(line.rstrip("\n"), start, pattern)
        start += len(line)
    return tuple(found)


def _in_line(line: str, offset: int, pattern: re.Pattern[str]) -> list[Checkbox]:
    marks = list(pattern.finditer(line))
    if not any(mark["ticked"] or mark["empty"] for mark in marks):
        return []
    behind = bool(line[marks[-1].end() :].strip())
    found: list[Checkbox] = []
    for index, mark in enumerate(marks):
        if behind:
            end = marks[index + 1].start() if index + 1 < len(marks) else len(line)
            label = _trimmed(line, mark.end(), end)
        else:
            begin = marks[index - 1].end() if index else 0
            label = _trimmed(line, begin, mark.start())
        state = CheckState.UNBEKANNT
        if mark["ticked"]:
            state = CheckState.ANGEKREUZT
        elif mark["empty"]:
            state = CheckState.LEER
        if len(label):
            sign = Span(mark.start(), mark.end()).shifted(offset)
            found.append(Checkbox(sign, label.shifted(offset), state))
    return found


def _trimmed(line: str, start: int, end: int) -> Span:
    words = line[start:end]
    lead = len(words) - len(words.lstrip(" \t:"))
    bare = words.strip(" \t:")[:_MAX_LABEL]
    return Span(start + lead, start + lead + len(bare))
