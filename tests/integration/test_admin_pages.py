"""The pages of the Verwaltung over HTTP: for the operator alone, and what their forms do."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.feedback import FeedbackBook, Grund, Stelle, feedback_on
from assistant.upkeep.kept_runs import FOLDER
from assistant.web.access import access_of
from assistant.web.application import make_app
from assistant.web.pages.admin_page import WAYS
from assistant.web.shield import Shield
from assistant.wiring import Parts
from index.builds import BuildState
from index.types import Access, Schutzstufe
from tests.sample_records import GOOD_SENTENCE, FakeGenerator, antrag, make_parts
from tests.unit.assistant.test_answer_export import ANSWER, QUESTION

BASE = "http://127.0.0.1:8000"
HTML = {"Accept": "text/html"}
OPERATOR = Access.operator("lvs")
PAGES = tuple(way.path for way in WAYS)
FEEDBACK = "/verwaltung/qualitaet/rueckmeldungen"
BROKEN_PDF = ("files", ("kaputt.pdf", b"%PDF-1.7\n1 0 obj\n<<", "application/pdf"))
NOTE = (
    "files",
    ("Vermerk.txt", "Vermerk\nöffentlich\n\nRadwege am Museum.\n".encode(), "text/plain"),
)


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with make_parts(tmp_path / "home", FakeGenerator(GOOD_SENTENCE)) as opened:
        yield opened


@pytest.fixture
def app(parts: Parts) -> Shield:
    made = make_app(parts, warm_up=False)
    assert isinstance(made, Shield)
    return made


@pytest.fixture
def client(app: Shield) -> Iterator[TestClient]:
    with TestClient(app, base_url=BASE, headers=HTML) as started:
        yield started


def addresses(app: Shield) -> set[tuple[str, str]]:
    """Every method and path below /verwaltung, with places filled in."""
    inner: Any = app._app
    found: set[tuple[str, str]] = set()

    def walk(routes: list[Any], prefix: str = "") -> None:
        for route in routes:
            below = getattr(route, "original_router", None)
            if below is not None:
                walk(below.routes, prefix + route.include_context.prefix)
            elif hasattr(route, "methods"):
                found.update((method, prefix + route.path) for method in route.methods)

    walk(inner.routes)
    values = {"document_id": antrag().id, "form": "txt"}
    return {
        (method, re.sub(r"\{(\w+)\}", lambda m: values.get(m[1], "x"), path))
        for method, path in found
        if path.startswith("/verwaltung")
    }


def main_of(page: str) -> str:
    """What is told; around it stand the ways and the address itself, to come back to."""
    return page.split("<main")[1].split("</main>")[0]


def ended_job(client: TestClient, job_id: str) -> dict[str, Any]:
    for _ in range(600):
        shown: dict[str, Any] = client.get(f"/api/jobs/{job_id}").json()
        if shown["state"] not in ("wartend", "laeuft"):
            return shown
        time.sleep(0.1)
    raise AssertionError(shown)


def uploaded(client: TestClient, *files: Any) -> str:
    sent = client.post("/verwaltung/aufnahme", files=list(files), follow_redirects=False)
    assert sent.status_code == 303
    job_id: str = sent.headers["location"].removeprefix("/verwaltung/auftraege/")
    ended_job(client, job_id)
    return job_id


@pytest.mark.parametrize(
    "narrower",
    [
        Access(frozenset({"lvs"})),
        Access(frozenset({"lvs"}), frozenset({Schutzstufe.NICHTOEFFENTLICH})),
        Access.operator("lvn"),
        Access(frozenset({"lvs", "lvn"}), frozenset(Schutzstufe)),
    ],
)
def test_for_anybody_but_the_operator_none_of_the_addresses_exists(
    app: Shield, parts: Parts, narrower: Access
) -> None:
    inner: Any = app._app
    inner.dependency_overrides[access_of] = lambda: narrower
    found = addresses(app)
    assert len(found) >= 28 and {("GET", page) for page in PAGES} <= found
    with TestClient(app, base_url=BASE, headers=HTML) as client:
        unknown = main_of(client.get("/gibt-es-nicht").text)
        for method, path in sorted(found):
            answer = client.request(method, path)
            assert answer.status_code == 404, (method, path)
            assert main_of(answer.text) == unknown, (method, path)
    assert parts.store.builds()[0].state is BuildState.ACTIVE and len(parts.store.builds()) == 1
    assert parts.jobs.jobs("lvs") == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_page_is_there_for_the_operator(client: TestClient, page: str, language: str) -> None:
    client.cookies.set("sprache", language)
    answer = client.get(page)
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text
    assert answer.text.count("<h1") == 1
    assert f'href="{page}" aria-current="page"' in answer.text


def test_a_page_of_another_site_can_change_nothing(client: TestClient, parts: Parts) -> None:
    for path in (f"/verwaltung/dokumente/{antrag().id}/verbergen", "/verwaltung/index/bauen"):
        foreign = client.post(path, data={"grund": "x"}, headers={"Origin": "http://boese.example"})
        assert foreign.status_code == 403
    assert parts.store.depublished(OPERATOR) == [] and len(parts.store.builds()) == 1


def test_uploading_without_script_leads_to_the_job_and_the_quarantine(client: TestClient) -> None:
    job_id = uploaded(client, BROKEN_PDF, NOTE)
    shown = client.get(f"/verwaltung/auftraege/{job_id}").text
    assert "Alle Dateien sind durchgesehen." in shown and "kaputt.pdf" in shown
    part = client.get(f"/verwaltung/auftraege/{job_id}/stand").text
    assert "<html" not in part and "every 2s" not in part
    refused = client.get("/verwaltung/quarantaene").text
    assert "Die Datei ist beschädigt und lässt sich nicht lesen." in refused
    path = f"upload/{job_id}/kaputt.pdf"
    again = client.post(
        "/verwaltung/quarantaene/erneut", data={"pfad": path}, follow_redirects=False
    )
    retry = again.headers["location"].rsplit("/", 1)[-1]
    assert again.status_code == 303 and retry != job_id
    assert ended_job(client, retry)["refused"] == 1
    gone = client.post("/verwaltung/quarantaene/entfernen", data={"pfad": path})
    assert "„kaputt.pdf“ steht nicht mehr auf der Liste." in gone.text
    assert "In Quarantäne steht keine Datei." in gone.text
    assert "steht nicht mehr" not in client.get("/verwaltung/quarantaene").text
    resumed = client.post(f"/verwaltung/auftraege/{job_id}/fortsetzen")
    assert resumed.status_code == 200
    assert ended_job(client, job_id)["state"] == "fertig"
    cancelled = client.post(f"/verwaltung/auftraege/{job_id}/abbrechen")
    assert "fertig" in cancelled.text  # one that has ended stays as it is


def test_a_name_with_markup_stays_text(client: TestClient) -> None:
    name = "<img src=x onerror=alert(1)>.txt"
    uploaded(client, ("files", (name, b"\x00\x01", "text/plain")))
    for page in ("/verwaltung/aufnahme", "/verwaltung/quarantaene"):
        assert "<img src=x" not in client.get(page).text
        assert "&lt;img src=x" in client.get(page).text


def test_a_document_is_hidden_shown_and_deleted_with_its_certificate(
    client: TestClient, parts: Parts
) -> None:
    sheet = f"/verwaltung/dokumente/{antrag().id}"
    assert "Leihräder für Museumsgäste" in client.get(sheet).text
    assert client.post(f"{sheet}/verbergen", data={"grund": " "}).status_code == 422
    hidden = client.post(f"{sheet}/verbergen", data={"grund": "falsche Fassung"}).text
    assert "Das Dokument ist jetzt verborgen." in hidden and "falsche Fassung" in hidden
    assert "Leihräder für" in client.get("/verwaltung/dokumente?zustand=verborgen").text
    assert "wieder sichtbar" in client.post(f"{sheet}/zeigen").text

    asked = client.get(f"{sheet}/loeschen").text
    assert "Leihräder für Museumsgäste" in asked and "5 Textstellen" in asked
    unsure = client.post(f"{sheet}/loeschen", data={"grund": "Frist"}, follow_redirects=False)
    assert unsure.headers["location"] == f"{sheet}/loeschen"
    assert parts.store.deletions(OPERATOR) == []
    sure = {"grund": "Frist", "bestaetigt": "ja"}
    done = client.post(f"{sheet}/loeschen", data=sure)
    (deletion,) = parts.store.deletions(OPERATOR)
    assert done.url.path == f"/verwaltung/loeschungen/{deletion.id}"
    assert "Das Dokument ist gelöscht." in done.text and deletion.digests[0] in done.text
    assert client.get(sheet).status_code == 404
    assert client.post(f"{sheet}/loeschen", data=sure).status_code == 404
    assert parts.store.document(OPERATOR, antrag().id) is None

    text = client.get(f"/verwaltung/loeschungen/{deletion.id}/nachweis.txt")
    assert text.headers["content-disposition"].startswith("attachment;")
    assert "Grund: Frist" in text.text and "Leihräder" not in text.text
    as_json = client.get(f"/verwaltung/loeschungen/{deletion.id}/nachweis.json").json()
    assert as_json["nachweis"] == deletion.id
    assert client.get(f"/verwaltung/loeschungen/{deletion.id}/nachweis.exe").status_code == 404
    lifted = client.post(f"/verwaltung/loeschungen/{deletion.id}/aufheben")
    assert "Die Datei darf wieder eingelesen werden." in lifted.text
    assert parts.store.deletions(OPERATOR)[0].lifted


def test_the_list_of_documents_is_narrowed_by_its_form(client: TestClient) -> None:
    asked = {"q": "grundstücks", "zustand": "gueltig", "art": "Vorlage", "schutz": ""}
    shown = client.get("/verwaltung/dokumente", params=asked).text
    assert "Ein Dokument." in shown and "Ankauf eines Grundstücks" in shown
    odd = client.get("/verwaltung/dokumente?zustand=unfug&schutz=unfug&q=%3Cb%3Exyz")
    assert odd.status_code == 200 and "Darauf passt kein Dokument." in odd.text
    assert "<b>xyz" not in odd.text
    assert client.get("/verwaltung/dokumente?seite=0").status_code == 422


def settled(client: TestClient) -> str:
    for _ in range(300):
        part = client.get("/verwaltung/index/stand").text
        if "every 2s" not in part:
            return part
        time.sleep(0.05)
    raise AssertionError(part)


def test_a_generation_is_built_compared_and_switched_by_hand(
    client: TestClient, parts: Parts
) -> None:
    client.post("/verwaltung/index/bauen", data={"neu": "ja"})
    built = settled(client)
    assert "Generation 2 ist gebaut. Sie antwortet erst nach dem Umschalten." in built
    assert "Vergleich" in built and parts.store.active_build().id == 1
    client.post("/verwaltung/index/umschalten", data={"generation": "2"})
    assert "Es antwortet jetzt die Generation 2." in settled(client)
    assert parts.store.active_build().id == 2
    client.post("/verwaltung/index/zurueck")
    assert "Es antwortet jetzt die Generation 1." in settled(client)
    client.post("/verwaltung/index/aufraeumen")
    assert "Eine Generation wurde entfernt." in settled(client)
    assert len(parts.store.builds()) == 1
    unknown = client.post("/verwaltung/index/umschalten", data={"generation": "7"})
    assert unknown.status_code == 404


def test_a_run_of_the_evaluation_is_kept_drawn_and_removed(
    client: TestClient, parts: Parts
) -> None:
    for day, right in (("01", 2), ("02", 3)):
        run = {
            "form": 1,
            "at": f"2026-03-{day}T00:00:00+00:00",
            "stand": {"Version": "1", "Mandant": "lvs", "Suchmodell": "<b>m</b>"},
            "sets": {"probe": {"figures": {"Ganz richtig": {"count": right, "of": 4}}}},
        }
        sent = {"lauf": ("lauf.json", json.dumps(run), "application/json")}
        assert "ist abgelegt" in client.post("/verwaltung/qualitaet/auswertungen", files=sent).text
    shown = client.get("/verwaltung/qualitaet").text
    assert shown.count("<polyline") == 1 and shown.count('class="punkt-1"') == 2
    assert "zuletzt 75,0 % (3 von 4)" in shown and "<b>m</b>" not in shown
    assert 'role="img"' in shown and "50,0 %" in shown  # the chart and its table
    wrong = {"lauf": ("x.json", b"\xff\xfe", "application/json")}
    assert client.post("/verwaltung/qualitaet/auswertungen", files=wrong).status_code == 422
    for path in (parts.home / FOLDER / "lvs").glob("*.json"):
        client.post("/verwaltung/qualitaet/auswertungen/entfernen", data={"lauf": path.stem})
    assert "noch keine Auswertung" in client.get("/verwaltung/qualitaet").text


def test_feedback_is_counted_read_taken_over_and_deleted(client: TestClient, parts: Parts) -> None:
    book = FeedbackBook(parts.home)
    stelle = Stelle(antrag().id, antrag().source, 3, 9)
    wrong = feedback_on(ANSWER, 1, "lvs", Grund.FALSCH_BELEGT, "<b>Jahr</b> fehlt", QUESTION)
    wrong = replace(wrong, stellen=(stelle,))
    book.add(wrong)
    book.add(feedback_on(ANSWER, 2, "lvn", Grund.VERALTET, "fremd", "Fremde Frage?"))
    shown = main_of(client.get("/verwaltung/qualitaet").text)
    assert "Eine Rückmeldung." in shown and "Rückmeldungen je Woche nach Grund" in shown
    assert 'class="reihe-2"' in shown and "Eine mitgegebene Frage" in shown
    listed = main_of(client.get(FEEDBACK).text)
    assert "&lt;b&gt;Jahr&lt;/b&gt; fehlt" in listed and "fremd" not in listed
    assert f'/dokument/{antrag().id}?von=3&amp;bis=9"' in listed and wrong.claim in listed
    none = main_of(client.get(f"{FEEDBACK}?grund=veraltet").text)
    assert "Aus diesem Grund" in none and wrong.claim not in none

    got = client.get(f"{FEEDBACK}/fragen.jsonl")
    assert got.headers["content-disposition"] == 'attachment; filename="rueckmeldungen.jsonl"'
    assert [json.loads(line)["text"] for line in got.text.splitlines()] == [QUESTION]
    assert json.loads(got.text)["forbidden_facts"] == [wrong.claim]

    parts.store.depublish(OPERATOR, antrag().id, who="test", reason="")
    hidden = main_of(client.get(FEEDBACK).text)
    assert "zurzeit verborgen" in hidden and wrong.claim not in hidden and "Jahr" not in hidden
    assert client.get(f"{FEEDBACK}/fragen.jsonl").text == ""

    gone = client.post(f"{FEEDBACK}/loeschen", data={"eintrag": wrong.ident})
    assert "Die Rückmeldung ist gelöscht." in gone.text and book.of("lvs") == ()
    assert client.post(f"{FEEDBACK}/loeschen", data={"eintrag": wrong.ident}).status_code == 404
    assert len(book.of("lvn")) == 1


def test_questions_left_open_are_counted_without_their_words(
    client: TestClient, parts: Parts
) -> None:
    for text in ("Wie viele Leihräder gab es 2019?", "Wurde der Antrag 15/12 beschlossen?"):
        client.post("/api/ask", json={"text": text, "generator": False})
    shown = client.get("/verwaltung/qualitaet").text
    assert "1 von 2 Fragen waren aus den Akten nicht zu belegen (50,0 %)." in shown
    assert "2019" not in main_of(shown)
    health = client.get("/verwaltung/zustand").text
    assert "50,0 %" in health and "2 Zeilen, jede schließt an die vorige an." in health
    assert all(line.ms is not None for line in parts.audit.entries())


def test_a_broken_audit_record_is_told(client: TestClient, parts: Parts) -> None:
    client.post(
        "/api/ask", json={"text": "Wurde der Antrag 15/12 beschlossen?", "generator": False}
    )
    file = parts.home / "nachweis.jsonl"
    file.write_text(file.read_text("utf-8").replace("betreiber", "niemand"), "utf-8")
    assert "Im Nachweis passt eine Zeile nicht" in client.get("/verwaltung/zustand").text


def test_the_overview_names_what_is_to_do(client: TestClient, parts: Parts) -> None:
    uploaded(client, BROKEN_PDF)
    shown = client.get("/verwaltung").text
    assert "Eine Datei steht in Quarantäne" in shown
    assert parts.store.status(OPERATOR).quarantined == 1
