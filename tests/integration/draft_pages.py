"""What tests of the pages of drafts share: an order, how it is sent, what a page says."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from fastapi.testclient import TestClient
from httpx import Response

BASE = "http://127.0.0.1:8000"
BROWSER = {"Accept": "text/html"}
ORDER = {
    "titel": "Leihräder: Ausbau",
    "stichpunkte": "Der Betrieb soll ausgebaut werden.\nZeitplan: Beginn ist im Juni.",
    "beschlussvorschlag": "Die Verwaltung baut den Betrieb aus.",
    "bearbeitung": "M. Muster",
    "oeffentlich": "ja",
}


def words(response: Response) -> str:
    """What a page says, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def hidden(response: Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.text)
    assert found, name
    return unescape(found[1])


def create(client: TestClient, name: str = "raeder", **more: Any) -> Response:
    data = {**ORDER, "name": name, "quellen": ["Antrag 15/12"], **more}
    return client.post("/entwurf/neu/erstellen", data=data, follow_redirects=False)
