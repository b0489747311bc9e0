"""The page of a Vorgang: state, course, gaps, several papers of a number, unknown numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.web.application import make_app
from assistant.wiring import Parts
from index.types import Access, Drucksachennummer, Mention, Outcome
from tests.sample_records import antrag, find, make_parts, stored, vorlage
from tests.unit.assistant.records.test_course import minutes

BROWSER = {"Accept": "text/html,*/*;q=0.8"}
OPERATOR = Access.operator("lvs")


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with make_parts(tmp_path) as made:
        yield made


@pytest.fixture
def client(parts: Parts) -> TestClient:
    app = make_app(parts, warm_up=False)
    return TestClient(app, base_url="http://127.0.0.1", headers=BROWSER)


def test_a_case_shows_state_course_and_gaps_with_their_places(
    client: TestClient, parts: Parts
) -> None:
    page = client.get("/vorgang/Antrag 15/12")
    assert page.status_code == 200
    assert '<h1 lang="de">Antrag Nr. 15/12 vom 14.03.2023</h1>' in page.text
    assert '<p class="standwort gut">beschlossen</p>' in page.text
    assert "„Entsprechend Beschlussvorschlag beschlossen.“" in page.text
    assert "vorgesehen: empfehlender Beschluss" in page.text
    assert "Niederschrift liegt nicht vor: Kulturausschuss am 20.04.2023." in page.text
    days = re.findall(r'<time datetime="([\d-]+)">', page.text)
    assert days == ["2023-03-14", "2023-04-20", "2023-05-25"]
    places = re.findall(r"/dokument/([0-9a-f]{64})\?von=(\d+)&amp;bis=(\d+)", page.text)
    assert len(places) > 5
    for id_, start, end in places:
        document = parts.store.document(OPERATOR, id_)
        assert document is not None and 0 <= int(start) < int(end) <= len(document.text)


def test_what_names_the_paper_and_what_bears_its_number_is_told_apart(client: TestClient) -> None:
    page = client.get("/vorgang/Antrag 15/12").text
    referring = page[page.index("Das bezieht sich darauf") :]
    assert "Anfrage Nr. 15/21" in referring
    others = page[page.index("Andere Papiere unter derselben Nummer") :]
    assert "Vorlage Nr. 15/12" in others
    inquiry = client.get("/vorgang/15/21").text
    assert "Antrag Nr. 15/12" in inquiry[inquiry.index("Darauf bezieht es sich") :]
    assert "Ergebnis nicht erfasst" in inquiry
    land = client.get("/vorgang/Vorlage 15/12").text
    assert "Das bezieht sich darauf" not in land


def test_of_several_papers_of_a_number_one_is_picked(client: TestClient) -> None:
    page = client.get("/vorgang/15/12")
    assert "Unter 15/12 liegen mehrere Papiere" in page.text
    for paper in (antrag(), vorlage()):
        assert f'href="/vorgang/15/12?papier={paper.id}"' in page.text
    picked = client.get(f"/vorgang/15/12?papier={vorlage().id}")
    assert '<h1 lang="de">Vorlage Nr. 15/12 vom 02.02.2023</h1>' in picked.text
    assert "nichtöffentlich" in picked.text


def test_a_state_that_the_files_contradict_is_told_so(client: TestClient, parts: Parts) -> None:
    assert "widersprechen" not in client.get("/vorgang/Antrag 15/12").text
    record = minutes("abgelehnt", Outcome.ABGELEHNT)
    named = Mention(record.id, Drucksachennummer.of(15, 12), find(record.text, "15/12"))
    parts.store.add([stored(record, [named])])
    page = client.get("/vorgang/Antrag 15/12").text
    assert '<a href="#konflikt-titel">Die Akten widersprechen sich dazu.</a>' in page
    assert "Niederschrift und Ergebnisvermerk nennen verschiedene Ergebnisse." in page


def test_a_number_that_nobody_bears_offers_near_ones(client: TestClient) -> None:
    page = client.get("/vorgang/15/22")
    assert page.status_code == 404
    assert "15/22 liegt nicht vor" in page.text
    assert '<a href="/vorgang/15/21">15/21</a>' in page.text
    assert 'href="/suche?q=15%2F22"' in page.text


def test_another_kind_under_the_number_is_offered(client: TestClient) -> None:
    page = client.get("/vorgang/Antrag 15/21")
    assert page.status_code == 200
    assert "Unter dieser Nummer liegt vor" in page.text
    assert "Anfrage Nr. 15/21" in page.text


def test_what_is_no_number_is_told_what_is_expected(client: TestClient) -> None:
    page = client.get("/vorgang/Fahrrad")
    assert page.status_code == 422
    assert "keine Drucksachennummer" in page.text


def test_a_foreign_id_opens_nothing(client: TestClient, parts: Parts) -> None:
    (foreign,) = parts.store.documents(Access.operator("lvn"))
    page = client.get(f"/vorgang/15/12?papier={foreign.id}")
    assert foreign.id not in page.text.replace(f"papier={foreign.id}", "")
    assert "Lastenräder" not in page.text
