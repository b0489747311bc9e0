"""Every view of the surface in every state that it has, and how a browser gets there.

Views are found by selectors, not by words: each is opened in both languages.
"""

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


def _empty_question(page: Page, _: House) -> None:
    page.locator("#frage").evaluate("field => field.removeAttribute('required')")
    page.locator(".frageform button[type=submit]").click()


def _question(page: Page, _: House) -> None:
    page.locator("#frage").fill("Wie viel kostet der Betrieb?")
    page.locator(".frageform button[type=submit]").click()


def _new_search(page: Page, _: House) -> None:
    page.locator("#merk-name").fill(f"Räder {time.monotonic_ns()}")
    page.locator("form.merken button").click()


def _order(page: Page, _: House) -> None:
    page.locator("#titel").fill("Leihräder der Museen")
    page.locator("form.auftrag button[type=submit]").click()


def _no_source(page: Page, house: House) -> None:
    _order(page, house)
    page.locator("#quellenwahl .kern-btn--primary").click()


def _drafting(page: Page, house: House) -> None:
    """The request is held for good: the page is left before it is answered."""
    page.route("**/entwurf/neu/erstellen", _never)
    _order(page, house)
    page.locator(".kandidat input").first.check()
    page.locator("#quellenwahl .kern-btn--primary").click()


def _never(route: Route) -> None:
    """Neither answers nor refuses."""


def _pasted(text: str) -> Act:
    def act(page: Page, _: House) -> None:
        page.locator("#text").fill(text)
        page.locator("#textformular .kern-btn--primary").click()

    return act


def _reviewing(page: Page, house: House) -> None:
    page.route("**/pruefung/text", _never)
    _pasted("Der Antrag 15/12 wurde abgelehnt.")(page, house)


def _broken_file(page: Page, _: House) -> None:
    broken = {"name": "kaputt.docx", "mimeType": "application/zip", "buffer": b"PK\x03\x04"}
    page.locator("#datei").set_input_files(broken)  # type: ignore[arg-type]
    page.locator("#dateiformular .kern-btn--primary").click()


def _reviewed_version(page: Page, _: House) -> None:
    page.locator("#pruefung a.kern-btn").click()
    expect(page.locator("#pruefung-titel")).to_be_focused(timeout=SLOW_MS)


def _version_in_review(page: Page, _: House) -> None:
    page.route("**/befunde*", _never)
    page.locator("#pruefung a.kern-btn").click()


def _unsigned(page: Page, _: House) -> None:
    page.locator("#mitzeichnung summary").first.click()
    page.locator("#mitzeichnung form [required]").evaluate_all(
        "fields => fields.forEach(field => field.removeAttribute('required'))"
    )
    page.locator("#mitzeichnung form button[type=submit]").first.click()


def _picked(number: int) -> Act:
    def act(page: Page, _: House) -> None:
        page.locator("[name=satz]").nth(number - 1).check()
        page.locator(".uebung .kern-btn--primary").click()

    return act


def _solved(page: Page, _: House) -> None:
    page.locator("[name=loesung]").click()


def _nothing_sent(page: Page, _: House) -> None:
    page.locator("#hochladen button").click()


def _sending(page: Page, _: House) -> None:
    page.route("**/api/documents", _never)
    _choose_file(page)


def _refused(page: Page, _: House) -> None:
    told = '{"detail": "Die Dateien lassen sich nicht ablegen."}'
    page.route("**/api/documents", lambda route: route.fulfill(status=503, body=told))
    _choose_file(page)


def _choose_file(page: Page) -> None:
    file = {"name": "Vermerk.txt", "mimeType": "text/plain", "buffer": b"Vermerk"}
    page.locator("#dateien").set_input_files(file)  # type: ignore[arg-type]
    page.locator("#hochladen button").click()


def _refreshed_jobs(page: Page, _: House) -> None:
    with page.expect_response("**/aufnahme/auftraege"):
        pass


def _refreshed_job(page: Page, _: House) -> None:
    with page.expect_response("**/stand"):
        pass


def _building(page: Page, house: House) -> None:
    """Holds the build until the house is closed; a second visit finds it at work."""
    house.embedder.gate.clear()
    if page.locator("#generationen form[action$=abbrechen]").count() == 0:
        page.locator("[name=neu]").check()
        page.locator("form[action$=bauen] button").click()
    with page.expect_response("**/index/stand"):
        pass


def _unfolded(page: Page, _: House) -> None:
    page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")


def _in_plain_words(page: Page, _: House) -> None:
    page.locator("#einfach summary").click()


def _on_a_narrow_screen(page: Page, _: House) -> None:
    page.set_viewport_size({"width": 320, "height": 256})
    page.locator(".belegnummer").first.click()


BELEG = "/dokument/{document_id}/beleg"
VIEWS = (
    # ------------------------------------------------------------------------ Fragen
    View("/", "erster-besuch", "/", ".kern-alert--warning", house="leer"),
    View("/", "gespraeche", "/", ".gespraeche", _unfolded),
    View("POST /fragen", "leer", "/", "[role=alert]", _empty_question),
    View("POST /fragen", "ausgelastet", "/", "[role=alert]", _question, house="leer"),
    View("/fragen/{ident}", "sucht", "/fragen/{sucht}", "#anhalten button"),
    View(
        "/fragen/{ident}",
        "stroemt",
        "/fragen/{stroemt}",
        "#saetze .satz",
        parts=("/fragen/{ident}/strom",),
    ),
    View("/fragen/{ident}", "antwort", "/fragen/{antwort}", "#antwort-fuss"),
    View("/fragen/{ident}", "modell", "/fragen/{modell}", "#antwort-fuss"),
    View("/fragen/{ident}", "bezogen", "/fragen/{bezogen}", "#bezogen-auf"),
    View("/fragen/{ident}", "liste", "/fragen/{liste}", "#tabelle-titel"),
    View("/fragen/{ident}", "lang", "/fragen/{lange-antwort}", "#satz-40", _unfolded),
    View("/fragen/{ident}", "schweigt", "/fragen/{schweigt}", ".schweigen"),
    View("/fragen/{ident}", "rueckfrage", "/fragen/{rueckfrage}", ".schweigen"),
    View("/fragen/{ident}", "angehalten", "/fragen/{angehalten}", "#antwort > .nochmal"),
    View("/fragen/{ident}", "fehler", "/fragen/{fehler}", "[role=alert]"),
    View("/fragen/{ident}", "stoerung", "/fragen/{stoerung}", "[role=alert]"),
    View("/fragen/{ident}", "vergessen", "/fragen/{vergessen}", "#antwort > .nochmal"),
    View("/fragen/{ident}", "unbekannt", "/fragen/gibt-es-nicht", "h1"),
    View(
        "/fragen/{ident}",
        "beleg-daneben",
        "/fragen/{antwort}",
        "#beleg mark",
        click(".belegnummer"),
        (BELEG,),
    ),
    View(
        "/fragen/{ident}",
        "beleg-darueber",
        "/fragen/{antwort}",
        "#beleg:modal mark",
        _on_a_narrow_screen,
        (BELEG,),
    ),
    View(
        "/fragen/{ident}",
        "einfach",
        "/fragen/{antwort}",
        "#einfach-vermerk",
        _in_plain_words,
        ("/fragen/{ident}/einfach",),
    ),
    View(
        "/fragen/{ident}",
        "rueckmeldung",
        "/fragen/{antwort}",
        ".rueckmeldung-form",
        click("a.daumen"),
        ("/fragen/{ident}/saetze/{number}",),
    ),
    View(
        "/fragen/{ident}/saetze/{number}",
        "seite",
        "/fragen/{antwort}/saetze/1",
        ".rueckmeldung-form",
    ),
    # ---------------------------------------------------------- Suche, Vorgang, Dokument
    View("/suche", "leer", "/suche", ".leer", house="leer"),
    View("/suche", "lang", "/suche", ".blaettern", _unfolded),
    View("/suche", "treffer", "/suche?q=Leihr%C3%A4der&fraktion=FDP&jahr=2023", ".papier mark"),
    View("/suche", "nichts", "/suche?q=Zeppelin&jahr=1999", ".nichts"),
    View(
        "POST /suche/gemerkt", "gemerkt", "/suche?q=Museen", ".kern-alert[role=status]", _new_search
    ),
    View("/vorgang/{number:path}", "vorgang", "/vorgang/Antrag%2015/12", ".verlauf", _unfolded),
    View("/vorgang/{number:path}", "wahl", "/vorgang/15/12", ".wahl"),
    View("/vorgang/{number:path}", "unbekannt", "/vorgang/15/22", "h1"),
    View("/vorgang/{number:path}", "vorgeschlagen", "/vorgang/15/21", "h1"),
    View(
        "/dokument/{document_id}",
        "bild",
        "/dokument/{pdf}",
        ".blatt-bild img",
        parts=("/dokument/{document_id}/seite/{seite}.png",),
    ),
    View("/dokument/{document_id}", "text", "/dokument/{text}", ".blatt-text"),
    View("/dokument/{document_id}", "geschlossen", "/dokument/{geschlossen}", ".blatt-text"),
    View("/dokument/{document_id}", "lang", "/dokument/{lang}", ".blaettern select"),
    View(
        "/dokument/{document_id}", "original-weg", "/dokument/{weg}", ".blatt-bild:not(:has(img))"
    ),
    View("/dokument/{document_id}", "unsicher", "/dokument/{unsicher}", ".dokument-hinweis"),
    View("/dokument/{document_id}", "unbekannt", "/dokument/gibt-es-nicht", "[role=alert]"),
    View("/dokument/{document_id}", "falsche-angabe", "/dokument/{text}?von=x", "[role=alert]"),
    # ----------------------------------------------------------------- Entwurf, Prüfung
    View("/entwurf", "leer", "/entwurf", "h1", house="leer"),
    View("/entwurf", "liste", "/entwurf?geloescht=raeder", "table"),
    View("/entwurf/neu", "neu", "/entwurf/neu", "form.auftrag", _unfolded),
    View("/entwurf/neu", "ergaenzen", "/entwurf/neu?aus=raeder", "main .kern-alert--info"),
    View(
        "POST /entwurf/neu/quellen",
        "fehler",
        "/entwurf/neu",
        "#fehlerliste",
        click("form.auftrag button"),
    ),
    View("POST /entwurf/neu/quellen", "quellen", "/entwurf/neu", ".kandidat", _order),
    View(
        "POST /entwurf/neu/quellen",
        "ausgelastet",
        "/entwurf/neu",
        "[role=alert]",
        _order,
        house="leer",
    ),
    View("POST /entwurf/neu/erstellen", "ohne-quelle", "/entwurf/neu", "#fehlerliste", _no_source),
    View("POST /entwurf/neu/erstellen", "laeuft", "/entwurf/neu", "#fortschritt", _drafting),
    View("/entwurf/{name}", "fassung", "/entwurf/raeder", ".werkbank", _unfolded),
    View(
        "/entwurf/{name}",
        "beleg",
        "/entwurf/raeder",
        "#beleg blockquote",
        click(".nummern a"),
        ("/entwurf/{name}/beleg/{beleg}",),
    ),
    View(
        "/entwurf/{name}",
        "geprueft",
        "/entwurf/raeder",
        "#pruefung-titel",
        _reviewed_version,
        ("/entwurf/{name}/befunde",),
    ),
    View(
        "/entwurf/{name}",
        "wird-geprueft",
        "/entwurf/raeder",
        "#pruefung-laeuft",
        _version_in_review,
    ),
    View("/entwurf/{name}", "alt", "/entwurf/raeder?fassung=1&beleg=1", ".kern-alert--warning"),
    View("/entwurf/{name}", "geschlossen", "/entwurf/kauf", ".werkbank"),
    View("/entwurf/{name}", "lang", "/entwurf/lang", ".werkbank", _unfolded),
    View("/entwurf/{name}", "unbekannt", "/entwurf/gibt-es-nicht", "[role=alert]"),
    View("/entwurf/{name}/vergleich", "vergleich", "/entwurf/raeder/vergleich", ".aenderungen"),
    View("/entwurf/{name}/loeschen", "nachfrage", "/entwurf/raeder/loeschen", "main form"),
    View(
        "/entwurf/{name}/umarbeitung",
        "vorschlag",
        "/entwurf/raeder/umarbeitung?fassung=2&art=stichpunkte",
        ".uebernehmen",
    ),
    View(
        "/entwurf/{name}/umarbeitung",
        "konflikt",
        "/entwurf/raeder/umarbeitung?fassung=1&art=kuerzer",
        "h1",
    ),
    View("POST /entwurf/{name}/mitzeichnung", "fehler", "/entwurf/kauf", "#fehlerliste", _unsigned),
    View("/pruefung", "leer", "/pruefung", "#textformular"),
    View("/pruefung", "laeuft", "/pruefung", "#pruefung-laeuft", _reviewing),
    View(
        "POST /pruefung/text",
        "befunde",
        "/pruefung",
        ".befund",
        _pasted("# Begründung\n\nDie Anfrage 15/211 fragt [bitte ergänzen] nach dem Stand.\n" * 6),
    ),
    View("POST /pruefung/text", "fehler", "/pruefung", "#ergebnis [role=alert]", _pasted("   ")),
    View(
        "POST /pruefung/text",
        "ausgelastet",
        "/pruefung",
        "#ergebnis [role=alert]",
        _pasted("Vermerk."),
        house="leer",
    ),
    View("POST /pruefung/datei", "fehler", "/pruefung", "#ergebnis [role=alert]", _broken_file),
    # -------------------------------------------------------------------- Verwaltung
    View("/verwaltung", "leer", "/verwaltung", ".kacheln", house="leer"),
    View("/verwaltung", "uebersicht", "/verwaltung", ".aufgabe"),
    View("/verwaltung/aufnahme", "leer", "/verwaltung/aufnahme", "#hochladen", house="leer"),
    View(
        "/verwaltung/aufnahme",
        "lang",
        "/verwaltung/aufnahme",
        "#auftraege progress",
        _refreshed_jobs,
        ("/verwaltung/aufnahme/auftraege",),
    ),
    View(
        "/verwaltung/aufnahme",
        "nichts-gewaehlt",
        "/verwaltung/aufnahme",
        ".fehlertext",
        _nothing_sent,
    ),
    View(
        "/verwaltung/aufnahme", "laedt-hoch", "/verwaltung/aufnahme", ".sendung progress", _sending
    ),
    View(
        "/verwaltung/aufnahme", "abgelehnt", "/verwaltung/aufnahme", ".sendung.fehlertext", _refused
    ),
    View(
        "/verwaltung/auftraege/{job_id}",
        "laeuft",
        "/verwaltung/auftraege/{auftrag-laeuft}",
        "progress",
        _refreshed_job,
        ("/verwaltung/auftraege/{job_id}/stand",),
    ),
    View(
        "/verwaltung/auftraege/{job_id}",
        "wartend",
        "/verwaltung/auftraege/{auftrag-wartend}",
        "#auftrag",
    ),
    View(
        "/verwaltung/auftraege/{job_id}",
        "fertig",
        "/verwaltung/auftraege/{auftrag-fertig}",
        "#abgewiesen",
    ),
    View(
        "/verwaltung/auftraege/{job_id}",
        "fehlgeschlagen",
        "/verwaltung/auftraege/{auftrag-fehlgeschlagen}",
        ".kern-alert--danger",
    ),
    View("/verwaltung/quarantaene", "leer", "/verwaltung/quarantaene", "h1", house="leer"),
    View("/verwaltung/quarantaene", "lang", "/verwaltung/quarantaene", "li.karte", _unfolded),
    View("/verwaltung/dokumente", "leer", "/verwaltung/dokumente", "[role=status]", house="leer"),
    View("/verwaltung/dokumente", "lang", "/verwaltung/dokumente", "table.dokumente"),
    View("/verwaltung/dokumente", "nichts", "/verwaltung/dokumente?q=Zeppelin", "[role=status]"),
    View(
        "/verwaltung/dokumente",
        "falsche-angabe",
        "/verwaltung/dokumente?seite=0",
        "[role=alert]",
    ),
    View(
        "/verwaltung/dokumente/{document_id}",
        "dokument",
        "/verwaltung/dokumente/{text}",
        "dl",
        _unfolded,
    ),
    View(
        "/verwaltung/dokumente/{document_id}",
        "verborgen",
        "/verwaltung/dokumente/{verborgen}",
        ".kern-alert--warning",
    ),
    View(
        "/verwaltung/dokumente/{document_id}",
        "schlecht-gelesen",
        "/verwaltung/dokumente/{unsicher-blatt}",
        "#seiten",
    ),
    View(
        "/verwaltung/dokumente/{document_id}/loeschen",
        "nachfrage",
        "/verwaltung/dokumente/{text}/loeschen",
        "main form",
    ),
    View("/verwaltung/loeschungen", "leer", "/verwaltung/loeschungen", "h1", house="leer"),
    View("/verwaltung/loeschungen", "liste", "/verwaltung/loeschungen", "table"),
    View(
        "/verwaltung/loeschungen/{deletion_id}",
        "nachweis",
        "/verwaltung/loeschungen/{nachweis}",
        "dl",
    ),
    View("/verwaltung/index", "ruhe", "/verwaltung/index", "#generationen", _unfolded),
    View("/verwaltung/index", "stoerung", "/verwaltung/index", "[role=alert]", house="leer"),
    View(
        "/verwaltung/index",
        "baut",
        "/verwaltung/index",
        "#generationen progress",
        _building,
        ("/verwaltung/index/stand",),
    ),
    View("/verwaltung/qualitaet", "leer", "/verwaltung/qualitaet", "h1", house="leer"),
    View("/verwaltung/qualitaet", "diagramme", "/verwaltung/qualitaet", "figure svg", _unfolded),
    View(
        "/verwaltung/qualitaet/rueckmeldungen",
        "leer",
        "/verwaltung/qualitaet/rueckmeldungen",
        "h1",
        house="leer",
    ),
    View(
        "/verwaltung/qualitaet/rueckmeldungen",
        "lang",
        "/verwaltung/qualitaet/rueckmeldungen",
        "li.rueckmeldung",
        _unfolded,
    ),
    View("/verwaltung/zustand", "leer", "/verwaltung/zustand", "h1", house="leer"),
    View("/verwaltung/zustand", "diagramme", "/verwaltung/zustand", "figure svg", _unfolded),
    # ------------------------------------------------------------ Lernen, Erklärungen
    View("/lernen", "uebersicht", "/lernen", ".lernkarten"),
    View("/lernen/rundgang", "rundgang", "/lernen/rundgang", ".schritte"),
    View("/lernen/uebungen", "uebungen", "/lernen/uebungen", ".uebungen"),
    View("/lernen/uebungen/{number}", "offen", "/lernen/uebungen/1", ".satzwahl"),
    View("/lernen/uebungen/{number}", "unbekannt", "/lernen/uebungen/99", "[role=alert]"),
    View(
        "POST /lernen/uebungen/{number}", "daneben", "/lernen/uebungen/1", ".kern-alert", _picked(1)
    ),
    View("POST /lernen/uebungen/{number}", "geloest", "/lernen/uebungen/2", ".falsch", _solved),
    View("/lernen/grenzen", "grenzen", "/lernen/grenzen", ".grenze"),
    View("/lernen/modelle", "modelle", "/lernen/modelle", "h1"),
    View("/lernen/daten", "daten", "/lernen/daten", ".tafeln"),
    View("/lernen/daten", "leer", "/lernen/daten", "h1", house="leer"),
    View("/barrierefreiheit", "erklaerung", "/barrierefreiheit", ".erklaerung"),
    View("/datenschutz", "hinweis", "/datenschutz", ".erklaerung"),
)

NO_VIEWS = frozenset(
    {
        "/dokument/{document_id}/original",
        "/entwurf/{name}/ausgabe",
        "/favicon.ico",
        "/fragen/{ident}/antwort.docx",
        "/fragen/{ident}/antwort.pdf",
        "/fragen/{ident}/tabelle.csv",
        "/suche.csv",
        "/verwaltung/loeschungen/{deletion_id}/nachweis.{form}",
        "/verwaltung/qualitaet/rueckmeldungen/fragen.jsonl",
    }
)
"""Files to take along."""

TO_OTHERS = frozenset(
    {
        "POST /darstellung",
        "POST /entwurf/neu",
        "POST /entwurf/{name}/loeschen",
        "POST /entwurf/{name}/umarbeitung",
        "POST /entwurf/{name}/zurueck",
        "POST /fragen/loeschen",
        "POST /fragen/{ident}/anhalten",
        "POST /fragen/{ident}/loeschen",
        "POST /fragen/{ident}/saetze/{number}",
        "POST /fragen/{ident}/saetze/{number}/zuruecknehmen",
        "POST /lernen/uebungen",
        "POST /pruefung/datei/docx",
        "POST /pruefung/datei/json",
        "POST /pruefung/text/json",
        "POST /suche/gemerkt/{id_}/loeschen",
        "POST /suche/gemerkt/{id_}/oeffnen",
        "POST /suche/gemerkt/{id_}/umbenennen",
        "POST /suche/gemerkt/{id_}/zurueckholen",
        "POST /verwaltung/aufnahme",
        "POST /verwaltung/auftraege/{job_id}/abbrechen",
        "POST /verwaltung/auftraege/{job_id}/fortsetzen",
        "POST /verwaltung/dokumente/{document_id}/loeschen",
        "POST /verwaltung/dokumente/{document_id}/verbergen",
        "POST /verwaltung/dokumente/{document_id}/zeigen",
        "POST /verwaltung/index/abbrechen",
        "POST /verwaltung/index/aufraeumen",
        "POST /verwaltung/index/bauen",
        "POST /verwaltung/index/modelle",
        "POST /verwaltung/index/umschalten",
        "POST /verwaltung/index/zurueck",
        "POST /verwaltung/loeschungen/{deletion_id}/aufheben",
        "POST /verwaltung/qualitaet/auswertungen",
        "POST /verwaltung/qualitaet/auswertungen/entfernen",
        "POST /verwaltung/qualitaet/rueckmeldungen/loeschen",
        "POST /verwaltung/quarantaene/entfernen",
        "POST /verwaltung/quarantaene/erneut",
    }
)
"""Acts that lead to a view of the table, show one of its parts, or give a file."""
