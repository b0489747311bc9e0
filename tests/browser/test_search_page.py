"""The search in a real browser: by keyboard, filters at once, without script, in every look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.wiring import Parts
from index.types import Access, Document, Drucksachennummer, Reading, Span
from tests.browser.sight import keep_picture
from tests.sample_records import ANTRAG, antrag, make_parts, stored

pytestmark = pytest.mark.browser

MOTIONS = 24


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    with make_parts(tmp_path_factory.mktemp("suche")) as made:
        made.store.add([stored(motion(number)) for number in range(100, 100 + MOTIONS)])
        yield made


def motion(number: int) -> Document:
    made = antrag("lvs", f"{ANTRAG}\nStück {number}.\n")
    nummer = Reading(Drucksachennummer.of(15, number), Span(0, 6))
    kopf = replace(made.kopfdaten, nummer=nummer)
    title = f"Fahrradständer an Haus {number}"
    return replace(made, kopfdaten=kopf, source=f"akten/{number}.txt", title=title)


@pytest.fixture
def search(page: Page, address: str) -> Page:
    page.goto(f"{address}/suche")
    return page


def test_words_filters_and_their_removal_go_by_keyboard_alone(search: Page) -> None:
    search.get_by_label("Wörter oder Nummer").focus()
    search.keyboard.type("Leihräder")
    search.keyboard.press("Enter")
    expect(search.locator("#ansage")).to_have_text(f"{MOTIONS + 2} Papiere")
    expect(search.locator("mark").first).to_have_text("Leihräder")
    expect(search.get_by_label("Wörter oder Nummer")).to_be_focused()
    mover = search.get_by_role("checkbox", name="FDP")
    mover.focus()
    search.keyboard.press("Space")
    expect(search.locator("#ansage")).to_have_text("1 Papier")
    expect(mover).to_be_checked()
    expect(mover).to_be_focused()
    assert search.url.endswith("/suche?q=Leihr%C3%A4der&fraktion=FDP")
    chip = search.get_by_role("link", name="Filter entfernen: Antragsteller: FDP")
    chip.focus()
    search.keyboard.press("Enter")
    expect(search.get_by_role("heading", level=2, name=f"{MOTIONS + 2} Papiere")).to_be_visible()
    expect(search.get_by_role("checkbox", name="FDP")).not_to_be_checked()


def test_of_filters_set_in_haste_all_hold(search: Page) -> None:
    for name in ("FDP", "SPD"):
        search.get_by_role("checkbox", name=name).dispatch_event("click")
    expect(search.locator("#ansage")).to_have_text(f"{MOTIONS + 2} Papiere")
    for name in ("FDP", "SPD"):
        expect(search.get_by_role("checkbox", name=name)).to_be_checked()


def test_the_way_back_leads_through_the_filters(search: Page) -> None:
    search.get_by_role("checkbox", name="FDP").check()
    expect(search.locator("#ansage")).to_have_text("1 Papier")
    search.go_back()
    expect(search.get_by_role("checkbox", name="FDP")).not_to_be_checked()
    expect(search.locator(".papier").first).to_be_visible()
    assert search.url.endswith("/suche")


def test_what_was_unfolded_stays_so_and_sorting_works(search: Page) -> None:
    years = search.locator("#filter")
    search.get_by_label("Sortieren").select_option("nummer")
    expect(search.locator("#ansage")).to_have_text(f"{MOTIONS + 3} Papiere")
    expect(search.locator(".papier h3").first).to_contain_text("15/12")
    expect(years).to_have_attribute("open", "")
    years.locator("summary").first.click()
    search.get_by_label("Sortieren").select_option("alt")
    expect(search.locator(".papier h3").first).to_contain_text("Vorlage Nr. 15/12")
    expect(years).not_to_have_attribute("open", "")


def test_pages_follow_each_other(search: Page) -> None:
    search.get_by_role("link", name="Nächste Seite").click()
    expect(search.get_by_text("Seite 2 von 2")).to_be_visible()
    expect(search.locator(".papier")).to_have_count(MOTIONS + 3 - 20)
    search.get_by_role("link", name="Vorige Seite").click()
    expect(search.locator(".papier")).to_have_count(20)


def test_a_search_is_kept_opened_renamed_deleted_and_taken_back(search: Page, parts: Parts) -> None:
    search.goto(search.url + "?q=Fahrradst%C3%A4nder")
    search.get_by_label("Name der Suche").fill("Ständer")
    search.get_by_role("button", name="Merken").click()
    expect(search.get_by_role("status").filter(has_text="Gemerkt als")).to_be_visible()
    parts.store.add([stored(motion(900))])
    search.goto(search.url.split("?")[0])
    expect(search.locator(".gemerkt .plakette")).to_contain_text("1 neues seit")
    search.goto(search.url + "?fraktion=FDP")
    search.set_viewport_size({"width": 1200, "height": 900})
    search.get_by_role("button", name="Öffnen: Ständer").click()
    expect(search.locator(".papier .plakette.gut")).to_have_text("neu")
    search.locator(".gemerkt summary").click()
    search.locator(".umbenennen input[name=name]").fill("Fahrräder")
    search.get_by_role("button", name="Suche „Ständer“ umbenennen").click()
    expect(search.get_by_role("button", name="Öffnen: Fahrräder")).to_be_visible()
    search.locator(".gemerkt summary").click()
    search.get_by_role("button", name="Suche „Fahrräder“ löschen").click()
    expect(search.get_by_role("button", name="Öffnen: Fahrräder")).to_have_count(0)
    search.get_by_role("button", name="Rückgängig").click()
    expect(search.get_by_role("button", name="Öffnen: Fahrräder")).to_be_visible()
    parts.store.delete(Access.operator("lvs"), motion(900).id, who="betrieb")


def test_without_script_filters_are_applied_by_a_button(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="de-DE")
    plain = context.new_page()
    plain.goto(f"{address}/suche")
    plain.get_by_role("checkbox", name="FDP").check()
    plain.get_by_role("button", name="Filter anwenden").click()
    expect(plain.locator(".papier")).to_have_count(1)
    plain.get_by_label("Wörter oder Nummer").fill("Zeppelin")
    plain.get_by_role("button", name="Suchen", exact=True).click()
    expect(plain.get_by_role("heading", name="Kein Papier passt")).to_be_visible()
    context.close()


def test_the_list_is_downloaded_as_csv(search: Page) -> None:
    with search.expect_download() as started:
        search.get_by_role("link", name="Liste als CSV").click()
    assert started.value.suggested_filename == "suche.csv"


def test_printed_is_the_list_without_the_filters(search: Page) -> None:
    search.emulate_media(media="print")
    expect(search.locator("#filter")).to_be_hidden()
    expect(search.locator(".papier").first).to_be_visible()
    keep_picture(search, "suche-druck")
