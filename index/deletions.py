"""The list of deletions: certificates without content, in the database and in a file beside it.

The file outlives the database: whoever puts an older database back finds the erased documents
erased again at the next start, because the file names them. Either completes the other.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apsw

from index import codec
from index.chain import ChainedFile
from index.connections import query
from index.life import Deletion, digest

DELETIONS_FILE = "loeschungen.jsonl"

_ERASED, _DONE, _LIFTED = "loeschung", "vollzug", "aufhebung"
_EVER = "9999"
_ID_IN_NAME = re.compile(r"[0-9a-f]{64}")


def now() -> str:
    """This moment, as certificates have it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def certificate(
    mandant: str,
    marks: Sequence[str],
    removed: Mapping[str, int],
    who: str,
    reason: str,
    *,
    keeps_out: bool,
    originals: Sequence[str] = (),
) -> Deletion:
    """A new certificate for the file that bears these ids and fingerprints."""
    digests = tuple(dict.fromkeys(digest(mandant, mark) for mark in marks if mark))
    return Deletion(
        uuid.uuid4().hex,
        now(),
        who,
        mandant,
        reason,
        digests,
        dict(removed),
        keeps_out,
        originals=tuple(digest(mandant, sha256) for sha256 in originals),
    )


# ------------------------------------------------------------------- database


def store(connection: apsw.Connection, deletion: Deletion) -> None:
    """Puts a certificate into the database, with what it keeps out; one that is there stays."""
    connection.execute(
        "INSERT OR IGNORE INTO deletions VALUES (?, ?, ?, ?)",
        (deletion.id, codec.dump(_fields(deletion)), int(deletion.done), int(deletion.lifted)),
    )
    if not deletion.lifted:
        connection.executemany(
            "INSERT OR IGNORE INTO erased VALUES (?, ?, ?, ?)",
            [
                (mark, deletion.at, int(deletion.keeps_out), deletion.id)
                for mark in deletion.digests
            ],
        )


def mark_done(connection: apsw.Connection) -> list[str]:
    """Marks all certificates as carried out; returns the ids of those that were not."""
    open_ids = [str(id_) for (id_,) in query(connection, "SELECT id FROM deletions WHERE NOT done")]
    if open_ids:
        connection.execute("UPDATE deletions SET done = 1 WHERE NOT done")
    return open_ids


def mark_lifted(connection: apsw.Connection, deletion_id: str) -> None:
    """Lets in again what a certificate kept out."""
    connection.execute("UPDATE deletions SET lifted = 1 WHERE id = ?", (deletion_id,))
    connection.execute("DELETE FROM erased WHERE deletion = ?", (deletion_id,))


def stored(connection: apsw.Connection) -> list[Deletion]:
    """The certificates in the database, newest first."""
    found = [
        replace(codec.load(str(record), _read), done=bool(done), lifted=bool(lifted))
        for record, done, lifted in query(connection, "SELECT record, done, lifted FROM deletions")
    ]
    return sorted(found, key=lambda deletion: (deletion.at, deletion.id), reverse=True)


def keeps_out(connection: apsw.Connection, mandant: str, mark: str) -> bool:
    """Whether some certificate that holds names this id or fingerprint."""
    found = query(
        connection,
        "SELECT 1 FROM erased WHERE digest = ? AND keeps_out",
        (digest(mandant, mark),),
    ).fetchone()
    return found is not None


def erased_rows(connection: apsw.Connection) -> list[int]:
    """Rows of documents that are stored although a certificate says they were erased.

    What may come in again counts only where it came in before the erasure.
    """
    wanted: dict[str, str] = {}
    for mark, at, keeps_out in query(connection, "SELECT digest, at, keeps_out FROM erased"):
        wanted[str(mark)] = max(wanted.get(str(mark), ""), _EVER if keeps_out else str(at))
    if not wanted:
        return []
    return [
        int(row)
        for row, mandant, id_, fingerprint, ingested_at in query(
            connection,
            "SELECT d.row, d.mandant, d.id, coalesce(f.fingerprint, ''), d.ingested_at "
            "FROM documents d LEFT JOIN fingerprints f ON f.document = d.row",
        ).fetchall()
        if any(
            mark and str(ingested_at) <= wanted.get(digest(str(mandant), mark), "")
            for mark in (str(id_), str(fingerprint))
        )
    ]


# ----------------------------------------------------------------------- file


class DeletionFile:
    """The list beside the database: hash-chained, and on the disk when a method returns."""

    def __init__(self, home: Path, name: str = DELETIONS_FILE) -> None:
        self._file = ChainedFile(home / name, synced=True)

    @property
    def path(self) -> Path:
        """Where the list lies."""
        return self._file.path

    def read(self) -> dict[str, Deletion]:
        """All certificates by id, in the order of the file."""
        found: dict[str, Deletion] = {}
        for line in self._file.entries():
            id_ = str(line.get("id", ""))
            if line.get("art") == _ERASED:
                found[id_] = _read(line)
            elif id_ in found and line.get("art") == _DONE:
                found[id_] = replace(found[id_], done=True)
            elif id_ in found and line.get("art") == _LIFTED:
                found[id_] = replace(found[id_], lifted=True)
        return found

    def record(self, deletion: Deletion) -> None:
        """Adds a certificate.

        Raises:
            OSError: the file cannot be written.
        """
        self._file.append({"art": _ERASED, **_fields(deletion)})

    def done(self, deletion_id: str) -> None:
        """Adds that caches and log are clean. Raises as `record` does."""
        self._file.append({"art": _DONE, "id": deletion_id, "at": now()})

    def lifted(self, deletion_id: str, who: str) -> None:
        """Adds that the file may come in again. Raises as `record` does."""
        self._file.append({"art": _LIFTED, "id": deletion_id, "at": now(), "who": who})

    def problems(self) -> list[str]:
        """Where the chain is broken, as German sentences."""
        return [f"Löschliste, Zeile {n}: {problem}" for n, problem in self._file.problems()]

    def complete(self, known: Iterable[Deletion]) -> None:
        """Adds certificates and marks that the file lacks. Raises as `record` does."""
        held = self.read()
        for deletion in known:
            there = held.get(deletion.id)
            if there is None:
                self.record(deletion)
            if deletion.done and not (there and there.done):
                self.done(deletion.id)
            if deletion.lifted and not (there and there.lifted):
                self.lifted(deletion.id, deletion.who)


def _fields(deletion: Deletion) -> dict[str, object]:
    return {
        "id": deletion.id,
        "at": deletion.at,
        "who": deletion.who,
        "mandant": deletion.mandant,
        "reason": deletion.reason,
        "digests": list(deletion.digests),
        "removed": dict(deletion.removed),
        "keeps_out": deletion.keeps_out,
        "originals": list(deletion.originals),
    }


def _read(value: Any) -> Deletion:
    return Deletion(
        id=str(value["id"]),
        at=str(value["at"]),
        who=str(value["who"]),
        mandant=str(value["mandant"]),
        reason=str(value["reason"]),
        digests=tuple(str(mark) for mark in value["digests"]),
        removed={str(name): int(count) for name, count in value["removed"].items()},
        keeps_out=bool(value["keeps_out"]),
        originals=tuple(str(mark) for mark in value.get("originals", ())),
    )


# -------------------------------------------------------------------- residue


def sweep(home: Path, mandanten: Iterable[str], digests: Iterable[str]) -> int:
    """Removes files below `home` that are named by the id of an erased document.

    Previews and caches of a document bear its id in their name. Returns how many were removed.
    """
    wanted, names = set(digests), sorted(set(mandanten))
    removed = 0
    for path in sorted(home.rglob("*")):
        for id_ in _ID_IN_NAME.findall(path.name):
            if path.is_file() and any(digest(name, id_) in wanted for name in names):
                path.unlink(missing_ok=True)
                removed += 1
                break
    return removed
