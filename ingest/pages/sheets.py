"""Pages ready for the layout: where their words come from, and how well they were read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from index.types import PageQuality, PageState
from ingest.blocks import Gap
from ingest.errors import NoTextLayer, OcrFailed, OcrMissing
from ingest.pages.columns import in_reading_order
from ingest.pages.lines import Line
from ingest.pages.reading import Json, PageReading, count_letters, read_reading
from ingest.pages.soundness import soundness

SURE = 0.90
"""Confidence below which a recognised page is uncertain. On pages of the samples, made coarse,
noisy or blurred step by step, those below 0.90 had at least 1.3 % wrong characters, from 0.80
downwards over 5 %; nearly all above it had under 0.7 %."""
SOUND = 0.85
"""Soundness below which a page of ordinary length is doubted."""
READABLE = 0.45
"""Confidence below which what was recognised is noise and is thrown away: print that is wholly out
of focus comes out at 0.57 and more, hatching and print upside down below 0.3."""
GARBLED = 0.5
"""Soundness below which a text layer stands for other letters than are printed."""
UNREAD = PageQuality(PageState.UNGELESEN, 0.0)
_ENOUGH_LETTERS = 200
_MANY_MORE = 1.5

_INSTALL = "Unter Debian als root: apt-get install tesseract-ocr tesseract-ocr-deu."


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of one page, its height in points, and how well it was read.

    Attributes:
        engine: name and version of what recognised the lines; "" where the file holds them.
        damaged: the file itself cannot show the page.
    """

    lines: Sequence[Line]
    height: float
    quality: PageQuality
    engine: str = ""
    damaged: bool = False

    @property
    def text(self) -> str:
        """The lines, one below the other."""
        return "\n".join(line.text for line in self.lines)


def sheet_of_layer(lines: Sequence[Line], height: float) -> Sheet:
    """A page whose words the file itself holds."""
    text = "\n".join(line.text for line in lines)
    return Sheet(lines, height, quality_of_layer(text))


def quality_of_layer(text: str) -> PageQuality:
    """How well a text layer reads."""
    if not text.strip():
        return PageQuality(PageState.LEER, 0.0)
    state = PageState.UNSICHER if is_garbled(text) else PageState.GELESEN
    return PageQuality(state, round(soundness(text), 3))


def unread_sheet(height: float, *, tried: bool = True) -> Sheet:
    """A page that could not be read; `tried`: and not for want of text recognition."""
    state = PageState.UNGELESEN if tried else PageState.AUSSTEHEND
    return Sheet((), height, PageQuality(state, 0.0))


def damaged_sheet() -> Sheet:
    """A page that the file cannot show."""
    return Sheet((), 0.0, UNREAD, damaged=True)


def is_garbled(text: str) -> bool:
    """Whether a text layer stands for other letters than are printed."""
    return soundness(text) < GARBLED and len(text) > _ENOUGH_LETTERS


def with_reading(layer: Sheet, reading: PageReading | None, *, ocr: bool) -> Sheet:
    """The better of a page's text layer and what was recognised on its picture."""
    if reading is None:
        return layer if layer.lines else unread_sheet(layer.height, tried=ocr)
    if reading.blank:
        return layer
    if not reading.letters or reading.confidence < READABLE:
        return layer if layer.lines else unread_sheet(layer.height)
    if layer.lines and not _is_better(reading, layer):
        return layer
    score = round(soundness(reading.text), 3)
    sure = reading.confidence >= SURE and not (score < SOUND and reading.letters > _ENOUGH_LETTERS)
    state = PageState.GELESEN if sure else PageState.UNSICHER
    quality = PageQuality(state, score, reading.confidence)
    return Sheet(in_reading_order(reading.lines), reading.height, quality, reading.engine)


def _is_better(reading: PageReading, layer: Sheet) -> bool:
    if layer.quality.state is PageState.UNSICHER:
        return True
    if reading.confidence < SURE:
        return False
    if reading.letters > _MANY_MORE * count_letters(layer.lines):
        return True
    return soundness(reading.text) > layer.quality.score + 0.05


def find_reading(readings: Mapping[str, Json], page: int) -> PageReading | None:
    """What was recognised on a page (1-based); None where nothing was."""
    found = readings.get(str(page))
    return read_reading(found) if found is not None else None


def refuse_wordless(sheets: Sequence[Sheet], *, ocr: bool) -> None:
    """Refuses a file of which no page bears a word. `ocr`: whether scans could be read.

    Raises:
        NoTextLayer, OcrFailed, OcrMissing.
    """
    if any(sheet.lines for sheet in sheets):
        return
    if all(sheet.quality.state is PageState.LEER for sheet in sheets):
        raise NoTextLayer
    raise OcrFailed if ocr else OcrMissing


def gaps_of(sheets: Sequence[Sheet]) -> list[Gap]:
    """What was not read, page by page, with German sentences that say so."""
    damaged = [n for n, sheet in enumerate(sheets, start=1) if sheet.damaged]
    unread = [n for n in _numbers(sheets, PageState.UNGELESEN) if n not in damaged]
    waiting = _numbers(sheets, PageState.AUSSTEHEND)
    garbled = [n for n in _numbers(sheets, PageState.UNSICHER) if not sheets[n - 1].engine]
    are = "ist beschädigt und wurde" if len(damaged) == 1 else "sind beschädigt und wurden"
    why = f"nicht gelesen, weil die Texterkennung fehlt. {_INSTALL}"
    return [
        Gap(tuple(pages), named_pages(pages) + sentence)
        for pages, sentence in (
            (damaged, f" {are} nicht gelesen."),
            (unread, ": nicht gelesen."),
            (waiting, f": {why}"),
            (garbled, ": der Text ist vermutlich unlesbar."),
        )
        if pages
    ]


def doubts_of(sheets: Sequence[Sheet]) -> list[str]:
    """A German sentence that names the pages whose recognition is uncertain, or none."""
    numbers = [n for n in _numbers(sheets, PageState.UNSICHER) if sheets[n - 1].engine]
    return [f"{named_pages(numbers)}: unsicher gelesen."] if numbers else []


def _numbers(sheets: Sequence[Sheet], state: PageState) -> list[int]:
    return [n for n, sheet in enumerate(sheets, start=1) if sheet.quality.state is state]


def named_pages(numbers: Sequence[int]) -> str:
    """All of the pages, neighbours as a range: "Seite 3", "Seiten 3, 5–9"."""
    ranges = []
    for _, group in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        if len(run) > 2:
            ranges.append(f"{run[0]}–{run[-1]}")
        else:
            ranges += map(str, run)
    return f"{'Seite' if len(numbers) == 1 else 'Seiten'} {', '.join(ranges)}"
