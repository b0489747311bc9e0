"""Pages as grey images at 300 dpi: rendered from a PDF, or the frames of an image file."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image, ImageOps

from ingest.errors import Damaged, PageTooLarge, TooLarge
from ingest.intake import MAX_PAGES, MAX_PIXELS, PDF
from ingest.pages.skew import Grey

DPI = 300
"""What Tesseract's models were trained on; finer costs time and gains nothing."""
_COARSEST_DPI = 100
"""Below this, print of ordinary size is no longer told apart."""
_FORMATS = ("PNG", "JPEG", "TIFF")
_A4_WIDTH_INCHES = 8.27
_PLAUSIBLE_DPI = (72, 2400)


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page in grey, and how many pixels an inch of it has."""

    grey: Grey
    dpi: float


def page_image(data: bytes, media_type: str, number: int) -> PageImage:
    """The picture of one page (1-based), as near to 300 dpi as the pixel limit lets.

    Raises:
        Damaged: the page cannot be drawn.
        PageTooLarge: not even a coarse picture would keep within the limit.
    """
    if media_type == PDF:
        return _rendered(data, number)
    with quietly(), open_picture(data) as picture:
        return _frame(picture, number)


@contextmanager
def quietly() -> Iterator[None]:
    """Keeps Pillow from grumbling at odd notes in a picture that it reads all the same."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def open_picture(data: bytes) -> Image.Image:
    """An image file with its pixels still packed.

    Raises:
        Damaged, TooLarge.
    """
    Image.MAX_IMAGE_PIXELS = None  # the limit is ours, on each frame, before it is unpacked
    try:
        return Image.open(io.BytesIO(data), formats=_FORMATS)
    except PILLOW_FAULTS as error:
        raise Damaged from error


def frame_count(picture: Image.Image) -> int:
    """How many pages an image file has; each is held against the pixel limit.

    Raises:
        Damaged, TooLarge.
    """
    count = 0
    while count <= MAX_PAGES:
        try:
            picture.seek(count)
        except EOFError:
            return count
        except PILLOW_FAULTS as error:
            if count:
                return count  # a cut file: what lies before the cut can be read
            raise Damaged from error
        if picture.width * picture.height > MAX_PIXELS:
            raise TooLarge(
                f"Seite {count + 1} des Bildes hat mehr als {MAX_PIXELS // 1_000_000} Millionen "
                "Bildpunkte. Bitte mit 300 dpi neu scannen."
            )
        count += 1
    raise TooLarge(f"Das Bild hat mehr als {MAX_PAGES} Seiten. Bitte in Teile zerlegen.")


def _rendered(data: bytes, number: int) -> PageImage:
    try:
        document = pypdfium2.PdfDocument(data)
        page = document[number - 1]
        dpi = _affordable(page.get_width() / 72, page.get_height() / 72)
        bitmap = page.render(scale=dpi / 72, grayscale=True)
        grey = np.array(bitmap.to_numpy(), np.uint8)
    except pypdfium2.PdfiumError as error:
        raise Damaged from error
    return PageImage(grey.reshape(grey.shape[:2]), dpi)


def _affordable(width_inches: float, height_inches: float) -> float:
    """The finest resolution up to 300 dpi at which a page keeps within the pixel limit."""
    area = width_inches * height_inches
    if area <= 0:
        raise Damaged
    dpi = min(float(DPI), float((MAX_PIXELS / area) ** 0.5))
    if dpi < _COARSEST_DPI:
        raise PageTooLarge
    return dpi


def _frame(picture: Image.Image, number: int) -> PageImage:
    try:
        picture.seek(number - 1)
        if picture.width * picture.height > MAX_PIXELS:
            raise PageTooLarge
        across, down = _resolution(picture)
        upright = ImageOps.exif_transpose(picture)
        grey = _grey(upright)
    except PILLOW_FAULTS as error:
        raise Damaged from error
    if upright.size != picture.size:
        across, down = down, across
    dpi = _affordable(grey.width / across, grey.height / down)
    size = (max(1, round(grey.width * dpi / across)), max(1, round(grey.height * dpi / down)))
    if size != grey.size:
        grey = grey.resize(size, Image.Resampling.LANCZOS)
    return PageImage(np.array(grey, np.uint8), dpi)


def _resolution(picture: Image.Image) -> tuple[float, float]:
    """Pixels an inch across and down, as the file says, else as if the page were A4."""
    named: Any = picture.info.get("dpi")
    low, high = _PLAUSIBLE_DPI
    if isinstance(named, tuple) and len(named) == 2:
        across, down = float(named[0]), float(named[1])
        # 72 and 96 are what programs write that do not know.
        if low < across <= high and low < down <= high and across != 96:
            return across, down
    guess = min(max(min(picture.size) / _A4_WIDTH_INCHES, _COARSEST_DPI), high)
    return guess, guess


def _grey(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith(("I", "F")):
        depth = np.asarray(picture, np.float64)
        top = float(depth.max()) or 1.0
        return Image.fromarray((depth * (255.0 / top)).astype(np.uint8))
    if "A" in picture.getbands() or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(paper, layer).convert("L")
    return picture.convert("L")


# What Pillow lets through on damaged files.
PILLOW_FAULTS = (
    OSError,  # UnidentifiedImageError among them
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    SyntaxError,
    TypeError,
    ValueError,
    EOFError,
)
