"""The Verwaltung in a real browser: files in by keyboard and by drop, out with a certificate."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from assistant.audit import AuditEntry, Ausgang
from assistant.feedback import FeedbackBook, Grund, Stelle, feedback_on
from assistant.upkeep.kept_runs import keep_run
from assistant.wiring import Parts
from index.types import QuarantineEntry
from tests.browser.sight import violations
from tests.sample_records import GOOD_SENTENCE, FakeGenerator, anfrage, antrag, make_parts
from tests.unit.assistant.test_answer_export import ANSWER, QUESTION

pytestmark = pytest.mark.browser

QUALITY = ("qualitaet", "qualitaet/rueckmeldungen")
NOTE = "Vermerk\nöffentlich\n\nDie Radwege am Museum {} sind schmal und werden verbreitert.\n"
BROKEN = "%PDF-1.7\n1 0 obj\n<<"
DROP = """([name, content]) => {
    const dropped = new DataTransfer();
    dropped.items.add(new File([content], name));
    const area = document.getElementById("ablage");
    const where = { dataTransfer: dropped, bubbles: true, cancelable: true };
    area.dispatchEvent(new DragEvent("dragenter", where));
    const marked = area.classList.contains("ueber");
    area.dispatchEvent(new DragEvent("drop", where));
    return marked && !area.classList.contains("ueber");
}"""

FIELD_LOOKS = """main => [...main.querySelectorAll(
    "input:not([type=hidden], [type=checkbox], [type=radio], [type=file]), textarea, select"
)].map(field => {
    const look = getComputedStyle(field.closest(".kern-form-input__select-wrapper") ?? field);
    return ["backgroundColor", "color", "borderTop", "borderBottom", "borderRadius"]
        .map(name => look[name]).join("; ");
})"""


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    with make_parts(tmp_path_factory.mktemp("home"), FakeGenerator(GOOD_SENTENCE)) as made:
        for ms, outcome in ((900, Ausgang.BEANTWORTET), (4000, Ausgang.NICHT_BELEGT)):
            made.audit.append(
                AuditEntry("frage", "betreiber", "lvs", kind="offen", outcome=outcome, ms=ms)
            )
        for day, right in (("01", 30), ("08", 36)):
            figures = {"Ganz richtig": {"count": right, "of": 40}}
            run = {
                "form": 1,
                "at": f"2026-03-{day}T10:00:00+00:00",
                "stand": {"Version": "1", "Mandant": "lvs"},
                "sets": {"probe": {"figures": figures}},
            }
            keep_run(made.home, "lvs", json.dumps(run))
        for grund, comment in ((Grund.STIMMT, ""), (Grund.VERALTET, "Seit März gilt der Bericht.")):
            said = feedback_on(ANSWER, 1, "lvs", grund, comment, QUESTION)
            stelle = Stelle(antrag().id, antrag().source, 0, 20)
            FeedbackBook(made.home).add(replace(said, stellen=(stelle,)))
        at = "2026-03-01T10:00:00+00:00"
        told = "Die Datei ist mit einem Kennwort geschützt."
        made.store.quarantine(QuarantineEntry("akten/zu.pdf", "lvs", "encrypted", told, at))
        yield made


def tab_to(page: Page, wanted: Locator, most: int = 60) -> None:
    """Presses Tab until the wanted element has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    expect(wanted).to_be_focused()


def go_by_keyboard(page: Page, wanted: Locator, key: str = "Enter") -> None:
    tab_to(page, wanted)
    page.keyboard.press(key)


def open_page(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}{path}")


def test_files_come_in_by_keyboard_and_the_job_is_followed_to_its_end(
    page: Page, address: str, tmp_path: Path
) -> None:
    file = tmp_path / "Vermerk Nord.txt"
    file.write_text(NOTE.format("Nord"), "utf-8")
    open_page(page, address, "/verwaltung/aufnahme")
    field = page.get_by_label("Dateien wählen")
    tab_to(page, field)
    go_by_keyboard(page, page.get_by_role("button", name="Hochladen"))
    expect(page.get_by_text("Bitte wählen Sie zuerst wenigstens eine Datei.").last).to_be_visible()
    field.set_input_files(file)
    field.focus()
    go_by_keyboard(page, page.get_by_role("button", name="Hochladen"))
    sent = page.locator(".sendung").first
    expect(sent).to_contain_text("1 Datei: Vermerk Nord.txt")
    expect(sent).to_contain_text("Angenommen.")
    job = page.locator("#auftraege li").first
    expect(job).to_contain_text("Vermerk Nord.txt")
    expect(job).to_contain_text("fertig", timeout=60_000)  # the list follows it by itself
    expect(job).to_contain_text("1 neu, 0 ersetzt, 0 unverändert, 0 abgewiesen")
    expect(page.locator("#auftraege")).to_contain_text("Zurzeit läuft kein Auftrag.")
    go_by_keyboard(page, sent.get_by_role("link", name="Auftrag ansehen"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Auftrag vom")
    expect(page.get_by_role("status").first).to_contain_text("Alle Dateien sind durchgesehen.")


def test_a_dropped_file_that_is_broken_is_in_quarantine_with_what_to_do(
    page: Page, address: str
) -> None:
    open_page(page, address, "/verwaltung/aufnahme")
    assert page.evaluate(DROP, ["kaputt <b>.pdf", BROKEN])
    job = page.locator("#auftraege li").first
    expect(job).to_contain_text("kaputt <b>.pdf")
    expect(job).to_contain_text("Eine Datei wurde nicht gelesen", timeout=60_000)
    open_page(page, address, "/verwaltung/quarantaene")
    entry = page.locator("li.karte").filter(has_text="kaputt <b>.pdf")
    expect(entry).to_contain_text("Die Datei ist beschädigt und lässt sich nicht lesen.")
    other = page.locator("li.karte").filter(has_text="zu.pdf")
    expect(other).to_contain_text("liegt nicht mehr dort")
    expect(other.get_by_role("button", name="Erneut einlesen")).to_have_count(0)
    go_by_keyboard(page, entry.get_by_role("button", name="Erneut einlesen"))
    status = page.get_by_role("status").first
    expect(status).to_contain_text("Alle Dateien sind durchgesehen.", timeout=60_000)
    page.get_by_role("link", name="Zur Quarantäne").click()
    entry = page.locator("li.karte").filter(has_text="kaputt <b>.pdf")
    go_by_keyboard(page, entry.locator("summary"))
    go_by_keyboard(page, entry.get_by_role("button", name="Von der Liste nehmen"))
    expect(page.get_by_role("status")).to_contain_text("steht nicht mehr auf der Liste")
    expect(entry).to_have_count(0)


def test_an_upload_is_cancelled_and_the_focus_is_not_lost(page: Page, address: str) -> None:
    held: list[Route] = []
    page.route("**/api/documents", lambda route: held.append(route))
    open_page(page, address, "/verwaltung/aufnahme")
    page.evaluate(DROP, ["lang.txt", "x" * 1000])
    cancel = page.get_by_role("button", name="Hochladen abbrechen: 1 Datei: lang.txt")
    cancel.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".sendung")).to_contain_text("Abgebrochen. Es wurde nichts angenommen.")
    expect(page.get_by_label("Dateien wählen")).to_be_focused()
    for route in held:
        route.abort()


def test_a_server_that_is_full_is_said_in_its_sentence(page: Page, address: str) -> None:
    told = json.dumps({"detail": "Die Dateien lassen sich nicht ablegen."})
    page.route("**/api/documents", lambda route: route.fulfill(status=503, body=told))
    open_page(page, address, "/verwaltung/aufnahme")
    page.evaluate(DROP, ["a.txt", "x"])
    expect(page.locator(".sendung")).to_contain_text("Die Dateien lassen sich nicht ablegen.")


def test_without_script_the_form_leads_to_the_job(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    file = tmp_path / "Vermerk Süd.txt"
    file.write_text(NOTE.format("Süd"), "utf-8")
    context = browser.new_context(java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    open_page(page, address, "/verwaltung/aufnahme")
    expect(page.get_by_text("hierher ziehen")).to_be_hidden()
    page.get_by_label("Dateien wählen").set_input_files(file)
    page.get_by_role("button", name="Hochladen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Auftrag vom")
    expect(page.locator("#auftrag")).to_contain_text("Vermerk Süd.txt")
    context.close()


def test_a_document_is_deleted_by_keyboard_and_its_certificate_taken_along(
    page: Page, address: str
) -> None:
    open_page(page, address, "/verwaltung/dokumente")
    field = page.get_by_label("Titel, Nummer oder Datei")
    tab_to(page, field)
    page.keyboard.type("Stand der Leihräder")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Ein Dokument.")
    go_by_keyboard(page, page.get_by_role("link", name="Stand der Leihräder"))
    go_by_keyboard(page, page.get_by_role("link", name="Löschen …"))
    expect(page.get_by_role("heading", name="Dokument löschen?")).to_be_visible()
    expect(page.locator("main")).to_contain_text(anfrage().source)
    reason = page.get_by_label("Grund (freiwillig)")
    tab_to(page, reason)
    page.keyboard.type("Aufbewahrungsfrist")
    check = page.get_by_label("Ich habe geprüft, dass es das richtige Dokument ist.")
    tab_to(page, check)
    page.keyboard.press("Space")
    go_by_keyboard(page, page.get_by_role("button", name="Endgültig löschen"))
    expect(page.get_by_role("status")).to_contain_text("Das Dokument ist gelöscht.")
    expect(page.locator("main")).to_contain_text("Aufbewahrungsfrist")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Als Text herunterladen").click()
    saved = Path(waiting.value.path()).read_text("utf-8")
    assert "Grund: Aufbewahrungsfrist" in saved and "Leihräder" not in saved
    page.get_by_role("link", name="Alle Nachweise").click()
    expect(page.get_by_role("row")).to_have_count(2)


def test_a_document_is_hidden_and_shown_again(page: Page, address: str) -> None:
    open_page(page, address, "/verwaltung/dokumente?q=Grundst%C3%BCcks")
    page.get_by_role("link", name="Ankauf eines Grundstücks").click()
    page.get_by_text("Verbergen …").click()
    page.get_by_label("Grund").fill("falsche Fassung")
    page.get_by_role("button", name="Verbergen").click()
    expect(page.get_by_role("status")).to_contain_text("Das Dokument ist jetzt verborgen.")
    page.get_by_role("button", name="Wieder zeigen").click()
    expect(page.get_by_role("status")).to_contain_text("wieder sichtbar")
    page.reload()
    expect(page.get_by_role("status")).to_have_count(0)  # told once


def test_a_generation_is_built_switched_to_and_cleared(page: Page, address: str) -> None:
    open_page(page, address, "/verwaltung/index")
    go_by_keyboard(page, page.get_by_label("Auch bauen, wenn sich nichts geändert hat"), "Space")
    go_by_keyboard(page, page.get_by_role("button", name="Bauen und vergleichen"))
    work = page.locator("#generationen")
    expect(work).to_contain_text("Generation 2 ist gebaut.", timeout=60_000)
    expect(work).to_contain_text("Bisherige: Dokument unter den ersten fünf")
    assert violations(page) == []
    page.get_by_role("button", name="Auf Generation 2 umschalten").click()
    expect(work).to_contain_text("Es antwortet jetzt die Generation 2.", timeout=60_000)
    page.get_by_text("Aufräumen …").click()
    page.get_by_role("button", name="Aufräumen").click()
    expect(work).to_contain_text("Eine Generation wurde entfernt.", timeout=60_000)


def test_feedback_is_read_to_its_paper_and_deleted_by_keyboard(page: Page, address: str) -> None:
    open_page(page, address, "/verwaltung/qualitaet")
    go_by_keyboard(page, page.get_by_role("link", name="Rückmeldungen lesen"))
    entry = page.locator("li.rueckmeldung").filter(has_text="Seit März gilt der Bericht.")
    expect(entry.get_by_role("link")).to_have_text(antrag().title)
    go_by_keyboard(page, entry.locator("summary"))
    go_by_keyboard(page, entry.get_by_role("button", name="Endgültig löschen"))
    expect(page.get_by_role("status").first).to_contain_text("Die Rückmeldung ist gelöscht.")
    expect(page.locator("li.rueckmeldung")).to_have_count(1)


def test_fields_look_the_same_in_every_room(page: Page, address: str) -> None:
    looks: dict[str, list[str]] = {}
    for path in ("/", "/suche", "/entwurf/neu", "/pruefung", "/verwaltung/dokumente"):
        open_page(page, address, path)
        for look in page.locator("main").evaluate(FIELD_LOOKS):
            looks.setdefault(look, []).append(path)
    assert len(looks) == 1, looks
    assert len(set(looks.popitem()[1])) == 5


def test_printed_is_the_page_without_the_ways(page: Page, address: str) -> None:
    open_page(page, address, "/verwaltung/zustand")
    page.emulate_media(media="print")
    expect(page.locator(".unterwege")).to_be_hidden()
    expect(page.get_by_role("heading", name="Wie frisch die Quellen sind")).to_be_visible()
