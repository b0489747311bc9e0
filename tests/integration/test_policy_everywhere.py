"""Every route of the application, whatever it answers, sends the policy and its companions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant import draft_desk
from assistant.web.application import make_app
from assistant.web.files import STAMPED
from assistant.web.shield import SECURITY_HEADERS, Shield
from assistant.wiring import Parts
from index.types import Access
from tests.sample_records import (
    EXACT_QUESTION,
    GOOD_SENTENCE,
    FakeGenerator,
    antrag,
    make_parts,
    vorlage,
)

BASE = "http://127.0.0.1:8000"
OPERATOR = Access.operator("lvs")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
STATIC = re.compile(r"/static(/[0-9a-f]{16})?")
ROUTES_AT_LEAST = 100
KINDS = {
    "text/html",
    "text/event-stream",
    "text/csv",
    "text/css",
    "text/javascript",
    "text/plain",
    "text/markdown",
    "image/svg+xml",
    "application/json",
    "application/problem+json",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with make_parts(tmp_path / "home", FakeGenerator(GOOD_SENTENCE)) as made:
        order = {"titel": "Leihräder", "stichpunkte": ["Ausbau."], "quellen": ["Antrag 15/12"]}
        draft_desk.order(made, draft_desk.ordered(order, "lvs"), OPERATOR, keep_as="raeder")
        yield made


def routes_of(app: Shield) -> list[tuple[str, str]]:
    """Method and path of every route, however deep it is put in; mounts with a file of theirs."""
    inner: Any = app._app
    found: set[tuple[str, str]] = set()

    def walk(routes: list[Any], prefix: str = "") -> None:
        for route in routes:
            below = getattr(route, "original_router", None)
            if below is not None:
                walk(below.routes, prefix + route.include_context.prefix)
            elif getattr(route, "methods", None):
                found.update((method, prefix + route.path) for method in route.methods)
            else:
                assert STATIC.fullmatch(route.path), route.path
                found.update(
                    ("GET", f"{route.path}/{name}") for name in ("geruest.css", "fragen.js")
                )

    walk(inner.routes)
    return sorted(found)


def check(answer: Any, where: object) -> str:
    """The headers of one answer; gives the kind of what it holds."""
    headers = answer.headers
    for name, value in SECURITY_HEADERS.items():
        if name != "cache-control":
            assert headers.get_list(name) == [value], (where, name)
    assert headers["content-security-policy"] == POLICY, where
    assert headers["cache-control"] in ("no-store", "no-cache", STAMPED), where
    kind = str(headers.get("content-type", "")).partition(";")[0]
    if kind in ("text/csv", "text/markdown", "text/plain") and answer.status_code == 200:
        assert headers["content-disposition"].startswith("attachment"), where
    return kind


def test_no_route_answers_without_the_policy(parts: Parts) -> None:
    app = make_app(parts, warm_up=False)
    assert isinstance(app, Shield)
    parts.store.delete(OPERATOR, vorlage().id, who="betrieb")
    routes = routes_of(app)
    assert len(routes) >= ROUTES_AT_LEAST
    kinds = set()
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        asked = client.post("/fragen", data={"text": EXACT_QUESTION, "nur_belege": "1"})
        values = {
            "document_id": antrag().id,
            "ident": asked.headers["location"].rpartition("/")[2],
            "name": "raeder",
            "number": "1",
            "page": "1",
            "form": "txt",
            "deletion_id": parts.store.deletions(OPERATOR)[0].id,
        }
        for accept in ("text/html", "*/*"):
            for method, path in routes:
                place = re.sub(r"\{(\w+)(?::\w+)?\}", lambda m: values.get(m[1], "1"), path)
                if accept == "text/html" and (method != "GET" or "." in path):
                    continue  # files, and what changes something, are asked for once
                if method == "POST" and path.endswith("/loeschen"):
                    continue  # at the end, so that there is something to show until then
                answer = client.request(method, place, headers={"Accept": accept})
                kinds.add(check(answer, (method, place)))
        for method, path in routes:
            if path.endswith("/loeschen") and method == "POST":
                kinds.add(check(client.post(path.replace("{", "").replace("}", "")), path))
        for kind in ("md", "docx"):
            kinds.add(check(client.get(f"/entwurf/raeder/ausgabe?form={kind}"), kind))
        for headers in ({"Host": "boese.example"}, {"HX-Request": "true"}, {"Accept": "text/html"}):
            kinds.add(check(client.get("/gibt-es-nicht", headers=headers), headers))
    assert kinds - {""} >= KINDS, KINDS - kinds


def test_an_unforeseen_error_is_a_page_for_people_with_the_number_that_is_logged(
    parts: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    app = make_app(parts, warm_up=False)
    inner: Any = app._app
    inner.state.generations = None
    with TestClient(app, base_url=BASE) as client:
        shown = client.get("/verwaltung/index", headers={"Accept": "text/html"})
        told = client.get("/verwaltung/index", headers={"Accept": "*/*"})
    assert (shown.status_code, told.status_code) == (500, 500)
    assert check(shown, "page") == "text/html"
    assert "<h1" in shown.text and 'role="alert"' in shown.text
    number = re.search(r"Nummer ([0-9a-f]{8})\.", shown.text)
    assert number and number[1] in caplog.text
    assert told.json()["code"] == "unexpected"
