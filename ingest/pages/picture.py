"""A page as people see it: its pixels, and where on them the words of a quote stand.

Runs inside the sandbox. The pixels go out bare, so that whoever shows them packs them anew and no
byte of a stranger's file reaches a reader's browser.
"""

from __future__ import annotations

import base64
import ctypes
from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps

from ingest.blocks import BBox
from ingest.errors import Damaged, PageTooLarge
from ingest.intake import MAX_PIXELS, PDF
from ingest.pages.image import PILLOW_FAULTS, open_picture, quietly
from ingest.pages.lines import LINE_HYPHENS, MAX_CHARACTERS
from ingest.pages.quoted import Letters, Place, locate
from ingest.pages.reading import Json
from ingest.pages.symbols import PRIVATE

FINEST = 4.0
"""Pixels a point at most: a stamp-sized page is not blown up."""


def draw_page(
    data: bytes, media_type: str, page: int, longest: int, text: str, start: int, end: int
) -> Json:
    """Draws one page (1-based) and finds the words `start` to `end` of its text on it.

    Args:
        data: the bytes of a PDF or picture.
        media_type: which of them.
        page: its number.
        longest: pixels that the longer side of the picture has.
        text: the text of the page as it was read.
        start: where the quote begins in it; nothing is looked for where `end` is not behind.
        end: where the quote ends.

    Returns:
        "width", "height"; "pixels": RGB, base64; "boxes": left, top, right and bottom of each
        mark in pixels; "found" of "wanted" letters are marked; "letters": how many the page has.

    Raises:
        Damaged, PageTooLarge.
    """
    if media_type != PDF:
        picture = _frame(data, page, longest)
        return _told(picture, [], 0, 0, 0)
    try:
        document = pypdfium2.PdfDocument(data)
        if document.get_formtype() == pdfium.FORMTYPE_ACRO_FORM:
            document.init_forms()
        sheet = document[page - 1]
        picture = _rendered(sheet, longest)
        marks = Marks(sheet, text, start, end)
        boxes = [_on_picture(sheet, picture.size, box) for box in marks.boxes]
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise Damaged from error
    return _told(picture, boxes, marks.found, marks.wanted, marks.letters)


class Marks:
    """Where a page of a PDF prints a quote.

    Attributes:
        boxes: in the page's own coordinates, one for each stretch of a line.
        found, wanted: letters of the quote.
        letters: of the whole page; none for a picture without a text layer.
    """

    def __init__(self, page: pypdfium2.PdfPage, text: str, start: int, end: int) -> None:
        """Looks for the letters from `start` to `end` of `text`, the page's text as read."""
        self.boxes: list[BBox] = []
        self.found = self.wanted = 0
        text_page = page.get_textpage()
        try:
            count = text_page.count_chars()
            if count > MAX_CHARACTERS:
                raise pypdfium2.PdfiumError("more characters than a page can hold")
            signs = [_sign(text_page, index) for index in range(count)]
            printed = Letters.of(signs)
            self.letters = len(printed.text)
            if not start < end or not printed.text:
                return
            read = Letters.of(text)
            quote = read.range_of(start, end)
            cuts = [read.range_of(at, at)[0] for at in range(start, end) if text[at] in "\n\t"]
            self.wanted = quote[1] - quote[0]
            for place in locate(printed, read, quote, cuts):
                self.found += place.length
                first = printed.origins[place.page]
                upto = printed.origins[place.page + place.length - 1] + 1
                before, behind = _signs_around(read, place, text, (start, end))
                first -= _same(reversed(signs[:first]), reversed(before))
                upto += _same(iter(signs[upto:]), iter(behind))
                self.boxes += _boxes(text_page, first, upto, signs)
        finally:
            text_page.close()


def _sign(text_page: pypdfium2.PdfTextPage, index: int) -> str:
    code = pdfium.FPDFText_GetUnicode(text_page.raw, index)
    # A hyphen at a line end is no gap between words.
    if code in LINE_HYPHENS or code in PRIVATE or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return "-"
    return chr(code) if code else " "


def _signs_around(
    read: Letters, place: Place, text: str, quote: tuple[int, int]
) -> tuple[str, str]:
    """What of the quote stands before and behind a found stretch and is no letter: "§", "€"."""
    first, last = place.text, place.text + place.length - 1
    before = read.origins[first - 1] + 1 if first else 0
    behind = read.origins[last + 1] if last + 1 < len(read.origins) else len(text)
    return (
        text[max(before, quote[0]) : read.origins[first]],
        text[read.origins[last] + 1 : min(behind, quote[1])],
    )


def _same(printed: Iterator[str], read: Iterator[str]) -> int:
    """How many printed signs are those that were read, blanks aside."""
    count = 0
    wanted = [sign for sign in read if not sign.isspace()]
    for steps, sign in enumerate(printed, start=1):
        if not wanted or not (sign.isspace() or sign == wanted[0]):
            break
        if not sign.isspace():
            wanted.pop(0)
            count = steps
    return count


def _boxes(
    text_page: pypdfium2.PdfTextPage, first: int, upto: int, signs: Sequence[str]
) -> Iterator[BBox]:
    """Boxes around signs, one for each line; wide gaps begin a new one."""
    box = pdfium.FS_RECTF()
    now: BBox | None = None
    for index in range(first, upto):
        if signs[index].isspace():
            continue
        pdfium.FPDFText_GetLooseCharBox(text_page.raw, index, ctypes.byref(box))
        left, right = sorted((box.left, box.right))
        bottom, top = sorted((box.bottom, box.top))
        if now is not None and _goes_on(now, (left, bottom, right, top)):
            now = (min(now[0], left), min(now[1], bottom), max(now[2], right), max(now[3], top))
        else:
            if now is not None:
                yield now
            now = (left, bottom, right, top)
    if now is not None:
        yield now


def _goes_on(box: BBox, sign: BBox) -> bool:
    height = box[3] - box[1]
    middle = (sign[1] + sign[3]) / 2
    return box[1] <= middle <= box[3] and -height < sign[0] - box[2] < 2 * height


def _rendered(page: pypdfium2.PdfPage, longest: int) -> Image.Image:
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise Damaged
    scale = min(FINEST, longest / max(width, height))
    if width * height * scale * scale > MAX_PIXELS:
        raise PageTooLarge
    bitmap = page.render(scale=scale, rev_byteorder=True)
    drawn: Image.Image = bitmap.to_pil().convert("RGB")
    return drawn


def _on_picture(
    page: pypdfium2.PdfPage, size: tuple[int, int], box: BBox
) -> tuple[int, int, int, int]:
    """A box of the page in pixels, turned and cut as the page is."""
    across, down = ctypes.c_int(), ctypes.c_int()
    corners = []
    for x, y in ((box[0], box[1]), (box[2], box[3])):
        pdfium.FPDF_PageToDevice(
            page.raw, 0, 0, *size, 0, x, y, ctypes.byref(across), ctypes.byref(down)
        )
        corners.append((across.value, down.value))
    (left, right), (top, bottom) = (sorted(values) for values in zip(*corners, strict=True))
    return left, top, right, bottom


def _frame(data: bytes, number: int, longest: int) -> Image.Image:
    try:
        with quietly(), open_picture(data) as picture:
            picture.seek(number - 1)
            if picture.width * picture.height > MAX_PIXELS:
                raise PageTooLarge
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((longest, longest))
            return upright
    except PILLOW_FAULTS as error:
        raise Damaged from error


def _told(
    picture: Image.Image,
    boxes: Sequence[tuple[int, int, int, int]],
    found: int,
    wanted: int,
    letters: int,
) -> Json:
    return {
        "width": picture.width,
        "height": picture.height,
        "pixels": base64.b64encode(picture.tobytes()).decode("ascii"),
        "boxes": [list(box) for box in boxes],
        "found": found,
        "wanted": wanted,
        "letters": letters,
    }
