"""With no route to anywhere everything after set-up works, and nothing even tries to get out."""

from __future__ import annotations

import ipaddress
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT, cli_command, cli_environment

pytestmark = [pytest.mark.weights, pytest.mark.slow, pytest.mark.alone]

QUESTION = "Wurde über den Haushalt beraten?"

# Runs within the namespace: starts the server, asks one question over HTTP, prints the answer.
ASK_OVER_HTTP = """
import json, subprocess, sys, time, urllib.request
command, question = json.loads(sys.argv[1]), sys.argv[2]
server = subprocess.Popen([*command, "serve", "--port", "8765"], stdout=subprocess.DEVNULL)
request = urllib.request.Request(
    "http://127.0.0.1:8765/api/ask",
    json.dumps({"text": question}).encode(),
    {"Content-Type": "application/json"},
)
try:
    for attempt in range(600):
        try:
            print(urllib.request.urlopen(request, timeout=480).read().decode())
            break
        except urllib.error.HTTPError as error:
            sys.exit(error.read().decode())
        except urllib.error.URLError:
            time.sleep(0.1)
    else:
        sys.exit("the server never listened")
finally:
    server.terminate()
    server.wait(30)
"""


def program(name: str) -> str:
    path = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if path is None:
        pytest.fail(f"{name} fehlt; make test installiert es als root.")
    return path


def without_network(command: list[str]) -> list[str]:
    """The command in a network namespace that holds its own loopback and nothing else."""
    user = [] if os.geteuid() == 0 else ["-r"]
    ip = program("ip")
    return [
        program("unshare"),
        "-n",
        *user,
        "sh",
        "-c",
        f'{ip} link set lo up; exec "$@"',
        "sh",
        *command,
    ]


def traced(command: list[str], log: Path) -> list[str]:
    """The command with every connection attempt of it and its children written to `log`."""
    calls = "trace=connect,sendto,sendmsg,sendmmsg"
    return [
        program("strace"),
        "-f",
        "--seccomp-bpf",  # stops the program at these calls only, not at each
        "-qq",
        "-e",
        "signal=none",
        "-e",
        calls,
        "-o",
        str(log),
        *command,
    ]


def outside_calls(log: Path) -> list[str]:
    """Lines of a trace that name an address other than loopback, whatever came of them."""
    found = []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if "sa_family=AF_INET" not in line:
            continue
        named = re.findall(r'inet_(?:addr\("|pton\(AF_INET6, ")([^"]+)"', line)
        if not named or not all(ipaddress.ip_address(name).is_loopback for name in named):
            found.append(line)
    return found


def run(
    command: list[str], home: Path, weights: Path, log: Path
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        without_network(traced(command, log)),
        cwd=ROOT,
        env=cli_environment(home, weights),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=900,
        check=False,
    )


def sample_files(count: int) -> list[Path]:
    files = sorted(path for path in (ROOT / "beispiele" / "lvs").rglob("*") if path.is_file())
    assert len(files) >= count
    return files[:: len(files) // count][:count]


def test_ingest_search_and_ask_work_without_any_route(tmp_path: Path, weights_dir: Path) -> None:
    home, log = tmp_path / "home", tmp_path / "connections"
    ingested = run(cli_command("ingest", *sample_files(4), "--json"), home, weights_dir, log)
    assert ingested.returncode == 0, ingested.stderr
    assert json.loads(ingested.stdout)["indexed"] == 4
    assert outside_calls(log) == []

    found = run(cli_command("search", "Haushalt", "--json"), home, weights_dir, log)
    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout)["hits"]
    assert outside_calls(log) == []

    asked = run(cli_command("ask", QUESTION, "--json"), home, weights_dir, log)
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout)["status"] in {"answered", "abstained", "clarify"}
    assert outside_calls(log) == []


def test_the_server_answers_without_any_route(
    own_sample_home: Path, weights_dir: Path, tmp_path: Path
) -> None:
    log = tmp_path / "connections"
    command = [sys.executable, "-c", ASK_OVER_HTTP, json.dumps(cli_command()), QUESTION]
    answered = run(command, own_sample_home, weights_dir, log)
    assert answered.returncode == 0, answered.stderr
    assert json.loads(answered.stdout)["status"] in {"answered", "abstained", "clarify"}
    assert "127.0.0.1" in log.read_text(encoding="utf-8"), "the trace saw not even our own question"
    assert outside_calls(log) == []


@pytest.mark.parametrize(
    "attempt",
    [
        # Addresses for documentation; in the namespace nothing leaves anyway.
        "socket.create_connection(('192.0.2.1', 80), timeout=2)",
        "socket.create_connection(('2001:db8::1', 80), timeout=2)",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
    ],
)
def test_a_call_to_the_outside_is_seen(attempt: str, tmp_path: Path) -> None:
    log = tmp_path / "connections"
    tried = subprocess.run(
        without_network(traced([sys.executable, "-c", f"import socket\n{attempt}"], log)),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "unreachable" in tried.stderr
    assert len(outside_calls(log)) == 1
