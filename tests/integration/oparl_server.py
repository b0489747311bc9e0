"""A council's system on loopback that speaks OParl 1.0 or 1.1, with papers of an invented district.

Tests change its objects between runs and make it misbehave as real servers do.
"""

from __future__ import annotations

import copy
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Json = dict[str, Any]
Answer = tuple[int, dict[str, str], bytes]

LISTS = ("organization", "person", "meeting", "paper")
INNER_LISTS = ("agendaItem", "consultation", "file")
OLD = "2024-03-01T08:00:00+01:00"


@dataclass
class Ratsserver:
    """The state of the server. `lists` holds the objects as they are handed out."""

    version: str
    url: str = ""
    page_size: int = 2
    now: datetime = datetime(2024, 6, 3, 12, tzinfo=UTC)
    lists: dict[str, list[Json]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    misbehave: Callable[[str], Answer | None] = lambda _path: None

    @property
    def system(self) -> str:
        """The address to give to the importer."""
        return f"{self.url}/system"

    @property
    def host(self) -> str:
        """The name under which the settings allow this server."""
        return urlsplit(self.url).netloc

    def type_of(self, name: str) -> str:
        return f"https://schema.oparl.org/{self.version}/{name}"

    def asked(self, part: str) -> list[str]:
        """The requests whose path or query contains `part`."""
        return [path for path in self.requests if part in path]

    def find(self, kind: str, end: str) -> Json:
        """The object of a list whose id ends so; tests change it in place."""
        return next(item for item in self.lists[kind] if item["id"].endswith(end))

    def touch(self, item: Json, moment: datetime | None = None) -> None:
        """Has an object modified, now unless told otherwise."""
        item["modified"] = (moment or self.now).isoformat()

    def delete(self, kind: str, end: str) -> None:
        """Deletes softly, as the standard asks."""
        item = self.find(kind, end)
        kept = {name: item[name] for name in ("id", "type", "created") if name in item}
        item.clear()
        item.update(kept, deleted=True)
        self.touch(item)

    def vanish(self, kind: str, end: str) -> None:
        """Takes an object away without a trace, as the standard forbids."""
        self.lists[kind].remove(self.find(kind, end))

    def file(self, name: str, text: str | bytes, /, **more: Any) -> Json:
        """A File with these words in it."""
        data = text if isinstance(text, bytes) else text.encode()
        self.files[f"/download/{name}"] = data
        return {
            "id": f"{self.url}/file/{name}",
            "type": self.type_of("File"),
            "name": name,
            "mimeType": "text/plain",
            "size": len(data),
            "accessUrl": f"{self.url}/download/{name}",
            "created": OLD,
            "modified": OLD,
            **self._checksum(data),
            **more,
        }

    def _checksum(self, data: bytes) -> Json:
        if self.version == "1.0":
            return {"sha1Checksum": hashlib.sha1(data).hexdigest()}
        return {"sha512Checksum": hashlib.sha512(data).hexdigest()}

    def add(self, kind: str, name: str, /, **more: Any) -> Json:
        """Adds an object to one of the lists."""
        item = {
            "id": f"{self.url}/{kind}/{name}",
            "type": self.type_of(kind[0].upper() + kind[1:]),
            "created": OLD,
            "modified": OLD,
            **more,
        }
        self.lists.setdefault(kind, []).append(item)
        return item

    def answer(self, target: str) -> Answer:
        """What the server says to a request."""
        strange = self.misbehave(target)
        if strange is not None:
            return strange
        parts = urlsplit(target)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/system":
            return _json(self._system())
        if parts.path == "/bodies":
            return _json({"data": [self._body()], "pagination": {}, "links": {}})
        if parts.path == "/body/1":
            return _json(self._body())
        if parts.path.startswith("/list/"):
            return _json(self._page(parts.path, query))
        if parts.path in self.files:
            return 200, {"Content-Type": "text/plain"}, self.files[parts.path]
        for item in [item for items in self.lists.values() for item in _all_within(items)]:
            if item.get("id") == f"{self.url}{parts.path}":
                return _json(item)
        return 404, {}, b"not here"

    def _system(self) -> Json:
        return {
            "id": self.system,
            "type": self.type_of("System"),
            "oparlVersion": f"https://schema.oparl.org/{self.version}/",
            "body": f"{self.url}/bodies",
        }

    def _body(self) -> Json:
        names = (*LISTS, *(INNER_LISTS if self.version != "1.0" else ()))
        return {
            "id": f"{self.url}/body/1",
            "type": self.type_of("Body"),
            "name": "Kreis Niederaue",
            "legislativeTerm": [
                {
                    "id": f"{self.url}/term/7",
                    "name": "7. Wahlperiode",
                    "startDate": "2020-11-01",
                    "endDate": "2025-10-31",
                }
            ],
            **{name: f"{self.url}/list/{name}" for name in names},
        }

    def _page(self, path: str, query: dict[str, str]) -> Json:
        kind = path.removeprefix("/list/")
        items = self._inner(kind) if kind in INNER_LISTS else self.lists.get(kind, [])
        since = query.get("modified_since")
        if since is None:
            items = [item for item in items if not item.get("deleted")]
        else:
            first = datetime.fromisoformat(since)
            items = [item for item in items if datetime.fromisoformat(item["modified"]) >= first]
        page = int(query.get("page", "1"))
        start = (page - 1) * self.page_size
        links = {}
        if start + self.page_size < len(items):
            mark = f"&modified_since={since.replace('+', '%2B')}" if since else ""
            links["next"] = f"{self.url}{path}?page={page + 1}{mark}"
        data = items[start : start + self.page_size]
        return {"data": copy.deepcopy(data), "pagination": {}, "links": links}

    def _inner(self, kind: str) -> list[Json]:
        name = self.type_of(kind[0].upper() + kind[1:])
        everything = [item for items in self.lists.values() for item in _all_within(items)]
        return [item for item in everything if item.get("type") == name]


def _all_within(value: Any) -> Iterator[Json]:
    if isinstance(value, list):
        for item in value:
            yield from _all_within(item)
    elif isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _all_within(inner)


def _json(value: Any) -> Answer:
    data = json.dumps(value, ensure_ascii=False).encode()
    return 200, {"Content-Type": "application/json"}, data


@contextmanager
def running(version: str = "1.1") -> Iterator[Ratsserver]:
    """An empty server on a free port of loopback."""
    state = Ratsserver(version)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            state.requests.append(self.path)
            status, headers, data = state.answer(self.path)
            self.send_response_only(status)
            self.send_header("Date", headers.pop("Date", format_datetime(state.now, usegmt=True)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *args: Any) -> None:
            pass  # a killed importer hangs up in mid-sentence

    server = Server(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def district(server: Ratsserver) -> Ratsserver:
    """Fills the server: two meetings with three items, three papers, five files."""
    base = server.url
    server.add("organization", "kreistag", name="Kreistag", classification="Gremium")
    server.add("organization", "umwelt", name="Umweltausschuss", classification="Gremium")
    server.add("organization", "aueliste", name="Aueliste", classification="Fraktion")
    server.add("organization", "dezernat", name="Dezernat Wasser", classification="Verwaltung")
    item = {"type": server.type_of("AgendaItem"), "created": OLD, "modified": OLD}
    server.add(
        "meeting",
        "3",
        name="Sitzung des Umweltausschusses",
        meetingState="durchgeführt",
        start="2024-02-15T17:00:00+01:00",
        organization=[f"{base}/organization/umwelt"],
        invitation=server.file("einladung.txt", "Einladung\n\nWir laden ein zum Thema Deiche."),
        agendaItem=[
            {
                **item,
                "id": f"{base}/agendaItem/31",
                "number": "4",
                "name": "Renaturierung der Erle",
                "public": True,
                "result": "einstimmig empfohlen",
                "consultation": f"{base}/consultation/11",
            },
            {
                **item,
                "id": f"{base}/agendaItem/32",
                "number": "5",
                "name": "Grundstück am Wehr",
                "public": False,
                "consultation": f"{base}/consultation/12",
            },
        ],
    )
    server.add(
        "meeting",
        "4",
        name="Sitzung des Kreistags",
        start="2024-03-21T17:00:00+01:00",
        organization=[f"{base}/organization/kreistag"],
        agendaItem=[
            {
                **item,
                "id": f"{base}/agendaItem/41",
                "number": "2",
                "name": "Renaturierung der Erle",
                "public": True,
                "consultation": f"{base}/consultation/13",
            }
        ],
    )
    consultation = {"type": server.type_of("Consultation"), "created": OLD, "modified": OLD}
    server.add(
        "paper",
        "1",
        name="Renaturierung der Erle",
        reference="7/101",
        date="2024-01-10",
        paperType="Antrag",
        originatorOrganization=[f"{base}/organization/aueliste"],
        underDirectionOf=[f"{base}/organization/dezernat"],
        mainFile=server.file("antrag.txt", "Die Erle soll wieder in Mäandern fließen dürfen."),
        auxiliaryFile=[server.file("karte.txt", "Legende der Karte: Mäander, Uferstreifen, Furt.")],
        consultation=[
            {
                **consultation,
                "id": f"{base}/consultation/11",
                "agendaItem": f"{base}/agendaItem/31",
                "meeting": f"{base}/meeting/3",
                "organization": [f"{base}/organization/umwelt"],
                "role": "Vorberatung",
                "authoritative": False,
            },
            {
                **consultation,
                "id": f"{base}/consultation/13",
                "agendaItem": f"{base}/agendaItem/41",
                "meeting": f"{base}/meeting/4",
                "organization": [f"{base}/organization/kreistag"],
                "role": "Entscheidung",
                "authoritative": True,
            },
        ],
    )
    server.add(
        "paper",
        "2",
        name="Grundstück am Wehr",
        reference="7/102",
        date="2024-01-11",
        paperType="Beschlussvorlage",
        mainFile=server.file("grundstueck.txt", "Das Grundstück am Wehr soll gekauft werden."),
        consultation=[
            {
                **consultation,
                "id": f"{base}/consultation/12",
                "agendaItem": f"{base}/agendaItem/32",
                "meeting": f"{base}/meeting/3",
                "role": "Vorberatung",
            }
        ],
    )
    server.add(
        "paper",
        "3",
        name="Storchennester",
        reference="7/103",
        date="2024-01-12",
        paperType="Anfrage",
        mainFile=server.file("stoerche.txt", "Wie viele Storchennester gibt es im Kreis?"),
    )
    return server
