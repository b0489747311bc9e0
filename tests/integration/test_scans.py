"""Scans with the real Tesseract: read as well as text, and honest where they cannot be."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from assistant.answer import answer_question
from assistant.audit import AuditLog
from assistant.certainty import MARK
from assistant.embedders import LazyEmbedder
from assistant.types import Answer
from assistant.wiring import Parts
from index.store import Store, open_store
from index.types import Access, Document, PageState
from ingest.errors import TooLarge
from ingest.feeding.job_book import JobBook
from ingest.intake import JPEG, PDF, PNG, TIFF
from ingest.page_by_page import read_file
from ingest.pipeline import ingest_paths
from ingest.walls.sandbox import Sandbox
from models.embedder import Embedder
from tests.sample_records import FakeEmbedder
from tests.scan_pages import (
    BEISPIELE,
    blurred,
    drawn,
    edits,
    noisy,
    picture,
    printed,
    scanned_pdf,
    scanned_tiff,
    skewed,
    white_png,
)

OPERATOR = Access.operator("lvs")
FOLDER = BEISPIELE / "lvs"
PAPERS = tuple(
    FOLDER / name
    for name in (
        "wahlperiode-13/vorlagen/vorlage-13-905.pdf",
        "wahlperiode-14/vorlagen/vorlage-14-1120-1.pdf",
        "wahlperiode-14/vorlagen/vorlage-14-1602.pdf",
        "wahlperiode-15/antraege/antrag-15-211.pdf",
        "wahlperiode-15/antraege/dringlichkeitsantrag-15-262.pdf",
        "wahlperiode-15/haushalt/haushaltsplan-2024-auszug.pdf",
        "wahlperiode-15/vorlagen/vorlage-15-2115.pdf",
    )
)
STATUTE = FOLDER / "wahlperiode-15/satzungen/geschaeftsordnung-2021.pdf"
NOTBETRIEB = PAPERS[-1]
FRAGEN = sorted((BEISPIELE.parent / "tests" / "eval").glob("*.jsonl"))

MAX_CER = 0.02


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        if sandbox.tessdata is None:
            pytest.fail("Die Texterkennung fehlt: apt-get install tesseract-ocr tesseract-ocr-deu")
        yield sandbox


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "home")
    yield opened
    opened.close()


def take_in(store: Store, folder: Path, embedder: Embedder | None = None, **more: object) -> object:
    return ingest_paths(
        [folder],
        store=store,
        embedder=embedder or FakeEmbedder(),
        mandant="lvs",
        **more,  # type: ignore[arg-type]
    )


def only_document(store: Store) -> Document:
    (summary,) = store.documents(OPERATOR)
    document = store.document(OPERATOR, summary.id)
    assert document is not None
    return document


def read_words(box: Sandbox, pages: list[Image.Image]) -> list[str]:
    """What is recognised on each page of a scan, in order, headers and footers too."""
    data = scanned_pdf(pages)
    words = []
    for number in range(1, len(pages) + 1):
        reading = box.read_page(PDF, data, number)
        words.append(" ".join(" ".join(line[0] for line in reading["lines"]).split()))
    return words


def error_rate(
    box: Sandbox, paper: Path, harm: Callable[[Image.Image], Image.Image], pages: int = 2
) -> float:
    """Wrong characters by all characters, on the first pages of a paper."""
    pdf = paper.read_bytes()
    wanted = printed(pdf)[:pages]
    found = read_words(box, [harm(page) for page in islice(drawn(pdf), pages)])
    wrong = sum(edits(one, other) for one, other in zip(wanted, found, strict=True))
    return wrong / sum(map(len, wanted))


@pytest.mark.slow
def test_clean_german_pages_are_read_nearly_without_fault(
    box: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    rates = {
        paper.stem: error_rate(box, paper, lambda page: page) for paper in (*PAPERS[::2], STATUTE)
    }
    with capsys.disabled():
        print(f"\nZeichenfehler, sauber: {max(rates.values()):.2%} höchstens", rates)
    assert max(rates.values()) <= MAX_CER


@pytest.mark.slow
def test_crooked_and_noisy_pages_are_read_too(
    box: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    harms: dict[str, Callable[[Image.Image], Image.Image]] = {
        "2° schief": skewed,
        "5° schief": lambda page: skewed(page, -5.0),
        "verrauscht": noisy,
        "schief und verrauscht": lambda page: noisy(skewed(page)),
    }
    rates = {name: error_rate(box, NOTBETRIEB, harm, 1) for name, harm in harms.items()}
    with capsys.disabled():
        print("\nZeichenfehler:", {name: f"{rate:.2%}" for name, rate in rates.items()})
    assert max(rates.values()) <= MAX_CER


def parts_over(home: Path, embedder: Embedder) -> Parts:
    return Parts(
        store=open_store(home),
        embedder=LazyEmbedder(lambda: embedder),
        generator=None,
        mandant="lvs",
        audit=AuditLog(home),
        home=home,
        jobs=JobBook(home),
    )


def questions() -> list[str]:
    """The evaluation's questions that these papers answer alone; not those about the files."""
    held = {paper.relative_to(BEISPIELE).as_posix() for paper in PAPERS}
    entries = [json.loads(line) for file in FRAGEN for line in file.read_text("utf-8").splitlines()]
    return [
        e["text"]
        for e in entries
        if e["answerable"]
        and e["expected_sources"]
        and held >= set(e["expected_sources"])
        and e.get("expected_kind") not in ("bestand", "auftrag")
    ]


def gist(answer: Answer) -> tuple[str, str, list[str]]:
    """Status, words and quoted places of an answer, whatever the spaces and the ids."""
    text = re.sub(r"\s+", "", re.sub(r" \(Indexstand \d+\)", "", answer.text))
    places = [citation.fundstelle for citation in answer.citations]
    return answer.status.value, text, places


@pytest.mark.weights
@pytest.mark.slow
def test_questions_are_answered_from_the_scan_as_from_the_text(
    tmp_path: Path, embedder: Embedder, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("text", "scan"):
        (tmp_path / name).mkdir()
    for paper in PAPERS:
        (tmp_path / "text" / paper.name).write_bytes(paper.read_bytes())
        scan = scanned_pdf(list(drawn(paper.read_bytes())))
        (tmp_path / "scan" / paper.name).write_bytes(scan)
    with parts_over(tmp_path / "a", embedder) as text, parts_over(tmp_path / "b", embedder) as scan:
        for parts, name in ((text, "text"), (scan, "scan")):
            report = take_in(parts.store, tmp_path / name, embedder)
            assert report.quarantined == ()  # type: ignore[attr-defined]
        assert heads(text.store) == heads(scan.store)
        asked = questions()[::3]  # the machine takes two seconds for each answer
        assert len(asked) >= 9
        apart = {}
        for question in asked:
            answers = [
                gist(answer_question(parts, question, OPERATOR, use_generator=False))
                for parts in (text, scan)
            ]
            if answers[0] != answers[1]:
                apart[question] = answers
        with capsys.disabled():
            print(f"\n{len(asked) - len(apart)} von {len(asked)} Fragen gleich beantwortet", apart)
        assert apart == {}


def heads(store: Store) -> dict[str, object]:
    """The header fields of every paper, without where they were read."""
    found = {}
    for paper in store.documents(OPERATOR):
        kopf = paper.kopfdaten
        found[Path(paper.source).name] = (
            kopf.benennung,
            kopf.nummer and kopf.nummer.value,
            kopf.datum and kopf.datum.value,
            kopf.oeffentlich and kopf.oeffentlich.value,
            kopf.dienststelle and kopf.dienststelle.value,
            [reading.value for reading in kopf.antragsteller],
            [(b.gremium, b.datum, b.rolle) for b in kopf.beratungsfolge],
            kopf.ergebnis and (kopf.ergebnis.text, kopf.ergebnis.outcome),
            paper.uncertain,
        )
    return found


@pytest.mark.slow
def test_pictures_and_a_page_upside_down_are_read(box: Sandbox) -> None:
    first, second = drawn(NOTBETRIEB.read_bytes())
    for media_type, data, pages in (
        (PNG, picture(first, "PNG"), 1),
        (JPEG, picture(first.rotate(180), "JPEG"), 1),
        (TIFF, scanned_tiff([first.rotate(90, expand=True), second]), 2),
    ):
        parsed = read_file([box], media_type, data)
        text = "\n".join(block.text for block in parsed.blocks)
        assert "insgesamt 1.740.000 € bereitgestellt" in text, media_type
        assert parsed.page_count == len(parsed.page_quality) == pages
        assert {page.state for page in parsed.page_quality} == {PageState.GELESEN}
        assert all((page.confidence or 0.0) > 0.9 for page in parsed.page_quality)


def test_paragraph_signs_are_read(box: Sandbox) -> None:
    pdf = STATUTE.read_bytes()
    pages = list(drawn(pdf))[:2]
    parsed = read_file([box], PDF, scanned_pdf(pages))
    found = "\n".join(block.text for block in parsed.blocks).count("§")
    wanted = sum(text.count("§") for text in printed(pdf)[:2])
    assert wanted >= 15
    assert found >= 0.9 * wanted


def mixed(text: str, *pictures: Image.Image) -> bytes:
    """A page of text, then the pictures, then an empty page."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.drawString(70, 750, text)
    canvas.showPage()
    for image in pictures:
        canvas.drawImage(ImageReader(image), 0, 0, *A4)
        canvas.showPage()
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


SENTENCE = "Anlage zur Vorlage Nr. 15/2115 mit dem Notbetriebskonzept der Kliniken des Verbandes."


def test_without_tesseract_scans_wait_and_say_for_what(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "akten"
    folder.mkdir()
    first, _ = drawn(NOTBETRIEB.read_bytes())
    (folder / "nur-scan.pdf").write_bytes(scanned_pdf([first]))
    (folder / "bild.png").write_bytes(picture(first, "PNG"))
    (folder / "gemischt.pdf").write_bytes(mixed(SENTENCE, first))
    report = take_in(store, folder, sandbox=Sandbox(tessdata=()))
    refused = {Path(e.path).name: e.code for e in report.quarantined}  # type: ignore[attr-defined]
    assert refused == {"nur-scan.pdf": "ocr_missing", "bild.png": "ocr_missing"}
    for entry in store.quarantined(OPERATOR):
        assert "apt-get install tesseract-ocr tesseract-ocr-deu" in entry.message
    paper = only_document(store)
    states = [page.state for page in paper.page_quality]
    assert states == [PageState.GELESEN, PageState.AUSSTEHEND, PageState.LEER]
    assert paper.warnings[0].startswith("Seite 2: nicht gelesen, weil die Texterkennung fehlt.")
    assert store.summaries(OPERATOR, [paper.id])[paper.id].unread == (2,)

    told: list[tuple[str, int, int]] = []
    again = take_in(store, folder, on_page=lambda *page: told.append(page))
    assert again.quarantined == ()  # type: ignore[attr-defined]
    assert sorted((Path(path).name, done, total) for path, done, total in told) == [
        ("bild.png", 1, 1),
        ("gemischt.pdf", 1, 1),
        ("nur-scan.pdf", 1, 1),
    ]
    whole = store.document(OPERATOR, paper.id)
    assert whole is not None and whole.warnings == ()
    assert "1.740.000 €" in whole.pages[1].cut(whole.text)
    assert whole.pages[0].cut(whole.text) == SENTENCE
    assert store.verify() == []
    assert take_in(store, folder).unchanged == 3  # type: ignore[attr-defined]


@pytest.mark.weights
def test_a_badly_legible_page_is_found_but_its_figure_carries_the_mark(
    tmp_path: Path, embedder: Embedder
) -> None:
    folder = tmp_path / "akten"
    folder.mkdir()
    first, second = drawn(NOTBETRIEB.read_bytes())
    (folder / "vorlage.pdf").write_bytes(scanned_pdf([blurred(first, 3.0), second]))
    with parts_over(tmp_path / "home", embedder) as parts:
        take_in(parts.store, folder, embedder)
        paper = only_document(parts.store)
        assert [page.number for page in paper.uncertain] == [1]
        assert "Seite 1: unsicher gelesen." in paper.warnings
        assert parts.store.keyword_search(OPERATOR, "Beschlussvorschlag", 3)
        answer = answer_question(parts, "Wann ist die Vorlage 15/2115 datiert?", OPERATOR)
    assert answer.claims, answer.text
    assert all(MARK in claim.text for claim in answer.claims)
    assert all(citation.uncertain for citation in answer.citations)


def test_a_page_that_cannot_be_read_leaves_the_rest_and_is_named(box: Sandbox) -> None:
    first, _ = drawn(NOTBETRIEB.read_bytes())
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.drawImage(ImageReader(first), 0, 0, *A4)
    canvas.showPage()
    canvas.setPageSize((14_000, 14_000))  # five metres: beyond the pixel limit at any resolution
    canvas.rect(100, 100, 9_000, 9_000, fill=1)
    canvas.showPage()
    canvas.setPageSize(A4)
    for left in range(0, 600, 5):  # hatching, no letter in it
        canvas.line(left, 0, left + 300, 842)
    canvas.showPage()
    canvas.save()
    parsed = read_file([box], PDF, buffer.getvalue())
    states = [page.state for page in parsed.page_quality]
    assert states == [PageState.GELESEN, PageState.UNGELESEN, PageState.UNGELESEN]
    assert parsed.warnings == ("Seiten 2, 3: nicht gelesen.",)


def test_a_text_layer_of_wrong_letters_gives_way_to_the_picture(box: Sandbox) -> None:
    first, _ = drawn(NOTBETRIEB.read_bytes())
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.drawImage(ImageReader(first), 0, 0, *A4)
    for row in range(40):  # invisible, as the text under a scan is
        words = canvas.beginText(70, 780 - 18 * row)
        words.setTextRenderMode(3)
        words.textOut("xqw kzt bcd fgh jkl mnp rst vwx")
        canvas.drawText(words)
    canvas.save()
    parsed = read_file([box], PDF, buffer.getvalue())
    text = "\n".join(block.text for block in parsed.blocks)
    assert "1.740.000 €" in text
    assert "xqw" not in text


def test_a_flood_of_pixels_is_refused_in_the_jail(box: Sandbox) -> None:
    with pytest.raises(TooLarge):
        read_file([box], PNG, white_png(40_000, 40_000))
    assert box.parse(PNG, picture(Image.new("L", (100, 100)), "PNG")).scans == (1,)
