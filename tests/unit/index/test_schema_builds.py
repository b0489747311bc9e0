"""A database from before there were generations keeps everything and becomes the first one."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from index import keyword_tables, schema
from index.schema_builds import BUILDS
from index.sqlite_store import SqliteStore
from tests.unit.index.test_sqlite_builds import (
    DIMENSIONS,
    NEW,
    OLD,
    OPERATOR,
    PAPERS,
    PUBLIC,
    built,
    never_asked,
    paper,
    texts,
    vector,
)

BEFORE = schema.MIGRATIONS.index(BUILDS)


def as_it_was(current: Path, old: Path) -> None:
    """Writes the content of a database in the shape it had before generations."""
    connection = apsw.Connection(str(old))
    for number in range(BEFORE):
        connection.execute(schema.MIGRATIONS[number])
    connection.pragma("user_version", BEFORE)
    connection.execute("ATTACH ? AS now", (str(current),))
    connection.execute(
        """
        INSERT OR REPLACE INTO meta SELECT * FROM now.meta;
        INSERT INTO meta SELECT 'embedder_id', embedder_id FROM now.builds;
        INSERT INTO meta SELECT 'dimension', CAST(dimension AS TEXT) FROM now.builds;
        INSERT INTO partitions SELECT id, mandant, stufe, generation, state, removals
            FROM now.partitions;
        INSERT INTO documents SELECT * FROM now.documents;
        INSERT INTO document_levels SELECT * FROM now.document_levels;
        INSERT INTO passages SELECT row, document, partition, ordinal, start, stop, text, headings,
            pages, keyword_text, keyword_whole FROM now.passages;
        INSERT INTO vectors SELECT * FROM now.vectors;
        UPDATE sqlite_sequence SET seq = 500 WHERE name = 'passages';
        """
    )
    places = [int(str(row[0])) for row in connection.execute("SELECT id FROM partitions")]
    for place in places:
        keyword_tables.create(connection, place)
    connection.execute("DELETE FROM meta WHERE key = 'analysis'")
    connection.execute("DETACH now")
    connection.close()


@pytest.fixture
def old_home(tmp_path: Path) -> Path:
    store = SqliteStore(tmp_path / "neu")
    store.bind_embedder(OLD, DIMENSIONS[OLD])
    store.add(PAPERS)
    store.close()
    home = tmp_path / "alt"
    home.mkdir()
    as_it_was(tmp_path / "neu" / "aktenkundig.db", home / "aktenkundig.db")
    return home


def test_everything_stored_before_is_found_as_before(old_home: Path) -> None:
    store = SqliteStore(old_home)
    assert store.verify() == []
    assert len(store.documents(OPERATOR)) == 3
    assert texts(store, "Radweg am Kanal", OLD) == {"Radweg am Kanal"}
    assert [p.text for p in store.passages(PUBLIC, PAPERS[1].document.id)] == ["Museum der Stadt"]
    (build,) = store.builds()
    assert (build.embedder_id, build.dimension) == (OLD, DIMENSIONS[OLD])
    assert (build.chunker, build.documents, build.missing) == ("", 3, 0)
    assert build.active_since is None, "nobody recorded it"
    store.close()


def test_rows_of_passages_are_not_given_out_twice(old_home: Path) -> None:
    """Vector files name passages by their row."""
    store = SqliteStore(old_home)
    store.add([paper("Turnhalle im Süden")])
    store.close()
    connection = apsw.Connection(str(old_home / "aktenkundig.db"))
    (newest,) = connection.execute("SELECT max(row) FROM passages").fetchone()
    connection.close()
    assert newest == 501


def test_the_first_reindex_after_the_migration_switches(old_home: Path) -> None:
    store = SqliteStore(old_home)
    first = store.active_build()
    store.switch_build(built(store).id, never_asked)
    assert texts(store, "Kanal", NEW) == {"Kanal"}
    store.switch_build(first.id, never_asked)
    assert store.vector_search(OPERATOR, vector(OLD, "Archiv im Schloss"), 1)[0].score > 0.99
    assert store.verify() == []
    store.close()


def test_a_database_that_was_bound_to_no_model_can_still_be_bound(tmp_path: Path) -> None:
    connection = apsw.Connection(str(tmp_path / "aktenkundig.db"))
    for number in range(BEFORE):
        connection.execute(schema.MIGRATIONS[number])
    connection.pragma("user_version", BEFORE)
    connection.close()
    store = SqliteStore(tmp_path)
    assert store.status(OPERATOR).embedder_id is None
    store.bind_embedder(NEW, DIMENSIONS[NEW], NEW)
    store.bind_embedder(OLD, DIMENSIONS[OLD], OLD)
    store.add(PAPERS)
    assert texts(store, "Radweg am Kanal", OLD) == {"Radweg am Kanal"}
    assert store.active_build().chunker == OLD
    store.close()
