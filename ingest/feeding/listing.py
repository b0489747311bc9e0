"""What lies in a folder now: every readable file below it with its size and time."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from ingest.feeding.jobs import FileStamp
from ingest.feeding.settling import is_temporary

_REMOTE = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "glusterfs", "davfs"}
)
MOUNTS = Path("/proc/self/mountinfo")


@dataclass(frozen=True, slots=True)
class Listing:
    """Files by path, and the folders that could not be looked into."""

    files: dict[str, FileStamp]
    unreadable: tuple[str, ...]


def list_folder(folder: Path) -> Listing:
    """Looks into a folder and all below it; hidden and temporary names are passed over.

    Links lead nowhere out of the folder, as when folders are taken in by command.
    """
    files: dict[str, FileStamp] = {}
    unreadable: list[str] = []
    root = folder.resolve()
    waiting = [str(folder)]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    if is_temporary(entry.name):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        _add(entry, root, files)
        except OSError:
            unreadable.append(here)
    return Listing(dict(sorted(files.items())), tuple(unreadable))


def _add(entry: os.DirEntry[str], root: Path, files: dict[str, FileStamp]) -> None:
    try:
        if not entry.is_file():
            return
        if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(root):
            return
        found = entry.stat()
    except FileNotFoundError:
        return  # gone since the folder was read
    files[entry.path] = FileStamp(found.st_size, found.st_mtime_ns)


def is_on_network(folder: Path, mounts: Path = MOUNTS) -> bool:
    """Whether a folder lies on a share, where the kernel hears nothing of what others do."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    real = folder.resolve()
    kinds: dict[int, str] = {}
    for line in lines:
        mounted, _, described = line.partition(" - ")
        point = Path(mounted.split()[4].encode().decode("unicode_escape"))
        if real.is_relative_to(point):
            kinds[len(point.parts)] = described.split()[0]
    if not kinds:
        return False
    kind = kinds[max(kinds)]
    return kind in _REMOTE or (kind.startswith("fuse.") and kind != "fuse.portal")
