"""What a machine may lack at set-up ends in one German sentence, not in a traceback."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = (
    "awk bash cat cksum cut df dirname flock grep mkdir mv nproc rm sed sort tail tr uname id"
)
GERMAN = {"der", "die", "das", "ist", "sind", "ein", "fehlt", "nicht", "nur", "wird"}


def setup_only(folder: Path) -> Path:
    """A folder with what the set-up script reads, and a space in its name."""
    clone = folder / "mein Klon"
    clone.mkdir()
    shutil.copytree(ROOT / "setup", clone / "setup")
    for name in ("pyproject.toml", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, clone / name)
    return clone


def programs(folder: Path, *more: str) -> Path:
    """A folder to be the whole PATH: the named programs and no other."""
    found = folder / "programme"
    found.mkdir()
    for name in [*PROGRAMS.split(), *more]:
        path = shutil.which(name)
        assert path is not None, f"{name} is missing on this machine"
        (found / name).symlink_to(path)
    return found


def python_in(folder: Path) -> None:
    """Puts this interpreter into a PATH folder, by a script so that it finds its own library."""
    script = folder / "python3"
    script.write_text(f'#!/bin/sh\nexec "{Path(sys.executable).resolve()}" "$@"\n')
    script.chmod(0o755)


def set_up(clone: Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("AKTENKUNDIG_")}
    environment.pop("PYTHON", None)
    if path is not None:
        environment["PATH"] = str(path)
    return subprocess.run(
        ["/bin/bash", str(clone / "setup" / "einrichten.sh")],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def the_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """The one line of error; fails where there is another or none."""
    assert done.returncode != 0
    assert "Traceback" not in done.stdout + done.stderr
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("Fehler: ")
    assert GERMAN & set(re.findall(r"\w+", lines[0].lower())), lines[0]
    return lines[0]


def test_a_machine_without_python_is_told_so(tmp_path: Path) -> None:
    sentence = the_sentence(set_up(setup_only(tmp_path), programs(tmp_path)))
    assert "Python 3.11" in sentence
    assert "apt-get install" in sentence


def test_an_old_python_is_not_taken(tmp_path: Path) -> None:
    path = programs(tmp_path)
    # Fails every question about its version, as 3.10 does.
    (path / "python3").write_text("#!/bin/sh\nexit 1\n")
    (path / "python3").chmod(0o755)
    assert "Python 3.11" in the_sentence(set_up(setup_only(tmp_path), path))


def test_a_machine_without_a_compiler_is_told_so(tmp_path: Path) -> None:
    path = programs(tmp_path)
    python_in(path)
    clone = setup_only(tmp_path)
    sentence = the_sentence(set_up(clone, path))
    assert "C++-Compiler" in sentence
    assert not (clone / ".venv").exists()


def on_small_disk(disk: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Runs a command that sees a disk of 40 MiB at `disk`; the mount ends with it."""
    disk.mkdir()
    user = [] if os.geteuid() == 0 else ["-r"]
    mount = 'mount -t tmpfs -o size=40m tmpfs "$0" && exec "$@"'
    environment = {k: v for k, v in os.environ.items() if not k.startswith("AKTENKUNDIG_")}
    return subprocess.run(
        ["unshare", "-m", *user, "sh", "-c", mount, str(disk), *map(str, command)],
        cwd=ROOT,
        env=environment | {"AKTENKUNDIG_WEIGHTS": str(disk), "AKTENKUNDIG_HOME": str(disk)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_full_disk_is_seen_before_anything_is_installed(tmp_path: Path) -> None:
    clone, disk = setup_only(tmp_path), tmp_path / "platte"
    copied = (
        'cp -R "$0" "$1/klon" && bash "$1/klon/setup/einrichten.sh"; '
        'code=$?; ls -A "$1/klon"; exit $code'
    )
    done = on_small_disk(disk, "sh", "-c", copied, clone, disk)
    sentence = the_sentence(done)
    assert "MiB frei" in sentence
    assert "Platz schaffen" in sentence
    assert "setup" in done.stdout.split()
    assert ".venv" not in done.stdout.split()


def test_weights_that_do_not_fit_are_refused_before_the_first_byte(tmp_path: Path) -> None:
    disk = tmp_path / "platte"
    fetched = '"$0" -m assistant.cli models fetch; code=$?; du -sk "$1"; exit $code'
    done = on_small_disk(disk, "sh", "-c", fetched, sys.executable, disk)
    assert "Platz" in the_sentence(done)
    assert int(done.stdout.split()[-2]) < 100


@pytest.mark.weights
def test_weights_with_a_wrong_checksum_are_named_and_not_loaded(
    tmp_path: Path, weights_dir: Path
) -> None:
    damaged = tmp_path / "gewichte"
    damaged.mkdir()
    for model in weights_dir.iterdir():
        if model.name.startswith("."):
            continue
        for path in model.rglob("*"):
            target = damaged / path.relative_to(weights_dir)
            if path.is_file() and path.name == "model.safetensors":
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, target)
            elif path.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.symlink_to(path)
    victim = next(damaged.rglob("model.safetensors"))
    with victim.open("r+b") as file:
        file.seek(victim.stat().st_size // 2)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))
    with victim.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    done = subprocess.run(
        [sys.executable, "-m", "assistant.cli", "search", "Haushalt"],
        cwd=ROOT,
        env=os.environ
        | {"AKTENKUNDIG_WEIGHTS": str(damaged), "AKTENKUNDIG_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    sentence = the_sentence(done)
    assert digest in sentence
    assert "model.safetensors" in sentence


def test_a_taken_port_is_named_with_a_way_out(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "assistant.cli", "serve", "--port", str(port)],
            cwd=ROOT,
            env=os.environ | {"AKTENKUNDIG_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    sentence = the_sentence(done)
    assert str(port) in sentence
    assert "--port" in sentence
