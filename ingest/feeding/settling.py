"""When a file in a watched folder is ready to be read: not hidden, not temporary, not growing."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.feeding.jobs import FileStamp

SETTLE_S = 2.0
"""A file whose size and time have not changed for so long is taken for complete. Should a copy
have paused longer, the file changes again and is read again."""

_SUFFIXES = (
    ".part",
    ".partial",
    ".filepart",
    ".crdownload",
    ".download",
    ".opdownload",
    ".tmp",
    ".temp",
    ".swp",
    ".lock",
    "~",
)
_PREFIXES = (".", "~$", "~wrl", "~rf")
_NAMES = frozenset({"thumbs.db", "desktop.ini"})


def is_temporary(name: str) -> bool:
    """Whether a file name is one that programs use until the file is whole, or a hidden one."""
    lower = name.lower()
    return lower in _NAMES or lower.startswith(_PREFIXES) or lower.endswith(_SUFFIXES)


class Settling:
    """Remembers since when each file has been as it is. Times are seconds of one clock."""

    def __init__(self, settle_s: float = SETTLE_S) -> None:
        self._settle_s = settle_s
        self._since: dict[str, tuple[FileStamp, float]] = {}

    @property
    def unsettled(self) -> int:
        """Number of files that are waited for."""
        return len(self._since)

    def settled(self, candidates: Mapping[str, FileStamp], now: float) -> list[str]:
        """Those of `candidates` that have not changed for the time; all others are waited for.

        A file that is no candidate any more is forgotten.
        """
        ready: list[str] = []
        since: dict[str, tuple[FileStamp, float]] = {}
        for path, stamp in candidates.items():
            known = self._since.get(path)
            started = known[1] if known is not None and known[0] == stamp else now
            if now - started >= self._settle_s:
                ready.append(path)
            else:
                since[path] = (stamp, started)
        self._since = since
        return ready
