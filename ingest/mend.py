"""Words that extraction or recognition broke are put together where nothing else is meant.

"Erg änzungen" and "Haus haltsplan" come from PDFs whose fonts place letters one by one,
"Erga¨nzung" from typesetting with separate accents, "Kl-gestützt" and "l5/148" from print in which
two letters look the same. Only what is no word before and is one afterwards is changed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.compounds import NO_PARTS, is_known
from ingest.blocks import Block, Parsed

_PIECES = re.compile(r"(?<![\w-])([^\W\d_]+) ([a-zäöüß]{1,20})(?![\w-])")
_ACCENT = "\u00a8"
_AFTER = re.compile(rf"([aouAOU]) ?{_ACCENT}")
_BEFORE = re.compile(rf"{_ACCENT} ?([aouAOU])")
_UMLAUT = dict(zip("aouAOU", "äöüÄÖÜ", strict=True))
# Endings that lists of words know as scraps; on its own none of them is a word.
_ENDINGS = frozenset(
    """
    tung tungen tion tionen schaft schaften keit keiten heit heiten lich liche lichen licher
    liches isch ische ischen ung ungen rung rungen lung lungen nung gung dung zung sung ieren
    iert ierte ierten ierung haft barkeit losigkeit nisse nissen tes ten
    """.split()  # noqa: SIM905
)
_PREFIXES = frozenset({"be", "ge", "er", "ent", "ver", "zer", "miss"})
_MOST_PIECES = 4

# Recognition of print: a small L for a large I in an acronym, for a one in a number of a paper;
# a sign that the German data does not know where a § stands before its number.
_ACRONYM = re.compile(r"(?<![\w])([A-ZÄÖÜ]{1,4})l(?=[A-ZÄÖÜ]|[-\s,;:!?)„“\"/]|$)")
_PAPER_NUMBER = re.compile(r"(?<![\w/])([\dlIO]{1,2})/([\dlIO]{1,5})(?![\w])")
_NORM = re.compile(r"(?:(?<=\s)|^|(?<=[„(]))[&$] ?(?=\d{1,3}\s?[a-z]?(?:\s|$|[,.;)]))")
_DIGITS = str.maketrans("lIO", "110")


def mend(parsed: Parsed) -> Parsed:
    """The file with its broken words mended; what is whole stays letter by letter as it was."""
    recognised = {
        number
        for number, page in enumerate(parsed.page_quality, start=1)
        if page.confidence is not None
    }
    return replace(
        parsed, blocks=tuple(_block(block, block.page in recognised) for block in parsed.blocks)
    )


def _block(block: Block, recognised: bool) -> Block:
    text = join_pieces(join_accents(block.text))
    if recognised:
        text = settle_lookalikes(text)
    return block if text == block.text else replace(block, text=text)


def join_accents(text: str) -> str:
    """Puts accents that stand beside their vowel upon it; which side, a known word decides."""
    if _ACCENT not in text:
        return text
    return " ".join(map(_accented, text.split(" ")))


def _accented(word: str) -> str:
    if _ACCENT not in word:
        return word
    readings = [pattern.sub(lambda match: _UMLAUT[match[1]], word) for pattern in (_AFTER, _BEFORE)]
    return next((reading for reading in readings if _is_word(reading)), readings[1])


def join_pieces(text: str) -> str:
    """Joins a word that a blank cut: two pieces of which not both are words, and which make one."""
    for _ in range(_MOST_PIECES):
        joined = _PIECES.sub(_joined, text)
        if joined == text:
            return text
        text = joined
    return text


def _joined(match: re.Match[str]) -> str:
    left, right = match[1], match[2]
    if len(left) == 1 and len(right) == 1:
        return match[0]
    if left.casefold() in NO_PARTS - _PREFIXES:
        return match[0]  # "einer überplanmäßigen": a word of its own, beside a rare one
    if (
        (right not in _ENDINGS and _is_word(right))
        or (_is_word(left) and len(right) < 3)
        or not _is_word(left + right)
    ):
        return match[0]
    return left + right


def settle_lookalikes(text: str) -> str:
    """Reads what print leaves open as what it must be: "KI", "15/148", "§ 38"."""
    text = _ACRONYM.sub(_acronym, text)
    text = _PAPER_NUMBER.sub(_number, text)
    return _NORM.sub("§ ", text)


def _acronym(match: re.Match[str]) -> str:
    return f"{match[1]}I" if not _is_word(f"{match[1]}l") or match[1] == "K" else match[0]


def _number(match: re.Match[str]) -> str:
    if not any(sign.isdigit() for sign in match[0]):
        return match[0]
    return match[0].translate(_DIGITS)


def _is_word(text: str) -> bool:
    return is_known("".join(sign for sign in text if sign.isalnum()).casefold())
