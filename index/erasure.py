"""Takes a document out for good, inside a write transaction, and counts what it removes."""

from __future__ import annotations

from collections.abc import Sequence

import apsw

from index import deletions, keyword_tables, writing
from index.connections import query
from index.life import Deletion


def erase(
    connection: apsw.Connection,
    row: int,
    changes: writing.Changes,
    *,
    who: str,
    reason: str,
    keep_out: bool = True,
    originals: Sequence[str] = (),
) -> Deletion:
    """Removes a document with everything that names it, and stores the certificate.

    Keyword tables must be purged afterwards, see `purge`.
    """
    id_, mandant, source = (
        str(value)
        for value in query(
            connection, "SELECT id, mandant, source FROM documents WHERE row = ?", (row,)
        ).fetchone()
    )
    others = query(
        connection,
        "SELECT source, sha256 FROM sources WHERE mandant = ? AND document = ?",
        (mandant, id_),
    ).fetchall()
    paths = [source, *(str(path) for path, _ in others)]
    marks = [id_, *(str(sha256) for _, sha256 in others), _own_text(connection, row)]
    removed = _counted(connection, row) | {"quellen": len(paths)}
    writing.remove(connection, row, changes)
    for table in ("sources", "depublications"):
        connection.execute(
            f"DELETE FROM {table} WHERE mandant = ? AND document = ?", (mandant, id_)
        )
    # Paths may name what is to be forgotten.
    before = connection.total_changes()
    connection.executemany(
        "DELETE FROM quarantine WHERE mandant = ? AND path = ?",
        [(mandant, path) for path in paths],
    )
    connection.executemany(
        "DELETE FROM quarantine WHERE mandant = ? AND sha256 = ?",
        [(mandant, mark) for mark in marks],
    )
    connection.executemany(
        "DELETE FROM pending WHERE mandant = ? AND path = ?",
        [(mandant, path) for path in paths],
    )
    removed["vormerkungen"] = connection.total_changes() - before
    deletion = deletions.certificate(
        mandant, marks, removed, who, reason, keeps_out=keep_out, originals=originals
    )
    deletions.store(connection, deletion)
    return deletion


def purge(connection: apsw.Connection, changes: writing.Changes) -> None:
    """Rewrites the keyword tables that lost passages, so that no term of them stays."""
    for place in sorted(changes.thinned):
        if keyword_tables.exists(connection, place):
            keyword_tables.purge(connection, place)


def _own_text(connection: apsw.Connection, row: int) -> str:
    """The fingerprint, unless another document has the same text and stays."""
    found = query(
        connection,
        "SELECT fingerprint FROM fingerprints f WHERE document = ? AND NOT EXISTS (SELECT 1 FROM "
        "fingerprints o WHERE o.mandant = f.mandant AND o.fingerprint = f.fingerprint "
        "AND o.document <> f.document)",
        (row,),
    ).fetchone()
    return str(found[0]) if found else ""


def _counted(connection: apsw.Connection, row: int) -> dict[str, int]:
    (passages,) = query(
        connection, "SELECT count(*) FROM passages WHERE document = ?", (row,)
    ).fetchone()
    (vectors,) = query(
        connection,
        "SELECT count(*) FROM vectors v JOIN passages p ON p.row = v.passage WHERE p.document = ?",
        (row,),
    ).fetchone()
    found = {"textstellen": int(passages), "stichwortzeilen": int(passages)}
    found["vektoren"] = int(vectors)
    for name, table in (("nummern", "numbers"), ("erwaehnungen", "mentions")):
        (count,) = query(
            connection, f"SELECT count(*) FROM {table} WHERE document = ?", (row,)
        ).fetchone()
        found[name] = int(count)
    return found
