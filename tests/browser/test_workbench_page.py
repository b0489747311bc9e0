"""The workbench in Chromium: from the Auftrag to the DOCX by keyboard alone, and how it looks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Locator, Page, expect

from assistant import draft_changes, draft_desk
from assistant.wire.kept import ZeichnungBody
from assistant.wiring import Parts
from index.types import Access
from tests.sample_records import make_parts

pytestmark = pytest.mark.browser

OPERATOR = Access.operator("lvs")
ORDER = {
    "titel": "Leihräder: Ausbau",
    "stichpunkte": ["Der Betrieb soll ausgebaut werden.", "Zeitplan: Beginn ist im Juni 2027."],
    "beschlussvorschlag": "Die Verwaltung baut den Betrieb der Leihräder aus.",
    "quellen": ["Antrag 15/12"],
    "bearbeitung": "M. Muster",
}
MOST_TABS = 120


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    with make_parts(tmp_path_factory.mktemp("home")) as made:
        keep(made, "raeder")
        sign = {"fassung": 1, "stelle": "Kämmerei", "name": "K. Kern", "zeichen": "mitgezeichnet"}
        draft_changes.sign(made, OPERATOR, "raeder", ZeichnungBody.model_validate(sign))
        keep(made, "raeder", based_on=1, beschlussvorschlag="Die Verwaltung baut ab.")
        keep(made, "kauf", titel="Kauf", quellen=["Vorlage 15/12"], oeffentlich=False)
        yield made


def keep(parts: Parts, name: str, based_on: int | None = None, **change: object) -> None:
    auftrag = draft_desk.ordered({**ORDER, **change}, parts.mandant)
    draft_desk.order(parts, auftrag, OPERATOR, keep_as=name, based_on=based_on)


def tab_to(page: Page, wanted: Locator) -> None:
    """Presses Tab until the focus is there."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{wanted} ist mit Tab nicht erreichbar")


def test_from_the_order_to_the_docx_by_keyboard_alone(
    page: Page, address: str, tmp_path: Path
) -> None:
    page.goto(f"{address}/entwurf")
    tab_to(page, page.get_by_role("link", name="Neuer Entwurf"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Titel (Betreff der Vorlage)"))
    page.keyboard.press("Tab")
    page.keyboard.type("Die Verwaltung baut den Betrieb der Leihräder aus.")
    tab_to(page, page.get_by_role("button", name="Weiter zu den Quellen"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Beschlussvorschlag")).to_have_value(
        "Die Verwaltung baut den Betrieb der Leihräder aus."
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Titel (Betreff der Vorlage)")).to_be_focused()
    page.keyboard.type("Leihräder: Tastatur")
    tab_to(page, page.get_by_role("button", name="Weiter zu den Quellen"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Beschlossen")).to_be_visible()
    create = page.get_by_role("button", name="Entwurf erstellen")
    tab_to(page, create)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("mindestens eine Quelle")
    tab_to(page, page.get_by_role("checkbox").first)
    page.keyboard.press("Space")
    tab_to(page, create)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Leihräder: Tastatur")).to_be_visible()
    number = page.get_by_role("link", name="Beleg 1 öffnen").first
    tab_to(page, number)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Beleg 1", exact=True)).to_be_focused()
    tab_to(page, page.get_by_role("button", name="DOCX herunterladen"))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    saved = tmp_path / "entwurf.docx"
    download.value.save_as(saved)
    assert "Leihräder: Tastatur" in [p.text for p in Document(str(saved)).paragraphs]


def test_a_rewriting_is_compared_and_taken_over_by_keyboard(
    page: Page, address: str, parts: Parts
) -> None:
    keep(parts, "umarbeiten")
    page.goto(f"{address}/entwurf/umarbeiten")
    tab_to(page, page.get_by_label("Den ganzen Text umarbeiten"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator("#text > .umarbeiten button[value=stichpunkte]"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vorschlag: Stichpunkte")
    assert page.locator("ins").count() + page.locator("del").count() > 0
    tab_to(page, page.get_by_role("button", name="Als neue Fassung übernehmen"))
    page.keyboard.press("Enter")
    expect(page.locator(".stand")).to_contain_text("Fassung 2 von 2")
    expect(page.locator(".stand")).to_contain_text("umgearbeitet: in Stichpunkten")


def test_a_paragraph_is_reworked_from_where_it_stands(page: Page, address: str) -> None:
    page.goto(f"{address}/entwurf/raeder")
    before = page.url
    paragraphs = page.locator(".absatz", has=page.locator("a.umarbeiten"))
    cited = paragraphs.filter(has=page.get_by_label("Beleg 1 öffnen"))
    anchor = cited.first.get_attribute("id")
    place = page.locator(f"#{anchor}")
    link = place.locator("a.umarbeiten")
    label = link.get_attribute("aria-label") or ""
    tab_to(page, link)
    page.keyboard.press("Enter")
    expect(place.locator("summary")).to_be_focused()
    expect(place.get_by_label(label)).to_be_visible()
    place.get_by_role("link", name="Beleg 1 öffnen").click()
    expect(page.get_by_role("heading", name="Beleg 1", exact=True)).to_be_focused()
    assert page.url == before
    place.get_by_role("button", name="Stichpunkte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vorschlag: Stichpunkte")
    expect(page.locator(".schritt")).to_contain_text("Absatz")


def test_the_review_stands_beside_the_text_and_leads_into_it(page: Page, address: str) -> None:
    page.goto(f"{address}/entwurf/raeder")
    page.get_by_role("link", name="Diese Fassung prüfen").click()
    heading = page.get_by_role("heading", name="Prüfung", exact=True)
    expect(heading).to_be_focused(timeout=30_000)
    expect(page.locator("#pruefung")).to_contain_text("Angaben sind offen.")
    for link in page.locator("#pruefung .befund a[href^='#abs-']").all():
        target = link.get_attribute("href") or ""
        assert page.locator(target).count() == 1


def test_an_open_point_leads_to_its_paragraph(page: Page, address: str) -> None:
    page.goto(f"{address}/entwurf/raeder")
    page.locator("#offen > summary").click()
    first = page.locator("#offen li a").first
    point = first.text_content() or ""
    target = first.get_attribute("href") or ""
    first.click()
    expect(page.locator(target)).to_be_in_viewport()
    expect(page.locator(target)).to_contain_text(point)


def test_evidence_and_rewriting_open_without_script_too(page: Page, address: str) -> None:
    context = page.context.browser
    assert context is not None
    plain = context.new_context(java_script_enabled=False)
    bare = plain.new_page()
    bare.goto(f"{address}/entwurf/raeder")
    bare.get_by_role("link", name="Beleg 1 öffnen").first.click()
    expect(bare.get_by_role("heading", name="Beleg 1", exact=True)).to_be_visible()
    expect(bare.get_by_role("link", name="Im Dokument ansehen")).to_be_visible()
    bare.locator("a.umarbeiten").first.click()
    bare.get_by_role("button", name="Kürzer").last.click()
    expect(bare.get_by_role("heading", level=1)).to_have_text("Vorschlag: Kürzer")
    plain.close()


def test_printed_is_the_draft_without_its_tools(page: Page, address: str) -> None:
    page.goto(f"{address}/entwurf/raeder")
    page.emulate_media(media="print")
    expect(page.locator("#text")).to_be_visible()
    for hidden in (".quellen", "#pruefung", ".unten", ".sprungliste"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.locator(".umarbeiten").first.is_hidden()
