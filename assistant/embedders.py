"""Which model embeds: that of the generation that answers, loaded when it is first needed.

A switch of generations may change it at any time, for every process. So questions and new passages
ask the store; within a `snapshot` of the store they get the model that fits what is read there.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.store import Store, Vectors
from models.embedder import embedder_id
from models.errors import ModelMissing
from models.registry import ModelEntry, ModelKind, find_entry, load_registry, locate

if TYPE_CHECKING:
    from models.embedder import Embedder

MOST_LOADED = 2
"""The one that answers, and one beside it that a generation is built with."""


class LazyEmbedder:
    """An Embedder that loads at its first use."""

    def __init__(self, make: Callable[[], Embedder]) -> None:
        """Takes what makes the embedder."""
        self._make = make
        self._made: Embedder | None = None
        self._making = threading.Lock()

    @property
    def embedder_id(self) -> str:
        """The id of the real embedder."""
        return self._real().embedder_id

    @property
    def dimension(self) -> int:
        """The dimension of the real embedder."""
        return self._real().dimension

    @property
    def is_loaded(self) -> bool:
        """Whether it can be used without waiting."""
        return self._made is not None

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder`."""
        return self._real().embed_queries(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder`."""
        return self._real().embed_passages(texts)

    def embed_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> list[Vectors]:
        """See `Embedder`."""
        return self._real().embed_parts(texts, parts)

    def _real(self) -> Embedder:
        with self._making:
            if self._made is None:
                self._made = self._make()
            return self._made


class ActiveEmbedder:
    """An Embedder with the model of the generation that the calling thread looks at.

    A store that is bound to no model yet gets the one of the settings.
    """

    def __init__(self, store: Store, configured: str, weights: Path) -> None:
        """Takes the name of the model in the settings, which is read when it is needed."""
        self._store = store
        self._configured = configured
        self._weights = weights
        self._loaded: dict[str, LazyEmbedder] = {}
        self._lock = threading.Lock()

    @property
    def embedder_id(self) -> str:
        """The id of the model, without loading it."""
        bound = self._store.bound_embedder()
        return bound[0] if bound else embedder_id(self._entry(self._configured))

    @property
    def configured_id(self) -> str:
        """The id of the model that the settings name, which need not be the one that answers."""
        return embedder_id(self._entry(self._configured))

    @property
    def dimension(self) -> int:
        """The dimension of the model, without loading it."""
        bound = self._store.bound_embedder()
        return bound[1] if bound else self.named(self._configured).dimension

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder`."""
        return self.of(self.embedder_id).embed_queries(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder`."""
        return self.of(self.embedder_id).embed_passages(texts)

    def embed_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> list[Vectors]:
        """See `Embedder`."""
        return self.of(self.embedder_id).embed_parts(texts, parts)

    @property
    def is_loaded(self) -> bool:
        """Whether a model is there: the one that answers comes first."""
        with self._lock:
            return any(embedder.is_loaded for embedder in self._loaded.values())

    def named(self, name: str | None = None) -> Embedder:
        """A model by its name in the list, the one of the settings where none is given.

        Raises:
            ModelUnknown, RegistryInvalid: there is none, or no readable list.
        """
        return self._loading(self._entry(name or self._configured))

    def of(self, wanted: str) -> Embedder:
        """The model of this id.

        Raises:
            ModelMissing: the list has it no more; the sentence says how to go on without it.
        """
        with self._lock:
            if wanted in self._loaded:
                return self._loaded[wanted]
        for entry in load_registry(weights_dir=self._weights).values():
            if entry.kind is ModelKind.EMBEDDER and embedder_id(entry) == wanted:
                return self._loading(entry)
        raise _missing(wanted, self._configured)

    def _entry(self, name: str) -> ModelEntry:
        return find_entry(load_registry(weights_dir=self._weights), name)

    def _loading(self, entry: ModelEntry) -> LazyEmbedder:
        id_ = embedder_id(entry)
        with self._lock:
            if id_ not in self._loaded:
                while len(self._loaded) >= MOST_LOADED:
                    del self._loaded[next(iter(self._loaded))]
                self._loaded[id_] = LazyEmbedder(lambda: self._load(entry))
            return self._loaded[id_]

    def _load(self, entry: ModelEntry) -> Embedder:
        from models.embedder import SentenceTransformerEmbedder

        try:
            folder = locate(entry, self._weights)
        except ModelMissing as error:
            bound = self._store.bound_embedder()
            if bound is None or bound[0] != embedder_id(entry) or entry.name == self._configured:
                raise
            raise _missing(bound[0], self._configured) from error
        return SentenceTransformerEmbedder(folder, entry)


def is_loading(embedder: Embedder) -> bool:
    """Whether a search still has to wait for its model."""
    return isinstance(embedder, LazyEmbedder | ActiveEmbedder) and not embedder.is_loaded


def _missing(wanted: str, configured: str) -> ModelMissing:
    return ModelMissing(
        f"Der Datenbestand ist mit dem Suchmodell „{wanted}“ aufgebaut, dessen Gewichte hier "
        "fehlen. Bitte sie mit „aktenkundig models fetch“ beziehen oder den Bestand mit "
        f"„aktenkundig reindex“ auf das eingestellte Modell „{configured}“ umstellen."
    )
