"""The tables of the SQLite store, as numbered migrations."""

from __future__ import annotations

import apsw

from index.errors import StoreTooNew
from index.schema_builds import BUILDS
from index.schema_life import LIFE

# One entry a version; entries are never changed once released, only added. The keyword table of
# each partition is made when the partition is: see `index.keyword_tables`.
MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    INSERT INTO meta VALUES ('generation', '0');

    CREATE TABLE partitions (
        id INTEGER PRIMARY KEY,
        mandant TEXT NOT NULL,
        stufe TEXT NOT NULL,
        generation INTEGER NOT NULL DEFAULT 0,
        state TEXT NOT NULL DEFAULT '',
        removals INTEGER NOT NULL DEFAULT 0,
        UNIQUE (mandant, stufe)
    ) STRICT;

    CREATE TABLE documents (
        row INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL,
        mandant TEXT NOT NULL,
        source TEXT NOT NULL,
        media_type TEXT NOT NULL,
        title TEXT NOT NULL,
        title_stufe TEXT NOT NULL,
        stufe TEXT NOT NULL,
        art TEXT NOT NULL,
        wahlperiode INTEGER,
        head_stufe TEXT NOT NULL,
        text TEXT NOT NULL,
        kopfdaten TEXT NOT NULL,
        sections TEXT NOT NULL,
        pages TEXT NOT NULL,
        shields TEXT NOT NULL,
        warnings TEXT NOT NULL,
        parser TEXT NOT NULL,
        supersedes TEXT,
        superseded_by TEXT,
        ingested_at TEXT NOT NULL,
        UNIQUE (mandant, id)
    ) STRICT;
    CREATE INDEX documents_by_id ON documents (id);
    CREATE INDEX documents_by_source ON documents (mandant, source);
    CREATE INDEX documents_superseded ON documents (superseded_by)
        WHERE superseded_by IS NOT NULL;

    -- The levels at which something of a document may be seen.
    CREATE TABLE document_levels (
        document INTEGER NOT NULL REFERENCES documents (row) ON DELETE CASCADE,
        stufe TEXT NOT NULL,
        PRIMARY KEY (document, stufe)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE numbers (
        mandant TEXT NOT NULL,
        key TEXT NOT NULL,
        art TEXT NOT NULL,
        document INTEGER NOT NULL REFERENCES documents (row) ON DELETE CASCADE,
        stufe TEXT NOT NULL,
        wahlperiode INTEGER,
        nummer INTEGER,
        ergaenzung INTEGER,
        PRIMARY KEY (mandant, key, art, document)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX numbers_by_document ON numbers (document);

    CREATE TABLE mentions (
        document INTEGER NOT NULL REFERENCES documents (row) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        key TEXT NOT NULL,
        wahlperiode INTEGER,
        nummer INTEGER,
        ergaenzung INTEGER,
        stufe TEXT NOT NULL
    ) STRICT;
    CREATE INDEX mentions_by_key ON mentions (key);
    CREATE INDEX mentions_by_document ON mentions (document);

    -- `keyword_text` is what stands before the passage's text in its keyword text, or the whole
    -- of it where `keyword_whole` is 1.
    CREATE TABLE passages (
        row INTEGER PRIMARY KEY AUTOINCREMENT,
        document INTEGER NOT NULL REFERENCES documents (row) ON DELETE CASCADE,
        partition INTEGER NOT NULL REFERENCES partitions (id),
        ordinal INTEGER NOT NULL,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        text TEXT NOT NULL,
        headings TEXT NOT NULL,
        pages TEXT,
        keyword_text TEXT NOT NULL,
        keyword_whole INTEGER NOT NULL,
        UNIQUE (document, ordinal)
    ) STRICT;
    CREATE INDEX passages_by_partition ON passages (partition);

    -- Rows of length one as little-endian float16.
    CREATE TABLE vectors (
        passage INTEGER PRIMARY KEY REFERENCES passages (row) ON DELETE CASCADE,
        vector BLOB NOT NULL
    ) STRICT;

    CREATE TABLE quarantine (
        mandant TEXT NOT NULL,
        path TEXT NOT NULL,
        code TEXT NOT NULL,
        message TEXT NOT NULL,
        at TEXT NOT NULL,
        sha256 TEXT,
        PRIMARY KEY (mandant, path)
    ) STRICT, WITHOUT ROWID;
    """,
    # What was read in a document beside its sections, by name: see `index.structure_codec`.
    """
    ALTER TABLE documents ADD COLUMN structure TEXT NOT NULL DEFAULT '{}';
    """,
    LIFE,
    # How well each page was read: [state, score, confidence] for each, none for formats without.
    """
    ALTER TABLE documents ADD COLUMN page_quality TEXT NOT NULL DEFAULT '[]';
    """,
    BUILDS,
)


def migrate(connection: apsw.Connection) -> None:
    """Brings the database to the newest version, in one transaction.

    Raises:
        StoreTooNew: a newer version of the program made the database.
    """
    if _version(connection) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _version(connection)
        if version > len(MIGRATIONS):
            raise StoreTooNew(
                f"Der Datenbestand hat das Format {version}, dieses Programm kennt nur bis "
                f"{len(MIGRATIONS)}. Bitte eine neuere Version von Aktenkundig installieren."
            )
        for number in range(version, len(MIGRATIONS)):
            connection.execute(MIGRATIONS[number])
            connection.pragma("user_version", number + 1)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _version(connection: apsw.Connection) -> int:
    return int(str(connection.pragma("user_version")))
