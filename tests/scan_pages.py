"""Scans for the tests: papers of the sample corpus drawn at 300 dpi, and made worse on purpose."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

from ingest.pages.lines import Line, page_lines

BEISPIELE = Path(__file__).resolve().parents[1] / "beispiele"
DPI = 300
SAME_LINE_POINTS = 3.0


def drawn(pdf: bytes) -> Iterator[Image.Image]:
    """Each page as a grey picture at 300 dpi."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            yield page.render(scale=DPI / 72, grayscale=True).to_pil()


def printed(pdf: bytes) -> list[str]:
    """The words of each page, line by line from the top, as its text layer has them."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [in_reading_order(page_lines(page)) for page in document]


def in_reading_order(lines: Sequence[Line]) -> str:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.bottom):
        if rows and rows[-1][0].bottom - line.bottom < SAME_LINE_POINTS:
            rows[-1].append(line)
        else:
            rows.append([line])
    ordered = (line.text for row in rows for line in sorted(row, key=lambda line: line.left))
    return " ".join(" ".join(ordered).split())


def scanned_pdf(pages: Sequence[Image.Image]) -> bytes:
    """A PDF of pictures without a text layer, as scanners make it."""
    buffer = io.BytesIO()
    pages[0].save(buffer, "PDF", save_all=True, append_images=pages[1:], resolution=DPI)
    return buffer.getvalue()


def scanned_tiff(pages: Sequence[Image.Image]) -> bytes:
    """A black and white TIFF of several pages, as fax servers make it."""
    buffer = io.BytesIO()
    plain = [page.point(lambda grey: 255 * (grey > 150)).convert("1") for page in pages]
    plain[0].save(
        buffer,
        "TIFF",
        save_all=True,
        append_images=plain[1:],
        dpi=(DPI, DPI),
        compression="group4",
    )
    return buffer.getvalue()


def picture(page: Image.Image, form: str) -> bytes:
    buffer = io.BytesIO()
    page.save(buffer, form, dpi=(DPI, DPI))
    return buffer.getvalue()


def white_png(width: int, height: int) -> bytes:
    """A white PNG of one bit a pixel, packed to a thousandth, made without unpacking it."""

    def chunk(name: bytes, body: bytes) -> bytes:
        check = zlib.crc32(name + body)
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)

    packer = zlib.compressobj()
    row = b"\0" + b"\xff" * (width // 8)
    packed = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def skewed(page: Image.Image, degrees: float = 2.0) -> Image.Image:
    """Laid crookedly on the glass."""
    return page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)


def noisy(page: Image.Image, seed: int = 7) -> Image.Image:
    """Grey paper, grain, black and white specks."""
    chance = np.random.default_rng(seed)
    grey = np.asarray(page.filter(ImageFilter.GaussianBlur(0.7)), np.float64) * 0.8 + 30
    grey += chance.normal(0, 25, grey.shape)
    specks = chance.random(grey.shape)
    grey[specks < 0.001] = 0
    grey[specks > 0.999] = 255
    return Image.fromarray(grey.clip(0, 255).astype(np.uint8))


def blurred(page: Image.Image, radius: float) -> Image.Image:
    """Out of focus, as a photo through glass."""
    return page.filter(ImageFilter.GaussianBlur(radius))


def edits(one: str, other: str) -> int:
    """Insertions, deletions and replacements from one text to the other (Myers 1999, Hyyrö)."""
    if not one:
        return len(other)
    masks: dict[str, int] = {}
    for place, character in enumerate(one):
        masks[character] = masks.get(character, 0) | 1 << place
    every, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    plus, minus, distance = every, 0, len(one)
    for character in other:
        equal = masks.get(character, 0)
        vertical = equal | minus
        horizontal = (((equal & plus) + plus) ^ plus) | equal
        up, down = minus | (~(horizontal | plus) & every), plus & horizontal
        distance += bool(up & last) - bool(down & last)
        up, down = (up << 1 | 1) & every, down << 1 & every
        plus, minus = down | (~(vertical | up) & every), up & vertical
    return distance
