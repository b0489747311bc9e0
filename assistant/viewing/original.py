"""The file that a document was read from: found again, and only ever the very same bytes."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from assistant.upkeep.originals import UPLOADED, original_path, safe_name
from assistant.wiring import Parts
from index.store import Store
from index.types import Access, Document, Schutzstufe
from ingest.errors import FileRefused, IngestError
from ingest.formats.office import Office
from ingest.intake import read_bytes, recognise
from ingest.members import SEPARATOR, holder_of
from ingest.opening import Opener
from ingest.walls.sandbox import Sandbox

REMEMBERED_BYTES = 64 * 1024**2
"""Of files out of archives, which would have to be opened again for every page."""


class OriginalState(StrEnum):
    """Whether the file can be shown."""

    THERE = "there"
    MISSING = "missing"
    CHANGED = "changed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes that a document was read from; `data` is None unless they are there."""

    state: OriginalState
    data: bytes | None = None


def name_of(document: Document) -> str:
    """The name of a document's file, fit to be shown and to be saved under."""
    return safe_name(document.source)


def sees_all(store: Store, access: Access, document: Document) -> bool:
    """Whether nothing of the document, as the store handed it out, is closed to `access`."""
    everything = frozenset(Schutzstufe)
    if access.stufen == everything:
        return True
    return store.document(Access(access.mandanten, everything), document.id) == document


class Originals:
    """Finds the files of documents."""

    def __init__(self, parts: Parts) -> None:
        """Looks in the data home and where files were read from."""
        self._parts = parts
        self._members: OrderedDict[tuple[str, int, int, str], bytes | None] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, access: Access, document: Document) -> Original:
        """Looks where the file lay when it was read; its hash must be the document's id.

        Who may not see all of a document does not get its file, which holds all.
        """
        if not sees_all(self._parts.store, access, document):
            return Original(OriginalState.CLOSED)
        state = OriginalState.MISSING
        for path, source in self._places(access, document):
            data = self._bytes_at(path, source, document.id)
            if data is not None and hashlib.sha256(data).hexdigest() == document.id:
                return Original(OriginalState.THERE, data)
            if path.is_file():
                state = OriginalState.CHANGED
        return Original(state)

    def _places(self, access: Access, document: Document) -> Iterator[tuple[Path, str]]:
        """Where the bytes may lie, each with the source that says so."""
        home = self._parts.home
        yield original_path(home, document.mandant, document.id), ""
        further = self._parts.store.sources(access, document.id)
        same = [one.source for one in further if one.sha256 == document.id]
        for source in [document.source, *same]:
            holder = holder_of(source)
            if source.startswith(UPLOADED):
                for path in self._parts.jobs.uploaded_as(document.mandant, holder):
                    yield path, source
            elif "://" not in holder and "\0" not in holder:
                yield Path(holder), source
                # Named from the folder that the data home lies in, as the sample papers are.
                yield home.parent / holder, source

    def _bytes_at(self, path: Path, source: str, document_id: str) -> bytes | None:
        try:
            if SEPARATOR not in source:
                return read_bytes(path)
            stamp = path.stat()
            key = (str(path), stamp.st_mtime_ns, stamp.st_size, document_id)
            with self._lock:
                if key not in self._members:
                    self._remember(key, _member(read_bytes(path), source, document_id))
                return self._members[key]
        except (FileRefused, OSError):
            return None

    def _remember(self, key: tuple[str, int, int, str], data: bytes | None) -> None:
        self._members[key] = data
        while sum(len(one or b"") for one in self._members.values()) > REMEMBERED_BYTES:
            if len(self._members) == 1:
                return
            self._members.popitem(last=False)


def _member(data: bytes, source: str, document_id: str) -> bytes | None:
    """The bytes of a document out of the archive or mail that holds it."""
    try:
        intake = recognise(holder_of(source), data)
        with Sandbox() as sandbox, Opener(sandbox, Office(None)) as opener:
            for piece in opener.pieces(intake):
                if piece.intake is not None and piece.intake.sha256 == document_id:
                    return piece.intake.data
    except IngestError:
        return None
    return None
