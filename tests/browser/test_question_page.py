"""The page in a real browser: keyboard, Beleg in the original, axe, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, expect

from assistant.wiring import Parts
from index.types import Document
from tests.browser.sight import SCREENSHOTS, violations
from tests.sample_records import (
    ANTRAG,
    OPEN_QUESTION,
    FakeGenerator,
    antrag,
    make_parts,
    stored,
)

pytestmark = [pytest.mark.browser, pytest.mark.alone]

UNANSWERABLE = "Wie viele Leihräder gab es 2019?"
HOSTILE = '<img src="http://boese.example/x" onerror="document.title=\'gefangen\'">'


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory, generator: FakeGenerator) -> Iterator[Parts]:
    with make_parts(tmp_path_factory.mktemp("home"), generator) as made:
        made.store.add([stored(hostile())])
        yield made


def hostile() -> Document:
    """A paper with markup among its words, under a number of its own; one sentence has none."""
    head, cost, end = ANTRAG.replace("15/12", "15/77").partition("Der Betrieb der Leihräder")
    text = head.replace("Leihräder", f"Leihräder {HOSTILE}") + cost + end
    text = text.replace("Leihräder", "Leihzelte")
    return antrag("lvs", text, nummer=77)


def ask(page: Page, question: str) -> None:
    page.get_by_label("Ihre Frage").fill(question)
    page.get_by_role("button", name="Frage stellen").click()
    expect(page.locator("#antwort-fuss")).to_be_visible()


def test_the_whole_way_goes_by_keyboard_alone(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt")).to_be_focused()
    page.keyboard.press("Tab")
    field = page.get_by_label("Ihre Frage")
    expect(field).to_be_focused()
    page.keyboard.type(OPEN_QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Antwort mit 1 Satz und 2 Belegen.")
    first = page.get_by_role("button", name="Beleg 1 öffnen")
    for _ in range(6):
        page.keyboard.press("Tab")
        if first.evaluate("element => element === document.activeElement"):
            break
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("heading")).to_be_focused()
    expect(dialog.get_by_role("heading")).to_contain_text("Antrag Nr. 15/12 vom 14.03.2023")
    expect(dialog.locator("mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(first).to_be_focused()


def test_the_marked_words_are_the_quote_and_stand_in_the_original(page: Page) -> None:
    ask(page, OPEN_QUESTION)
    places = page.locator(".fundstelle")
    for index in range(places.count()):
        quote = page.locator(".beleg blockquote").nth(index).text_content()
        places.nth(index).click()
        mark = page.locator("dialog mark")
        expect(mark).to_have_text(quote or "")
        assert page.locator("#original-text").text_content() == ANTRAG
        assert quote in ANTRAG
        page.get_by_role("button", name="Schließen").click()
        expect(places.nth(index)).to_be_focused()


def test_an_example_is_asked_by_one_click(page: Page) -> None:
    page.get_by_role("button", name="Wurde der Antrag 15/77 beschlossen?").click()
    expect(page.locator("#saetze")).to_contain_text("Entsprechend Beschlussvorschlag beschlossen.")
    expect(page.locator("#ki-hinweis")).to_contain_text("Ohne Sprachmodell")


def test_where_nothing_carries_an_answer_the_page_says_so(page: Page) -> None:
    ask(page, UNANSWERABLE)
    expect(page.get_by_role("heading", name="Nicht belegt")).to_be_visible()
    expect(page.get_by_role("heading", name="Nächste Fundstellen")).to_be_visible()
    assert page.locator(".satz").count() == 0
    assert page.locator(".beleg").count() > 0


def test_sentences_of_a_model_name_the_model(page: Page) -> None:
    ask(page, OPEN_QUESTION)
    expect(page.locator("#ki-hinweis")).to_contain_text("KI-Hinweis: Ein Sprachmodell")
    expect(page.locator(".schild")).to_have_text("belegt")


def test_only_belege_bring_no_model(page: Page) -> None:
    page.get_by_label("Nur Belege zeigen").check()
    ask(page, OPEN_QUESTION)
    expect(page.locator("#ki-hinweis")).to_contain_text("Ohne Sprachmodell")


def test_evidence_is_there_before_the_answer_and_stopping_stops(
    page: Page, generator: FakeGenerator
) -> None:
    generator.sentence, generator.pause_s = "Wort " * 400, 0.05
    before = generator.cancelled
    page.get_by_label("Ihre Frage").fill(OPEN_QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Gefundene Stellen")).to_be_visible()
    for _ in range(200):  # on a busy machine evidence is there long before the first word
        if generator.running:
            break
        page.wait_for_timeout(25)
    assert generator.running == 1
    page.get_by_role("button", name="Anhalten").click()
    expect(page.get_by_role("status")).to_have_text("Angehalten.")
    expect(page.get_by_role("button", name="Anhalten")).to_be_hidden()
    page.wait_for_timeout(1000)
    assert generator.cancelled == before + 1
    assert generator.running == 0


def test_markup_in_a_paper_or_from_the_model_stays_text(
    page: Page, generator: FakeGenerator
) -> None:
    generator.sentence = f"Der Betrieb der Leihzelte {HOSTILE} kostet 48.000 Euro im Jahr [1]."
    ask(page, "Wie viel kostet der Betrieb der Leihzelte im Jahr?")
    page.locator(".fundstelle").first.click()
    expect(page.locator("dialog mark")).to_be_visible()
    assert page.locator("main img, dialog img").count() == 0
    assert page.title() == "Aktenkundig – Fragen an die Akten"
    assert HOSTILE in (page.locator("#original-text").text_content() or "")


def test_a_server_that_is_gone_is_said_in_a_sentence(page: Page) -> None:
    def gone(route: object, request: Request) -> None:
        route.fulfill(status=503, body="nicht da")  # type: ignore[attr-defined]

    page.route("**/api/ask/stream", gone)
    page.get_by_label("Ihre Frage").fill(OPEN_QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Aktenkundig antwortet nicht.")


@pytest.mark.parametrize("state", ["leer", "antwort", "liste", "schweigen", "original"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_cut_off(page: Page, state: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    if state != "leer":
        asked = {"schweigen": UNANSWERABLE, "liste": "Anträge der SPD, beschlossen, seit 2020"}
        ask(page, asked.get(state, OPEN_QUESTION))
    if state == "original":
        page.locator(".fundstelle").first.click()
        expect(page.locator("dialog mark")).to_be_visible()
    assert violations(page) == []
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    # 320 px wide is also what remains of 1280 px at a zoom of 400 %.
    for width in (1200, 320):
        page.set_viewport_size({"width": width, "height": 800})
        overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert overflow <= 0
        page.screenshot(path=SCREENSHOTS / f"{state}-{scheme}-{width}.png", full_page=True)
    assert violations(page) == []


def test_printed_is_the_answer_without_the_form(page: Page) -> None:
    ask(page, OPEN_QUESTION)
    page.emulate_media(media="print")
    expect(page.locator("#frageform")).to_be_hidden()
    expect(page.locator(".beleg blockquote").first).to_be_visible()
    expect(page.locator("#ki-hinweis")).to_be_visible()


def test_a_follow_up_refers_to_the_paper_before_until_it_is_let_go(page: Page) -> None:
    ask(page, "Wurde der Antrag 15/12 beschlossen?")
    reference = page.locator("#bezug")
    expect(reference).to_contain_text("Antrag 15/12")
    ask(page, "Wer hat das beantragt?")
    expect(page.locator("#bezogen")).to_have_text("Bezogen auf: Antrag 15/12")
    expect(page.locator("#saetze")).to_contain_text("CDU, SPD")
    assert violations(page) == []
    page.get_by_role("button", name="Bezug lösen").click()
    expect(reference).to_be_hidden()
    expect(page.get_by_label("Ihre Frage")).to_be_focused()
    ask(page, "Wer hat das beantragt?")
    expect(page.locator("#bezogen")).to_be_hidden()


def test_what_was_understood_is_shown_and_a_click_lets_go_of_a_filter(page: Page) -> None:
    ask(page, "Welche Anträge der FDP wurden beschlossen?")
    understood = page.locator("#verstanden")
    expect(understood).to_contain_text("Vollständige Liste")
    expect(page.locator("#saetze")).to_contain_text("Erfasst: 0.")
    assert violations(page) == []
    mover = page.get_by_role("button", name="Ohne den Filter „Antragsteller FDP“ fragen")
    mover.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Ihre Frage")).to_have_value("Alle Anträge, beschlossen")
    expect(page.get_by_label("Ihre Frage")).to_be_focused()
    expect(page.locator("#saetze")).to_contain_text("Erfasst: 2.")
    expect(mover).to_have_count(0)
    page.get_by_role("button", name="Anders gemeint? Im Wortlaut suchen").click()
    expect(page.locator("#gefragt")).to_have_text("Alle Anträge, beschlossen")
    expect(understood).to_be_hidden()
    expect(page.locator("#antwort-fuss")).to_be_visible()


def test_what_is_missing_is_a_note_under_the_answer(page: Page) -> None:
    ask(page, "Antrag 15/12")
    expect(page.locator(".hinweis").first).to_contain_text("Niederschrift liegt nicht vor")


def test_the_answer_is_said_in_einfache_sprache_by_keyboard(page: Page) -> None:
    ask(page, "Wurde der Antrag 15/12 beschlossen?")
    button = page.get_by_role("button", name="In Einfacher Sprache")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="In Einfacher Sprache")).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status")).to_have_text(
        "1 Satz in Einfacher Sprache: maschinell, ungeprüft."
    )
    expect(page.locator("#einfach-vermerk")).to_have_text(
        "maschinell, ungeprüft. Maßgeblich ist die Antwort darüber."
    )
    expect(page.locator("#einfach-saetze p")).to_have_text(
        [
            "Ja.",
            "So ist das Ergebnis auf der Drucksache vermerkt:",
            "Entsprechend Beschlussvorschlag beschlossen. [1] [2]",
        ]
    )
    expect(page.locator("#einfach dt")).to_have_text(
        ["Beschlussvorschlag", "Ergebnisvermerk", "entsprechend Beschlussvorschlag beschlossen"]
    )
    expect(page.locator("#saetze .satz")).to_have_count(1)
    source = page.locator("#einfach").get_by_role("button", name="Beleg 1 öffnen")
    source.click()
    expect(page.locator("dialog mark")).to_have_text("Entsprechend Beschlussvorschlag beschlossen.")
    page.keyboard.press("Escape")
    expect(source).to_be_focused()
    for scheme, width in (("light", 1200), ("dark", 320)):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        assert violations(page) == []
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"einfach-{scheme}-{width}.png", full_page=True)
    button.click()
    expect(page.locator("#einfach")).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text("Einfache Sprache ausgeblendet.")
    ask(page, UNANSWERABLE)
    expect(page.get_by_role("status")).to_have_text("Darauf geben die Akten keine belegte Antwort.")
    expect(button).to_be_hidden()


def test_a_rendering_that_cannot_be_had_is_said_in_a_sentence(page: Page) -> None:
    def gone(route: object, request: Request) -> None:
        route.fulfill(status=503, body="nicht da")  # type: ignore[attr-defined]

    ask(page, "Wurde der Antrag 15/12 beschlossen?")
    page.route("**/api/plain", gone)
    page.get_by_role("button", name="In Einfacher Sprache").click()
    expect(page.get_by_role("status")).to_contain_text("Aktenkundig antwortet nicht.")
    expect(page.locator("#einfach")).to_be_hidden()
