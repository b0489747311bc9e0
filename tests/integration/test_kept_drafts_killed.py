"""Work on kept drafts, killed or met by a full disk at every call that makes data last."""

from __future__ import annotations

import errno
import http.client
import os
import shutil
import signal
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.begruendung.erasing import cut_erased, left_words
from assistant.begruendung.mitzeichnung import Mitzeichnung, Zeichen
from assistant.begruendung.versions import list_versions
from assistant.errors import AssistantError
from index.store import open_store
from tests.integration.test_feeding import started, wait_for
from tests.unit.assistant.begruendung.kept import CITED, NAME, OPERATOR, House, house

CALLS = ("fsync", "replace", "rename", "link", "unlink", "rmdir", "mkdir", "ftruncate")
DONE, REFUSED, KILLED = 0, 3, 137
SIGNED = Mitzeichnung("Kämmerei", Zeichen.MITGEZEICHNET, "K. Kern", date(2026, 3, 6), 2)

Work = Callable[[House], object]
WORKS: dict[str, Work] = {
    "keep": lambda h: h.keep(based_on=2),
    "begin": lambda h: h.keep("anderer"),
    "undo": lambda h: h.shelf.undo(NAME, based_on=2, author="K. Kern"),
    "sign": lambda h: h.shelf.sign(NAME, SIGNED),
    "remove": lambda h: h.shelf.remove(NAME, based_on=2, who="betreiber"),
    "cut": lambda h: cut_erased(h.home, h.store),
}


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """A home with a draft of two versions; for "cut" its paper is erased already."""
    made = house(tmp_path / "vorher")
    made.keep()
    made.keep(based_on=1)
    made.store.close()
    return made.home


def run(home: Path, work: Work, at: int, fault: str) -> tuple[int, int]:
    """Does the work in a child; how it ended, and how many calls it got to.

    At the `at`-th call the child is gone, or this call and all later ones find the disk full.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child:
        os.close(writer)
        with os.fdopen(reader, "rb") as pipe:
            calls = len(pipe.read())
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), calls
    code = 99
    try:
        store = open_store(home)
        _break(writer, at, fault)
        work(House(home, store))
        code = DONE
    except AssistantError:
        code = REFUSED
    finally:
        os._exit(code)


def _break(writer: int, at: int, fault: str) -> None:
    counted = 0

    def broken(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            nonlocal counted
            counted += 1
            os.write(writer, b".")
            if fault == "kill" and counted == at:
                os._exit(KILLED)
            if fault == "full" and counted >= at and name not in ("unlink", "rmdir"):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*args, **more)

        return call

    for name in CALLS:
        setattr(os, name, broken(name, getattr(os, name)))


def prepared(before: Path, home: Path, work: str) -> Path:
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(before, home)
    if work == "cut":
        store = open_store(home)
        store.delete(OPERATOR, CITED)
        store.close()
    return home


@pytest.mark.parametrize("fault", ["kill", "full"])
@pytest.mark.parametrize("name", list(WORKS))
def test_work_on_a_draft_is_wholly_done_or_wholly_not_wherever_it_stops(
    before: Path, tmp_path: Path, name: str, fault: str
) -> None:
    home = tmp_path / "home"
    code, calls = run(prepared(before, home, name), WORKS[name], 0, "none")
    assert code == DONE and calls >= 3, (code, calls)
    whole = state(home)
    untouched = state(prepared(before, home, name))
    assert whole != untouched
    ends = set()
    for at in range(1, calls + 1):
        code, _ = run(prepared(before, home, name), WORKS[name], at, fault)
        assert code in ({KILLED} if fault == "kill" else {REFUSED, DONE}), (at, code)
        found = state(home)
        if name != "cut":
            assert found in (whole, untouched), f"{fault} at call {at}"
            if code == DONE:
                assert found == whole, f"reported as done at call {at}"
        ends.add(found == whole)
        healed(home, found, name)
    assert False in ends, "no fault met the work before its end"


State = tuple[tuple[tuple[str, str], ...], int]


def state(home: Path) -> State:
    """The drafts as a reader finds them: the words of each version, and the signatures."""
    store = open_store(home)
    shelf = House(home, store).shelf
    versions = [
        (f"{name} {v.number} {v.anlass} {v.schnitte}", str(v.entwurf))
        for name in shelf.names()
        for v in list_versions(home, "lvs", name)
    ]
    signed = sum(len(shelf.signatures(name)) for name in shelf.names())
    store.close()
    return tuple(versions), signed


def healed(home: Path, found: State, name: str) -> None:
    """What every start does: nothing half done stays, erased words go, the rest is as it was."""
    store = open_store(home)
    cut_erased(home, store)
    assert list(left_words(home, store)) == []
    store.close()
    files = [path for path in (home / "entwuerfe").rglob("*") if path.is_file()]
    hidden = {path.name for path in files if path.name.startswith(".")}
    assert hidden <= {".sperre", ".geloeschtes"}, hidden
    assert not any(
        path.name.startswith(".")
        for path in (home / "entwuerfe" / "lvs").iterdir()
        if path.is_dir()
    )
    if name == "cut":
        assert not any(b"48.000" in path.read_bytes() for path in files)
    else:
        assert state(home) == found


def test_an_upload_for_review_is_gone_with_a_server_that_is_killed_in_the_middle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free_port: int
) -> None:
    home, scratch = tmp_path / "home", tmp_path / "tmp"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    secret = b"Zitronenfalter " * 100_000
    with started(home, "serve", "--port", str(free_port)) as server:
        wait_for(lambda: server.says("bereit"), lambda: server.lines)
        sending = http.client.HTTPConnection("127.0.0.1", free_port, timeout=30)
        sending.putrequest("POST", "/api/review")
        sending.putheader("Content-Type", "multipart/form-data; boundary=grenze")
        sending.putheader("Content-Length", str(len(secret) + 100_000))
        sending.endheaders()
        sending.send(
            b"--grenze\r\nContent-Disposition: form-data; "
            b'name="file"; filename="entwurf.md"\r\n\r\n' + secret
        )
        wait_for(lambda: open_and_unnamed(server.process.pid, scratch), lambda: server.lines)
        server.end(signal.SIGKILL)
        sending.close()
    left = [p for p in (*home.rglob("*"), *scratch.rglob("*")) if p.is_file()]
    assert not any(b"Zitronenfalter" in path.read_bytes() for path in left)


def open_and_unnamed(pid: int, folder: Path) -> bool:
    """Whether a process holds a file open below a folder that has no name there."""
    for handle in Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = str(handle.readlink())
        except OSError:
            continue
        if target.startswith(str(folder)) and target.endswith("(deleted)"):
            return handle.stat().st_size > 0
    return False
