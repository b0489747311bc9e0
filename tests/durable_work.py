"""One small piece of work in a process of its own, to be killed at any of its system calls.

`python -m tests.durable_work ingest HOME FOLDER` prints each file that was reported as done;
`… delete HOME ID` prints the certificate's number once the erasure was reported; `… reindex HOME
MODEL` builds a generation with a model of that name and prints its number once it answers;
`… switch HOME MODEL` does the last step alone.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.sqlite_store import SqliteStore
from index.types import Access
from ingest import generation
from ingest.chunk import CHUNKER
from ingest.pipeline import ingest_paths
from ingest.report import Progress
from tests.hash_embedder import HashEmbedder

OPERATOR = Access.operator("lvs")


def ingest(home: Path, folder: Path) -> None:
    """Takes in a folder, two documents to a transaction."""
    from ingest import groups

    groups.GROUP_DOCUMENTS = 2

    def tell(progress: Progress) -> None:
        print(progress.path, flush=True)

    store = SqliteStore(home)
    ingest_paths([folder], store=store, embedder=HashEmbedder(), mandant="lvs", progress=tell)
    store.close()


def delete(home: Path, document_id: str) -> None:
    """Erases one document."""
    store = SqliteStore(home)
    deletion = store.delete(OPERATOR, document_id, who="betreiber", reason="Frist")
    print(deletion.id if deletion else "nichts", flush=True)
    store.close()


class NamedEmbedder(HashEmbedder):
    """Another model for each name: no two of them agree on any text."""

    def __init__(self, name: str) -> None:
        self.embedder_id = name

    def embed_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return super().embed_passages([f"{self.embedder_id}: {text}" for text in texts])

    embed_queries = embed_passages


def reindex(home: Path, model: str) -> None:
    """Builds, switches and removes what is older than the former generation."""
    generation.GROUP_PASSAGES = 1
    store = SqliteStore(home)
    store.clear_builds(former=False)
    embedder = NamedEmbedder(model)
    build = store.begin_build(embedder.embedder_id, embedder.dimension, CHUNKER)
    generation.complete(store, build, embedder)
    active = generation.switch(store, build, embedder)
    print(active.id, flush=True)
    store.clear_builds(former=False)
    store.close()


def build(home: Path, model: str) -> None:
    """Builds a generation and leaves it beside the one that answers."""
    store = SqliteStore(home)
    embedder = NamedEmbedder(model)
    begun = store.begin_build(embedder.embedder_id, embedder.dimension, CHUNKER)
    generation.complete(store, begun, embedder)
    store.close()


def switch(home: Path, model: str) -> None:
    """Switches to the generation that was built last."""
    store = SqliteStore(home)
    active = generation.switch(store, store.builds()[-1], NamedEmbedder(model))
    print(active.id, flush=True)
    store.close()


def main() -> None:
    """Does what the arguments say."""
    action, home, what = sys.argv[1:]
    if action == "ingest":
        ingest(Path(home), Path(what))
    elif action == "delete":
        delete(Path(home), what)
    elif action == "reindex":
        reindex(Path(home), what)
    elif action == "switch":
        switch(Path(home), what)
    else:
        raise SystemExit(f"unknown work: {action}")


if __name__ == "__main__":
    main()
