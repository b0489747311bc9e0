"""Language and colours are kept, and the way back stays in the house."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.web.application import make_app
from assistant.web.files import STAMPED, stamp_of
from assistant.web.pages.look import own_path
from tests.sample_records import GOOD_SENTENCE, FakeGenerator, make_parts

LARGEST_START = 150_000
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


def test_files_of_a_page_are_kept_under_an_address_that_changes_with_them(
    client: TestClient, tmp_path: Path
) -> None:
    page = client.get("/", headers=BROWSER).text
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(files) >= 6
    for file in files:
        assert re.match("/static/[0-9a-f]{16}/", file), file
        answer = client.get(file)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == STAMPED
    gone = client.get(f"{files[0]}.fort")
    assert gone.status_code == 404
    assert gone.headers["cache-control"] == "no-cache"
    folder = tmp_path / "dateien"
    (folder / "unten").mkdir(parents=True)
    (folder / "unten" / "a.css").write_text("a", encoding="utf-8")
    stamps = {stamp_of(folder), stamp_of(folder)}
    (folder / "unten" / "a.css").write_text("b", encoding="utf-8")
    stamps.add(stamp_of(folder))
    (folder / "unten" / "a.css").rename(folder / "a.css")
    stamps.add(stamp_of(folder))
    assert len(stamps) == 3


def test_the_start_with_all_that_it_needs_is_small(client: TestClient) -> None:
    """Packed as it is sent, without fonts."""
    page = client.get("/", headers=BROWSER).text
    needed = re.findall(
        r'<(?:link rel="(?:stylesheet|icon)" href|(?:script|img)[^>]* src)="([^"]+)"', page
    )
    sizes = {"/": len(page.encode())}
    for file in needed:
        with client.stream("GET", file, headers={"Accept-Encoding": "gzip"}) as sent:
            sizes[file] = sum(map(len, sent.iter_raw()))
    assert sum(name.endswith((".css", ".js")) for name in sizes) >= 5
    assert sum(sizes.values()) <= LARGEST_START
