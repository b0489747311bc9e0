"""A council's papers through OParl, from a real server on loopback into the real store."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from index.store import open_store
from index.types import Drucksachennummer, Outcome, Schutzstufe
from ingest.errors import OparlBusy, OparlNotUnderstood, OparlUnreachable
from ingest.oparl.client import OparlClient
from ingest.oparl.state import STATE_FILE, only_import
from tests.integration.oparl_run import OPERATOR, Register, counts
from tests.integration.oparl_server import Ratsserver, district, running

ROOT = Path(__file__).resolve().parents[2]
ALL_FILES = {"antrag.txt", "karte.txt", "einladung.txt", "grundstueck.txt", "stoerche.txt"}


@pytest.fixture(params=["1.0", "1.1"])
def server(request: pytest.FixtureRequest) -> Iterator[Ratsserver]:
    with running(request.param) as started:
        yield district(started)


@pytest.fixture
def newer() -> Iterator[Ratsserver]:
    with running("1.1") as started:
        yield district(started)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    store = open_store(tmp_path / "home")
    yield Register(tmp_path / "home", store)
    store.close()


def test_a_paper_comes_with_all_that_the_council_says_of_it(
    server: Ratsserver, register: Register
) -> None:
    report = register.run(server.system)
    assert counts(report) == (5, 0, 0, 0, 0)
    assert (report.papers, report.files, report.full) == (3, 5, True)
    documents = register.documents()
    assert documents.keys() == ALL_FILES
    summary = documents["antrag.txt"]
    assert summary.source == f"{server.url}/file/antrag.txt"
    assert summary.title == "Renaturierung der Erle"
    kopf = summary.kopfdaten
    assert kopf.art and kopf.art.value == "Antrag"
    assert kopf.nummer and kopf.nummer.value == Drucksachennummer.of(7, 101)
    assert kopf.datum and kopf.datum.value == date(2024, 1, 10)
    assert [mover.value for mover in kopf.antragsteller] == ["Aueliste"]
    assert kopf.dienststelle and kopf.dienststelle.value == "Dezernat Wasser"
    assert [(b.gremium, b.datum, b.rolle) for b in kopf.beratungsfolge] == [
        ("Umweltausschuss", date(2024, 2, 15), "Vorberatung"),
        ("Kreistag", date(2024, 3, 21), "Entscheidung"),
    ]
    first, second = kopf.beratungsfolge
    assert first.ergebnis and first.ergebnis.text == "einstimmig empfohlen"
    assert second.ergebnis is None
    assert kopf.ergebnis is None
    document = register.store.document(OPERATOR, summary.id)
    assert document is not None
    assert document.text.startswith("Die Erle soll wieder in Mäandern fließen dürfen.")
    assert "Wahlperiode: 7. Wahlperiode" in document.text
    assert kopf.nummer.span.cut(document.text) == "7/101"
    assert first.ergebnis.span.cut(document.text) == "einstimmig empfohlen"
    assert "Tagesordnungspunkt 4" in first.span.cut(document.text)
    assert document.sections[-1].title == "Angaben des Ratsinformationssystems (OParl)"
    for passage in register.store.passages(OPERATOR, summary.id):
        assert passage.text == passage.span.cut(document.text)
    invitation = documents["einladung.txt"].kopfdaten
    assert invitation.art and invitation.art.value == "Einladung"
    assert invitation.gremium and invitation.gremium.value == "Umweltausschuss"
    assert invitation.datum and invitation.datum.value == date(2024, 2, 15)
    assert register.store.verify() == []


def test_an_annex_names_its_paper_and_does_not_replace_it(
    newer: Ratsserver, register: Register
) -> None:
    register.run(newer.system)
    annex = register.documents()["karte.txt"]
    assert annex.kopfdaten.art and annex.kopfdaten.art.value == "Anlage"
    assert annex.kopfdaten.nummer is None
    mentions = register.store.mentions(OPERATOR, Drucksachennummer.of(7, 101))
    assert annex.id in {mention.document_id for mention in mentions}


def test_public_is_only_what_the_council_calls_public(
    newer: Ratsserver, register: Register
) -> None:
    register.run(newer.system)
    levels = {name: summary.visibility for name, summary in register.documents().items()}
    assert levels == {
        "antrag.txt": Schutzstufe.OEFFENTLICH,  # its items are public
        "karte.txt": Schutzstufe.OEFFENTLICH,
        "grundstueck.txt": Schutzstufe.NICHTOEFFENTLICH,  # its item is not
        "einladung.txt": Schutzstufe.NICHTOEFFENTLICH,  # a mixed agenda says nothing of the file
        "stoerche.txt": Schutzstufe.NICHTOEFFENTLICH,  # nobody said anything
    }


def test_one_closed_item_closes_a_paper_that_another_treats_in_public(
    newer: Ratsserver, register: Register
) -> None:
    newer.find("meeting", "/4")["agendaItem"][0]["public"] = False
    register.run(newer.system)
    assert register.documents()["antrag.txt"].visibility is Schutzstufe.NICHTOEFFENTLICH


def test_where_paper_and_council_disagree_both_stay_and_a_warning_says_so(
    newer: Ratsserver, register: Register
) -> None:
    newer.find("paper", "/1")["mainFile"] = newer.file(
        "antrag.txt",
        "Antrag Nr. 7/999\n\nnichtöffentlich\n\nDatum: 09.01.2024\n\nBegründung:\n\nDarum.",
    )
    register.run(newer.system)
    summary = register.documents()["antrag.txt"]
    assert summary.kopfdaten.nummer and str(summary.kopfdaten.nummer.value) == "7/999"
    assert summary.visibility is Schutzstufe.NICHTOEFFENTLICH
    document = register.store.document(OPERATOR, summary.id)
    assert document is not None and "Nummer: 7/101" in document.text
    warnings = " ".join(summary.warnings)
    assert "Nummer: Das Papier nennt „7/999“, daneben ist „7/101“ angegeben." in warnings
    assert "Datum: Das Papier nennt „09.01.2024“, daneben ist „10.01.2024“ angegeben." in warnings
    assert "Sichtbarkeit: Das Papier nennt „nichtöffentlich“" in warnings


def test_the_second_run_asks_for_changes_with_overlap_and_fetches_nothing_anew(
    server: Ratsserver, register: Register
) -> None:
    register.run(server.system)
    before = server.now
    server.requests.clear()
    server.now += timedelta(days=2)
    report = register.run(server.system)
    assert counts(report) == (0, 5, 0, 0, 0)
    assert not report.full
    since = (before - timedelta(hours=25)).strftime("%Y-%m-%dT%H%%3A%M%%3A%S%%2B00%%3A00")
    assert server.asked(f"/list/paper?modified_since={since}")
    assert server.asked("/download/") == []


def test_a_result_recorded_later_reaches_the_paper(server: Ratsserver, register: Register) -> None:
    register.run(server.system)
    server.now += timedelta(days=1)
    meeting = server.find("meeting", "/4")
    meeting["agendaItem"][0]["result"] = "mehrheitlich beschlossen"
    server.touch(meeting)
    report = register.run(server.system)
    assert counts(report)[:3] == (0, 4, 1)
    kopf = register.documents()["antrag.txt"].kopfdaten
    assert kopf.ergebnis and kopf.ergebnis.outcome is Outcome.BESCHLOSSEN
    assert kopf.beratungsfolge[1].ergebnis is not None
    assert kopf.beratungsfolge[1].ergebnis.text == "mehrheitlich beschlossen"


def test_an_item_changed_in_the_lists_of_1_1_alone_reaches_the_paper(
    newer: Ratsserver, register: Register
) -> None:
    register.run(newer.system)
    newer.now += timedelta(days=1)
    item = newer.find("meeting", "/4")["agendaItem"][0]
    item["result"] = "abgelehnt"
    newer.touch(item)
    register.run(newer.system)
    kopf = register.documents()["antrag.txt"].kopfdaten
    assert kopf.ergebnis and kopf.ergebnis.outcome is Outcome.ABGELEHNT


def test_a_new_version_of_a_file_replaces_the_old_one(
    newer: Ratsserver, register: Register
) -> None:
    register.run(newer.system)
    newer.now += timedelta(days=1)
    paper = newer.find("paper", "/3")
    paper["mainFile"] = newer.file("stoerche.txt", "Wie viele Nester der Störche sind besetzt?")
    paper["mainFile"]["modified"] = newer.now.isoformat()
    newer.touch(paper)
    report = register.run(newer.system)
    assert counts(report) == (0, 4, 1, 0, 0)
    assert register.found("besetzt") == {"stoerche.txt"}


def test_a_deleted_paper_leaves_nothing_behind(server: Ratsserver, register: Register) -> None:
    register.run(server.system)
    assert register.found("Mäander") == {"antrag.txt", "karte.txt"}
    neighbours = {k: v for k, v in register.documents().items() if "stoer" in k or "grund" in k}
    server.now += timedelta(days=1)
    server.delete("paper", "/1")
    report = register.run(server.system)
    assert counts(report) == (0, 3, 0, 2, 0)
    assert register.found("Mäander") == set()
    assert register.documents().keys() == {"einladung.txt", "grundstueck.txt", "stoerche.txt"}
    assert {k: register.documents()[k] for k in neighbours} == neighbours
    assert register.store.verify() == []
    kept = b"".join(path.read_bytes() for path in register.home.glob(f"{STATE_FILE}*"))
    assert b"Aueliste" in kept and b"7/101" not in kept


def test_all_versions_of_a_deleted_file_are_erased(newer: Ratsserver, register: Register) -> None:
    register.run(newer.system)
    newer.now += timedelta(days=1)
    paper = newer.find("paper", "/3")
    paper["mainFile"] = newer.file("stoerche.txt", "Zweite Fassung der Frage.")
    paper["mainFile"]["modified"] = newer.now.isoformat()
    newer.touch(paper)
    register.run(newer.system)
    newer.now += timedelta(days=1)
    newer.delete("paper", "/3")
    assert len(register.run(newer.system).deleted) == 2
    assert not [s for s in register.store.documents(OPERATOR) if "stoerche" in s.source]


def test_what_lies_in_an_archive_comes_and_goes_with_it(
    newer: Ratsserver, register: Register
) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("nester.txt", "Liste der Nester am Kirchturm.\n\nöffentlich\n")
        archive.writestr("kaputt.docx", b"PK\x03\x04 word/")
    for paper in ("/1", "/3"):
        newer.find("paper", paper)["auxiliaryFile"] = []
    newer.find("paper", "/3")["auxiliaryFile"] = [
        newer.file("nester.zip", buffer.getvalue()),
        newer.file("zweitschrift.txt", "Liste der Nester am Kirchturm.\n\nöffentlich\n"),
    ]
    seen: list[str] = []
    report = register.run(newer.system, progress=lambda now: seen.append(now.path))
    assert [entry.code for entry in report.quarantined] == ["damaged"]
    assert register.found("Kirchturm") == {"nester.txt"}
    tails = [path.rsplit("/", 1)[-1] for path in seen]
    assert tails.index("nester.txt") < tails.index("nester.zip")
    assert register.run(newer.system).indexed == 0
    newer.now += timedelta(days=1)
    paper = newer.find("paper", "/3")
    paper["auxiliaryFile"] = paper["auxiliaryFile"][1:]
    newer.touch(paper)
    register.run(newer.system, full=True)
    assert register.found("Kirchturm") == {"zweitschrift.txt"}
    assert register.store.quarantined(OPERATOR) == []
    newer.now += timedelta(days=1)
    newer.delete("paper", "/3")
    register.run(newer.system)
    assert register.found("Kirchturm") == set()
    assert register.store.verify() == []


def test_what_vanished_without_a_trace_goes_with_the_weekly_reconciliation(
    server: Ratsserver, register: Register
) -> None:
    register.run(server.system)
    server.vanish("paper", "/3")
    server.now += timedelta(days=6)
    assert counts(register.run(server.system)) == (0, 5, 0, 0, 0)
    server.now += timedelta(days=1, hours=1)
    report = register.run(server.system)
    assert report.full
    assert counts(report) == (0, 4, 0, 1, 0)
    assert "stoerche.txt" not in register.documents()


def test_full_reconciles_at_once(newer: Ratsserver, register: Register) -> None:
    register.run(newer.system)
    newer.vanish("paper", "/3")
    report = register.run(newer.system, full=True)
    assert report.full and len(report.deleted) == 1


def test_what_a_list_misses_but_its_address_has_is_kept_once(
    newer: Ratsserver, register: Register
) -> None:
    register.run(newer.system)
    hidden = newer.find("paper", "/3")
    newer.lists["paper"].remove(hidden)
    newer.lists["elsewhere"] = [hidden]
    assert register.run(newer.system, full=True).deleted == ()
    assert len(register.run(newer.system, full=True).deleted) == 1


def test_a_list_that_is_suddenly_empty_deletes_nothing(
    newer: Ratsserver, register: Register
) -> None:
    register.run(newer.system)
    newer.lists["paper"].clear()
    report = register.run(newer.system, full=True)
    assert report.deleted == ()
    assert any("plötzlich leer" in hint for hint in report.hints)
    assert register.documents().keys() == ALL_FILES


@pytest.mark.parametrize("status", [404, 410])
def test_a_file_that_is_no_longer_handed_out_is_erased(
    status: int, newer: Ratsserver, register: Register
) -> None:
    register.run(newer.system)
    newer.now += timedelta(days=1)
    paper = newer.find("paper", "/3")
    paper["mainFile"]["modified"] = newer.now.isoformat()
    newer.touch(paper)
    newer.misbehave = lambda path: (status, {}, b"") if "stoerche" in path else None
    report = register.run(newer.system)
    assert len(report.deleted) == 1
    assert [entry.code for entry in report.quarantined] == ["oparl_file_gone"]
    assert "stoerche.txt" not in register.documents()


def test_bytes_published_twice_stay_until_both_are_gone(
    newer: Ratsserver, register: Register
) -> None:
    same = "Ein Merkblatt, das an zwei Drucksachen hängt."
    for number in ("1", "3"):
        newer.find("paper", f"/{number}")["auxiliaryFile"] = [
            newer.file(f"merkblatt-{number}.txt", same)
        ]
    register.run(newer.system)
    assert register.found("Merkblatt") == {"merkblatt-1.txt"}
    newer.now += timedelta(days=1)
    newer.delete("paper", "/1")
    register.run(newer.system)
    assert register.found("Merkblatt") == {"merkblatt-3.txt"}
    newer.delete("paper", "/3")
    newer.now += timedelta(days=1)
    register.run(newer.system)
    assert register.found("Merkblatt") == set()


def test_a_file_in_two_papers_is_one_document_that_names_both(
    newer: Ratsserver, register: Register
) -> None:
    shared = newer.file("plan.txt", "Ein Plan, der zu zwei Drucksachen gehört.")
    for number in ("1", "2"):
        newer.find("paper", f"/{number}")["auxiliaryFile"] = [shared]
    register.run(newer.system)
    summary = register.documents()["plan.txt"]
    document = register.store.document(OPERATOR, summary.id)
    assert document is not None
    assert "Gehört zu: Antrag 7/101" in document.text
    assert "Gehört auch zu: Beschlussvorlage 7/102" in document.text
    assert summary.visibility is Schutzstufe.NICHTOEFFENTLICH  # 7/102 is closed


@pytest.mark.parametrize(
    "wrong", [{"size": 3, "sha512Checksum": None}, {"sha512Checksum": "0" * 128}]
)
def test_a_file_that_is_not_what_was_announced_waits_for_the_next_run(
    wrong: dict[str, object], newer: Ratsserver, register: Register
) -> None:
    file = newer.find("paper", "/3")["mainFile"]
    right = dict(file)
    file.update(wrong)
    report = register.run(newer.system)
    assert [entry.code for entry in report.quarantined] == ["oparl_checksum"]
    assert "stoerche.txt" not in register.documents()
    file.update(right)
    newer.touch(newer.find("paper", "/3"))
    newer.touch(file)
    assert counts(register.run(newer.system)) == (1, 4, 0, 0, 0)
    assert register.store.quarantined(OPERATOR) == []


def test_an_overloaded_server_is_left_alone_as_long_as_it_asks(
    newer: Ratsserver, register: Register
) -> None:
    refusals = iter([(503, {"Retry-After": "7"}, b""), (429, {"Retry-After": "9"}, b"")])
    newer.misbehave = lambda path: next(refusals, None) if "/list/paper" in path else None
    assert register.run(newer.system).indexed == 5
    assert [pause for pause in register.pauses if pause > 1] == [7.0, 9.0]


def test_a_server_that_stays_silent_ends_the_run_after_growing_pauses(
    newer: Ratsserver, register: Register
) -> None:
    newer.misbehave = lambda path: (500, {}, b"") if "/list/paper" in path else None
    with pytest.raises(OparlUnreachable, match="bitte den Befehl später"):
        register.run(newer.system)
    assert [pause for pause in register.pauses if pause >= 1] == [1.0, 2.0, 4.0]
    assert len(newer.asked("/list/paper")) == 4


def test_a_run_that_lost_its_server_goes_on_at_the_page_where_it_stood(
    newer: Ratsserver, register: Register
) -> None:
    newer.misbehave = lambda path: (503, {}, b"") if "/list/paper?page=2" in path else None
    with pytest.raises(OparlUnreachable):
        register.run(newer.system)
    newer.misbehave = lambda _path: None
    newer.requests.clear()
    assert register.run(newer.system).indexed == 5
    assert [path for path in newer.requests if path.startswith("/list/")] == ["/list/paper?page=2"]


def test_requests_keep_the_distance_that_is_set(newer: Ratsserver) -> None:
    waited: list[float] = []
    with OparlClient((newer.host,), 0.01, pause=waited.append) as client:
        for _ in range(4):
            client.object(newer.system)
    assert len(waited) == 3
    assert all(40 < pause <= 100 for pause in waited)


def test_only_one_import_runs_at_a_time(newer: Ratsserver, register: Register) -> None:
    with only_import(register.home), pytest.raises(OparlBusy, match="läuft schon"):
        register.run(newer.system)


def test_a_server_of_several_bodies_asks_which_one_is_meant(
    newer: Ratsserver, register: Register
) -> None:
    bodies = [{"id": f"{newer.url}/body/{n}", "name": f"Gemeinde {n}"} for n in (1, 2)]
    page = json.dumps({"data": bodies, "links": {}}).encode()
    newer.misbehave = lambda path: (200, {}, page) if path == "/bodies" else None
    with pytest.raises(OparlNotUnderstood, match=r"2 Körperschaften.*Gemeinde 1.*Gemeinde 2"):
        register.run(newer.system)
    assert register.run(f"{newer.url}/body/1").indexed == 5


def test_a_version_to_come_is_not_guessed(newer: Ratsserver, register: Register) -> None:
    newer.version = "2.0"
    with pytest.raises(OparlNotUnderstood, match=r"OParl 2\.0"):
        register.run(newer.system)


def test_a_run_killed_in_the_middle_is_completed_by_the_next(
    newer: Ratsserver, tmp_path: Path
) -> None:
    for number in range(150):
        newer.add(
            "paper",
            f"viele-{number}",
            reference=f"8/{number}",
            paperType="Vorlage",
            name=f"Vorlage {number}",
            mainFile=newer.file(f"viele-{number}.txt", f"Über den Brunnen Nummer {number}."),
        )
    newer.page_size = 100
    home = tmp_path / "home"
    command = [sys.executable, "-m", "tests.integration.oparl_run", str(home), newer.system]
    for enough in (20, 60):
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 300
        newer.requests.clear()
        while len(newer.asked("/download/")) < enough and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
    store = open_store(home)
    try:
        before = len(store.documents(OPERATOR))
        assert 0 < before < 155
        newer.requests.clear()
        register = Register(home, store)
        report = register.run(newer.system)
        assert len(newer.asked("/download/")) < 155
        assert report.files == 155
        assert len(register.documents()) == 155
        assert store.verify() == []
        assert counts(register.run(newer.system)) == (0, 155, 0, 0, 0)
    finally:
        store.close()
