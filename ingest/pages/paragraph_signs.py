"""Puts the "§" where it is printed: Debian's German data for Tesseract do not know the sign.

They read it as 8, &, $ or not at all. The English data know it, but lose umlauts ("GRUNE"), so a
second reading with them serves this one sign: the words that stand where it does are replaced, all
others stay as the German data read them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.pages.recognition import Row, Word

_SIGN = "§"
# What a § with its number is read as: "8 38", "& 7a", "$ 3", "86" with its dot; or a heading that
# begins with the number alone, or an Absatz whose norm is missing.
_TRACES = re.compile(
    r"(?:^|(?<=[\s„“(.\d]))[8&$S]{1,2}\s?\d{1,3}\s?[a-z]?\b(?![.,]?\d)|^\d{1,3}[a-z]?\s+[A-ZÄÖÜ]"
    r"|\bAbs(?:\.|atz)|\bSatz \d|^[&$]"
)
_NORM_WORD = re.compile(r"^[„“\"'(\[]*§{1,2}[\d]*[a-z]?[.,;:)\]]*$")
_PLAIN = re.compile(r"^[\W\d_]*[a-z]?[\W\d_]*$")
_OVERLAP = 0.3


def may_hold_signs(rows: Sequence[Row]) -> bool:
    """Whether the words show traces of a § that was read as something else."""
    return any(_TRACES.search(" ".join(word.text for word in row.words)) for row in rows)


def with_signs(rows: Sequence[Row], second: Sequence[Row]) -> list[Row]:
    """The rows with each § that the second reading of the same picture has.

    A § replaces what stands in its place; where a whole word does ("2.86"), the second reading of
    that word, if it is nothing but figures and signs. Where nothing stands, it is put in.
    """
    others = [word for row in second for word in row.words]
    signs = [word for word in others if _NORM_WORD.match(word.text)]
    found = list(rows)
    for sign in signs:
        place = _row_at(found, sign)
        if place is not None:
            found[place] = _put(found[place], sign, others)
    return found


def _row_at(rows: Sequence[Row], sign: Word) -> int | None:
    best, place = 0.5, None
    for index, row in enumerate(rows):
        top = min(word.box[1] for word in row.words)
        bottom = max(word.box[3] for word in row.words)
        share = _shared(top, bottom, sign.box[1], sign.box[3])
        if share > best:
            best, place = share, index
    return place


def _put(row: Row, sign: Word, others: Sequence[Word]) -> Row:
    here = [word for word in row.words if _stand_together(word, sign)]
    if any(_SIGN in word.text for word in here):
        return row
    instead = [sign]
    if here:
        instead = [
            other
            for other in others
            if any(_same_line(other, word) and _stand_together(other, word) for word in here)
        ]
        if not all(_SIGN in other.text or _PLAIN.match(other.text) for other in instead):
            if len(here) > 1 or len(here[0].text) > 3:
                return row
            instead = [replace(sign, text=_SIGN)]
    words = [word for word in row.words if word not in here] + instead
    return Row(tuple(sorted(words, key=lambda word: word.box[0])), row.height)


def _stand_together(one: Word, other: Word) -> bool:
    return _shared(one.box[0], one.box[2], other.box[0], other.box[2]) > _OVERLAP


def _same_line(one: Word, other: Word) -> bool:
    return _shared(one.box[1], one.box[3], other.box[1], other.box[3]) > 0.5


def _shared(start: int, end: int, other_start: int, other_end: int) -> float:
    """How much of the shorter of two stretches lies in the other."""
    shorter = min(end - start, other_end - other_start)
    return (min(end, other_end) - max(start, other_start)) / shorter if shorter > 0 else 0.0
