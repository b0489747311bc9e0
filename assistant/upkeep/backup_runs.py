"""Kept runs of the evaluation within a backup: figures over time, without a word of any paper."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from assistant.settings import MANDANT_PATTERN
from assistant.upkeep.kept_runs import FOLDER
from index.copying import sync

_RUN = re.compile(rf"{FOLDER}/{MANDANT_PATTERN.strip('^$')}/[0-9a-z-]{{1,100}}\.json")


def is_run(name: str) -> bool:
    """Whether a name of the manifest is that of a kept run, and leads nowhere else."""
    return _RUN.fullmatch(name) is not None


def copy_runs(home: Path, draft: Path) -> None:
    """Copies the runs. Raises OSError where one cannot be written."""
    for path in sorted((home / FOLDER).glob("*/*.json")):
        name = path.relative_to(home).as_posix()
        if is_run(name):
            with suppress(FileNotFoundError):  # removed a moment ago
                _copy(path, draft / name)


def bring_back_runs(folder: Path, home: Path, names: Iterable[str]) -> None:
    """Adds the runs of a backup to those of a home. Raises OSError where one cannot be written."""
    for name in names:
        if is_run(name) and not (home / name).exists():
            _copy(folder / name, home / name)


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copyfile(path, target)
    sync(target)
