"""Language and colours are kept, and the way back stays in the house."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.web.application import make_app
from assistant.web.pages.look import own_path
from tests.sample_records import GOOD_SENTENCE, FakeGenerator, make_parts

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with make_parts(tmp_path, FakeGenerator(GOOD_SENTENCE)) as parts:
        yield TestClient(make_app(parts, warm_up=False), base_url="http://127.0.0.1")


def test_a_page_that_is_not_there_is_told_as_a_page_in_the_chosen_look(client: TestClient) -> None:
    plain = client.get("/gibt-es-nicht", headers=BROWSER)
    assert plain.status_code == 404
    assert '<html lang="de" data-farben="auto">' in plain.text
    chosen = {"farben": "dunkel", "sprache": "en", "zurueck": "/gibt-es-nicht?a=1"}
    answer = client.post("/darstellung", data=chosen, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/gibt-es-nicht?a=1")
    again = client.get("/nichts", headers=BROWSER)
    assert '<html lang="en" data-kern-theme="dark" data-farben="dunkel">' in again.text


def test_htmx_gets_the_part_alone_and_programs_get_json(client: TestClient) -> None:
    part = client.get("/gibt-es-nicht", headers={"HX-Request": "true"})
    assert part.status_code == 404
    assert 'role="alert"' in part.text and "<html" not in part.text
    assert client.get("/gibt-es-nicht").json()["code"] == "not_found"


def test_a_value_that_nobody_offers_is_not_kept(client: TestClient) -> None:
    answer = client.post(
        "/darstellung", data={"farben": "rosa", "sprache": "xx"}, follow_redirects=False
    )
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/suche?q=a", "/suche?q=a"),
        ("//boese.example", "/"),
        ("/\\boese.example", "/"),
        ("https://boese.example", "/"),
        ("/a\r\nset-cookie: x", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_stays_in_the_house(path: str, kept: str) -> None:
    assert own_path(path) == kept


def test_static_files_are_small_and_may_be_kept(client: TestClient) -> None:
    packed = {"Accept-Encoding": "gzip"}
    with client.stream("GET", "/static/kern/kern.css", headers=packed) as style:
        assert style.headers["content-encoding"] == "gzip"
        assert 10_000 < sum(len(piece) for piece in style.iter_raw()) < 25_000
        assert style.headers["cache-control"] == "no-cache"
    assert client.get("/gibt-es-nicht").headers["cache-control"] == "no-store"
