"""Image files as documents: a scanned page in PNG or JPEG, a stack of them in TIFF."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.blocks import Parsed
from ingest.pages import layout
from ingest.pages.image import frame_count, open_picture, quietly
from ingest.pages.reading import Json
from ingest.pages.sheets import (
    doubts_of,
    find_reading,
    gaps_of,
    refuse_wordless,
    sheet_of_layer,
    with_reading,
)

PARSER = "picture 1"


def parse_picture(
    data: bytes, readings: Mapping[str, Json] | None = None, *, ocr: bool = True
) -> Parsed:
    """A first look, which names the pages to be recognised; then, with `readings`, the whole.

    Args:
        data: the bytes of the file.
        readings: by page number, what `ingest.pages.scan.read_page` made of it.
        ocr: whether scans could be read at all.

    Raises:
        Damaged, NoTextLayer, OcrFailed, OcrMissing, TooLarge.
    """
    with quietly(), open_picture(data) as picture:
        count = frame_count(picture)
    numbers = range(1, count + 1)
    if readings is None:
        return Parsed((), count, PARSER, scans=tuple(numbers))
    sheets = [
        with_reading(sheet_of_layer((), 0.0), find_reading(readings, n), ocr=ocr) for n in numbers
    ]
    refuse_wordless(sheets, ocr=ocr)
    gaps = gaps_of(sheets)
    engine = next(sheet.engine for sheet in sheets if sheet.engine)
    return Parsed(
        tuple(layout.blocks_of_pages([(sheet.lines, sheet.height) for sheet in sheets])),
        count,
        f"{PARSER} ({engine})",
        (*(gap.message for gap in gaps), *doubts_of(sheets)),
        gaps=tuple(gaps),
        page_quality=tuple(sheet.quality for sheet in sheets),
    )
