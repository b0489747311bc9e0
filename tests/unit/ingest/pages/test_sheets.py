"""Which of two sources a page's words come from, and how that page is spoken of."""

from __future__ import annotations

import pytest

from index.types import PageState
from ingest import errors
from ingest.blocks import Gap
from ingest.pages.lines import Line
from ingest.pages.reading import PageReading, read_reading, write_reading
from ingest.pages.sheets import (
    SURE,
    Sheet,
    damaged_sheet,
    doubts_of,
    gaps_of,
    named_pages,
    refuse_wordless,
    sheet_of_layer,
    unread_sheet,
    with_reading,
)

SENTENCE = "Die Verwaltung legt dem Ausschuss einen Bericht über die Umsetzung vor."


def lines(*texts: str) -> tuple[Line, ...]:
    return tuple(
        Line(text, 70.0, 700.0 - 14 * index, 400.0, 710.0 - 14 * index, 10.0, False)
        for index, text in enumerate(texts)
    )


def reading(
    *texts: str, confidence: float = 0.95, blank: bool = False, engine: str = "probe 1"
) -> PageReading:
    return PageReading(lines(*texts), 595.0, 842.0, confidence, blank, engine)


def layer(*texts: str) -> Sheet:
    return sheet_of_layer(lines(*texts), 842.0)


EMPTY = layer()


def test_a_reading_travels_as_json_and_back() -> None:
    one = reading(SENTENCE, "Zweite\tZeile", confidence=0.87)
    assert read_reading(write_reading(one)) == one


def test_a_scan_takes_its_words_from_recognition_and_says_how_sure_they_are() -> None:
    sure = with_reading(EMPTY, reading(SENTENCE), ocr=True)
    assert (sure.text, sure.engine) == (SENTENCE, "probe 1")
    assert (sure.quality.state, sure.quality.confidence) == (PageState.GELESEN, 0.95)
    shaky = with_reading(EMPTY, reading(SENTENCE, confidence=SURE - 0.01), ocr=True)
    assert (shaky.text, shaky.quality.state) == (SENTENCE, PageState.UNSICHER)


def test_noise_and_failure_leave_a_page_unread_and_a_white_page_empty() -> None:
    assert with_reading(EMPTY, reading("l.,ij", confidence=0.2), ocr=True) == unread_sheet(842.0)
    assert with_reading(EMPTY, None, ocr=True).quality.state is PageState.UNGELESEN
    assert with_reading(EMPTY, None, ocr=False).quality.state is PageState.AUSSTEHEND
    white = with_reading(EMPTY, reading(confidence=0.0, blank=True), ocr=True)
    assert white.quality.state is PageState.LEER


def test_a_good_text_layer_is_kept_and_a_bad_or_sparse_one_gives_way() -> None:
    good, stamp = layer(*[SENTENCE] * 5), layer("Eingang 12.03.2024")
    garbled = layer(*["x\ufffdq \ufffdw \ufffd z\ufffdt k\ufffd"] * 20)
    assert garbled.quality.state is PageState.UNSICHER
    recognised = reading(*[SENTENCE] * 5)
    assert with_reading(good, recognised, ocr=True) is good
    assert with_reading(stamp, recognised, ocr=True).text == recognised.text
    assert with_reading(garbled, recognised, ocr=True).text == recognised.text
    assert with_reading(garbled, None, ocr=True) is garbled
    doubtful = reading(*[SENTENCE] * 5, confidence=0.6)
    assert with_reading(stamp, doubtful, ocr=True) is stamp


@pytest.mark.parametrize(
    ("numbers", "named"),
    [
        ([3], "Seite 3"),
        ([5, 3], "Seiten 3, 5"),
        ([1, 2], "Seiten 1, 2"),
        ([1, 2, 3, 7, 9, 10, 11, 12], "Seiten 1–3, 7, 9–12"),
    ],
)
def test_every_page_is_named(numbers: list[int], named: str) -> None:
    assert named_pages(numbers) == named


def test_what_was_not_read_is_named_with_the_reason() -> None:
    read = layer(SENTENCE)
    shaky = with_reading(EMPTY, reading(SENTENCE, confidence=0.7), ocr=True)
    garbled = layer(*["x\ufffdq \ufffdw \ufffd z\ufffdt k\ufffd"] * 20)
    waiting = with_reading(EMPTY, None, ocr=False)
    assert (gaps_of([read, EMPTY]), doubts_of([read, EMPTY])) == ([], [])
    sheets = [read, unread_sheet(842.0), shaky, damaged_sheet(), garbled, unread_sheet(0.0)]
    assert gaps_of(sheets) == [
        Gap((4,), "Seite 4 ist beschädigt und wurde nicht gelesen."),
        Gap((2, 6), "Seiten 2, 6: nicht gelesen."),
        Gap((5,), "Seite 5: der Text ist vermutlich unlesbar."),
    ]
    assert doubts_of(sheets) == ["Seite 3: unsicher gelesen."]
    (gap,) = gaps_of([waiting, read])
    assert gap.pages == (1,)
    assert gap.message.startswith("Seite 1: nicht gelesen, weil die Texterkennung fehlt.")
    assert "apt-get install tesseract-ocr tesseract-ocr-deu" in gap.message


@pytest.mark.parametrize(
    ("sheets", "ocr", "error"),
    [
        ([EMPTY, EMPTY], True, errors.NoTextLayer),
        ([EMPTY, unread_sheet(842.0)], True, errors.OcrFailed),
        ([unread_sheet(842.0, tried=False)], False, errors.OcrMissing),
    ],
)
def test_a_file_without_a_word_is_refused_for_its_reason(
    sheets: list[Sheet], ocr: bool, error: type[errors.IngestError]
) -> None:
    with pytest.raises(error) as caught:
        refuse_wordless(sheets, ocr=ocr)
    assert type(caught.value) is error
    refuse_wordless([*sheets, layer(SENTENCE)], ocr=ocr)
