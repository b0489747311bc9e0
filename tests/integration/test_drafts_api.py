"""Drafts and reviews over HTTP: real store, real readers, no model."""

from __future__ import annotations

import json
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from fastapi.testclient import TestClient

from assistant.audit import AUDIT_FILE
from assistant.web import shield
from assistant.web.access import access_of
from assistant.web.application import make_app
from assistant.wiring import Parts
from index.types import Access
from ingest.formats.office import _FOLDER
from tests.sample_records import antrag, make_parts

BASE = "http://127.0.0.1:8000"
PROBLEM = "application/problem+json"
ORDER = {
    "titel": "Räder: Ausbau",
    "stichpunkte": ["Der Betrieb soll ausgebaut werden."],
    "quellen": ["Antrag 15/12"],
    "bearbeitung": "M. Muster",
}
CLOSED = {"titel": "Kauf", "quellen": ["Vorlage 15/12"], "oeffentlich": False}
SECRET = "Zitronenfalter"
DRAFT = f"""# Begründung

Der Antrag 15/12 wurde am 25.05.2023 abgelehnt. Die Kosten betragen 51.000 Euro. {SECRET}.
"""


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with make_parts(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def client(parts: Parts) -> Iterator[TestClient]:
    with TestClient(make_app(parts, warm_up=False), base_url=BASE) as started:
        yield started


@pytest.fixture
def public(parts: Parts) -> Iterator[TestClient]:
    """Somebody who may see public papers only, decided where every route's access is."""
    app = make_app(parts, warm_up=False)
    app._app.dependency_overrides[access_of] = lambda: Access(frozenset({"lvs"}))
    with TestClient(app, base_url=BASE) as started:
        yield started


def keep(client: TestClient, order: dict[str, Any] = ORDER, **more: object) -> dict[str, Any]:
    response = client.post("/api/draft", json={**order, "als": "raeder", **more})
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def problem_of(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    found: dict[str, Any] = response.json()
    assert found["status"] == status
    return found


def test_the_life_of_a_draft(client: TestClient, parts: Parts) -> None:
    proposed = client.post("/api/draft", json={"titel": "Leihräder"}).json()
    assert (proposed["status"], proposed["entwurf"]) == ("quellen wählen", None)
    made = keep(client)
    assert (made["status"], made["name"], made["fassung"]) == ("entworfen", "raeder", 1)
    assert [one["name"] for one in client.get("/api/drafts").json()["entwuerfe"]] == ["raeder"]
    shown = client.get("/api/drafts/raeder").json()
    assert shown["entwurf"] == made["entwurf"] and shown["letzte"] == 1

    reworked = client.post(
        "/api/drafts/raeder/rewrite", json={"fassung": 1, "art": "stichpunkte", "name": "K. Kern"}
    ).json()
    assert reworked["fassung"]["fassung"] == 2 and reworked["vergleich"]["aenderungen"]
    assert client.get("/api/drafts/raeder/compare").json() == reworked["vergleich"]
    undone = client.post("/api/drafts/raeder/undo", json={"fassung": 2, "name": "K. Kern"}).json()
    assert (undone["fassung"], undone["author"]) == (3, "K. Kern")
    versions = client.get("/api/drafts/raeder/versions").json()["fassungen"]
    assert [one["fassung"] for one in versions] == [1, 2, 3]
    old = client.get("/api/drafts/raeder", params={"fassung": 2}).json()
    assert (old["fassung"]["fassung"], old["letzte"]) == (2, 3)

    signed = client.post(
        "/api/drafts/raeder/mitzeichnung",
        json={"fassung": 3, "stelle": "Kämmerei", "name": "K. Kern"},
    ).json()
    assert signed == client.get("/api/drafts/raeder/mitzeichnung").json()
    assert [s["stelle"] for s in signed["stellen"] if s["stand"] == "gezeichnet"] == ["Kämmerei"]

    docx = client.get("/api/drafts/raeder/docx", params={"fassung": 1})
    assert docx.headers["content-disposition"] == 'attachment; filename="raeder.docx"'
    assert "Räder: Ausbau" in [p.text for p in Document(BytesIO(docx.content)).paragraphs]

    gone = client.delete("/api/drafts/raeder", params={"fassung": 3}).json()
    assert gone == {"deleted": True, "name": "raeder", "fassungen": 3}
    problem_of(client.get("/api/drafts/raeder"), 404)
    assert "Räder" not in (parts.home / AUDIT_FILE).read_text("utf-8")


def test_a_change_of_an_older_version_is_a_conflict_and_loses_nothing(client: TestClient) -> None:
    keep(client)
    keep(client, auf=1)
    for response in (
        client.post("/api/draft", json={**ORDER, "als": "raeder"}),
        client.post("/api/draft", json={**ORDER, "als": "raeder", "auf": 1}),
        client.post("/api/drafts/raeder/undo", json={"fassung": 1}),
        client.post("/api/drafts/raeder/rewrite", json={"fassung": 1, "art": "stichpunkte"}),
        client.post(
            "/api/drafts/raeder/mitzeichnung", json={"fassung": 1, "stelle": "A", "name": "B"}
        ),
        client.delete("/api/drafts/raeder", params={"fassung": 1}),
    ):
        found = problem_of(response, 409)
        assert (found["code"], found["title"]) == ("conflict", "Inzwischen geändert")
        assert "Fassung" in found["detail"] or "gibt es schon" in found["detail"]
    assert len(client.get("/api/drafts/raeder/versions").json()["fassungen"]) == 2


def test_nobody_goes_on_with_a_version_that_they_may_not_see(
    client: TestClient, public: TestClient
) -> None:
    keep(client, CLOSED)
    problem_of(public.post("/api/draft", json={**ORDER, "als": "raeder", "auf": 1}), 404)
    assert len(client.get("/api/drafts/raeder/versions").json()["fassungen"]) == 1


def test_of_many_that_change_the_same_version_at_once_one_wins(client: TestClient) -> None:
    keep(client)
    codes: list[int] = []

    def change() -> None:
        response = client.post("/api/draft", json={**ORDER, "als": "raeder", "auf": 1})
        codes.append(response.status_code)

    threads = [threading.Thread(target=change) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [200, 409, 409, 409]
    assert len(client.get("/api/drafts/raeder/versions").json()["fassungen"]) == 2


def test_who_may_see_public_papers_only_learns_nothing_of_a_closed_draft(
    client: TestClient, public: TestClient
) -> None:
    keep(client, CLOSED, als="kauf")
    keep(client)
    assert [one["name"] for one in public.get("/api/drafts").json()["entwuerfe"]] == ["raeder"]
    base = {"fassung": 1}
    for path in ("", "/versions", "/compare", "/mitzeichnung", "/docx"):
        closed = public.get(f"/api/drafts/kauf{path}")
        none = public.get(f"/api/drafts/keiner{path}")
        assert problem_of(closed, 404) == problem_of(none, 404)
    for path, body in (
        ("/undo", base),
        ("/rewrite", {**base, "art": "kuerzer"}),
        ("/mitzeichnung", {**base, "stelle": "A", "name": "B"}),
    ):
        closed = public.post(f"/api/drafts/kauf{path}", json=body)
        assert problem_of(closed, 404) == problem_of(
            public.post(f"/api/drafts/keiner{path}", json=body), 404
        )
    assert public.delete("/api/drafts/kauf", params=base).status_code == 404
    assert client.get("/api/drafts/kauf").status_code == 200


def test_a_public_draft_whose_paper_was_closed_is_not_shown_to_the_public_any_more(
    client: TestClient, public: TestClient, parts: Parts
) -> None:
    keep(client)
    assert public.get("/api/drafts/raeder").status_code == 200
    parts.store.depublish(Access.operator("lvs"), antrag().id, reason="Widerspruch", who="b")
    problem_of(public.get("/api/drafts/raeder"), 404)
    problem_of(public.get("/api/drafts/raeder/docx"), 404)
    assert public.get("/api/drafts").json()["entwuerfe"] == []
    for params in ({}, {"schutz": "oeffentlich"}):
        refused = problem_of(client.get("/api/drafts/raeder/docx", params=params), 422)
        assert "nicht öffentlich ausgegeben" in refused["detail"]
    assert "48.000" not in client.get("/api/drafts/raeder").text
    closed = client.get("/api/drafts/raeder/docx", params={"schutz": "nichtoeffentlich"})
    assert closed.status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [("..%2F..%2Fetc", 404), ("%2E%2E", 422), ("GROSS", 422), ("a%00b", 422), ("x" * 65, 422)],
)
def test_a_hostile_name_leads_nowhere(client: TestClient, path: str, status: int) -> None:
    problem_of(client.get(f"/api/drafts/{path}/versions"), status)
    refused = client.post("/api/draft", json={**ORDER, "als": f"../{path}"})
    assert problem_of(refused, 422)["errors"][0]["field"] == "als"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"titel": ""}, "titel"),
        ({**ORDER, "quellen": "Antrag 15/12"}, "quellen"),
        ({**ORDER, "fremd": 1}, "fremd"),
        ({**ORDER, "quellen": ["x"] * 201}, "quellen"),
    ],
)
def test_an_order_that_is_none_is_refused_by_field(
    client: TestClient, body: dict[str, Any], field: str
) -> None:
    assert problem_of(client.post("/api/draft", json=body), 422)["errors"][0]["field"] == field


def test_a_source_that_cannot_be_used_is_refused(client: TestClient) -> None:
    problem_of(client.post("/api/draft", json={**ORDER, "quellen": ["Antrag 15/999"]}), 404)
    found = problem_of(client.post("/api/draft", json={**ORDER, "quellen": ["nichts"]}), 422)
    assert found["detail"].startswith("»Auftrag«: »nichts« im Feld »quellen« ist keine")
    closed = problem_of(client.post("/api/draft", json={**CLOSED, "oeffentlich": True}), 422)
    assert "nichtöffentlich" in closed["detail"]


def test_an_order_that_is_too_large_is_refused(client: TestClient) -> None:
    found = problem_of(client.post("/api/draft", json={"titel": "x" * 300_000}), 413)
    assert found["detail"] == "Die Anfrage ist größer als 256 KiB."


# ---------------------------------------------------------------------------- review


def sent(content: bytes, name: str = "entwurf.md") -> dict[str, Any]:
    return {"files": {"file": (name, content)}}


def traces(*folders: Path) -> list[Path]:
    """Files below some folders that hold a word of the draft under review."""
    found = []
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and SECRET.encode() in path.read_bytes():
                found.append(path)
    return found


def test_pasted_words_and_a_file_are_reviewed_alike_and_nothing_of_them_stays(
    client: TestClient, parts: Parts
) -> None:
    pasted = client.post("/api/review", json={"text": DRAFT}).json()
    kinds = {finding["art"] for finding in pasted["findings"]}
    assert any("51.000" in finding["quote"] for finding in pasted["findings"]), kinds
    uploaded = client.post("/api/review", **sent(DRAFT.encode())).json()
    assert uploaded["source"] == "entwurf.md"
    assert uploaded["findings"] == pasted["findings"]
    assert traces(parts.home) == []
    assert not any((parts.home / "spool").glob("*"))
    assert len(parts.store.documents(Access.operator("lvs"))) == 3
    lines = [json.loads(line) for line in (parts.home / AUDIT_FILE).read_text().splitlines()]
    assert [line["action"] for line in lines] == ["pruefung", "pruefung"]


def test_a_docx_comes_back_with_comments(client: TestClient) -> None:
    document = Document()
    document.add_heading("Begründung", 1)
    document.add_paragraph("Die Kosten betragen 51.000 Euro.")
    content = BytesIO()
    document.save(content)
    response = client.post("/api/review/docx", **sent(content.getvalue(), "entwurf.docx"))
    assert response.status_code == 200, response.text
    assert b"comments.xml" in response.content
    assert Document(BytesIO(response.content)).paragraphs[1].text.endswith("51.000 Euro.")
    refused = problem_of(client.post("/api/review/docx", **sent(DRAFT.encode())), 422)
    assert "DOCX" in refused["detail"]


def test_whether_it_is_to_become_public_is_asked(client: TestClient) -> None:
    text = "# Begründung\n\nDie Vorlage 15/12 sagt: „Das Grundstück am Kanal liegt neben "
    text += "dem Freilichtmuseum und wird für Stellplätze gebraucht.“\n"

    def taints(**more: object) -> list[str]:
        found = client.post("/api/review", json={"text": text, **more}).json()
        return [f["art"] for f in found["findings"] if "nichtöffentlich" in f["reason"]]

    assert taints() != [] and taints(public=False) == []
    form = client.post("/api/review", **sent(text.encode()), data={"public": "false"}).json()
    assert form["public"] is False
    problem_of(client.post("/api/review", **sent(text.encode()), data={"public": "ja"}), 422)


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"json": {"text": " "}}, 422),
        ({"json": {"fremd": 1}}, 422),
        ({"content": b"{", "headers": {"content-type": "application/json"}}, 422),
        ({"content": b"x", "headers": {"content-type": "multipart/form-data"}}, 422),
        (
            {
                "content": b'--a\r\nContent-Disposition: form-data; name="file"; filename="a.md"'
                b"\r\n\r\nabgebro",
                "headers": {"content-type": "multipart/form-data; boundary=a"},
            },
            422,
        ),
        (sent(b""), 422),
        (sent(b"%PDF-1.7 kaputt", "a.pdf"), 422),
        (sent(b"\x00\x01\x02\x03" * 50, "a.bin"), 422),
        ({"files": {"anders": ("a.md", DRAFT.encode())}}, 422),
        ({"files": [("file", ("a.md", b"a")), ("file", ("b.md", b"b"))]}, 422),
        (sent(b"PK\x03\x04" + b"\x00" * 60, "a.docx"), 422),
    ],
)
def test_an_upload_that_is_no_draft_is_a_problem_in_german(
    client: TestClient, parts: Parts, request_: dict[str, Any], status: int
) -> None:
    found = problem_of(client.post("/api/review", **request_), status)
    assert found["detail"].endswith((".", "…", "TXT."))
    assert not any(word in found["detail"] for word in ("Error", "Field", "boundary", "parse"))
    assert traces(parts.home) == []


def test_an_upload_that_is_too_large_is_refused(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(shield.LARGEST, ("POST", "/api/review"), 2000)
    problem_of(client.post("/api/review", **sent(b"x" * 3000)), 413)


def test_pasted_words_are_limited_whatever_a_file_may_have(client: TestClient) -> None:
    found = problem_of(client.post("/api/review", json={"text": "x" * 13_000_000}), 413)
    assert "2000000 Zeichen" in found["detail"]
    found = problem_of(client.post("/api/review", json={"text": "x" * 2_000_001}), 422)
    assert found["errors"][0] == {"field": "text", "message": "Höchstens 2000000 Zeichen."}
    assert len(json.dumps(found)) < 1000, "what was sent is not repeated"


def test_what_readers_of_a_killed_server_left_goes_with_the_next_start(
    parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    dead = next(n for n in range(4_000_000, 5_000_000) if not Path(f"/proc/{n}").exists())
    own = os.getpid()
    for name in (f"aktenkundig-{dead}-a", f"aktenkundig-{own}-a", f"{_FOLDER}{dead}-a"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "datei.doc").write_text(SECRET)
    with TestClient(make_app(parts, warm_up=False), base_url=BASE):
        deadline = time.monotonic() + 20
        while len(list(tmp_path.glob("*/datei.doc"))) > 1 and time.monotonic() < deadline:
            time.sleep(0.05)
    assert [path.parent.name for path in tmp_path.glob("*/datei.doc")] == [f"aktenkundig-{own}-a"]


def test_a_foreign_page_can_send_nothing(client: TestClient) -> None:
    headers = {"origin": "http://anderswo.example"}
    for path in ("/api/draft", "/api/review", "/api/drafts/raeder/undo"):
        problem_of(client.post(path, json={}, headers=headers), 403)


def test_a_search_is_answered_while_drafts_are_reviewed(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant import review_desk

    real: Callable[..., Any] = review_desk.review_text

    def slow(*args: Any, **more: Any) -> Any:
        time.sleep(1.5)
        return real(*args, **more)

    monkeypatch.setattr(review_desk, "review_text", slow)
    done: list[float] = []

    def review() -> None:
        client.post("/api/review", json={"text": DRAFT})
        done.append(time.monotonic())

    thread = threading.Thread(target=review)
    thread.start()
    time.sleep(0.3)
    assert client.get("/api/status").status_code == 200
    answered = time.monotonic()
    thread.join()
    assert answered < done[0]
