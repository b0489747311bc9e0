"""The image is built and run for real, without a container service: buildah, chroot isolation.

The base comes from debootstrap, since no image registry can be reached. Needs root; run by
`make image-test`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import ROOT

BASE = "localhost/aktenkundig-grundlage"
IMAGE = "localhost/aktenkundig-probe"
PROGRAM = "/app/.venv/bin/aktenkundig"
BUILD_TIMEOUT_S = 3000


def call(*command: str | Path, timeout_s: float = 600) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout_s,
        check=False,
    )


def succeed(*command: str | Path, timeout_s: float = 600) -> str:
    done = call(*command, timeout_s=timeout_s)
    assert done.returncode == 0, f"{command}:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def image() -> Iterator[str]:
    """The image, built from this checkout; removed at the end."""
    assert os.geteuid() == 0, "make image-test braucht root."
    script = ROOT / "setup" / "abbild.sh"
    succeed(script, "grundlage", BASE, timeout_s=BUILD_TIMEOUT_S)
    succeed(script, "pruefen", IMAGE, BASE, timeout_s=BUILD_TIMEOUT_S)
    yield IMAGE
    call("buildah", "rmi", IMAGE, BASE)


class Container:
    """A container of the image; each call runs one process in it, as the image's own user."""

    def __init__(self, name: str, data: Path, weights: Path) -> None:
        # Not at /data and /weights: with chroot isolation buildah lays its own volumes over those.
        self._mounts = ["-v", f"{data}:/mnt/data:rw", "-v", f"{weights}:/mnt/weights:ro"]
        self._paths = ["AKTENKUNDIG_HOME=/mnt/data", "AKTENKUNDIG_WEIGHTS=/mnt/weights"]
        self.name = name

    def run(self, *command: str) -> str:
        buildah = ["buildah", "run", "--isolation", "chroot", *self._mounts, self.name, "--"]
        return succeed(*buildah, "env", *self._paths, *command)


@pytest.fixture(scope="module")
def container(
    image: str, weights_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Container]:
    data = tmp_path_factory.mktemp("daten")
    name = succeed("buildah", "from", "--pull-never", image).strip()
    running = Container(name, data, weights_dir)
    user = running.run("id", "-u").strip()
    shutil.chown(data, int(user))
    yield running
    call("buildah", "rm", name)


@pytest.fixture(scope="module")
def config(image: str) -> dict[str, object]:
    """What the image declares, in Docker's words."""
    inspected = json.loads(succeed("buildah", "inspect", "--type", "image", image))
    declared: dict[str, object] = inspected["Docker"]["config"]
    return declared


def test_the_image_declares_user_volumes_and_health_check(config: dict[str, object]) -> None:
    assert config["User"] == "aktenkundig"
    assert config["Volumes"] == {"/data": {}, "/weights": {}}
    assert config["Entrypoint"] == [PROGRAM]
    assert config["Healthcheck"]


def test_nothing_of_this_machine_is_baked_in(container: Container) -> None:
    assert container.run("sh", "-c", "cat /etc/pip.conf 2>/dev/null; env").count("PIP_") == 0
    left = container.run("sh", "-c", "cat /etc/pip.conf /run/pip-cert.pem 2>/dev/null | wc -c")
    assert int(left) == 0
    assert container.run("sh", "-c", "ls /app/models | grep -c weights || true").strip() == "0"


def test_it_runs_without_rights(container: Container) -> None:
    assert int(container.run("id", "-u")) != 0
    tried = container.run("sh", "-c", "touch /app/x 2>/dev/null && echo written || echo refused")
    assert tried.strip() == "refused"


def test_the_help_is_german(container: Container) -> None:
    assert "Aktenkundig antwortet" in container.run(PROGRAM, "--help")


@pytest.mark.weights
def test_it_ingests_and_answers_by_number(container: Container) -> None:
    papers = sorted((ROOT / "beispiele" / "lvs").rglob("antrag-*"))
    chosen = [f"/app/{path.relative_to(ROOT).as_posix()}" for path in papers[:2]]
    report = json.loads(container.run(PROGRAM, "ingest", *chosen, "--json"))
    assert report["indexed"] == 2
    assert report["quarantined"] == []
    register = json.loads(container.run(PROGRAM, "documents", "--json"))["documents"]
    number = next(entry["drucksachennummer"] for entry in register if entry["drucksachennummer"])
    answer = json.loads(container.run(PROGRAM, "ask", f"Was ist {number}?", "--json"))
    assert answer["status"] == "answered"
    assert answer["citations"]
    assert number in {citation["drucksachennummer"] for citation in answer["citations"]}


@pytest.mark.weights
def test_its_generator_runs_on_this_processor(container: Container) -> None:
    asked = container.run(PROGRAM, "ask", "Warum wurde das beantragt?", "--json")
    assert json.loads(asked)["status"] in {"answered", "abstained", "clarify"}
