"""The real command line, started a hundred times without importing its libraries a hundred times.

`python -m tests.ready_program` imports what the program imports, loads nothing, opens nothing, and
then forks for each command that it reads from its input. The fork is a process of its own, which
runs `main` as `python -m assistant.cli` does, and may be killed like that one.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.running import ROOT


class ReadyProgram:
    """Runs one command at a time, each in a new fork of a process that has its imports behind it."""

    def __init__(self) -> None:
        """Starts the process that forks; it need not be ready yet."""
        self._parent = subprocess.Popen(
            [sys.executable, "-m", "tests.ready_program"],
            cwd=ROOT,
            env={**os.environ, "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        assert self._parent.stdin is not None and self._parent.stdout is not None
        self._parent.stdin.close()
        self._parent.wait()
        self._parent.stdout.close()

    def start(
        self, *args: str | Path, environment: dict[str, str], out: Path, err: Path
    ) -> RunningCommand:
        """Begins a command, whose words go to two files."""
        assert self._parent.stdin is not None
        order = [list(map(str, args)), environment, str(out), str(err)]
        self._parent.stdin.write(json.dumps(order).encode() + b"\n")
        self._parent.stdin.flush()
        return RunningCommand(self._said(), self)

    def _said(self) -> int:
        """The next number that the parent says: the process of a command, then how it ended."""
        assert self._parent.stdout is not None
        line = self._parent.stdout.readline()
        assert line, "the process that forks the commands has ended"
        return int(line)

    def _has_said(self) -> bool:
        return bool(select.select([self._parent.stdout], [], [], 0)[0])


class RunningCommand:
    """A command under way, with what `subprocess.Popen` calls by the same names."""

    def __init__(self, pid: int, program: ReadyProgram) -> None:
        """Takes its process and who forked it."""
        self._pid = pid
        self._program = program
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """How it ended, if it has."""
        if self.returncode is None and self._program._has_said():
            self.wait()
        return self.returncode

    def wait(self) -> int:
        """How it ended; the number of a signal is negative."""
        if self.returncode is None:
            self.returncode = self._program._said()
        return self.returncode

    def kill(self) -> None:
        """Kills it, unless it has ended."""
        if self.poll() is None:
            os.kill(self._pid, signal.SIGKILL)


def _fork_for_each_order() -> None:
    from assistant import cli
    from assistant.commands import ingest  # noqa: F401  # imported by the command when it runs
    from models.embedder import import_libraries

    import_libraries()
    gc.freeze()  # what is imported stays; no fork need look through it
    for order in sys.stdin:
        args, environment, out, err = json.loads(order)
        child = os.fork()
        if child == 0:
            _become(args, environment, out, err)
            try:
                cli.main()
            except SystemExit as ended:
                _leave(int(ended.code or 0))
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _become(args: list[str], environment: dict[str, str], out: str, err: str) -> None:
    """Makes this process what the shell would have started."""
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["aktenkundig", *args]
    for number, (path, mode) in enumerate(
        ((os.devnull, os.O_RDONLY), (out, os.O_WRONLY), (err, os.O_WRONLY))
    ):
        opened = os.open(path, mode | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(opened, number)
        os.close(opened)


def _leave(code: int) -> None:
    """Ends as a program does, but for taking the imported libraries apart."""
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    _fork_for_each_order()
