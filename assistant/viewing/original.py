"""The file that a document was read from: found again, and only ever the very same bytes."""

from __future__ import annotations

import hashlib
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
from ingest.intake import Intake, read_bytes, recognise
from ingest.members import SEPARATOR, holder_of
from ingest.opening import Opener
from ingest.walls.sandbox import Sandbox


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


def find_original(parts: Parts, access: Access, document: Document) -> Original:
    """Looks where the file lay when it was read; its hash must be the document's id.

    Who may not see all of a document does not get its file, which holds all.
    """
    if not sees_all(parts.store, access, document):
        return Original(OriginalState.CLOSED)
    state = OriginalState.MISSING
    for path, source in _places(parts, access, document):
        data = _bytes_at(path)
        if data is None:
            continue
        if SEPARATOR in source:
            data = _member(data, source, document.id)
        if data is not None and hashlib.sha256(data).hexdigest() == document.id:
            return Original(OriginalState.THERE, data)
        state = OriginalState.CHANGED
    return Original(state)


def sees_all(store: Store, access: Access, document: Document) -> bool:
    """Whether nothing of the document, as the store handed it out, is closed to `access`."""
    everything = frozenset(Schutzstufe)
    if access.stufen == everything:
        return True
    return store.document(Access(access.mandanten, everything), document.id) == document


def _places(parts: Parts, access: Access, document: Document) -> Iterator[tuple[Path, str]]:
    """Where the bytes may lie, each with the source that says so."""
    yield original_path(parts.home, document.mandant, document.id), ""
    further = parts.store.sources(access, document.id)
    same = [one.source for one in further if one.sha256 == document.id]
    for source in [document.source, *same]:
        holder = holder_of(source)
        if source.startswith(UPLOADED):
            for path in parts.jobs.uploaded_as(document.mandant, holder):
                yield path, source
        elif "://" not in holder:
            yield Path(holder), source
            # The sample papers are named from the folder that the data home lies in.
            yield parts.home.parent / holder, source


def _bytes_at(path: Path) -> bytes | None:
    try:
        return read_bytes(path)
    except (FileRefused, ValueError):  # a name that no path can have
        return None


def _member(data: bytes, source: str, document_id: str) -> bytes | None:
    """The bytes of a document out of the archive or mail that holds it."""
    try:
        intake: Intake = recognise(holder_of(source), data)
        with Sandbox() as sandbox, Opener(sandbox, Office(None)) as opener:
            for piece in opener.pieces(intake):
                if piece.intake is not None and piece.intake.sha256 == document_id:
                    return piece.intake.data
    except IngestError:
        return None
    return None
