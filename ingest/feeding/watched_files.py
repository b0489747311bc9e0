"""What the book knows of files in watched folders: taken in, ordered, or gone."""

from __future__ import annotations

from collections.abc import Sequence

from index.connections import query
from ingest.feeding.book_file import BookFile, now
from ingest.feeding.jobs import FileStamp, JobOrigin, JobState


class WatchedFiles:
    """A part of the book of jobs. Every method raises `StoreError` where it cannot be read."""

    def __init__(self, file: BookFile) -> None:
        self._file = file

    def taken_in(self, mandant: str) -> dict[str, tuple[FileStamp, str | None]]:
        """Watched files that were taken in: their state then, and since when they are missing."""
        with self._file.reading() as connection:
            rows = query(
                connection,
                "SELECT path, size, mtime_ns, missing_since FROM watched WHERE mandant = ?",
                (mandant,),
            ).fetchall()
        return {
            str(path): (FileStamp(size, mtime_ns), missing)
            for path, size, mtime_ns, missing in rows
        }

    def ordered(self, mandant: str) -> dict[str, FileStamp]:
        """Watched files that a job not finished has: by path the state of the newest such job."""
        with self._file.reading() as connection:
            rows = query(
                connection,
                "SELECT p.path, p.size, p.mtime_ns FROM job_paths p JOIN jobs j ON j.id = p.job "
                "WHERE j.mandant = ? AND j.origin = ? AND j.state <> ? ORDER BY j.row",
                (mandant, JobOrigin.BEOBACHTET, JobState.FERTIG),
            ).fetchall()
        return {str(path): FileStamp(size, mtime_ns) for path, size, mtime_ns in rows}

    def mark_missing(self, mandant: str, paths: Sequence[str], missing: bool) -> None:
        """Notes that watched files are gone, or there again."""
        with self._file.writing() as connection:
            connection.executemany(
                "UPDATE watched SET missing_since = ? WHERE mandant = ? AND path = ?",
                [(now() if missing else None, mandant, path) for path in paths],
            )

    def forget(self, mandant: str, path: str) -> None:
        """Forgets a watched file; should it come back, it is new."""
        with self._file.writing() as connection:
            connection.execute(
                "DELETE FROM watched WHERE mandant = ? AND path = ?", (mandant, path)
            )
