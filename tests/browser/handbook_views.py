"""The ten views that the handbook shows, in the order in which they are opened on one page.

Everything comes from the real program over the samples; nothing here asks the language model.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

SLOW_MS = 90_000
"""A loaded machine reads a file in its walls in so many milliseconds at worst."""
BROKEN_PDF = b"%PDF-1.7\n1 0 obj\n<<"
DRAFT = """# Begründung

Der Landschaftsausschuss hat am 27.10.2023 die Erprobung eines Wissensassistenten beschlossen \
(Antrag Nr. 15/212).

Die Gesamtkosten der Erprobung betragen nach der Ergänzungsvorlage Nr. 15/1640/1 275.000 €.
"""


@dataclass(frozen=True, slots=True)
class View:
    """A picture of the handbook: its file name, how the view is opened, how much of it is shown."""

    name: str
    opens: Callable[[Page, str], None]
    height: int = 900
    width: int = 1280
    top: str | None = None
    """What stands at the upper edge; the page's own beginning where this is None."""


def answer(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Ihre Frage").fill("Wurde der Antrag 15/211 beschlossen?")
    page.get_by_role("button", name="Frage stellen").click()
    expect(page.get_by_role("heading", name="Kurzantwort")).to_be_visible(timeout=SLOW_MS)
    page.locator("#saetze").get_by_role("link", name="Beleg 1 öffnen").first.click()
    expect(page.locator("#beleg mark")).to_be_visible(timeout=SLOW_MS)


def nothing_found(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Ihre Frage").fill("Was wurde aus dem Antrag 15/999?")
    page.get_by_role("button", name="Frage stellen").click()
    expect(page.get_by_role("heading", name="Nicht belegt")).to_be_visible(timeout=SLOW_MS)


def document(page: Page, address: str) -> None:
    answer(page, address)
    page.locator("#beleg").get_by_role("link", name="Im Dokument ansehen").click()
    expect(page.locator("#stelle").first).to_be_visible(timeout=SLOW_MS)


def search(page: Page, address: str) -> None:
    page.goto(f"{address}/suche")
    page.get_by_label("abgelehnt").first.check()
    expect(page.get_by_role("link", name="Filter entfernen: Ergebnis: abgelehnt")).to_be_visible(
        timeout=SLOW_MS
    )


def sources(page: Page, address: str) -> None:
    page.goto(f"{address}/entwurf/neu")
    page.get_by_label("Titel (Betreff der Vorlage)").fill("Museen: Förderung")
    page.get_by_label("Stichpunkte").fill("Zeitplan: Die Förderung soll im Januar 2026 beginnen.")
    page.get_by_role("button", name="Weiter zu den Quellen").click()
    expect(page.get_by_role("heading", name="Quellen wählen")).to_be_visible(timeout=SLOW_MS)
    page.get_by_role("checkbox").nth(0).check()
    page.get_by_role("checkbox").nth(1).check()


def workbench(page: Page, address: str) -> None:
    page.get_by_role("button", name="Entwurf erstellen").click()
    expect(page.get_by_role("heading", level=1, name="Museen: Förderung")).to_be_visible(
        timeout=SLOW_MS
    )
    page.get_by_role("link", name="Beleg 1 öffnen").first.click()
    expect(page.get_by_role("heading", name="Beleg 1", exact=True)).to_be_visible()


def rewriting(page: Page, address: str) -> None:
    page.get_by_label("Den ganzen Text umarbeiten").click()
    page.locator("#text > .umarbeiten button[value=stichpunkte]").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vorschlag", timeout=SLOW_MS)


def review(page: Page, address: str) -> None:
    page.goto(f"{address}/pruefung")
    page.get_by_label("Entwurf als Text").fill(DRAFT)
    page.locator("#textformular").get_by_role("button", name="Prüfen").click()
    expect(page.get_by_role("heading", name="Ergebnis: eingefügter Text")).to_be_visible(
        timeout=SLOW_MS
    )


def quarantine(page: Page, address: str) -> None:
    page.goto(f"{address}/verwaltung/aufnahme")
    page.get_by_label("Dateien wählen").set_input_files(
        [{"name": "Antrag 15-301.pdf", "mimeType": "application/pdf", "buffer": BROKEN_PDF}]
    )
    page.get_by_role("button", name="Hochladen").click()
    job = page.locator("#auftraege li").first
    expect(job).to_contain_text("Eine Datei wurde nicht gelesen", timeout=SLOW_MS)
    page.goto(f"{address}/verwaltung/quarantaene")
    expect(page.get_by_role("button", name="Erneut einlesen")).to_be_visible()


def generations(page: Page, address: str) -> None:
    page.goto(f"{address}/verwaltung/index")
    expect(page.get_by_role("button", name="Bauen und vergleichen")).to_be_visible()


VIEWS = (
    View("antwort", answer),
    View("nicht-belegt", nothing_found, 800),
    View("dokument", document),
    View("suche", search),
    View("quellen", sources, 980, top="main h1"),
    View("werkbank", workbench, width=1440),
    View("umarbeitung", rewriting),
    View("pruefung", review, top="#ergebnis"),
    View("quarantaene", quarantine, 650),
    View("index", generations, 870),
)
