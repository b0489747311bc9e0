"""Which model embeds: that of the generation that answers, else that of the settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.embedders import ActiveEmbedder
from index.sqlite_store import SqliteStore
from models.embedder import embedder_id
from models.errors import ModelMissing, ModelUnknown
from models.registry import (
    DEFAULT_EMBEDDER,
    Precision,
    find_entry,
    load_registry,
    write_local_entry,
)

ENTRY = find_entry(load_registry(), DEFAULT_EMBEDDER)
OTHER = replace(ENTRY, name="e5-voll", precision=Precision.FP32)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path / "home")
    yield store
    store.close()


@pytest.fixture
def active(store: SqliteStore, tmp_path: Path) -> ActiveEmbedder:
    """A list with two models, and the weights of neither."""
    (tmp_path / "gewichte").mkdir()
    write_local_entry(OTHER, tmp_path / "gewichte")
    return ActiveEmbedder(store, DEFAULT_EMBEDDER, tmp_path / "gewichte")


def test_a_new_store_gets_the_model_of_the_settings(active: ActiveEmbedder) -> None:
    assert active.embedder_id == active.configured_id == embedder_id(ENTRY)


def test_a_bound_store_keeps_its_model_whatever_the_settings_say(
    store: SqliteStore, active: ActiveEmbedder
) -> None:
    store.bind_embedder(embedder_id(OTHER), 384)
    assert (active.embedder_id, active.dimension) == (embedder_id(OTHER), 384)
    assert active.configured_id == embedder_id(ENTRY)


def test_within_a_snapshot_it_is_the_model_of_the_generation_looked_at(
    store: SqliteStore, active: ActiveEmbedder
) -> None:
    store.bind_embedder(embedder_id(ENTRY), 384)
    build = store.begin_build(embedder_id(OTHER), 384, "1")
    with store.snapshot(build.id):
        assert active.embedder_id == embedder_id(OTHER)
    assert active.embedder_id == embedder_id(ENTRY)


@pytest.mark.parametrize("bound", [embedder_id(OTHER), "von-frueher:int8:0123456789abcdef"])
def test_without_its_weights_the_sentence_says_to_fetch_them_or_to_reindex(
    store: SqliteStore, active: ActiveEmbedder, bound: str
) -> None:
    store.bind_embedder(bound, 384)
    with pytest.raises(ModelMissing) as raised:
        active.embed_queries(["Wo stehen Bäume?"])
    assert bound in str(raised.value)
    assert "„aktenkundig models fetch“" in str(raised.value)
    assert f"„aktenkundig reindex“ auf das eingestellte Modell „{DEFAULT_EMBEDDER}“" in str(
        raised.value
    )


def test_without_the_weights_of_the_settings_nobody_is_sent_to_reindex(
    store: SqliteStore, active: ActiveEmbedder
) -> None:
    store.bind_embedder(embedder_id(ENTRY), 384)
    with pytest.raises(ModelMissing) as raised:
        active.embed_queries(["Wo stehen Bäume?"])
    assert "models fetch" in str(raised.value) and "reindex" not in str(raised.value)


def test_a_model_is_found_by_its_name(active: ActiveEmbedder) -> None:
    with pytest.raises(ModelUnknown, match="e5-voll"):
        active.named("gibt-es-nicht")
    with pytest.raises(ModelMissing, match="e5-voll"):
        active.named("e5-voll").embed_passages(["Bäume"])
