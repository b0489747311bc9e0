"""Builds a generation of the index from the stored documents, beside the one that answers.

A group of documents is cut, embedded and stored in one transaction; a kill costs one group, and
the next call goes on behind it. Whatever comes in meanwhile is caught up with before the switch.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.builds import Build, Rebuilt, Unbuilt
from index.store import NewDocument, Store
from index.types import Document, Passage
from ingest.chunk import CHUNKER, chunk, embedding_text, keyword_text
from models.embedder import Embedder

log = logging.getLogger(__name__)

GROUP_PASSAGES = 64
"""As in `ingest.pipeline`: two to three seconds of work, which is what a kill can cost."""

DOCUMENTS_READ = 50
"""So many documents are in memory at a time."""


@dataclass(frozen=True, slots=True)
class BuildProgress:
    """How far a generation has come; `total` grows with what is ingested meanwhile."""

    done: int
    total: int
    passages: int
    seconds: float

    @property
    def rate(self) -> float:
        """Passages per second."""
        return self.passages / self.seconds if self.seconds > 0 else 0.0


OnProgress = Callable[[BuildProgress], None]


@dataclass(frozen=True, slots=True)
class _Cut:
    row: int
    document: Document
    passages: tuple[Passage, ...]


def complete(
    store: Store, build: Build, embedder: Embedder, progress: OnProgress | None = None
) -> int:
    """Adds the documents that a generation lacks; how many passages that made.

    Raises:
        StoreError, ModelError: the work cannot go on; what was added stays.
    """
    started = time.monotonic()
    done = passages = after = 0
    total = build.missing
    while rest := store.unbuilt(build.id, DOCUMENTS_READ, after):
        total = max(total, done + len(rest))
        after = rest[-1].row
        for group in _groups(rest):
            batch = _embedded(group, embedder)
            store.add_to_build(build.id, batch)
            done += len(batch)
            passages += sum(len(item.new.passages) for item in batch)
            if progress is not None:
                progress(BuildProgress(done, total, passages, time.monotonic() - started))
    log.info(
        "generation %d: %d documents, %d passages in %d ms",
        build.id,
        done,
        passages,
        (time.monotonic() - started) * 1000,
    )
    return passages


def switch(store: Store, build: Build, embedder: Embedder) -> Build:
    """Makes a generation the one that answers, with what came in since `complete`.

    Its vector files are written first, so that no question waits for them.

    Raises:
        StoreError, ModelError: nothing was switched.
    """
    complete(store, build, embedder)
    store.save_vectors()
    return store.switch_build(build.id, lambda rest: _embedded(_cut_all(rest), embedder))


def _cut_all(rest: Sequence[Unbuilt]) -> list[_Cut]:
    return [_Cut(item.row, item.document, tuple(chunk(item.document))) for item in rest]


def _groups(rest: Sequence[Unbuilt]) -> Iterator[list[_Cut]]:
    group: list[_Cut] = []
    for item in _cut_all(rest):
        group.append(item)
        if sum(len(cut.passages) for cut in group) >= GROUP_PASSAGES:
            yield group
            group = []
    if group:
        yield group


def _embedded(group: Sequence[_Cut], embedder: Embedder) -> list[Rebuilt]:
    """The passages of all documents of a group, embedded together."""
    texts = [embedding_text(cut.document, passage) for cut in group for passage in cut.passages]
    vectors = embedder.embed_passages(texts)
    batch = []
    start = 0
    for cut in group:
        end = start + len(cut.passages)
        new = NewDocument(
            cut.document,
            cut.passages,
            [keyword_text(cut.document, passage) for passage in cut.passages],
            vectors[start:end],
            embedder_id=embedder.embedder_id,
            chunker=CHUNKER,
        )
        batch.append(Rebuilt(cut.row, new))
        start = end
    return batch
