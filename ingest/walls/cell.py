"""The walls around a parser's process, seen from outside: started, watched, ended.

Where bubblewrap is installed and the kernel lets it, the worker sees a file system that holds the
programs of the system, Python and our reading code, nothing else, and no process but its own.
Elsewhere the worker limits itself (`ingest.walls.jail`). Both ways somebody outside counts what it
and its children take together.
"""

from __future__ import annotations

import functools
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from ingest.walls import family, jail

BUBBLEWRAP = "bwrap"
SCRATCH_BYTES = 512 * 1024**2
SCRATCH_ENTRIES = 10_000
WATCH_S = 0.2
_PROBE_TIMEOUT_S = 20.0
_DYING_S = 2.0
_OURS = 2  # bubblewrap and the worker


class Death(StrEnum):
    """Why a worker's process ended."""

    MEMORY = "memory"
    TIME = "time"
    OTHER = "other"


class Cell:
    """One running worker within its walls.

    Attributes:
        process: what was started; its stdin and stdout are pipes.
        scratch: where the worker may write, in its own view.
        walled: whether bubblewrap holds it.
        peak_bytes: the most memory that one process of the worker held, or all together were
            seen with.
    """

    def __init__(
        self,
        script: str,
        arguments: Sequence[str],
        *,
        readable: Sequence[Path],
        environment: Mapping[str, str],
        memory_bytes: int,
        bubblewrap: str | None = BUBBLEWRAP,
    ) -> None:
        """Starts a Python worker.

        Args:
            script: Python code; it finds scratch, walled ("1" or "") and `arguments` in sys.argv.
            arguments: whatever the script wants.
            readable: folders that the worker may read besides Python and the system's programs.
            environment: more variables than the few that every worker gets.
            memory_bytes: for the worker and its children together.
            bubblewrap: the program; None does without.
        """
        program = bubblewrap and find_bubblewrap(bubblewrap)
        self.walled = program is not None
        self._outside = None if self.walled else family.own_scratch()
        self.scratch = self._outside or Path("/tmp")
        settings = {
            "LANG": "C.UTF-8",
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self.scratch),
            "TMPDIR": str(self.scratch),
            **environment,
        }
        python = [sys.executable, "-E", "-s", "-c", script]
        command = [*python, str(self.scratch), "1" if self.walled else "", *arguments]
        if program is not None:
            command = [*_walls(program, tuple(readable)), *command]
        # The kernel ends the worker with the thread that started it, so that thread must stay.
        self.process = _starter().submit(_start, command, settings).result()
        # What this process held counts for the child too, from before it became another program.
        self._inherited = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        self.peak_bytes = 0
        self._memory_bytes = memory_bytes
        self._death: Death | None = None
        self._done = threading.Event()
        self._watch = threading.Thread(target=self._keep_watch, name="jail-watch", daemon=True)
        self._watch.start()

    def processes(self) -> list[int]:
        """What was started and all that descends from it."""
        return [self.process.pid, *family.descendants(self.process.pid)]

    def kill(self) -> None:
        """Ends the worker and every child of it."""
        if self.process.returncode is not None:
            return
        self._note_peak()
        # The end of bubblewrap does not end a worker that was root and is nobody now: the kernel
        # asks whether the dying one might have killed it.
        family.kill_tree(self.process.pid)

    def bury(self) -> Death:
        """Ends what is left, frees what the worker held, and says why it ended."""
        children = family.descendants(self.process.pid)
        biggest = self._reap()
        self._done.set()
        self._watch.join()
        self.peak_bytes = max(self.peak_bytes, biggest)
        if not self.walled:  # behind walls all end with the worker
            family.kill_all(children)
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        if self._outside is not None:
            shutil.rmtree(self._outside, ignore_errors=True)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):  # unsent bytes to a dead worker
                    pipe.close()
        if self._death is not None:
            return self._death
        if self.process.returncode in jail.CLOCK_SIGNALS:
            return Death.TIME
        # A C library that gets no memory aborts; what it had by then tells that from other faults.
        return Death.MEMORY if self.peak_bytes > 0.7 * self._memory_bytes else Death.OTHER

    def _note_peak(self) -> None:
        self.peak_bytes = max(self.peak_bytes, *map(family.peak_bytes, self.processes()))

    def _reap(self) -> int:
        """Waits for the end, not long; gives the most memory that one process of it had."""
        deadline = time.monotonic() + _DYING_S
        while time.monotonic() < deadline and self._is_running():
            time.sleep(0.005)
        self.kill()  # who hangs up without dying
        try:
            _, status, usage = os.wait4(self.process.pid, 0)
        except ChildProcessError:
            self.process.wait()
            return 0
        self.process.returncode = os.waitstatus_to_exitcode(status)
        held = usage.ru_maxrss * 1024
        return held if held > self._inherited else 0

    def _is_running(self) -> bool:
        try:
            options = os.WEXITED | os.WNOHANG | os.WNOWAIT
            return os.waitid(os.P_PID, self.process.pid, options) is None
        except ChildProcessError:
            return False

    def _keep_watch(self) -> None:
        while not self._done.wait(WATCH_S):
            living = self.processes()
            taken = sum(map(family.resident_bytes, living))
            self.peak_bytes = max(self.peak_bytes, taken)
            # The kernel itself counts processes, but not those of root.
            too_many = len(living) > jail.MAX_TASKS + _OURS
            if too_many or taken > self._memory_bytes or self._scratch_is_full():
                self._death = Death.MEMORY
                self.kill()
                return

    def _scratch_is_full(self) -> bool:
        if self._outside is None:
            return False  # bubblewrap's has a size of its own
        held = family.folder_bytes(self._outside, SCRATCH_ENTRIES)
        return held is None or held > SCRATCH_BYTES


def _start(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd="/",
        start_new_session=True,
    )


@functools.cache
def _starter() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="jail-start")


@functools.cache
def find_bubblewrap(name: str = BUBBLEWRAP) -> str | None:
    """The path of bubblewrap; None where it is missing, too old, or the kernel forbids its work.

    Tried out once in a process, for in a container it is often there and may do nothing.
    """
    program = shutil.which(name)
    if program is None:
        return None
    command = [*_walls(program, ()), sys.executable, "-E", "-s", "-c", "import ctypes, json"]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_PROBE_TIMEOUT_S
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return program if done.returncode == 0 else None


def _walls(program: str, readable: tuple[Path, ...]) -> list[str]:
    """The arguments of bubblewrap up to the command that it runs."""
    if os.geteuid() == 0:
        # No user namespace: it would leave the worker root, whose processes nobody counts.
        # The worker becomes nobody by itself and keeps none of these rights (`ingest.walls.jail`).
        apart = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"]
        apart += ["--unshare-cgroup-try", "--cap-drop", "ALL"]
        apart += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        apart = ["--unshare-all", "--cap-drop", "ALL"]
    return [
        program,
        *apart,
        "--die-with-parent",
        # Only so does its exit tell what the worker took.
        "--as-pid-1",
        *("--proc", "/proc", "--dev", "/dev"),
        *("--perms", "1777", "--size", str(SCRATCH_BYTES), "--tmpfs", "/tmp"),
        *_binds(tuple(_shown(readable))),
        *("--chdir", "/"),
    ]


def _shown(readable: Sequence[Path]) -> Iterator[Path]:
    """What of the file system the worker sees, each once."""
    system = [Path(path) for path in (*jail.SYSTEM_FOLDERS, *jail.SYSTEM_FILES)]
    seen: list[Path] = []
    for path in (*system, *_python(), *readable):
        for name in (path, path.resolve()):
            if name.exists() and not any(name.is_relative_to(shown) for shown in seen):
                seen.append(name)
                yield name


def _python() -> Iterator[Path]:
    """The interpreter with its libraries, of the environment and of what that stands on."""
    for prefix in dict.fromkeys((sys.prefix, sys.base_prefix)):
        if Path(prefix) != Path("/usr"):
            yield from (Path(prefix) / name for name in ("bin", "lib", "lib64", "pyvenv.cfg"))
    yield Path(sys.executable).resolve().parent
    yield from sorted(jail.python_folders())


def _binds(shown: Sequence[Path]) -> Iterator[str]:
    """What is shown, below folders that whoever the worker becomes may pass through."""
    above = {folder for path in shown for folder in path.parents} - {Path("/"), Path("/tmp")}
    for folder in sorted(above):
        yield from ("--perms", "0755", "--dir", str(folder))
    for path in shown:
        yield from _bind(path)


def _bind(path: Path) -> list[str]:
    if path.is_symlink() and path.parent == Path("/"):
        return ["--symlink", str(path.readlink()), str(path)]
    return ["--ro-bind", str(path), str(path)]
