"""Questions in a real browser: keyboard, Beleg beside the answer, axe, nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from assistant.wiring import Parts
from index.types import Document
from tests.browser.sight import NARROW, violations
from tests.sample_records import (
    ANTRAG,
    EXACT_QUESTION,
    OPEN_QUESTION,
    FakeGenerator,
    antrag,
    make_parts,
    stored,
)

pytestmark = pytest.mark.browser

UNANSWERABLE = "Wie viele Leihräder gab es 2019?"
LIST = "Anträge der SPD, beschlossen, seit 2020"
HOSTILE = '<img src="http://boese.example/x" onerror="document.title=\'gefangen\'">'
LARGEST_START = 150 * 1024
STAMP = re.compile("(?<=/static)/[0-9a-f]{16}")


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


def put(page: Page, question: str) -> None:
    """Puts a question and waits for its page."""
    page.get_by_label("Ihre Frage").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator("#gefragt")).to_have_text(question)


def ask(page: Page, question: str) -> None:
    """Asks from the start and waits for the whole answer."""
    page.goto(page.url.partition("/fragen")[0])
    put(page, question)
    expect(page.locator("#antwort-fuss")).to_be_visible()


def tab_to(page: Page, wanted: Locator, most: int = 60) -> None:
    """Presses Tab until the wanted element has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("mit der Tabulatortaste nicht zu erreichen")


@pytest.mark.parametrize("width", [1200, NARROW])
def test_the_whole_way_goes_by_keyboard_alone(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Ihre Frage")).to_be_focused()
    page.keyboard.type(OPEN_QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Antwort mit 1 Satz und 2 Belegen.")
    first = page.get_by_role("link", name="Beleg 1 öffnen").first
    tab_to(page, first)
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    expect(panel).to_be_visible()
    expect(page.locator("#beleg-titel")).to_be_focused()
    expect(panel).to_contain_text("Antrag Nr. 15/12 vom 14.03.2023")
    expect(panel.locator("mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(first).to_be_focused()


def test_the_marked_words_are_the_quote_and_stand_in_the_original(page: Page) -> None:
    ask(page, OPEN_QUESTION)
    numbers = page.locator("#belege .belegnummer")
    assert numbers.count() == 2
    for index in range(numbers.count()):
        quote = page.locator(".beleg blockquote").nth(index).text_content() or ""
        numbers.nth(index).click()
        expect(page.locator("#beleg mark")).to_have_text(quote)
        around = (page.locator("#beleg blockquote").text_content() or "").strip("[…] \n")
        assert quote in ANTRAG and around in ANTRAG
        page.get_by_role("button", name="Schließen").click()
        expect(numbers.nth(index)).to_be_focused()


def test_a_beleg_is_a_link_to_its_place_in_the_whole_paper(page: Page) -> None:
    ask(page, EXACT_QUESTION)
    page.locator(".fundstelle a").first.click()
    expect(page.locator("main mark").first).to_have_text(
        "Entsprechend Beschlussvorschlag beschlossen."
    )


def test_an_example_is_asked_by_one_click(page: Page) -> None:
    page.get_by_role("button", name="Wurde der Antrag 15/77 beschlossen?").click()
    expect(page.locator("#saetze")).to_contain_text("Entsprechend Beschlussvorschlag beschlossen.")
    expect(page.locator("#ki-hinweis")).to_contain_text("Ohne Sprachmodell")


def test_where_nothing_carries_an_answer_the_page_says_so(page: Page) -> None:
    ask(page, UNANSWERABLE)
    expect(page.get_by_role("status")).to_have_text("Darauf geben die Akten keine belegte Antwort.")
    expect(page.get_by_role("heading", name="Nicht belegt")).to_be_visible()
    expect(page.get_by_role("heading", name="Nächste Fundstellen")).to_be_visible()
    expect(page.get_by_role("heading", name="Was Sie tun können")).to_be_visible()
    assert page.locator(".satz").count() == 0
    assert page.locator(".beleg").count() > 0


def test_sentences_of_a_model_name_the_model(page: Page) -> None:
    ask(page, OPEN_QUESTION)
    expect(page.locator("#ki-hinweis")).to_contain_text("KI-Hinweis: Ein Sprachmodell")
    expect(page.locator(".schild")).to_have_text("belegt")


def test_only_belege_bring_no_model(page: Page) -> None:
    page.get_by_label("Nur Belege zeigen").check()
    put(page, OPEN_QUESTION)
    expect(page.locator("#ki-hinweis")).to_contain_text("Ohne Sprachmodell")


def busy(page: Page, generator: FakeGenerator) -> None:
    """Asks what takes the generator long and waits until it forms sentences."""
    generator.gate.clear()
    put(page, OPEN_QUESTION)
    expect(page.get_by_role("heading", name="Gefundene Stellen, werden geprüft")).to_be_visible()
    for _ in range(200):  # on a busy machine evidence is there long before the first word
        if generator.running:
            break
        page.wait_for_timeout(25)
    assert generator.running == 1


def test_evidence_is_there_before_the_answer_and_stopping_stops(
    page: Page, generator: FakeGenerator
) -> None:
    before = generator.cancelled
    busy(page, generator)
    page.get_by_role("button", name="Anhalten").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Angehalten.")
    expect(page.get_by_role("button", name="Anhalten")).to_have_count(0)
    expect(page.get_by_role("heading", name="Angehalten")).to_be_focused()
    expect(page.get_by_role("button", name="Noch einmal fragen")).to_be_visible()
    assert (generator.cancelled, generator.running) == (before + 1, 0)


@pytest.mark.alone
def test_a_closed_tab_frees_the_generator_within_two_seconds(
    browser: Browser, address: str, generator: FakeGenerator
) -> None:
    context = browser.new_context()
    page, other = context.new_page(), context.new_page()
    page.goto(address)
    cancelled = generator.cancelled
    # What is seen comes with the page itself; it follows the run a little later.
    with page.expect_response(re.compile("/strom")):
        busy(page, generator)
    page.close()
    other.wait_for_timeout(2000)
    assert (generator.running, generator.cancelled) == (0, cancelled + 1)
    context.close()


def test_a_reload_while_it_streams_shows_the_same_answer_of_one_run(
    page: Page, generator: FakeGenerator, parts: Parts
) -> None:
    lines = len(parts.audit.entries())
    cancelled = generator.cancelled
    busy(page, generator)
    shown = page.url
    for _ in range(2):
        page.reload()
        expect(page.locator("#gefragt")).to_have_text(OPEN_QUESTION)
        expect(page.get_by_role("heading", name="Gefundene Stellen")).to_be_visible()
        assert page.url == shown
    generator.gate.set()
    expect(page.locator("#antwort-fuss")).to_be_visible(timeout=20_000)
    answer = page.locator("#saetze").text_content()
    page.reload()
    assert page.locator("#saetze").text_content() == answer
    assert len(parts.audit.entries()) == lines + 1
    assert generator.cancelled == cancelled


def test_markup_in_a_paper_or_from_the_model_stays_text(
    page: Page, generator: FakeGenerator
) -> None:
    generator.sentence = f"Der Betrieb der Leihzelte {HOSTILE} kostet 48.000 Euro im Jahr [1]."
    ask(page, "Wie viel kostet der Betrieb der Leihzelte im Jahr?")
    page.locator(".belegnummer").first.click()
    expect(page.locator("#beleg mark")).to_be_visible()
    assert page.locator("article img, dialog img").count() == 0
    assert page.title() == "Wie viel kostet der Betrieb der Leihzelte im Jahr? – Aktenkundig"
    assert HOSTILE in (page.locator("#beleg").text_content() or "")
    ask(page, f"Antrag {HOSTILE}")
    assert page.locator("article img, h1 img, aside img").count() == 0


def test_a_server_that_is_gone_is_said_in_a_sentence(
    browser: Browser, address: str, generator: FakeGenerator
) -> None:
    # Not the watched page: what htmx notes of a lost connection is its own remark.
    context = browser.new_context()
    page = context.new_page()
    generator.gate.clear()  # still at work when the page is there
    page.route("**/strom*", lambda route: route.abort())
    page.goto(address)
    put(page, OPEN_QUESTION)
    expect(page.get_by_role("status")).to_contain_text("Aktenkundig antwortet nicht.")
    page.unroute("**/strom*")
    page.reload()
    generator.gate.set()
    expect(page.locator("#antwort-fuss")).to_be_visible(timeout=20_000)
    page.route("**/einfach", lambda route: route.abort())
    page.get_by_text("In Einfacher Sprache", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Aktenkundig antwortet nicht.")
    context.close()


def test_what_is_wrong_with_a_question_is_said_beside_its_words(page: Page) -> None:
    page.locator("#frage").evaluate("field => field.removeAttribute('required')")
    page.get_by_role("button", name="Frage stellen").click()
    expect(page.get_by_role("alert")).to_contain_text("Die Frage ist leer.")


def test_printed_is_the_answer_without_the_form(page: Page) -> None:
    ask(page, OPEN_QUESTION)
    page.emulate_media(media="print")
    expect(page.locator(".frageform")).to_be_hidden()
    expect(page.locator("#gespraeche")).to_be_hidden()
    expect(page.locator("#gefragt")).to_be_visible()
    expect(page.locator(".beleg blockquote").first).to_be_visible()
    expect(page.locator("#ki-hinweis")).to_be_visible()


def test_a_follow_up_refers_to_the_paper_before_until_it_is_let_go(page: Page) -> None:
    ask(page, EXACT_QUESTION)
    expect(page.locator("#bezug")).to_contain_text("Antrag 15/12")
    page.get_by_label("Ihre Rückfrage").fill("Wer hat das beantragt?")
    page.keyboard.press("Enter")
    expect(page.locator("#bezogen-auf")).to_have_text("Bezogen auf: Antrag 15/12")
    expect(page.locator("#saetze")).to_contain_text("CDU, SPD")
    page.get_by_label("Ihre Rückfrage").fill("Von wem wurde das beantragt?")
    page.get_by_label("Bezieht sich auf").uncheck()
    page.get_by_role("button", name="Frage stellen").click()
    expect(page.locator("#gefragt")).to_have_text("Von wem wurde das beantragt?")
    expect(page.locator("#antwort-fuss")).to_be_visible()
    expect(page.locator("#bezogen-auf")).to_have_count(0)


def test_what_was_understood_is_shown_and_a_click_lets_go_of_a_filter(page: Page) -> None:
    ask(page, "Welche Anträge der FDP wurden beschlossen?")
    understood = page.locator("#verstanden")
    expect(understood).to_contain_text("Vollständige Liste")
    expect(page.locator("#saetze")).to_contain_text("Erfasst: 0.")
    mover = page.get_by_role("button", name="Ohne den Filter „Antragsteller FDP“ fragen")
    mover.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#gefragt")).to_have_text("Alle Anträge, beschlossen")
    expect(page.locator("#saetze")).to_contain_text("Erfasst: 2.")
    expect(mover).to_have_count(0)
    page.get_by_role("button", name="Anders gemeint? Im Wortlaut suchen").click()
    expect(page.locator("#gefragt")).to_have_text("Alle Anträge, beschlossen")
    expect(page.locator("#antwort-fuss")).to_be_visible()
    expect(page.locator(".verstanden")).to_have_count(0)


def test_what_is_missing_is_a_note_under_the_answer(page: Page) -> None:
    ask(page, "Antrag 15/12")
    expect(page.locator(".hinweis").first).to_contain_text("Niederschrift liegt nicht vor")


def test_the_answer_is_said_in_einfache_sprache_by_keyboard(page: Page) -> None:
    ask(page, EXACT_QUESTION)
    switch = page.locator("#einfach summary")
    switch.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(
        "1 Satz in Einfacher Sprache: maschinell, ungeprüft."
    )
    expect(switch).to_be_focused()
    expect(page.locator("#einfach-vermerk")).to_have_text("maschinell, ungeprüft")
    expect(page.locator("#einfach")).to_contain_text("Maßgeblich ist die Antwort darüber.")
    expect(page.locator(".einfach-satz p")).to_have_text(
        [
            "Ja.",
            "So ist das Ergebnis auf der Drucksache vermerkt:",
            "Entsprechend Beschlussvorschlag beschlossen. 1 2",
        ]
    )
    expect(page.locator("#einfach dt")).to_have_text(
        ["Beschlussvorschlag", "Ergebnisvermerk", "entsprechend Beschlussvorschlag beschlossen"]
    )
    expect(page.locator("#saetze .satz")).to_have_count(1)
    source = page.locator("#einfach").get_by_role("link", name="Beleg 1 öffnen")
    source.click()
    expect(page.locator("#beleg mark")).to_have_text("Entsprechend Beschlussvorschlag beschlossen.")
    page.keyboard.press("Escape")
    expect(source).to_be_focused()
    page.locator("#einfach summary").click()
    expect(page.locator("#einfach-vermerk")).to_be_hidden()
    ask(page, UNANSWERABLE)
    expect(page.locator("#einfach")).to_have_count(0)


def test_a_quotation_is_copied_with_its_place(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, EXACT_QUESTION)
    page.get_by_role("button", name="Zitat kopieren: Beleg 1").click()
    expect(page.get_by_role("status")).to_have_text("Zitat kopiert.")
    assert page.evaluate("navigator.clipboard.readText()") == (
        "„Entsprechend Beschlussvorschlag beschlossen.“ (Antrag Nr. 15/12 vom 14.03.2023, Ergebnis)"
    )


def test_a_browser_without_a_clipboard_marks_the_quotation_to_be_copied_by_hand(page: Page) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    ask(page, EXACT_QUESTION)
    page.get_by_role("button", name="Zitat kopieren: Beleg 1").click()
    expect(page.get_by_role("status")).to_contain_text("bitte mit Strg+C kopieren")
    assert page.evaluate("String(getSelection())") == (
        "„Entsprechend Beschlussvorschlag beschlossen.“ (Antrag Nr. 15/12 vom 14.03.2023, Ergebnis)"
    )
    assert violations(page) == []


def test_feedback_is_given_and_taken_back_by_keyboard(page: Page) -> None:
    ask(page, EXACT_QUESTION)
    page.get_by_role("link", name="Satz 1 stimmt nicht").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("falsch belegt")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("unvollständig")).to_be_checked()
    page.get_by_label("Anmerkung").fill("Es fehlt das Datum")
    page.get_by_role("button", name="Rückmeldung geben").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Danke. Gemerkt: unvollständig.")
    back = page.get_by_role("button", name="Zurücknehmen")
    expect(back).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Rückmeldung zurückgenommen.")
    good = page.get_by_role("button", name="Satz 1 stimmt")
    expect(good).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Danke. Gemerkt: stimmt.")
    page.reload()
    expect(page.locator("#rueckmeldung-1")).to_contain_text("Gemerkt: stimmt.")


def test_questions_of_the_session_are_opened_again_and_deleted(page: Page) -> None:
    page.get_by_text("Alle löschen …").click()
    page.get_by_role("button", name="Löschen").last.click()
    expect(page.locator("aside")).to_contain_text("Noch wurde nichts gefragt.")
    ask(page, EXACT_QUESTION)
    ask(page, LIST)
    page.get_by_role("link", name=EXACT_QUESTION).click()
    expect(page.locator("#gefragt")).to_have_text(EXACT_QUESTION)
    expect(page.locator("#antwort-fuss")).to_be_visible()
    page.locator(".gespraeche .loeschen summary").first.click()
    expect(page.locator(".gespraeche .loeschen").first).to_contain_text("nicht rückgängig")
    page.locator(".gespraeche .loeschen").first.get_by_role("button", name="Löschen").click()
    expect(page.locator(".gespraeche li")).to_have_count(1)


def test_answers_come_without_script_too(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    page.goto(address)
    page.get_by_label("Ihre Frage").fill(EXACT_QUESTION)
    page.get_by_role("button", name="Frage stellen").click()
    expect(page.locator("#antwort-fuss")).to_be_visible(timeout=10_000)
    page.get_by_text("In Einfacher Sprache", exact=True).click()
    page.get_by_role("link", name="In Einfacher Sprache zeigen").click()
    expect(page.locator("#einfach-vermerk")).to_be_visible()
    page.get_by_role("link", name="Beleg 1 öffnen").first.click()
    expect(page.locator("main mark").first).to_be_visible()
    context.close()


def test_the_start_is_small_and_asks_for_nothing_it_does_not_need(
    browser: Browser, address: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[Request] = []
    page.on("requestfinished", lambda request: asked.append(request))
    page.goto(address, wait_until="networkidle")
    sizes = {
        STAMP.sub("", request.url.removeprefix(address)): request.sizes()["responseBodySize"]
        for request in asked
        if not request.url.endswith(".woff2")
    }
    context.close()
    assert sizes.keys() == {
        "/",
        "/static/kern/kern.css",
        "/static/kern/htmx.min.js",
        "/static/geruest.css",
        "/static/geruest.js",
        "/static/fragen.css",
        "/static/fragen.js",
        "/static/zeichen.svg",
    }
    assert sum(sizes.values()) < LARGEST_START
