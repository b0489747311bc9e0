"""The room Prüfung over HTTP, by plain forms as without script: real store, no model."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from fastapi.testclient import TestClient

from assistant.audit import AUDIT_FILE
from assistant.hausregeln import read_hausregeln
from assistant.web.application import make_app
from assistant.wiring import Parts
from tests.integration.draft_pages import BASE, BROWSER, words
from tests.sample_records import antrag, make_parts

FORM_HEADERS = {"content-type": "multipart/form-data; boundary=a"}
UNCHOSEN = (
    b'--a\r\nContent-Disposition: form-data; name="file"; filename=""\r\n'
    b"Content-Type: application/octet-stream\r\n\r\n\r\n--a--\r\n"
)
"""What a browser sends for a file field that nobody touched."""
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
    with TestClient(make_app(parts, warm_up=False), base_url=BASE, headers=BROWSER) as started:
        yield started


def traces(*folders: Path) -> list[Path]:
    """Files below some folders that hold a word of the draft under review."""
    return [
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and SECRET.encode() in path.read_bytes()
    ]


def test_a_file_and_pasted_words_get_the_same_findings_beside_the_text(
    client: TestClient, parts: Parts
) -> None:
    assert "höchstens 100 MiB" in words(client.get("/pruefung"))
    pages = (
        client.post("/pruefung/datei", files={"file": ("entwurf.md", DRAFT.encode())}),
        client.post("/pruefung/text", data={"text": DRAFT}),
    )
    for page in pages:
        assert page.status_code == 200
        assert "51.000 Euro" in page.text and SECRET in words(page)
        links = set(re.findall(r'href="#(stelle-\d+)"', page.text))
        assert links and links <= set(re.findall(r'id="(stelle-\d+)"', page.text))
        back = set(re.findall(r'href="#(befund-\d+)"', page.text))
        assert back and back <= set(re.findall(r'id="(befund-\d+)"', page.text))
        assert f"/dokument/{antrag().id}?von=" in page.text
    assert traces(parts.home) == []
    lines = [json.loads(line) for line in (parts.home / AUDIT_FILE).read_text().splitlines()]
    assert [line["action"] for line in lines] == ["pruefung", "pruefung"]


def test_findings_come_as_json_and_as_comments(client: TestClient) -> None:
    found = client.post("/pruefung/text/json", data={"text": DRAFT})
    assert found.headers["content-disposition"] == 'attachment; filename="pruefung.json"'
    assert found.json() == client.post("/api/review", json={"text": DRAFT}).json()
    document = Document()
    document.add_heading("Begründung", 1)
    document.add_paragraph("Die Kosten betragen 51.000 Euro.")
    content = BytesIO()
    document.save(content)
    file = {"file": ("entwurf.docx", content.getvalue())}
    commented = client.post("/pruefung/datei/docx", files=file)
    assert b"comments.xml" in commented.content
    assert client.post("/pruefung/datei/json", files=file).json()["source"] == "entwurf.docx"
    refused = client.post("/pruefung/datei/docx", files={"file": ("a.md", DRAFT.encode())})
    assert refused.status_code == 422 and "nur in eine DOCX-Datei" in words(refused)


@pytest.mark.parametrize(
    ("path", "sent", "told"),
    [
        ("datei", {"content": UNCHOSEN, "headers": FORM_HEADERS}, "wählen Sie eine"),
        ("datei", {"files": {"file": ("a.md", b"")}}, "nicht leer"),
        ("datei", {"files": {"file": ("a.pdf", b"%PDF-1.7 kaputt")}}, "Bitte"),
        ("text", {"data": {"text": "  "}}, "fügen Sie den Text"),
        ("text", {"data": {"text": "x" * 2_000_001}}, "zu lang"),
    ],
)
def test_what_cannot_be_reviewed_is_told_at_its_field(
    client: TestClient, path: str, sent: dict[str, Any], told: str
) -> None:
    page = client.post(f"/pruefung/{path}", **sent)
    assert page.status_code == 422 and told in words(page)
    field = "text" if path == "text" else "datei"
    assert f'id="{field}-fehler"' in page.text


def test_an_empty_result_says_what_was_reviewed(client: TestClient, parts: Parts) -> None:
    sections = read_hausregeln(parts.home, "lvs").abschnitte
    said = {"beschlussvorschlag": "Die Verwaltung baut den Betrieb aus."}
    text = "\n\n".join(
        f"# {one.titel}\n\n{said.get(one.schluessel, 'Dazu berichtet das Haus.')}"
        for one in sections
    )
    page = words(client.post("/pruefung/text", data={"text": text, "public": "false"}))
    assert "Kein Befund" in page and "Das heißt nicht, dass alles stimmt" in page
    assert "Was geprüft wird" in page and "Geprüft als nichtöffentlich." in page


def test_markup_of_a_draft_under_review_stays_text(client: TestClient) -> None:
    hostile = '<script>alert(1)</script> Der Antrag 15/999 <img src=x onerror="a()"> gilt.'
    page = client.post("/pruefung/datei", files={"file": ('"><b>.txt', hostile.encode())})
    assert page.status_code == 200
    assert "<script>alert" not in page.text and "<img src=x" not in page.text
    assert '"><b>' not in page.text


def test_htmx_gets_the_findings_alone(client: TestClient) -> None:
    headers = {"HX-Request": "true"}
    part = client.post("/pruefung/text", data={"text": DRAFT}, headers=headers)
    assert part.status_code == 200
    assert "<html" not in part.text and "51.000 Euro" in part.text
    wrong = client.post("/pruefung/text", data={"text": " "}, headers=headers)
    assert wrong.status_code == 422 and 'href="#text"' in wrong.text and "<html" not in wrong.text
