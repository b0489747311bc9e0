"""PDF: read by PDFium, checked and where broken replaced by a second reading with pypdf."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from ingest import pdf_layout, pdf_second, text
from ingest.blocks import Block, Gap, Parsed
from ingest.errors import Damaged, Encrypted, Garbled, NoTextLayer, TooLarge
from ingest.intake import MAX_PAGES
from ingest.pdf_columns import in_reading_order
from ingest.pdf_fields import fields_of
from ingest.pdf_lines import Line, page_lines

PARSER = f"pdf 1 (pdfium {pypdfium2.PYPDFIUM_INFO}, {pdf_second.VERSION})"

# On 100 real German files two good readings of a page agree above 0.82 (most above 0.95) and
# broken ones below 0.6; sound German prose scores above 0.93, forms of single letters below 0.8.
_SOUND = 0.85
_AGREE = 0.80
_WORTHLESS = 0.5
_MAX_SECOND_READINGS = 12
_MIN_WORDS_TO_COMPARE = 20
_LISTED_PAGES = 8


@dataclass(slots=True)
class _Page:
    lines: Sequence[Line]
    height: float
    damaged: bool = False

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


def parse_pdf(data: bytes) -> Parsed:
    """Reads a PDF with a text layer.

    Raises:
        Damaged, Encrypted, Garbled, NoTextLayer, TooLarge.
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
        return _read(document, data)
    finally:
        document.close()


def _read(document: pypdfium2.PdfDocument, data: bytes) -> Parsed:
    _check_page_count(len(document))
    warnings: list[str] = []
    pages = [_page(document, index) for index in range(len(document))]
    damaged = [number for number, page in enumerate(pages, start=1) if page.damaged]
    if not any(page.lines for page in pages):
        if damaged:
            return _by_pypdf_alone(data)
        raise NoTextLayer
    replaced, garbled = _compare(pages, data, warnings)
    blocks = pdf_layout.blocks_of_pages([(page.lines, page.height) for page in pages])
    for number, second in replaced.items():
        blocks = _replace_page(blocks, number, second)
    gaps = list(_gaps(pages, damaged, garbled))
    warnings += [gap.message for gap in gaps]
    attachments = document.count_attachments()
    if attachments:
        warnings.append(f"Eingebettete Dateien wurden nicht gelesen: {attachments}.")
    title = document.get_metadata_value("Title").replace("\x00", "").strip()
    return Parsed(tuple(blocks), len(pages), PARSER, tuple(warnings), title, gaps=tuple(gaps))


def _gaps(pages: Sequence[_Page], damaged: Sequence[int], garbled: Sequence[int]) -> Iterator[Gap]:
    if damaged:
        one = len(damaged) == 1
        said = "ist beschädigt und wurde" if one else "sind beschädigt und wurden"
        yield Gap(tuple(damaged), f"{_pages(damaged, verb=False)} {said} nicht gelesen.")
    scans = [n for n, page in enumerate(pages, start=1) if not page.lines and not page.damaged]
    if scans:
        said = f"{_pages(scans)} keine Textebene (Scan); Texterkennung kommt später."
        yield Gap(tuple(scans), said)
    if garbled:
        said = f"{_pages(garbled, verb=False)}: der Text ist vermutlich unlesbar."
        yield Gap(tuple(garbled), said)


def _check_page_count(count: int) -> None:
    if count > MAX_PAGES:
        raise TooLarge(
            f"Die PDF hat {count} Seiten, erlaubt sind {MAX_PAGES}. Bitte in Teile zerlegen."
        )


def _page(document: pypdfium2.PdfDocument, index: int) -> _Page:
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return _Page((), 0.0, damaged=True)
    try:
        lines = page_lines(page, fields_of(document, page))
        return _Page(in_reading_order(lines), page.get_height())
    except pypdfium2.PdfiumError:
        return _Page((), 0.0, damaged=True)
    finally:
        page.close()


def _compare(
    pages: Sequence[_Page], data: bytes, warnings: list[str]
) -> tuple[dict[int, str], list[int]]:
    """Reads doubtful pages and one sound one a second time.

    Returns:
        The second reading of the pages (1-based) where it is the better one, and the pages that
        neither reading makes sense of.
    """
    filled = [index for index, page in enumerate(pages) if page.lines]
    doubtful = [index for index in filled if pdf_second.soundness(pages[index].text) < _SOUND]
    sample = [index for index in filled if index not in set(doubtful)][len(filled) // 2 :][:1]
    reader = pdf_second.SecondReader(data)
    better: dict[int, str] = {}
    apart: list[int] = []
    for index in sorted([*doubtful[:_MAX_SECOND_READINGS], *sample]):
        first, second = pages[index].text, reader.page_text(index)
        if not second or len(second.split()) < _MIN_WORDS_TO_COMPARE:
            continue
        if pdf_second.agreement(first, second) >= _AGREE:
            continue
        if pdf_second.soundness(second) < _WORTHLESS and pdf_second.soundness(first) >= _SOUND:
            continue  # a reading that is no words at all is no second opinion
        apart.append(index + 1)
        if pdf_second.soundness(second) > pdf_second.soundness(first) + 0.1:
            better[index + 1] = second
    if apart:
        warnings.append(f"{_pages(apart, verb=False)}: zwei Lesarten weichen ab; bitte prüfen.")
    garbled = [
        index + 1 for index in doubtful if index + 1 not in better and _is_garbled(pages[index])
    ]
    if garbled and len(garbled) == len(filled):
        raise Garbled
    return better, garbled


def _is_garbled(page: _Page) -> bool:
    return pdf_second.soundness(page.text) < 0.5 and len(page.text) > 200


def _pages(numbers: Sequence[int], *, verb: bool = True) -> str:
    shown = ", ".join(str(number) for number in numbers[:_LISTED_PAGES])
    if len(numbers) > _LISTED_PAGES:
        shown += f" und {len(numbers) - _LISTED_PAGES} weitere"
    if len(numbers) == 1:
        return f"Seite {shown}" + (" hat" if verb else "")
    return f"Seiten {shown}" + (" haben" if verb else "")


def _replace_page(blocks: Sequence[Block], number: int, second: str) -> list[Block]:
    """The blocks with those of one page read anew."""
    before = [block for block in blocks if (block.page or 0) < number]
    after = [block for block in blocks if (block.page or 0) > number]
    return [*before, *text.blocks_of_text(second, number), *after]


def _by_pypdf_alone(data: bytes) -> Parsed:
    """For files that PDFium does not open."""
    reader = pdf_second.SecondReader(data)
    count = reader.page_count()
    if not count:
        raise Damaged
    _check_page_count(count)
    texts = [reader.page_text(index) or "" for index in range(count)]
    unread = tuple(number for number, page in enumerate(texts, start=1) if not page.strip())
    if not any(any(c.isalnum() for c in page) for page in texts):
        raise Damaged
    blocks = text.blocks_of_pages(texts)
    warning = "Die PDF ist beschädigt; es wurde gelesen, was zu retten war."
    parser = f"pdf 1 ({pdf_second.VERSION})"
    gaps = (Gap(unread, warning),) if unread else ()
    return Parsed(tuple(blocks), count, parser, (warning,), gaps=gaps)
