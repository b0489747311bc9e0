"""Runs the real program as a user would: its command line and its server, as processes."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
START_TIMEOUT_S = 120

RunCli = Callable[..., subprocess.CompletedProcess[str]]


@dataclass(frozen=True)
class Said:
    """What one command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.out.count("\n") == 1
        return json.loads(self.out)


def cli_command(*args: str | Path) -> list[str]:
    """The command line of this checkout, in the interpreter that runs the tests."""
    return [sys.executable, "-m", "assistant.cli", *map(str, args)]


def cli_environment(home: Path, weights: Path | None = None) -> dict[str, str]:
    """The environment of a user with nothing set but where data and weights lie."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("AKTENKUNDIG_")}
    environment["AKTENKUNDIG_HOME"] = str(home)
    environment["PYTHONUTF8"] = "1"
    if weights is not None:
        environment["AKTENKUNDIG_WEIGHTS"] = str(weights)
    return environment


@dataclass(frozen=True)
class RunningServer:
    """A real `aktenkundig serve` on loopback."""

    url: str
    port: int
    home: Path
    process: subprocess.Popen[str]


def start_server(home: Path, weights: Path, port: int, **settings: str) -> RunningServer:
    """Starts the server and waits until it accepts connections.

    Raises:
        AssertionError: it ended, or did not listen within `START_TIMEOUT_S`.
    """
    environment = cli_environment(home, weights) | settings
    process = subprocess.Popen(
        cli_command("serve", "--port", str(port)),
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    said: list[str] = []
    ready = threading.Event()
    assert process.stdout is not None
    output = process.stdout

    # Reads to the end: a full pipe would stop the server in mid-sentence.
    def listen() -> None:
        for line in output:
            said.append(line)
            if "bereit" in line:
                ready.set()
        ready.set()

    threading.Thread(target=listen, daemon=True).start()
    deadline = time.monotonic() + START_TIMEOUT_S
    ready.wait(START_TIMEOUT_S)
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return RunningServer(f"http://127.0.0.1:{port}", port, home, process)
        time.sleep(0.1)
    process.kill()
    process.wait()
    raise AssertionError("The server did not start:\n" + "".join(said))


def stop_server(server: RunningServer) -> int:
    """Asks the server to stop, kills it if it does not, and gives its exit code."""
    server.process.send_signal(signal.SIGINT)
    try:
        return server.process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.process.kill()
        return server.process.wait()
    finally:
        if server.process.stdout is not None:
            server.process.stdout.close()
