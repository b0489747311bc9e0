"""The room Prüfung in Chromium: a file and pasted words, findings beside the text, downloads."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.browser.test_workbench_page import tab_to

pytestmark = pytest.mark.browser

DRAFT = """# Begründung

Der Antrag 15/12 wurde am 25.05.2023 abgelehnt. Der Betrieb kostet 51.000 Euro im Jahr.

Die Anfrage 15/211 fragt nach dem Stand.
"""
SLOW_MS = 30_000


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    document = Document()
    document.add_heading("Begründung", 1)
    for line in DRAFT.splitlines()[2:]:
        document.add_paragraph(line)
    path = tmp_path / "entwurf.docx"
    document.save(str(path))
    return path


def test_pasted_words_are_reviewed_by_keyboard_alone(page: Page, address: str) -> None:
    page.goto(f"{address}/pruefung")
    tab_to(page, page.get_by_label("Entwurf als Text"))
    page.keyboard.insert_text(DRAFT)
    tab_to(page, page.locator("#textformular").get_by_role("button", name="Prüfen"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ergebnis: eingefügter Text")).to_be_focused(
        timeout=SLOW_MS
    )
    expect(page.get_by_label("Entwurf als Text")).to_have_value(DRAFT)
    first = page.locator(".befund a[href^='#stelle-']").first
    target = first.get_attribute("href") or ""
    tab_to(page, first)
    page.keyboard.press("Enter")
    expect(page.locator(target)).to_be_in_viewport()
    back = page.locator(target).get_attribute("href") or ""
    assert page.locator(back).locator(f"a[href='{target}']").count() == 1
    with page.expect_download() as download:
        page.get_by_role("button", name="Befunde als JSON").last.click()
    assert download.value.suggested_filename == "pruefung.json"


def test_a_file_stays_in_the_form_for_the_commented_docx(
    page: Page, address: str, paper: Path, tmp_path: Path
) -> None:
    page.goto(f"{address}/pruefung")
    page.get_by_label("Entwurf als Datei").set_input_files(paper)
    page.locator("#dateiformular").get_by_role("button", name="Prüfen").click()
    expect(page.get_by_role("heading", name="Ergebnis: entwurf.docx")).to_be_focused(
        timeout=SLOW_MS
    )
    with page.expect_download() as download:
        page.locator("#ergebnis").get_by_role("button", name="DOCX mit Kommentaren").click()
    saved = tmp_path / "kommentiert.docx"
    download.value.save_as(saved)
    assert b"word/comments.xml" in saved.read_bytes()


def test_a_class_that_is_not_wanted_is_hidden(page: Page, address: str) -> None:
    page.goto(f"{address}/pruefung")
    page.get_by_label("Entwurf als Text").fill(DRAFT)
    page.locator("#textformular").get_by_role("button", name="Prüfen").click()
    finding = page.locator(".befund.art-verweis").first
    expect(finding).to_be_visible(timeout=SLOW_MS)
    box = page.get_by_label("Verweis (")
    box.uncheck()
    expect(finding).to_be_hidden()
    box.check()
    expect(finding).to_be_visible()
