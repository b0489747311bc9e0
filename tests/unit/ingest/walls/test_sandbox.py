"""The parser's process: limited, killed when it hangs, and cheap for small files."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import errors
from ingest.intake import HTML
from ingest.walls import jail
from ingest.walls.cell import BUBBLEWRAP, find_bubblewrap
from ingest.walls.family import own_scratch
from ingest.walls.jail import MAX_TASKS, NOBODY, files_are_shut, network_is_shut, python_folders
from ingest.walls.sandbox import Sandbox

FAULTS = """
import os, socket, subprocess, sys, time
from pathlib import Path
from ingest.blocks import Block, BlockKind, Parsed
from ingest.errors import Damaged

def _said(text):
    box = (0.0, 1.0, 2.0, 3.0)
    block = Block(BlockKind.PARAGRAPH, text, 1, 0, box, True, ((0.0, 2.0),), (1,))
    return Parsed((block,), 1, "fake", ("w",))

def parse(data):
    what = data.decode()
    if what == "loop":
        while True: pass
    if what == "sleep":
        time.sleep(60)
    if what == "memory":
        bytearray(1 << 34)
    if what == "abort":
        os.abort()
    if what == "raise":
        raise ZeroDivisionError
    if what == "refuse":
        raise Damaged("kaputt")
    if what == "print":
        print("unsinn", flush=True); os.write(1, b"mehr unsinn")
    if what == "environment":
        return _said(repr(sorted(os.environ)))
    if what.startswith("write "):
        try:
            os.write(os.open(what[6:], os.O_WRONLY | os.O_TRUNC), b"x")
        except OSError as error:
            return _said(type(error).__name__)
    if what.startswith("read "):
        try:
            return _said(open(what[5:]).read())
        except OSError as error:
            return _said(type(error).__name__)
    if what == "number":
        globals()["number"] = globals().get("number", 0) + 1
        return _said(str(globals()["number"]))
    if what == "fork without end":
        count = 0
        try:
            while True:
                if os.fork() == 0:
                    time.sleep(30); os._exit(0)
                count += 1
                if count == 2000:
                    time.sleep(50)  # enough of them to be seen, too few to stifle the machine
        except OSError:
            pass
        return _said(str(count))
    if what == "children take memory":
        for _ in range(3):
            if os.fork() == 0:
                held = b"x" * (190 << 20)
                time.sleep(50)
        time.sleep(50)
    if what == "child":
        done = subprocess.run(["sh", "-c", "echo Kind > $TMPDIR/a; cat $TMPDIR/a"], stdin=subprocess.DEVNULL, capture_output=True)
        return _said(done.stdout.decode() + done.stderr.decode())
    if what == "leave something behind":
        subprocess.Popen(["sh", "-c", "setsid sleep 60 & sleep 60"], stdin=subprocess.DEVNULL)
        Path(os.environ["TMPDIR"], "rest").write_text("rest")
        Path(os.environ["TMPDIR"], "ordner/darin").mkdir(parents=True)
        time.sleep(0.2)
        return _said("geblieben")
    if what == "what is left":
        folder = Path(os.environ["TMPDIR"])
        left = [name for name in ("rest", "ordner") if (folder / name).exists()]
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        return _said(f"{left} {children}")
    if what == "big file":
        with open(os.environ["TMPDIR"] + "/gross", "wb") as file:
            for _ in range(300): file.write(bytes(1 << 20))
    if what == "child hangs":
        subprocess.Popen(["sh", "-c", "sleep 61 & sleep 62"], stdin=subprocess.DEVNULL)
        time.sleep(60)
    if what == "clock":
        import ctypes, signal
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        ctypes.CDLL(None).sleep(50)
    if what == "hang up":
        os.closerange(3, 100); os.close(0); os.close(1)
        time.sleep(60)
    if what == "processes":
        return _said(str(sum(name.isdecimal() for name in os.listdir("/proc"))))
    if what.startswith("network "):
        try:
            socket.create_connection(("127.0.0.1", int(what[8:])), timeout=2)
        except OSError as error:
            return _said(error.strerror or "")
        return _said("connected")
    return _said(what)
"""


PATIENT_S, SHORT_S = 60.0, 3.0
WALLS = [None] if find_bubblewrap() is None else [None, BUBBLEWRAP]


@pytest.fixture(params=WALLS, ids=lambda walls: walls or "without")
def walls(request: pytest.FixtureRequest) -> str | None:
    return request.param  # type: ignore[no-any-return]


def _box(
    folder: Path, walls: str | None, timeout_s: float, memory_bytes: int = 512 * 1024**2
) -> Sandbox:
    folder.chmod(0o755)  # the worker of a root user is nobody
    (folder / "faulty_parsers.py").write_text(FAULTS)
    return Sandbox(
        timeout_s=timeout_s,
        memory_bytes=memory_bytes,
        parsers={HTML: "faulty_parsers:parse"},
        import_paths=(folder,),
        bubblewrap=walls,
    )


@pytest.fixture
def box(tmp_path: Path, walls: str | None) -> Iterator[Sandbox]:
    with _box(tmp_path, walls, PATIENT_S) as sandbox:
        yield sandbox


@pytest.fixture
def hasty_box(tmp_path: Path, walls: str | None) -> Iterator[Sandbox]:
    with _box(tmp_path, walls, SHORT_S) as sandbox:
        yield sandbox


def said(box: Sandbox, what: str) -> str:
    return box.parse(HTML, what.encode()).blocks[0].text


def test_a_parsed_file_comes_back_as_it_was(box: Sandbox) -> None:
    parsed = box.parse(HTML, "Größe".encode())
    assert parsed.blocks[0].text == "Größe"
    (block,) = parsed.blocks
    assert block.bbox == (0.0, 1.0, 2.0, 3.0)
    assert (block.heads_table, block.extents, block.continued) == (True, ((0.0, 2.0),), (1,))
    assert (parsed.page_count, parsed.parser, parsed.warnings) == (1, "fake", ("w",))


@pytest.mark.parametrize(
    ("what", "error"),
    [
        ("memory", errors.ParserMemory),
        ("children take memory", errors.ParserMemory),
        ("abort", errors.ParserCrashed),
        ("big file", errors.ParserCrashed),
        ("raise", errors.ParserCrashed),
        ("refuse", errors.Damaged),
    ],
)
def test_a_parser_that_fails_is_named_and_the_next_file_is_read(
    box: Sandbox, what: str, error: type[errors.IngestError]
) -> None:
    started = time.monotonic()
    with pytest.raises(error) as caught:
        said(box, what)
    assert type(caught.value) is error
    assert time.monotonic() - started < PATIENT_S
    assert said(box, "weiter") == "weiter"


@pytest.mark.parametrize("what", ["loop", "sleep"])
def test_a_parser_that_hangs_is_ended_and_the_next_file_is_read(
    hasty_box: Sandbox, what: str
) -> None:
    started = time.monotonic()
    with pytest.raises(errors.ParserTimeout):
        said(hasty_box, what)
    assert SHORT_S <= time.monotonic() - started < PATIENT_S
    assert said(hasty_box, "weiter") == "weiter"


def test_the_worker_has_no_secrets_and_no_voice(
    box: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEHEIMNIS", "x")
    assert "GEHEIMNIS" not in said(box, "environment")
    assert said(box, "print") == "print"


def test_the_worker_cannot_write_a_file_nor_read_a_foreign_one(
    box: Sandbox, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("fremd") / "akte.txt"
    file.write_text("geheim")
    if files_are_shut() or box.walled:
        denied = {"PermissionError", "FileNotFoundError"}
        assert said(box, f"read {file}") in denied
        assert said(box, f"write {file}") in denied
    assert file.read_text() == "geheim"


def test_the_network_is_shut_where_the_kernel_allows_it(box: Sandbox) -> None:
    # A listener of our own: whoever reaches the real loopback gets a connection.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        words = said(box, f"network {listener.getsockname()[1]}")
    shut = {"Network is unreachable", "Permission denied", "Connection refused"}
    assert words in (shut if network_is_shut() or box.walled else {"connected"})


def test_many_small_files_share_one_process(box: Sandbox) -> None:
    said(box, "warm")
    started = time.process_time()
    assert [said(box, "number") for _ in range(100)] == [str(n) for n in range(1, 101)]
    assert (time.process_time() - started) / 100 < 0.005


def test_a_worker_is_replaced_after_its_share_of_files(
    box: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.walls.sandbox.FILES_PER_WORKER", 3)
    assert [said(box, "number") for _ in range(7)] == ["1", "2", "3", "1", "2", "3", "1"]


def test_an_interrupted_parse_is_a_crash(box: Sandbox) -> None:
    said(box, "warm")
    threading.Timer(0.3, box.interrupt).start()
    with pytest.raises(errors.ParserCrashed):
        said(box, "sleep")


def test_the_worker_of_root_is_nobody_and_holds_no_privilege(box: Sandbox) -> None:
    walled = box.walled
    worker = box.processes()[-1]
    assert {_held(worker)[name] for name in ("CapInh", "CapPrm", "CapEff")} == {"0" * 16}
    users = _users(worker)
    if os.geteuid() != 0:
        assert users == {os.getuid()}
    elif walled:
        assert users == {NOBODY}
    else:
        legible = all(map(_is_open_to_all, (*python_folders(), Path(jail.__file__).parent)))
        assert users == {NOBODY if legible else 0}


def _held(process: int) -> dict[str, str]:
    """What the kernel says of a process, seen from outside its walls."""
    status = Path(f"/proc/{process}/status").read_text()
    return dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)


def _users(process: int) -> set[int]:
    return {int(user) for user in _held(process)["Uid"].split()}


def _is_open_to_all(folder: Path) -> bool:
    return all(path.stat().st_mode & 0o005 == 0o005 for path in (folder, *folder.parents))


def test_a_parser_may_run_a_program_of_the_system_and_write_in_its_scratch_folder(
    box: Sandbox,
) -> None:
    assert said(box, "child") == "Kind\n"


def test_a_parser_cannot_fill_the_machine_with_processes(tmp_path: Path, walls: str | None) -> None:
    with _box(tmp_path, walls, PATIENT_S, 8 * 1024**3) as box:
        said(box, "warm")
        started = time.monotonic()
        counted = _users(box.processes()[-1]) != {0}
        if counted:
            assert 1 <= int(said(box, "fork without end")) <= MAX_TASKS
        else:  # the kernel counts no processes of root: they are ended from outside
            with pytest.raises(errors.ParserMemory):
                said(box, "fork without end")
            assert box.processes() == []
        assert said(box, "weiter") == "weiter"
        assert time.monotonic() - started < 20, "children lived on until they ended by themselves"


def test_a_worker_that_hangs_up_and_lives_on_holds_nobody_up(
    hasty_box: Sandbox,
) -> None:
    started = time.monotonic()
    with pytest.raises((errors.ParserCrashed, errors.ParserTimeout)):
        said(hasty_box, "hang up")
    assert time.monotonic() - started < PATIENT_S
    assert hasty_box.processes() == []
    assert said(hasty_box, "weiter") == "weiter"


def test_nothing_of_one_file_is_left_for_the_next(hasty_box: Sandbox) -> None:
    assert said(hasty_box, "leave something behind") == "geblieben"
    assert said(hasty_box, "what is left") == "[] []"


@pytest.mark.parametrize("interrupted", [True, False])
def test_children_end_with_their_worker(hasty_box: Sandbox, interrupted: bool) -> None:
    said(hasty_box, "warm")
    seen: list[int] = []

    def look() -> None:
        seen.extend(hasty_box.processes())
        if interrupted:
            hasty_box.interrupt()

    timer = threading.Timer(SHORT_S / 2, look)
    timer.start()
    with pytest.raises(errors.ParserCrashed if interrupted else errors.ParserTimeout):
        said(hasty_box, "child hangs")
    timer.join()
    assert len(seen) >= 2
    deadline = time.monotonic() + PATIENT_S
    while any(Path(f"/proc/{process}").exists() for process in seen):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_the_worker_sees_no_process_but_its_own_behind_walls(box: Sandbox) -> None:
    if box.walled:
        assert said(box, "processes") == "1"
    elif files_are_shut():
        with pytest.raises(errors.ParserCrashed):  # /proc itself is not to be listed
            said(box, "processes")


def test_the_scratch_folder_of_a_killed_process_is_cleared_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = subprocess.Popen(["true"])
    ended.wait()
    left = tmp_path / f"aktenkundig-{ended.pid}-abc"
    left.mkdir()
    (left / "rest.txt").write_text("Akte")
    foreign = tmp_path / "aktenkundig-daten-abc"
    foreign.mkdir()
    mine = [own_scratch(), own_scratch()]
    assert sorted(tmp_path.iterdir()) == sorted([foreign, *mine])


def test_a_worker_does_not_end_with_the_thread_that_asked_first(box: Sandbox) -> None:
    thread = threading.Thread(target=said, args=(box, "warm"))
    thread.start()
    thread.join()
    assert said(box, "number") == "1"
    time.sleep(0.3)
    assert said(box, "number") == "2"


def test_a_worker_ends_itself_even_where_its_parser_never_lets_go_of_the_interpreter() -> None:
    code = (
        "import re; from ingest.walls.worker import _start_clock; "
        "_start_clock(-1.5); re.fullmatch('(a+)+b', 'a' * 60)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[4], timeout=60, check=False
    )
    assert ended.returncode == 1


def test_signals_of_run_out_time_end_a_worker_behind_walls_too(box: Sandbox) -> None:
    with pytest.raises(errors.ParserTimeout):
        said(box, "clock")
    assert said(box, "weiter") == "weiter"


def test_a_killed_parent_leaves_no_worker_behind(tmp_path: Path, walls: str | None) -> None:
    script = (
        "import sys, time; sys.path.insert(0, sys.argv[1])\n"
        "from ingest.walls.sandbox import Sandbox\n"
        "box = Sandbox(bubblewrap=sys.argv[2] or None); box.walled\n"
        "print(*box.processes(), flush=True); time.sleep(60)\n"
    )
    command = [sys.executable, "-c", script, str(Path(errors.__file__).parents[1]), walls or ""]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        workers = [int(word) for word in parent.stdout.readline().split()]
        parent.kill()
    assert workers
    deadline = time.monotonic() + PATIENT_S
    while any(Path(f"/proc/{worker}").exists() for worker in workers):
        assert time.monotonic() < deadline
        time.sleep(0.05)
