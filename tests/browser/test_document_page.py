"""The page of a document in a real browser: picture beside text, page to page, panel, axe."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from assistant.wiring import Parts
from index.types import Document, PageQuality, PageState
from tests.browser.sight import serving, watched
from tests.document_records import COST, HOSTILE, letter, store_file
from tests.sample_records import ANTRAG, antrag, make_parts, stored

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    with make_parts(tmp_path_factory.mktemp("home")) as made:
        yield made


@pytest.fixture(scope="module")
def papers(parts: Parts, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """A PDF, one whose file has gone, a long text, one full of markup."""
    folder = tmp_path_factory.mktemp("akten")
    pdf = store_file(parts.store, folder / "antrag.pdf", letter())
    gone = store_file(parts.store, folder / "weg.pdf", letter(["Andere Worte auf Seite zwei."]))
    (folder / "weg.pdf").unlink()
    lines = "\n\n".join(f"Absatz {number} über die Leihräder der Museen." for number in range(900))
    text = ANTRAG.replace("15/12", "15/92") + lines
    long = antrag("lvs", text, nummer=92)
    hostile = antrag("lvs", ANTRAG.replace("15/12", "15/91").replace("Viele", HOSTILE), nummer=91)
    hostile = replace(hostile, title=HOSTILE, warnings=(HOSTILE,))
    parts.store.add([stored(long), stored(hostile)])
    return {"pdf": pdf, "weg": gone, "text": antrag(), "lang": long, "boese": hostile}


@pytest.fixture(scope="module")
def address(parts: Parts, papers: dict[str, Document]) -> Iterator[str]:
    with serving(parts) as place:
        yield place


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with watched(browser, address) as opened:
        yield opened


def path_of(paper: Document, words: str = "", part: str = "") -> str:
    if not words:
        return f"/dokument/{paper.id}{part}"
    start = paper.text.index(words)
    return f"/dokument/{paper.id}{part}?von={start}&bis={start + len(words)}"


def open_with_picture(page: Page, address: str, paper: Document, words: str) -> None:
    """Has the picture drawn first: a worker that starts may take longer than a page waits."""
    number = next(n for n, span in enumerate(paper.pages, 1) if words in span.cut(paper.text))
    query = path_of(paper, words).partition("?")[2]
    assert page.request.get(f"{address}/dokument/{paper.id}/seite/{number}.png?{query}").ok
    page.goto(address + path_of(paper, words))


def test_the_words_are_marked_in_the_picture_and_in_the_text(
    page: Page, address: str, papers: dict[str, Document]
) -> None:
    open_with_picture(page, address, papers["pdf"], COST)
    expect(page.get_by_role("heading", level=1)).to_have_text("Leihräder für Museumsgäste im Süden")
    expect(page.locator("mark#stelle")).to_have_text(COST)
    picture = page.get_by_role("img", name="Seite 2 des Originals. Markiert ist:")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth") > 800
    shown = Image.open(io.BytesIO(picture.screenshot())).convert("RGB")
    yellow = sum(
        count
        for count, (red, green, blue) in shown.getcolors(10**6) or []
        if red > 240 and 200 < green < 240 and blue < 170
    )
    assert yellow > 500
    box, beside = picture.bounding_box(), page.locator(".blatt-text").bounding_box()
    assert box and beside and box["x"] + box["width"] <= beside["x"]


def test_from_page_to_page_and_back_to_the_mark_by_keyboard_alone(
    page: Page, address: str, papers: dict[str, Document]
) -> None:
    page.goto(address + path_of(papers["pdf"], COST))
    previous = page.get_by_role("link", name="Vorige Seite").first
    for _ in range(30):
        page.keyboard.press("Tab")
        if previous.evaluate("element => element === document.activeElement"):
            break
    expect(previous).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Seite 1 von 2")).to_be_visible()
    expect(page.locator("mark")).to_have_count(0)
    back = page.get_by_role("link", name="Zur markierten Stelle")
    back.focus()
    page.keyboard.press("Enter")
    expect(page.locator("mark#stelle")).to_be_in_viewport()
    expect(page.get_by_text("Seite 2 von 2")).to_be_visible()
    field = page.get_by_label("Seite", exact=True)
    field.fill("1")
    field.press("Enter")
    expect(page.get_by_text("Seite 1 von 2")).to_be_visible()
    assert "von=" in page.url


def test_the_papers_around_lead_to_each_other(
    page: Page, address: str, papers: dict[str, Document]
) -> None:
    page.goto(address + path_of(papers["text"]))
    page.get_by_role("link", name="Anfrage Nr. 15/21 vom 09.06.2023").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stand der Leihräder")
    expect(page.locator("mark#stelle")).to_have_text("15/12")
    expect(page.locator("mark#stelle")).to_be_in_viewport()


def test_the_original_comes_as_a_download(
    page: Page, address: str, papers: dict[str, Document]
) -> None:
    page.goto(address + path_of(papers["pdf"]))
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Original herunterladen").click()
    assert waiting.value.suggested_filename == "antrag.pdf"
    assert Path(waiting.value.path()).read_bytes() == Path(papers["pdf"].source).read_bytes()


def test_the_panel_copies_the_quote_in_its_official_form(
    page: Page, address: str, papers: dict[str, Document]
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address + path_of(papers["text"]))
    page.evaluate(
        """async path => {
          const answer = await fetch(path);
          const part = new DOMParser().parseFromString(await answer.text(), "text/html");
          document.querySelector("main").replaceChildren(...part.body.children);
        }""",
        path_of(papers["text"], "48.000 Euro", "/beleg"),
    )
    expect(page.locator("main mark")).to_have_text("48.000 Euro")
    page.get_by_role("button", name="Zitat kopieren").click()
    expect(page.get_by_role("status")).to_have_text("Kopiert.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "„48.000 Euro“ (Antrag Nr. 15/12 vom 14.03.2023, Begründung, 1. Absatz)"
    page.get_by_role("link", name="Im Dokument ansehen").click()
    expect(page.locator("mark#stelle")).to_have_text("48.000 Euro")


def test_markup_in_a_paper_stays_text(
    page: Page, address: str, papers: dict[str, Document]
) -> None:
    for path in (path_of(papers["boese"], HOSTILE), path_of(papers["boese"], HOSTILE, "/beleg")):
        page.goto(address + path)
        assert page.locator("main img, main script").count() == 0
        expect(page.locator("mark").first).to_have_text(HOSTILE)
    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)


def test_a_missing_original_and_a_long_text_are_said_and_turned_page_by_page(
    page: Page, address: str, papers: dict[str, Document]
) -> None:
    page.goto(address + path_of(papers["weg"]))
    expect(page.get_by_text("Das Original liegt nicht mehr dort")).to_be_visible()
    expect(page.get_by_role("link", name="Original herunterladen")).to_have_count(0)
    page.goto(address + path_of(papers["lang"]))
    page.get_by_role("link", name="Nächster Abschnitt").first.click()
    expect(page.get_by_text("Abschnitt 2 von")).to_be_visible()
    page.get_by_label("Abschnitt").select_option("1")
    page.get_by_role("button", name="Anzeigen").click()
    expect(page.get_by_text("Abschnitt 1 von")).to_be_visible()


def test_a_page_that_was_not_surely_read_says_so(
    page: Page, address: str, parts: Parts, papers: dict[str, Document]
) -> None:
    shaky = replace(
        papers["pdf"],
        id="e" * 64,
        page_quality=(
            PageQuality(PageState.GELESEN, 0.9),
            PageQuality(PageState.UNSICHER, 0.6, 0.7),
        ),
    )
    parts.store.add([stored(shaky)])
    page.goto(address + path_of(shaky, COST))
    expect(page.get_by_text("Seite 2 wurde unsicher gelesen.")).to_be_visible()
    page.goto(address + path_of(shaky))
    expect(page.get_by_text("wurde unsicher gelesen.")).to_have_count(0)
    page.goto(address + f"/dokument/{shaky.id}?von=5&bis=5")
    expect(page.get_by_text("Die gesuchte Stelle liegt nicht im Text.")).to_be_visible()


def test_printed_are_picture_and_text_without_the_ways(
    page: Page, address: str, papers: dict[str, Document]
) -> None:
    page.goto(address + path_of(papers["pdf"], COST))
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation").first).to_be_hidden()
    expect(page.locator("mark#stelle")).to_be_visible()
    expect(page.locator(".blatt-bild img")).to_be_visible()
