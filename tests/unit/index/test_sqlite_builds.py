"""Generations: built beside the active one, switched and switched back, cleared away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import apsw
import numpy as np
import pytest

from index.builds import Build, BuildState, Rebuilt, Unbuilt
from index.errors import BuildGone, EmbedderMismatch
from index.sqlite_store import SqliteStore
from index.store import NewDocument, Vectors
from index.types import (
    Access,
    Document,
    Kopfdaten,
    Passage,
    Schutzstufe,
    Section,
    SectionKind,
    Span,
)

OPERATOR = Access.operator("lvs")
PUBLIC = Access(frozenset({"lvs"}))
OFFEN, ZU = Schutzstufe.OEFFENTLICH, Schutzstufe.NICHTOEFFENTLICH
OLD, NEW = "alt", "neu"
DIMENSIONS = {OLD: 8, NEW: 12}


def vector(embedder: str, words: str) -> Vectors:
    seed = int.from_bytes(hashlib.sha256(f"{embedder} {words}".encode()).digest()[:8])
    found = np.random.default_rng(seed).normal(size=DIMENSIONS[embedder])
    return np.asarray(found / np.linalg.norm(found), np.float32)


def cut(document: Document, embedder: str) -> NewDocument:
    """One passage for each line under the old embedder, for each word under the new one."""
    passages = []
    for section in document.sections:
        start = section.span.start
        line = section.span.cut(document.text)
        for part in [line] if embedder == OLD else line.split():
            at = document.text.index(part, start)
            start = at + len(part)
            ordinal = len(passages)
            passages.append(
                Passage(
                    f"{document.id}:{ordinal}",
                    document.id,
                    ordinal,
                    Span(at, start),
                    part,
                    (),
                    None,
                    section.visibility,
                )
            )
    vectors = [vector(embedder, passage.text) for passage in passages]
    return NewDocument(
        document,
        passages,
        [passage.text for passage in passages],
        np.stack(vectors) if vectors else np.zeros((0, DIMENSIONS[embedder]), np.float32),
        embedder_id=embedder,
        chunker=embedder,
    )


def paper(*lines: str, closed: str = "", hidden: bool = False) -> NewDocument:
    """A document of one section a line; the line that equals `closed` is closed."""
    text = "\n".join(lines)
    sections, start = [], 0
    for line in lines:
        span = Span(start, start + len(line))
        level = ZU if line == closed else OFFEN
        sections.append(Section(SectionKind.TOP, "", 1, span, Span(start, start), level))
        start = span.end + 1
    id_ = hashlib.sha256(text.encode()).hexdigest()
    document = Document(
        id_,
        "lvs",
        f"{lines[0]}.txt",
        "text/plain",
        lines[0],
        text,
        (),
        tuple(sections),
        Kopfdaten(),
        ZU if closed else OFFEN,
    )
    return cut(document, OLD)


PAPERS = (
    paper("Radweg am Kanal", "Brücke über den Fluss"),
    paper("Museum der Stadt", "Gehalt des Direktors", closed="Gehalt des Direktors"),
    paper("Archiv im Schloss"),
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def store(home: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(home)
    store.bind_embedder(OLD, DIMENSIONS[OLD], OLD)
    store.add(PAPERS)
    yield store
    assert store.verify() == []
    store.close()
    again = SqliteStore(home)
    assert again.verify() == []
    again.close()


def rebuilt(rest: Sequence[Unbuilt], embedder: str = NEW) -> list[Rebuilt]:
    return [Rebuilt(item.row, cut(item.document, embedder)) for item in rest]


def built(store: SqliteStore, embedder: str = NEW) -> Build:
    build = store.begin_build(embedder, DIMENSIONS[embedder], embedder)
    store.add_to_build(build.id, rebuilt(store.unbuilt(build.id, 100), embedder))
    return build


def never_asked(rest: Sequence[Unbuilt]) -> list[Rebuilt]:
    raise AssertionError(f"{len(rest)} documents were left to the switch")


def texts(store: SqliteStore, words: str, embedder: str, access: Access = OPERATOR) -> set[str]:
    """What both searches find, which must be of one generation."""
    keyword = [hit.passage.text for hit in store.keyword_search(access, words, 50)]
    near = store.vector_search(access, vector(embedder, words), 1)
    return {*keyword, *(hit.passage.text for hit in near)}


def states(store: SqliteStore) -> list[str]:
    return [build.state.value for build in store.builds()]


def raw(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


# ---------------------------------------------------------------------- build, switch


def test_a_generation_being_built_changes_nothing_that_is_read(store: SqliteStore) -> None:
    before = store.status(OPERATOR)
    passages = store.passages(OPERATOR, PAPERS[0].document.id)
    registers = store.documents(OPERATOR)
    frequency = store.document_frequency(OPERATOR, ["kanal"])
    built(store)
    assert store.status(OPERATOR) == before
    assert store.passages(OPERATOR, PAPERS[0].document.id) == passages
    assert store.documents(OPERATOR) == registers
    assert store.document_frequency(OPERATOR, ["kanal"]) == frequency == {"kanal": 1}
    assert texts(store, "Radweg am Kanal", OLD) == {"Radweg am Kanal"}
    assert states(store) == ["aktiv", "im_bau"]


def test_the_switch_shows_the_new_generation_and_only_that(store: SqliteStore) -> None:
    before = store.status(OPERATOR)
    build = built(store)
    active = store.switch_build(build.id, never_asked)
    assert (active.state, active.embedder_id, active.missing) == (BuildState.ACTIVE, NEW, 0)
    assert texts(store, "Kanal", NEW) == {"Kanal"}
    assert [p.text for p in store.passages(OPERATOR, PAPERS[2].document.id)] == [
        "Archiv",
        "im",
        "Schloss",
    ]
    after = store.status(OPERATOR)
    assert (after.embedder_id, after.chunker, after.build) == (NEW, NEW, build.id)
    assert after.documents == before.documents and after.passages == 16
    assert after.generation > before.generation
    with pytest.raises(EmbedderMismatch):
        store.vector_search(OPERATOR, vector(OLD, "Kanal"), 5)


def test_who_may_not_see_closed_text_sees_none_of_it_in_a_new_generation(
    store: SqliteStore,
) -> None:
    store.switch_build(built(store).id, never_asked)
    shown = [p.text for p in store.passages(PUBLIC, PAPERS[1].document.id)]
    assert shown == ["Museum", "der", "Stadt"]
    assert texts(store, "Gehalt", NEW, PUBLIC) & {"Gehalt", "des", "Direktors"} == set()
    assert texts(store, "Gehalt", NEW) == {"Gehalt"}


def test_a_chunker_that_opens_what_was_closed_is_overruled(store: SqliteStore) -> None:
    build = store.begin_build(NEW, DIMENSIONS[NEW], NEW)
    batch = rebuilt(store.unbuilt(build.id, 100))
    secret = batch[1].new
    opened = [replace(passage, visibility=OFFEN) for passage in secret.passages]
    batch[1] = Rebuilt(batch[1].row, replace(secret, passages=opened))
    store.add_to_build(build.id, batch)
    store.switch_build(build.id, never_asked)
    shown = [p.text for p in store.passages(PUBLIC, PAPERS[1].document.id)]
    assert shown == ["Museum", "der", "Stadt"]


def test_back_and_forth_gives_the_same_answers_and_ever_higher_stamps(store: SqliteStore) -> None:
    first = store.active_build()
    at_first = texts(store, "Radweg am Kanal", OLD)
    second = built(store)
    stamps = [store.status(PUBLIC).generation]
    for target in (second, first, second, first):
        store.switch_build(target.id, never_asked)
        stamps.append(store.status(PUBLIC).generation)
    assert stamps == sorted(set(stamps))
    assert states(store) == ["aktiv", "frueher"]
    assert texts(store, "Radweg am Kanal", OLD) == at_first


def test_the_switch_takes_along_what_came_in_last(store: SqliteStore) -> None:
    build = built(store)
    late = paper("Turnhalle im Süden")
    store.add([late])
    (listed,) = [b for b in store.builds() if b.id == build.id]
    assert (listed.documents, listed.missing) == (3, 1)
    store.switch_build(build.id, rebuilt)
    assert texts(store, "Turnhalle", NEW) == {"Turnhalle"}
    assert store.holds("lvs", late.document.id)


def test_a_document_that_comes_in_after_the_switch_is_lacked_by_the_former_one_until_back(
    store: SqliteStore,
) -> None:
    first = store.active_build()
    store.switch_build(built(store).id, never_asked)
    store.add([cut(paper("Turnhalle im Süden").document, NEW)])
    with pytest.raises(AssertionError, match="1 documents"):
        store.switch_build(first.id, never_asked)
    assert store.status(OPERATOR).embedder_id == NEW, "a switch that fails changes nothing"
    store.switch_build(first.id, lambda rest: rebuilt(rest, OLD))
    assert texts(store, "Turnhalle im Süden", OLD) == {"Turnhalle im Süden"}


def test_a_third_generation_replaces_the_former_one(store: SqliteStore) -> None:
    first = store.active_build()
    store.switch_build(built(store).id, never_asked)
    store.switch_build(built(store, OLD).id, never_asked)
    assert states(store) == ["aufgegeben", "frueher", "aktiv"]
    assert len(store.unfinished()) == 1
    with pytest.raises(BuildGone):
        store.switch_build(first.id, never_asked)
    assert store.clear_builds(former=False) == 1
    assert states(store) == ["frueher", "aktiv"]
    assert store.unfinished() == []


def test_vectors_of_another_model_enter_no_generation(store: SqliteStore) -> None:
    build = store.begin_build(NEW, DIMENSIONS[NEW], NEW)
    rest = store.unbuilt(build.id, 1)
    with pytest.raises(EmbedderMismatch):
        store.add_to_build(build.id, rebuilt(rest, OLD))
    store.switch_build(built(store).id, never_asked)
    # Same length, other model: the length alone would let it pass.
    stranger = replace(cut(paper("Turnhalle").document, NEW), embedder_id="fremd")
    with pytest.raises(EmbedderMismatch):
        store.add([stranger])


# ------------------------------------------------------------------------- unfinished


def test_an_unfinished_generation_is_taken_up_where_it_stands(store: SqliteStore) -> None:
    build = store.begin_build(NEW, DIMENSIONS[NEW], NEW)
    store.add_to_build(build.id, rebuilt(store.unbuilt(build.id, 1)))
    (sentence,) = store.unfinished()
    assert "angefangen" in sentence
    assert store.verify() == []
    again = store.begin_build(NEW, DIMENSIONS[NEW], NEW)
    assert (again.id, again.documents, again.missing) == (build.id, 1, 2)


def test_an_unfinished_generation_of_another_kind_is_abandoned(store: SqliteStore) -> None:
    build = built(store)
    other = store.begin_build(NEW, DIMENSIONS[NEW], "anders")
    assert other.id != build.id
    assert states(store) == ["aktiv", "aufgegeben", "im_bau"]
    with pytest.raises(BuildGone):
        store.add_to_build(build.id, rebuilt(store.unbuilt(other.id, 1)))


def test_a_batch_that_comes_twice_is_stored_once(store: SqliteStore) -> None:
    build = store.begin_build(NEW, DIMENSIONS[NEW], NEW)
    batch = rebuilt(store.unbuilt(build.id, 100))
    store.add_to_build(build.id, batch)
    store.add_to_build(build.id, batch)
    store.switch_build(build.id, never_asked)
    assert store.status(OPERATOR).passages == 16


def test_what_was_deleted_or_read_anew_meanwhile_is_not_brought_back(store: SqliteStore) -> None:
    build = store.begin_build(NEW, DIMENSIONS[NEW], NEW)
    batch = rebuilt(store.unbuilt(build.id, 100))
    store.delete(OPERATOR, PAPERS[0].document.id)
    store.add([PAPERS[2]])  # read anew: the same bytes, another row
    store.add_to_build(build.id, batch)
    (listed,) = [b for b in store.builds() if b.id == build.id]
    assert (listed.documents, listed.missing) == (1, 1)
    store.switch_build(build.id, rebuilt)
    assert texts(store, "Kanal", NEW) & {"Kanal", "Radweg"} == set()
    assert store.document(OPERATOR, PAPERS[0].document.id) is None


# --------------------------------------------------------------- deletion, depublishing


def test_a_deletion_reaches_every_generation(store: SqliteStore, home: Path) -> None:
    first = store.active_build()
    store.switch_build(built(store).id, never_asked)
    store.save_vectors()
    deletion = store.delete(OPERATOR, PAPERS[0].document.id)
    assert deletion is not None and deletion.removed["textstellen"] == 2 + 7
    assert b"Fluss" not in raw(home) and "Brücke".encode() not in raw(home)
    store.switch_build(first.id, never_asked)
    assert "Radweg am Kanal" not in texts(store, "Radweg am Kanal", OLD)


def test_a_deletion_reaches_a_generation_whose_removal_was_cut_short(
    store: SqliteStore, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.switch_build(built(store).id, never_asked)

    def killed(build_id: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(store, "_remove", killed)
        with pytest.raises(KeyboardInterrupt):
            store.clear_builds(former=True)
    assert states(store) == ["aufgegeben", "aktiv"]
    assert store.verify() == []
    store.delete(OPERATOR, PAPERS[0].document.id)
    assert b"Fluss" not in raw(home) and b"fluss" not in raw(home)
    assert store.clear_builds(former=False) == 1


def test_a_hidden_document_is_hidden_in_the_former_generation_too(store: SqliteStore) -> None:
    first = store.active_build()
    store.switch_build(built(store).id, never_asked)
    id_ = PAPERS[0].document.id
    assert store.depublish(OPERATOR, id_, reason="Frist", who="betreiber")
    store.switch_build(first.id, never_asked)
    assert "Radweg am Kanal" not in texts(store, "Radweg am Kanal", OLD)
    assert store.passages(OPERATOR, id_) == []
    assert store.republish(OPERATOR, id_)
    assert texts(store, "Radweg am Kanal", OLD) == {"Radweg am Kanal"}
    (second,) = [b for b in store.builds() if b.state is BuildState.FORMER]
    assert second.missing == 0


def test_a_hidden_document_stays_hidden_in_a_generation_built_afterwards(
    store: SqliteStore,
) -> None:
    id_ = PAPERS[0].document.id
    store.depublish(OPERATOR, id_, reason="Frist", who="betreiber")
    store.switch_build(built(store).id, never_asked)
    assert texts(store, "Kanal", NEW) & {"Kanal", "Radweg"} == set()
    store.republish(OPERATOR, id_)
    assert texts(store, "Kanal", NEW) == {"Kanal"}


# ------------------------------------------------------------------ clearing, snapshots


def test_clearing_leaves_no_row_table_or_file_of_a_generation(
    store: SqliteStore, home: Path
) -> None:
    store.save_vectors()
    texts(store, "Kanal", OLD)
    store.save_vectors()
    old_files = {path.name for path in (home / "vectors").iterdir()}
    assert len(old_files) >= 2
    store.switch_build(built(store).id, never_asked)
    store.save_vectors()
    assert store.clear_builds(former=True) == 1
    assert states(store) == ["aktiv"]
    connection = apsw.Connection(str(home / "aktenkundig.db"))
    (build,) = (row[0] for row in connection.execute("SELECT id FROM builds"))
    for table in ("passages", "partitions", "build_documents"):
        assert {row[0] for row in connection.execute(f"SELECT build FROM {table}")} == {build}
    (vectors,) = connection.execute("SELECT count(*) FROM vectors").fetchone()
    assert vectors == 16
    places = {row[0] for row in connection.execute("SELECT id FROM partitions")}
    tables = {
        str(row[0]).split("_")[1]
        for row in connection.execute("SELECT name FROM sqlite_schema WHERE name LIKE 'fts_%'")
    }
    connection.close()
    assert tables == {str(place) for place in places}
    assert not old_files & {path.name for path in (home / "vectors").iterdir()}


def test_the_numbers_of_removed_partitions_never_return(store: SqliteStore, home: Path) -> None:
    """Indexes in memory are named by them; another process may still hold the old ones."""
    used: set[int] = set()
    embedder = OLD
    for _ in range(3):
        connection = apsw.Connection(str(home / "aktenkundig.db"))
        sql = "SELECT q.id FROM partitions q JOIN builds b ON b.id = q.build AND b.state = 'aktiv'"
        places = {int(str(row[0])) for row in connection.execute(sql)}
        connection.close()
        assert places and not places & used
        used |= places
        embedder = NEW if embedder == OLD else OLD
        store.switch_build(built(store, embedder).id, never_asked)
        store.clear_builds(former=True)


def test_a_snapshot_reads_one_generation_whatever_is_switched_meanwhile(
    store: SqliteStore, home: Path
) -> None:
    other = SqliteStore(home)
    build = built(other)
    with store.snapshot():
        generation = store.status(OPERATOR).generation
        other.switch_build(build.id, never_asked)
        other.clear_builds(former=True)
        assert texts(store, "Radweg am Kanal", OLD) == {"Radweg am Kanal"}
        assert store.active_build().embedder_id == OLD
        assert store.status(OPERATOR).generation == generation
        assert [p.text for p in store.passages(OPERATOR, PAPERS[2].document.id)] == [
            "Archiv im Schloss"
        ]
    assert store.active_build().embedder_id == NEW
    assert texts(store, "Kanal", NEW) == {"Kanal"}
    other.close()


def test_a_snapshot_can_look_at_a_generation_that_does_not_answer(store: SqliteStore) -> None:
    build = built(store)
    with store.snapshot(build.id):
        assert store.active_build().embedder_id == NEW
        assert texts(store, "Kanal", NEW) == {"Kanal"}
        with store.snapshot():
            assert store.active_build().embedder_id == NEW, "an inner snapshot is of the same"
    assert texts(store, "Radweg am Kanal", OLD) == {"Radweg am Kanal"}


def test_after_a_switch_no_question_waits_for_vector_files(store: SqliteStore, home: Path) -> None:
    """Those written before the switch are the ones that the first search loads."""
    build = built(store)
    store.save_vectors()
    store.switch_build(build.id, never_asked)
    other = SqliteStore(home)
    texts(other, "Kanal", NEW)
    loaded = [index for _, index in other._searcher.loaded()]
    assert len(loaded) == 2
    for index in loaded:
        stamp = index.stamp()
        assert stamp is not None and index._state is not None
        assert (stamp.state, index._unusable) == (index._state.state, None)
    other.close()


def test_indexes_of_the_former_generation_leave_the_memory(store: SqliteStore) -> None:
    texts(store, "Kanal", OLD)
    before = {partition for partition, _ in store._searcher.loaded()}
    store.switch_build(built(store).id, never_asked)
    texts(store, "Kanal", NEW)
    after = {partition for partition, _ in store._searcher.loaded()}
    assert len(before) == len(after) == 2
    assert not before & after


# ---------------------------------------------------------------------------- verify


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        ("DELETE FROM build_documents WHERE document = 3 AND build = 1", "fehlt in der Generation"),
        ("DELETE FROM build_documents WHERE document = 3 AND build = 2", "nicht gehört"),
        ("UPDATE passages SET build = 1 WHERE row = 10", "nicht gehört"),
        ("UPDATE builds SET state = 'frueher'", "keine Generation, die antwortet"),
        ("DELETE FROM vectors WHERE passage = 10", "hat keinen Vektor"),
    ],
)
def test_verify_finds_what_is_wrong_with_a_generation(
    tmp_path: Path, damage: str, sentence: str
) -> None:
    store = SqliteStore(tmp_path)
    store.bind_embedder(OLD, DIMENSIONS[OLD], OLD)
    store.add(PAPERS)
    built(store)
    assert store.verify() == []
    connection = apsw.Connection(str(tmp_path / "aktenkundig.db"))
    connection.execute(damage)
    assert connection.changes() > 0
    connection.close()
    found = store.verify()
    assert any(sentence in line for line in found), found
    store.close()
