"""Lines of pages to blocks: paragraphs by geometry, headings by type, headers by repetition."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.blocks import CELL_BREAK, LINE_BREAK, PAGE_BREAK, BBox, Block, BlockKind
from ingest.list_items import is_list_item, opens_numbered
from ingest.pages.edges import EDGE_LINES, running_lines
from ingest.pages.lines import Line
from ingest.pages.stacked_cells import heads_of_columns

# Leading beyond this many times the line's height starts a new paragraph.
_PARAGRAPH_GAP = 1.75
# Type of another size by this share is other text.
_SIZE_STEP = 0.12
_HEADING_SIZE = 1.15
_MAX_HEADING = 160
# A running line lies within this share of the page's height from its edge.
_EDGE_ZONE = 0.14
_MARKER = re.compile(
    r"[-•▪■◦·–—*]|\(?(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[a-zA-Z][.)]|[IVX]{1,5}[.)])\)?"
    r"|TOP\s?\d[\d.]*|§{1,2}\s?\d+[a-z]?"
)
# A line that ends with one of these goes on in the next.
_ENDS_OPEN = (" und", " oder", " der", " die", " das", " des", " im", " in", " von", " für", " zu")
_MOSTLY_FULL = 0.6

Page = tuple[Sequence[Line], float]
"""The lines of a page and its height in points."""


def blocks_of_pages(pages: Sequence[Page]) -> list[Block]:
    """The blocks of all pages, page 1 first; a paragraph over a page end is one block."""
    body_size = _body_size(pages)
    tops = [_edge(page, top=True) for page in pages]
    bottoms = [_edge(page, top=False) for page in pages]
    running_tops = running_lines([[line.text for line in lines] for lines in tops])
    running_bottoms = running_lines([[line.text for line in lines] for lines in bottoms])
    blocks: list[Block] = []
    for number, page in enumerate(pages, start=1):
        header = [tops[number - 1][index] for index in sorted(running_tops[number - 1])]
        heads = heads_of_columns(header, page[0])
        header = [line for line in header if line not in heads]
        footer = [bottoms[number - 1][index] for index in sorted(running_bottoms[number - 1])]
        running = {id(line) for line in (*header, *footer)}
        if len(running) == len(page[0]):
            header, footer, running = [], [], set()  # a page of nothing else, a label perhaps
        body = [line for line in page[0] if id(line) not in running]
        blocks += [_single(line, BlockKind.PAGE_HEADER, number) for line in header]
        blocks += _continue(blocks, list(_page_blocks(body, number, body_size)))
        blocks += [_single(line, BlockKind.PAGE_FOOTER, number) for line in footer]
    return blocks


def _single(line: Line, kind: BlockKind, page: int) -> Block:
    return Block(kind, line.text.replace(CELL_BREAK, " "), page, 0, line.bbox)


def _edge(page: Page, *, top: bool) -> list[Line]:
    lines, height = page
    zone = height * _EDGE_ZONE
    near = [line for line in lines if (line.bottom > height - zone if top else line.top < zone)]
    near.sort(key=lambda line: -line.top if top else line.bottom)
    return near[:EDGE_LINES]


def _body_size(pages: Sequence[Page]) -> float:
    """The height of most letters."""
    weights: Counter[float] = Counter()
    for lines, _ in pages:
        for line in lines:
            weights[round(line.size * 2) / 2] += len(line.text)
    return weights.most_common(1)[0][0] if weights else 0.0


def _page_blocks(lines: Sequence[Line], page: int, body_size: float) -> Iterator[Block]:
    group: list[Line] = []
    for line in lines:
        if group and not _same_paragraph(group, line, lines):
            yield _block(group, page, body_size)
            group = []
        group.append(line)
    if group:
        yield _block(group, page, body_size)


def _same_paragraph(group: Sequence[Line], line: Line, lines: Sequence[Line]) -> bool:
    last = group[-1]
    if line.has_cells != last.has_cells or (line.has_cells and last.has_cells):
        return False
    if abs(line.size - last.size) > _SIZE_STEP * last.size:
        return False
    drop = last.bottom - line.bottom
    if drop <= 0 or drop > _PARAGRAPH_GAP * max(last.size, line.size):
        return False
    heading = group[0].bold and len(group) < 4
    if line.bold != last.bold and (heading or line.bold):
        return False
    cut_word = last.text.endswith("-") and line.text[:1].islower()
    if cut_word:
        return True
    if is_list_item(line.text) or opens_numbered(line.text):
        return False
    if line.left - last.left > last.size and len(group) > 1:
        return False  # indented: a first line
    return _is_full(last, line, lines)


def _is_full(line: Line, following: Line, lines: Sequence[Line]) -> bool:
    """Whether the first word of `following` would not have found room in `line`."""
    column = [
        other.right
        for other in lines
        if abs(other.left - line.left) < 4 * line.size
        and abs(other.size - line.size) < _SIZE_STEP * line.size
        and not other.has_cells
    ]
    right = max(column, default=line.right)
    goes_on = following.text[:1].islower() and not line.text.endswith((".", ":", "!", "?", ";"))
    if goes_on and line.right - line.left > _MOSTLY_FULL * (right - line.left):
        return True
    if line.text.endswith(_ENDS_OPEN):
        return True
    if right - line.left < 12 * line.size:
        # A narrow column: an address, unless the words themselves say that it goes on.
        return following.text[:1].islower()
    letter = (line.right - line.left) / max(1, len(line.text))
    word = following.text.split(maxsplit=1)[0]
    return line.right + letter * (len(word) + 1) > right - 0.5 * line.size


def _block(group: Sequence[Line], page: int, body_size: float) -> Block:
    text = LINE_BREAK.join(line.text for line in group)
    bbox: BBox = (
        min(line.left for line in group),
        min(line.bottom for line in group),
        max(line.right for line in group),
        max(line.top for line in group),
    )
    first = group[0]
    if first.has_cells:
        marker, _, rest = text.partition(CELL_BREAK)
        if CELL_BREAK in rest or not _MARKER.fullmatch(marker):
            return Block(BlockKind.TABLE_ROW, text, page, 0, bbox, extents=first.extents)
        text = f"{marker} {rest}"
    level = _heading_level(group, text, body_size)
    if level:
        return Block(BlockKind.HEADING, text, page, level, bbox)
    kind = BlockKind.LIST_ITEM if is_list_item(text) else BlockKind.PARAGRAPH
    return Block(kind, text, page, 0, bbox)


def _heading_level(group: Sequence[Line], text: str, body_size: float) -> int:
    """1 for a title, 2 for larger type, 3 for bold type, 0 for no heading."""
    if len(text) > _MAX_HEADING or text.endswith((".", ",", ";")) or not body_size:
        return 0
    if not any(character.isalpha() for character in text):
        return 0
    size = max(line.size for line in group)
    if size >= _HEADING_SIZE * 1.3 * body_size:
        return 1
    if size >= _HEADING_SIZE * body_size:
        return 2
    return 3 if all(line.bold for line in group) else 0


def _continue(before: list[Block], blocks: list[Block]) -> list[Block]:
    """Joins the first block of a page to the paragraph that the page before left open."""
    if not blocks or blocks[0].kind is not BlockKind.PARAGRAPH:
        return blocks
    first = blocks[0]
    for index in range(len(before) - 1, -1, -1):
        last = before[index]
        if last.kind in (BlockKind.PAGE_FOOTER, BlockKind.PAGE_HEADER):
            continue
        turned = (last.page or 0) + last.text.count(PAGE_BREAK) + 1 == first.page
        if turned and _left_open(last, first):
            before[index] = replace(last, text=last.text + PAGE_BREAK + first.text)
            return blocks[1:]
        break
    return blocks


def _left_open(last: Block, first: Block) -> bool:
    if last.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or len(last.text) < 60:
        return False
    return first.text[:1].islower() and not last.text.rstrip().endswith((".", ":", "!", "?", ";"))
