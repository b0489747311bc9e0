"""PDF: read by PDFium, checked and where broken replaced by a second reading with pypdf."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pypdfium2
import pypdfium2.raw as pdfium

from index.types import PageState
from ingest.blocks import Block, Gap, Parsed
from ingest.errors import Damaged, Encrypted, Garbled, OcrMissing, TooLarge
from ingest.formats import text
from ingest.intake import MAX_PAGES
from ingest.pages import layout, second_reading
from ingest.pages.columns import in_reading_order
from ingest.pages.fields import fields_of
from ingest.pages.lines import page_lines
from ingest.pages.reading import Json, count_letters
from ingest.pages.sheets import (
    GARBLED,
    SOUND,
    UNREAD,
    Sheet,
    damaged_sheet,
    doubts_of,
    find_reading,
    gaps_of,
    is_garbled,
    named_pages,
    quality_of_layer,
    refuse_wordless,
    sheet_of_layer,
    with_reading,
)
from ingest.pages.soundness import soundness
from ingest.pages.stacked_cells import with_rows

PARSER = f"pdf 1 (pdfium {pypdfium2.PYPDFIUM_INFO}, {second_reading.VERSION})"

# On 100 real German files two good readings of a page agree above 0.82 (most above 0.95) and
# broken ones below 0.6; sound German prose scores above 0.93, forms of single letters below 0.8.
_AGREE = 0.80
_MAX_SECOND_READINGS = 12
_MIN_WORDS_TO_COMPARE = 20
# A text layer of fewer letters under a picture of most of the page is a stamp or a page number.
_FEW_LETTERS = 120
_MOSTLY_PICTURE = 0.5


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as the file's own text has it; `is_scan`: its picture is to be read too."""

    sheet: Sheet
    is_scan: bool = False


def parse_pdf(
    data: bytes, readings: Mapping[str, Json] | None = None, *, ocr: bool = True
) -> Parsed:
    """Reads a PDF; where pages are pictures, a first look only names them.

    Args:
        data: the bytes of the file.
        readings: what `ingest.pages.scan.read_page` made of the pages that the first look named, by
            page number; None for the first look.
        ocr: whether scans could be read at all.

    Raises:
        Damaged, Encrypted, Garbled, NoTextLayer, OcrFailed, OcrMissing, TooLarge.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise Encrypted from error
        return _by_pypdf_alone(data)
    try:
        if document.get_formtype() == pdfium.FORMTYPE_ACRO_FORM:
            document.init_forms()
        return _read(document, data, readings, ocr=ocr)
    finally:
        document.close()


def _read(
    document: pypdfium2.PdfDocument,
    data: bytes,
    readings: Mapping[str, Json] | None,
    *,
    ocr: bool,
) -> Parsed:
    _check_page_count(len(document))
    pages = [_page(document, index) for index in range(len(document))]
    readable = any(page.sheet.lines or page.is_scan for page in pages)
    if not readable and any(page.sheet.damaged for page in pages):
        return _by_pypdf_alone(data)
    scans = tuple(number for number, page in enumerate(pages, start=1) if page.is_scan)
    if scans and readings is None:
        return Parsed((), len(pages), PARSER, scans=scans)
    sheets = [
        with_reading(page.sheet, find_reading(readings or {}, number), ocr=ocr)
        if page.is_scan
        else page.sheet
        for number, page in enumerate(pages, start=1)
    ]
    refuse_wordless(sheets, ocr=ocr)
    warnings: list[str] = []
    replaced = _compare(sheets, data, warnings, ocr=ocr)
    blocks = layout.blocks_of_pages([(sheet.lines, sheet.height) for sheet in sheets])
    for number, second in replaced.items():
        blocks = _replace_page(blocks, number, second)
        sheets[number - 1] = replace(sheets[number - 1], quality=quality_of_layer(second))
    gaps = gaps_of(sheets)
    warnings += [*(gap.message for gap in gaps), *doubts_of(sheets)]
    attachments = document.count_attachments()
    if attachments:
        warnings.append(f"Eingebettete Dateien wurden nicht gelesen: {attachments}.")
    title = document.get_metadata_value("Title").replace("\x00", "").strip()
    return Parsed(
        tuple(blocks),
        len(pages),
        next((f"{PARSER} ({sheet.engine})" for sheet in sheets if sheet.engine), PARSER),
        tuple(warnings),
        title,
        tuple(gaps),
        tuple(sheet.quality for sheet in sheets),
    )


def _check_page_count(count: int) -> None:
    if count > MAX_PAGES:
        raise TooLarge(
            f"Die PDF hat {count} Seiten, erlaubt sind {MAX_PAGES}. Bitte in Teile zerlegen."
        )


def _page(document: pypdfium2.PdfDocument, index: int) -> _Page:
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return _Page(damaged_sheet())
    try:
        lines = page_lines(page, fields_of(document, page))
        sheet = sheet_of_layer(in_reading_order(with_rows(lines)), page.get_height())
        return _Page(sheet, is_scan=_is_scan(page, sheet))
    except pypdfium2.PdfiumError:
        return _Page(damaged_sheet())
    finally:
        page.close()


def _is_scan(page: pypdfium2.PdfPage, sheet: Sheet) -> bool:
    """Whether the page's words must be read off its picture, or had better be."""
    if not sheet.lines:
        return bool(pdfium.FPDFPage_CountObjects(page.raw) > 0)
    if sheet.quality.state is PageState.UNSICHER:
        return True
    doubtful = count_letters(sheet.lines) < _FEW_LETTERS or sheet.quality.score < SOUND
    return doubtful and _picture_share(page) > _MOSTLY_PICTURE


def _picture_share(page: pypdfium2.PdfPage) -> float:
    """The share of the page that its largest picture covers."""
    width, height = page.get_size()
    largest = 0.0
    for image in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=2):
        left, bottom, right, top = image.get_bounds()
        across = min(right, width) - max(left, 0.0)
        upwards = min(top, height) - max(bottom, 0.0)
        largest = max(largest, across * upwards if across > 0 and upwards > 0 else 0.0)
    return float(largest / (width * height)) if width * height > 0 else 0.0


def _compare(
    sheets: Sequence[Sheet], data: bytes, warnings: list[str], *, ocr: bool
) -> dict[int, str]:
    """Reads doubtful text layers and one sound one a second time.

    Returns:
        The second reading of the pages (1-based) where it is the better one.

    Raises:
        Garbled, OcrMissing: no page bears words.
    """
    filled = [i for i, sheet in enumerate(sheets) if sheet.lines]
    layers = [i for i in filled if not sheets[i].engine]
    doubtful = [i for i in layers if sheets[i].quality.score < SOUND]
    sample = [i for i in layers if i not in set(doubtful)][len(layers) // 2 :][:1]
    reader = second_reading.SecondReader(data)
    better: dict[int, str] = {}
    apart: list[int] = []
    for index in sorted([*doubtful[:_MAX_SECOND_READINGS], *sample]):
        first, second = sheets[index].text, reader.page_text(index)
        if not second or len(second.split()) < _MIN_WORDS_TO_COMPARE:
            continue
        if second_reading.agreement(first, second) >= _AGREE:
            continue
        if soundness(second) < GARBLED and soundness(first) >= SOUND:
            continue  # a reading that is no words at all is no second opinion
        apart.append(index + 1)
        if soundness(second) > soundness(first) + 0.1:
            better[index + 1] = second
    if apart:
        warnings.append(f"{named_pages(apart)}: zwei Lesarten weichen ab; bitte prüfen.")
    garbled = [i for i in layers if i + 1 not in better and is_garbled(sheets[i].text)]
    if garbled and len(garbled) == len(filled):
        raise Garbled if ocr else OcrMissing
    return better


def _replace_page(blocks: Sequence[Block], number: int, second: str) -> list[Block]:
    """The blocks with those of one page read anew."""
    before = [block for block in blocks if (block.page or 0) < number]
    after = [block for block in blocks if (block.page or 0) > number]
    return [*before, *text.blocks_of_text(second, number), *after]


def _by_pypdf_alone(data: bytes) -> Parsed:
    """For files that PDFium does not open."""
    reader = second_reading.SecondReader(data)
    count = reader.page_count()
    if not count:
        raise Damaged
    _check_page_count(count)
    texts = [reader.page_text(index) or "" for index in range(count)]
    if not any(any(c.isalnum() for c in page) for page in texts):
        raise Damaged
    blocks = text.blocks_of_pages(texts)
    warning = "Die PDF ist beschädigt; es wurde gelesen, was zu retten war."
    quality = tuple(quality_of_layer(page) if page.strip() else UNREAD for page in texts)
    unread = tuple(number for number, page in enumerate(texts, start=1) if not page.strip())
    return Parsed(
        tuple(blocks),
        count,
        f"pdf 1 ({second_reading.VERSION})",
        (warning,),
        gaps=(Gap(unread, warning),) if unread else (),
        page_quality=quality,
    )
