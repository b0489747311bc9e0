"""No connection but to the hosts that the settings name, whatever a server says."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.store import open_store
from ingest.errors import OparlFileGone, OparlHostRefused, OparlNotUnderstood, TooLarge
from ingest.oparl.client import OparlClient
from tests.integration.oparl_run import Register
from tests.integration.oparl_server import Answer, Ratsserver, district, running
from tests.running import ROOT, cli_command, cli_environment


@pytest.fixture
def server() -> Iterator[Ratsserver]:
    with running("1.1") as started:
        yield district(started)


@pytest.fixture
def foreign() -> Iterator[Ratsserver]:
    """A second server that nobody allowed; its list of requests must stay empty."""
    with running("1.1") as started:
        yield district(started)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    store = open_store(tmp_path / "home")
    yield Register(tmp_path / "home", store)
    store.close()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://ris.example.de.boese.example/oparl", "nicht für OParl zugelassen"),
        ("https://ris.example.de:8443/oparl", "„ris.example.de:8443“ ist nicht"),
        ("http://ris.example.de/oparl", "unverschlüsselt"),
        ("https://wer:was@ris.example.de/oparl", "keine Adresse der Form"),
        ("ftp://ris.example.de/oparl", "keine Adresse der Form"),
        ("file:///etc/passwd", "keine Adresse der Form"),
        ("https://169.254.169.254/latest", "nicht für OParl zugelassen"),
        ("https://", "keine Adresse"),
        ("https://ris.example.de\\@boese.example/", "keine Adresse|nicht für OParl"),
    ],
)
def test_an_address_that_is_not_allowed_is_refused_before_any_connection(
    url: str, words: str
) -> None:
    with (
        OparlClient(("ris.example.de",), 50) as client,
        pytest.raises(OparlHostRefused, match=words),
    ):
        client.object(url)


@pytest.mark.parametrize("url", ["https://ris.example.de/oparl", "https://RIS.example.de:443/x"])
def test_an_allowed_address_passes(url: str) -> None:
    with OparlClient(("ris.example.de",), 50) as client:
        client.check(url)


def test_a_server_on_the_same_machine_must_be_named_too(
    server: Ratsserver, register: Register
) -> None:
    with pytest.raises(OparlHostRefused, match="oparl_hosts"):
        register.run(server.system, hosts=())
    assert server.requests == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_a_foreign_host_is_refused(
    status: int, server: Ratsserver, foreign: Ratsserver
) -> None:
    server.misbehave = lambda _path: (status, {"Location": f"{foreign.url}/system"}, b"")
    with (
        OparlClient((server.host,), 50) as client,
        pytest.raises(OparlHostRefused, match="keine Verbindung"),
    ):
        client.object(server.system)
    assert foreign.requests == []


def test_a_redirect_within_the_host_is_followed(server: Ratsserver) -> None:
    moved: Answer = (302, {"Location": "/system"}, b"")
    server.misbehave = lambda path: moved if path == "/alt" else None
    with OparlClient((server.host,), 50) as client:
        found = client.object(f"{server.url}/alt")
    assert found is not None and found["id"] == server.system


def test_redirects_without_end_are_given_up(server: Ratsserver) -> None:
    server.misbehave = lambda path: (302, {"Location": f"{path}x"}, b"")
    with (
        OparlClient((server.host,), 50) as client,
        pytest.raises(OparlNotUnderstood, match="Kreis"),
    ):
        client.object(server.system)
    assert len(server.requests) == 6


def test_a_next_page_on_a_foreign_host_is_refused(
    server: Ratsserver, foreign: Ratsserver, register: Register
) -> None:
    page = {"data": [], "links": {"next": f"{foreign.url}/list/paper"}}
    answer = (200, {}, json.dumps(page).encode())
    server.misbehave = lambda path: answer if path == "/list/paper" else None
    with pytest.raises(OparlHostRefused):
        register.run(server.system)
    assert foreign.requests == []
    server.misbehave = lambda _path: None
    assert register.run(server.system).indexed == 5


def test_a_file_on_a_foreign_host_is_quarantined_and_the_others_come(
    server: Ratsserver, foreign: Ratsserver, register: Register
) -> None:
    server.find("paper", "/3")["mainFile"]["accessUrl"] = f"{foreign.url}/download/stoerche.txt"
    report = register.run(server.system)
    assert report.indexed == 4
    (refused,) = report.quarantined
    assert refused.code == "oparl_host"
    assert foreign.host in refused.message
    assert foreign.requests == []


def test_a_reference_to_a_foreign_host_is_not_followed(
    server: Ratsserver, foreign: Ratsserver, register: Register
) -> None:
    server.find("paper", "/3")["originatorOrganization"] = [f"{foreign.url}/organization/umwelt"]
    report = register.run(server.system)
    assert report.indexed == 5
    assert report.hints
    assert foreign.requests == []


def test_a_proxy_of_the_environment_is_not_used(
    server: Ratsserver, foreign: Ratsserver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, foreign.url)
    with OparlClient((server.host,), 50) as client:
        assert client.object(server.system) is not None
    assert foreign.requests == []


def test_an_answer_without_end_is_cut_off(
    server: Ratsserver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.oparl.client.MAX_FILE_BYTES", 1024 * 1024)
    server.files["/download/gross"] = b"x" * (1024 * 1024 + 1)
    with OparlClient((server.host,), 50) as client:
        with pytest.raises(TooLarge, match="größer als 1 MiB"):
            client.file(f"{server.url}/download/gross")
        with pytest.raises(OparlFileGone):
            client.file(f"{server.url}/download/fehlt")


@pytest.mark.parametrize("data", [b"<html>", b"[" * 100_000, b"", b"42", b'"x"'])
def test_what_is_no_object_is_not_understood(data: bytes, server: Ratsserver) -> None:
    server.misbehave = lambda _path: (200, {}, data)
    with OparlClient((server.host,), 50) as client, pytest.raises(OparlNotUnderstood):
        client.object(server.system)


def test_the_command_refuses_every_server_until_one_is_named(
    server: Ratsserver, tmp_path: Path
) -> None:
    command = cli_command("oparl", server.system, "--json")
    environment = cli_environment(tmp_path)
    refused = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert refused.returncode == 2
    assert "Noch ist kein OParl-Server zugelassen" in json.loads(refused.stdout)["error"]
    environment["AKTENKUNDIG_OPARL_HOSTS"] = '["ris.example.de"]'
    refused = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert refused.returncode == 43
    assert json.loads(refused.stdout)["code"] == "oparl_host"
    assert server.requests == []


@pytest.mark.weights
def test_the_command_takes_over_papers_and_counts_them(
    server: Ratsserver, weights_dir: Path, tmp_path: Path
) -> None:
    environment = cli_environment(tmp_path, weights_dir)
    environment["AKTENKUNDIG_OPARL_HOSTS"] = json.dumps([server.host])
    environment["AKTENKUNDIG_OPARL_REQUESTS_PER_SECOND"] = "50"

    def run(*args: str) -> str:
        done = subprocess.run(
            cli_command(*args),
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    report = json.loads(run("oparl", server.system, "--json"))
    assert report.pop("seconds") > 0
    assert report == {
        "papers": 3,
        "files": 5,
        "indexed": 5,
        "unchanged": 0,
        "replaced": 0,
        "deleted": 0,
        "quarantined": [],
        "full": True,
        "hints": [],
    }
    (paper,) = json.loads(run("show", "7/101", "--json"))["papers"]
    assert paper["source"] == f"{server.url}/file/antrag.txt"
    assert paper["beratungsfolge"][0]["ergebnis"] == "einstimmig empfohlen"
    server.delete("paper", "/1")
    said = run("oparl", server.system)
    assert "gelöscht: 2" in said
    asked = json.loads(run("show", "7/101", "--json"))
    assert asked["papers"] == []
