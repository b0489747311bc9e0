"""What stands above a table: its caption and the unit that holds for its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.types import Reading, Span
from ingest import units
from ingest.blocks import BlockKind
from ingest.canonical import PlacedBlock
from ingest.sentences import split_sentences

_MAX_CAPTION = 200
_NAMED = re.compile(r"(?:Tab(?:elle|\.)|Übersicht|Anlage|Aufstellung|Abb(?:ildung|\.))\b")
_FIELD = re.compile(r"[A-ZÄÖÜ][\w /.-]{1,40}:\s*\S")


@dataclass(frozen=True, slots=True)
class Above:
    """Caption and general unit of a table, as far as there are any."""

    caption: Span | None = None
    unit: Reading[str] | None = None


def read_above(text: str, blocks: Sequence[PlacedBlock]) -> Above:
    """Reads the lines above a table; `blocks` are those before it, the nearest last."""
    if not blocks:
        return Above()
    nearest = blocks[-1]
    words = nearest.span.cut(text)
    if units.is_unit_line(words):
        unit = units.stated_unit(words, nearest.span.start)
        return Above(_caption(text, blocks[-2]) if len(blocks) > 1 else None, unit)
    caption = _caption(text, nearest)
    if caption is None:
        return Above()
    return Above(caption, units.stated_unit(caption.cut(text), caption.start))


def _caption(text: str, block: PlacedBlock) -> Span | None:
    """The words that name a table: a heading, a named caption, a line that ends with a colon."""
    words = block.span.cut(text)
    if block.kind is BlockKind.TABLE_ROW:
        return None
    if block.kind is BlockKind.HEADING or block.heads_table or _NAMED.match(words):
        return block.span if len(words) <= _MAX_CAPTION else None
    if _FIELD.match(words):
        return None
    last = split_sentences(words)[-1] if words.strip() else None
    if last is None or len(last) > _MAX_CAPTION:
        return None
    sentence = last.cut(words)
    is_unit_caption = len(words) <= 100 and units.stated_unit(words, 0) and words[-1] not in ".!?"
    if sentence.endswith(":") or is_unit_caption:
        return last.shifted(block.span.start)
    return None
