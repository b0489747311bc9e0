"""The Store protocol, and the one function that opens a store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.builds import BuildStore
from index.exposed import Exposure
from index.life import LifeStore
from index.types import (
    Access,
    Document,
    DocumentSummary,
    Drucksachennummer,
    Filters,
    Mention,
    Passage,
    QuarantineEntry,
    SearchHit,
    StoreStatus,
)

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document ready to be stored.

    Attributes:
        passages: in order of their ordinal.
        keyword_texts: what each passage is found by in keyword search (its title and headings
            with its text), parallel to `passages`. The store turns them into terms.
        vectors: shape (len(passages), dimension), float32, rows of length one.
        mentions: the numbers of papers that the text names.
        fingerprint: equal for documents of the same text; empty where that cannot be told.
        embedder_id: the model of `vectors`; empty where the caller vouches that it is the one of
            the active generation.
        chunker: what cut the passages; empty where that is not known.
    """

    document: Document
    passages: Sequence[Passage]
    keyword_texts: Sequence[str]
    vectors: Vectors
    mentions: Sequence[Mention] = ()
    fingerprint: str = ""
    embedder_id: str = ""
    chunker: str = ""


class Store(LifeStore, BuildStore, Protocol):
    """What every store can do. Reading methods show only what `access` allows.

    Text of closed sections is blanked (same length, so spans stay true) in documents handed to
    somebody who may not read them; their mentions and header fields are left out.
    """

    def add(self, batch: Sequence[NewDocument]) -> None:
        """Stores all of `batch` in the active generation in one transaction, or nothing of it.

        A document whose `supersedes` is set marks that earlier version as replaced.

        Raises:
            EmbedderMismatch: vectors of another dimension or model than the store holds.
        """

    def bind_embedder(self, embedder_id: str, dimension: int, chunker: str = "") -> None:
        """Ties the active generation to one embedding model. The first call decides.

        `chunker` is noted then; documents say for themselves what cut them.

        Raises:
            EmbedderMismatch: it holds vectors of another model.
        """

    def holds(self, mandant: str, document_id: str) -> bool:
        """Whether these bytes are stored for this Mandant (any visibility; for ingest only)."""

    def current_version(
        self, mandant: str, art: str, number: Drucksachennummer
    ) -> DocumentSummary | None:
        """The valid version under one identity (Mandant, Art, number; for ingest only)."""

    def current_at_source(self, mandant: str, source: str) -> DocumentSummary | None:
        """The valid version last read from this path (for ingest only)."""

    def document(self, access: Access, document_id: str) -> Document | None:
        """One document, or None where there is none that `access` may see."""

    def documents(self, access: Access, *, current_only: bool = False) -> list[DocumentSummary]:
        """The register, sorted by source."""

    def summaries(self, access: Access, document_ids: Sequence[str]) -> dict[str, DocumentSummary]:
        """Register entries by id; unknown and forbidden ids are left out alike."""

    def by_number(self, access: Access, number: Drucksachennummer) -> list[DocumentSummary]:
        """All documents that bear this number, valid ones first."""

    def by_stem(self, access: Access, number: Drucksachennummer) -> list[DocumentSummary]:
        """All documents that bear this number with whatever Ergänzung, or none; valid ones first.

        Nothing for a number without Wahlperiode and Nummer.
        """

    def numbers(self, access: Access) -> list[Drucksachennummer]:
        """Every number that a visible, valid document bears, each once."""

    def mentions(self, access: Access, number: Drucksachennummer) -> list[Mention]:
        """Where visible, valid documents name this number."""

    def passages(self, access: Access, document_id: str) -> list[Passage]:
        """The visible passages of a document, in order."""

    def keyword_search(
        self, access: Access, text: str, k: int, filters: Filters | None = None
    ) -> list[SearchHit]:
        """The k best passages; the score is BM25 on the one scale of all partitions seen."""

    def vector_search(
        self, access: Access, vector: Vectors, k: int, filters: Filters | None = None
    ) -> list[SearchHit]:
        """The k nearest passages by inner product. `vector` has shape (dimension,)."""

    def vectors(self, access: Access, passage_ids: Sequence[str]) -> dict[str, Vectors]:
        """Stored vectors by passage id, each of shape (dimension,)."""

    def document_frequency(self, access: Access, terms: Sequence[str]) -> dict[str, int]:
        """In how many visible passages each term of `index.german.terms` occurs."""

    def documents_holding(self, access: Access, term: str) -> frozenset[str]:
        """Ids of the documents with a term of `index.german.terms` in a visible passage.

        Replaced versions are among them.
        """

    def quarantine(self, entry: QuarantineEntry) -> None:
        """Records a file that could not be taken in; a later entry for the path replaces it."""

    def release(self, mandant: str, path: str) -> None:
        """Forgets the quarantine entry of a path, after it was taken in."""

    def quarantined(self, access: Access) -> list[QuarantineEntry]:
        """What stands in quarantine, newest first."""

    def generation(self, access: Access) -> int:
        """How often what `access` may see was written to, as in `status`, without counting it."""

    def status(self, access: Access) -> StoreStatus:
        """Counts and stamps."""

    def exposure(self, access: Access) -> list[Exposure]:
        """Whether anything closed lies in the public partitions, read anew for each Mandant.

        Only for those who may see closed documents; nothing for others.
        """

    def verify(self) -> list[str]:
        """Compares database, keyword tables and vectors; a German sentence for each difference."""

    def unfinished(self) -> list[str]:
        """What `verify` passes over because it is no damage, as German sentences."""

    def close(self) -> None:
        """Releases files and connections."""


def open_store(home: Path) -> Store:
    """Opens the SQLite store in `home`, creating or migrating it.

    Raises:
        StoreError: the folder cannot be written, or the database was made by a newer version.
    """
    from index.sqlite_store import SqliteStore

    return SqliteStore(home)
