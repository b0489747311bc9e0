"""A view in a state, and what is done on a page until that state is there."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page, Route, expect

from tests.browser.view_house import House

Act = Callable[[Page, House], None]
SLOW_MS = 30_000


@dataclass(frozen=True, slots=True)
class View:
    """One view in one state.

    Attributes:
        route: as the application has it, with its method where that is not GET.
        path: what is opened; `{name}` is one of the house's names.
        shows: a selector of what only this state has.
        act: what is done on the page until the state is there.
        parts: routes whose answers are put into the page meanwhile.
        house: "voll" or "leer".
    """

    route: str
    state: str
    path: str
    shows: str
    act: Act | None = None
    parts: tuple[str, ...] = field(default=())
    house: str = "voll"

    @property
    def name(self) -> str:
        """As a test and a picture are called."""
        room = self.route.split(" ")[-1].replace("{", "").replace("}", "").strip("/")
        return f"{room.replace('/', '-').replace(':path', '') or 'start'}-{self.state}"

    def open(self, page: Page, house: House) -> None:
        """Opens the view and waits for its state."""
        page.goto(house.address + self.path.format_map(house.named))
        if self.act is not None:
            self.act(page, house)
        expect(page.locator(self.shows).first).to_be_visible(timeout=SLOW_MS)


def click(selector: str) -> Act:
    """Clicks the first element that is there."""
    return lambda page, _: page.locator(selector).first.click()


def empty_question(page: Page, _: House) -> None:
    page.locator("#frage").evaluate("field => field.removeAttribute('required')")
    page.locator(".frageform button[type=submit]").click()


def question(page: Page, _: House) -> None:
    page.locator("#frage").fill("Wie viel kostet der Betrieb?")
    page.locator(".frageform button[type=submit]").click()


def new_search(page: Page, _: House) -> None:
    page.locator("#merk-name").fill(f"Räder {time.monotonic_ns()}")
    page.locator("form.merken button").click()


def order(page: Page, _: House) -> None:
    page.locator("#titel").fill("Leihräder der Museen")
    page.locator("form.auftrag button[type=submit]").click()


def no_source(page: Page, house: House) -> None:
    order(page, house)
    page.locator("#quellenwahl .kern-btn--primary").click()


def drafting(page: Page, house: House) -> None:
    """The request is held for good: the page is left before it is answered."""
    page.route("**/entwurf/neu/erstellen", _never)
    order(page, house)
    page.locator(".kandidat input").first.check()
    page.locator("#quellenwahl .kern-btn--primary").click()


def _never(route: Route) -> None:
    """Neither answers nor refuses."""


def pasted(text: str) -> Act:
    def act(page: Page, _: House) -> None:
        page.locator("#text").fill(text)
        page.locator("#textformular .kern-btn--primary").click()

    return act


def reviewing(page: Page, house: House) -> None:
    page.route("**/pruefung/text", _never)
    pasted("Der Antrag 15/12 wurde abgelehnt.")(page, house)


def broken_file(page: Page, _: House) -> None:
    broken = {"name": "kaputt.docx", "mimeType": "application/zip", "buffer": b"PK\x03\x04"}
    page.locator("#datei").set_input_files(broken)  # type: ignore[arg-type]
    page.locator("#dateiformular .kern-btn--primary").click()


def reviewed_version(page: Page, _: House) -> None:
    page.locator("#pruefung a.kern-btn").click()
    expect(page.locator("#pruefung-titel")).to_be_focused(timeout=SLOW_MS)


def version_in_review(page: Page, _: House) -> None:
    page.route("**/befunde*", _never)
    page.locator("#pruefung a.kern-btn").click()


def unsigned(page: Page, _: House) -> None:
    page.locator("#mitzeichnung summary").first.click()
    page.locator("#mitzeichnung form [required]").evaluate_all(
        "fields => fields.forEach(field => field.removeAttribute('required'))"
    )
    page.locator("#mitzeichnung form button[type=submit]").first.click()


def picked(number: int) -> Act:
    def act(page: Page, _: House) -> None:
        page.locator("[name=satz]").nth(number - 1).check()
        page.locator(".uebung .kern-btn--primary").click()

    return act


def solved(page: Page, _: House) -> None:
    page.locator("[name=loesung]").click()


def nothing_sent(page: Page, _: House) -> None:
    page.locator("#hochladen button").click()


def sending(page: Page, _: House) -> None:
    page.route("**/api/documents", _never)
    _choose_file(page)


def refused(page: Page, _: House) -> None:
    told = '{"detail": "Die Dateien lassen sich nicht ablegen."}'
    page.route("**/api/documents", lambda route: route.fulfill(status=503, body=told))
    _choose_file(page)


def _choose_file(page: Page) -> None:
    file = {"name": "Vermerk.txt", "mimeType": "text/plain", "buffer": b"Vermerk"}
    page.locator("#dateien").set_input_files(file)  # type: ignore[arg-type]
    page.locator("#hochladen button").click()


def refreshed_jobs(page: Page, _: House) -> None:
    with page.expect_response("**/aufnahme/auftraege"):
        pass


def refreshed_job(page: Page, _: House) -> None:
    with page.expect_response("**/stand"):
        pass


def building(page: Page, house: House) -> None:
    """Holds the build until the house is closed; a second visit finds it at work."""
    house.embedder.gate.clear()
    if page.locator("#generationen form[action$=abbrechen]").count() == 0:
        page.locator("[name=neu]").check()
        page.locator("form[action$=bauen] button").click()
    with page.expect_response("**/index/stand"):
        pass


def unfolded(page: Page, _: House) -> None:
    page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")


def in_plain_words(page: Page, _: House) -> None:
    page.locator("#einfach summary").click()


def on_a_narrow_screen(page: Page, _: House) -> None:
    page.set_viewport_size({"width": 320, "height": 256})
    page.locator(".belegnummer").first.click()
