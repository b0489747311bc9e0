"""The pages for learning and the statements of the house over HTTP, in both languages."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.learning.exercises import all_exercises
from assistant.web.access import access_of
from assistant.web.application import make_app
from assistant.web.notices import COOKIE
from assistant.web.pages.learning import LIMITS, SOLVED_COOKIE, STEPS, WAYS
from assistant.web.pages.statements import COOKIES
from assistant.web.shield import Shield
from assistant.web.surface import COLOURS_COOKIE, LANGUAGE_COOKIE
from assistant.wiring import Parts
from index.types import Access, Schutzstufe
from tests.sample_records import EXACT_QUESTION, FakeGenerator, antrag, make_parts, stored

BASE = "http://127.0.0.1:8000"
HTML = {"Accept": "text/html"}
OPERATOR = Access.operator("lvs")
STATEMENTS = ("/barrierefreiheit", "/datenschutz")
PAGES = ("/lernen", *(way.path for way in WAYS), "/lernen/uebungen/1", *STATEMENTS)
FIRST = all_exercises()[0]


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with make_parts(tmp_path / "home", FakeGenerator("")) as made:
        yield made


@pytest.fixture
def client(parts: Parts) -> TestClient:
    return TestClient(make_app(parts, warm_up=False), base_url=BASE, headers=HTML)


def told(text: str) -> str:
    """The words of the main part, without markup."""
    main = text.split("<main")[1].split("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_page_is_there_in_both_languages(client: TestClient, language: str) -> None:
    client.cookies.set("sprache", language)
    for path in PAGES:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert f'<html lang="{language}"' in answer.text
        assert answer.text.count("<h1") == 1, path
        footer = answer.text.split("<footer")[1]
        assert all(f'href="{place}"' in footer for place in STATEMENTS)


def test_every_page_is_there_for_an_empty_store(client: TestClient, parts: Parts) -> None:
    for paper in parts.store.documents(OPERATOR):
        parts.store.delete(OPERATOR, paper.id, who="betrieb")
    assert {path: client.get(path).status_code for path in PAGES} == dict.fromkeys(PAGES, 200)


def test_the_room_is_in_the_navigation_and_leads_to_all_its_pages(client: TestClient) -> None:
    page = client.get("/lernen").text
    assert '<a href="/lernen" aria-current="page">Lernen</a>' in page
    assert all(f'href="{way.path}"' in page for way in WAYS)


def test_the_tour_asks_what_the_papers_at_hand_answer(client: TestClient) -> None:
    page = client.get("/lernen/rundgang").text
    assert page.count("Darum kann man dem trauen") == len(STEPS) == 7
    assert f'name="text" value="{EXACT_QUESTION}"' in page
    assert 'href="/vorgang/Antrag%2015/12"' in page
    assert client.get("/vorgang/Antrag%2015/12").status_code == 200


def test_the_tour_offers_only_questions_on_what_somebody_may_see(parts: Parts) -> None:
    app = make_app(parts, warm_up=False)
    assert isinstance(app, Shield)
    app._app.dependency_overrides[access_of] = lambda: Access(frozenset({"lvn"}), frozenset())  # type: ignore[attr-defined]
    page = TestClient(app, base_url=BASE, headers=HTML).get("/lernen/rundgang").text
    assert "15/12" not in page
    assert "Hier liegen noch keine Akten" in page


def test_the_wrong_sentence_is_found_told_and_counted(client: TestClient) -> None:
    path = f"/lernen/uebungen/{FIRST.number}"
    before = client.get(path).text
    assert FIRST.rule not in told(before) and FIRST.reason not in told(before)
    assert "<mark>" not in before
    answer = client.post(path, data={"satz": str(FIRST.wrong)})
    assert "Richtig gefunden" in answer.text and FIRST.rule in told(answer.text)
    wrong = FIRST.sentences[FIRST.wrong - 1]
    assert f"<mark>{wrong.wrong_words}</mark>" in answer.text
    assert f"<mark>{wrong.carried_by}</mark>" in answer.text
    assert client.cookies[SOLVED_COOKIE] == "1"
    overview = client.get("/lernen/uebungen").text
    assert "1 von 10 Übungen gelöst" in overview and FIRST.rule in told(overview)
    client.post("/lernen/uebungen")
    assert SOLVED_COOKIE not in client.cookies


def test_a_right_sentence_is_explained_and_the_wrong_one_is_not_given_away(
    client: TestClient,
) -> None:
    answer = client.post("/lernen/uebungen/1", data={"satz": "1"})
    assert "Noch nicht" in answer.text
    assert FIRST.sentences[0].carried_by in told(answer.text)
    assert FIRST.rule not in told(answer.text)
    assert "0 von 10 Übungen gelöst" in answer.text


def test_no_sentence_is_no_answer(client: TestClient) -> None:
    for picked in ("", "0", "99", "-1", "x"):
        answer = client.post("/lernen/uebungen/1", data={"satz": picked})
        assert "Bitte wählen Sie erst einen Satz aus" in answer.text, picked
        assert FIRST.rule not in told(answer.text)


def test_the_solution_can_be_seen_but_does_not_count(client: TestClient) -> None:
    answer = client.post("/lernen/uebungen/1", data={"loesung": "ja", "satz": str(FIRST.wrong)})
    assert f"Satz {FIRST.wrong} ist falsch" in answer.text
    assert FIRST.rule in told(answer.text)
    assert "0 von 10 Übungen gelöst" in answer.text


def test_every_exercise_can_be_solved(client: TestClient) -> None:
    for one in all_exercises():
        client.post(f"/lernen/uebungen/{one.number}", data={"satz": str(one.wrong)})
    assert "10 von 10 Übungen gelöst" in client.get("/lernen").text


def test_an_exercise_that_there_is_not_is_not_found(client: TestClient) -> None:
    assert client.get("/lernen/uebungen/11").status_code == 404
    assert client.post("/lernen/uebungen/0", data={"satz": "1"}).status_code == 404


def test_a_quote_leads_to_its_document_only_where_that_is_here(
    client: TestClient, parts: Parts
) -> None:
    assert "/dokument/" not in client.get("/lernen/uebungen/1").text
    quote = FIRST.quotes[2]
    text = antrag().text + f"\n{quote.words}\n"
    held = replace(antrag("lvs", text), source=f"ablage/{quote.paper}")
    parts.store.add([stored(held)])
    page = client.get("/lernen/uebungen/1").text
    start = text.index(quote.words)
    link = f"/dokument/{held.id}?von={start}&amp;bis={start + len(quote.words)}"
    assert page.count('href="/dokument/') == 1
    assert f'href="{link}"' in page
    assert client.get(html.unescape(link)).status_code == 200


def test_limits_name_what_to_do_instead(client: TestClient) -> None:
    page = told(client.get("/lernen/grenzen").text)
    assert page.count("Stattdessen:") == len(LIMITS)


def test_the_model_card_names_the_models_with_licence_and_hash(
    parts: Parts, tmp_path: Path
) -> None:
    chosen = ("multilingual-e5-small", "qwen2.5-coder-1.5b-instruct")
    real = replace(parts, weights=tmp_path, chosen_models=chosen)
    client = TestClient(make_app(real, warm_up=False), base_url=BASE, headers=HTML)
    page = told(client.get("/lernen/modelle").text)
    assert "Apache-2.0" in page and "MIT" in page
    assert len(re.findall(r"\b[0-9a-f]{64}\b", page)) == 2
    assert "fehlt" in page


def test_the_data_card_counts_for_who_looks(parts: Parts) -> None:
    app = make_app(parts, warm_up=False)
    assert isinstance(app, Shield)
    client = TestClient(app, base_url=BASE, headers=HTML)
    assert "nichtöffentlich 1" in told(client.get("/lernen/daten").text)
    public = Access(frozenset({"lvs"}), frozenset({Schutzstufe.OEFFENTLICH}))
    app._app.dependency_overrides[access_of] = lambda: public  # type: ignore[attr-defined]
    page = told(client.get("/lernen/daten").text)
    assert "nichtöffentlich 1" not in page and "Vorlage" not in page
    assert "Quellen" not in page


def test_what_the_house_has_not_laid_down_is_said_to_be_missing(client: TestClient) -> None:
    barriers = told(client.get("/barrierefreiheit").text)
    assert barriers.count("noch nicht eingetragen") == 3
    assert "Ombudsstelle für barrierefreie Informationstechnik" in barriers
    privacy = told(client.get("/datenschutz").text)
    assert privacy.count("noch nicht eingetragen") == 3
    assert "höchstens 12 Stunden" in privacy and "eine Frist ist nicht eingestellt" in privacy


def test_texts_of_the_house_take_the_place_and_are_escaped(
    parts: Parts,
) -> None:
    attack = "<script>alert(1)</script>{{ 7*7 }}"
    (parts.home / "datenschutz-lvs.txt").write_text(
        f"# {attack}\n\n- {attack}\n\n{attack}", "utf-8"
    )
    (parts.home / "barrierefreiheit-lvs.txt").write_text("Unsere eigene Erklärung.", "utf-8")
    contact = f"barrierefreiheit = '{attack}'\nombudsstelle = 'Haus 1'\nstand = '01.10.2026'\n"
    (parts.home / "kontakt-lvs.toml").write_text(contact, "utf-8")
    app = make_app(replace(parts, drafts_kept_days=90), warm_up=False)
    client = TestClient(app, base_url=BASE, headers=HTML)
    privacy, barriers = (client.get(path).text for path in ("/datenschutz", "/barrierefreiheit"))
    for page in (privacy, barriers):
        assert "<script>alert" not in page and attack in told(page)
    assert "90 Tage nach der letzten Änderung" in privacy
    assert "Unsere eigene Erklärung." in barriers and "teilweise" not in barriers
    assert "noch nicht eingetragen" not in barriers and "01.10.2026" in barriers


def test_a_file_that_cannot_be_read_does_not_take_the_page_away(
    client: TestClient, parts: Parts
) -> None:
    (parts.home / "kontakt-lvs.toml").write_text("kein toml", "utf-8")
    page = client.get("/barrierefreiheit")
    assert page.status_code == 200
    assert "nicht lesbar und wurden übergangen: kontakt-lvs.toml" in told(page.text)


def test_cookies_that_are_named_are_those_that_are_set() -> None:
    assert set(COOKIES) == {LANGUAGE_COOKIE, COLOURS_COOKIE, COOKIE, SOLVED_COOKIE}
