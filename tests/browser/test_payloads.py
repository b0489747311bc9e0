"""Hostile words in every place where the surface shows words: they stay words, and do nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from assistant.searching.saved import LONGEST_NAME, SavedSearches
from assistant.web.application import make_app
from assistant.web.shield import Shield
from assistant.wiring import Parts
from index.types import Document
from tests.browser.hostile_house import (
    FIRST_NUMBER,
    OPEN_FOR_S,
    PACKS,
    SENTENCE,
    Spoken,
    fill_house,
    joined,
    report,
)
from tests.browser.payload_watch import Watched, guarded
from tests.browser.payloads import PAYLOADS, letters_of
from tests.browser.sight import serving_app
from tests.sample_records import OPEN_QUESTION, FakeGenerator, make_parts

pytestmark = pytest.mark.browser

SLOW_MS = 30_000
REVIEWED = PAYLOADS[::5]
"""Each sentence of a review is held against the whole house."""
SHORT = [payload for payload in PAYLOADS if len(payload.text) <= LONGEST_NAME]


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory, generator: FakeGenerator) -> Iterator[Parts]:
    with make_parts(tmp_path_factory.mktemp("home"), generator) as made:
        yield made


@pytest.fixture(scope="module")
def made(parts: Parts) -> list[Document]:
    return fill_house(parts)


@pytest.fixture(scope="module")
def app(parts: Parts, made: list[Document]) -> Shield:
    shield = make_app(parts, warm_up=False)
    assert isinstance(shield, Shield)
    return shield


@pytest.fixture(scope="module")
def address(app: Shield) -> Iterator[str]:
    with serving_app(app) as place:
        yield place


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[Watched]:
    with guarded(browser, address) as opened:
        yield opened


def test_they_are_many_and_each_is_another() -> None:
    assert len({payload.text for payload in PAYLOADS}) == len(PAYLOADS) >= 150
    assert all(str(payload.number) in payload.text for payload in PAYLOADS)
    assert {p.number for pack in PACKS for p in pack} == {p.number for p in PAYLOADS}


def test_from_the_model_they_stay_words_while_they_stream_and_after(
    watched: Watched, app: Shield, made: list[Document]
) -> None:
    inner = app._app
    spoken = Spoken(made, threading.Event(), threading.Event(), threading.Event())
    run = spoken.start(inner.state.runs)  # type: ignore[attr-defined]
    page = watched.page
    watched.visit(f"/fragen/{run.ident}")
    spoken.listened.set()
    assert spoken.half_said.wait(OPEN_FOR_S)
    half = len(PAYLOADS) // 2
    expect(page.locator("#saetze .satz")).to_have_count(half, timeout=SLOW_MS)
    watched.settle()
    watched.check_shown(PAYLOADS[:half])
    assert run.running
    spoken.go_on.set()
    expect(page.locator("#antwort-fuss")).to_be_visible(timeout=SLOW_MS)
    watched.settle()
    watched.check_shown(PAYLOADS)
    for number in range(1, len(PAYLOADS) + 1, 40):
        page.locator(f"#beleg-{number}").evaluate("link => link.click()")
        words = letters_of(SENTENCE.format(PAYLOADS[number - 1].text)).replace("\ufffd", "")
        expect(page.locator("#beleg mark")).to_be_visible()
        page.wait_for_function(
            "words => [...document.querySelector('#beleg mark').textContent].filter("
            "c => /[^\\s\\p{C}\\p{Z}\\ufffd]/u.test(c)).join('') === words",
            arg=words,
        )
        watched.settle()
    page.locator("#einfach summary").click()
    expect(page.locator("#einfach-vermerk")).to_be_visible(timeout=SLOW_MS)
    watched.settle()
    for path in ("", "?einfach=1", "/saetze/1", "/saetze/200"):
        watched.visit(f"/fragen/{run.ident}{path}")
    page.get_by_label("unvollständig").check()
    page.get_by_label("Anmerkung").fill(joined(PACKS[0]))
    page.get_by_role("button", name="Rückmeldung geben").click()
    expect(page.locator("#rueckmeldung-200")).to_contain_text("Gemerkt")
    watched.settle()


def test_a_question_and_sentences_of_a_checked_model_stay_words(
    watched: Watched, generator: FakeGenerator
) -> None:
    generator.sentence = " ".join(f"{SENTENCE.format(p.text)[:-1]} [1]." for p in PACKS[0])
    for asked in (joined(PACKS[1]), OPEN_QUESTION, "Alle Anträge der CDU", "Antrag 15/203"):
        watched.page.goto(watched.address)
        watched.page.get_by_label("Ihre Frage").fill(asked)
        watched.page.get_by_role("button", name="Frage stellen").click()
        expect(watched.page.locator("#anhalten button")).to_have_count(0, timeout=SLOW_MS)
        watched.settle()
        if asked == joined(PACKS[1]):
            watched.check_shown(PACKS[1])


def test_papers_are_shown_with_their_words(watched: Watched, made: list[Document]) -> None:
    for pack, document in zip(PACKS, made, strict=True):
        watched.visit(f"/dokument/{document.id}?von=300&bis=420")
        watched.check_shown(pack)
        shown = watched.page.locator("#inhalt").text_content() or ""
        assert letters_of(shown).count(letters_of(pack[0].text).replace("\x00", "")) >= 4
    for number in range(FIRST_NUMBER, FIRST_NUMBER + len(PACKS), 5):
        watched.visit(f"/vorgang/Antrag%2015/{number}")
        watched.check_shown(PACKS[number - FIRST_NUMBER])


def test_the_search_shows_them_and_keeps_them_as_names(
    watched: Watched, parts: Parts, made: list[Document]
) -> None:
    saved = SavedSearches(parts.home, parts.mandant)
    for payload in SHORT[::9]:
        saved.keep(f"{payload.text}", "q=Leihr%C3%A4der", ())
    watched.visit("/suche")
    watched.check_shown(PAYLOADS)
    watched.check_shown(SHORT[::9])
    for pack in PACKS[::4]:
        words = joined(pack[:9])[:500]
        watched.visit(f"/suche?q={quote(words)}&fraktion={quote(words)}&jahr={quote(words)}")
    watched.page.get_by_label("Wörter oder Nummer").fill(joined(PACKS[1])[:500])
    watched.page.keyboard.press("Enter")
    expect(watched.page.locator("#ansage")).to_contain_text("Papier", timeout=SLOW_MS)
    watched.settle()
    chosen = made[3].kopfdaten.beratungsfolge[0].gremium
    watched.visit(f"/suche?gremium={quote(chosen)}&fraktion={quote(chosen)}")
    watched.visit("/suche?q=Leihr%C3%A4der")
    watched.page.locator("#merk-name").fill(SHORT[-1].text)
    watched.page.get_by_role("button", name="Merken").click()
    expect(watched.page.get_by_role("status").filter(has_text="Gemerkt als")).to_be_visible()
    watched.settle()
    watched.visit("/suche?jahr=1999&q=" + quote(joined(PACKS[2])[:500]))


def test_drafts_are_shown_with_their_words(watched: Watched) -> None:
    watched.visit("/entwurf")
    watched.check_shown(PAYLOADS)
    paths = ("", "?fassung=1&beleg=1", "/vergleich", "/loeschen")
    for n in range(4):
        for path in paths if n == 0 else paths[:1]:
            watched.visit(f"/entwurf/boese-{n}{path}")
    watched.visit("/entwurf/boese-1/umarbeitung?fassung=2&art=stichpunkte")
    watched.visit("/entwurf/boese-1/umarbeitung?fassung=1&art=kuerzer")
    watched.visit("/entwurf?geloescht=" + quote(joined(PACKS[3])[:64]))
    page = watched.page
    watched.visit("/entwurf/neu?aus=boese-2")
    page.get_by_label("Titel (Betreff der Vorlage)").fill(joined(PACKS[4][:4]))
    page.get_by_label("Beschlussvorschlag").fill(joined(PACKS[5]))
    page.get_by_role("button", name="Weiter zu den Quellen").click()
    expect(page.get_by_role("heading", name="Quellen wählen")).to_be_visible(timeout=SLOW_MS)
    watched.settle()
    watched.check_shown(PACKS[5])
    watched.visit("/entwurf/boese-2")
    page.locator("#mitzeichnung summary").click()
    for field in ("stelle", "name"):
        page.locator(f"#mitzeichnung [name={field}]").first.fill(joined(PACKS[4])[:200])
    page.locator("#mitzeichnung button[type=submit]").first.click()
    watched.settle()


def test_a_reviewed_text_stays_text(watched: Watched) -> None:
    watched.visit("/pruefung")
    text = "Begründung\n\n" + "\n\n".join(payload.text for payload in REVIEWED)
    watched.page.get_by_label("Entwurf als Text").fill(text.replace("\x00", ""))
    watched.page.locator("#textformular").get_by_role("button", name="Prüfen").click()
    expect(watched.page.locator("#ergebnis h2").first).to_be_focused(timeout=SLOW_MS)
    watched.settle()
    watched.check_shown(REVIEWED)
    assert watched.page.locator("#ergebnis .befund").count() > 0


def test_files_are_named_in_jobs_and_quarantine(watched: Watched) -> None:
    watched.visit("/verwaltung/aufnahme")
    names = [payload.text.replace("/", "\u2215") for payload in PAYLOADS]
    watched.page.evaluate(
        """async names => {
          const body = new FormData();
          for (const name of names) body.append("files", new File([`%PDF-1.7 ${name}`], name));
          await fetch("/api/documents", { method: "POST", body });
        }""",
        names,
    )
    watched.visit("/verwaltung/aufnahme")
    job = watched.page.locator("#auftraege li a").first.get_attribute("href") or ""
    watched.visit(job)
    page = watched.page
    expect(page.locator("#abgewiesen")).to_be_visible(timeout=SLOW_MS)
    for path in (job, "/verwaltung/quarantaene", "/verwaltung", "/verwaltung/aufnahme"):
        watched.visit(path)
        if path.endswith("/quarantaene"):  # a browser writes quotes and breaks in its own way
            watched.check_shown(p for p in PAYLOADS if not set('"/\\\r\n\x00') & set(p.text))


def test_the_verwaltung_shows_papers_reports_and_certificates(
    watched: Watched, parts: Parts, made: list[Document]
) -> None:
    page = watched.page
    watched.visit("/verwaltung/dokumente?q=")
    watched.check_shown(PAYLOADS)
    for pack in PACKS[::4]:
        words = quote(joined(pack)[:200])
        watched.visit(f"/verwaltung/dokumente?q={words}")
    for pack, document in list(zip(PACKS, made, strict=True))[::5]:
        watched.visit(f"/verwaltung/dokumente/{document.id}")
        watched.check_shown(pack)
        watched.visit(f"/verwaltung/dokumente/{document.id}/loeschen")
    watched.visit("/verwaltung/qualitaet")
    file = {"name": "lauf.json", "mimeType": "application/json", "buffer": report().encode()}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.locator("form:has(input[type=file]) button").click()
    expect(page.get_by_role("status").first).to_be_visible()
    watched.settle()
    watched.check_shown(PAYLOADS[::2])
    gone = made[-1]
    watched.visit(f"/verwaltung/dokumente/{gone.id}/loeschen")
    page.get_by_label("Grund (freiwillig)").fill(joined(PACKS[5])[:500])
    page.get_by_label("Ich habe geprüft, dass es das richtige Dokument ist.").check()
    page.get_by_role("button", name="Endgültig löschen").click()
    expect(page.get_by_role("status").first).to_contain_text("gelöscht")
    watched.settle()
    watched.check_shown(PACKS[5][:5])
    for path in ("loeschungen", "zustand", "index"):
        watched.visit(f"/verwaltung/{path}")


def test_what_is_not_there_is_told_without_their_help(watched: Watched) -> None:
    for n, pack in enumerate(PACKS):
        words = quote(joined(pack), safe="")
        before = ("/", "/dokument/", "/entwurf/", "/vorgang/", "/fragen/", "/api/")[n % 6]
        watched.visit(before + words)
        if n % 4 == 0:
            watched.visit(f"/dokument/x?von={words}&{words}={words}&bis={words}")
