"""From the Auftrag over its sources to a draft, by plain forms: real store, no model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant import draft_desk, draft_shelf
from assistant.web.application import make_app
from assistant.wiring import Parts
from index.types import Access
from tests.integration.draft_pages import BASE, BROWSER, ORDER, create, hidden, words
from tests.sample_records import antrag, make_parts


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with make_parts(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def client(parts: Parts) -> Iterator[TestClient]:
    with TestClient(make_app(parts, warm_up=False), base_url=BASE, headers=BROWSER) as started:
        yield started


@pytest.fixture
def kept(client: TestClient) -> None:
    made = create(client)
    assert (made.status_code, made.headers["location"]) == (303, "/entwurf/raeder")


def test_from_the_order_over_its_sources_to_the_draft(client: TestClient) -> None:
    assert "Noch kein Entwurf" in words(client.get("/entwurf"))
    assert 'name="stichpunkte"' in client.get("/entwurf/neu").text
    sources = client.post("/entwurf/neu/quellen", data=ORDER)
    assert sources.status_code == 200
    assert "Antrag Nr. 15/12 vom 14.03.2023" in words(sources)
    assert "Entsprechend Beschlussvorschlag beschlossen." in words(sources)
    place = antrag().text.index("Die Verwaltung stellt")
    assert f"/dokument/{antrag().id}?von={place}&amp;bis=" in sources.text
    assert "checked" not in re.findall(r'<input type="checkbox"[^>]*>', sources.text)[0]
    for field in ("titel", "beschlussvorschlag", "stichpunkte", "bearbeitung"):
        assert hidden(sources, field) == ORDER[field]
    made = create(client, name="")
    assert made.headers["location"] == "/entwurf/leihraeder-ausbau"
    listed = words(client.get("/entwurf"))
    assert "Leihräder: Ausbau leihraeder-ausbau Fassung 1" in listed and "M. Muster" in listed
    again = create(client, name="")
    assert again.headers["location"] == "/entwurf/leihraeder-ausbau-2"


def test_a_form_with_faults_comes_back_with_all_that_was_written(client: TestClient) -> None:
    wrong = client.post("/entwurf/neu/quellen", data={**ORDER, "titel": " ", "name": "Größe"})
    assert wrong.status_code == 422
    assert 'href="#titel"' in wrong.text and 'href="#name"' in wrong.text
    assert "Zeitplan: Beginn ist im Juni." in wrong.text and 'value="Größe"' in wrong.text
    without = create(client, quellen=[])
    assert without.status_code == 422 and "mindestens eine Quelle" in words(without)
    assert hidden(without, "stichpunkte") == ORDER["stichpunkte"]
    unknown = create(client, weitere="Antrag 15/999, Quatsch")
    assert unknown.status_code == 422 and "»Quatsch«" in words(unknown)
    assert "Antrag 15/999, Quatsch" in unknown.text
    assert re.search(r'value="Antrag 15/12"[^>]* checked', unknown.text)
    back = client.post("/entwurf/neu", data={**ORDER, "quellen": ["Antrag 15/12"]})
    assert ORDER["beschlussvorschlag"] in back.text and 'value="Antrag 15/12"' in back.text


def test_other_words_find_other_papers_and_what_was_chosen_stays(client: TestClient) -> None:
    data = {**ORDER, "titel": "Ankauf von Boden"}
    none = client.post("/entwurf/neu/quellen", data=data)
    assert "ist nichts erfasst" in words(none) and "checkbox" not in none.text
    more = {**data, "suche": "Leihräder", "quellen": ["Anfrage 15/21"]}
    page = client.post("/entwurf/neu/quellen", data=more)
    assert re.search(r'value="Anfrage 15/21"[^>]* checked', page.text)
    assert 'value="Antrag 15/12"' in page.text
    assert not re.search(r'value="Antrag 15/12"[^>]* checked', page.text)
    assert hidden(page, "titel") == data["titel"]


def test_htmx_is_told_what_to_put_where(client: TestClient) -> None:
    headers = {"HX-Request": "true"}
    wrong = client.post("/entwurf/neu/erstellen", data=ORDER, headers=headers)
    assert (wrong.status_code, wrong.headers["hx-reselect"]) == (422, "#inhalt")
    data = {**ORDER, "quellen": ["Antrag 15/12"], "name": "raeder"}
    made = client.post("/entwurf/neu/erstellen", data=data, headers=headers)
    assert (made.status_code, made.headers["hx-redirect"]) == (200, "/entwurf/raeder")


def test_a_name_that_is_taken_or_is_a_page_loses_nothing(client: TestClient, kept: None) -> None:
    taken = create(client)
    assert taken.status_code == 422 and "gibt es schon" in words(taken)
    assert hidden(taken, "titel") == ORDER["titel"]
    page = create(client, name="neu")
    assert page.status_code == 422 and "„neu“ ist vergeben" in words(page)
    assert create(client, name="", titel="Neu").headers["location"] == "/entwurf/neu-2"


def test_a_public_draft_takes_no_closed_source(client: TestClient) -> None:
    refused = create(client, quellen=["Vorlage 15/12"])
    assert refused.status_code == 422 and "ist nichtöffentlich" in words(refused)
    closed = create(client, "kauf", quellen=["Vorlage 15/12"], oeffentlich="nein")
    assert closed.status_code == 303
    page = words(client.get("/entwurf/kauf"))
    assert "Nicht öffentlich auszugeben" in page
    asked = client.get("/entwurf/kauf/ausgabe", params={"schutz": "oeffentlich"})
    assert asked.status_code == 422 and "nicht öffentlich ausgegeben" in words(asked)


def test_statements_are_added_in_a_new_version(client: TestClient, kept: None) -> None:
    form = client.get("/entwurf/neu?aus=raeder")
    assert "nach Fassung 1" in words(form) and 'name="auf" value="1"' in form.text
    assert "Zeitplan: Beginn ist im Juni." in unescape(form.text)
    assert ORDER["beschlussvorschlag"] in form.text and 'value="Antrag 15/12"' in form.text
    more = f"{ORDER['stichpunkte']}\nZeitplan: Ende ist im Juli."
    assert create(client, auf="1", stichpunkte=more).status_code == 303
    page = words(client.get("/entwurf/raeder"))
    assert "Fassung 2 von 2" in page and "Ende ist im Juli." in page
    late = create(client, auf="1")
    assert late.status_code == 422 and "steht inzwischen bei Fassung 2" in words(late)
    assert client.get("/entwurf/neu?aus=keiner").status_code == 404


def test_foreign_words_stay_words(client: TestClient) -> None:
    hostile = '<img src=x onerror="alert(1)">'
    create(client, titel=f"Leihräder {hostile}", bearbeitung=hostile, stichpunkte=hostile)
    for path in (
        "/entwurf",
        "/entwurf/raeder",
        "/entwurf/raeder/loeschen",
        "/entwurf/neu?aus=raeder",
    ):
        page = client.get(path)
        assert page.status_code == 200 and "<img src=x" not in page.text
    listed = client.get(f"/entwurf?geloescht={hostile}")
    assert "<img src=x" not in listed.text


def test_a_draft_that_nobody_waits_for_any_more_is_not_kept(parts: Parts) -> None:
    fields = {"titel": "Leihräder", "quellen": ["Antrag 15/12"]}
    auftrag = draft_desk.ordered(fields, parts.mandant)
    everything = Access.operator(parts.mandant)
    made = draft_desk.order(parts, auftrag, everything, keep_as="raeder", cancelled=lambda: True)
    assert (made.status, made.name, made.fassung) == ("entworfen", None, None)
    assert draft_shelf.overview(parts, everything).entwuerfe == []
