"""Tesseract: grey pixels in, words with their boxes out.

It runs inside the parser's process through its C interface: no program is started, no file is
written, no picture format is unpacked by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tesserocr

from ingest.errors import OcrMissing
from ingest.pages.image import PageImage

VERSION = f"tesseract {tesserocr.tesseract_version().split(maxsplit=2)[1]}"
GERMAN, ENGLISH, ORIENTATION = "deu", "eng", "osd"
# Row by row over the whole page: Tesseract's own search for columns takes the rows of tables apart
# (on four samples 5 to 18 % of the characters out of place, by rows at most 0.2 %). Columns of
# prose are told from tables afterwards, by what the words say: `ingest.pages.columns`.
_LAYOUT = tesserocr.PSM.SINGLE_COLUMN

# A "word" without a letter or digit that Tesseract itself doubts is a speck or a ruled line.
_SPECK = 60.0
# The dots that lead from a heading to its page in a table of contents are read as words like
# "nneennnen", with next to no confidence.
_LEADER = re.compile(r"[aeimnorstuvw.…·]{2,}", re.IGNORECASE)
_LEADER_CONFIDENCE = 30.0

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word; `confidence` is 0 to 100."""

    text: str
    confidence: float
    box: Box


@dataclass(frozen=True, slots=True)
class Row:
    """A recognised line: its words from left to right and the height of its type in pixels."""

    words: tuple[Word, ...]
    height: float

    @property
    def letters(self) -> int:
        """How many characters the words have."""
        return sum(len(word.text) for word in self.words)


def rows_of(image: PageImage, tessdata: str, language: str = GERMAN) -> list[Row]:
    """The lines of an upright page from top to bottom, each over the whole width.

    Raises:
        OcrMissing: Tesseract cannot use the data in `tessdata`.
    """
    api = _engine(tessdata, language)
    _show(api, image)
    try:
        return list(_rows(api.GetIterator())) if api.Recognize() else []
    finally:
        api.Clear()


def knows(tessdata: str, language: str) -> bool:
    """Whether there are data for a language."""
    return (Path(tessdata) / f"{language}.traineddata").is_file()


def quarter_turns(image: PageImage, tessdata: str) -> int:
    """By how many quarters, counter-clockwise, the picture must be turned to stand upright."""
    if not knows(tessdata, ORIENTATION):
        return 0
    api = _engine(tessdata, ORIENTATION)
    _show(api, image)
    try:
        found = api.DetectOrientationScript()
    finally:
        api.Clear()
    return int(found["orient_deg"]) // 90 % 4 if found else 0


def _show(api: Any, image: PageImage) -> None:
    height, width = image.grey.shape
    api.SetImageBytes(image.grey.tobytes(), width, height, 1, width)
    api.SetSourceResolution(round(image.dpi))


def _rows(items: Any) -> Iterator[Row]:
    words: list[Word] = []
    height = 0.0
    for item in tesserocr.iterate_level(items, tesserocr.RIL.WORD):
        if words and item.IsAtBeginningOf(tesserocr.RIL.TEXTLINE):
            yield _row(words, height)
            words = []
        word = _word(item)
        if word is not None:
            words.append(word)
            height = float(item.RowAttributes()["row_height"])
    if words:
        yield _row(words, height)


def _row(words: list[Word], height: float) -> Row:
    tallest = max(word.box[3] - word.box[1] for word in words)
    return Row(tuple(words), height if height > 0 else float(max(tallest, 1)))


def _word(item: Any) -> Word | None:
    box = item.BoundingBox(tesserocr.RIL.WORD)
    if box is None:
        return None
    text = "".join(item.GetUTF8Text(tesserocr.RIL.WORD).split())
    confidence = float(item.Confidence(tesserocr.RIL.WORD))
    if not text or (confidence < _SPECK and not any(sign.isalnum() for sign in text)):
        return None
    if confidence < _LEADER_CONFIDENCE and _LEADER.fullmatch(text):
        return None
    return Word(text, confidence, box)


@cache
def _engine(tessdata: str, language: str) -> Any:
    """Tesseract with its data loaded; a tenth of a second once in each process."""
    turned = language == ORIENTATION
    try:
        api = tesserocr.PyTessBaseAPI(
            path=tessdata,
            lang=language,
            psm=tesserocr.PSM.OSD_ONLY if turned else _LAYOUT,
            oem=tesserocr.OEM.DEFAULT if turned else tesserocr.OEM.LSTM_ONLY,
        )
    except RuntimeError as error:
        raise OcrMissing from error
    # Its remarks go to stderr: the jail lets nobody open a file to write, not even /dev/null, and
    # Tesseract crashes where that fails.
    api.SetVariable("debug_file", "")
    return api
