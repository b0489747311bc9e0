"""The tables of generations, as a migration for `index.schema`."""

from __future__ import annotations

# Whatever was stored before belongs to the first generation, which is the active one. Tables that
# others refer to are made anew beside the old ones, because their UNIQUE rules change.
BUILDS = """
    -- A generation: all passages with terms and vectors, cut and embedded alike.
    CREATE TABLE builds (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        embedder_id TEXT NOT NULL,
        dimension INTEGER NOT NULL,
        chunker TEXT NOT NULL,
        state TEXT NOT NULL,
        started_at TEXT NOT NULL,
        active_since TEXT
    ) STRICT;
    CREATE UNIQUE INDEX builds_active ON builds (state) WHERE state = 'aktiv';
    INSERT INTO builds (embedder_id, dimension, chunker, state, started_at, active_since)
    SELECT coalesce((SELECT value FROM meta WHERE key = 'embedder_id'), ''),
        coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'dimension'), 0),
        '', 'aktiv', strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now'), NULL;
    DELETE FROM meta WHERE key IN ('embedder_id', 'dimension');

    -- Which documents a generation holds; one without passages is held too.
    CREATE TABLE build_documents (
        build INTEGER NOT NULL REFERENCES builds (id),
        document INTEGER NOT NULL REFERENCES documents (row) ON DELETE CASCADE,
        chunker TEXT NOT NULL,
        PRIMARY KEY (build, document)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX build_documents_by_document ON build_documents (document);
    INSERT INTO build_documents SELECT b.id, d.row, '' FROM documents d JOIN builds b;

    -- AUTOINCREMENT: files and indexes in memory are named by the number, which must not return.
    CREATE TABLE partitions_new (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        build INTEGER NOT NULL REFERENCES builds (id),
        mandant TEXT NOT NULL,
        stufe TEXT NOT NULL,
        generation INTEGER NOT NULL DEFAULT 0,
        state TEXT NOT NULL DEFAULT '',
        removals INTEGER NOT NULL DEFAULT 0,
        UNIQUE (build, mandant, stufe)
    ) STRICT;
    INSERT INTO partitions_new SELECT p.id, b.id, p.mandant, p.stufe, p.generation, p.state,
        p.removals FROM partitions p JOIN builds b;

    CREATE TABLE passages_new (
        row INTEGER PRIMARY KEY AUTOINCREMENT,
        document INTEGER NOT NULL REFERENCES documents (row) ON DELETE CASCADE,
        build INTEGER NOT NULL REFERENCES builds (id),
        partition INTEGER NOT NULL REFERENCES partitions_new (id),
        ordinal INTEGER NOT NULL,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        text TEXT NOT NULL,
        headings TEXT NOT NULL,
        pages TEXT,
        keyword_text TEXT NOT NULL,
        keyword_whole INTEGER NOT NULL,
        UNIQUE (document, build, ordinal)
    ) STRICT;
    INSERT INTO passages_new SELECT p.row, p.document, b.id, p.partition, p.ordinal, p.start,
        p.stop, p.text, p.headings, p.pages, p.keyword_text, p.keyword_whole
        FROM passages p JOIN builds b;

    CREATE TABLE vectors_new (
        passage INTEGER PRIMARY KEY REFERENCES passages_new (row) ON DELETE CASCADE,
        vector BLOB NOT NULL
    ) STRICT;
    INSERT INTO vectors_new SELECT passage, vector FROM vectors;

    UPDATE sqlite_sequence SET seq = max(seq, (SELECT o.seq FROM sqlite_sequence o
        WHERE o.name = 'passages')) WHERE name = 'passages_new' AND EXISTS
        (SELECT 1 FROM sqlite_sequence o WHERE o.name = 'passages');
    DROP TABLE vectors;
    DROP TABLE passages;
    DROP TABLE partitions;
    ALTER TABLE partitions_new RENAME TO partitions;
    ALTER TABLE passages_new RENAME TO passages;
    ALTER TABLE vectors_new RENAME TO vectors;
    CREATE INDEX passages_by_partition ON passages (partition);
"""
