"""What holds for the SQLite store beyond the contract: its bytes, its cache, its damages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import numpy as np
import pytest

from index import german, keyword_tables, schema, writing
from index.errors import StoreDamaged, StoreTooNew, StoreUnavailable
from index.sqlite_store import SqliteStore
from index.store import NewDocument
from index.types import Access, Document, Kopfdaten, Passage, QuarantineEntry, Schutzstufe, Span

DIMENSION = 8
OPERATOR = Access.operator("lvs")
PUBLIC = Access(frozenset({"lvs"}))


def paper(*parts: str, stufe: Schutzstufe = Schutzstufe.OEFFENTLICH) -> NewDocument:
    text = "\n".join(parts)
    id_ = hashlib.sha256(text.encode()).hexdigest()
    passages, start = [], 0
    for ordinal, part in enumerate(parts):
        span = Span(start, start + len(part))
        passages.append(Passage(f"{id_}:{ordinal}", id_, ordinal, span, part, (), None, stufe))
        start = span.end + 1
    document = Document(
        id_, "lvs", f"{parts[0]}.txt", "text/plain", parts[0], text, (), (), Kopfdaten(), stufe
    )
    found = np.random.default_rng(int(id_[:12], 16)).normal(size=(len(parts), DIMENSION))
    vectors = (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)
    return NewDocument(document, passages, [f"Titel {part}" for part in parts], vectors)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def store(home: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(home)
    store.bind_embedder("embedder", DIMENSION)
    yield store
    store.close()


def database(home: Path) -> apsw.Connection:
    return apsw.Connection(str(home / "aktenkundig.db"))


def nearest(store: SqliteStore, new: NewDocument, part: int = 0) -> list[str]:
    hits = store.vector_search(OPERATOR, new.vectors[part], 10)
    return [hit.passage.text for hit in hits]


# ---------------------------------------------------------------------------- opening


def test_a_database_of_a_newer_version_is_refused(home: Path) -> None:
    SqliteStore(home).close()
    with database(home) as connection:
        connection.pragma("user_version", len(schema.MIGRATIONS) + 1)
    connection.close()
    with pytest.raises(StoreTooNew, match="neuere Version"):
        SqliteStore(home)


def test_a_migration_that_fails_leaves_the_old_version(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    SqliteStore(home).close()
    before = len(schema.MIGRATIONS)
    torn = "CREATE TABLE later (x); INSERT INTO nowhere VALUES (1)"
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, torn))
    with pytest.raises(apsw.SQLError):
        SqliteStore(home)
    connection = database(home)
    assert connection.pragma("user_version") == before
    assert not connection.table_exists(None, "later")
    connection.close()


def test_an_old_database_is_migrated(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = SqliteStore(home)
    store.bind_embedder("embedder", DIMENSION)
    store.add([paper("Radweg")])
    store.close()
    later = "CREATE TABLE later (x TEXT) STRICT"
    before = len(schema.MIGRATIONS)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, later))
    store = SqliteStore(home)
    assert store.status(PUBLIC).documents == 1
    store.close()
    connection = database(home)
    assert connection.pragma("user_version") == before + 1
    assert connection.table_exists(None, "later")
    connection.close()


def test_a_file_that_is_no_database_is_named(home: Path) -> None:
    home.mkdir()
    (home / "aktenkundig.db").write_bytes(b"kein SQLite" * 1000)
    with pytest.raises(StoreDamaged, match="keine lesbare Datenbank"):
        SqliteStore(home)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="AKTENKUNDIG_HOME"):
        SqliteStore(tmp_path / "file" / "home")


def test_connections_are_as_safe_as_sqlite_can_be(store: SqliteStore) -> None:
    connection = store._connections.get()
    assert connection.pragma("journal_mode") == "wal"
    assert connection.pragma("synchronous") == 2
    assert connection.pragma("foreign_keys") == 1
    assert connection.pragma("secure_delete") == 1


def test_an_aborted_transaction_leaves_nothing_behind(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SqliteStore(home)
    store.bind_embedder("embedder", DIMENSION)
    kept = paper("Radweg")
    store.add([kept])

    def torn(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(writing, "stamp", torn)
        with pytest.raises(KeyboardInterrupt):
            store.add([paper("Haushalt", stufe=Schutzstufe.NICHTOEFFENTLICH)])
        with pytest.raises(KeyboardInterrupt):
            store.delete(OPERATOR, kept.document.id)
    assert store.status(OPERATOR).documents == 1
    store.close()
    again = SqliteStore(home)
    assert again.verify() == []
    assert nearest(again, kept) == ["Radweg"]
    assert again.keyword_search(OPERATOR, "Haushalt", 5) == []
    again.close()


def test_the_tables_are_renewed_when_the_analysis_changed(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SqliteStore(home)
    store.bind_embedder("embedder", DIMENSION)
    store.add([paper("Radweg"), paper("Haushalt")])
    store.close()
    connection = database(home)
    connection.execute("UPDATE meta SET value = 'de-0' WHERE key = 'analysis'")
    keyword_tables.clear(connection, 1)
    connection.close()
    store = SqliteStore(home)
    assert store.verify() == []
    assert [h.passage.text for h in store.keyword_search(PUBLIC, "Haushalt", 5)] == ["Haushalt"]
    store.close()


# ---------------------------------------------------------------------------- erasing


def test_erased_words_and_vectors_are_in_no_file(home: Path) -> None:
    store = SqliteStore(home)
    store.bind_embedder("embedder", DIMENSION)
    canary = "zqxkanarienvogel"
    gone = paper(f"Haus {canary} steht", f"{canary} singt 15/4711")
    store.add([paper("Radweg"), gone, paper("Ufer")])
    stem = german.terms(canary)[0]
    assert nearest(store, gone)
    store.save_vectors()
    codes = np.asarray(gone.vectors, "<f2")
    traces = [canary.encode(), stem.encode(), gone.document.id.encode()]
    traces += [row.tobytes() for row in codes]

    def held() -> list[bool]:
        data = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
        return [trace in data for trace in traces]

    assert held() == [True] * len(traces)
    assert store.delete(OPERATOR, gone.document.id)
    assert held() == [False] * len(traces)
    assert nearest(store, gone) != []
    store.close()
    assert held() == [False] * len(traces)
    again = SqliteStore(home)
    assert again.verify() == []
    assert sorted(nearest(again, gone)) == ["Radweg", "Ufer"]
    again.close()


def test_an_index_that_an_erasure_overtook_does_not_come_back_as_a_file(home: Path) -> None:
    store, other = SqliteStore(home), SqliteStore(home)
    store.bind_embedder("embedder", DIMENSION)
    gone = paper("Radweg")
    store.add([gone, paper("Ufer")])
    assert len(nearest(other, gone)) == 2
    assert store.delete(OPERATOR, gone.document.id)
    other.close()
    assert list((home / "vectors").iterdir()) == []
    store.close()


# ------------------------------------------------------------------------ vector cache


def saved(home: Path) -> Path:
    return next((home / "vectors").glob("*.faiss"))


def spoil_nothing(home: Path) -> None:
    assert saved(home).is_file()


def lose_file(home: Path) -> None:
    saved(home).unlink()


def lose_stamp(home: Path) -> None:
    next((home / "vectors").glob("*.json")).unlink()


def flip_a_byte(home: Path) -> None:
    data = bytearray(saved(home).read_bytes())
    data[-5] ^= 0xFF
    saved(home).write_bytes(data)


def cut_short(home: Path) -> None:
    saved(home).write_bytes(saved(home).read_bytes()[:-7])


def break_stamp(home: Path) -> None:
    next((home / "vectors").glob("*.json")).write_text("{")


def age_stamp(home: Path) -> None:
    path = next((home / "vectors").glob("*.json"))
    path.write_text(json.dumps({**json.loads(path.read_text()), "state": "old"}))


def other_model(home: Path) -> None:
    path = next((home / "vectors").glob("*.json"))
    path.write_text(json.dumps({**json.loads(path.read_text()), "embedder_id": "another"}))


@pytest.mark.parametrize(
    "spoil",
    [
        spoil_nothing,
        lose_file,
        lose_stamp,
        flip_a_byte,
        cut_short,
        break_stamp,
        age_stamp,
        other_model,
    ],
)
def test_the_answers_do_not_depend_on_the_vector_file(
    home: Path, spoil: Callable[[Path], None]
) -> None:
    store = SqliteStore(home)
    store.bind_embedder("embedder", DIMENSION)
    papers = [paper(f"Radweg {n}", f"Ufer {n}") for n in range(20)]
    store.add(papers)
    before = store.vector_search(OPERATOR, papers[3].vectors[1], 7)
    store.close()
    spoil(home)
    again = SqliteStore(home)
    assert again.vector_search(OPERATOR, papers[3].vectors[1], 7) == before
    again.close()
    last = SqliteStore(home)
    assert last.verify() == []
    assert len(list((home / "vectors").glob("*.faiss"))) == 1
    last.close()


def test_a_damaged_vector_file_is_named(home: Path) -> None:
    store = SqliteStore(home)
    store.bind_embedder("embedder", DIMENSION)
    store.add([paper("Radweg")])
    store.close()
    flip_a_byte(home)
    again = SqliteStore(home)
    assert [sentence for sentence in again.verify() if "Prüfsumme" in sentence] != []
    again.close()


# ------------------------------------------------------------------------------ verify

DAMAGES = {
    "UPDATE passages SET text = 'Anders' WHERE row = 1": "Wortlaut steht so nicht",
    "UPDATE passages SET start = start + 1 WHERE row = 1": "Wortlaut steht so nicht",
    "DELETE FROM fts_1 WHERE rowid = 1": "fehlt im Stichwortverzeichnis",
    "INSERT INTO fts_1 (rowid, words, parts) VALUES (99, 'fremd', '')": "nennt 1 Passagen",
    "INSERT OR REPLACE INTO fts_1 (rowid, words, parts) VALUES (1, 'fremd', '')": (
        "mit anderen Stichwörtern"
    ),
    "DELETE FROM vectors WHERE passage = 2": "hat keinen Vektor",
    "UPDATE vectors SET vector = x'0000' WHERE passage = 2": "falscher Länge",
    "UPDATE vectors SET vector = CAST(x'007E' || substr(vector, 3) AS BLOB) WHERE passage = 2": (
        "ungültigen Zahlen"
    ),
    "UPDATE vectors SET vector = (SELECT vector FROM vectors WHERE passage = 1)": (
        "andere Vektoren als die Datenbank"
    ),
    "PRAGMA foreign_keys = 0; DELETE FROM documents WHERE row = 1": "verweisen ins Leere",
    "UPDATE documents SET kopfdaten = '{' WHERE row = 1": "nicht lesbar",
    "UPDATE documents SET shields = '[[0,2,\"oeffentlich\"]]' WHERE row = 1": "decken den Text",
    "DELETE FROM document_levels": "Schutzstufe fehlt am Dokument",
    "UPDATE partitions SET mandant = 'lvn' WHERE id = 1": "bei einem anderen Mandanten",
    "DELETE FROM fts_1_data WHERE id > 10": "",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_each_damage_is_named(home: Path, damage: str) -> None:
    store = SqliteStore(home)
    store.bind_embedder("embedder", DIMENSION)
    store.add([paper("Radweg", "Ufer"), paper("Haushaltsplan")])
    assert store.verify() == []
    store.close()
    connection = database(home)
    connection.execute(damage)
    connection.close()
    again = SqliteStore(home)
    sentences = again.verify()
    again.close()
    assert len([sentence for sentence in sentences if DAMAGES[damage] in sentence]) >= 1


def test_many_differences_of_one_kind_are_counted(home: Path) -> None:
    store = SqliteStore(home)
    store.bind_embedder("embedder", DIMENSION)
    store.add([paper(*(f"Radweg {n}" for n in range(30)))])
    store.close()
    connection = database(home)
    connection.execute("DELETE FROM vectors")
    connection.close()
    again = SqliteStore(home)
    sentences = again.verify()
    again.close()
    assert len(sentences) == 6
    assert sentences[-1] == "… und 25 weitere Abweichungen dieser Art."


# --------------------------------------------------------------------------- the rest


def test_frequent_terms_are_left_out_while_rarer_ones_remain() -> None:
    frequency = {"kosten": 9000, "radweg": 3, "ufer": 40, "fehlt": 0}
    assert keyword_tables.useful(frequency, 10_000) == ["radweg", "ufer"]
    assert keyword_tables.useful({"kosten": 9000, "stadt": 8000}, 10_000) == ["kosten", "stadt"]
    assert keyword_tables.useful({"kosten": 900, "stadt": 8}, 1000) == ["kosten", "stadt"]
    assert keyword_tables.useful({"fehlt": 0}, 10) == []


def test_passages_of_two_levels_are_ranked_on_one_scale(store: SqliteStore) -> None:
    best = paper("Radweg am Ufer", stufe=Schutzstufe.NICHTOEFFENTLICH)
    store.add([best, paper("Kita", stufe=Schutzstufe.NICHTOEFFENTLICH)])
    store.add([paper("Ufer und Haushalt der Stadt"), paper("Haushalt"), paper("Kita")])
    hits = store.keyword_search(OPERATOR, "Radweg Ufer", 2)
    assert [hit.passage.text for hit in hits] == ["Radweg am Ufer", "Ufer und Haushalt der Stadt"]
    assert hits[0].score > hits[1].score > 0
    assert [dict(hit.ranks) for hit in hits] == [{"keyword": 1}, {"keyword": 2}]


def test_nothing_works_after_closing(home: Path) -> None:
    store = SqliteStore(home)
    store.close()
    store.close()
    with pytest.raises(StoreUnavailable, match="geschlossen"):
        store.quarantine(QuarantineEntry("a", "lvs", "c", "m", "2025"))


def test_papers_stored_before_pages_had_a_quality_are_read_without_one(home: Path) -> None:
    number = next(n for n, sql in enumerate(schema.MIGRATIONS) if "page_quality" in sql)
    assert "DEFAULT '[]'" in schema.MIGRATIONS[number]
    store = SqliteStore(home)
    store.bind_embedder("embedder", DIMENSION)
    store.add([paper("Radweg")])
    store.close()
    connection = database(home)
    connection.execute("UPDATE documents SET page_quality = '[]'")
    connection.close()
    store = SqliteStore(home)
    (summary,) = store.documents(PUBLIC)
    assert (summary.uncertain, summary.unread, summary.awaiting_ocr) == ((), (), False)
    document = store.document(PUBLIC, summary.id)
    assert document is not None and document.page_quality == ()
    store.close()
