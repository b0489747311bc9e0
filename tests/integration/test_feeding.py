"""Jobs and folders under watch as users meet them: the real program, killed and started again."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from index.store import open_store
from index.types import Access
from ingest.feeding.job_book import JobBook
from ingest.feeding.jobs import JobOrigin, JobPath, JobState
from ingest.feeding.turn import ingest_turn
from tests.integration.test_ingest_pipeline import antrag
from tests.running import ROOT, cli_environment
from tests.unit.ingest.pdf_files import pdf_file, prose

pytestmark = pytest.mark.slow

OPERATOR = Access.operator("lvs")
PAPERS = 24
PATIENCE_S = 180


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def akten(tmp_path: Path) -> Path:
    folder = tmp_path / "akten"
    folder.mkdir()
    return folder


def write_papers(folder: Path, count: int = PAPERS) -> None:
    for number in range(1, count + 1):
        (folder / f"{number:02d}.txt").write_text(antrag(f"15/{number}", f"Baum {number}."))


def command(*args: str | Path) -> list[str]:
    return [sys.executable, "-m", "tests.integration.program", *map(str, args)]


def environment(home: Path, pause_s: float = 0.0) -> dict[str, str]:
    more = {"AKTENKUNDIG_GENERATOR": "none", "PAUSE_S": str(pause_s), "PYTHONUNBUFFERED": "1"}
    return cli_environment(home) | more


def run(home: Path, *args: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*args), cwd=ROOT, env=environment(home), capture_output=True, text=True, timeout=120
    )


class Started:
    """A process of the program and the lines it has said."""

    def __init__(self, home: Path, *args: str | Path, pause_s: float = 0.0) -> None:
        self.process = subprocess.Popen(
            command(*args),
            cwd=ROOT,
            env=environment(home, pause_s),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: list[str] = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip())

    def says(self, words: str) -> bool:
        return any(words in line for line in self.lines)

    def end(self, signal_: signal.Signals) -> None:
        self.process.send_signal(signal_)
        self.ended()

    def ended(self) -> None:
        self.process.wait(PATIENCE_S)
        self._listener.join()
        assert self.process.stdout is not None
        self.process.stdout.close()


def wait_for(condition: Callable[[], bool], what: Callable[[], object] = lambda: "") -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, what()
        time.sleep(0.05)


@contextmanager
def started(home: Path, *args: str | Path, pause_s: float = 0.0) -> Iterator[Started]:
    program = Started(home, *args, pause_s=pause_s)
    try:
        yield program
    finally:
        if program.process.poll() is None:
            program.end(signal.SIGKILL)


@contextmanager
def serving(home: Path, port: int, pause_s: float = 0.0) -> Iterator[tuple[Started, httpx.Client]]:
    with (
        started(home, "serve", "--port", str(port), pause_s=pause_s) as server,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE_S) as client,
    ):
        wait_for(lambda: server.says("bereit"), lambda: server.lines)
        yield server, client


def sources(home: Path) -> set[str]:
    store = open_store(home)
    try:
        assert store.verify() == []
        return {document.source for document in store.documents(OPERATOR)}
    finally:
        store.close()


def files_of(folder: Path) -> list[tuple[str, tuple[str, bytes]]]:
    return [("files", (path.name, path.read_bytes())) for path in sorted(folder.iterdir())]


def ended(client: httpx.Client, job_id: str) -> dict[str, Any]:
    """The job at its end, told by its stream of events."""
    with client.stream("GET", f"/api/jobs/{job_id}/events") as stream:
        text = stream.read().decode()
    name, data = text.strip().split("\n\n")[-1].split("\n")
    assert name == "event: ended"
    found: dict[str, Any] = json.loads(data.removeprefix("data: "))
    return found


def test_a_job_goes_on_by_itself_after_the_server_was_killed(
    home: Path, akten: Path, free_port: int
) -> None:
    write_papers(akten)
    with serving(home, free_port, pause_s=0.3) as (server, client):
        answer = client.post("/api/documents", files=files_of(akten))
        assert answer.status_code == 202
        job_id = answer.json()["job_id"]
        assert answer.headers["location"] == f"/api/jobs/{job_id}"
        wait_for(lambda: client.get(f"/api/jobs/{job_id}").json()["indexed"] > 0)
        server.end(signal.SIGKILL)
    before = sources(home)
    assert 0 < len(before) < PAPERS
    assert JobBook(home).get(job_id).state is JobState.LAEUFT
    with serving(home, free_port) as (server, client):
        job = ended(client, job_id)
    assert job["state"] == "fertig"
    assert (job["done"], job["total"], job["refused"]) == (PAPERS, PAPERS, 0)
    # A kill can cost the count what was stored in the half second before, never a document.
    assert job["indexed"] + job["unchanged"] == PAPERS
    assert sources(home) == {f"upload/{job_id}/{n:02d}.txt" for n in range(1, PAPERS + 1)}
    assert before < sources(home)


def test_a_server_told_to_end_hands_the_job_to_the_next(
    home: Path, akten: Path, free_port: int
) -> None:
    write_papers(akten)
    with serving(home, free_port, pause_s=0.3) as (server, client):
        job_id = client.post("/api/documents", files=files_of(akten)).json()["job_id"]
        wait_for(lambda: client.get(f"/api/jobs/{job_id}").json()["indexed"] > 0)
        server.end(signal.SIGTERM)
    job = JobBook(home).get(job_id)
    assert job.state is JobState.WARTEND
    stored = len(sources(home))
    assert 0 < stored == job.counts.indexed < PAPERS
    with serving(home, free_port) as (_, client):
        assert ended(client, job_id)["indexed"] == PAPERS
    assert len(sources(home)) == PAPERS


def test_a_job_is_cancelled_and_resumed(home: Path, akten: Path, free_port: int) -> None:
    write_papers(akten)
    with serving(home, free_port, pause_s=0.3) as (_, client):
        job_id = client.post("/api/documents", files=files_of(akten)).json()["job_id"]
        assert client.post(f"/api/jobs/{job_id}/resume").status_code == 422
        wait_for(lambda: client.get(f"/api/jobs/{job_id}").json()["indexed"] > 0)
        running = client.get(f"/api/jobs/{job_id}").json()
        assert running["rate"] > 0 and running["remaining_s"] > 0
        asked = time.monotonic()
        client.post(f"/api/jobs/{job_id}/cancel")
        cancelled = ended(client, job_id)
        assert time.monotonic() - asked < 10
        assert cancelled["state"] == "abgebrochen"
        assert 0 < cancelled["indexed"] < PAPERS
        assert client.get("/api/status").json()["documents"] == cancelled["indexed"]

        assert client.post(f"/api/jobs/{job_id}/resume").json()["state"] in ("wartend", "laeuft")
        finished = ended(client, job_id)
    assert finished["state"] == "fertig"
    assert (finished["indexed"], finished["unchanged"]) == (PAPERS, 0)
    assert len(sources(home)) == PAPERS


def test_a_broken_upload_is_named_in_the_job_and_the_good_one_lives_as_long_as_its_document(
    home: Path, akten: Path, free_port: int
) -> None:
    (akten / "gut.txt").write_text(antrag("15/1", "Kanarienvogel."))
    (akten / "kaputt.pdf").write_bytes(pdf_file([prose(700, "Text")])[:200])
    (akten / "leer.txt").write_bytes(b"")
    with serving(home, free_port) as (_, client):
        job_id = client.post("/api/documents", files=files_of(akten)).json()["job_id"]
        job = ended(client, job_id)
        assert job["state"] == "fertig"
        assert (job["indexed"], job["refused"]) == (1, 2)
        assert {entry["path"]: entry["code"] for entry in job["quarantined"]} == {
            f"upload/{job_id}/kaputt.pdf": "damaged",
            f"upload/{job_id}/leer.txt": "empty",
        }
        (document,) = client.get("/api/documents").json()["documents"]
        assert document["source"] == f"upload/{job_id}/gut.txt"
        original = home / "originals" / "lvs" / document["document_id"]
        assert original.read_bytes() == (akten / "gut.txt").read_bytes()
        assert list((home / "spool").iterdir()) == []

        deleted = run(home, "delete", document["document_id"], "--ja")
        assert deleted.returncode == 0, deleted.stderr
        assert not original.exists()
        client.post(f"/api/jobs/{job_id}/resume")
        again = ended(client, job_id)
        assert (again["total"], again["refused"]) == (2, 2)
        assert client.get("/api/documents").json()["documents"] == []


def test_a_hundred_searches_during_an_ingest_are_all_answered(
    home: Path, akten: Path, free_port: int
) -> None:
    write_papers(akten)
    seen = set()
    with serving(home, free_port, pause_s=0.3) as (_, client):
        job_id = client.post("/api/documents", files=files_of(akten)).json()["job_id"]
        answered = 0
        while client.get(f"/api/jobs/{job_id}").json()["state"] != "fertig" or answered < 100:
            found = client.get("/api/search", params={"text": f"Baum {answered % PAPERS + 1}"})
            assert found.status_code == 200
            answered += 1
            seen.add(client.get("/api/status").json()["documents"])
    assert answered >= 100
    # New papers became visible group by group, not all at the end.
    assert len(seen) > 4 and max(seen) == PAPERS


def test_an_upload_that_is_no_form_of_files_is_refused_and_leaves_nothing(
    home: Path, free_port: int
) -> None:
    with serving(home, free_port) as (_, client):
        sent: Sequence[tuple[dict[str, Any], int]] = [
            ({"json": {}}, 415),
            ({"content": b"x", "headers": {"content-type": "multipart/form-data"}}, 415),
            ({"files": {"andere": ("a.txt", b"x")}}, 422),
            (
                {
                    "content": b'--b\r\nContent-Disposition: form-data; name="files"; '
                    b'filename="a.txt"\r\n\r\nhalb',
                    "headers": {"content-type": "multipart/form-data; boundary=b"},
                },
                422,
            ),
            ({"files": {"files": ("a", b"x")}, "headers": {"origin": "http://boese.example"}}, 403),
        ]
        for request, status in sent:
            answer = client.post("/api/documents", **request)
            assert answer.status_code == status, answer.text
            assert answer.headers["content-type"] == "application/problem+json"
        assert client.get("/api/jobs").json() == {"jobs": []}
        assert client.get("/api/jobs/unbekannt").status_code == 404
        assert client.get("/api/jobs/unbekannt/events").status_code == 404
    assert not (home / "originals").exists()
    assert list((home / "spool").glob("*/*")) == []


def test_two_ingests_at_once_take_turns(home: Path, akten: Path) -> None:
    write_papers(akten, 3)
    with ingest_turn(home) as mine:
        assert mine
        with started(home, "ingest", akten, "--json") as waiting:
            wait_for(lambda: waiting.says("liest ein anderer Vorgang"), lambda: waiting.lines)
            (job,) = JobBook(home).jobs("lvs")
            assert job.state is JobState.WARTEND
            assert waiting.process.poll() is None
            assert len(JobBook(home).jobs("lvs")) == 1
            waiting.end(signal.SIGKILL)
    with started(home, "ingest", akten, "--json") as waiting:
        with ingest_turn(home) as mine:
            assert mine
            wait_for(lambda: waiting.says("liest ein anderer Vorgang"), lambda: waiting.lines)
        waiting.ended()
    assert json.loads(waiting.lines[-1])["indexed"] == 3
    (job,) = JobBook(home).jobs("lvs")
    assert job.state is JobState.FERTIG


def test_an_ingest_killed_on_the_command_line_is_resumed_by_its_id(home: Path, akten: Path) -> None:
    write_papers(akten)
    with started(home, "ingest", akten, pause_s=0.3) as program:
        wait_for(lambda: (home / "jobs.sqlite3").exists())
        book = JobBook(home)
        wait_for(lambda: any(job.counts.indexed for job in book.jobs("lvs")))
        program.end(signal.SIGKILL)
    (job,) = json.loads(run(home, "jobs", "--json").stdout)["jobs"]
    assert job["state"] == "wartend"
    assert job["job_id"] in run(home, "jobs").stdout
    cancelled = run(home, "jobs", "cancel", job["job_id"])
    assert cancelled.returncode == 0 and "abgebrochen" in cancelled.stdout
    resumed = run(home, "jobs", "resume", job["job_id"], "--json")
    assert resumed.returncode == 0, resumed.stderr
    report = json.loads(resumed.stdout)
    assert report["indexed"] + report["unchanged"] == PAPERS and report["unchanged"] > 0
    shown = json.loads(run(home, "jobs", "show", job["job_id"], "--json").stdout)
    assert (shown["state"], shown["paths"]) == ("fertig", [str(akten)])
    assert run(home, "jobs", "cancel", "nichts").returncode == 52


def test_a_file_copied_slowly_is_read_once_and_whole(home: Path, akten: Path) -> None:
    with started(home, "watch", akten) as watch:
        wait_for(lambda: watch.says("Beobachtet wird"), lambda: watch.lines)
        text = antrag("15/1", "Ein Satz über Bäume. " * 50 + "Letztes Wort Kanarienvogel.").encode()
        with (akten / "langsam.txt").open("wb", buffering=0) as file:
            for at in range(0, len(text), len(text) // 5):
                file.write(text[at : at + len(text) // 5])
                time.sleep(1)
        (akten / "halb.pdf.part").write_bytes(b"%PDF-1.7 halb")
        (akten / "~$entwurf.docx").write_bytes(b"x" * 100)
        wait_for(lambda: watch.says("neu 1"), lambda: watch.lines)
        (akten / "halb.pdf.part").rename(akten / "ganz.txt")
        (akten / "ganz.txt").write_text(antrag("15/2"))
        wait_for(lambda: sum("neu 1" in line for line in watch.lines) == 2, lambda: watch.lines)
        watch.end(signal.SIGINT)
    assert sources(home) == {str(akten / "langsam.txt"), str(akten / "ganz.txt")}
    jobs = JobBook(home).jobs("lvs")
    assert [(job.state, job.counts.total) for job in jobs] == [(JobState.FERTIG, 1)] * 2
    store = open_store(home)
    try:
        assert store.quarantined(OPERATOR) == []
        assert all(document.superseded_by is None for document in store.documents(OPERATOR)), (
            "a half-copied version was stored first"
        )
        assert store.keyword_search(OPERATOR, "Kanarienvogel", 1)
    finally:
        store.close()


def test_a_watch_that_was_killed_catches_up_on_what_came_and_went(home: Path, akten: Path) -> None:
    write_papers(akten)
    with started(home, "watch", akten, "--poll", "1", pause_s=0.3) as watch:
        wait_for(lambda: (home / "jobs.sqlite3").exists())
        book = JobBook(home)
        wait_for(lambda: any(job.counts.indexed for job in book.jobs("lvs")), lambda: watch.lines)
        watch.end(signal.SIGKILL)
    (akten / "99.txt").write_text(antrag("15/99"))
    with started(home, "watch", akten) as watch:
        wait_for(lambda: watch.says(f"{PAPERS} Dateien gelesen"), lambda: watch.lines)
        wait_for(lambda: watch.says("1 Datei gelesen"), lambda: watch.lines)
        (akten / "01.txt").unlink()
        wait_for(lambda: watch.says(f"verschwunden: {akten / '01.txt'}"), lambda: watch.lines)
        watch.end(signal.SIGINT)
    assert len(sources(home)) == PAPERS + 1, "what vanished must stay until somebody says so"

    (akten / "02.txt").rename(akten / "umbenannt.txt")
    with started(home, "watch", akten, "--entfernen") as watch:
        wait_for(lambda: watch.says(f"gelöscht: {akten / '01.txt'}"), lambda: watch.lines)
        wait_for(
            lambda: watch.says(f"{akten / 'umbenannt.txt'}; das Dokument"), lambda: watch.lines
        )
        (akten / "01.txt").write_text(antrag("15/1", "Baum 1."))
        wait_for(lambda: watch.says("neu 1"), lambda: watch.lines)
        watch.end(signal.SIGINT)
    left = sources(home)
    assert str(akten / "01.txt") in left, "a file that came back is taken in again"
    assert str(akten / "02.txt") in left and len(left) == PAPERS + 1


def test_a_share_that_is_suddenly_gone_takes_no_document_with_it(home: Path, akten: Path) -> None:
    write_papers(akten, 3)
    with started(home, "watch", akten, "--poll", "1", "--entfernen") as watch:
        wait_for(lambda: watch.says("neu 3"), lambda: watch.lines)
        away = akten.with_name("weg")
        akten.rename(away)
        wait_for(lambda: watch.says("Nicht erreichbar"), lambda: watch.lines)
        akten.mkdir()  # a mount point without its share
        time.sleep(4)
        akten.rmdir()
        shutil.move(away, akten)
        (akten / "neu.txt").write_text(antrag("15/50"))
        wait_for(lambda: watch.says("neu 1"), lambda: watch.lines)
        assert not watch.says("gelöscht: ") and not watch.says("verschwunden: ")
        watch.end(signal.SIGINT)
    assert len(sources(home)) == 4


def test_a_job_whose_folder_is_gone_fails_with_a_sentence(home: Path, akten: Path) -> None:
    book = JobBook(home)
    lost = JobPath(akten / "fehlt", "fehlt")
    job = book.create("lvs", JobOrigin.BEFEHL, [lost])
    book.close()
    done = run(home, "jobs", "resume", job.id)
    assert done.returncode == 41
    assert "Den Pfad „fehlt“ gibt es nicht mehr." in done.stderr
    shown = json.loads(run(home, "jobs", "show", job.id, "--json").stdout)
    assert (shown["state"], shown["code"]) == ("fehlgeschlagen", "path_missing")
    assert list(akten.iterdir()) == []
