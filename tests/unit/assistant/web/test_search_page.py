"""The search page without script: filters, pages, CSV, searches kept under a name."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.searching.found import PAGE
from assistant.web.application import make_app
from assistant.wiring import Parts
from index.types import Access, Drucksachennummer, Reading, Span
from tests.sample_records import ANTRAG, antrag, make_parts, stored

BROWSER = {"Accept": "text/html,*/*;q=0.8"}
PART = {"HX-Request": "true"}


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with make_parts(tmp_path) as made:
        yield made


@pytest.fixture
def client(parts: Parts) -> TestClient:
    app = make_app(parts, warm_up=False)
    return TestClient(app, base_url="http://127.0.0.1", headers=BROWSER)


def add_motions(parts: Parts, count: int, title: str = "Räder") -> None:
    made = antrag()
    papers = []
    for number in range(100, 100 + count):
        paper = antrag("lvs", f"{ANTRAG}\nStück {number} {title}.\n")
        nummer = Reading(Drucksachennummer.of(15, number), Span(0, 6))
        kopf = replace(made.kopfdaten, nummer=nummer)
        source = f"akten/{number}.txt"
        papers.append(stored(replace(paper, kopfdaten=kopf, source=source, title=title)))
    parts.store.add(papers)


def papers(html: str) -> list[str]:
    return re.findall(r'<h3 lang="de"><a href="/dokument/[0-9a-f]+">([^<]+)</a>', html)


def test_without_words_the_register_is_listed_with_counts(client: TestClient) -> None:
    page = client.get("/suche")
    assert page.status_code == 200
    assert papers(page.text) == [
        "Anfrage Nr. 15/21 vom 09.06.2023",
        "Antrag Nr. 15/12 vom 14.03.2023",
        "Vorlage Nr. 15/12 vom 02.02.2023",
    ]
    assert '<a href="/suche" aria-current="page">' in page.text
    assert re.search(r'name="fraktion" value="SPD">\s*<span class="name">SPD</span>', page.text)
    assert "nicht erfasst" in page.text
    assert 'action="/suche" method="get"' in page.text


def test_chosen_filters_are_links_that_take_them_away(client: TestClient) -> None:
    page = client.get("/suche?fraktion=SPD&fraktion=FDP&jahr=2023&seite=1")
    assert len(papers(page.text)) == 2
    assert 'href="/suche?fraktion=FDP&amp;jahr=2023#treffer"' in page.text
    assert 'href="/suche?fraktion=FDP&amp;fraktion=SPD#treffer"' in page.text
    assert 'value="SPD" checked' in page.text


def test_words_are_marked_and_each_place_is_a_link(client: TestClient) -> None:
    page = client.get("/suche", params={"q": "Grundstück"})
    assert papers(page.text)[0] == "Vorlage Nr. 15/12 vom 02.02.2023"
    assert "<mark>Grundstücks</mark>" in page.text
    assert re.search(r"/dokument/[0-9a-f]{64}\?von=\d+&amp;bis=\d+", page.text)
    assert "1 Papier" in page.text


def test_htmx_gets_the_list_with_its_address(client: TestClient) -> None:
    part = client.get("/suche?q=&sortierung=neu&fraktion=SPD", headers=PART)
    assert "<html" not in part.text
    assert 'data-adresse="/suche?fraktion=SPD"' in part.text
    assert 'data-ansage="1 Papier"' in part.text


def test_markup_in_words_and_papers_stays_text(client: TestClient, parts: Parts) -> None:
    add_motions(parts, 1, title="<img src=x onerror=alert(1)> Räder")
    page = client.get("/suche", params={"q": '"><script>alert(1)</script> Räder', "art": "<b>"})
    assert "<script>alert" not in page.text and "<img src=x" not in page.text
    listed = client.get("/suche", params={"q": "Räder"})
    assert "<img src=x" not in listed.text and "&lt;img src=x" in listed.text


def test_a_long_list_has_pages(client: TestClient, parts: Parts) -> None:
    add_motions(parts, PAGE)
    first = client.get("/suche?art=Antr%C3%A4ge")
    assert len(papers(first.text)) == PAGE
    assert 'rel="next" href="/suche?art=Antr%C3%A4ge&amp;seite=2#treffer"' in first.text
    second = client.get("/suche?art=Antr%C3%A4ge&seite=2")
    assert len(papers(second.text)) == 1
    assert f'<ol class="papiere" start="{PAGE + 1}">' in second.text
    assert not set(papers(first.text)) & set(papers(second.text))


def test_the_csv_holds_the_whole_list_and_no_formula(client: TestClient, parts: Parts) -> None:
    add_motions(parts, PAGE, title="=1+1 @Räder")
    answer = client.get("/suche.csv?art=Antr%C3%A4ge&seite=2")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == PAGE + 1
    assert {row["Gegenstand"] for row in rows} == {"'=1+1 @Räder", "Leihräder für Museumsgäste"}
    (known,) = [row for row in rows if row["Nummer"] == "15/12"]
    assert known["Antragsteller"] == "CDU, SPD"
    assert known["Gremien"] == "Kulturausschuss, Landschaftsversammlung"
    assert known["Ergebnis"] == "Entsprechend Beschlussvorschlag beschlossen."
    everything = client.get("/suche.csv").content.decode("utf-8-sig")
    assert "nicht erfasst" in everything


def test_where_nothing_fits_the_page_says_what_to_try(client: TestClient) -> None:
    page = client.get("/suche?q=Leihr%C3%A4der&fraktion=AfD")
    assert "Kein Papier passt" in page.text
    assert "Ohne die Filter passen 2 Papiere." in page.text
    assert 'href="/?frage=Leihr%C3%A4der"' in page.text
    assert "/suche.csv" not in page.text


def test_an_empty_house_says_how_papers_come_in(parts: Parts, client: TestClient) -> None:
    access = Access.operator("lvs")
    for paper in parts.store.documents(access):
        parts.store.delete(access, paper.id, who="betrieb")
    page = client.get("/suche")
    assert "Noch sind keine Akten eingelesen" in page.text
    assert 'href="/verwaltung"' in page.text
    assert 'name="fraktion"' not in page.text


def test_a_number_leads_to_its_vorgang(client: TestClient) -> None:
    page = client.get("/suche", params={"q": "Antrag 15/12"})
    assert 'href="/vorgang/15/12">Vorgang 15/12 ansehen' in page.text


def test_a_search_is_recorded_without_its_words(client: TestClient, tmp_path: Path) -> None:
    client.get("/suche", params={"q": "Grundstück"})
    client.get("/suche")
    lines = (tmp_path / "nachweis.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 1
    assert '"suche"' in lines[0] and "Grundst" not in lines[0]


# ------------------------------------------------------------------------- kept searches


def keep(client: TestClient, name: str = "Räder", address: str = "q=Leihrad") -> str:
    answer = client.post(
        "/suche/gemerkt", data={"name": name, "adresse": address}, follow_redirects=False
    )
    assert answer.status_code == 303
    found = re.search(r"gemerkt=([0-9a-f]+)", answer.headers["location"])
    assert found is not None
    return found[1]


def test_a_kept_search_says_what_is_new_and_opening_it_marks_the_new(
    client: TestClient, parts: Parts
) -> None:
    id_ = keep(client)
    assert "nichts Neues seit" in client.get("/suche").text
    add_motions(parts, 2, title="Leihrad")
    assert re.search(r"2 neue seit \d\d\.\d\d\.\d{4}", client.get("/suche").text)
    opened = client.post(f"/suche/gemerkt/{id_}/oeffnen")
    assert "2 Papiere sind neu" in opened.text
    assert opened.text.count('<span class="plakette gut">neu</span>') == 2
    assert "nichts Neues seit" in opened.text


def test_a_kept_search_is_renamed_deleted_and_taken_back(client: TestClient) -> None:
    id_ = keep(client)
    renamed = client.post(f"/suche/gemerkt/{id_}/umbenennen", data={"name": "Fahrräder"})
    assert "Fahrräder" in renamed.text
    deleted = client.post(f"/suche/gemerkt/{id_}/loeschen", data={"zurueck": "jahr=2023"})
    assert "Die Suche „Fahrräder“ ist gelöscht." in deleted.text
    assert f"/suche/gemerkt/{id_}/oeffnen" not in deleted.text
    assert client.post(f"/suche/gemerkt/{id_}/oeffnen").status_code == 404
    back = client.post(f"/suche/gemerkt/{id_}/zurueckholen")
    assert f"/suche/gemerkt/{id_}/oeffnen" in back.text


def test_a_name_that_does_not_do_is_told_beside_the_search(client: TestClient) -> None:
    keep(client)
    again = client.post("/suche/gemerkt", data={"name": "räder", "adresse": "q=Leihrad"})
    assert again.status_code == 422
    assert "gibt es schon" in again.text and 'value="räder"' in again.text
    assert 'value="Leihrad"' in again.text


def test_an_unknown_kept_search_is_not_found(client: TestClient) -> None:
    for act in ("oeffnen", "umbenennen", "loeschen", "zurueckholen"):
        answer = client.post(f"/suche/gemerkt/ffffff/{act}", data={"name": "x"})
        assert answer.status_code == 404, act


def test_a_damaged_file_of_searches_leaves_the_search_usable(
    client: TestClient, tmp_path: Path
) -> None:
    (tmp_path / "suchen-lvs.json").write_text("{", "utf-8")
    page = client.get("/suche")
    assert page.status_code == 200 and len(papers(page.text)) == 3
    assert "nicht lesbar" in page.text
