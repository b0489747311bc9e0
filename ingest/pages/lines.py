"""Lines of a PDF page with their geometry, as PDFium reads them."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.blocks import CELL_BREAK, BBox, Extent
from ingest.pages.fields import Field
from ingest.pages.symbols import PRIVATE, symbol

# PDFium writes one of these for a hyphen at a line end and drops the line end itself.
LINE_HYPHENS = frozenset((0xFFFE, 0x02))
_NEWLINES = frozenset((0x0A, 0x0D))
# A gap wider than this many times the height of the line separates two cells.
CELL_GAP = 1.6
# The densest real pages have about twenty thousand. A character map that turns each letter into
# hundreds took 11 s and 1.2 GB for 2.5 million.
MAX_CHARACTERS = 200_000
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_BOLD_WEIGHT = 600


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: `text` with cells parted by tabs, `size` is its height in points.

    `extents` are the left and right edges of its cells.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool
    extents: tuple[Extent, ...] = ()

    @property
    def bbox(self) -> BBox:
        """The box around the line."""
        return (self.left, self.bottom, self.right, self.top)

    @property
    def has_cells(self) -> bool:
        """Whether wide gaps part the line."""
        return CELL_BREAK in self.text


@dataclass(slots=True)
class _Character:
    code: int
    left: float
    bottom: float
    right: float
    top: float
    index: int
    sign: str = ""


def page_lines(page: pypdfium2.PdfPage, fields: Sequence[Field] = ()) -> list[Line]:
    """The lines of a page in the order of the page's content, boxes of form fields in them.

    Raises:
        PdfiumError: the page is broken, or has more characters than any page.
    """
    text_page = page.get_textpage()
    try:
        if text_page.count_chars() > MAX_CHARACTERS:
            raise pypdfium2.PdfiumError("more characters than a page can hold")
        split = _split(text_page)
        for field in fields:
            _place(field, split)
        return [line for characters in split if (line := _line(text_page, characters)) is not None]
    finally:
        text_page.close()


def _split(text_page: pypdfium2.PdfTextPage) -> list[list[_Character]]:
    box = pdfium.FS_RECTF()
    pointer = ctypes.byref(box)
    raw = text_page.raw
    lines: list[list[_Character]] = [[]]
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code in _NEWLINES:
            if lines[-1]:
                lines.append([])
            continue
        pdfium.FPDFText_GetLooseCharBox(raw, index, pointer)
        left, right = sorted((box.left, box.right))
        bottom, top = sorted((box.bottom, box.top))
        sign = (symbol(_font(text_page, index), code) or "") if code in PRIVATE else ""
        lines[-1].append(_Character(code, left, bottom, right, top, index, sign))
        if code in LINE_HYPHENS:
            lines.append([])
    return lines


def _place(field: Field, lines: list[list[_Character]]) -> None:
    """Puts the box of a field into the line that it stands on, nearest to its words."""
    left, bottom, right, top = field.bbox
    middle = (bottom + top) / 2
    near: list[tuple[float, list[_Character], int]] = []
    for line in lines:
        for position, character in enumerate(line):
            if character.code > 32 and character.bottom <= middle <= character.top:
                gap = character.left - right if character.left >= left else left - character.right
                near.append((max(gap, 0.0), line, position + (character.left < left)))
    if not near:
        return
    _, line, position = min(near, key=lambda item: item[0])

    neighbour = line[min(position, len(line) - 1)]
    sign = _Character(
        ord("☐"), left, neighbour.bottom, right, neighbour.top, neighbour.index, field.sign + " "
    )
    line.insert(position, sign)


def _line(text_page: pypdfium2.PdfTextPage, characters: list[_Character]) -> Line | None:
    printed = [c for c in characters if c.code > 32 and c.code != 0xA0]
    if not printed:
        return None
    size = median(c.top - c.bottom for c in printed)
    text = _with_cells(characters, size).strip()
    if not text.strip(CELL_BREAK + " "):
        return None
    return Line(
        text,
        min(c.left for c in printed),
        min(c.bottom for c in printed),
        max(c.right for c in printed),
        max(c.top for c in printed),
        size,
        _is_bold(text_page, printed),
        _extents(printed, size),
    )


def _extents(printed: Sequence[_Character], size: float) -> tuple[Extent, ...]:
    """Where the cells of a line stand, parted as `_with_cells` parts them."""
    found: list[Extent] = []
    for last, character in zip([None, *printed], printed, strict=False):
        if last is None or character.left - last.right > CELL_GAP * size > 0:
            found.append((character.left, character.right))
        else:
            left, right = found[-1]
            found[-1] = (min(left, character.left), max(right, character.right))
    return tuple(found)


def _with_cells(characters: list[_Character], size: float) -> str:
    pieces: list[str] = []
    last: _Character | None = None
    for character in characters:
        blank = character.code <= 32 or character.code == 0xA0
        if blank and character.code not in LINE_HYPHENS:
            pieces.append(" ")
            continue
        if last is not None and character.left - last.right > CELL_GAP * size > 0:
            pieces.append(CELL_BREAK)
        pieces.append(character.sign or _character(character.code))
        last = character
    return re.sub(r" *\t *", CELL_BREAK, "".join(pieces))


def _character(code: int) -> str:
    if code in LINE_HYPHENS:
        return "-"
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"


def _is_bold(text_page: pypdfium2.PdfTextPage, printed: list[_Character]) -> bool:
    """Whether the line prints bold from its first to its last letter."""
    probes = {printed[0].index, printed[len(printed) // 2].index, printed[-1].index}
    return all(_is_bold_at(text_page, index) for index in probes)


def _is_bold_at(text_page: pypdfium2.PdfTextPage, index: int) -> bool:
    if pdfium.FPDFText_GetFontWeight(text_page.raw, index) >= _BOLD_WEIGHT:
        return True
    return bool(_BOLD_NAME.search(_font(text_page, index)))


def _font(text_page: pypdfium2.PdfTextPage, index: int) -> str:
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text_page.raw, index, name, 128, ctypes.byref(flags))
    return name.value.decode("latin-1")
