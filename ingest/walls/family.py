"""The children of a process: who they are, what they take, and their end."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_ROUNDS = 200
_SCRATCH = "aktenkundig"


def descendants(process: int) -> list[int]:
    """All living children of a process, theirs and so on, the nearest first."""
    found: list[int] = []
    waiting = [process]
    while waiting:
        children = list(_children(waiting.pop()))
        found += children
        waiting += children
    return found


def _children(process: int) -> Iterator[int]:
    tasks = Path(f"/proc/{process}/task")
    with suppress(OSError):  # it has just ended
        for task in tasks.iterdir():
            yield from map(int, (task / "children").read_text().split())


def resident_bytes(process: int) -> int:
    """The memory a process holds; 0 when it has ended."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE_BYTES
    except (OSError, IndexError, ValueError):
        return 0


def peak_bytes(process: int) -> int:
    """The most memory a process has held so far; 0 when it has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))


def kill_all(processes: Collection[int]) -> None:
    """Kills what still lives of these."""
    for process in processes:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(process, signal.SIGKILL)


def kill_tree(process: int) -> None:
    """Kills a process and all that descends from it, which gets no time to start more."""
    stopped: set[int] = set()
    living = [process]
    quiet = 0
    for _ in range(_ROUNDS):
        living = [process, *descendants(process)]
        fresh = [one for one in living if one not in stopped]
        for one in fresh:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(one, signal.SIGSTOP)
        stopped.update(fresh)
        quiet = 0 if fresh else quiet + 1
        if quiet > 1:  # a fork that was under way when its process was stopped has shown by now
            break
        time.sleep(0.001)
    kill_all(living[::-1])


def end_children() -> None:
    """Leaves this process without children."""
    for _ in range(_ROUNDS):  # a child may start another meanwhile
        living = descendants(os.getpid())
        if not living:
            break
        kill_all(living)
        _bury()


def _bury() -> None:
    """Takes note of own children's ends; a dead child counts as a process until then."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass


def own_scratch() -> Path:
    """A new folder for a worker of this process; those of processes that were killed go."""
    clear_scratch()
    return Path(tempfile.mkdtemp(prefix=f"{_SCRATCH}-{os.getpid()}-"))


def clear_scratch() -> None:
    """Removes the folders of workers whose process was killed, with what they read."""
    for left in Path(tempfile.gettempdir()).glob(f"{_SCRATCH}-*-*"):
        owner = left.name.split("-")[1]
        if owner.isdecimal() and not Path(f"/proc/{owner}").exists():
            shutil.rmtree(left, ignore_errors=True)


def sweep(scratch: Path, kept: Collection[str]) -> None:
    """Leaves nothing of one file behind for the next: no child of this process, no scratch file."""
    end_children()
    for entry in os.scandir(scratch):
        if entry.name in kept:
            continue
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            with suppress(OSError):
                Path(entry.path).unlink()


def folder_bytes(folder: Path, most_entries: int) -> int | None:
    """What lies in a folder altogether; None where it has more entries than `most_entries`."""
    total = entries = 0
    for place, folders, files in os.walk(folder):
        entries += len(folders) + len(files)
        if entries > most_entries:
            return None
        for name in files:
            with suppress(OSError):
                total += (Path(place) / name).lstat().st_size
    return total
