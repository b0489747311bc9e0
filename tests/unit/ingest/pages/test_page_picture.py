"""The picture of a page and the boxes around the words of a quote, against the file itself."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from index.types import Document
from ingest.document import read_document
from ingest.errors import Damaged
from ingest.formats.pdf import parse_pdf
from ingest.intake import PDF, PNG, take_in
from ingest.pages.picture import Marks, draw_page
from ingest.pages.quoted import folded
from tests.scan_pages import BEISPIELE, scanned_pdf
from tests.unit.ingest.pdf_files import pdf_file, prose

SAMPLES = sorted(BEISPIELE.rglob("*.pdf"))


def read(path: Path) -> tuple[bytes, Document]:
    intake = take_in(path)
    return intake.data, read_document(intake, parse_pdf(intake.data), "lvs")


def in_boxes(page: pypdfium2.PdfPage, marks: Marks) -> str:
    """What PDFium itself reads in the boxes, which is another way than they were found."""
    text_page = page.get_textpage()
    grow = 0.2
    words = [
        text_page.get_text_bounded(left + grow, bottom + grow, right - grow, top - grow)
        for left, bottom, right, top in marks.boxes
    ]
    text_page.close()
    return folded("".join(words))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_sentence_and_cell_of_the_samples_is_boxed_where_it_is_printed(path: Path) -> None:
    data, document = read(path)
    whole = wanted = 0
    with pypdfium2.PdfDocument(data) as pdf:
        for number, span in enumerate(document.pages):
            text = span.cut(document.text)
            page = pdf[number]
            start = 0
            for line in text.split("\n"):
                end = start + len(line)
                if folded(line):
                    marks = Marks(page, text, start, end)
                    assert in_boxes(page, marks) == folded(line) or marks.found < marks.wanted
                    whole += marks.found
                    wanted += marks.wanted
                start = end + 1
    assert whole >= 0.99 * wanted > 0


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_the_words_in_the_boxes_are_those_of_the_quote(data: st.DataObject) -> None:
    content, document = read(data.draw(st.sampled_from(SAMPLES)))
    number = data.draw(st.integers(0, len(document.pages) - 1))
    text = document.pages[number].cut(document.text)
    words = text.split()
    first = data.draw(st.integers(0, len(words) - 1))
    upto = data.draw(st.integers(first + 1, min(len(words), first + 30)))
    start = len(text) - len(text.split(None, first)[-1]) if first else 0
    end = start
    for word in words[first:upto]:
        end = text.index(word, end) + len(word)
    with pypdfium2.PdfDocument(content) as pdf:
        marks = Marks(pdf[number], text, start, end)
        quote = folded(text[start:end])
        boxed = in_boxes(pdf[number], marks)
        if marks.found == marks.wanted:
            assert sorted(boxed) == sorted(quote)
        assert len(boxed) <= len(quote)


def drawn(data: bytes, text: str, quote: str, longest: int = 800) -> dict[str, object]:
    start = text.index(quote)
    told: dict[str, object] = draw_page(data, PDF, 1, longest, text, start, start + len(quote))
    return told


def test_a_box_stands_on_the_picture_where_the_words_are_black() -> None:
    data = pdf_file([prose(700, "Davor steht nichts", "Der Antrag § 5 € wird abgelehnt.")])
    text = "Davor steht nichts Der Antrag § 5 € wird abgelehnt."
    told = drawn(data, text, "Der Antrag § 5 € wird abgelehnt.")
    assert (told["found"], told["wanted"]) == (23, 23)
    size = (int(str(told["width"])), int(str(told["height"])))
    picture = Image.frombytes("RGB", size, base64.b64decode(str(told["pixels"])))
    assert max(size) in (800, 801)
    (box,) = told["boxes"]  # type: ignore[attr-defined]
    paper = Image.new("RGB", size, "white")
    black = ImageChops.difference(picture, paper)
    assert black.crop(tuple(box)).getbbox() is not None
    beside = black.copy()
    left, top, right, bottom = box
    beside.paste(0, (left - 1, top - 1, right + 1, bottom + 1))
    left, top, right, bottom = beside.getbbox() or (0, 0, 0, 0)
    assert bottom <= box[1] + 1  # what is left is the line above
    assert right <= size[0] and left >= 0 and top >= 0


def test_signs_at_the_ends_of_a_quote_are_boxed_with_it() -> None:
    text = "Das kostet § 5 € und mehr."
    page = pdf_file([prose(700, text)])
    with pypdfium2.PdfDocument(page) as pdf:
        start = text.index("§")
        wide = Marks(pdf[0], text, start, start + 5).boxes
        narrow = Marks(pdf[0], text, start + 2, start + 3).boxes
        assert wide[0][0] < narrow[0][0] - 5 and wide[0][2] > narrow[0][2] + 5


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_boxes_turn_with_the_page(turn: int) -> None:
    data = pdf_file([prose(700, "Oben links auf der Seite")])
    with pypdfium2.PdfDocument(data) as pdf:
        pdf[0].set_rotation(turn)
        turned = io.BytesIO()
        pdf.save(turned)
    told = drawn(turned.getvalue(), "Oben links auf der Seite", "Oben links")
    size = (int(str(told["width"])), int(str(told["height"])))
    assert (size[0] > size[1]) == (turn != 180)
    picture = Image.frombytes("RGB", size, base64.b64decode(str(told["pixels"])))
    (box,) = told["boxes"]  # type: ignore[attr-defined]
    assert picture.crop(tuple(box)).convert("L").getextrema()[0] < 100


def test_boxes_follow_a_page_that_is_cut() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.drawString(200, 500, "Mitten auf der Seite")
    canvas.setCropBox((150, 400, 450, 600))
    canvas.showPage()
    canvas.save()
    told = drawn(buffer.getvalue(), "Mitten auf der Seite", "Mitten auf der Seite")
    (box,) = told["boxes"]  # type: ignore[attr-defined]
    scale = int(str(told["width"])) / 300
    assert box[0] == pytest.approx(50 * scale, abs=3)


def test_a_scan_has_a_picture_and_no_letters() -> None:
    scan = scanned_pdf([Image.new("L", (620, 877), 200)])
    told = drawn(scan, "Gelesene Worte", "Worte")
    assert (told["letters"], told["boxes"], told["found"]) == (0, [], 0)


def test_a_picture_file_is_drawn_as_it_is() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (1000, 500), "red").save(buffer, "PNG")
    told = draw_page(buffer.getvalue(), PNG, 1, 400, "", 0, 0)
    assert (told["width"], told["height"], told["boxes"]) == (400, 200, [])
    assert base64.b64decode(told["pixels"])[:3] == b"\xff\x00\x00"


@pytest.mark.parametrize("page", [0, 2, 99])
def test_a_page_that_is_not_there_is_refused(page: int) -> None:
    data = pdf_file([prose(700, "Eine Seite")])
    with pytest.raises(Damaged):
        draw_page(data, PDF, page, 400, "", 0, 0)
    with pytest.raises(Damaged):
        draw_page(data[:200], PDF, 1, 400, "", 0, 0)
