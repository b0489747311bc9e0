"""Fixtures shared by all tests. Nothing here patches what is under test.

A missing real part (weights, a program) fails with a sentence on how to get it; it never skips.
"""

from __future__ import annotations

import gc
import hashlib
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from tests.running import (
    ROOT,
    RunCli,
    RunningServer,
    cli_command,
    cli_environment,
    start_server,
    stop_server,
)

if TYPE_CHECKING:
    from models.embedder import Embedder
    from models.generator import Generator

# A shell that starts the tests in its background lets them ignore Ctrl+C, and with them every
# program that they start and end by it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes says how busy the machine is, nothing about the code.
settings.register_profile(
    "aktenkundig", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("aktenkundig")

MANDANTEN = ("lvs", "lvn")
UNIT = ROOT / "tests" / "unit"
INGEST_TIMEOUT_S = 900


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with a slow test come first, many small ones last.

    Several workers take file after file: a long one that comes last keeps one of them busy alone.
    """
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: (item.path not in slow, item.path.is_relative_to(UNIT)))


def pytest_collection_finish() -> None:
    """What is imported and collected by now stays to the end: no search for garbage goes through it.

    With it the tests of two web rooms and of the store took five sixths of the CPU time.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture
def free_port() -> int:
    """A TCP port on loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def weights_dir() -> Path:
    """The folder with the verified default weights; fails where they were not fetched."""
    from models.errors import ModelError
    from models.registry import DEFAULT_EMBEDDER, DEFAULT_GENERATOR, load_registry, locate

    folder = Path(os.environ.get("AKTENKUNDIG_WEIGHTS") or ROOT / "models" / "weights")
    registry = load_registry()
    for name in (DEFAULT_EMBEDDER, DEFAULT_GENERATOR):
        try:
            locate(registry[name], folder)
        except ModelError as error:
            pytest.fail(f"{error} Die Tests holen sie nicht selbst: make test richtet sie ein.")
    return folder


@pytest.fixture(scope="session")
def embedder(weights_dir: Path) -> Embedder:
    """The real default embedder, loaded once."""
    from models.embedder import SentenceTransformerEmbedder
    from models.registry import DEFAULT_EMBEDDER, load_registry, locate

    entry = load_registry()[DEFAULT_EMBEDDER]
    loaded = SentenceTransformerEmbedder(locate(entry, weights_dir), entry)
    gc.freeze()  # torch is a large part of all there is
    return loaded


@pytest.fixture(scope="session")
def generator(weights_dir: Path) -> Iterator[Generator]:
    """The real default generator, started once and closed at the end."""
    from models.generator import LlamaGenerator
    from models.registry import DEFAULT_GENERATOR, load_registry, locate

    entry = load_registry()[DEFAULT_GENERATOR]
    started = LlamaGenerator(locate(entry, weights_dir), entry)
    yield started
    started.close()


@pytest.fixture(scope="session")
def run_cli(weights_dir: Path) -> RunCli:
    """Runs one command of the real command line: `run_cli("ask", "…", home=folder)`."""

    def run(
        *args: str | Path, home: Path, timeout_s: float = INGEST_TIMEOUT_S
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            cli_command(*args),
            cwd=ROOT,
            env=cli_environment(home, weights_dir),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout_s,
            check=False,
        )

    return run


def sample_key() -> str:
    """Changes with the sample corpus and with the code that reads, stores and embeds it."""
    named = ("audit.py", "wiring.py", "commands/ingest.py")
    files = [(ROOT / "assistant" / name).resolve(strict=True) for name in named]
    for folder, pattern in (("ingest", "*"), ("index", "*.py"), ("models", "*.py")):
        files += (ROOT / folder).rglob(pattern)
    files += (path for name in MANDANTEN for path in (ROOT / "beispiele" / name).rglob("*"))
    files.append(ROOT / "models" / "registry.toml")
    digest = hashlib.sha256()
    for path in sorted(set(files)):
        if path.is_file() and "__pycache__" not in path.parts and "weights" not in path.parts:
            digest.update(str(path.relative_to(ROOT)).encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


@pytest.fixture(scope="session")
def ingested_samples(run_cli: RunCli) -> Path:
    """The samples of both Mandanten, once for each state of corpus and code; read-only."""
    kept = ROOT / ".cache" / "tests" / f"beispiele-{sample_key()}"
    kept.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(kept.with_name("beispiele.lock")):  # another process of the same run may be here
        if not kept.is_dir():
            draft = kept.with_name(f"{kept.name}.{os.getpid()}")
            draft.mkdir()
            for mandant in MANDANTEN:
                done = run_cli("ingest", f"beispiele/{mandant}", "--mandant", mandant, home=draft)
                if done.returncode != 0:
                    pytest.fail(f"beispiele/{mandant} ließ sich nicht einlesen:\n{done.stderr}")
            for old in kept.parent.glob("beispiele-????????????????"):
                shutil.rmtree(old)
            draft.rename(kept)
    return kept


@pytest.fixture(scope="session")
def sample_home(ingested_samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the samples, shared by the tests of a run: ask and search, add nothing."""
    home = tmp_path_factory.mktemp("home") / "aktenkundig"
    shutil.copytree(ingested_samples, home)
    return home


@pytest.fixture
def own_sample_home(ingested_samples: Path, tmp_path: Path) -> Path:
    """A home that holds the samples and belongs to one test, which may change it."""
    home = tmp_path / "aktenkundig"
    shutil.copytree(ingested_samples, home)
    return home


@pytest.fixture(scope="session")
def server(sample_home: Path, weights_dir: Path) -> Iterator[RunningServer]:
    """A real server over the samples, for the whole run."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = start_server(sample_home, weights_dir, port)
    yield running
    stop_server(running)
