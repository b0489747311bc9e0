"""FAISS: one flat index for each partition, a cache of the vectors that the database holds.

The file of a partition is named in a stamp beside it; the stamp is replaced last and atomically,
so a kill leaves the old pair or the new one. Whatever is missing, stale or of another hash is
built again from the database. Flat inner product over float16, because exact search with a
filter stays under 60 ms up to a million rows and rows can be removed.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import faiss as _faiss
import numpy as np
import numpy.typing as npt

log = logging.getLogger(__name__)

# Its type stubs lack what SWIG adds at run time.
faiss: Any = _faiss

Rows = npt.NDArray[np.int64]
Matrix = npt.NDArray[np.float32]

# Two threads made single flat queries three times slower (measured on two cores).
faiss.omp_set_num_threads(1)


@dataclass(frozen=True, slots=True)
class PartitionState:
    """What the database says about a partition at one moment.

    `state` changes with every write; `removals` counts those that took passages out.
    """

    partition: int
    state: str
    generation: int
    removals: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a saved index file holds."""

    file: str
    sha256: str
    state: str
    generation: int
    removals: int
    count: int
    embedder_id: str
    dimension: int


@dataclass(frozen=True, slots=True)
class Source:
    """Reads a partition's vectors from the database, within the caller's snapshot."""

    newer_than: Callable[[int], tuple[Rows, Matrix]]
    rows: Callable[[], Rows]


class ReadWriteLock:
    """Many searches at a time, or one change."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._readers = 0
        self._changing = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Waits for a change to end."""
        with self._condition:
            self._condition.wait_for(lambda: not self._changing)
            self._readers += 1
        try:
            yield
        finally:
            with self._condition:
                self._readers -= 1
                self._condition.notify_all()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Waits for searches and other changes to end."""
        with self._condition:
            self._condition.wait_for(lambda: not self._changing)
            self._changing = True
            self._condition.wait_for(lambda: not self._readers)
        try:
            yield
        finally:
            with self._condition:
                self._changing = False
                self._condition.notify_all()


class PartitionVectors:
    """The index of one partition in memory, and its file."""

    def __init__(self, folder: Path, partition: int, embedder_id: str, dimension: int) -> None:
        self._folder = folder
        self._partition = partition
        self._embedder_id = embedder_id
        self._dimension = dimension
        self._lock = ReadWriteLock()
        self._index: Any = None
        self._state: PartitionState | None = None
        self._newest = 0
        self._unusable: Stamp | None = None

    def search(
        self,
        state: PartitionState,
        source: Source,
        query: Matrix,
        k: int,
        *,
        allowed: Rows | None = None,
        excluded: Rows | None = None,
    ) -> list[tuple[int, float]]:
        """The k rows with the greatest inner product, best first; equal ones by row.

        `allowed` restricts the search to these rows, `excluded` leaves rows out; both act
        before the ranking, so k rows are found wherever k are left.
        """
        self.refresh(state, source)
        with self._lock.reading():
            parameters = faiss.SearchParameters(sel=_selector(allowed, excluded))
            count = min(k, int(self._index.ntotal))
            if count < 1:
                return []
            scores, rows = self._index.search(query.reshape(1, -1), count, params=parameters)
        found = [
            (int(row), float(score))
            for row, score in zip(rows[0], scores[0], strict=True)
            if row >= 0
        ]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    def held(self, state: PartitionState, source: Source) -> Rows:
        """The rows that a search looks through."""
        self.refresh(state, source)
        with self._lock.reading():
            return np.array(faiss.vector_to_array(self._index.id_map), np.int64)

    def refresh(self, state: PartitionState, source: Source) -> None:
        """Brings the index in memory to `state`, with as few rows as possible."""
        held = self._state
        # A newer index than the caller's snapshot is fine: rows it lacks are simply not found.
        if held is not None and held.generation >= state.generation:
            return
        with self._lock.changing():
            held = self._state
            if held is not None and held.generation >= state.generation:
                return
            if self._index is None:
                self._load(state)
            if self._index is None:
                self._index = _empty(self._dimension)
                self._newest = 0
            elif self._state is not None and self._state.removals != state.removals:
                self._remove(source.rows())
            rows, vectors = source.newer_than(self._newest)
            if len(rows):
                self._index.add_with_ids(vectors, rows)
                self._newest = int(rows.max())
            self._state = state

    def _remove(self, present: Rows) -> None:
        held = faiss.vector_to_array(self._index.id_map)
        gone = np.setdiff1d(held, present)
        if len(gone):
            self._index.remove_ids(faiss.IDSelectorBatch(gone))

    # ------------------------------------------------------------------ file

    def _load(self, state: PartitionState) -> None:
        stamp = self.stamp()
        if stamp is None or stamp.state != state.state:
            return
        # Until it has proved sound, the file does not keep `save` from writing another.
        self._unusable = stamp
        if (stamp.embedder_id, stamp.dimension) != (self._embedder_id, self._dimension):
            return
        path = self._folder / stamp.file
        # FAISS reads many damaged files without complaint: the hash comes first.
        if not path.is_file() or sha256_of(path) != stamp.sha256:
            log.warning("vector file of partition %d not usable, rebuilt", self._partition)
            return
        index = faiss.read_index(str(path))
        if index.ntotal != stamp.count or index.d != self._dimension:
            return
        self._unusable = None
        self._index = index
        self._state = state
        rows = faiss.vector_to_array(index.id_map)
        self._newest = int(rows.max()) if len(rows) else 0

    def stamp(self) -> Stamp | None:
        """The stamp beside the file, None where there is no readable one."""
        try:
            return Stamp(**json.loads(self._stamp_path.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    @property
    def _stamp_path(self) -> Path:
        return self._folder / f"{self._partition}.json"

    def save(self, current: Callable[[PartitionState], AbstractContextManager[bool]]) -> None:
        """Writes the index and its stamp, unless the stamp is already of this state.

        `current` says at the end, while nobody else can write to the database, whether the
        state still holds: an index that was overtaken, perhaps by an erasure, must not come
        back as a file.
        """
        with self._lock.reading():
            state, index = self._state, self._index
            if state is None or index is None:
                return
            stamp = self.stamp()
            if stamp is not None and stamp.state == state.state and stamp != self._unusable:
                return
            self._folder.mkdir(parents=True, exist_ok=True)
            name = f"{self._partition}-{uuid.uuid4().hex[:12]}.faiss"
            path = self._folder / name
            try:
                _write(index, path)
                _sync(path)
                stamp = Stamp(
                    name,
                    sha256_of(path),
                    state.state,
                    state.generation,
                    state.removals,
                    int(index.ntotal),
                    self._embedder_id,
                    self._dimension,
                )
                with current(state) as holds:
                    if holds:
                        self._put_stamp(stamp)
            except BaseException:
                path.unlink(missing_ok=True)
                raise
        remove_files(self._folder, self._partition, keep=self.stamp())

    def _put_stamp(self, stamp: Stamp) -> None:
        draft = self._stamp_path.with_suffix(f".{os.getpid()}.draft")
        draft.write_text(json.dumps(asdict(stamp)), "utf-8")
        _sync(draft)
        draft.replace(self._stamp_path)
        _sync(self._folder)

    def differences(self, state: str, rows: Rows, vectors: Matrix) -> list[str]:
        """What is wrong with the saved file, as German sentences.

        A file that is missing or of an earlier state is rebuilt anyway and counts as sound.
        """
        stamp = self.stamp()
        if stamp is None or stamp.state != state:
            return []
        path = self._folder / stamp.file
        if not path.is_file():
            return []
        name = f"Die Vektordatei {path.name}"
        if sha256_of(path) != stamp.sha256:
            return [
                f"{name} ist beschädigt (Prüfsumme weicht vom Stempel ab). Sie wird beim "
                "nächsten Start neu aufgebaut."
            ]
        index = faiss.read_index(str(path))
        held = faiss.vector_to_array(index.id_map)
        if len(held) != stamp.count or not np.array_equal(np.sort(held), np.sort(rows)):
            return [f"{name} enthält andere Passagen als die Datenbank."]
        order = np.argsort(held)
        kept = index.index.reconstruct_n(0, len(held)) if len(held) else vectors
        if not np.array_equal(kept[order], vectors[np.argsort(rows)]):
            return [f"{name} enthält andere Vektoren als die Datenbank."]
        return []


def remove_files(folder: Path, partition: int, keep: Stamp | None = None) -> None:
    """Removes a partition's stamp and files, or with `keep` the files it does not name."""
    if keep is None:
        (folder / f"{partition}.json").unlink(missing_ok=True)
    for path in folder.glob(f"{partition}-*.faiss"):
        if keep is None or path.name != keep.file:
            path.unlink(missing_ok=True)


def _write(index: Any, path: Path) -> None:
    try:
        faiss.write_index(index, str(path))
    except RuntimeError as error:  # all that FAISS says of a full disk
        raise OSError(errno.EIO, "FAISS could not write", str(path)) from error


def _empty(dimension: int) -> Any:
    flat = faiss.IndexScalarQuantizer(
        dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    return faiss.IndexIDMap2(flat)


def _selector(allowed: Rows | None, excluded: Rows | None) -> Any:
    if allowed is not None:
        if excluded is not None:
            allowed = np.setdiff1d(allowed, excluded)
        return faiss.IDSelectorBatch(allowed)
    if excluded is not None and len(excluded):
        return faiss.IDSelectorNot(faiss.IDSelectorBatch(excluded))
    return None


def sha256_of(path: Path) -> str:
    """Hash of a file's bytes, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
