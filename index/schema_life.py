"""The tables of a document's life, as migrations for `index.schema`."""

from __future__ import annotations

# Rows that must outlast a new reading of the same bytes name the document by its id.
LIFE = """
    -- What a document's text comes down to without its formatting; empty is never stored.
    CREATE TABLE fingerprints (
        document INTEGER PRIMARY KEY REFERENCES documents (row) ON DELETE CASCADE,
        mandant TEXT NOT NULL,
        fingerprint TEXT NOT NULL
    ) STRICT;
    CREATE INDEX fingerprints_by_value ON fingerprints (mandant, fingerprint);

    -- Further files that hold the same bytes or the same text as a document.
    CREATE TABLE sources (
        mandant TEXT NOT NULL,
        source TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        document TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (mandant, source, sha256)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sources_by_document ON sources (mandant, document);
    CREATE INDEX sources_by_hash ON sources (mandant, sha256);

    CREATE TABLE depublications (
        mandant TEXT NOT NULL,
        document TEXT NOT NULL,
        reason TEXT NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (mandant, document)
    ) STRICT, WITHOUT ROWID;

    -- `record` says nothing of what was erased; see `index.deletions`.
    CREATE TABLE deletions (
        id TEXT PRIMARY KEY,
        record TEXT NOT NULL,
        done INTEGER NOT NULL,
        lifted INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- What was erased, and whether it may come in again; see `index.life.digest`.
    CREATE TABLE erased (
        digest TEXT NOT NULL,
        at TEXT NOT NULL,
        keeps_out INTEGER NOT NULL,
        deletion TEXT NOT NULL REFERENCES deletions (id),
        PRIMARY KEY (digest, deletion)
    ) STRICT, WITHOUT ROWID;

    -- Files that an ingest has found and not come to yet.
    CREATE TABLE pending (
        mandant TEXT NOT NULL,
        path TEXT NOT NULL,
        since TEXT NOT NULL,
        PRIMARY KEY (mandant, path)
    ) STRICT, WITHOUT ROWID;
"""
