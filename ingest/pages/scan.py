"""Text recognition: the picture of a page becomes lines, as sure as Tesseract is of them."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np

from ingest.blocks import CELL_BREAK
from ingest.pages.image import PageImage, page_image
from ingest.pages.lines import CELL_GAP, Line
from ingest.pages.paragraph_signs import may_hold_signs, with_signs
from ingest.pages.reading import Json, PageReading, write_reading
from ingest.pages.recognition import (
    ENGLISH,
    VERSION,
    Row,
    Word,
    knows,
    quarter_turns,
    rows_of,
)
from ingest.pages.skew import Grey, Ink, dark, straightened, without_specks

# Below this confidence a page may lie on its side or upside down. Of a page of the samples turned
# so, words come out at 0.28 or none at all; upright and out of focus, at 0.57 and more.
_MAYBE_TURNED = 0.6
# A share of dark pixels below this is dust on an empty page; one line of print has three times it.
_BLANK = 0.0004
# Strokes of bold print, measured against the height of the line, exceed those of the page's other
# lines by 1.4 to 1.5 in the fonts of the samples; headings of larger plain type by 1.0 to 1.1.
_BOLD = 1.25
# Heights of lines with and without descenders differ by up to this share; it is one type size.
_SAME_SIZE = 0.11


def read_page(data: bytes, media_type: str, page: int, tessdata: str) -> Json:
    """Recognises one page (1-based) of a PDF or picture; returns `PageReading` as JSON.

    `tessdata` is the folder with Tesseract's language data.

    Raises:
        Damaged, OcrMissing, PageTooLarge.
    """
    return write_reading(recognise(page_image(data, media_type, page), tessdata))


def recognise(image: PageImage, tessdata: str) -> PageReading:
    """Straightens the picture of a page and reads it, turned by quarters where that reads better.

    Raises:
        OcrMissing: the language data cannot be used.
    """
    grey = without_specks(image.grey)
    if float(dark(grey).mean()) < _BLANK:
        return _reading(image, [], blank=True)
    upright, rows = _lines(grey, image.dpi, tessdata)
    if _confidence(rows) < _MAYBE_TURNED:
        quarters = quarter_turns(PageImage(np.ascontiguousarray(grey), image.dpi), tessdata)
        if quarters:
            turned, found = _lines(np.rot90(grey, quarters), image.dpi, tessdata)
            if _confidence(found) > _confidence(rows):
                upright, rows = turned, found
    # Only now: on a page that lies on its side the second look takes as long as all the rest.
    if may_hold_signs(rows) and knows(tessdata, ENGLISH):
        rows = with_signs(rows, rows_of(upright, tessdata, ENGLISH))
    return _reading(upright, _sized(rows, dark(upright.grey)), blank=False)


def _lines(grey: Grey, dpi: float, tessdata: str) -> tuple[PageImage, list[Row]]:
    image = PageImage(np.ascontiguousarray(straightened(grey)), dpi)
    return image, rows_of(image, tessdata)


def _confidence(rows: Sequence[Row]) -> float:
    """How sure the letters of the lines are, 0 to 1; 0 where there are none."""
    words = [word for row in rows for word in row.words]
    letters = sum(len(word.text) for word in words)
    sure = sum(word.confidence * len(word.text) for word in words)
    return round(sure / letters / 100, 3) if letters else 0.0


def _stroke(row: Row, ink: Ink) -> float:
    """The mean width of the strokes of a line, by the height of its type."""
    runs = pixels = 0
    for word in row.words:
        left, top, right, bottom = word.box
        part = ink[top:bottom, left:right]
        runs += int(np.count_nonzero(part[:, 1:] & ~part[:, :-1]) + np.count_nonzero(part[:, :1]))
        pixels += int(np.count_nonzero(part))
    return pixels / max(1, runs) / row.height


def _sized(rows: Sequence[Row], ink: Ink) -> list[tuple[Row, float, bool]]:
    """Each line with its height, evened out to those like it, and whether it is bold."""
    if not rows:
        return []
    strokes = [_stroke(row, ink) for row in rows]
    body = median([row.height for row in rows for _ in range(row.letters)])
    usual = median([s for s, row in zip(strokes, rows, strict=True) for _ in range(row.letters)])
    others = sorted({row.height for row in rows if abs(row.height - body) > _SAME_SIZE * body})
    sizes: dict[float, float] = {}
    while others:
        alike = [height for height in others if height <= others[0] * (1 + _SAME_SIZE)]
        sizes |= dict.fromkeys(alike, median(alike))
        others = others[len(alike) :]
    return [
        (row, sizes.get(row.height, body), stroke > _BOLD * usual)
        for row, stroke in zip(rows, strokes, strict=True)
    ]


def _reading(
    image: PageImage, rows: Sequence[tuple[Row, float, bool]], *, blank: bool
) -> PageReading:
    height, width = image.grey.shape
    scale = 72 / image.dpi
    return PageReading(
        tuple(_line(row, size, bold, height, scale) for row, size, bold in rows),
        width * scale,
        height * scale,
        _confidence([row for row, _, _ in rows]),
        blank,
        VERSION,
    )


def _line(row: Row, size: float, bold: bool, page_height: int, scale: float) -> Line:
    cells: list[list[Word]] = []
    for word in row.words:
        if cells and word.box[0] - cells[-1][-1].box[2] <= CELL_GAP * size:
            cells[-1].append(word)
        else:
            cells.append([word])
    lefts, tops, rights, bottoms = zip(*(word.box for word in row.words), strict=True)
    return Line(
        CELL_BREAK.join(" ".join(word.text for word in cell) for cell in cells),
        round(min(lefts) * scale, 1),
        round((page_height - max(bottoms)) * scale, 1),
        round(max(rights) * scale, 1),
        round((page_height - min(tops)) * scale, 1),
        round(size * scale, 1),
        bold,
        tuple(
            (round(cell[0].box[0] * scale, 1), round(cell[-1].box[2] * scale, 1)) for cell in cells
        ),
    )
