"""Each fault that real OParl servers are known for, shown by a server that has it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from index.store import open_store
from index.types import Schutzstufe
from ingest.oparl.client import OparlClient
from tests.integration.oparl_run import Register, counts
from tests.integration.oparl_server import Answer, Ratsserver, district, running


@pytest.fixture
def server() -> Iterator[Ratsserver]:
    with running("1.0") as started:
        yield district(started)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    store = open_store(tmp_path / "home")
    yield Register(tmp_path / "home", store)
    store.close()


def objects_of(server: Ratsserver, address: str) -> list[str]:
    """The ids that the client reads from a list."""
    with OparlClient((server.host,), 50) as client:
        return [str(item["id"]) for page in client.pages(address) for item in page.objects]


@pytest.mark.parametrize("empty", [(404, {}, b"nothing"), (200, {}, b"[]")])
def test_sdnet_has_no_changes_and_says_not_found_or_a_bare_list(
    empty: Answer, server: Ratsserver, register: Register
) -> None:
    register.run(server.system)
    server.now += timedelta(days=1)
    server.misbehave = lambda path: empty if "modified_since" in path else None
    report = register.run(server.system)
    assert counts(report) == (0, 5, 0, 0, 0)
    assert not report.full


def test_sdnet_says_not_found_of_a_list_that_is_empty_altogether(server: Ratsserver) -> None:
    said = json.dumps({"error": "nicht gefunden", "code": 802, "type": "SD.NET RIM Webservice"})
    server.misbehave = lambda path: (404, {}, said.encode()) if "/list/person" in path else None
    assert objects_of(server, f"{server.url}/list/person") == []


def test_sdnet_leaves_out_the_type(server: Ratsserver, register: Register) -> None:
    for items in server.lists.values():
        for item in items:
            item.pop("type")
    server.find("paper", "/1")["mainFile"].pop("type")
    assert counts(register.run(server.system)) == (5, 0, 0, 0, 0)
    server.now += timedelta(days=1)
    server.delete("paper", "/3")
    assert len(register.run(server.system).deleted) == 1


def test_sdnet_sends_the_body_where_its_list_belongs(
    server: Ratsserver, register: Register
) -> None:
    body = server.answer("/body/1")
    server.misbehave = lambda path: body if path == "/bodies" else None
    assert register.run(server.system).indexed == 5


def test_deleted_objects_in_a_list_that_should_not_have_them(
    server: Ratsserver, register: Register
) -> None:
    page = server.answer("/list/organization")
    value = json.loads(page[2])
    value["data"].append({"id": f"{server.url}/organization/alt", "deleted": True})
    spoiled = (200, {}, json.dumps(value).encode())
    server.misbehave = lambda path: spoiled if path == "/list/organization" else None
    assert register.run(server.system).indexed == 5


def test_allris_leaves_control_characters_in_its_json(
    server: Ratsserver, register: Register
) -> None:
    server.find("paper", "/1")["name"] = "Renaturierung@der Erle"
    server.page_size = 10
    page = server.answer("/list/paper")
    spoiled = (200, {}, page[2].replace(b"Renaturierung@der", b"Renaturierung\x0b\x01\tder"))
    server.misbehave = lambda path: spoiled if path.startswith("/list/paper") else None
    assert register.run(server.system).indexed == 5
    title = register.documents()["antrag.txt"].title
    assert title.startswith("Renaturierung") and title.endswith("der Erle")
    assert title.isprintable()


def test_allris_sends_objects_where_lists_belong(server: Ratsserver, register: Register) -> None:
    paper = server.find("paper", "/1")
    paper["auxiliaryFile"] = paper["auxiliaryFile"][0]
    paper["consultation"] = paper["consultation"][1]
    paper["originatorOrganization"] = paper["originatorOrganization"][0]
    meeting = server.find("meeting", "/4")
    meeting["agendaItem"] = meeting["agendaItem"][0]
    assert register.run(server.system).indexed == 5
    kopf = register.documents()["antrag.txt"].kopfdaten
    assert [station.gremium for station in kopf.beratungsfolge] == ["Kreistag"]
    assert [mover.value for mover in kopf.antragsteller] == ["Aueliste"]
    assert register.documents()["karte.txt"].visibility is Schutzstufe.OEFFENTLICH


def test_allris_writes_not_available_instead_of_nothing(
    server: Ratsserver, register: Register
) -> None:
    paper = server.find("paper", "/3")
    paper.update(reference="N/A", paperType="N/A", date="N/A", auxiliaryFile="N/A")
    paper["mainFile"].update(downloadUrl="N/A", sha1Checksum=" ")
    server.find("meeting", "/3")["agendaItem"][0]["result"] = "N/A"
    assert register.run(server.system).indexed == 5
    documents = register.documents()
    kopf = documents["stoerche.txt"].kopfdaten
    assert (kopf.nummer, kopf.art, kopf.datum) == (None, None, None)
    assert documents["antrag.txt"].kopfdaten.beratungsfolge[0].ergebnis is None


def test_allris_wraps_a_single_object_in_a_list(server: Ratsserver) -> None:
    status, headers, data = server.answer("/organization/umwelt")
    server.misbehave = lambda _path: (status, headers, b"[" + data + b"]")
    with OparlClient((server.host,), 50) as client:
        found = client.object(f"{server.url}/organization/umwelt")
    assert found is not None and found["name"] == "Umweltausschuss"


def test_sessionnet_fails_now_and_then(server: Ratsserver, register: Register) -> None:
    fails = {"/list/paper", "/list/meeting", "/download/antrag.txt"}

    def once(path: str) -> Answer | None:
        if path in fails:
            fails.remove(path)
            return 500, {}, b""
        return None

    server.misbehave = once
    assert counts(register.run(server.system)) == (5, 0, 0, 0, 0)
    assert fails == set()


def test_sessionnet_dislikes_encoded_queries(server: Ratsserver, register: Register) -> None:
    register.run(server.system)
    server.now += timedelta(days=1)
    server.delete("paper", "/3")
    server.misbehave = lambda path: (500, {}, b"") if "%" in path else None
    report = register.run(server.system)
    assert not report.full
    assert len(report.deleted) == 1
    assert server.asked("/list/paper?modified_since=2024-06-02T11:00:00Z")
    tries = [path for path in server.asked("modified_since") if "%" in path]
    assert {path.split("?")[0] for path in tries} == {"/list/organization"}


def test_a_server_that_knows_no_changes_is_compared_in_full(
    server: Ratsserver, register: Register
) -> None:
    register.run(server.system)
    server.now += timedelta(days=1)
    server.vanish("paper", "/3")
    server.misbehave = lambda path: (400, {}, b"") if "modified_since" in path else None
    report = register.run(server.system)
    assert report.full and len(report.deleted) == 1
    assert any("modified_since" in hint for hint in report.hints)


def test_a_list_that_goes_in_circles_is_read_once_and_deletes_nothing(
    server: Ratsserver, register: Register
) -> None:
    register.run(server.system)
    paper = server.find("paper", "/1")
    circle = {"data": [paper], "links": {"next": f"{server.url}/list/paper"}}
    answer = (200, {}, json.dumps(circle).encode())
    server.misbehave = lambda path: answer if path.startswith("/list/paper") else None
    server.requests.clear()
    report = register.run(server.system, full=True)
    assert len(server.asked("/list/paper")) == 1
    assert report.deleted == ()
    assert any("im Kreis" in hint for hint in report.hints)


def test_a_meeting_that_comes_back_under_another_id_is_the_same_meeting(
    server: Ratsserver, register: Register
) -> None:
    register.run(server.system)
    before = register.documents()
    text = json.dumps(server.lists)
    server.lists = json.loads(text.replace("/meeting/3", "/meeting/3000"))
    report = register.run(server.system, full=True)
    assert counts(report) == (0, 5, 0, 0, 0)
    assert register.documents() == before


def test_references_without_an_object_leave_a_gap_and_not_a_failure(
    server: Ratsserver, register: Register
) -> None:
    paper = server.find("paper", "/3")
    paper["originatorOrganization"] = [f"{server.url}/organization/nirgends"]
    paper["consultation"] = [
        {"id": f"{server.url}/consultation/99", "meeting": f"{server.url}/meeting/nirgends"}
    ]
    assert register.run(server.system).indexed == 5
    kopf = register.documents()["stoerche.txt"].kopfdaten
    assert kopf.antragsteller == () and kopf.beratungsfolge == ()
