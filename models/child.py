"""A helper process that talks in lines of JSON: started when needed, killed when it hangs.

The parent sends `{"id": …, "op": …}`; every answer carries the `id` and, when it is the last one,
`"end"`. The child ends by itself when its input closes, that is, when the parent is gone.
"""

from __future__ import annotations

import json
import logging
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

log = logging.getLogger(__name__)

Message = dict[str, Any]


class ChildDied(Exception):
    """The process ended while an answer was awaited."""


class Child:
    """One running process and the calls that wait for it. Safe to use from several threads."""

    def __init__(self, module: str) -> None:
        """Starts `python -m module` with pipes; its stderr is discarded."""
        root = str(Path(__file__).resolve().parent.parent)
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        )
        self._write_lock = threading.Lock()
        self._state_lock = threading.Lock()
        self._waiting: dict[int, queue.SimpleQueue[Message | None]] = {}
        self._last_id = 0
        self._dead = False
        assert self._process.stdout is not None
        threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True).start()

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether answers can still come."""
        return not self._dead and self._process.poll() is None

    def call(self, message: Mapping[str, Any]) -> int:
        """Sends a request; returns the id under which `answer` waits.

        Raises:
            ChildDied: when the process is gone.
        """
        with self._state_lock:
            if self._dead:
                raise ChildDied
            self._last_id += 1
            call_id = self._last_id
            self._waiting[call_id] = queue.SimpleQueue()
        self.send({**message, "id": call_id})
        return call_id

    def send(self, message: Mapping[str, Any]) -> None:
        """Sends a line without waiting for anything.

        Raises:
            ChildDied: when the process is gone.
        """
        assert self._process.stdin is not None
        line = json.dumps(message).encode() + b"\n"
        try:
            with self._write_lock:
                self._process.stdin.write(line)
                self._process.stdin.flush()
        except (OSError, ValueError) as error:
            raise ChildDied from error

    def answer(self, call_id: int, timeout_s: float) -> Message | None:
        """The next answer to a call, or None when none came in time.

        Raises:
            ChildDied: when the process is gone.
        """
        try:
            message = self._waiting[call_id].get(timeout=timeout_s)
        except queue.Empty:
            return None
        if message is None:
            raise ChildDied
        if "end" in message:
            self.forget(call_id)
        return message

    def forget(self, call_id: int) -> None:
        """Drops whatever may still come for a call."""
        with self._state_lock:
            self._waiting.pop(call_id, None)

    def kill(self) -> None:
        """Ends the process at once and waits for it."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError as error:
                    log.debug("closing a dead pipe: errno %s", error.errno)

    def _read(self, stream: IO[bytes]) -> None:
        try:
            for line in stream:
                message = json.loads(line)
                with self._state_lock:
                    waiting = self._waiting.get(message["id"])
                if waiting is not None:
                    waiting.put(message)
        except ValueError:  # Half a line of a dying process, or our own close().
            log.debug("the child's last line was cut off")
        with self._state_lock:
            self._dead = True
            for waiting in self._waiting.values():
                waiting.put(None)
