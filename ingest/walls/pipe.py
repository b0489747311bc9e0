"""Frames to and from the sandbox's process, each by a deadline."""

from __future__ import annotations

import os
import select
import subprocess
import time
from collections.abc import Sequence

from ingest.walls.worker import FRAME

MAX_ANSWER_BYTES = 256 * 1024**2


def send(worker: subprocess.Popen[bytes], parts: Sequence[bytes], deadline: float) -> None:
    """Writes all parts.

    Raises:
        OSError: the worker is gone.
        TimeoutError: the deadline, a moment of the monotonic clock, has come.
    """
    assert worker.stdin is not None
    descriptor = worker.stdin.fileno()
    for part in parts:
        rest = memoryview(part)
        while rest:
            _, ready, _ = select.select([], [descriptor], [], _remaining(deadline))
            if ready:
                try:
                    rest = rest[os.write(descriptor, rest[:1_048_576]) :]
                except BlockingIOError:
                    continue


def receive(worker: subprocess.Popen[bytes], deadline: float) -> bytes:
    """The next frame.

    Raises:
        EOFError: the worker is gone, or says more than it may.
        TimeoutError: the deadline has come.
    """
    (length,) = FRAME.unpack(_read_exactly(worker, FRAME.size, deadline))
    if length > MAX_ANSWER_BYTES:
        raise EOFError
    return _read_exactly(worker, length, deadline)


def _read_exactly(worker: subprocess.Popen[bytes], length: int, deadline: float) -> bytes:
    assert worker.stdout is not None
    descriptor = worker.stdout.fileno()
    received = bytearray()
    while len(received) < length:
        ready, _, _ = select.select([descriptor], [], [], _remaining(deadline))
        if ready:
            piece = os.read(descriptor, min(1_048_576, length - len(received)))
            if not piece:
                raise EOFError
            received += piece
    return bytes(received)


def _remaining(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
