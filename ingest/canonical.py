"""Blocks to the one text that every span refers to.

What a reader of the paper would not see as a difference is made equal here, once: Unicode form,
ligatures, kinds of spaces, words cut at line ends, letters s p a c e d apart. Afterwards nobody
changes the text again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from index.types import Span
from ingest.blocks import CELL_BREAK, PAGE_BREAK, BBox, Block, BlockKind, Extent, Parsed
from ingest.expressions import find_references

_RUNNING = frozenset({BlockKind.PAGE_HEADER, BlockKind.PAGE_FOOTER})
_CLOSE_SET = frozenset({BlockKind.TABLE_ROW, BlockKind.LIST_ITEM})

_LINE_ENDS = regex.compile(r"\r\n?|[\v\x85\u2028\u2029]")
_SPACES = regex.compile(r"\p{Zs}")
# Ligatures that fonts bring along; other compatibility forms (², ½, ™) carry meaning and stay.
_LIGATURE = regex.compile(r"[\ufb00-\ufb06]")
_SYMBOL_FONT_BULLET = regex.compile(r"[\uf0b7\uf0a7\uf0d8\uf0fc]")
_SOFT_HYPHENATION = regex.compile(r"(?<=\w)[\u00ad\u00ac][ \t]*([\n\f])[ \t]*(\w\S*)")
_INVISIBLE = regex.compile(r"[\p{Cc}\p{Cf}\p{Noncharacter_Code_Point}--[\t\n\f]]", regex.V1)
_SURROGATE = regex.compile(r"\p{Cs}")
_LINE_WITH_EDGES = regex.compile(r"[ \t]*([\n\f])[ \t\n\f]*")
_LINE_END_HYPHEN = regex.compile(
    r"(?<![\p{L}\p{N}])(?<left>[\p{L}\p{N}]++)(?<hyphen>[-\u2010])(?<turn>[\n\f])"
    r"(?<right>[\p{L}\p{N}]++)(?<rest>\S*)"
)
# A hyphen before one of these stands for a left-out word half and stays ("Finanz- und").
_AFTER_OMISSION = frozenset({"und", "oder", "bzw", "beziehungsweise", "sowie", "u", "o"})
_SPACED_LETTERS = regex.compile(r"(?<![\p{L}\p{N}])\p{L}(?: +\p{L}){4,}(?![\p{L}\p{N}])")
_VOWEL = regex.compile(r"[aeiouyäöü]", regex.IGNORECASE)
_BLANKS = regex.compile(r" {2,}")
_LONG_GAP = regex.compile(r" {4,}")


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block that stands in the canonical text, and where."""

    kind: BlockKind
    level: int
    span: Span
    page: int | None
    bbox: BBox | None
    heads_table: bool = False
    extents: tuple[Extent, ...] = ()
    continued: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Canonical:
    """The text of a document with its pages and blocks.

    Attributes:
        pages: one span for each page, in order; empty where the format has no pages.
        blocks: in order of the text, without the ones that were dropped.
    """

    text: str
    pages: tuple[Span, ...]
    blocks: tuple[PlacedBlock, ...]

    @property
    def block_spans(self) -> tuple[Span, ...]:
        """The span of each block."""
        return tuple(block.span for block in self.blocks)


def canonical_text(parsed: Parsed) -> Canonical:
    """Joins the cleaned blocks; rows and list items by one line end, all else by two.

    Page headers and footers are left out, but for one that alone names the paper's number.
    """
    pieces: list[str] = []
    placed: list[PlacedBlock] = []
    starts: dict[int, int] = {}
    length, page = 0, 1
    for block in _worth_keeping(parsed.blocks):
        text, breaks = _clean_block(block)
        if not text:
            continue
        if placed:
            both_close = placed[-1].kind in _CLOSE_SET and placed[-1].kind is block.kind
            separator = "\n" if both_close else "\n\n"
            pieces.append(separator)
            length += len(separator)
        page = max(page, block.page or 0)
        starts.setdefault(page, length)
        placed.append(
            PlacedBlock(
                block.kind,
                block.level,
                Span(length, length + len(text)),
                page if parsed.page_count is not None else None,
                block.bbox,
                block.heads_table,
                block.extents,
                block.continued,
            )
        )
        for offset in breaks:
            page += 1
            starts.setdefault(page, length + offset)
        pieces.append(text)
        length += len(text)
    text = "".join(pieces)
    pages = _page_spans(starts, parsed.page_count, text) if parsed.page_count is not None else ()
    return Canonical(text, pages, tuple(placed))


def clean(text: str, *, cells: bool = False) -> str:
    """The canonical form of one block's text. Cells keep their tabs. Idempotent.

    A paragraph that goes on over a page comes out with the page break still in it.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _SURROGATE.sub("\ufffd", text)
    text = _SYMBOL_FONT_BULLET.sub("•", text)
    if cells:
        cleaned = [_settle(cell) for cell in text.split(CELL_BREAK)]
        return CELL_BREAK.join(cleaned).rstrip()
    return _settle(text.replace(CELL_BREAK, " "))


def _settle(text: str) -> str:
    """Applies the remaining rules until nothing changes: one may make room for another."""
    while True:
        settled = _pass(text)
        if settled == text:
            return text
        text = settled


def _pass(text: str) -> str:
    text = _SOFT_HYPHENATION.sub(lambda match: _whole_word(match[2], match[1]), text)
    text = _INVISIBLE.sub("", _SPACES.sub(" ", text))
    text = _LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = unicodedata.normalize("NFC", text)
    text = _LONG_GAP.sub("   ", text)  # keeps the next patterns linear
    text = _LINE_WITH_EDGES.sub(_one_break, text)
    text = _LINE_END_HYPHEN.sub(_join_word, text).replace("\n", " ")
    text = _BLANKS.sub(" ", _SPACED_LETTERS.sub(_close_up, text))
    return str(text).strip(" \t\n\f")


def _one_break(match: regex.Match[str]) -> str:
    return PAGE_BREAK if PAGE_BREAK in match[0] else "\n"


def _join_word(match: regex.Match[str]) -> str:
    left, right, turn = str(match["left"]), str(match["right"]), str(match["turn"])
    if right in _AFTER_OMISSION:
        return f"{left}-{PAGE_BREAK if turn == PAGE_BREAK else ' '}{right}{match['rest']}"
    hyphen = "-" if _is_compound_hyphen(left, right) else ""
    return left + hyphen + _whole_word(right + match["rest"], turn)


def _whole_word(rest: str, turn: str) -> str:
    """The second half of a cut word; a page that turned within the word turns after it."""
    return rest + PAGE_BREAK if turn == PAGE_BREAK else rest


def _is_compound_hyphen(left: str, right: str) -> bool:
    """Whether the hyphen belongs to the word ("EU-Recht") and not to the line end."""
    if left[-1].isdigit() or right[0].isdigit() or len(left) == 1:
        return True
    shouted = left.isupper() and right.isupper() and len(left) > 4
    if shouted:
        return False
    return right[0].isupper() or left.isupper()


def _close_up(match: regex.Match[str]) -> str:
    """Joins letters spaced apart; a wider gap is a gap between words."""
    letters = str(match[0]).replace(" ", "")
    if len(set(letters.casefold())) < 3 or not _VOWEL.search(letters) or _alphabetical(letters):
        return str(match[0])
    gaps = [len(gap) for gap in regex.findall(r" +", match[0])]
    word_gap = min(gaps) + 1
    joined = letters[0]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        new_word = gap >= word_gap or (letter.isupper() and joined[-1].islower())
        joined += f" {letter}" if new_word else letter
    return joined


def _alphabetical(letters: str) -> bool:
    folded = letters.casefold()
    return all(ord(b) - ord(a) == 1 for a, b in pairwise(folded))


def _clean_block(block: Block) -> tuple[str, list[int]]:
    """The clean text, and the offsets in it at which a further page begins."""
    text = clean(block.text, cells=block.kind is BlockKind.TABLE_ROW)
    breaks = [offset + 1 for offset, char in enumerate(text) if char == PAGE_BREAK]
    return text.replace(PAGE_BREAK, " "), breaks


def _worth_keeping(blocks: Sequence[Block]) -> list[Block]:
    headers = [block for block in blocks if block.kind is BlockKind.PAGE_HEADER]
    kept = [block for block in blocks if block.kind not in _RUNNING]
    for header in headers:
        numbers = {reference.number for reference in find_references(clean(header.text))}
        if not numbers:
            continue
        body = clean("\n".join(block.text for block in kept))
        if numbers.isdisjoint(reference.number for reference in find_references(body)):
            return [replace(header, kind=BlockKind.PARAGRAPH), *kept]
        break
    return kept


def _page_spans(starts: Mapping[int, int], page_count: int, text: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    following = len(text)
    for page in range(max([page_count, *starts]), 0, -1):
        start = starts.get(page, following)
        end = following
        while end > start and text[end - 1] in "\n ":
            end -= 1
        spans.append(Span(start, end))
        following = start
    return tuple(reversed(spans))
