"""Generations of the index: passages, terms and vectors of all documents, cut and embedded alike.

One is active and answers. Another is built beside it from the stored documents, becomes active in
one step, and the former one stays until it is cleared away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from index.types import Document

if TYPE_CHECKING:
    from index.store import NewDocument


class BuildState(StrEnum):
    """Where a generation stands. What is ABANDONED is being removed and never answers again."""

    BUILDING = "im_bau"
    ACTIVE = "aktiv"
    FORMER = "frueher"
    ABANDONED = "aufgegeben"


@dataclass(frozen=True, slots=True)
class Build:
    """A generation.

    Attributes:
        embedder_id: "" as long as no document came in.
        chunker: what it was begun with; "" where that was not recorded.
        active_since: None for one that never answered, or since before that was recorded.
        documents: how many it holds, of all Mandanten.
        missing: how many are stored that it lacks.
        other_chunkers: how many of `documents` were cut by another chunker than `chunker`.
    """

    id: int
    embedder_id: str
    dimension: int
    chunker: str
    state: BuildState
    started_at: str
    active_since: str | None
    documents: int
    missing: int
    other_chunkers: int


@dataclass(frozen=True, slots=True)
class Unbuilt:
    """A stored document that a generation lacks. `row` stands for this reading of its bytes."""

    row: int
    document: Document


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """An `Unbuilt`, cut and embedded for its generation."""

    row: int
    new: NewDocument


Finish = Callable[[Sequence[Unbuilt]], Sequence[Rebuilt]]


class BuildStore(Protocol):
    """What a store can do with generations."""

    def snapshot(self, build_id: int | None = None) -> AbstractContextManager[None]:
        """Everything this thread reads inside is of one moment and of one generation.

        That is the active one, or the one named. Writing inside is an error.
        """

    def bound_embedder(self) -> tuple[str, int] | None:
        """Id and dimension of the model that questions must be embedded with; None: no matter."""

    def active_build(self) -> Build:
        """The generation that answers; within a `snapshot`, the one that is looked at."""

    def builds(self) -> list[Build]:
        """All generations, oldest first."""

    def begin_build(self, embedder_id: str, dimension: int, chunker: str) -> Build:
        """Starts a generation, or takes up one of the same kind that was not finished.

        Others that were not finished are abandoned.
        """

    def unbuilt(self, build_id: int, limit: int, after: int = 0) -> list[Unbuilt]:
        """The next documents that a generation lacks, by row, whole (for reindexing only)."""

    def add_to_build(self, build_id: int, batch: Sequence[Rebuilt]) -> None:
        """Stores passages of documents in one transaction; those erased meanwhile are left out.

        Raises:
            EmbedderMismatch: vectors of another model than the generation's.
            BuildGone: the generation is not there any more.
        """

    def save_vectors(self) -> None:
        """Writes the vector files of the partitions that were searched or changed here.

        They are a cache: where they cannot be written, the log says so and nothing else happens.
        """

    def switch_build(self, build_id: int, finish: Finish) -> Build:
        """Makes a generation the active one, in one step; what was active is kept as the former.

        `finish` cuts and embeds what came in last, while other writers wait. An older former
        generation is abandoned.

        Raises:
            BuildGone: the generation is not there any more.
        """

    def abandon_build(self, build_id: int) -> None:
        """Gives up a generation that was begun and never answered; others stay as they are."""

    def clear_builds(self, *, former: bool) -> int:
        """Removes abandoned generations, with `former` also the former one; how many it were."""
