"""What clerk, drafter and admin do all day, from start to result: by mouse, by keyboard, at 400 %.

By keyboard on a wide screen the tests of the rooms go the same ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Download, Locator, Page, expect

from tests.browser.sight import SCREENSHOTS
from tests.browser.test_admin_page import BROKEN, DROP, NOTE
from tests.browser.test_every_view import USUAL, ZOOMED, layout
from tests.sample_records import OPEN_QUESTION

pytestmark = pytest.mark.browser

MOST_TABS = 150
SLOW_MS = 60_000
REVIEWED = """# Begründung

Der Antrag 15/12 wurde am 25.05.2023 abgelehnt. Der Betrieb kostet 51.000 Euro im Jahr.
"""


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody works: with what, and on how large a screen."""

    name: str
    by_keyboard: bool
    zoomed: bool


WAYS = (
    Way("maus", by_keyboard=False, zoomed=False),
    Way("maus-400", by_keyboard=False, zoomed=True),
    Way("tastatur-400", by_keyboard=True, zoomed=True),
)


@dataclass(slots=True)
class Hand:
    """Somebody at work: goes to places, acts there, keeps pictures of what they see."""

    page: Page
    way: Way
    job: str
    pictures: int = 0

    def go(self, wanted: Locator, key: str = "Enter") -> None:
        """Acts on a link, button, box or heading to fold."""
        if self.way.by_keyboard:
            self._tab_to(wanted)
            self.page.keyboard.press(key)
        else:
            wanted.click()

    def write(self, field: Locator, text: str) -> None:
        """Fills a field."""
        if self.way.by_keyboard:
            self._tab_to(field)
        else:
            field.click()
        self.page.keyboard.insert_text(text)

    def choose(self, field: Locator, files: Sequence[Path]) -> None:
        """Gives files to a field."""
        if self.way.by_keyboard:
            self._tab_to(field)
        field.set_input_files(list(files))

    def take(self, wanted: Locator) -> Download:
        """Downloads something."""
        with self.page.expect_download(timeout=SLOW_MS) as waiting:
            self.go(wanted)
        return waiting.value

    def see(self, shown: Locator) -> None:
        """Waits for it, looks at it, and keeps the picture; nothing is wider than the screen."""
        expect(shown).to_be_visible(timeout=SLOW_MS)
        shown.evaluate("element => element.scrollIntoView({ block: 'center' })")
        assert layout(self.page, "tooWide()") == []
        self.pictures += 1
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        name = f"aufgabe-{self.job}-{self.way.name}-{self.pictures}.png"
        self.page.screenshot(path=SCREENSHOTS / name)

    def _tab_to(self, wanted: Locator) -> None:
        expect(wanted).to_be_visible(timeout=SLOW_MS)
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if wanted.evaluate("element => element === document.activeElement"):
                self._focus_is_shown()
                return
        raise AssertionError("mit der Tabulatortaste nicht zu erreichen")

    def _focus_is_shown(self) -> None:
        """Scrolling to it may take a frame."""
        for _ in range(100):
            faults = layout(self.page, "focusShown()")
            if not faults:
                return
            self.page.wait_for_timeout(20)
        assert faults == []


@pytest.fixture(params=WAYS, ids=lambda way: way.name)
def way(request: pytest.FixtureRequest) -> Way:
    chosen: Way = request.param
    return chosen


@pytest.fixture
def page(browser: Browser, address: str, way: Way) -> Iterator[Page]:
    context = browser.new_context(
        viewport=ZOOMED if way.zoomed else USUAL,  # type: ignore[arg-type]
        device_scale_factor=4 if way.zoomed else 1,
        locale="de-DE",
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    opened.goto(address)
    yield opened
    context.close()


def role(page: Page, kind: str, name: str | re.Pattern[str]) -> Locator:
    """The first element of that role and name."""
    return page.get_by_role(kind, name=name).first  # type: ignore[arg-type]


def test_a_clerk_asks_reads_looks_it_up_and_takes_it_along(page: Page, way: Way) -> None:
    hand = Hand(page, way, "sachbearbeitung")
    hand.write(page.get_by_label("Ihre Frage"), OPEN_QUESTION)
    hand.see(page.get_by_label("Ihre Frage"))
    hand.go(role(page, "button", "Frage stellen"))
    expect(page.locator("#antwort-fuss")).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_role("status").first).to_have_text("Antwort mit 1 Satz und 2 Belegen.")
    hand.see(page.locator("#saetze .satz").first)
    hand.go(role(page, "link", "Beleg 1 öffnen"))
    mark = page.locator("#beleg mark")
    expect(mark).to_be_in_viewport(timeout=SLOW_MS)
    quote = mark.text_content() or ""
    hand.see(mark)
    hand.go(page.locator("#beleg").get_by_role("link", name="Im Dokument ansehen"))
    expect(page.locator("mark#stelle")).to_have_text(quote)
    expect(page.locator("mark#stelle")).to_be_in_viewport()
    hand.see(page.locator("mark#stelle"))
    page.go_back()
    hand.go(role(page, "button", "Zitat kopieren: Beleg 1"))
    expect(page.get_by_role("status").first).to_have_text("Zitat kopiert.")
    assert quote in page.evaluate("navigator.clipboard.readText()")
    saved = hand.take(role(page, "link", "DOCX"))
    assert quote in "\n".join(p.text for p in Document(str(saved.path())).paragraphs)


def test_a_drafter_orders_compares_takes_over_and_has_it_reviewed(page: Page, way: Way) -> None:
    hand = Hand(page, way, "entwurf")
    title = f"Leihräder {way.name}"
    hand.go(role(page, "link", "Entwürfe"))
    hand.go(role(page, "link", "Neuer Entwurf"))
    hand.write(page.get_by_label("Titel (Betreff der Vorlage)"), title)
    hand.write(page.get_by_label("Beschlussvorschlag"), "Die Verwaltung baut den Betrieb aus.")
    hand.write(page.get_by_label("Stichpunkte"), "Zeitplan: Beginn ist im Juni 2027.")
    hand.see(page.get_by_label("Stichpunkte"))
    hand.go(role(page, "button", "Weiter zu den Quellen"))
    expect(role(page, "heading", "Quellen wählen")).to_be_visible(timeout=SLOW_MS)
    hand.go(page.locator(".kandidat input").first, "Space")
    hand.see(page.locator(".kandidat").first)
    hand.go(role(page, "button", "Entwurf erstellen"))
    expect(page.get_by_role("heading", level=1)).to_have_text(title, timeout=SLOW_MS)
    hand.see(page.locator(".absatz-text").first)
    hand.go(page.get_by_label("Den ganzen Text umarbeiten"))
    hand.go(page.locator("#text > .umarbeiten button[value=stichpunkte]"))
    hand.see(page.locator("ins, del").first)
    hand.go(role(page, "button", "Als neue Fassung übernehmen"))
    expect(page.locator("p.stand")).to_contain_text("Fassung 2 von 2", timeout=SLOW_MS)
    saved = hand.take(role(page, "button", "DOCX herunterladen"))
    assert title in [p.text for p in Document(str(saved.path())).paragraphs]
    page.keyboard.press("Control+Home")
    page.goto(page.url.partition("/entwurf")[0])
    hand.go(role(page, "link", "Prüfung"))
    hand.write(page.get_by_label("Entwurf als Text"), REVIEWED)
    hand.go(page.locator("#textformular").get_by_role("button", name="Prüfen"))
    expect(page.locator("#ergebnis-titel")).to_be_focused(timeout=SLOW_MS)
    finding = page.locator(".befund a[href^='#stelle-']").first
    target = finding.get_attribute("href") or ""
    hand.see(page.locator(".befund").first)
    hand.go(finding)
    expect(page.locator(target)).to_be_in_viewport()
    hand.see(page.locator(target))


def test_an_admin_takes_in_looks_after_and_deletes(page: Page, way: Way, tmp_path: Path) -> None:
    hand = Hand(page, way, "betreuung")
    good, bad = f"Vermerk {way.name}.txt", f"kaputt {way.name}.pdf"
    hand.go(role(page, "link", "Verwaltung"))
    hand.go(role(page, "link", "Aufnahme"))
    expect(page.locator(".nur-mit-skript")).to_be_visible()  # the script is there
    for name, content in ((good, NOTE.format(way.name)), (bad, BROKEN)):
        if way.by_keyboard:
            (tmp_path / name).write_text(content, "utf-8")
            hand.choose(page.get_by_label("Dateien wählen"), [tmp_path / name])
            hand.go(role(page, "button", "Hochladen"))
        else:
            assert page.evaluate(DROP, [name, content])
        job = page.locator("#auftraege li").filter(has_text=name)
        expect(job).to_contain_text("1 neu" if name == good else "abgewiesen", timeout=SLOW_MS)
        expect(job).to_contain_text("fertig", timeout=SLOW_MS)
    hand.see(page.locator("#auftraege li").first)
    hand.go(page.locator("#auftraege li a").first)
    hand.see(page.locator("#abgewiesen"))
    hand.go(role(page, "link", "Zur Quarantäne"))
    entry = page.locator("li.karte").filter(has_text=bad)
    hand.go(entry.locator("summary"))
    hand.see(entry)
    hand.go(entry.get_by_role("button", name="Von der Liste nehmen"))
    expect(page.get_by_role("status").first).to_contain_text("steht nicht mehr auf der Liste")
    _delete(hand, good, way)
    _switch(hand)


def _delete(hand: Hand, name: str, way: Way) -> None:
    page = hand.page
    hand.go(role(page, "link", "Dokumente"))
    hand.write(page.get_by_label("Titel, Nummer oder Datei"), name)
    hand.go(role(page, "button", "Zeigen"))
    expect(page.get_by_role("status").first).to_contain_text("Ein Dokument.")
    hand.see(page.locator("table.dokumente a").first)
    hand.go(page.locator("table.dokumente a").first)
    hand.go(role(page, "link", "Löschen …"))
    hand.write(page.get_by_label("Grund (freiwillig)"), "Frist")
    hand.go(page.get_by_label("Ich habe geprüft, dass es das richtige Dokument ist."), "Space")
    hand.see(role(page, "button", "Endgültig löschen"))
    hand.go(role(page, "button", "Endgültig löschen"))
    hand.see(page.get_by_text("Das Dokument ist gelöscht."))
    saved = hand.take(role(page, "link", "Als Text herunterladen"))
    assert "Grund: Frist" in Path(saved.path()).read_text("utf-8")


def _switch(hand: Hand) -> None:
    page = hand.page
    hand.go(page.locator(".unterwege a[href='/verwaltung/index']"))
    hand.go(page.get_by_label("Auch bauen, wenn sich nichts geändert hat"), "Space")
    hand.go(role(page, "button", "Bauen und vergleichen"))
    switch = role(page, "button", re.compile(r"Auf Generation \d+ umschalten"))
    hand.see(switch)
    hand.go(switch)
    told = page.get_by_text(re.compile(r"Es antwortet jetzt die Generation \d+"))
    hand.see(told.first)
