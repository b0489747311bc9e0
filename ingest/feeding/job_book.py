"""The book of jobs: who ordered what to be taken in, and how far that is."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import apsw

from index.connections import query
from ingest.feeding.book_file import BookFile, now
from ingest.feeding.jobs import FileStamp, Job, JobCounts, JobOrigin, JobPath, JobRefusal, JobState
from ingest.feeding.watched_files import WatchedFiles

KEPT_DAYS = 30
"""So long the book keeps a job that has ended."""

_COLUMNS = (
    "id, mandant, origin, state, created_at, started_at, ended_at, done, total, indexed, "
    "unchanged, replaced, refused, passages, seconds, cancelling, code, message"
)


class JobBook:
    """The jobs of one data home. May be used by several threads and processes at once.

    The file comes with the first use. Every method raises `StoreError` where it cannot be read or
    written.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._file = BookFile(home)
        self.watched = WatchedFiles(self._file)

    # ------------------------------------------------------------------ order

    def create(
        self,
        mandant: str,
        origin: JobOrigin,
        paths: Sequence[JobPath],
        *,
        job_id: str | None = None,
    ) -> Job:
        """Enters a new job, waiting. Paths inside the home are kept relative to it."""
        id_ = job_id or new_job_id()
        rows = [
            (
                id_,
                ordinal,
                self._file.written(item.path),
                item.name,
                item.stamp.size if item.stamp else None,
                item.stamp.mtime_ns if item.stamp else None,
            )
            for ordinal, item in enumerate(paths)
        ]
        with self._file.writing() as connection:
            connection.execute(
                "INSERT INTO jobs (id, mandant, origin, state, created_at) VALUES (?, ?, ?, ?, ?)",
                (id_, mandant, origin, JobState.WARTEND, now()),
            )
            connection.executemany("INSERT INTO job_paths VALUES (?, ?, ?, ?, ?, ?)", rows)
        return self.get(id_)

    def unfinished_like(self, mandant: str, paths: Sequence[JobPath]) -> Job | None:
        """A job of the command line for the same paths that was started and never ended."""
        wanted = [(str(item.path), item.name) for item in paths]
        for job in self._find(
            "mandant = ? AND origin = ? AND state IN (?, ?)",
            (mandant, JobOrigin.BEFEHL, JobState.WARTEND, JobState.LAEUFT),
        ):
            if [(str(item.path), item.name) for item in self.paths(job.id)] == wanted:
                return job
        return None

    def cancel(self, job: Job) -> Job:
        """Ends a waiting job at once, and tells a running one to end; others stay as they are."""
        with self._file.writing() as connection:
            connection.execute(
                "UPDATE jobs SET state = ?, ended_at = ? WHERE id = ? AND state = ?",
                (JobState.ABGEBROCHEN, now(), job.id, JobState.WARTEND),
            )
            connection.execute(
                "UPDATE jobs SET cancelling = 1 WHERE id = ? AND state = ?",
                (job.id, JobState.LAEUFT),
            )
        return self.get(job.id)

    def resume(self, job: Job) -> Job:
        """Lets an ended job wait for its turn again; others stay as they are."""
        with self._file.writing() as connection:
            connection.execute(
                "UPDATE jobs SET state = ?, ended_at = NULL, cancelling = 0, code = NULL, "
                "message = NULL WHERE id = ? AND state NOT IN (?, ?)",
                (JobState.WARTEND, job.id, JobState.WARTEND, JobState.LAEUFT),
            )
        return self.get(job.id)

    # -------------------------------------------------------------------- run

    def recover(self) -> None:
        """Lets jobs wait again whose process died. Only for who holds the turn to ingest."""
        if not self._find("state = ?", (JobState.LAEUFT,)):
            return
        with self._file.writing() as connection:
            connection.execute(
                "UPDATE jobs SET state = CASE cancelling WHEN 1 THEN ? ELSE ? END, "
                "ended_at = CASE cancelling WHEN 1 THEN ? END, cancelling = 0 WHERE state = ?",
                (JobState.ABGEBROCHEN, JobState.WARTEND, now(), JobState.LAEUFT),
            )

    def begin(self, job_id: str) -> bool:
        """Notes that a waiting job runs; False where it does not wait any more."""
        with self._file.writing() as connection:
            connection.execute(
                "UPDATE jobs SET state = ?, started_at = ?, done = 0, total = 0, seconds = 0 "
                "WHERE id = ? AND state = ?",
                (JobState.LAEUFT, now(), job_id, JobState.WARTEND),
            )
            return connection.changes() == 1

    def note(self, job_id: str, counts: JobCounts, seconds: float) -> bool:
        """Records how far a job has come; True when somebody wants it to end."""
        with self._file.writing() as connection:
            _write_counts(connection, job_id, counts, seconds)
        return self.get(job_id).cancelling

    def release(self, job_id: str, counts: JobCounts, seconds: float) -> None:
        """Lets a running job wait again, because its process ends."""
        with self._file.writing() as connection:
            _write_counts(connection, job_id, counts, seconds)
            connection.execute(
                "UPDATE jobs SET state = ? WHERE id = ? AND state = ?",
                (JobState.WARTEND, job_id, JobState.LAEUFT),
            )

    def end(
        self,
        job_id: str,
        state: JobState,
        counts: JobCounts,
        seconds: float,
        refusals: Sequence[JobRefusal] = (),
        error: tuple[str, str] | None = None,
    ) -> None:
        """Records how a job ended; `error` is a code and a sentence.

        With the end of a watched job its files count as taken in, in the state they were found.
        """
        code, message = error or (None, None)
        with self._file.writing() as connection:
            _write_counts(connection, job_id, counts, seconds)
            connection.execute(
                "UPDATE jobs SET state = ?, ended_at = ?, cancelling = 0, code = ?, message = ? "
                "WHERE id = ?",
                (state, now(), code, message, job_id),
            )
            connection.execute("DELETE FROM job_refusals WHERE job = ?", (job_id,))
            connection.executemany(
                "INSERT INTO job_refusals VALUES (?, ?, ?, ?, ?)",
                [
                    (job_id, n, item.name, item.code, item.message)
                    for n, item in enumerate(refusals)
                ],
            )
            if state is JobState.FERTIG:
                connection.execute(
                    "INSERT OR REPLACE INTO watched SELECT j.mandant, p.path, p.size, p.mtime_ns, "
                    "NULL FROM job_paths p JOIN jobs j ON j.id = p.job "
                    "WHERE j.id = ? AND j.origin = ? AND p.size IS NOT NULL",
                    (job_id, JobOrigin.BEOBACHTET),
                )

    # ------------------------------------------------------------------- read

    def get(self, job_id: str) -> Job:
        """One job that exists.

        Raises:
            KeyError: it does not.
        """
        found = self._find("id = ?", (job_id,))
        if not found:
            raise KeyError(job_id)
        return found[0]

    def find(self, mandant: str, job_id: str) -> Job | None:
        """One job of a Mandant."""
        found = self._find("mandant = ? AND id = ?", (mandant, job_id))
        return found[0] if found else None

    def jobs(self, mandant: str, most: int = 100) -> list[Job]:
        """The jobs of a Mandant, newest first."""
        return self._find("mandant = ?", (mandant,), order=f"row DESC LIMIT {int(most)}")

    def waiting(self, mandant: str | None = None, origin: JobOrigin | None = None) -> list[Job]:
        """Jobs that wait, oldest first."""
        return self._in_state(JobState.WARTEND, mandant, origin)

    def failed(self, mandant: str, origin: JobOrigin) -> list[Job]:
        """Jobs that failed, oldest first."""
        return self._in_state(JobState.FEHLGESCHLAGEN, mandant, origin)

    def _in_state(
        self, state: JobState, mandant: str | None, origin: JobOrigin | None
    ) -> list[Job]:
        return self._find(
            "state = ? AND ifnull(?, mandant) = mandant AND ifnull(?, origin) = origin",
            (state, mandant, origin),
        )

    def has_open_jobs(self) -> bool:
        """Whether any job waits or is said to run."""
        return bool(
            self._find("state IN (?, ?)", (JobState.WARTEND, JobState.LAEUFT), order="row LIMIT 1")
        )

    def paths(self, job_id: str) -> list[JobPath]:
        """What a job takes in."""
        with self._file.reading() as connection:
            rows = query(
                connection,
                "SELECT path, name, size, mtime_ns FROM job_paths WHERE job = ? ORDER BY ordinal",
                (job_id,),
            ).fetchall()
        return [
            JobPath(
                self._home / path, str(name), None if size is None else FileStamp(size, mtime_ns)
            )
            for path, name, size, mtime_ns in rows
        ]

    def refusals(self, job_id: str) -> list[JobRefusal]:
        """What a job could not take in when it ran last."""
        with self._file.reading() as connection:
            rows = query(
                connection,
                "SELECT name, code, message FROM job_refusals WHERE job = ? ORDER BY ordinal",
                (job_id,),
            ).fetchall()
        return [JobRefusal(str(name), str(code), str(message)) for name, code, message in rows]

    # ---------------------------------------------------------------- uploads

    def uploaded_as(self, mandant: str, name: str) -> list[Path]:
        """Where the uploaded files lie whose documents are cited by a name."""
        with self._file.reading() as connection:
            rows = query(
                connection,
                "SELECT DISTINCT p.path FROM job_paths p JOIN jobs j ON j.id = p.job "
                "WHERE j.mandant = ? AND j.origin = ? AND p.name = ?",
                (mandant, JobOrigin.HOCHGELADEN, name),
            ).fetchall()
        return [self._home / path for (path,) in rows]

    def names_path(self, path: Path) -> bool:
        """Whether any job has a path."""
        with self._file.reading() as connection:
            found = query(
                connection, "SELECT 1 FROM job_paths WHERE path = ?", (self._file.written(path),)
            ).fetchone()
        return found is not None

    def forget_path(self, path: Path) -> None:
        """Takes a path out of every job, so that no resumption brings its document back."""
        with self._file.writing() as connection:
            connection.execute("DELETE FROM job_paths WHERE path = ?", (self._file.written(path),))
        self._file.empty_wal()

    def prune(self, days: int = KEPT_DAYS) -> list[tuple[str, JobPath]]:
        """Drops jobs that ended long ago; gives back the uploaded files they named, by Mandant."""
        limit = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
        old = [job for job in self._find("ended_at < ?", (limit,)) if job.state.ended]
        dropped = [
            (job.mandant, path)
            for job in old
            if job.origin is JobOrigin.HOCHGELADEN
            for path in self.paths(job.id)
        ]
        ids = json.dumps([job.id for job in old])
        if old:
            with self._file.writing() as connection:
                connection.execute(
                    "DELETE FROM jobs WHERE id IN (SELECT value FROM json_each(?))", (ids,)
                )
        return dropped

    def close(self) -> None:
        """Releases the file."""
        self._file.close()

    # --------------------------------------------------------------- internal

    def _find(self, condition: str, bound: Sequence[Any], order: str = "row") -> list[Job]:
        with self._file.reading() as connection:
            rows = query(
                connection,
                f"SELECT {_COLUMNS} FROM jobs WHERE {condition} ORDER BY {order}",
                tuple(bound),
            ).fetchall()
        return [_job(row) for row in rows]


def new_job_id() -> str:
    """An id that nobody has guessed or used."""
    return secrets.token_hex(6)


def _write_counts(
    connection: apsw.Connection, job_id: str, counts: JobCounts, seconds: float
) -> None:
    connection.execute(
        "UPDATE jobs SET done = ?, total = ?, indexed = ?, unchanged = ?, replaced = ?, "
        "refused = ?, passages = ?, seconds = ? WHERE id = ?",
        (
            counts.done,
            counts.total,
            counts.indexed,
            counts.unchanged,
            counts.replaced,
            counts.refused,
            counts.passages,
            seconds,
            job_id,
        ),
    )


def _job(row: Sequence[Any]) -> Job:
    return Job(
        id=row[0],
        mandant=row[1],
        origin=JobOrigin(row[2]),
        state=JobState(row[3]),
        created_at=row[4],
        started_at=row[5],
        ended_at=row[6],
        counts=JobCounts(*row[7:14]),
        seconds=row[14],
        cancelling=bool(row[15]),
        code=row[16],
        message=row[17],
    )
