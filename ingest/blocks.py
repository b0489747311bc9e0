"""What every parser returns: the pieces of a file in reading order, before any clean-up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from index.types import PageQuality

LINE_BREAK = "\n"
"""Inside a block: a line ended here because the line was full. Canonical text joins the lines."""

PAGE_BREAK = "\f"
"""Inside a block: the paragraph goes on at the top of the next page."""

CELL_BREAK = "\t"
"""Inside a table row: the next cell begins."""


class BlockKind(StrEnum):
    """What a piece of a page is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    PAGE_HEADER = "page_header"
    PAGE_FOOTER = "page_footer"


BBox = tuple[float, float, float, float]
"""Left, bottom, right, top in points, origin at the page's lower left corner."""

Extent = tuple[float, float]
"""Left and right edge of a table cell."""


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a file.

    Attributes:
        text: the words as the parser found them; the three breaks above are the only line ends.
            A line that ends for its own sake (an address, a signature) is a block of its own.
        page: 1-based; the page the block begins on; None where the format has no pages.
        level: depth of a heading (1 is the title) or of a list item (0 is outermost), else 0.
        heads_table: the file itself says that this row holds column headings, or that this
            paragraph is the caption of the table below.
        extents: of a table row whose cells were told apart by where they stand: left and right
            edge of each, in points or characters.
        continued: of a table row, the columns (from 0) whose cell reaches down from the row above.
    """

    kind: BlockKind
    text: str
    page: int | None = None
    level: int = 0
    bbox: BBox | None = None
    heads_table: bool = False
    extents: tuple[Extent, ...] = ()
    continued: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """Something of a file that nobody read: the file is there in part.

    Attributes:
        pages: 1-based; empty where the format has no pages.
        message: a German sentence that says what is missing and why.
    """

    pages: tuple[int, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file as its parser read it.

    Attributes:
        page_count: None where the format has no pages.
        parser: name and version of what read the file.
        warnings: German sentences for the admin.
        title: what the file's own metadata call it; "" where they are silent.
        gaps: what was not read; none means that the file was read completely.
        page_quality: how well each page was read; empty where the format has no pages.
        scans: pages (1-based) whose words only a picture holds, at a first look.
    """

    blocks: tuple[Block, ...]
    page_count: int | None
    parser: str
    warnings: tuple[str, ...] = ()
    title: str = ""
    gaps: tuple[Gap, ...] = ()
    page_quality: tuple[PageQuality, ...] = ()
    scans: tuple[int, ...] = ()
