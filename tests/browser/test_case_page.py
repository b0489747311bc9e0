"""The page of a Vorgang in a real browser: by keyboard, in every look and state, in print."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.wiring import Parts
from index.types import Drucksachennummer, Mention, Outcome
from tests.browser.sight import keep_picture
from tests.sample_records import find, make_parts, stored
from tests.unit.assistant.records.test_course import minutes

pytestmark = pytest.mark.browser

STATES = {
    "vorgang": "/vorgang/Antrag%2015/12",
    "wahl": "/vorgang/15/12",
}


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    with make_parts(tmp_path_factory.mktemp("vorgang")) as made:
        record = minutes("abgelehnt", Outcome.ABGELEHNT)
        named = Mention(record.id, Drucksachennummer.of(15, 12), find(record.text, "15/12"))
        made.store.add([stored(record, [named])])
        yield made


@pytest.fixture
def case(page: Page, address: str) -> Page:
    page.goto(address + STATES["vorgang"])
    return page


def test_state_conflict_and_course_are_told_in_order(case: Page) -> None:
    expect(case.get_by_role("heading", level=1)).to_have_text("Antrag Nr. 15/12 vom 14.03.2023")
    expect(case.locator(".standwort")).to_have_text("abgelehnt")
    beside = case.locator(".nebeneinander > section")
    expect(beside).to_have_count(2)
    steps = case.locator(".verlauf > li time")
    expect(steps).to_have_text(["14.03.2023", "20.04.2023", "25.05.2023"])
    expect(case.locator(".verlauf .fehlt")).to_contain_text("Niederschrift liegt nicht vor")


def test_each_source_is_reached_by_keyboard(case: Page) -> None:
    case.keyboard.press("Tab")
    expect(case.get_by_role("link", name="Zum Inhalt")).to_be_focused()
    case.keyboard.press("Enter")
    case.keyboard.press("Tab")
    expect(case.get_by_role("link", name="Suche").last).to_be_focused()
    for _ in range(60):
        case.keyboard.press("Tab")
        href = case.evaluate("document.activeElement.getAttribute('href')") or ""
        if "?von=" in href:
            break
    else:
        pytest.fail("Kein Beleg ist mit der Tastatur erreichbar.")
    proposal = case.locator("details.vorschlag > summary")
    proposal.focus()
    case.keyboard.press("Enter")
    expect(case.locator("details.vorschlag .wortlaut")).to_be_visible()


def test_of_several_papers_one_is_chosen(page: Page, address: str) -> None:
    page.goto(address + STATES["wahl"])
    page.get_by_role("link", name="Vorlage Nr. 15/12").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vorlage Nr. 15/12 vom 02.02.2023")


def test_without_script_all_of_it_is_there(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="de-DE")
    plain = context.new_page()
    plain.goto(address + STATES["vorgang"])
    expect(plain.locator(".verlauf > li")).to_have_count(4)
    context.close()


def test_print_names_the_place_of_each_source(case: Page) -> None:
    case.emulate_media(media="print")
    expect(case.locator(".beleg").first).to_contain_text("Antrag Nr. 15/12 vom 14.03.2023")
    expect(case.get_by_role("link", name="Papier öffnen")).to_be_hidden()
    keep_picture(case, "vorgang-druck")
