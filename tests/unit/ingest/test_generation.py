"""A generation built from the store is what an ingest with the same model would have stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from index.builds import Build
from index.errors import EmbedderMismatch
from index.sqlite_store import SqliteStore
from index.store import NewDocument, Vectors
from index.types import Access
from ingest import generation
from ingest.chunk import CHUNKER
from ingest.document import prepare
from ingest.generation import BuildProgress, complete, switch
from models.embedder import Embedder
from tests.sample_records import DIMENSION, FakeEmbedder, anfrage, antrag, vorlage

OPERATOR = Access.operator("lvs")


class Mirrored(FakeEmbedder):
    """Another model of the same length."""

    embedder_id = "gespiegelt"

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return -super().embed_queries(texts)

    embed_passages = embed_queries


class Stopping(Mirrored):
    """Fails at its second call, as a process that is killed does."""

    calls = 0

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.calls += 1
        if self.calls == 2:
            raise KeyboardInterrupt
        return super().embed_queries(texts)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path)
    store.bind_embedder(FakeEmbedder.embedder_id, DIMENSION, "0")
    store.add([ingested(paper, FakeEmbedder(), "0") for paper in PAPERS])
    yield store
    assert store.verify() == []
    store.close()


def ingested(paper: object, embedder: Embedder, chunker: str) -> NewDocument:
    from index.types import Document

    assert isinstance(paper, Document)
    prepared = prepare(paper)
    return NewDocument(
        prepared.document,
        prepared.passages,
        prepared.keyword_texts,
        embedder.embed_passages(prepared.embedding_texts),
        prepared.mentions,
        prepared.fingerprint,
        embedder.embedder_id,
        chunker,
    )


PAPERS = (antrag(), vorlage(), anfrage())


def begun(store: SqliteStore, embedder: Embedder) -> Build:
    return store.begin_build(embedder.embedder_id, embedder.dimension, CHUNKER)


def test_a_generation_is_what_an_ingest_would_have_stored(
    store: SqliteStore, tmp_path: Path
) -> None:
    embedder = Mirrored()
    active = switch(store, begun(store, embedder), embedder)
    assert (active.embedder_id, active.chunker, active.missing) == ("gespiegelt", CHUNKER, 0)
    fresh = SqliteStore(tmp_path / "frisch")
    fresh.bind_embedder(embedder.embedder_id, DIMENSION, CHUNKER)
    fresh.add([ingested(paper, embedder, CHUNKER) for paper in PAPERS])
    for paper in PAPERS:
        passages = store.passages(OPERATOR, paper.id)
        assert passages == fresh.passages(OPERATOR, paper.id) and passages
        ids = [passage.id for passage in passages]
        held, expected = (s.vectors(OPERATOR, ids) for s in (store, fresh))
        assert {i: v.tolist() for i, v in held.items()} == {
            i: v.tolist() for i, v in expected.items()
        }
    for words in ("Leihräder Museen", "Grundstück am Kanal", "Antrag 15/12"):
        hits = [s.keyword_search(OPERATOR, words, 10) for s in (store, fresh)]
        assert hits[0] == hits[1] and hits[0]
    fresh.close()


def test_progress_counts_documents_and_passages(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generation, "GROUP_PASSAGES", 1)
    told: list[BuildProgress] = []
    made = complete(store, begun(store, Mirrored()), Mirrored(), told.append)
    assert [(step.done, step.total) for step in told] == [(1, 3), (2, 3), (3, 3)]
    assert told[-1].passages == made == store.status(OPERATOR).passages
    assert told[-1].rate > 0


def test_what_was_stopped_goes_on_behind_the_last_group(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generation, "GROUP_PASSAGES", 1)
    stopping = Stopping()
    build = begun(store, stopping)
    with pytest.raises(KeyboardInterrupt):
        complete(store, build, stopping)
    again = begun(store, stopping)
    assert (again.id, again.documents, again.missing) == (build.id, 1, 2)
    told: list[BuildProgress] = []
    complete(store, again, stopping, told.append)
    assert told[-1].done == 2
    switch(store, again, stopping)
    assert store.status(OPERATOR).documents == 3


def test_a_model_that_is_not_the_generations_is_refused(store: SqliteStore) -> None:
    build = begun(store, Mirrored())
    with pytest.raises(EmbedderMismatch):
        complete(store, build, FakeEmbedder())
    assert store.active_build().embedder_id == FakeEmbedder.embedder_id
