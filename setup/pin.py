"""Rewrites requirements.txt and requirements-dev.txt from the environment it runs in.

Install what pyproject.toml asks for into an environment, try it, then run
`.venv/bin/python setup/pin.py`: each file names every package that is needed, transitive ones too.
"""

from __future__ import annotations

import importlib.metadata
import tomllib
from collections.abc import Iterable
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
RUN_HEAD = """\
# Exact versions of everything the program runs on, transitive ones too; made by setup/pin.py.
# torch is installed first and by itself, llama-cpp-python is compiled: setup/einrichten.sh.
"""
DEV_HEAD = """\
# What tests, linters and the type checker need beside requirements.txt; made by setup/pin.py.
"""


def closure(requirements: Iterable[str]) -> dict[str, str]:
    """Line "Name==version" of every package needed, by canonical name.

    Raises:
        importlib.metadata.PackageNotFoundError: one of them is not installed here.
    """
    lines: dict[str, str] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [Requirement(text) for text in requirements]
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if (name, frozenset(wanted.extras)) in seen:
            continue
        seen.add((name, frozenset(wanted.extras)))
        installed = importlib.metadata.distribution(wanted.name)
        # "+cpu" names a build, not a release.
        lines[name] = f"{installed.metadata['Name']}=={installed.version.split('+')[0]}"
        for text in installed.requires or ():
            needed = Requirement(text)
            if needed.marker is None or any(
                needed.marker.evaluate({"extra": extra}) for extra in wanted.extras or {""}
            ):
                waiting.append(needed)
    return lines


def write(path: Path, head: str, lines: dict[str, str]) -> None:
    """Writes one file, sorted by name."""
    path.write_text(head + "".join(f"{lines[name]}\n" for name in sorted(lines)), encoding="utf-8")


def main() -> None:
    """Reads pyproject.toml and writes both files."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    # setuptools puts our own package into the environment.
    run = closure([*project["dependencies"], "setuptools"])
    dev = closure(project["optional-dependencies"]["dev"])
    write(ROOT / "requirements.txt", RUN_HEAD, run)
    write(
        ROOT / "requirements-dev.txt",
        DEV_HEAD,
        {name: line for name, line in dev.items() if name not in run},
    )


if __name__ == "__main__":
    main()
