"""Folders under watch: what has come and settled, what has gone, and when to look again.

Notices of the kernel only say when to look; what is true is the folder itself, compared with the
book. So nothing is lost when notices are, when the program was killed, or was not running.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import PathMissing
from ingest.feeding.job_book import JobBook
from ingest.feeding.jobs import FileStamp, Job, JobOrigin, JobPath
from ingest.feeding.listing import Listing, list_folder
from ingest.feeding.settling import SETTLE_S, Settling
from ingest.sidecar import papers_of

TICK_S = 1.0
RESCAN_S = 300.0
"""With notices of the kernel; a share without them is looked at as often as the operator says."""
WITHOUT_NOTICES_S = 30.0
MOST_FILES = 2_000
"""So many files make a job, so that what comes meanwhile need not wait for a whole archive."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the folders showed.

    Attributes:
        settled: files that are new or changed and complete, with their state.
        vanished: files that were taken in and are gone now, each told once.
        returned: such files that are there again, unchanged.
        unreachable: folders that could not be looked into, or are suddenly empty; of what lies
            below them nothing is said.
        unsettled: number of files that may still be growing.
    """

    settled: tuple[tuple[str, FileStamp], ...]
    vanished: tuple[str, ...]
    returned: tuple[str, ...]
    unreachable: tuple[str, ...]
    unsettled: int


class FolderWatch:
    """Compares folders with what the book says was taken in from them."""

    def __init__(
        self,
        folders: Sequence[Path],
        book: JobBook,
        mandant: str,
        *,
        settle_s: float = SETTLE_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Takes existing folders.

        Raises:
            PathMissing: one of them is no folder.
        """
        for folder in folders:
            if not folder.is_dir():
                raise PathMissing(
                    f"Den Ordner „{folder}“ gibt es nicht. Bitte Schreibweise und Laufwerk prüfen."
                )
        self.folders = tuple(folder.absolute() for folder in folders)
        self._book = book
        self._mandant = mandant
        self._settle_s = settle_s
        self._clock = clock
        self._settling = Settling(settle_s)
        self._absent_since: dict[str, float] = {}

    @property
    def busy(self) -> bool:
        """Whether a file is waited for, so that the next look should come soon."""
        return bool(self._settling.unsettled or self._absent_since)

    def look(self) -> Look:
        """Looks into all folders once."""
        taken = self._book.watched.taken_in(self._mandant)
        ordered = self._book.watched.ordered(self._mandant)
        files: dict[str, FileStamp] = {}
        unreachable: list[str] = []
        for folder in self.folders:
            listing = self._listing(folder, taken)
            files.update(listing.files)
            unreachable.extend(listing.unreadable)
        candidates = {
            path: stamp
            for path, stamp in files.items()
            if ordered.get(path) != stamp and (path not in taken or taken[path][0] != stamp)
        }
        now = self._clock()
        settled = self._settling.settled(candidates, now)
        settled = self._with_papers(settled, candidates, files)
        returned = [
            path for path, stamp in files.items() if path in taken and taken[path][1] is not None
        ]
        self._book_missing(returned, False)
        gone = [
            path
            for path, (_, missing) in taken.items()
            if missing is None and path not in files and self._is_ours(path, unreachable)
        ]
        vanished = self._absent_long(gone, now)
        self._book_missing(vanished, True)
        return Look(
            settled=tuple((path, files[path]) for path in settled),
            vanished=tuple(vanished),
            returned=tuple(returned),
            unreachable=tuple(unreachable),
            unsettled=self._settling.unsettled,
        )

    def order(self, settled: Sequence[tuple[str, FileStamp]]) -> list[Job]:
        """Enters jobs for files that have settled."""
        return [
            self._book.create(
                self._mandant,
                JobOrigin.BEOBACHTET,
                [JobPath(Path(path), path, stamp) for path, stamp in settled[at : at + MOST_FILES]],
            )
            for at in range(0, len(settled), MOST_FILES)
        ]

    def missing(self) -> list[str]:
        """Files below the folders that were taken in once and have been reported as gone."""
        return [
            path
            for path, (_, since) in self._book.watched.taken_in(self._mandant).items()
            if since is not None and self._is_ours(path, ())
        ]

    def _with_papers(
        self, settled: Sequence[str], candidates: Container[str], files: Container[str]
    ) -> list[str]:
        """Adds the papers that a new sidecar describes, unless they are still waited for."""
        papers = [str(paper) for path in settled for paper in papers_of(Path(path))]
        ready = [paper for paper in papers if paper in files and paper not in candidates]
        return list(dict.fromkeys([*settled, *ready]))

    def _listing(self, folder: Path, taken: dict[str, tuple[FileStamp, str | None]]) -> Listing:
        """The folder's files; an empty folder that held some is one whose share is not there."""
        listing = list_folder(folder)
        if listing.files or listing.unreadable:
            return listing
        below = f"{folder}/"
        held = sum(path.startswith(below) and since is None for path, (_, since) in taken.items())
        return Listing({}, (str(folder),)) if held > 1 else listing

    def _is_ours(self, path: str, unreachable: Sequence[str]) -> bool:
        below_ours = any(path.startswith(f"{folder}/") for folder in self.folders)
        return below_ours and not any(path.startswith(f"{folder}/") for folder in unreachable)

    def _absent_long(self, gone: Sequence[str], now: float) -> list[str]:
        """Those that were gone at an earlier look too: programs save by renaming."""
        self._absent_since = {path: self._absent_since.get(path, now) for path in gone}
        long = [path for path, since in self._absent_since.items() if now - since >= self._settle_s]
        for path in long:
            del self._absent_since[path]
        return long

    def _book_missing(self, paths: Sequence[str], missing: bool) -> None:
        if paths:
            self._book.watched.mark_missing(self._mandant, paths, missing)


def moments(
    folders: Sequence[Path],
    *,
    poll_s: float | None,
    busy: Callable[[], bool],
    on_trouble: Callable[[], None],
) -> Iterator[None]:
    """Yields whenever it is time to look, the first time within a second; ends never.

    With `poll_s` at that interval; else when the kernel tells of a change, every second while
    `busy()`, and every `RESCAN_S` in any case. Where the kernel gives no notices, `on_trouble` is
    called and the interval is `WITHOUT_NOTICES_S`.
    """
    if poll_s is None:
        from watchfiles import watch

        # The first look comes after the kernel has been asked, so that nothing falls between.
        looked = time.monotonic() - RESCAN_S
        try:
            for changes in watch(
                *folders,
                watch_filter=None,
                debounce=500,
                rust_timeout=int(TICK_S * 1000),
                yield_on_timeout=True,
                force_polling=False,
                ignore_permission_denied=True,
            ):
                if changes or busy() or time.monotonic() - looked >= RESCAN_S:
                    yield
                    looked = time.monotonic()
        except (OSError, RuntimeError) as error:
            # Too many folders for the kernel's limit, or a folder that went away.
            log.warning("watch: %s", type(error).__name__)
            on_trouble()
    poll_s = poll_s or WITHOUT_NOTICES_S
    while True:
        yield
        time.sleep(min(poll_s, TICK_S) if busy() else poll_s)
