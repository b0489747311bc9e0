"""A scanned page made fit for reading: specks taken out, lines of print laid straight."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

Grey = npt.NDArray[np.uint8]
Ink = npt.NDArray[np.bool_]

MAX_SKEW = 6.0
"""Degrees. A page that lies more crooked was put in by hand, and is rare."""
LEAST_SKEW = 0.1
"""Degrees below which turning a page would blur it for nothing."""

_SPECKLED = 0.02
"""Share of the ink in pixels that stand alone; clean print has none, visible noise 7 to 30 %."""

_CELL = 4  # at 300 dpi a cell is a third of a millimetre: lines stay apart, and it is fast
_MOST_POINTS = 60_000
_COARSE, _FINE = 0.5, 0.05


def dark(grey: Grey) -> Ink:
    """The pixels that are ink, by the threshold that parts the page best in two (Otsu 1979)."""
    return np.asarray(grey < threshold(grey))


def threshold(grey: Grey) -> int:
    """The grey from which a pixel counts as paper."""
    counts = np.bincount(grey.ravel(), minlength=256).astype(np.float64)
    weight = np.cumsum(counts)
    total = weight[-1]
    sums = np.cumsum(counts * np.arange(256))
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (sums[-1] * weight - sums * total) ** 2 / (weight * (total - weight))
    return int(np.nanargmax(np.where(np.isfinite(between), between, -1.0))) + 1


def without_specks(grey: Grey) -> Grey:
    """The page through a median filter, if noise covers it; else as it is.

    Noise costs Tesseract minutes, since it takes each speck for a letter.
    """
    ink = np.pad(dark(grey), 1)
    middle = ink[1:-1, 1:-1]
    beside = ink[:-2, 1:-1] | ink[2:, 1:-1] | ink[1:-1, :-2] | ink[1:-1, 2:]
    alone = int(np.count_nonzero(middle & ~beside))
    if alone <= _SPECKLED * int(np.count_nonzero(middle)):
        return grey
    return np.asarray(Image.fromarray(grey).filter(ImageFilter.MedianFilter(3)), np.uint8)


def straightened(grey: Grey) -> Grey:
    """The page turned until its lines lie level, white at the rims; as it is where they do.

    Places on it then differ from those on the paper by what it was turned.
    """
    angle = skew_of(dark(grey))
    if abs(angle) < LEAST_SKEW:
        return grey
    turned = Image.fromarray(grey).rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    return np.asarray(turned, np.uint8)


def skew_of(ink: Ink) -> float:
    """The angle in degrees by which the page is turned clockwise; 0.0 where none can be told.

    The ink is summed along lines of each angle: at the right one, lines of print and the white
    between them lie farthest apart (Postl's projection profile).
    """
    height, width = (side // _CELL * _CELL for side in ink.shape)
    if not height or not width:
        return 0.0
    cells = ink[:height, :width].reshape(height // _CELL, _CELL, width // _CELL, _CELL)
    rows, columns = np.nonzero(cells.sum((1, 3)) >= _CELL)
    if len(rows) < 100:
        return 0.0
    step = -(-len(rows) // _MOST_POINTS)
    rows, columns = rows[::step], columns[::step]

    def best(angles: npt.NDArray[np.float64]) -> float:
        return float(angles[int(np.argmax([_contrast(rows, columns, angle) for angle in angles]))])

    rough = best(np.arange(-MAX_SKEW, MAX_SKEW + _COARSE / 2, _COARSE))
    return best(np.arange(rough - _COARSE, rough + _COARSE + _FINE / 2, _FINE))


def _contrast(rows: npt.NDArray[Any], columns: npt.NDArray[Any], angle: float) -> float:
    """How sharply the sums along lines of this angle differ from line to line."""
    slope = np.tan(np.radians(angle))
    heights = np.rint(rows - columns * slope).astype(np.int64)
    sums = np.bincount(heights - heights.min())
    return float((np.diff(sums) ** 2).sum())
